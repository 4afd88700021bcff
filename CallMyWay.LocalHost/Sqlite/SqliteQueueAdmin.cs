using System.Globalization;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

// What an administrator does. A poison message is received by nobody, so that it is due since it was set aside, and
// keeps its id for good.
public sealed partial class SqliteQueue : IQueueAdmin
{
    /// <summary>The most messages that one write gives back, so that it does not hold up others.</summary>
    private const int ReplaySlice = 100;

    /// <summary>Sent and deleted in one transaction, so that no receiver ever sees it.</summary>
    public async ValueTask ProbeAsync(string queue, CancellationToken cancellationToken)
    {
        var to = Queue(queue);
        cancellationToken.ThrowIfCancellationRequested();
        await _database.Writer.WriteAsync(WriteLane.Sends, writer => writer.Atomically(() =>
        {
            var (id, receipt) = (writer.NextStamp(), writer.NextStamp());
            using var send = writer.Session.Prepare(to.SendClaimed);
            _ = send.Bind(1, id).Bind(2, Now).Bind(3, IQueueAdmin.ProbeBody).Bind(4, receipt).Run();
            return Run(writer, to.Delete, id, receipt) > 0;
        }));
    }

    public ValueTask<QueueState> StateAsync(string queue, CancellationToken cancellationToken) =>
        _database.Readers.ReadAsync(
        (Of: Queue(queue), _database.Clock),
        static (session, at) =>
        {
            using var count = session.Prepare(at.Of.PoisonCount);
            _ = count.Step();
            using var oldest = session.Prepare(at.Of.NextDue);
            var isWaiting = oldest.Step() && oldest.Int64(0) <= at.Clock.Now;
            return new QueueState(count.Int64(0), isWaiting ? at.Clock.ToTime(oldest.Int64(0)) : null);
        },
        cancellationToken);

    public ValueTask<long> CountAsync(string queue, CancellationToken cancellationToken) =>
        _database.Readers.ReadAsync(
            Queue(queue),
            static (session, of) =>
            {
                using var count = session.Prepare(of.Count);
                _ = count.Step();
                return count.Int64(0);
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<PoisonMessage>> ListPoisonAsync(
        string queue, int take, string? after, CancellationToken cancellationToken)
    {
        var of = Queue(queue);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(take);
        return _database.Readers.ReadAsync<(Statements Of, int Take, long After), IReadOnlyList<PoisonMessage>>(
            (of, take, after is null ? 0 : IdOf(after)),
            static (session, at) =>
            {
                using var list = session.Prepare(at.Of.PoisonList);
                list.Bind(1, at.After).Bind(2, at.Take);
                var messages = new List<PoisonMessage>();
                while (list.Step())
                {
                    messages.Add(new PoisonMessage(
                        list.Int64(0).ToString(CultureInfo.InvariantCulture),
                        list.Text(2),
                        DateTimeOffset.FromUnixTimeMilliseconds(list.Int64(1))));
                }

                return messages;
            },
            cancellationToken);
    }

    public async ValueTask<PoisonOutcome> ReplayAsync(string queue, string id, CancellationToken cancellationToken) =>
        await ReplayAsync(queue, IdOf(id), IdOf(id), 1, cancellationToken) > 0
            ? PoisonOutcome.Done
            : PoisonOutcome.NotThere;

    public async ValueTask<int> ReplayManyAsync(string queue, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        // Ids only rise: what fails again meanwhile has a higher one.
        var last = await _database.Readers.ReadAsync(
            Queue(queue),
            static (session, of) =>
            {
                using var newest = session.Prepare(of.PoisonLast);
                return newest.Step() ? newest.Int64(0) : 0;
            },
            cancellationToken);
        var replayed = 0;
        while (replayed < most && await ReplayAsync(
            queue, 0, last, Math.Min(most - replayed, ReplaySlice), cancellationToken) is > 0 and var more)
        {
            replayed += more;
        }

        return replayed;
    }

    public async ValueTask<PoisonOutcome> DeletePoisonAsync(
        string queue, string id, CancellationToken cancellationToken)
    {
        var of = Queue(queue);
        var number = IdOf(id);
        cancellationToken.ThrowIfCancellationRequested();
        var deleted = await _database.Writer.WriteAsync(WriteLane.Rows, writer =>
        {
            using var delete = writer.Session.Prepare(of.PoisonDelete);
            return delete.Bind(1, number).Bind(2, number).Bind(3, 1).Run();
        });
        return deleted > 0 ? PoisonOutcome.Done : PoisonOutcome.NotThere;
    }

    /// <summary>In both queues or in neither: it is one transaction.</summary>
    private async ValueTask<int> ReplayAsync(
        string queue, long first, long last, int most, CancellationToken cancellationToken)
    {
        var of = Queue(queue);
        cancellationToken.ThrowIfCancellationRequested();
        return await _database.Writer.WriteAsync(
            WriteLane.Rows,
            writer =>
            {
                var moved = 0;
                _ = writer.Atomically(() =>
                {
                    using var copy = writer.Session.Prepare(of.PoisonReplay);
                    moved = copy.Bind(1, first).Bind(2, last).Bind(3, most).Bind(4, Now).Run();
                    using var delete = writer.Session.Prepare(of.PoisonDelete);
                    return delete.Bind(1, first).Bind(2, last).Bind(3, most).Run() == moved;
                });
                return moved;
            },
            weight: 2 * most,
            committed: _ => of.Signal.Set());
    }

    /// <summary>An id that no message of ours ever had is that of no message.</summary>
    private static long IdOf(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private sealed partial class Statements
    {
        private string PoisonTable => SqliteSchema.Queue(name + StorageNames.PoisonSuffix);

        private string PoisonIds => $"SELECT id FROM {PoisonTable} WHERE id >= ?1 AND id <= ?2 ORDER BY id LIMIT ?3";

        public string PoisonCount => field ??= $"SELECT count(*) FROM {PoisonTable}";

        public string Count => field ??= $"SELECT count(*) FROM {_table}";

        public string PoisonLast => field ??= $"SELECT id FROM {PoisonTable} ORDER BY id DESC LIMIT 1";

        public string PoisonList =>
            field ??= $"SELECT id, due, body FROM {PoisonTable} WHERE id > ?1 ORDER BY id LIMIT ?2";

        public string PoisonDelete => field ??= $"DELETE FROM {PoisonTable} WHERE id IN ({PoisonIds})";

        // No id is given twice, so that it can go on with its own.
        public string PoisonReplay => field ??=
            $"INSERT INTO {_table} (id, due, tries, body) SELECT id, ?4, 0, body FROM {PoisonTable} WHERE id IN ({PoisonIds})";
    }
}
