using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Notifications;

/// <summary>A notification that could not be read, or whose account is not known, as it came.</summary>
/// <param name="Id">Its name in the log.</param>
/// <param name="Body">The body as text if it is UTF-8; otherwise null.</param>
/// <param name="BodyBase64">The body's bytes if they are not UTF-8.</param>
public sealed record RefusedEvent(
    string Id, DateTimeOffset ReceivedAt, string Reason, string? ContentType, string? Body, string? BodyBase64)
{
    /// <summary>
    /// Names it in addresses, such as that of its replay. Set only when it is shown; it is not stored in the record.
    /// </summary>
    public string? Reference { get; init; }
}

/// <summary>The refused notifications: the partition is the month, the key sorts the newest first.</summary>
public sealed class RefusedEventStore(ITables tables, TimeProvider clock)
{
    internal const string BytesColumn = "bodyBase64";

    private const string BodyColumn = "body";

    private static readonly StoredJson<RefusedEvent> Stored = new(NotificationsJson.Default);

    private readonly ITable _table = tables[StorageNames.RefusedEvents];

    public Task<RefusedEvent> KeepAsync(
        ReadOnlyMemory<byte> body, string reason, string? contentType, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("N");
        var type = contentType?[..Math.Min(contentType.Length, 200)];
        var refused = new RefusedEvent(id, now, reason, type, null, null);
        return KeepAsync(refused, KeptBody.Of(body.Span), cancellationToken);
    }

    /// <summary>Stores a notification from the queue: once, however often the queue delivers it.</summary>
    public Task<RefusedEvent> KeepAsync(QueuedCallEvent queued, string reason, CancellationToken cancellationToken)
    {
        var mark = SHA256.HashData(Encoding.UTF8.GetBytes(queued.ToMessage()));
        var id = Convert.ToHexStringLower(mark.AsSpan(0, 16));
        var body = new KeptBody(queued.Body, queued.BodyBase64);
        return KeepAsync(new RefusedEvent(id, queued.ReceivedAt, reason, null, null, null), body, cancellationToken);
    }

    private async Task<RefusedEvent> KeepAsync(RefusedEvent refused, KeptBody body, CancellationToken cancellationToken)
    {
        // The body has its own column: escaped within the record it could exceed what a column holds.
        var key = Keys.Join(Keys.NewestFirst(refused.ReceivedAt), refused.Id);
        var row = Stored.ToRow(PartitionOf(refused.ReceivedAt), key, refused)
            .Set(BodyColumn, body.Text)
            .Set(BytesColumn, body.Base64);
        await _table.InsertAsync(row, cancellationToken);
        return refused with { Body = body.Text, BodyBase64 = body.Base64 };
    }

    /// <summary>
    /// A page of the notifications within a span, newest first. It reads one row more than it shows, and queries each
    /// month of the span at most once.
    /// </summary>
    public async Task<Page<RefusedEvent>> ListAsync(
        DateTimeOffset from, DateTimeOffset to, PageRequest page, CancellationToken cancellationToken)
    {
        var found = new List<RefusedEvent>();
        PageToken? last = null;
        foreach (var month in Months(from, to).SkipWhile(
            month => page.After is not null && month != page.After.Partition))
        {
            var range = new RowRange(month)
            {
                // Keys are newest first: a later time has a smaller key.
                From = month == page.After?.Partition ? page.After.From : Keys.NewestFirst(to.AddTicks(-1)),
                Before = Keys.AfterPrefix(Keys.NewestFirst(from)),
                Take = page.Take + 1 - found.Count,
            };
            foreach (var row in await _table.ReadAsync(range, cancellationToken))
            {
                if (found.Count == page.Take)
                {
                    return new Page<RefusedEvent>(found, last!.ToString());
                }

                found.Add(Read(row));
                last = new PageToken(row.Partition, row.Key);
            }
        }

        return new Page<RefusedEvent>(found, null);
    }

    /// <summary>The notification of a <see cref="RefusedEvent.Reference"/>; null where there is none any more.</summary>
    public async ValueTask<RefusedEvent?> FindAsync(string reference, CancellationToken cancellationToken) =>
        KeyOf(reference) is { } key
        && await _table.GetAsync(key.Partition, key.Key, cancellationToken) is { } row
            ? Read(row)
            : null;

    /// <summary>False where it is not there any more.</summary>
    public async ValueTask<bool> DeleteAsync(string reference, CancellationToken cancellationToken) =>
        KeyOf(reference) is { } key && await _table.DeleteAsync(key.Partition, key.Key, null, cancellationToken);

    // Only the plain position of a row is a reference.
    private static PageToken? KeyOf(string reference) =>
        PageToken.TryParse(reference, out var token) && token is { IsAtRow: false, Back: [] }
        && Keys.IsValid(token.Partition) && Keys.IsValid(token.Key)
            ? token
            : null;

    private static RefusedEvent Read(Row row) => Stored.FromRow(row) with
    {
        Body = row.Text(BodyColumn),
        BodyBase64 = row.Text(BytesColumn),
        Reference = new PageToken(row.Partition, row.Key).ToString(),
    };

    internal static string PartitionOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Months(DateTimeOffset from, DateTimeOffset to)
    {
        var (oldest, newest) = (from.ToUniversalTime(), to.AddTicks(-1).ToUniversalTime());
        var before = (12 * (newest.Year - oldest.Year)) + newest.Month - oldest.Month;
        return Enumerable.Range(0, before + 1).Select(months => PartitionOf(newest.AddMonths(-months)));
    }
}
