using CallMyWay.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// Measures the queues, every five minutes and on one instance only: two requests to the storage for each queue, and none where nobody
/// listens. Without a monitor, as nothing is lost with a run that is missed.
/// </summary>
public sealed class WatchQueues(IQueueAdmin queues, TimeProvider clock)
{
    [Function(nameof(WatchQueues))]
    public async Task Run([TimerTrigger("0 */5 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
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
