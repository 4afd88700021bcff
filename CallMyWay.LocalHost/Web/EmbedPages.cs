using CallMyWay.Functions.Embedding;

namespace CallMyWay.LocalHost.Web;

/// <summary>
/// The pages that other applications show in a frame. Which ones may do so is what an administrator writes
/// (<see cref="EmbedOriginStore"/>); no other page of the console is ever shown in one.
/// </summary>
internal static partial class EmbedPages
{
    /// <summary>The origins whose pages may show one; none where the list can't be read.</summary>
    public static async ValueTask<IReadOnlyList<string>> OriginsAsync(HttpContext context)
    {
        var services = context.RequestServices;
        try
        {
            var stored = await services.GetRequiredService<EmbedOriginStore>().GetRecentAsync(context.RequestAborted);
            return stored.Origins;
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.NotRead(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(EmbedPages)), error);
            return [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning, "The origins of other applications could not be read: no page may show the phone in a frame.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
