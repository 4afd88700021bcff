using CallMyWay.Functions.Telemetry;
using CallMyWay.LocalHost.Screens;

namespace CallMyWay.LocalHost.Start;

/// <summary>
/// Sets up the log: one line for each message, on the console, with nothing that could hold the webhook's key (it is in
/// an address) or a phone number.
/// </summary>
internal static class LogRules
{
    /// <summary>
    /// Sets the rules. <paramref name="isStarted"/> tells whether the host is running. Before that, the host's own
    /// report of a failed start is hidden, as a plainer message is shown.
    /// </summary>
    public static void AddLogRules(this ILoggingBuilder logging, Func<bool> isStarted)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
        });
        logging.AddAddressRules();
        // The keys are in a folder that only its owner can read. Not every system has something to encrypt them with.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // It would log two lines for each request to the hub without sign-in, and a flood of them would fill the log.
        logging.AddFilter(typeof(ScreenTokenHandler).FullName, LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => level >= LogLevel.Warning && isStarted());
        logging.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && isStarted());
    }
}
