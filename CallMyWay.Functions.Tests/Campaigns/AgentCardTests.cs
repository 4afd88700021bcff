using CallMyWay.Functions.Campaigns;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>When an agent rests from the dials of a campaign.</summary>
public sealed class AgentCardTests
{
    [Theory]
    [InlineData(-1, false, "it is over")]
    [InlineData(0, false, "it ends now")]
    [InlineData(1, true, "it goes on")]
    [InlineData(300, true, "the longest one has just begun")]
    [InlineData(360, true, "the clock of the instance that began it is a minute ahead")]
    [InlineData(361, false, "the clock was set back since it began")]
    public void A_Rest_Lasts_Until_Its_End_And_Keeps_Nobody_After_The_Clock_Was_Set_Back(
        int secondsAhead, bool rests, string because)
    {
        var now = new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);
        var card = new AgentCard("campaign", "entry") { RestUntil = now.AddSeconds(secondsAhead) };

        card.IsRestingAt(now).ShouldBe(rests, because);
    }

    [Fact]
    public void A_Card_Without_A_Rest_Keeps_Nobody() =>
        new AgentCard("campaign", "entry").IsRestingAt(DateTimeOffset.UnixEpoch).ShouldBeFalse();
}
