using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;

namespace CallMyWay.Functions.Telemetry;

/// <summary>The exporters for one receiver, and whether its counters are cumulative or deltas.</summary>
public sealed record TelemetryExporters(
    Func<BaseExporter<Activity>> Traces,
    Func<BaseExporter<Metric>> Metrics,
    Func<BaseExporter<LogRecord>> Logs,
    MetricReaderTemporalityPreference Temporality);
