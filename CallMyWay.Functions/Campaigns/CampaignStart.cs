using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// Goes on with the campaigns as an instance starts: the one before it may have ended between two beats, and agents
/// would wait for the minute's clock.
/// </summary>
internal sealed partial class CampaignStart(CampaignRunner runner, ILogger<CampaignStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start doesn't wait for it.
        await Task.Yield();
        try
        {
            await runner.ResumeAsync(stoppingToken);
        }
        catch (StorageException exception)
        {
            Log.Failed(logger, exception);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops already.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning, "The campaigns could not be gone on with at the start. The clock does it within a minute.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
