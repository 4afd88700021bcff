using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using Builder = CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>What follows from a call's facts: whose word stands, and what a later fact takes back.</summary>
public sealed class CallDerivationTests
{
    private static readonly DateTimeOffset Began = Builder.Began;

    [Fact]
    public void A_Record_Stands_Over_Notifications_Also_Where_It_Says_Less()
    {
        var facts = Builder.Of(Builder.Start(0), Builder.End(100, connect: 10, disconnect: 70, cost: 12.5m));
        var heard = CallDerivation.Derive(facts);
        (heard.DurationSeconds, heard.Cost, heard.EndedAt).ShouldBe((60, 12.5m, Began.AddSeconds(70)));
        heard.Sources.ShouldBe([CallSource.Webhook]);

        var call = heard.With(facts.With(Builder.Record(200, detect: 1, connect: 12, duration: 45, cost: 9.25m)));

        (call.DurationSeconds, call.Cost).ShouldBe((45, 9.25m));
        (call.StartedAt, call.ConnectedAt, call.EndedAt)
            .ShouldBe((Began.AddSeconds(1), Began.AddSeconds(12), Began.AddSeconds(57)));
        call.Sources.ShouldBe([CallSource.Webhook, CallSource.Record]);
        call.Agents.ShouldHaveSingleItem().AgentId.ShouldBe("ana");
        // The keys of its index rows never move.
        call.IndexedAt.ShouldBe(heard.IndexedAt);
    }

    [Fact]
    public void Of_Several_Records_The_Latest_Stands_Whichever_Was_Read_First()
    {
        var first = Builder.Record(200, connect: 10, duration: 60, cost: 12.5m);
        var corrected = Builder.Record(300, connect: 10, duration: 30, cost: 6m);
        foreach (var facts in new[] { Builder.Of(first, corrected), Builder.Of(corrected, first) })
        {
            var call = CallDerivation.Derive(facts);
            (call.DurationSeconds, call.Cost).ShouldBe((30, 6m));
            // The one that it corrects is kept.
            facts.Records.Select(record => record.Cost).ShouldBe([12.5m, 6m]);
        }
    }

    [Fact]
    public void A_Record_Ends_A_Call_Whose_End_Was_Never_Heard()
    {
        var facts = Builder.Of(Builder.Start(0), Builder.Start(10, connect: 10));
        CallDerivation.Derive(facts).State.ShouldBe(CallState.Connected);

        var call = CallDerivation.Derive(facts.With(Builder.Record(500, connect: 10, duration: 20, cost: 1m)));

        (call.State, call.EndedAt, call.IsEndTold).ShouldBe((CallState.Ended, Began.AddSeconds(30), true));
        call.IsOnPhoneOf("ana").ShouldBeFalse();
    }

    [Fact]
    public void A_Record_Without_A_Connect_Time_Says_That_Nobody_Answered()
    {
        var facts = Builder.Of(Builder.Start(0), Builder.End(30, connect: 10, disconnect: 25, cost: 2m));

        var call = CallDerivation.Derive(facts.With(Builder.Record(100, connect: null, duration: 0, cost: 0m)));

        (call.State, call.ConnectedAt, call.DurationSeconds, call.Cost).ShouldBe((CallState.Ended, null, 0, 0m));
        call.EndedAt.ShouldBe(Began.AddSeconds(25));
    }

    [Fact]
    public void A_Duration_Of_A_Call_That_Nobody_Answered_Is_No_Conversation()
    {
        var heard = CallDerivation.Derive(
            Builder.Of(Builder.Start(0), Builder.End(25, disconnect: 25) with { Duration = 25 }));
        (heard.IsMissed, heard.DurationSeconds).ShouldBe((true, 0));

        var read = CallDerivation.Derive(Builder.Of(Builder.Record(100, connect: null, duration: 25, cost: 0m)));
        (read.IsMissed, read.DurationSeconds).ShouldBe((true, 0));
    }

    [Fact]
    public void A_Call_Whose_Phone_Talked_In_A_Later_One_Is_Over_And_Nobody_Knows_Whether_It_Was_Missed()
    {
        var facts = Builder.Of(Builder.Start(0));
        var talked = new SettledPhone("ep-1", Began.AddSeconds(60), Began.AddSeconds(50));
        var settled = CallDerivation.Derive(facts.With(talked));
        (settled.State, settled.IsMissed, settled.IsOnPhoneOf("ana")).ShouldBe((CallState.Ended, false, false));
        settled.Facts.With(talked).ShouldBeSameAs(settled.Facts);
        settled.Phones.ShouldHaveSingleItem().IsSettled.ShouldBeTrue();

        // What is heard of it later stands.
        var told = CallDerivation.Derive(settled.Facts.With(Builder.End(70, disconnect: 20)));
        (told.IsMissed, told.Phones.Single().IsSettled).ShouldBe((true, false));
        CallDerivation.Derive(settled.Facts.With(Builder.Start(90, detect: 80))).State.ShouldBe(CallState.Ringing);
        CallDerivation.Derive(settled.Facts.With(Builder.Start(90, connect: 80))).State.ShouldBe(CallState.Connected);
        CallDerivation.Derive(settled.Facts.With(Builder.Start(61, endpoint: "ep-2"))).State
            .ShouldBe(CallState.Ringing);
    }

    [Fact]
    public void A_Call_That_Rings_Goes_On_After_A_Minute_Where_Nobody_Would_Tell_That_It_Was_Answered()
    {
        var rings = Builder.Start(0) with { IsAnswerUntold = true };
        CallDerivation.Derive(Builder.Of(rings)).OngoingFrom.ShouldBe(Began.AddMinutes(1));
        CallDerivation.Derive(Builder.Of(Builder.Start(0))).OngoingFrom.ShouldBeNull();
        CallDerivation.Derive(Builder.Of(rings, Builder.Start(9, connect: 9))).OngoingFrom.ShouldBeNull();
        CallDerivation.Derive(Builder.Of(rings, Builder.End(9))).OngoingFrom.ShouldBeNull();
        // The next phone of a group has rung for less long.
        CallDerivation.Derive(Builder.Of(rings, Builder.End(20), Builder.Start(21, endpoint: "ep-2", detect: 21)))
            .OngoingFrom.ShouldBe(Began.AddSeconds(81));
    }

    [Fact]
    public void No_Call_Ends_Before_It_Connects()
    {
        var told = CallDerivation.Derive(
            Builder.Of(Builder.Start(0), Builder.End(60, connect: 40, disconnect: 30) with { Duration = 12 }));
        (told.EndedAt, told.DurationSeconds).ShouldBe((Began.AddSeconds(52), 12));

        var untold = CallDerivation.Derive(Builder.Of(Builder.Start(0), Builder.End(60, connect: 40, disconnect: 30)));
        (untold.EndedAt, untold.DurationSeconds).ShouldBe((Began.AddSeconds(40), null));
    }

    [Fact]
    public void A_Record_Alone_Is_A_Call_And_A_Notification_That_Comes_After_It_Takes_Nothing_Back()
    {
        var record = Builder.Record(100, connect: 10, duration: 20, cost: 3m) with
        {
            Direction = CallDirection.Out,
            Agents = [new CallAgent("luis", "ep-2")],
            Number = Builder.Number,
            Match = new ContactMatch(MatchKind.None, [], null),
        };
        var alone = CallDerivation.Derive(Builder.Of(record));
        (alone.State, alone.Direction, alone.Number, alone.EndpointId)
            .ShouldBe((CallState.Ended, CallDirection.Out, Builder.Number, "ep-2"));
        alone.Sources.ShouldBe([CallSource.Record]);

        var call = alone.With(alone.Facts.With(Builder.Start(90, endpoint: "ep-2", type: CallDirection.Out)));

        (call.State, call.DurationSeconds, call.Cost, call.EndedAt)
            .ShouldBe((CallState.Ended, 20, 3m, alone.EndedAt));
        call.Sources.ShouldBe([CallSource.Webhook, CallSource.Record]);
        call.Facts.With(record).ShouldBeSameAs(call.Facts);
    }

    [Fact]
    public void Each_Leg_Of_A_Dialled_Call_Has_A_Record_Of_Its_Own()
    {
        var dial = new DialFact("d", "ep-1", [new CallLeg("own", IsContact: false), new CallLeg("c", IsContact: true)]);
        var facts = Builder.Of(
            Builder.Start(0) with { CallId = "own" },
            Builder.End(80, connect: 5, disconnect: 70, cost: 1m) with { CallId = "own" },
            Builder.End(80, connect: 15, disconnect: 70, cost: 20m)).With(dial);
        CallDerivation.Derive(facts).Cost.ShouldBe(21m);

        var call = CallDerivation.Derive(facts.With(Builder.Record(200, connect: 15, duration: 50, cost: 15m)));

        // The record is the contact's leg's; of the agent's leg stands what was notified.
        (call.Cost, call.DurationSeconds, call.ConnectedAt).ShouldBe((16m, 50, Began.AddSeconds(15)));
        call.Legs.ShouldBe([new CallLeg("c", IsContact: true), new CallLeg("own", IsContact: false)]);
    }

    [Fact]
    public void A_Call_Whose_Only_Phone_Has_Stopped_Rings_Again_Where_Another_Phone_Is_Heard_To_Ring()
    {
        var facts = Builder.Of(Builder.Start(0), Builder.End(20));
        CallDerivation.Derive(facts).State.ShouldBe(CallState.Ended);

        var rings = CallDerivation.Derive(facts.With(Builder.Start(21, endpoint: "ep-2")));

        rings.State.ShouldBe(CallState.Ringing);
        (rings.IsOnPhoneOf("ana"), rings.IsOnPhoneOf("agent of ep-2")).ShouldBe((false, true));
        CallDerivation.Derive(rings.Facts.With(Builder.End(30, endpoint: "ep-2"))).State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public void Who_Rings_Once_Another_Has_Stopped_Has_Not_Taken_The_Call()
    {
        var call = CallDerivation.Derive(
            Builder.Of(Builder.Start(0), Builder.End(20), Builder.Start(21, endpoint: "ep-2")));
        (call.AnsweredBy(), call.IsTakenFrom("ana")).ShouldBe((null, false));

        var taken = CallDerivation.Derive(call.Facts.With(Builder.Start(25, connect: 24, endpoint: "ep-2")));
        (taken.AnsweredBy(), taken.IsTakenFrom("ana")).ShouldBe(("agent of ep-2", true));
    }

    [Fact]
    public void A_Correction_That_Is_Taken_Back_Is_A_Correction()
    {
        RecordFact Of(int at, decimal cost) => Builder.Record(at, connect: 10, duration: 20, cost);
        var facts = Builder.Of(Of(100, 10m), Of(200, 8m), Of(300, 10m));
        CallDerivation.Derive(facts).Cost.ShouldBe(10m);

        // What stands is read again; what was read is delivered again.
        facts.With(Of(400, 10m)).ShouldBeSameAs(facts);
        facts.With(Of(200, 8m)).ShouldBeSameAs(facts);
    }

    [Fact]
    public void A_Record_That_Is_No_Longer_Kept_And_Is_Delivered_Again_Takes_Nothing_Back()
    {
        RecordFact Of(int cost) => Builder.Record(100 + cost, connect: 10, duration: 20, cost);
        var facts = Builder.Of(Enumerable.Range(1, CallFacts.MaxRecords + 2).Select(Of));
        facts.Records.Count.ShouldBe(CallFacts.MaxRecords);

        facts.With(Of(1)).ShouldBeSameAs(facts);

        CallDerivation.Derive(facts).Cost.ShouldBe(CallFacts.MaxRecords + 2);
    }

    [Fact]
    public void A_Record_That_Another_Process_Received_Before_Takes_The_Agents_From_No_Call()
    {
        // Both processes had read that there is no call, and the one that was first to read was the last to write.
        var stored = Mapped(Builder.Record(105, connect: 10, duration: 20, cost: 3m));

        var earlier = Builder.Record(101, connect: 10, duration: 20, cost: 3m);

        var call = CallDerivation.Derive(Builder.Of(stored, earlier));

        call.Agents.Select(agent => agent.AgentId).ShouldBe(["ana"]);
        (call.Direction, call.Number).ShouldBe((CallDirection.Out, Builder.Number));
        call.Facts.Records.ShouldHaveSingleItem().At.ShouldBe(earlier.At);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(CallFacts.MaxRecords + 2)]
    public void However_Often_A_Record_Is_Corrected_The_Call_Is_Its_Agents(int corrections)
    {
        // Whose call it is, is asked for once: with its first record.
        var first = Mapped(Builder.Record(100, connect: 10, duration: 20, cost: 3m));

        var call = CallDerivation.Derive(Builder.Of(Enumerable.Range(1, corrections)
            .Select(i => Builder.Record(100 + i, connect: 10, duration: 20, cost: 3m + i)).Prepend(first)));

        call.Agents.Select(agent => agent.AgentId).ShouldBe(["ana"]);
        (call.Direction, call.Number, call.Cost).ShouldBe((CallDirection.Out, Builder.Number, 3m + corrections));
    }

    [Fact]
    public void Corrections_Of_One_Leg_Leave_The_Record_Of_The_Other()
    {
        var dial = new DialFact("d", "ep-1", [new CallLeg("own", IsContact: false), new CallLeg("c", IsContact: true)]);
        var own = Builder.Record(100, connect: 5, duration: 60, cost: 1m) with { CallId = "own" };
        var corrections = Enumerable.Range(1, CallFacts.MaxRecords + 2)
            .Select(cost => Builder.Record(100 + cost, connect: 15, duration: 50, cost: 10m * cost));

        var facts = Builder.Of(corrections.Prepend(own)).With(dial);

        CallDerivation.Derive(facts).Cost.ShouldBe(1m + (10m * (CallFacts.MaxRecords + 2)));
    }

    [Fact]
    public void The_End_Of_A_Conversation_Ends_The_Call_Although_A_Phone_Was_Never_Heard_To_Stop() =>
        CallDerivation.Derive(Builder.Of(
            Builder.Start(0), Builder.Start(0, endpoint: "ep-2"), Builder.End(30, connect: 5, disconnect: 30)))
            .State.ShouldBe(CallState.Ended);

    [Fact]
    public void The_Last_Decision_Stands_And_Whom_It_Was_Before_Stays_A_Candidate()
    {
        var (jose, maria) = (
            new Candidate("jose", "José", MatchReason.Chosen), new Candidate("maria", "María", MatchReason.Chosen));
        var facts = Builder.Of(Builder.Start(0))
            .With(new AgentDecision(DecisionKind.ContactChosen, Began.AddSeconds(3), "ana", jose))
            // The clock was set back.
            .With(new AgentDecision(DecisionKind.ContactChosen, Began, "ana", maria));
        var chosen = CallDerivation.Derive(facts);
        (chosen.ContactId, chosen.Ignored).ShouldBe(("maria", false));
        chosen.Candidates.ShouldBe([maria, jose]);

        var ignored = CallDerivation.Derive(facts.With(new AgentDecision(DecisionKind.Ignored, Began, "ana")));
        (ignored.ContactId, ignored.Ignored, ignored.Candidates.Count).ShouldBe((null, true, 2));

        var again = CallDerivation.Derive(
            ignored.Facts.With(new AgentDecision(DecisionKind.ContactChosen, Began, "luis", jose)));
        (again.ContactId, again.Ignored, again.Candidates.Count).ShouldBe(("jose", false, 2));
    }

    [Fact]
    public void An_Agent_Is_Done_With_A_Pop_Up_Once_And_An_Outcome_Is_The_Last()
    {
        var facts = Builder.Of(Builder.Start(0))
            .With(new AgentDecision(DecisionKind.Acknowledged, Began.AddSeconds(5), "ana"))
            .With(new AgentDecision(DecisionKind.OutcomeRecorded, Began, "ana", Outcome: "attended"))
            .With(new AgentDecision(DecisionKind.OutcomeRecorded, Began, "ana", Outcome: "other"));

        facts.With(new AgentDecision(DecisionKind.Acknowledged, Began.AddSeconds(9), "ana")).ShouldBeSameAs(facts);
        var call = CallDerivation.Derive(facts);
        call.Agents.ShouldHaveSingleItem().AcknowledgedAt.ShouldBe(Began.AddSeconds(5));
        call.Outcome.ShouldBe("other");
    }

    [Fact]
    public void Decisions_Are_Bounded()
    {
        var facts = Builder.Of(Builder.Start(0));
        for (var i = 0; i < 500; i++)
        {
            var contact = new Candidate($"contact-{i}", "Somebody", MatchReason.Chosen);
            facts = facts.With(new AgentDecision(DecisionKind.ContactChosen, Began, "ana", contact))
                .With(new AgentDecision(DecisionKind.Ignored, Began, "ana"))
                .With(new AgentDecision(DecisionKind.OutcomeRecorded, Began, "ana", Outcome: "other"));
        }

        facts.Decisions.Count.ShouldBeLessThan(30);
        CallDerivation.Derive(facts).Candidates[0].ContactId.ShouldBe("contact-499");
    }

    private static RecordFact Mapped(RecordFact record) => record with
    {
        Direction = CallDirection.Out,
        Agents = [new CallAgent("ana", "ep-1")],
        Number = Builder.Number,
        Match = new ContactMatch(MatchKind.None, [], null),
    };
}
