using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Supervision;
using CallMyWay.Functions.Tests.Calls;

namespace CallMyWay.Functions.Tests.Supervision;

/// <summary>What an agent is doing, by all that is known of them. Times are seconds after the call began.</summary>
public sealed class AgentStateTests
{
    private const int Now = 600;

    private static readonly DateTimeOffset Began = CallFactsBuilder.Began;

    private static readonly AgentSigns Online = new("ana") { BeatAt = Began.AddSeconds(Now - 30) };

    private static readonly Pause Lunch = new("ana", true, "almuerzo", Began.AddSeconds(500));

    private static readonly Call Rings = CallOf(CallFactsBuilder.Start(590, detect: 590));

    private static readonly Call Talks = CallOf(CallFactsBuilder.Start(0), CallFactsBuilder.Start(10, connect: 10));

    private static readonly Call Over = CallOf(
        CallFactsBuilder.Start(0), CallFactsBuilder.End(300, connect: 10, disconnect: 300));

    private static readonly Talk LastTalk = new("ana", Over.Key, Began.AddSeconds(300));

    public static TheoryData<string, AgentSigns, AgentStateKind, int?> Signs { get; } = new()
    {
        { "nothing at all", new AgentSigns("ana"), AgentStateKind.Offline, null },
        { "a screen alone", Online, AgentStateKind.Free, null },
        { "a screen that was there three minutes ago", Online with { BeatAt = Began.AddSeconds(Now - 180) }, AgentStateKind.Offline, Now - 180 },
        { "a beat ahead, as the clock was set back an hour", Online with { BeatAt = Began.AddSeconds(Now + 3600) }, AgentStateKind.Offline, Now + 3600 },
        { "a beat a little ahead, of another machine", Online with { BeatAt = Began.AddSeconds(Now + 20) }, AgentStateKind.Free, null },
        { "who has signed out", Online with { HasLeft = true }, AgentStateKind.Offline, Now - 30 },
        { "a phone that rings", Online with { Calls = [Rings] }, AgentStateKind.Ringing, 590 },
        { "a phone that rings without a screen", new AgentSigns("ana") { Calls = [Rings] }, AgentStateKind.Ringing, 590 },
        { "who talks, and another call rings", Online with { Calls = [Rings, Talks] }, AgentStateKind.InCall, 10 },
        { "who talks in a pause", Online with { Calls = [Talks], Pause = Lunch }, AgentStateKind.InCall, 10 },
        { "a pause", Online with { Pause = Lunch }, AgentStateKind.Paused, 500 },
        { "a pause without a screen", Online with { BeatAt = null, Pause = Lunch }, AgentStateKind.Offline, null },
        { "a pause since yesterday", Online with { Pause = Lunch with { Since = Began.AddHours(-15) } }, AgentStateKind.Free, null },
        { "back from a pause", Online with { Pause = Lunch with { Paused = false } }, AgentStateKind.Free, 500 },
        { "a call that is over", Online with { LastTalk = LastTalk, LastCall = Over }, AgentStateKind.WrapUp, 300 },
        { "a pause in a wrap-up", Online with { LastTalk = LastTalk, LastCall = Over, Pause = Lunch }, AgentStateKind.Paused, 500 },
        { "a wrap-up without a screen", Online with { BeatAt = null, LastTalk = LastTalk, LastCall = Over }, AgentStateKind.Offline, null },
        { "a phone that rings in a wrap-up", Online with { LastTalk = LastTalk, LastCall = Over, Calls = [Rings] }, AgentStateKind.Ringing, 590 },
        { "a wrap-up that was sent", Online with { LastTalk = LastTalk, LastCall = Sent(Over) }, AgentStateKind.Free, 400 },
        { "a card that was closed", Online with { LastTalk = LastTalk, LastCall = Closed(Over) }, AgentStateKind.Free, 400 },
        { "a talk of yesterday", Online with { LastTalk = LastTalk with { EndedAt = Began.AddHours(-13) } }, AgentStateKind.Free, null },
        { "a call that nobody finds", Online with { LastTalk = LastTalk }, AgentStateKind.Free, 300 },
        { "a call that was dismissed as stuck", Online with { Calls = [Dismissed(Talks)] }, AgentStateKind.Free, null },
        { "another agent's call", Online with { Calls = [CallOf(CallFactsBuilder.Start(590, endpoint: "ep-2"))] }, AgentStateKind.Free, null },
    };

    [Theory]
    [MemberData(nameof(Signs))]
    public void An_Agent_s_State_Follows_From_What_Is_Known(
        string what, AgentSigns signs, AgentStateKind expected, int? since)
    {
        var state = AgentState.Of(signs, Began.AddSeconds(Now));

        state.Kind.ShouldBe(expected, what);
        state.Since.ShouldBe(since is { } seconds ? Began.AddSeconds(seconds) : null, what);
        (state.Call is null).ShouldBe(expected is not (AgentStateKind.Ringing or AgentStateKind.InCall), what);
    }

    [Fact]
    public void A_Wrap_Up_Is_Over_After_An_Hour_And_A_Call_Whose_End_Was_Lost_After_Four()
    {
        var wrapUp = new AgentSigns("ana") { LastTalk = LastTalk, LastCall = Over };

        StateAt(wrapUp, 300 + 3599).Kind.ShouldBe(AgentStateKind.WrapUp);
        StateAt(wrapUp, 300 + 3600).ShouldSatisfyAllConditions(
            state => state.Kind.ShouldBe(AgentStateKind.Free),
            state => state.Since.ShouldBe(Began.AddSeconds(300)));
        StateAt(new AgentSigns("ana") { Calls = [Talks] }, (4 * 3600) - 1).Kind.ShouldBe(AgentStateKind.InCall);
        StateAt(new AgentSigns("ana") { Calls = [Talks] }, (4 * 3600) + 1).Kind.ShouldBe(AgentStateKind.Free);
    }

    [Fact]
    public void A_Call_That_Was_Handed_Over_Is_The_Second_Agent_s_And_The_First_Is_At_The_Wrap_Up()
    {
        var call = CallOf(
            CallFactsBuilder.Start(0),
            CallFactsBuilder.Start(10, connect: 10),
            CallFactsBuilder.Start(60, endpoint: "ep-2", detect: 60),
            CallFactsBuilder.Start(70, connect: 70, endpoint: "ep-2", detect: 60),
            CallFactsBuilder.End(80, connect: 10, disconnect: 80));
        var ended = Talk.EndedBy(call, before: null, Began.AddSeconds(80)).ToList();

        var first = new AgentSigns("ana") { Calls = [call], LastTalk = ended.Single(), LastCall = call };
        StateAt(first, 100).Kind.ShouldBe(AgentStateKind.WrapUp);
        StateAt(new AgentSigns("agent of ep-2") { Calls = [call] }, 100).ShouldSatisfyAllConditions(
            state => state.Kind.ShouldBe(AgentStateKind.InCall),
            state => state.Since.ShouldBe(Began.AddSeconds(70)));
    }

    [Fact]
    public void A_Talk_Ends_Once_And_A_Missed_Call_Is_None()
    {
        Talk.EndedBy(Over, Talks, Began).Single().AgentId.ShouldBe("ana");
        Talk.EndedBy(Sent(Over), Over, Began).ShouldBeEmpty();
        var missed = CallOf(CallFactsBuilder.Start(0), CallFactsBuilder.End(20));
        Talk.EndedBy(missed, Rings, Began).ShouldBeEmpty();
    }

    private static AgentState StateAt(AgentSigns signs, int seconds) =>
        AgentState.Of(signs with { BeatAt = Began.AddSeconds(seconds) }, Began.AddSeconds(seconds));

    private static Call Sent(Call call) => Decided(Decided(call, DecisionKind.OutcomeRecorded), DecisionKind.Acknowledged);

    private static Call Closed(Call call) => Decided(call, DecisionKind.Acknowledged);

    private static Call Dismissed(Call call) => Decided(call, DecisionKind.DismissedForAll);

    private static Call Decided(Call call, DecisionKind kind) => call.With(call.Facts.With(new AgentDecision(
        kind, Began.AddSeconds(400), "ana", Outcome: kind == DecisionKind.OutcomeRecorded ? "attended" : null)));

    private static Call CallOf(params CallFact[] facts) => CallDerivation.Derive(CallFactsBuilder.Of(facts));
}
