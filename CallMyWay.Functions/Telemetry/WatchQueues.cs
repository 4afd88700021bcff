using CallMyWay.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// Measures the queues every five minutes, on one instance only. It costs two storage requests for each queue, or none
/// if nothing listens. The timer has no monitor, as a missed run loses nothing.
/// </summary>
public sealed class WatchQueues(IQueueAdmin queues, MeterFlush flush, TimeProvider clock)
{
    [Function(nameof(WatchQueues))]
    public async Task Run([TimerTrigger("0 */5 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (!Instrumentation.IsWatchingQueues)
        {
            return;
        }

        try
        {
            foreach (var queue in StorageNames.Queues)
            {
                var state = await queues.StateAsync(queue, cancellationToken);
                var oldest = state.OldestSince is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero;
                Instrumentation.QueueIs(queue, state.Poison, oldest > TimeSpan.Zero ? oldest : TimeSpan.Zero);
            }
        }
        finally
        {
            await flush.RunAsync(cancellationToken);
        }
    }
}
