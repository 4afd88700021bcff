using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// Durable queues. A message is a row with the time it is due; a claim moves that time on, counts the try and writes a
/// receipt. As one host alone has the file, claims that it finds when it starts are those of its own end, and their
/// messages are due at once. What is held back has its delay beside it: whatever the clock says at the next start, it
/// waits no longer than that. While it runs, the host knows who holds a message: a claim whose time has run out in the
/// file, because the disk hung, is not claimed again while its holder lives.
/// </summary>
public sealed partial class SqliteQueue : IQueue, IQueueReceiver
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    private readonly SqliteDatabase _database;
    private readonly FrozenDictionary<string, Statements> _queues;

    public SqliteQueue(SqliteDatabase database)
    {
        _database = database;
        _queues = database.QueueNames.ToFrozenDictionary(
            name => name, name => new Statements(name, database), StringComparer.Ordinal);
    }

    public bool IsInStorm => _database.SendRate.IsHigh;

    public bool MayBeDue(string queue) => Queue(queue).Signal.MayBeDue;

    private long Now => _database.Clock.Now;

    public async ValueTask SendAsync(string queue, string message, TimeSpan? delay, CancellationToken cancellationToken)
    {
        var to = Queue(queue);
        QueueMessage.CheckBody(message);
        var held = Milliseconds(delay ?? TimeSpan.Zero, nameof(delay));
        var due = Now + held;
        cancellationToken.ThrowIfCancellationRequested();
        var body = Encoding.UTF8.GetBytes(message);
        // What a queue function sends is as its rows: it is sent again where a power cut takes it. And no sender outside
        // waits for it, so that it makes no storm.
        var isRepeatable = RepeatableWork.Lane == WriteLane.Repeatable;
        var handed = default(Handed);
        try
        {
            await _database.Writer.WriteAsync(
                isRepeatable ? WriteLane.Repeatable : WriteLane.Sends,
                writer =>
                {
                    if (due <= Now && to.Signal.TakeReceiver() is { } receiver)
                    {
                        handed = Hand(writer, to, receiver, message, body);
                        return true;
                    }

                    using var send = writer.Session.Prepare(to.Send);
                    return send.Bind(1, writer.NextStamp()).Bind(2, due).Bind(3, body).Bind(4, held).Run() == 0;
                },
                committed: isHanded =>
                {
                    if (!isRepeatable)
                    {
                        _database.SendRate.Count();
                    }

                    if (isHanded)
                    {
                        to.Claims.Answered(handed.Id, handed.Receipt, Now + handed.Hidden);
                    }
                    else
                    {
                        to.Signal.Set();
                    }
                });
        }
        catch
        {
            to.Claims.Remove(handed.Id, handed.Receipt);
            throw;
        }
    }

    public async ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        var from = Queue(queue);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(visibility, TimeSpan.Zero);
        var hidden = Milliseconds(visibility, nameof(visibility));
        cancellationToken.ThrowIfCancellationRequested();
        var claimed = new Claimed();
        try
        {
            await _database.Writer.WriteAsync(
                WriteLane.Receipts, writer => Claim(writer, from, max, hidden, claimed), Math.Min(max, 100));
        }
        catch
        {
            // The time in the file ends the claim, if it was stored.
            claimed.Messages.ForEach(one => from.Claims.Remove(one.Id, claimed.Receipt));
            throw;
        }

        var until = Now + hidden;
        var receipt = claimed.Receipt.ToString(CultureInfo.InvariantCulture);
        return claimed.Messages.ConvertAll(one =>
        {
            from.Claims.Answered(one.Id, claimed.Receipt, until);
            return new QueueMessage(
                from.Name, one.Id.ToString(CultureInfo.InvariantCulture), receipt, one.Body, one.Tries);
        });
    }

    public async ValueTask<QueueMessage?> RenewAsync(
        QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        var (from, id, receipt) = Known(message);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(visibility, TimeSpan.Zero);
        var hidden = Milliseconds(visibility, nameof(visibility));
        cancellationToken.ThrowIfCancellationRequested();
        var isOurs = true;
        from.Claims.Ask(id, receipt);
        try
        {
            isOurs = await _database.Writer.WriteAsync(WriteLane.Receipts, writer =>
            {
                using var renew = writer.Session.Prepare(from.Renew);
                return renew.Bind(1, id).Bind(2, receipt).Bind(3, Now + hidden).Run() > 0;
            });
        }
        finally
        {
            // Where the renewal failed, the holder is alive all the same.
            from.Claims.Answered(id, receipt, Now + hidden);
        }

        if (!isOurs)
        {
            from.Claims.Remove(id, receipt);
            return null;
        }

        return message;
    }

    public ValueTask<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var (from, id, receipt) = Known(message);
        cancellationToken.ThrowIfCancellationRequested();
        return SettleAsync(from, id, receipt, writer => Run(writer, from.Delete, id, receipt) > 0);
    }

    public ValueTask<bool> ReleaseAsync(QueueMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        var (from, id, receipt) = Known(message);
        var held = Milliseconds(delay, nameof(delay));
        var due = Now + held;
        cancellationToken.ThrowIfCancellationRequested();
        return SettleAsync(
            from,
            id,
            receipt,
            writer =>
            {
                using var release = writer.Session.Prepare(from.Release);
                return release.Bind(1, id).Bind(2, receipt).Bind(3, due).Bind(4, held).Run() > 0;
            },
            committed: _ => from.Signal.Set());
    }

    public ValueTask<bool> GiveBackAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var (from, id, receipt) = Known(message);
        cancellationToken.ThrowIfCancellationRequested();
        return SettleAsync(
            from,
            id,
            receipt,
            writer =>
            {
                using var giveBack = writer.Session.Prepare(from.GiveBack);
                return giveBack.Bind(1, id).Bind(2, receipt).Bind(3, Now).Run() > 0;
            },
            committed: _ => from.Signal.Set());
    }

    public ValueTask<bool> MoveToPoisonAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var (from, id, receipt) = Known(message);
        var to = Queue(message.Queue + StorageNames.PoisonSuffix);
        // A person reads this time, so it follows the machine's clock; but it may not lie ahead of the queues' time.
        var setAside = Math.Min(Now, _database.Time.GetUtcNow().ToUnixTimeMilliseconds());
        cancellationToken.ThrowIfCancellationRequested();
        return SettleAsync(
            from,
            id,
            receipt,
            writer => writer.Atomically(() =>
            {
                using var move = writer.Session.Prepare(from.Poison);
                return move.Bind(1, id).Bind(2, receipt).Bind(3, writer.NextStamp()).Bind(4, setAside).Run() > 0
                    && Run(writer, from.Delete, id, receipt) > 0;
            }),
            weight: 2,
            committed: _ => to.Signal.Set());
    }

    public ValueTask<QueueMessage?> WaitAsync(
        string queue, TimeSpan visibility, TimeSpan atMost, CancellationToken cancellationToken) =>
        new(Queue(queue).Signal.WaitAsync(visibility, atMost, cancellationToken));

    /// <summary>
    /// The last that a holder does with a message. Until it is done the message is the holder's, and from then on it is
    /// nobody's: a claim of the same group may follow.
    /// </summary>
    private async ValueTask<bool> SettleAsync(
        Statements from,
        long id,
        long receipt,
        Func<SqliteWriter, bool> run,
        int weight = 1,
        Action<bool>? committed = null)
    {
        from.Claims.Ask(id, receipt);
        try
        {
            return await _database.Writer.WriteAsync(
                WriteLane.Receipts,
                writer =>
                {
                    var isDone = run(writer);
                    from.Claims.Remove(id, receipt);
                    return isDone;
                },
                weight,
                committed);
        }
        finally
        {
            from.Claims.Remove(id, receipt);
        }
    }

    private static long Milliseconds(TimeSpan delay, string parameter) => delay < TimeSpan.Zero || delay > LongestDelay
        ? throw new ArgumentException(
            $"A message can be held back for 0 seconds to 7 days, not for {delay}.", parameter)
        : (long)Math.Ceiling(delay.TotalMilliseconds);

    private static int Run(SqliteWriter writer, string sql, long id, long receipt)
    {
        using var statement = writer.Session.Prepare(sql);
        return statement.Bind(1, id).Bind(2, receipt).Run();
    }

    /// <summary>
    /// Stores a message as claimed by a receiver that waits for it, and gives it to it before the commit. Its writes
    /// come after the commit, and don't wait until the message is on the disk. Should the message not be stored, the
    /// receiver worked on a notification that nobody acked.
    /// </summary>
    private Handed Hand(
        SqliteWriter writer, Statements to, QueueSignal.Receiver receiver, string message, byte[] body)
    {
        QueueMessage? handed = null;
        try
        {
            var (id, receipt) = (writer.NextStamp(), writer.NextStamp());
            var hidden = Milliseconds(receiver.Visibility, nameof(receiver));
            using var send = writer.Session.Prepare(to.SendClaimed);
            _ = send.Bind(1, id).Bind(2, Now + hidden).Bind(3, body).Bind(4, receipt).Run();
            _ = to.Claims.Take(id, receipt, Now);
            handed = new QueueMessage(
                to.Name,
                id.ToString(CultureInfo.InvariantCulture),
                receipt.ToString(CultureInfo.InvariantCulture),
                message,
                DequeueCount: 1);
            return new Handed(id, receipt, hidden);
        }
        finally
        {
            receiver.Give(handed);
        }
    }

    /// <summary>
    /// Claims what is due in the file. What is held all the same is given back to its holder in the same transaction.
    /// </summary>
    private bool Claim(SqliteWriter writer, Statements from, int max, long hidden, Claimed claimed)
    {
        var now = Now;
        claimed.Receipt = writer.NextStamp();
        var messages = claimed.Messages;
        using (var claim = writer.Session.Prepare(from.Claim))
        {
            claim.Bind(1, now).Bind(2, max).Bind(3, now + hidden).Bind(4, claimed.Receipt);
            while (claim.Step())
            {
                messages.Add((claim.Int64(0), (int)claim.Int64(1), claim.Text(2)));
            }
        }

        var found = messages.Count;
        for (var i = found - 1; i >= 0; i--)
        {
            if (from.Claims.Take(messages[i].Id, claimed.Receipt, now) is { } holder)
            {
                using var keep = writer.Session.Prepare(from.Keep);
                _ = keep.Bind(1, messages[i].Id).Bind(2, holder.Receipt).Bind(3, holder.Until ?? now + hidden).Run();
                messages.RemoveAt(i);
            }
        }

        if (found < max)
        {
            using var next = writer.Session.Prepare(from.NextDue);
            from.Signal.Clear(next.Step() ? next.Int64(0) : long.MaxValue);
        }

        // RETURNING promises no order.
        messages.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return true;
    }

    private Statements Queue(string name) => _queues.TryGetValue(name, out var queue)
        ? queue
        : throw new ArgumentException($"There is no queue '{name}'.", nameof(name));

    private (Statements From, long Id, long Receipt) Known(QueueMessage message) => (
        Queue(message.Queue),
        long.Parse(message.Id, CultureInfo.InvariantCulture),
        long.Parse(message.Receipt, CultureInfo.InvariantCulture));

    /// <summary>A message that was given to its receiver while it was being sent, and for how long.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Handed(long Id, long Receipt, long Hidden);

    /// <summary>What a claim has taken, known also where its group fails later.</summary>
    private sealed class Claimed
    {
        public long Receipt { get; set; }

        public List<(long Id, int Tries, string Body)> Messages { get; } = [];
    }

    /// <summary>A queue's statements, in words, the signal of its receivers, and who holds its messages.</summary>
    private sealed partial class Statements(string name, SqliteDatabase database)
    {
        private readonly string _table = SqliteSchema.Queue(name);

        public string Name => name;

        public QueueSignal Signal { get; } = new(database.Time, database.Clock);

        public QueueClaims Claims { get; } = new();

        public string Send =>
            field ??= $"INSERT INTO {_table} (id, due, tries, body, delay) VALUES (?1, ?2, 0, ?3, ?4)";

        public string SendClaimed =>
            field ??= $"INSERT INTO {_table} (id, due, tries, body, receipt) VALUES (?1, ?2, 1, ?3, ?4)";

        public string Claim => field ??=
            $"UPDATE {_table} SET due = ?3, tries = tries + 1, receipt = ?4 WHERE id IN (SELECT id FROM {_table} WHERE due <= ?1 ORDER BY due, id LIMIT ?2) RETURNING id, tries, body";

        public string Keep =>
            field ??= $"UPDATE {_table} SET due = ?3, tries = tries - 1, receipt = ?2 WHERE id = ?1";

        public string NextDue => field ??= $"SELECT due FROM {_table} ORDER BY due LIMIT 1";

        public string Renew => field ??= $"UPDATE {_table} SET due = ?3 WHERE id = ?1 AND receipt = ?2";

        public string Delete => field ??= $"DELETE FROM {_table} WHERE id = ?1 AND receipt = ?2";

        public string Release =>
            field ??= $"UPDATE {_table} SET due = ?3, receipt = NULL, delay = ?4 WHERE id = ?1 AND receipt = ?2";

        public string GiveBack => field ??=
            $"UPDATE {_table} SET due = ?3, receipt = NULL, delay = 0, tries = tries - 1 WHERE id = ?1 AND receipt = ?2";

        public string Poison => field ??=
            $"INSERT INTO {SqliteSchema.Queue(name + StorageNames.PoisonSuffix)} (id, due, tries, body) SELECT ?3, ?4, 0, body FROM {_table} WHERE id = ?1 AND receipt = ?2";
    }
}
