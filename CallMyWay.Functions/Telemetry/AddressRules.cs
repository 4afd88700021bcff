using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Telemetry;

/// <summary>What neither host logs: requests' addresses, for they hold the webhook's key and phone numbers.</summary>
public static class AddressRules
{
    // These write them at Information or below. They are kept quiet by their full names, which a setting such as
    // Logging:LogLevel:Microsoft.AspNetCore does not outweigh. Not each is in each host.
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
        // Below what the settings say, so that these can be changed by them.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        foreach (var category in WriteAddresses)
        {
            logging.AddFilter(category, LogLevel.Warning);
        }

        // Switched off altogether it costs no activity and no scope for each request; what fails is logged by each host
        // itself.
        return logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
