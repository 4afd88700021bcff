using CallMyWay.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Limits what the worker logs and passes to the Functions host: nothing that could hold the webhook's key (it is in an
/// address) or a phone number.
/// </summary>
internal static class WorkerLogRules
{
    public static ILoggingBuilder AddWorkerLogRules(this ILoggingBuilder logging) => logging
        .AddAddressRules()
        // A default: the settings can override it.
        .AddFilter("Azure", LogLevel.Warning)
        // The worker's integration with ASP.NET Core adds data protection, but nothing here uses it.
        .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
}
