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

    [Theory]
    [InlineData(9, 0, false, "many people don't answer")]
    [InlineData(10, 0, true, "it is likely that nobody is at the phone")]
    [InlineData(11, 299, true, "one more was tried in vain")]
    [InlineData(11, 300, false, "one more is tried")]
    [InlineData(10, -300, false, "the clock was set back since")]
    public void An_Agent_For_Whom_Nobody_Answers_Rests_A_While(int dials, int secondsAgo, bool rests, string because)
    {
        var now = new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);
        var unanswered = new UnansweredDials("ana", "campaign", dials, now.AddSeconds(-secondsAgo));

        unanswered.FindRestAt(now)?.Until.ShouldBe(now.AddSeconds(300 - secondsAgo));
        (unanswered.FindRestAt(now) is not null).ShouldBe(rests, because);
    }

    [Fact]
    public void A_Card_Without_A_Rest_Keeps_Nobody() =>
        new AgentCard("campaign", "entry").IsRestingAt(DateTimeOffset.UnixEpoch).ShouldBeFalse();
}
