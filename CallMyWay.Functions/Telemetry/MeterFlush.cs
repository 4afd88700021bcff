using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// Sends what was measured before a timer function ends: its instance may have been started for this run alone, and be
/// stopped before the exporter's own interval of a minute.
/// </summary>
public sealed partial class MeterFlush(
    IEnumerable<MeterProvider> meters, TimeProvider clock, ILogger<MeterFlush> logger)
{
    /// <summary>How long sending may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A flush blocks its thread, and an exporter's own timeout may be longer than the one given here.
            var flushes = meters.Select(meter =>
                Task.Run(() => meter.ForceFlush((int)Longest.TotalMilliseconds), cancellationToken));
            var results = await Task.WhenAll(flushes).WaitAsync(Longest, clock, cancellationToken);
            if (!Array.TrueForAll(results, sent => sent))
            {
                Log.NotTaken(logger);
            }
        }
        catch (TimeoutException)
        {
            Log.TooSlow(logger, Longest.TotalSeconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The receiver of telemetry did not take what was measured.")]
        public static partial void NotTaken(ILogger logger);

        [LoggerMessage(
            LogLevel.Warning, "The receiver of telemetry did not take what was measured within {Seconds} seconds.")]
        public static partial void TooSlow(ILogger logger, double seconds);
    }
}
