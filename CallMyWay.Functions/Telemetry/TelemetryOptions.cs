using System.Globalization;
using CallMyWay.Functions.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// Where telemetry is sent: the section <c>Telemetry</c> of the settings. Without an address, no telemetry is produced.
/// </summary>
public sealed record TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>
    /// A receiver of OTLP over HTTP, such as <c>http://127.0.0.1:4318</c>. The paths <c>/v1/traces</c>,
    /// <c>/v1/metrics</c> and <c>/v1/logs</c> are added.
    /// </summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>
    /// Application Insights, in the Azure build only. It is not the platform's own setting
    /// <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>: with that one the Functions host would export too, including
    /// addresses with the webhook's key.
    /// </summary>
    public string? AzureMonitorConnectionString { get; init; }

    /// <summary>
    /// The client id of the managed identity that sends to Application Insights; null if the connection string is
    /// enough.
    /// </summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// The share of traces that is exported, from 0 to 1. Failures are always exported, and metrics count everything.
    /// </summary>
    public double SamplingRatio { get; init; } = 0.1;

    /// <exception cref="OptionsValidationException">A setting is wrong. The message names it.</exception>
    public static TelemetryOptions Of(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var failures = new List<string>();
        var options = new TelemetryOptions
        {
            AzureMonitorConnectionString = PlainText.Trimmed(section[nameof(AzureMonitorConnectionString)]),
            ClientId = PlainText.Trimmed(section[nameof(ClientId)])
        };
        if (PlainText.Trimmed(section[nameof(OtlpEndpoint)]) is { } endpoint)
        {
            if (Uri.TryCreate(endpoint, UriKind.Absolute, out var address)
                && address.Scheme is "http" or "https"
                && address.Query.Length == 0)
            {
                options = options with { OtlpEndpoint = address };
            }
            else
            {
                failures.Add($"{Section}:{nameof(OtlpEndpoint)} must be an address such as http://127.0.0.1:4318.");
            }
        }

        if (PlainText.Trimmed(section[nameof(SamplingRatio)]) is { } ratio)
        {
            if (double.TryParse(ratio, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number is >= 0 and <= 1)
            {
                options = options with { SamplingRatio = number };
            }
            else
            {
                failures.Add($"{Section}:{nameof(SamplingRatio)} must be a number from 0 to 1, such as 0.1 for one trace in ten.");
            }
        }

        return failures.Count == 0
            ? options
            : throw new OptionsValidationException(Section, typeof(TelemetryOptions), failures);
    }
}
