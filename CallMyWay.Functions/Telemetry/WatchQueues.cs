using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// Measures the queues each five minutes. It costs two storage requests for each queue, or none if nothing listens.
/// </summary>
public sealed class WatchQueues(IQueueAdmin queues, TimeProvider clock) : IScheduled
{
    /// <summary>In minutes.</summary>
    private const int Each = 5;

    public Task RunDueAsync(CancellationToken cancellationToken) =>
        clock.GetUtcNow().Minute % Each == 0 ? MeasureAsync(cancellationToken) : Task.CompletedTask;

    internal async Task MeasureAsync(CancellationToken cancellationToken)
    {
        if (!Instrumentation.IsWatchingQueues)
        {
            return;
        }

        foreach (var queue in StorageNames.Queues)
        {
            var state = await queues.StateAsync(queue, cancellationToken);
            var oldest = state.OldestSince is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero;
            Instrumentation.QueueIs(queue, state.Poison, oldest > TimeSpan.Zero ? oldest : TimeSpan.Zero);
        }
    }
}
