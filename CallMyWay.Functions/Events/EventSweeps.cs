using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Events;

/// <summary>What was sent some time ago, and the endpoints that were deleted before that.</summary>
public static class EventRetention
{
    /// <summary>
    /// How long deliveries and answers are kept: less than the shortest time for which an office keeps its calls.
    /// </summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>
    /// How long at least the bodies are kept. They go by the week, so none is older than <see cref="KeptFor"/>.
    /// </summary>
    public static readonly TimeSpan BodiesKeptFor = TimeSpan.FromDays(23);

    /// <summary>The nights in which the sweep has time to find rows that are over.</summary>
    internal static readonly TimeSpan Nights = TimeSpan.FromDays(60);
}

/// <summary>Deliveries of some time ago.</summary>
public sealed class DeliverySweep(EventEndpointStore endpoints) : ISweep
{
    public string Table => StorageNames.EventDeliveries;

    public async Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = Keys.NewestFirst(now - EventRetention.KeptFor);
        return
        [
            .. (await endpoints.ListAllAsync(cancellationToken))
                .SelectMany(endpoint => new[]
                {
                    DeliveryStore.PartitionOf(endpoint.EndpointId), DeliveryStore.WaitingOf(endpoint.EndpointId),
                })
                .Order(StringComparer.Ordinal)
                .Select(partition => new SweepRange(new RowRange(partition) { From = from }, _ => true)),
        ];
    }
}

/// <summary>Bodies of some time ago.</summary>
public sealed class EventBodySweep : ISweep
{
    public string Table => StorageNames.EventBodies;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - EventRetention.BodiesKeptFor;
        return Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            .. EventBodyStore.WeeksBetween(before - EventRetention.Nights, before)
                .Select(week => new SweepRange(new RowRange(week), _ => true)),
        ]);
    }
}

/// <summary>Endpoints that were deleted, once their deliveries are gone.</summary>
public sealed class EventEndpointSweep : ISweep
{
    public string Table => StorageNames.EventEndpoints;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            new SweepRange(
                new RowRange(EventEndpointStore.Partition),
                row => EventEndpointStore.Read(row).DeletedAt < now - EventRetention.KeptFor - EventRetention.Nights),
        ]);
}
