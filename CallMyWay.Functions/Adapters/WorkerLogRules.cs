using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Adapters;

/// <summary>What the worker logs, and hands to the Functions host: nothing that could hold the webhook's key (it is in an address) or a phone number.</summary>
internal static class WorkerLogRules
{
    // These write requests' addresses at Information or below. They are kept quiet by their full names, which a setting such as
    // Logging:LogLevel:Microsoft.AspNetCore does not outweigh.
    private static readonly string[] WriteAddresses =
    [
        "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.HttpLogging",
        "Microsoft.AspNetCore.Mvc",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests",
        "System.Net.Http.HttpClient",
    ];

    public static ILoggingBuilder AddWorkerLogRules(this ILoggingBuilder logging)
    {
        // Below what the settings say, so that these can be changed by them.
        logging.AddFilter("Azure", LogLevel.Warning);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // The worker itself uses no data protection: its integration with ASP.NET Core brings it along.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        foreach (var category in WriteAddresses)
        {
            logging.AddFilter(category, LogLevel.Warning);
        }

        // What fails is logged by UnhandledErrorMiddleware.
        return logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
