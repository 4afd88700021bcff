using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;

namespace CallMyWay.Functions.Telemetry;

/// <summary>What brings telemetry to a receiver, and whether it counts from the start or since the last time.</summary>
public sealed record TelemetryExporters(
    Func<BaseExporter<Activity>> Traces,
    Func<BaseExporter<Metric>> Metrics,
    Func<BaseExporter<LogRecord>> Logs,
    MetricReaderTemporalityPreference Temporality);
