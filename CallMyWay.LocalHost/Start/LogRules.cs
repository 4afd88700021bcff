using CallMyWay.Functions.Telemetry;
using CallMyWay.LocalHost.Screens;

namespace CallMyWay.LocalHost.Start;

/// <summary>
/// What is logged: one line each, on the console, and nothing that could hold the webhook's key (it is in an address)
/// or a phone number.
/// </summary>
internal static class LogRules
{
    /// <summary>
    /// Sets the rules; <paramref name="isStarted"/> tells whether the host is up, before which its own report of a
    /// failed start is left out: there is a plainer one.
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
        // The keys lie in a folder that only its owner reads; there is nothing on every system to encrypt them with.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // It would write two lines for each request to the hub without a sign-in: a flood of them would fill the log.
        logging.AddFilter(typeof(ScreenTokenHandler).FullName, LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => level >= LogLevel.Warning && isStarted());
        logging.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && isStarted());
    }
}
