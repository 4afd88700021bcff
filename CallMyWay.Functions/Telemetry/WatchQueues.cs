using CallMyWay.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// Measures the queues every five minutes, on one instance only. It costs two storage requests for each queue, or none
/// if nothing listens. The timer has no monitor, as a missed run loses nothing. The measurements are sent before the
/// run ends: the instance may have been started only for this run, and be stopped before the exporter's own interval of
/// a minute.
/// </summary>
public sealed partial class WatchQueues(
    IQueueAdmin queues, IEnumerable<MeterProvider> meters, TimeProvider clock, ILogger<WatchQueues> logger)
{
    /// <summary>How long sending may take.</summary>
    public static readonly TimeSpan LongestFlush = TimeSpan.FromSeconds(10);

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
            await FlushAsync(cancellationToken);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A flush blocks its thread, and an exporter's own timeout may be longer than the one given here.
            var flushes = meters.Select(meter =>
                Task.Run(() => meter.ForceFlush((int)LongestFlush.TotalMilliseconds), cancellationToken));
            var results = await Task.WhenAll(flushes).WaitAsync(LongestFlush, clock, cancellationToken);
            if (!Array.TrueForAll(results, sent => sent))
            {
                Log.NotTaken(logger);
            }
        }
        catch (TimeoutException)
        {
            Log.TooSlow(logger, LongestFlush.TotalSeconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The receiver of telemetry did not take what was measured of the queues.")]
        public static partial void NotTaken(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "The receiver of telemetry did not take what was measured of the queues within {Seconds} seconds.")]
        public static partial void TooSlow(ILogger logger, double seconds);
    }
}
