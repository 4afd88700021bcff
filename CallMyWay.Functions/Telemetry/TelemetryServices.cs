using CallMyWay.Functions.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// Sets up OpenTelemetry with an allow-list: our own source of spans, our own meter (<see cref="Instrumentation"/>),
/// and log records that <see cref="LogAllowList"/> filters. The instrumentations of ASP.NET Core, HttpClient and
/// Azure's libraries are not used: their spans hold addresses.
/// </summary>
public static class TelemetryServices
{
    private const string OurCategories = "CallMyWay";

    /// <summary>
    /// Adds telemetry to the receivers of the settings and of the host. Without receivers, nothing is set up.
    /// </summary>
    public static IServiceCollection AddTelemetry(
        this IServiceCollection services, TelemetryOptions options, params IReadOnlyList<TelemetryExporters> ofHost)
    {
        IReadOnlyList<TelemetryExporters> exporters = options.OtlpEndpoint is { } endpoint
            ? [.. ofHost, Otlp(endpoint)]
            : ofHost;
        if (exporters.Count == 0)
        {
            return services;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(
                resource => resource.AddService(Instrumentation.Name, serviceVersion: ProductVersion.Text))
            .WithTracing(traces =>
            {
                traces.AddSource(Instrumentation.Name).SetSampler(new RecordingSampler(options.SamplingRatio))
                    .AddProcessor(new KeepFailures());
                foreach (var exporter in exporters)
                {
                    traces.AddProcessor(_ => new BatchActivityExportProcessor(exporter.Traces()));
                }
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Instrumentation.Name);
                foreach (var exporter in exporters)
                {
                    metrics.AddReader(_ => new PeriodicExportingMetricReader(exporter.Metrics()) { TemporalityPreference = exporter.Temporality });
                }
            })
            .WithLogging(
                logs =>
                {
                    logs.AddProcessor(new LogAllowList());
                    foreach (var exporter in exporters)
                    {
                        logs.AddProcessor(_ => new BatchLogRecordExportProcessor(exporter.Logs()));
                    }
                },
                // Scopes hold request addresses.
                logs => (logs.IncludeFormattedMessage, logs.IncludeScopes) = (true, false));
        return services.AddLogging(logging => logging
            .AddFilter<OpenTelemetryLoggerProvider>(
                (category, level) => level >= (IsOurs(category) ? LogLevel.Information : LogLevel.Warning))
            // With a listener, it would create an activity and a scope for each request.
            .AddFilter<OpenTelemetryLoggerProvider>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None));
    }

    internal static bool IsOurs(string? category) =>
        category is not null && category.StartsWith(OurCategories, StringComparison.Ordinal);

    private static TelemetryExporters Otlp(Uri endpoint)
    {
        // The exporter also reads headers, such as a receiver's key, from the standard variable
        // OTEL_EXPORTER_OTLP_HEADERS.
        OtlpExporterOptions To(string signal) => new()
        {
            Protocol = OtlpExportProtocol.HttpProtobuf,
            Endpoint = new Uri($"{endpoint.ToString().TrimEnd('/')}/v1/{signal}")
        };
        return new TelemetryExporters(
            () => new OtlpTraceExporter(To("traces")),
            () => new OtlpMetricExporter(To("metrics")),
            () => new OtlpLogExporter(To("logs")),
            MetricReaderTemporalityPreference.Cumulative);
    }
}
