using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// Measures the queues each five minutes. It costs two storage requests for each queue, on Azure one for those with
/// delays, or none if nothing listens.
/// </summary>
public sealed class WatchQueues(IQueueAdmin queues, TimeProvider clock) : IScheduled
{
    /// <summary>In minutes.</summary>
    private const int Each = 5;

    // The five minutes that were measured last, counted from the beginning of time.
    private long _measured;

    public Task RunDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcTicks / (Each * TimeSpan.TicksPerMinute);
        if (now == _measured)
        {
            return Task.CompletedTask;
        }

        // Whenever the clock comes to it: the pull before it may have waited for the operator.
        _measured = now;
        return MeasureAsync(cancellationToken);
    }

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
