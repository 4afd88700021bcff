using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>A click finds its call by our clock where the operator's is off, and only there.</summary>
public sealed class DialClockTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData(-9)]
    [InlineData(-2)]
    [InlineData(5)]
    // Its times are of another zone.
    [InlineData(360)]
    public async Task A_Click_Finds_Both_Its_Legs_Where_The_Operators_Clock_Is_Off(int minutes)
    {
        await ClickAsync("clicked");

        await HearAsync("own", TimeSpan.FromMinutes(minutes), from: "88887777", to: "ep-1", "in");
        await HearAsync("contact", TimeSpan.FromMinutes(minutes), from: "ep-1", to: "88887777", "out");

        var call = (await _features.CallAsync("own")).ShouldNotBeNull();
        call.DialId.ShouldBe("clicked");
        call.Legs.ShouldNotBeNull().Select(leg => (leg.CallId, leg.IsContact))
            .ShouldBe([("own", false), ("contact", true)], ignoreOrder: true);
        (await _features.CallAsync("contact")).ShouldNotBeNull().CallId.ShouldBe("own");
    }

    [Fact]
    public async Task The_Second_Of_Two_Clicks_On_A_Number_Finds_Its_Own_Call()
    {
        var behind = TimeSpan.FromMinutes(-2);
        await ClickAsync("first");
        await HearAsync("one", behind, from: "ep-1", to: "88887777", "out");
        _features.Clock.Now += TimeSpan.FromMinutes(2);
        await ClickAsync("second");
        await HearAsync("two", behind, from: "ep-1", to: "88887777", "out");

        (await _features.CallAsync("one")).ShouldNotBeNull().DialId.ShouldBe("first");
        (await _features.CallAsync("two")).ShouldNotBeNull().DialId.ShouldBe("second");
    }

    [Theory]
    [InlineData(-90, true)]
    [InlineData(-660, false)]
    public async Task A_Call_That_Is_Told_Late_Is_Of_No_Later_Click(int seconds, bool isClockKnown)
    {
        if (isClockKnown)
        {
            await HearAsync("in-time", TimeSpan.Zero, from: "88881111", to: "ep-2", "in");
        }

        await ClickAsync("clicked");

        await HearAsync("before", TimeSpan.FromSeconds(seconds), from: "88887777", to: "ep-1", "in");

        (await _features.CallAsync("before")).ShouldNotBeNull().DialId.ShouldBeNull();
    }

    private async Task ClickAsync(string dialId)
    {
        var dials = _features.Get<DialStore>();
        var (before, etag) = await dials.GetRecentAsync("ana", CancellationToken.None);
        var intent = new DialIntent
        {
            DialId = dialId,
            EndpointId = "ep-1",
            Account = "8000001",
            Number = "+50688887777",
            Order = DialOrder.AgentFirst,
            RequestedAt = _features.Clock.Now,
        };
        (await dials.SaveAsync(
            "ana", before with { Recent = [.. before.Recent, intent] }, etag, CancellationToken.None)).ShouldBeTrue();
    }

    /// <summary>The start of a call that begins two seconds from now, told at once.</summary>
    private async Task HearAsync(string callId, TimeSpan offset, string from, string to, string type)
    {
        _features.Clock.Now += TimeSpan.FromSeconds(2);
        var detected = DemoHost.OperatorTime(_features.Clock.Now + offset);
        await _features.ProcessAsync(
            $$$"""{"action":"callStart","data":{"callid":"{{{callId}}}","account_id":"8000001","endpoint_id":"{{{(type == "in" ? to : from)}}}","ani":"{{{from}}}","dnis":"{{{to}}}","type":"{{{type}}}","detect_time":"{{{detected}}}"}}""");
    }
}
