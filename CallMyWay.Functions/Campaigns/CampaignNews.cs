using CallMyWay.Functions.Calls;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// Has a person of a campaign looked at when their call is over, or says something new, however late: a cost can come
/// weeks after the call. It is a help: what is not told is found by the clock, for a day.
/// </summary>
public sealed partial class CampaignNews(IQueue queue, ILogger<CampaignNews> logger) : ICallNews
{
    public void Tell(Call call, Call? before)
    {
        // The call itself says whether it is a campaign's: none of the others costs more for it.
        if (call is not { Campaign: { } person, State: CallState.Ended }
            || (before is not null && before.State == CallState.Ended && before.Cost == call.Cost
                && before.Outcome == call.Outcome))
        {
            return;
        }

        _ = Beside.RunAsync(() => SendAsync(
            new ChangedCall(person.CampaignId, person.EntryId, call.CallId, call.Account)));
    }

    private async Task SendAsync(ChangedCall changed)
    {
        try
        {
            await queue.SendAsync(
                StorageNames.CampaignDials,
                new CampaignMessage { Changed = changed }.ToMessage(),
                null,
                CancellationToken.None);
        }
        catch (Exception exception) when (exception is StorageException or ObjectDisposedException)
        {
            Log.NotTold(logger, exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "That a campaign's call is over, or costs something else, could not be told ({Error}). It is found by the "
            + "clock, but for a cost that comes more than a day after the call.")]
        public static partial void NotTold(ILogger logger, string error);
    }
}
