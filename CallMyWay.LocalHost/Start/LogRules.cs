namespace CallMyWay.LocalHost.Start;

/// <summary>What is logged: one line each, on the console, and nothing that could hold the webhook's key (it is in an address) or a phone number.</summary>
internal static class LogRules
{
    // These write requests' addresses at Information or below. They are kept quiet by their full names, which a setting such as
    // Logging:LogLevel:Microsoft.AspNetCore does not outweigh.
    private static readonly string[] WriteAddresses =
    [
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.StaticFiles",
        "Microsoft.AspNetCore.ResponseCompression",
        "Microsoft.AspNetCore.HttpLogging",
        "Microsoft.AspNetCore.W3CLogging",
        "Microsoft.AspNetCore.Authentication",
        "Microsoft.AspNetCore.Authorization",
        "Microsoft.AspNetCore.SignalR",
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests",
    ];

    /// <summary>Sets the rules; <paramref name="isStarted"/> tells whether the host is up, before which its own report of a failed start is left out: there is a plainer one.</summary>
    public static void AddLogRules(this ILoggingBuilder logging, Func<bool> isStarted)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
        });
        // Below what the settings say, so that these can be changed by them.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // The keys lie in a folder that only its owner reads; there is nothing on every system to encrypt them with.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => level >= LogLevel.Warning && isStarted());
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && isStarted());
        foreach (var category in WriteAddresses)
        {
            logging.AddFilter(category, LogLevel.Warning);
        }

        // Switched off altogether it costs no activity and no scope for each request; what fails is logged by the API and by Kestrel.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
