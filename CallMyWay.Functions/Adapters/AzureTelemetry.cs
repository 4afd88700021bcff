using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using CallMyWay.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Sends telemetry to Application Insights, by a setting of our own, and by OTLP; only from the worker (see <see
/// cref="TelemetryOptions"/>).
/// </summary>
internal static class AzureTelemetry
{
    /// <summary>Must be added before the other middleware, so that it sees the final answers.</summary>
    public static FunctionsApplicationBuilder UseTelemetry(this FunctionsApplicationBuilder builder)
    {
        var options = TelemetryOptions.Of(builder.Configuration);
        builder.UseMiddleware<TelemetryMiddleware>();
        builder.Services.AddTelemetry(
            options, options.AzureMonitorConnectionString is null ? [] : [AzureMonitor(options)]);
        return builder;
    }

    // Only the exporters: UseAzureMonitorExporter would also add its own sampler, counters and live metrics.
    private static TelemetryExporters AzureMonitor(TelemetryOptions options)
    {
        AzureMonitorExporterOptions To() => new()
        {
            ConnectionString = options.AzureMonitorConnectionString,
            Credential = options.ClientId is { } clientId
                ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
                : null,
            EnableLiveMetrics = false,
        };
        return new TelemetryExporters(
            () => new AzureMonitorTraceExporter(To()),
            () => new AzureMonitorMetricExporter(To()),
            () => new AzureMonitorLogExporter(To()),
            MetricReaderTemporalityPreference.Delta);
    }
}
