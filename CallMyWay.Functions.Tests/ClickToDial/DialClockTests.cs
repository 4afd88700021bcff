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

    [Fact]
    public async Task A_Call_That_Began_Before_The_Click_Is_Not_Its_Call_Where_The_Operators_Clock_Is_Off()
    {
        await ClickAsync("clicked");

        // It has rung for half a minute, and is told when it is answered.
        await HearAsync(
            "before", TimeSpan.FromMinutes(-9), from: "88887777", to: "ep-1", "in", rang: TimeSpan.FromSeconds(30));

        (await _features.CallAsync("before")).ShouldNotBeNull().DialId.ShouldBeNull();
    }

    [Fact]
    public async Task A_Call_That_Is_Heard_Of_After_A_Second_Click_On_Its_Number_Is_Of_The_First()
    {
        await ClickAsync("first");
        _features.Clock.Now += TimeSpan.FromSeconds(40);
        await ClickAsync("second");

        await HearAsync(
            "one", TimeSpan.Zero, from: "ep-1", to: "88887777", "out", rang: TimeSpan.FromSeconds(40));

        (await _features.CallAsync("one")).ShouldNotBeNull().DialId.ShouldBe("first");
    }

    [Fact]
    public async Task A_Call_Of_The_Agents_Other_Phone_Is_Not_That_Of_The_Click()
    {
        await _features.MapAsync("ep-3", "ana");
        await ClickAsync("clicked");

        await HearAsync("by-hand", TimeSpan.Zero, from: "ep-3", to: "88887777", "out");
        await HearAsync("by-click", TimeSpan.Zero, from: "ep-1", to: "88887777", "out");

        (await _features.CallAsync("by-hand")).ShouldNotBeNull().DialId.ShouldBeNull();
        (await _features.CallAsync("by-click")).ShouldNotBeNull().DialId.ShouldBe("clicked");
    }

    [Fact]
    public async Task Both_Legs_That_Are_Heard_Of_At_Once_Are_Of_The_Click()
    {
        await ClickAsync("clicked");
        var held = _features.Gate.Hold("replace dials recent");

        var own = HearAsync("own", TimeSpan.Zero, from: "88887777", to: "ep-1", "in");
        await held.Reached;
        await HearAsync("contact", TimeSpan.Zero, from: "ep-1", to: "88887777", "out");
        _features.Gate.Open();
        await own;

        var (dials, _) = await _features.Get<DialStore>().GetRecentAsync("ana", CancellationToken.None);
        dials.Recent.ShouldHaveSingleItem().Legs.Select(leg => leg.CallId)
            .ShouldBe(["own", "contact"], ignoreOrder: true);
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

    /// <summary>
    /// The start of a call that begins two seconds from now, told at once; or its answer then, after it has rung.
    /// </summary>
    private async Task HearAsync(
        string callId, TimeSpan offset, string from, string to, string type, TimeSpan? rang = null)
    {
        _features.Clock.Now += TimeSpan.FromSeconds(2);
        var now = _features.Clock.Now + offset;
        var detected = DemoHost.OperatorTime(now - (rang ?? TimeSpan.Zero));
        var connected = rang is null ? "" : DemoHost.OperatorTime(now);
        var endpointId = type == "in" ? to : from;
        await _features.ProcessAsync(
            $$$"""
            {"action":"callStart","data":{"callid":"{{{callId}}}","account_id":"8000001",
            "endpoint_id":"{{{endpointId}}}","ani":"{{{from}}}","dnis":"{{{to}}}","type":"{{{type}}}",
            "detect_time":"{{{detected}}}","connect_time":"{{{connected}}}"}}
            """);
    }
}
