using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.ClickToDial;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>What a campaign counts of the operator's refusals.</summary>
public sealed class CampaignTests
{
    [Fact]
    public void Refusals_Are_Counted_For_Each_Agent_Until_The_Operator_Takes_One_For_Them()
    {
        var campaign = new Campaign
        {
            CampaignId = "",
            Name = "",
            Mode = CampaignMode.Progressive,
            Order = DialOrder.AgentFirst,
            State = CampaignState.Running,
            Attempts = 1,
            GapMinutes = 0,
            PerMinute = 1,
            CreatedAt = default,
        };
        campaign.TakenFor("ana").ShouldBeSameAs(campaign);

        var refused = campaign.RefusedFor("ana").RefusedFor("ana").RefusedFor("luis");
        (refused.RefusalsInARow, refused.RefusalsByAgent["ana"], refused.RefusalsByAgent["luis"]).ShouldBe((3, 2, 1));

        var taken = refused.TakenFor("luis");
        (taken.RefusalsInARow, taken.RefusalsByAgent.Count, taken.RefusalsByAgent["ana"]).ShouldBe((0, 1, 2));
        taken.TakenFor("luis").ShouldBeSameAs(taken);
    }
}
