using CallMyWay.Functions.Calls;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// Has a campaign's dial looked at when its call is over, or says something new. It is a help: what is not told is
/// found by the clock.
/// </summary>
public sealed class CampaignNews(CampaignsHere here, IQueue queue) : ICallNews
{
    public void Tell(Call call, Call? before)
    {
        // No campaign of this process has dialled: then there is nothing to ask, and no call costs more for it.
        if (call is not { DialId: { } dialId, State: CallState.Ended } || here.FindAgent(dialId) is not { } agentId
            || (before is not null && before.State == CallState.Ended && before.Cost == call.Cost
                && before.Outcome == call.Outcome))
        {
            return;
        }

        var message = new CampaignMessage { Changed = new ChangedDial(agentId, dialId) };
        _ = Beside.RunAsync(async () =>
        {
            await queue.SendAsync(
                StorageNames.CampaignDials, message.ToMessage(), null, CancellationToken.None);
            return true;
        });
    }
}
