using System.Text.Json;
using CallMyWay.Functions.Calls;
using Builder = CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>
/// A call that goes from phone to phone under one id: handed over, joined by a colleague, or rung from phone to phone
/// until somebody answers. <c>ep-1</c> is Ana's, <c>ep-2</c> Luis's.
/// </summary>
public sealed class HandedOverTests
{
    private const string Luis = "agent of ep-2";

    private static readonly NotificationFact AnaAnswers = Builder.Start(5, connect: 5);

    private static readonly NotificationFact LuisRings = Builder.Start(60, endpoint: "ep-2", detect: 60);

    private static readonly NotificationFact AnaLeaves = Builder.End(75, connect: 5, disconnect: 75);

    private static readonly NotificationFact LuisAnswers = Builder.Start(70, connect: 70, endpoint: "ep-2", detect: 60);

    private static readonly NotificationFact LuisEnds =
        Builder.End(100, connect: 70, disconnect: 100, endpoint: "ep-2", detect: 60);

    [Fact]
    public void A_Call_That_Is_Handed_Over_Rings_For_The_Other_And_Goes_On_When_The_First_Leaves()
    {
        var rings = Derive(AnaAnswers, LuisRings);
        rings.State.ShouldBe(CallState.Connected);
        (StateOf(rings, "ana"), StateOf(rings, Luis)).ShouldBe((CallState.Connected, CallState.Ringing));
        (rings.IsTakenFrom(Luis), rings.IsOnPhoneOf("ana"), rings.IsOnPhoneOf(Luis)).ShouldBe((false, true, true));

        var left = Derive(AnaAnswers, LuisRings, AnaLeaves);
        left.State.ShouldBe(CallState.Connected);
        (StateOf(left, "ana"), StateOf(left, Luis)).ShouldBe((CallState.Ended, CallState.Ringing));
        (left.IsOnPhoneOf("ana"), left.IsOnPhoneOf(Luis)).ShouldBe((false, true));

        var ended = Derive(AnaAnswers, LuisRings, AnaLeaves, LuisEnds);
        (ended.State, ended.IsMissed, ended.DurationSeconds).ShouldBe((CallState.Ended, false, 95));
    }

    [Fact]
    public void Each_Agent_s_Minutes_Are_Their_Own()
    {
        var call = Derive(AnaAnswers, LuisRings, LuisAnswers, AnaLeaves, LuisEnds);

        var (ana, luis) = (call.AgentOf("ana")!.Part!, call.AgentOf(Luis)!.Part!);
        (ana.ConnectedAt, ana.EndedAt, ana.DurationSeconds).ShouldBe((At(5), At(75), 70));
        (luis.StartedAt, luis.ConnectedAt, luis.EndedAt, luis.DurationSeconds).ShouldBe((At(60), At(70), At(100), 30));
        (call.AnsweredBy(), Derive(AnaAnswers, LuisRings, LuisAnswers).AnsweredBy()).ShouldBe(("ana", Luis));
    }

    [Fact]
    public void Who_Gets_A_Call_That_They_Had_Put_Away_Is_Asked_For_It_Once_More()
    {
        var facts = Builder.Of(AnaAnswers, LuisRings, AnaLeaves)
            .With(new AgentDecision(DecisionKind.Dismissed, At(80), Luis))
            .With(new AgentDecision(DecisionKind.Dismissed, At(80), "ana"));
        CallDerivation.Derive(facts).IsDismissedFor(Luis).ShouldBeTrue();

        var handed = CallDerivation.Derive(facts.Handed(
            new HeardAgent(At(200), new CallAgent(Luis, "ep-1") { HandedFrom = "ana" })));

        (handed.IsDismissedFor(Luis), handed.IsDismissedFor("ana")).ShouldBe((false, true));
    }

    [Fact]
    public void An_End_That_Is_Told_After_The_Phone_s_Next_Call_Stands()
    {
        var facts = Builder.Of(AnaAnswers, LuisRings, LuisAnswers, AnaLeaves)
            .With(new SettledPhone("ep-2", At(170), At(160)));
        CallDerivation.Derive(facts).AgentOf(Luis)!.Part!.EndedAt.ShouldBe(At(160), "nothing else is known");

        var luis = CallDerivation.Derive(facts.With(LuisEnds)).AgentOf(Luis)!.Part!;

        (luis.ConnectedAt, luis.EndedAt, luis.DurationSeconds).ShouldBe((At(70), At(100), 30));
    }

    [Fact]
    public void Who_Talked_Stays_So_Where_A_Call_Of_Which_A_Record_Alone_Tells_Is_Handed_Over_Later()
    {
        var facts = Builder.Of(Builder.Record(90, connect: 5, duration: 20, cost: 3m) with
        {
            Direction = CallDirection.In,
            Agents = [new CallAgent("luis", "ep-2")],
        });
        var handed = CallDerivation.Derive(facts.Handed(
            new HeardAgent(At(600), new CallAgent("ana", "ep-2") { HandedFrom = "luis" })));

        handed.TalkerIds().ShouldBe(["luis"]);
        (handed.AnsweredBy(), handed.Holder()?.AgentId).ShouldBe(("luis", "luis"));
        handed.LacksOutcomeOf("ana").ShouldBeTrue();
    }

    [Fact]
    public void It_Goes_On_Although_The_Operator_Tells_The_Detect_Time_Of_The_Whole_Call()
    {
        var rings = LuisRings with { DetectedAt = Builder.Began };

        StateOf(Derive(AnaAnswers, rings), Luis).ShouldBe(CallState.Ringing);
        var left = Derive(AnaAnswers, rings, AnaLeaves);
        (left.State, StateOf(left, Luis)).ShouldBe((CallState.Connected, CallState.Ringing));
    }

    [Fact]
    public void It_Goes_On_Where_Each_Phone_Is_Told_Once_With_The_Detect_Time_Of_The_Whole_Call()
    {
        // That Ana answered is told with her end.
        CallFact[] heard = [Builder.Start(0), Builder.Start(100, endpoint: "ep-2"), AnaLeaves with
        {
            At = At(110),
            DisconnectedAt = At(110),
        }];
        foreach (var order in Orders(heard))
        {
            var call = Derive(order);
            (call.State, StateOf(call, "ana"), StateOf(call, Luis), call.IsTakenFrom(Luis))
                .ShouldBe((CallState.Connected, CallState.Ended, CallState.Ringing, false));
        }

        // A phone of a group, whose start comes a little late.
        CallFact[] group = [Builder.Start(0), Builder.Start(9, endpoint: "ep-2"), AnaLeaves];
        Derive(group).IsTakenFrom(Luis).ShouldBeTrue();
    }

    [Fact]
    public void In_A_Conference_Each_Phone_Leaves_By_Itself()
    {
        var both = Derive(AnaAnswers, LuisRings, LuisAnswers);
        (StateOf(both, "ana"), StateOf(both, Luis)).ShouldBe((CallState.Connected, CallState.Connected));

        var luisLeft = Derive(AnaAnswers, LuisRings, LuisAnswers, LuisEnds);
        (luisLeft.State, luisLeft.IsOnPhoneOf("ana")).ShouldBe((CallState.Connected, true));
        luisLeft.AnsweredBy().ShouldBe("ana");
    }

    [Fact]
    public void Who_Does_Not_Take_What_Is_Handed_Over_Has_Missed_It_And_The_Call_Is_Not_Missed()
    {
        var luisStops = Builder.End(90, disconnect: 90, endpoint: "ep-2", detect: 60);
        var call = Derive(AnaAnswers, LuisRings, luisStops, AnaLeaves);

        (call.State, call.IsMissed, call.DurationSeconds, call.EndedAt)
            .ShouldBe((CallState.Ended, false, 70, At(90)));
        var luis = call.AgentOf(Luis)!.Part!;
        (luis.State, luis.ConnectedAt, luis.DurationSeconds, luis.IsTaken)
            .ShouldBe((CallState.Ended, null, 0, false));
        call.AgentOf("ana")!.Part.ShouldBeNull("what she talked is what was talked");
    }

    [Fact]
    public void A_Group_That_Is_Rung_Phone_After_Phone_Rings_Until_The_Last_Has_Stopped()
    {
        CallFact[] heard = [Builder.Start(0), Builder.End(20, disconnect: 20)];
        Derive(heard).IsMissed.ShouldBeTrue();
        foreach (var (endpoint, at) in new[] { ("ep-2", 21), ("ep-3", 41) })
        {
            heard = [.. heard, Builder.Start(at, endpoint: endpoint, detect: at)];
            var rings = Derive(heard);
            (rings.State, rings.IsMissed, rings.IsOnPhoneOf($"agent of {endpoint}"))
                .ShouldBe((CallState.Ringing, false, true));
            rings.HasLeft(rings.AgentOf("ana")!).ShouldBeTrue();
            heard = [.. heard, Builder.End(at + 19, disconnect: at + 19, endpoint: endpoint, detect: at)];
            Derive(heard).IsMissed.ShouldBeTrue();
        }
    }

    [Fact]
    public void A_Phone_Rings_Again_Where_Its_Start_Was_Detected_After_Its_End_And_Else_It_Is_Late_News()
    {
        CallFact[] heard = [Builder.Start(0), Builder.End(20, disconnect: 20)];

        Derive([.. heard, Builder.Start(21, detect: 20) with { Duration = 1 }]).State.ShouldBe(CallState.Ended);
        Derive([.. heard, Builder.Start(21, detect: null)]).State.ShouldBe(CallState.Ended);
        var again = Derive([.. heard, Builder.Start(25, detect: 21)]);
        (again.State, again.IsOnPhoneOf("ana")).ShouldBe((CallState.Ringing, true));
        Derive([.. heard, Builder.Start(25, detect: 21), Builder.End(30, disconnect: 30, detect: 21)])
            .State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public void What_Is_Handed_Back_Rings_Again_And_Its_Minutes_Add_Up()
    {
        CallFact[] heard =
        [
            AnaAnswers, LuisRings, LuisAnswers, AnaLeaves, Builder.Start(90, detect: 90),
        ];
        StateOf(Derive(heard), "ana").ShouldBe(CallState.Ringing);

        var call = Derive(
        [
            .. heard,
            LuisEnds,
            Builder.Start(95, connect: 95, detect: 90),
            Builder.End(125, connect: 95, disconnect: 125, detect: 90),
        ]);
        (call.State, call.AgentOf("ana")!.Part!.DurationSeconds, call.AgentOf(Luis)!.Part!.DurationSeconds)
            .ShouldBe((CallState.Ended, 70 + 30, 30));
    }

    [Theory]
    [InlineData(DecisionKind.Acknowledged)]
    [InlineData(DecisionKind.Dismissed)]
    public void An_Agent_Is_Done_With_The_Rings_That_There_Were_And_Not_With_A_Later_One(DecisionKind kind)
    {
        var done = new AgentDecision(kind, At(10), "ana");
        var facts = Builder.Of(Builder.Start(0)).With(done);
        IsDone(Derive(facts)).ShouldBeTrue();
        // News about that ring: its answer, stamped a second later, its end, and what comes late.
        IsDone(Derive(facts, Builder.Start(12, connect: 12, detect: 1))).ShouldBeTrue();
        facts = Builder.With(facts, Builder.End(20, disconnect: 20));
        IsDone(Derive(facts)).ShouldBeTrue();
        IsDone(Derive(facts, Builder.Start(21, endpoint: "ep-2", detect: 21))).ShouldBeTrue();
        IsDone(Derive(Builder.Of(Builder.End(20, disconnect: 20)).With(done), Builder.Start(25))).ShouldBeTrue();

        // It comes again, and stays hers when it stops there.
        facts = Builder.With(facts, Builder.Start(41, detect: 40));
        IsDone(Derive(facts)).ShouldBeFalse();
        facts = Builder.With(facts, Builder.End(60, disconnect: 60, detect: 40));
        IsDone(Derive(facts)).ShouldBeFalse();

        facts = facts.With(done with { At = At(65) });
        IsDone(Derive(facts)).ShouldBeTrue();
        facts.Decisions.Count.ShouldBe(1);
        facts.With(done with { At = At(70) }).ShouldBeSameAs(facts);
        IsDone(Derive(facts, Builder.Start(81, detect: 80))).ShouldBeFalse();

        bool IsDone(Call call) => kind == DecisionKind.Acknowledged
            ? call.AgentOf("ana")!.AcknowledgedAt is not null
            : call.IsDismissedFor("ana");
    }

    [Fact]
    public void What_Is_Known_Late_Of_A_Later_Ring_Opens_It_Too()
    {
        // The end of the first ring is heard after the start of the second.
        var facts = Builder.Of(Builder.Start(0)).With(new AgentDecision(DecisionKind.Acknowledged, At(50), "ana"));
        var call = Derive(facts, Builder.Start(51, detect: 40), Builder.End(52, disconnect: 20));
        (call.AgentOf("ana")!.AcknowledgedAt, StateOf(call, "ana")).ShouldBe((null, CallState.Ringing));

        // Of a call whose times are not told, a phone that was not heard of before is a later ring.
        var untold = Builder.Of(Builder.Start(0, detect: null))
            .With(new AgentDecision(DecisionKind.Acknowledged, At(10), "ana"));
        Derive(untold, Builder.Start(20, connect: 20, detect: null)).AgentOf("ana")!.AcknowledgedAt.ShouldBe(At(10));
        var other = Builder.Start(30, endpoint: "ep-4", detect: null) with { Agents = [new CallAgent("ana", "ep-4")] };
        Derive(untold, other).AgentOf("ana")!.AcknowledgedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_Click_s_Call_That_Is_Handed_Over_Goes_On_At_The_Other_Phone(bool hasLegOfAgent)
    {
        IReadOnlyList<CallLeg> legs = hasLegOfAgent
            ? [new CallLeg("own", IsContact: false), new CallLeg("c", IsContact: true)]
            : [new CallLeg("c", IsContact: true)];
        var facts = Builder.Of(Builder.Start(10, connect: 10, type: CallDirection.Out));
        facts = facts.With(new DialFact("d", "ep-1", legs));
        if (hasLegOfAgent)
        {
            facts = Builder.With(facts, Builder.Start(3, connect: 3) with { CallId = "own" });
        }

        Derive(facts).AgentOf("ana")!.Part.ShouldBeNull();
        facts = Builder.With(facts, Builder.Start(60, endpoint: "ep-2", type: CallDirection.Out, detect: 60));
        StateOf(Derive(facts), Luis).ShouldBe(CallState.Ringing);
        // With two legs the operator ends the agent's own alone.
        facts = Builder.With(facts, hasLegOfAgent
            ? Builder.End(75, connect: 3, disconnect: 75) with { CallId = "own" }
            : Builder.End(75, connect: 10, disconnect: 75, type: CallDirection.Out));
        var left = Derive(facts);
        (left.State, StateOf(left, "ana"), StateOf(left, Luis))
            .ShouldBe((CallState.Connected, CallState.Ended, CallState.Ringing));
        (left.IsOnPhoneOf("ana"), left.IsOnPhoneOf(Luis)).ShouldBe((false, true));
        facts = Builder.With(
            facts, Builder.Start(80, connect: 80, endpoint: "ep-2", type: CallDirection.Out, detect: 60));
        StateOf(Derive(facts), Luis).ShouldBe(CallState.Connected);

        var ended = Derive(facts, Builder.End(
            100, connect: 80, disconnect: 100, endpoint: "ep-2", type: CallDirection.Out, detect: 60));

        (ended.State, ended.DurationSeconds, ended.AgentOf("ana")!.Part!.DurationSeconds,
            ended.AgentOf(Luis)!.Part!.DurationSeconds).ShouldBe((CallState.Ended, 90, 65, 20));
    }

    [Fact]
    public void Who_Did_Not_Take_What_Somebody_Else_Talks_In_Has_Left_It_Also_When_It_Is_Over()
    {
        var luisStops = Builder.End(70, disconnect: 70, endpoint: "ep-2", detect: 60);

        var call = Derive(AnaAnswers, LuisRings, luisStops, AnaLeaves);

        (call.State, call.HasLeft(call.AgentOf(Luis)!), call.HasLeft(call.AgentOf("ana")!))
            .ShouldBe((CallState.Ended, true, false));
    }

    [Fact]
    public void The_Two_Legs_Of_A_Click_Are_One_Call_To_Be_Done_With()
    {
        var facts = Builder.Of(Builder.Start(0)).With(new DialFact("d", "ep-1", [new CallLeg("c", IsContact: false)]))
            .With(new AgentDecision(DecisionKind.Acknowledged, At(3), "ana"));

        var call = Derive(facts, Builder.Start(9, detect: 8) with { CallId = "c2" });

        call.AgentOf("ana")!.AcknowledgedAt.ShouldBe(At(3));
    }

    [Fact]
    public void A_Phone_That_Stops_Before_Anybody_Has_Answered_Says_Nothing_Of_Who_Did()
    {
        var call = Derive(Builder.Start(0), Builder.Start(0, endpoint: "ep-2"), Builder.End(10, endpoint: "ep-2"));

        (call.State, call.AnsweredBy(), call.IsTakenFrom(Luis)).ShouldBe((CallState.Ringing, null, false));
        (call.HasLeft(call.AgentOf(Luis)!), call.HasLeft(call.AgentOf("ana")!)).ShouldBe((true, false));

        var taken = Derive(call.Facts, Builder.Start(12, connect: 12));
        (taken.AgentOf(Luis)!.Part!.TakenBy, taken.IsTakenFrom("ana")).ShouldBe(("ana", false));
    }

    [Fact]
    public void Any_Order_And_Any_Repetition_Make_The_Same_Call()
    {
        CallFact[] heard = [Builder.Start(0), AnaAnswers, LuisRings, LuisAnswers, AnaLeaves, LuisEnds];
        var expected = JsonSerializer.Serialize(Derive(heard));
        foreach (var order in Orders(heard))
        {
            JsonSerializer.Serialize(Derive([.. order, .. order])).ShouldBe(expected);
        }
    }

    [Fact]
    public void The_Sides_Of_An_Outgoing_And_An_Internal_Call_End_Together()
    {
        foreach (var type in new[] { CallDirection.Out, CallDirection.Internal })
        {
            var call = Derive(
                Builder.Start(0, type: type),
                Builder.Start(0, endpoint: "ep-2", type: type),
                Builder.Start(5, connect: 5, endpoint: "ep-2", type: type));
            (StateOf(call, "ana"), StateOf(call, Luis)).ShouldBe((CallState.Connected, CallState.Connected));

            Derive(call.Facts, Builder.End(30, connect: 5, disconnect: 30, endpoint: "ep-2", type: type))
                .State.ShouldBe(CallState.Ended);
        }
    }

    private static IEnumerable<CallFact[]> Orders(CallFact[] facts) => facts.Length == 0
        ? [[]]
        : facts.SelectMany(fact => Orders([.. facts.Where(other => other != fact)])
            .Select(rest => (CallFact[])[fact, .. rest]));

    [Theory]
    [InlineData(9)]
    [InlineData(20)]
    // More than are kept one by one.
    [InlineData(50)]
    public void All_Conversations_Of_A_Phone_Count(int talks)
    {
        var facts = new List<CallFact>
        {
            Builder.Start(1, connect: 1, endpoint: "ep-2"),
            Builder.End(10_000, connect: 1, disconnect: 10_000, endpoint: "ep-2"),
        };
        for (var i = 0; i < talks; i++)
        {
            var begin = (i + 1) * 100;
            facts.Add(Builder.Start(begin, connect: begin, detect: begin - 5));
            facts.Add(Builder.End(begin + 11, connect: begin, disconnect: begin + 10, detect: begin - 5));
        }

        Derive([.. facts]).AgentOf("ana")!.Part!.DurationSeconds.ShouldBe(talks * 10);
        Derive([.. facts.AsEnumerable().Reverse()]).AgentOf("ana")!.Part!.DurationSeconds.ShouldBe(talks * 10);
    }

    [Fact]
    public void Conversations_That_Were_Made_One_Are_As_Long_Together()
    {
        // Of the second the end is not known; the fourth began before the third had ended.
        HeardTalk[] talks = [Talk(0, 10), Talk(20, null), Talk(100, 130), Talk(120, 150), Talk(200, 210)];

        HeardTalk.AtMost(talks, 5).ShouldBe(talks);
        var three = HeardTalk.AtMost(talks, 3).ShouldNotBeNull();
        three.Select(talk => (talk.ConnectedAt, talk.EndedAt, talk.Pause)).ShouldBe(
        [
            (At(0), At(10), null), (At(20), null, null), (At(100), At(210), TimeSpan.FromSeconds(50)),
        ]);
        HeardTalk.AtMost(talks, 1)!.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            talk => (talk.EndedAt - talk.ConnectedAt - talk.Pause).ShouldBe(TimeSpan.FromSeconds(70)));

        static HeardTalk Talk(int from, int? until) =>
            new(At(from), At(from), until is { } end ? At(end) : null, until is { } heard ? At(heard) : null);
    }

    [Fact]
    public void The_Other_Side_Of_An_Internal_Call_That_Was_An_Outside_One_Did_Not_Talk_In_It()
    {
        var inside = Builder.Start(0, type: CallDirection.Internal) with
        {
            Agents = [new CallAgent("ana", "ep-1"), new CallAgent("luis", "ep-2")],
        };
        CallFact[] facts = [inside, AnaAnswers, AnaLeaves];
        foreach (var call in new[] { Derive(facts), Derive([.. facts.Reverse()]) })
        {
            (call.State, call.Direction, call.DurationSeconds).ShouldBe((CallState.Ended, CallDirection.In, 70));
            call.TalkerIds().ShouldBe(["ana"]);
            call.AgentOf("luis")!.Part.ShouldNotBeNull().DurationSeconds.ShouldBe(0);
            call.AgentOf("ana")!.Part.ShouldBeNull();
        }

        // Internal to its end, it is one conversation of both; and a phone without a mapping may be Luis's.
        OfLuis(fact => fact with { Type = CallDirection.Internal }).ShouldBeNull();
        OfLuis(fact => fact with { EndpointId = "x", Agents = null }).ShouldBeNull();

        AgentPart? OfLuis(Func<NotificationFact, NotificationFact> change) =>
            Derive(inside, change(AnaAnswers), change(AnaLeaves)).AgentOf("luis")!.Part;
    }

    private static Call Derive(params CallFact[] facts) => CallDerivation.Derive(Builder.Of(facts));

    private static Call Derive(CallFacts facts, params CallFact[] more) =>
        CallDerivation.Derive(more.Aggregate(facts, Builder.With));

    private static CallState StateOf(Call call, string agentId) =>
        call.StateOf(call.AgentOf(agentId).ShouldNotBeNull());

    private static DateTimeOffset At(int seconds) => Builder.Began.AddSeconds(seconds);
}
