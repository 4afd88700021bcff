using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Events;

/// <summary>
/// The endpoints: partition <c>endpoint</c>, key the id. Partition <c>health</c> tells beside them how those answer
/// that do not take what is sent: an administrator's change and a try that fails are in nobody's way.
/// </summary>
public sealed class EventEndpointStore(ITables tables, TimeProvider clock)
{
    /// <summary>More endpoints are refused: each is told of each event.</summary>
    public const int Most = 20;

    /// <summary>What another process has changed counts after this at the latest.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(10);

    internal const string Partition = "endpoint";

    private const string HealthPartition = "health";

    private static readonly StoredJson<EventEndpoint> Stored = new(EventsJson.Default);

    private static readonly StoredJson<EndpointHealth> StoredHealth = new(EventsJson.Default);

    private readonly ITable _table = tables[StorageNames.EventEndpoints];

    private readonly Lock _gate = new();

    private Scan? _scan;

    private long _changes;

    /// <summary>All endpoints that are there, as they were some seconds ago at most.</summary>
    public async ValueTask<IReadOnlyList<EventEndpoint>> ListRecentAsync(CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<EventEndpoint>> reading;
        lock (_gate)
        {
            var changes = Interlocked.Read(ref _changes);
            if (_scan is not { } scan || scan.Changes != changes || clock.GetElapsedTime(scan.BeganAt) >= Recheck
                || scan.Found is { IsCompleted: true, IsCompletedSuccessfully: false })
            {
                _scan = new Scan(
                    clock.GetTimestamp(), changes, Beside.RunAsync(() => ListAsync(CancellationToken.None)));
            }

            reading = _scan.Found;
        }

        return reading.IsCompletedSuccessfully
            ? await reading
            : await Beside.Shared(reading).WaitAsync(cancellationToken);
    }

    /// <summary>All that are there, the oldest first.</summary>
    public async Task<IReadOnlyList<EventEndpoint>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ListAllAsync(cancellationToken)).Where(endpoint => endpoint.DeletedAt is null)];

    /// <summary>Also those that were deleted, and whose deliveries are still kept.</summary>
    internal async Task<IReadOnlyList<EventEndpoint>> ListAllAsync(CancellationToken cancellationToken)
    {
        var rows = await _table.ReadAsync(new RowRange(Partition), cancellationToken);
        // While there is none, that is all it costs.
        var health = rows.Count == 0 ? [] : await _table.ReadAsync(new RowRange(HealthPartition), cancellationToken);
        var byId = health.ToDictionary(row => row.Key, row => StoredHealth.FromRow(row), StringComparer.Ordinal);
        return
        [
            .. rows.Select(row => Read(row) with { Health = byId.GetValueOrDefault(row.Key) })
                .OrderBy(endpoint => endpoint.CreatedAt),
        ];
    }

    /// <summary>Null where there is none, or it was deleted.</summary>
    public async ValueTask<EventEndpoint?> GetAsync(string endpointId, CancellationToken cancellationToken)
    {
        if (!Keys.IsValid(endpointId)
            || await _table.GetAsync(Partition, endpointId, cancellationToken) is not { } row
            || Read(row) is not { DeletedAt: null } endpoint)
        {
            return null;
        }

        return endpoint with
        {
            Health = StoredHealth.FromRow(await _table.GetAsync(HealthPartition, endpointId, cancellationToken)),
        };
    }

    /// <summary>Stores a new endpoint, or one over the version that was read; null where it has changed.</summary>
    internal async Task<EventEndpoint?> SaveAsync(EventEndpoint endpoint, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, endpoint.EndpointId, endpoint with { ETag = null }, endpoint.ETag);
        var etag = endpoint.ETag is null
            ? await _table.InsertAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, cancellationToken);
        Interlocked.Increment(ref _changes);
        return etag is null ? null : endpoint with { ETag = etag };
    }

    /// <summary>Notes how an endpoint answers; null where all is well again.</summary>
    internal async Task SetHealthAsync(string endpointId, EndpointHealth? health, CancellationToken cancellationToken)
    {
        if (health is null)
        {
            await _table.DeleteAsync(HealthPartition, endpointId, null, cancellationToken);
        }
        else
        {
            await _table.UpsertAsync(StoredHealth.ToRow(HealthPartition, endpointId, health), cancellationToken);
        }

        Interlocked.Increment(ref _changes);
    }

    /// <summary>
    /// Notes another health, where the one that was read still stands: the endpoint may have taken something since, or
    /// been paused.
    /// </summary>
    internal async Task ChangeHealthAsync(
        string endpointId, EndpointHealth known, EndpointHealth now, CancellationToken cancellationToken)
    {
        var row = await _table.GetAsync(HealthPartition, endpointId, cancellationToken);
        if (row is not null && StoredHealth.FromRow(row) == known)
        {
            await _table.ReplaceAsync(
                StoredHealth.ToRow(HealthPartition, endpointId, now, row.ETag), cancellationToken);
            Interlocked.Increment(ref _changes);
        }
    }

    internal static EventEndpoint Read(Row row) => Stored.FromRow(row) with { ETag = row.ETag };

    private sealed record Scan(long BeganAt, long Changes, Task<IReadOnlyList<EventEndpoint>> Found);
}
