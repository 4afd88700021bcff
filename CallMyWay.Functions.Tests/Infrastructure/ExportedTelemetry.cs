using System.Collections.ObjectModel;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// What a host exports, as it is behind all of the host's own processors. The host needs the setting of a receiver, as
/// nothing is exported without one.
/// </summary>
internal sealed class ExportedTelemetry
{
    private readonly Exported<Activity> _spans = [];

    private readonly Exported<MetricSnapshot> _metrics = [];

    private readonly Exported<LogRecord> _logs = [];

    public IReadOnlyList<Activity> Spans => _spans.All;

    public IReadOnlyList<MetricSnapshot> Metrics => _metrics.All;

    public IReadOnlyList<LogRecord> Logs => _logs.All;

    /// <summary>For the services of the host, after its own.</summary>
    public void AddTo(IServiceCollection services) => services
        .ConfigureOpenTelemetryTracerProvider(traces => traces.AddInMemoryExporter(_spans))
        .ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddInMemoryExporter(_metrics))
        .ConfigureOpenTelemetryLoggerProvider(logs => logs.AddInMemoryExporter(_logs));

    /// <summary>
    /// Makes the host export until the condition is true, and once more: a receiver then has all that the condition saw,
    /// which the exporter in memory gets earlier.
    /// </summary>
    public static async Task FlushUntilAsync(TestHost host, Func<bool> condition, Func<string>? what = null)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                await FlushAsync(host);
                return condition();
            },
            what);
        await FlushAsync(host);
    }

    private static Task FlushAsync(TestHost host) => Task.Run(() =>
    {
        host.Get<TracerProvider>().ForceFlush();
        host.Get<MeterProvider>().ForceFlush();
        host.Get<LoggerProvider>().ForceFlush();
    });

    /// <summary>A test reads it while the host adds to it.</summary>
    private sealed class Exported<T> : Collection<T>
    {
        private readonly Lock _gate = new();

        public IReadOnlyList<T> All
        {
            get
            {
                lock (_gate)
                {
                    return [.. Items];
                }
            }
        }

        protected override void InsertItem(int index, T item)
        {
            lock (_gate)
            {
                base.InsertItem(index, item);
            }
        }
    }
}
