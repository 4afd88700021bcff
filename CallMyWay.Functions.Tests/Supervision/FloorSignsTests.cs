using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Supervision;
using CallMyWay.Functions.Tests.Calls;

namespace CallMyWay.Functions.Tests.Supervision;

/// <summary>What is told of the floor in another order than it happened.</summary>
public sealed class FloorSignsTests
{
    private static readonly DateTimeOffset Began = CallFactsBuilder.Began;

    private readonly FloorSigns _signs =
        new(new Dictionary<string, ScreenBeat>(StringComparer.Ordinal), [], [], FloorSigns.NothingLive);

    [Fact]
    public void A_Call_That_Is_Told_Late_Does_Not_Replace_What_It_Became()
    {
        var rings = CallOf(CallFactsBuilder.Start(0)) with { Revision = 1 };
        var talks = CallOf(CallFactsBuilder.Start(0), CallFactsBuilder.Start(10, connect: 10)) with { Revision = 2 };

        _signs.TakeCall(talks, [], 0);
        _signs.TakeCall(rings, [], 0);

        _signs.ViewAt(Began.AddSeconds(20), new AgentRoster([])).Live.ShouldHaveSingleItem().Revision.ShouldBe(2);
    }

    [Fact]
    public void A_Talk_That_Is_Told_Late_Is_Not_The_Agents_Last()
    {
        var call = CallOf(CallFactsBuilder.Start(0), CallFactsBuilder.End(300, connect: 10, disconnect: 300));
        var last = new Talk("ana", call.Key, Began.AddSeconds(300));
        var earlier = new Talk("ana", new CallKey("before", "8000001"), Began.AddSeconds(-60));

        _signs.TakeCall(call, [last], 0);
        _signs.TakeCall(call with { CallId = "before" }, [earlier], 0);

        _signs.Talks["ana"].ShouldBe(last);
    }

    [Fact]
    public void A_Wrap_Up_That_Is_Told_Late_Does_Not_Begin_Again()
    {
        var over = CallOf(CallFactsBuilder.Start(0), CallFactsBuilder.End(300, connect: 10, disconnect: 300));
        var last = new Talk("ana", over.Key, Began.AddSeconds(300));

        _signs.TakeCall(over with { Revision = 4, Outcome = "attended" }, [last], 0);
        _signs.TakeCall(over with { Revision = 3 }, [], 0);

        _signs.LastCallOf(last).ShouldNotBeNull().Call.Outcome.ShouldBe("attended");
    }

    private static Call CallOf(params CallFact[] facts) => CallDerivation.Derive(CallFactsBuilder.Of(facts));
}
