using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Telemetry;

/// <summary>Keeps request addresses out of both hosts' logs: they hold the webhook's key and phone numbers.</summary>
public static class AddressRules
{
    // These categories log addresses at Information or below. They are listed by their full names, which override
    // settings such as Logging:LogLevel:Microsoft.AspNetCore. Not every category exists in each host.
    private static readonly IReadOnlyList<string> WriteAddresses =
    [
        "Microsoft.AspNetCore.Authentication",
        "Microsoft.AspNetCore.Authorization",
        "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.HttpLogging",
        "Microsoft.AspNetCore.Mvc",
        "Microsoft.AspNetCore.ResponseCompression",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests",
        "Microsoft.AspNetCore.SignalR",
        "Microsoft.AspNetCore.StaticFiles",
        "Microsoft.AspNetCore.W3CLogging",
        "System.Net.Http.HttpClient",
    ];

    public static ILoggingBuilder AddAddressRules(this ILoggingBuilder logging)
    {
        // A default: the settings can override it.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        foreach (var category in WriteAddresses)
        {
            logging.AddFilter(category, LogLevel.Warning);
        }

        // Switched off entirely, it creates no activity and no scope for each request. Each host logs failures itself.
        return logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
