using CallMyWay.Functions.Telemetry;
using CallMyWay.LocalHost.Settings;

namespace CallMyWay.LocalHost.Start;

/// <summary>Adds telemetry by OTLP, if the settings name a receiver.</summary>
internal static class HostTelemetry
{
    /// <exception cref="StartException">A setting asks for what this host does not have.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var options = TelemetryOptions.Of(builder.Configuration);
        if (options.AzureMonitorConnectionString is not null)
        {
            throw new StartException($"The setting {TelemetryOptions.Section}:{nameof(options.AzureMonitorConnectionString)} is for Azure. Here, set {TelemetryOptions.Section}:{nameof(options.OtlpEndpoint)} to a receiver of OTLP.");
        }

        builder.Services.AddTelemetry(options);
    }
}
