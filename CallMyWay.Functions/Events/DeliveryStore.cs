using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Events;

/// <summary>Which deliveries a list has; what is null is not asked for.</summary>
public sealed record DeliveryFilter(DateTimeOffset? From, DateTimeOffset? To, DeliveryState? State, string? Type);

/// <summary>Deliveries of a page, the newest first.</summary>
/// <param name="Items">The deliveries.</param>
/// <param name="Next">The token of the next page; null at the end.</param>
/// <param name="LookedUntil">
/// Where the page is not full and more may follow: how far back was looked. Null for any other page.
/// </param>
public sealed record FoundDeliveries(IReadOnlyList<Delivery> Items, string? Next, DateTimeOffset? LookedUntil);

/// <summary>
/// The deliveries of each endpoint: partition the endpoint, the newest first. Partition <c>waiting~</c> names those
/// that are to be tried again. Its row is written before the delivery says so, and deleted after it says otherwise.
/// </summary>
public sealed class DeliveryStore(ITables tables)
{
    /// <summary>How many tries are shown.</summary>
    public const int MostTries = 20;

    /// <summary>How many rows one query looks through for what few of them hold.</summary>
    internal const int MostLooked = 25_000;

    private const string StateColumn = "state";

    private const string TypeColumn = "type";

    private const string DueColumn = "due";

    private static readonly StoredJson<Delivery> Stored = new(EventsJson.Default);

    private readonly ITable _table = tables[StorageNames.EventDeliveries];

    internal async ValueTask<Delivery?> GetAsync(
        string endpointId, string deliveryId, CancellationToken cancellationToken) =>
        Keys.IsValid(deliveryId)
            && await _table.GetAsync(PartitionOf(endpointId), deliveryId, cancellationToken) is { } row
            ? Read(row)
            : null;

    /// <summary>Stores a new delivery, or one over the version that was read. Null where another was first.</summary>
    internal async Task<Delivery?> SaveAsync(string endpointId, Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.State == DeliveryState.Waiting)
        {
            var due = new Row(WaitingOf(endpointId), delivery.DeliveryId).Set(DueColumn, delivery.NextAt);
            await _table.UpsertAsync(due, cancellationToken);
        }

        var row = Stored.ToRow(
                PartitionOf(endpointId), delivery.DeliveryId, delivery with { ETag = null }, delivery.ETag)
            .Set(StateColumn, delivery.State.ToString())
            .Set(TypeColumn, delivery.Type);
        var etag = delivery.ETag is null
            ? await _table.InsertAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, cancellationToken);
        if (etag is not null && delivery.ETag is not null && delivery.State != DeliveryState.Waiting)
        {
            await ForgetWaitingAsync(endpointId, delivery.DeliveryId, cancellationToken);
        }

        return etag is null ? null : delivery with { ETag = etag };
    }

    /// <summary>Notes that a delivery is due later than it says itself.</summary>
    internal async Task PostponeAsync(
        string endpointId, string deliveryId, DateTimeOffset due, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(
            new Row(WaitingOf(endpointId), deliveryId).Set(DueColumn, due), cancellationToken);

    internal async Task ForgetWaitingAsync(
        string endpointId, string deliveryId, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(WaitingOf(endpointId), deliveryId, null, cancellationToken);

    /// <summary>Those that are to be tried again, the newest first, and when each is due.</summary>
    internal async Task<IReadOnlyList<(string DeliveryId, DateTimeOffset? Due)>> ListWaitingAsync(
        string endpointId, string? after, int take, CancellationToken cancellationToken)
    {
        var rows = await _table.ReadAsync(
            new RowRange(WaitingOf(endpointId)) { From = after is null ? null : Keys.After(after), Take = take },
            cancellationToken);
        return [.. rows.Select(row => (row.Key, row.Time(DueColumn)))];
    }

    /// <summary>
    /// A page of an endpoint's deliveries, the newest first: one query, which with a state or a type looks through at
    /// most <see cref="MostLooked"/> rows.
    /// </summary>
    public async Task<FoundDeliveries> ListAsync(
        string endpointId, DeliveryFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var newest = filter.To is { } to ? Keys.NewestFirst(to.AddTicks(-1)) : null;
        var after = page.After is { } token && string.CompareOrdinal(token.From, newest) > 0 ? token.From : null;
        IReadOnlyList<ColumnValue> where = [.. ColumnsOf(filter)];
        var range = new RowRange(PartitionOf(endpointId))
        {
            From = after ?? newest,
            Before = filter.From is { } from ? Keys.AfterPrefix(Keys.NewestFirst(from)) : null,
            Where = where,
            Look = where.Count == 0 ? null : MostLooked,
        };
        var rows = new List<Row>();
        while (true)
        {
            // One more tells whether there is a next page.
            var read = await _table.QueryAsync(range with { Take = page.Take + 1 - rows.Count }, cancellationToken);
            rows.AddRange(read.Rows);
            if (rows.Count > page.Take)
            {
                var shown = rows[..page.Take];
                return new FoundDeliveries([.. shown.Select(Read)], TokenOf(Keys.After(shown[^1].Key)), null);
            }

            if (read.GoesOnAt is { } end)
            {
                return new FoundDeliveries([.. rows.Select(Read)], TokenOf(end), Keys.TimeOf(end));
            }

            if (read.Next is null)
            {
                return new FoundDeliveries([.. rows.Select(Read)], null, null);
            }

            range = range with { Next = read.Next };
        }

        string TokenOf(string from) => PageToken.Of(PartitionOf(endpointId), from).ToString();
    }

    /// <summary>The key of a delivery of an event that happened then.</summary>
    internal static string IdOf(DateTimeOffset at, string eventId) => Keys.Join(Keys.NewestFirst(at), eventId);

    internal static string PartitionOf(string endpointId) => Keys.Join("to", endpointId);

    internal static string WaitingOf(string endpointId) => Keys.Join("waiting", endpointId);

    private static Delivery Read(Row row) => Stored.FromRow(row) with { ETag = row.ETag };

    private static IEnumerable<ColumnValue> ColumnsOf(DeliveryFilter filter)
    {
        if (filter.State is { } state)
        {
            yield return new ColumnValue(state.ToString(), StateColumn);
        }

        if (filter.Type is { } type)
        {
            yield return new ColumnValue(type, TypeColumn);
        }
    }
}
