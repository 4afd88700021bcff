using CallMyWay.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// What the worker logs, and hands to the Functions host: nothing that could hold the webhook's key (it is in an
/// address) or a phone number.
/// </summary>
internal static class WorkerLogRules
{
    public static ILoggingBuilder AddWorkerLogRules(this ILoggingBuilder logging) => logging
        .AddAddressRules()
        // Below what the settings say, so that these can be changed by them.
        .AddFilter("Azure", LogLevel.Warning)
        // The worker itself uses no data protection: its integration with ASP.NET Core brings it along.
        .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
}
