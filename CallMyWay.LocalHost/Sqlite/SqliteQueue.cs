using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// Durable queues. A message is a row with the time it is due; a claim moves that time on, counts the try and writes a
/// receipt. As one host alone has the file, claims that it finds when it starts are those of its own end, and their
/// messages are due at once. What is held back has its delay beside it: whatever the clock says at the next start, it
/// waits no longer than that.
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
        await _database.Writer.WriteAsync(
            isRepeatable ? WriteLane.Repeatable : WriteLane.Sends,
            writer =>
            {
                if (due <= Now && to.Signal.TakeReceiver() is { } receiver)
                {
                    return Hand(writer, to, receiver, message, body);
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

                if (!isHanded)
                {
                    to.Signal.Set();
                }
            });
    }

    public async ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        var from = Queue(queue);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(visibility, TimeSpan.Zero);
        var hidden = Milliseconds(visibility, nameof(visibility));
        cancellationToken.ThrowIfCancellationRequested();
        return await _database.Writer.WriteAsync(
            WriteLane.Receipts, writer => Claim(writer, from, max, hidden), Math.Min(max, 100));
    }

    public async ValueTask<QueueMessage?> RenewAsync(
        QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        var (from, id, receipt) = Known(message);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(visibility, TimeSpan.Zero);
        var due = Now + Milliseconds(visibility, nameof(visibility));
        cancellationToken.ThrowIfCancellationRequested();
        var isOurs = await _database.Writer.WriteAsync(WriteLane.Receipts, writer =>
        {
            using var renew = writer.Session.Prepare(from.Renew);
            return renew.Bind(1, id).Bind(2, receipt).Bind(3, due).Run() > 0;
        });
        return isOurs ? message : null;
    }

    public async ValueTask<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var (from, id, receipt) = Known(message);
        cancellationToken.ThrowIfCancellationRequested();
        return await _database.Writer.WriteAsync(
            WriteLane.Receipts, writer => Run(writer, from.Delete, id, receipt) > 0);
    }

    public async ValueTask<bool> ReleaseAsync(QueueMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        var (from, id, receipt) = Known(message);
        var held = Milliseconds(delay, nameof(delay));
        var due = Now + held;
        cancellationToken.ThrowIfCancellationRequested();
        return await _database.Writer.WriteAsync(
            WriteLane.Receipts,
            writer =>
            {
                using var release = writer.Session.Prepare(from.Release);
                return release.Bind(1, id).Bind(2, receipt).Bind(3, due).Bind(4, held).Run() > 0;
            },
            committed: _ => from.Signal.Set());
    }

    public async ValueTask<bool> MoveToPoisonAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var (from, id, receipt) = Known(message);
        var to = Queue(message.Queue + StorageNames.PoisonSuffix);
        // A person reads this time, so it follows the machine's clock; but it may not lie ahead of the queues' time.
        var setAside = Math.Min(Now, _database.Time.GetUtcNow().ToUnixTimeMilliseconds());
        cancellationToken.ThrowIfCancellationRequested();
        return await _database.Writer.WriteAsync(
            WriteLane.Receipts,
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
    /// Stores a message as claimed by a receiver that waits for it, and gives it to it before the commit: what it reads
    /// at first, it reads during the sync. Its writes come after the commit. Should that fail, it worked on a
    /// notification that nobody acked.
    /// </summary>
    private bool Hand(SqliteWriter writer, Statements to, QueueSignal.Receiver receiver, string message, byte[] body)
    {
        QueueMessage? handed = null;
        try
        {
            var (id, receipt) = (writer.NextStamp(), writer.NextStamp());
            using var send = writer.Session.Prepare(to.SendClaimed);
            _ = send.Bind(1, id).Bind(2, Now + Milliseconds(receiver.Visibility, nameof(receiver))).Bind(3, body)
                .Bind(4, receipt).Run();
            handed = new QueueMessage(
                to.Name,
                id.ToString(CultureInfo.InvariantCulture),
                receipt.ToString(CultureInfo.InvariantCulture),
                message,
                DequeueCount: 1);
            return true;
        }
        finally
        {
            receiver.Give(handed);
        }
    }

    private List<QueueMessage> Claim(SqliteWriter writer, Statements from, int max, long hidden)
    {
        var now = Now;
        var receipt = writer.NextStamp();
        var claimed = new List<(long Id, int Tries, string Body)>();
        using (var claim = writer.Session.Prepare(from.Claim))
        {
            claim.Bind(1, now).Bind(2, max).Bind(3, now + hidden).Bind(4, receipt);
            while (claim.Step())
            {
                claimed.Add((claim.Int64(0), (int)claim.Int64(1), claim.Text(2)));
            }
        }

        if (claimed.Count < max)
        {
            using var next = writer.Session.Prepare(from.NextDue);
            from.Signal.Clear(next.Step() ? next.Int64(0) : long.MaxValue);
        }

        // RETURNING promises no order.
        claimed.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        var receiptText = receipt.ToString(CultureInfo.InvariantCulture);
        return claimed.ConvertAll(one => new QueueMessage(
            from.Name, one.Id.ToString(CultureInfo.InvariantCulture), receiptText, one.Body, one.Tries));
    }

    private Statements Queue(string name) => _queues.TryGetValue(name, out var queue)
        ? queue
        : throw new ArgumentException($"There is no queue '{name}'.", nameof(name));

    private (Statements From, long Id, long Receipt) Known(QueueMessage message) => (
        Queue(message.Queue),
        long.Parse(message.Id, CultureInfo.InvariantCulture),
        long.Parse(message.Receipt, CultureInfo.InvariantCulture));

    /// <summary>A queue's statements, in words, and the signal of its receivers.</summary>
    private sealed partial class Statements(string name, SqliteDatabase database)
    {
        private readonly string _table = SqliteSchema.Queue(name);

        public string Name => name;

        public QueueSignal Signal { get; } = new(database.Time, database.Clock);

        public string Send =>
            field ??= $"INSERT INTO {_table} (id, due, tries, body, delay) VALUES (?1, ?2, 0, ?3, ?4)";

        public string SendClaimed =>
            field ??= $"INSERT INTO {_table} (id, due, tries, body, receipt) VALUES (?1, ?2, 1, ?3, ?4)";

        public string Claim => field ??=
            $"UPDATE {_table} SET due = ?3, tries = tries + 1, receipt = ?4 WHERE id IN (SELECT id FROM {_table} WHERE due <= ?1 ORDER BY due, id LIMIT ?2) RETURNING id, tries, body";

        public string NextDue => field ??= $"SELECT due FROM {_table} ORDER BY due LIMIT 1";

        public string Renew => field ??= $"UPDATE {_table} SET due = ?3 WHERE id = ?1 AND receipt = ?2";

        public string Delete => field ??= $"DELETE FROM {_table} WHERE id = ?1 AND receipt = ?2";

        public string Release =>
            field ??= $"UPDATE {_table} SET due = ?3, receipt = NULL, delay = ?4 WHERE id = ?1 AND receipt = ?2";

        public string Poison => field ??=
            $"INSERT INTO {SqliteSchema.Queue(name + StorageNames.PoisonSuffix)} (id, due, tries, body) SELECT ?3, ?4, 0, body FROM {_table} WHERE id = ?1 AND receipt = ?2";
    }
}
