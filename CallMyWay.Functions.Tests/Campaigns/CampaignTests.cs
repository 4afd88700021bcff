using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>What a campaign counts of the operator's refusals, and which calls reached somebody.</summary>
public sealed class CampaignTests
{
    [Fact]
    public void Refusals_Are_Counted_For_Each_Agent_Until_The_Operator_Takes_One_For_Them()
    {
        var campaign = New();
        campaign.TakenFor("ana").ShouldBeSameAs(campaign);

        var refused = campaign.RefusedFor("ana").RefusedFor("ana").RefusedFor("luis");
        (refused.RefusalsInARow, refused.RefusalsFor("ana"), refused.RefusalsFor("luis")).ShouldBe((3, 2, 1));

        var taken = refused.TakenFor("luis");
        (taken.RefusalsInARow, taken.RefusalsFor("ana"), taken.RefusalsFor("luis")).ShouldBe((0, 2, 0));
        taken.TakenFor("luis").ShouldBeSameAs(taken);
    }

    [Fact]
    public void A_Change_Of_Any_One_Setting_Is_A_Change()
    {
        var hours = new DialHours(new TimeOnly(8, 0), new TimeOnly(18, 0), [1, 2]);
        var campaign = New() with { EndpointIds = ["a", "b"], Hours = hours, Budget = 10 };
        Campaign[] others =
        [
            campaign with { Name = "Diciembre" },
            campaign with { Attempts = 2 },
            campaign with { GapMinutes = 1 },
            campaign with { PerMinute = 2 },
            campaign with { Budget = null },
            campaign with { EndpointIds = ["a"] },
            campaign with { EndpointIds = null },
            campaign with { Hours = null },
            campaign with { Hours = hours with { From = new TimeOnly(9, 0) } },
            campaign with { Hours = hours with { To = new TimeOnly(17, 0) } },
            campaign with { Hours = hours with { Days = [1, 2, 3] } },
            campaign with { Hours = hours with { Days = null } },
        ];

        others.ShouldAllBe(other => !other.IsSetAs(campaign));
        (campaign with { State = CampaignState.Paused, Hours = hours with { Days = [1, 2] } }).IsSetAs(campaign)
            .ShouldBeTrue();
    }

    [Fact]
    public void A_Campaign_That_An_Earlier_Release_Has_Stored_Counts_Them_Too()
    {
        var json = new StoredJson<Campaign>(CampaignsJson.Default);
        var stored = json.Serialize(New());
        stored.ShouldNotContain("refusalsByAgent", Case.Insensitive);

        var campaign = json.Deserialize(stored);

        campaign.TakenFor("ana").ShouldBeSameAs(campaign);
        campaign.RefusedFor("ana").RefusalsFor("ana").ShouldBe(1);
    }

    [Theory]
    [InlineData(true, true, null, true)]
    [InlineData(true, true, "attended", true)]
    [InlineData(true, true, "no-answer", false)]
    [InlineData(false, true, "attended", false)]
    // The notification of the end is lost: the agent says how it ended.
    [InlineData(false, false, "attended", true)]
    [InlineData(false, false, "no-answer", false)]
    [InlineData(false, false, null, false)]
    public async Task Whether_A_Call_Reached_Its_Person_Is_The_Operators_Word_Or_Else_The_Agents(
        bool isAnswered, bool isEndTold, string? outcome, bool isReached)
    {
        await using var features = await Features.StartAsync();
        await features.ProcessAsync("""
            {"action":"callStart","data":{"callid":"c","account_id":"8000001","endpoint_id":"ep-1","ani":"40001001",
            "dnis":"88887777","type":"out","detect_time":"2026-03-02 09:15:00"}}
            """);
        var stored = await features.Get<CallStore>().GetAsync(new CallKey("c", "8000001"), default);
        var call = stored.ShouldNotBeNull() with
        {
            State = CallState.Ended,
            ConnectedAt = isAnswered ? features.Clock.Now : null,
            IsEndTold = isEndTold,
            Outcome = outcome,
        };

        (await features.Get<CallReach>().ReadAsync([call], default))(call).ShouldBe(isReached);
    }

    private static Campaign New() => new()
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
}
