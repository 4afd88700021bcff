using CallMyWay.Functions.Calls;
using static CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>
/// A call that rings at several phones, or is handed over, can have a record for each of them under one id.
/// </summary>
public sealed class RecordPartsTests
{
    private static readonly RecordFact Answered = Record(90, connect: 5, duration: 20, cost: 3m);

    private static readonly RecordFact Missed =
        Record(90, connect: null, duration: 0, cost: null) with { Dnis = "40001002", Mark = "missed" };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_Phone_That_Did_Not_Answer_Does_Not_Undo_The_One_That_Did(bool answeredFirst)
    {
        var call = CallDerivation.Derive(answeredFirst ? Of(Answered, Missed) : Of(Missed, Answered));

        call.ConnectedAt.ShouldBe(Began.AddSeconds(5));
        (call.DurationSeconds, call.Cost, call.IsMissed).ShouldBe((20, 3m, false));
    }

    [Fact]
    public void The_Parts_Of_A_Call_That_Was_Handed_Over_Add_Up()
    {
        var second = Record(90, connect: 25, duration: 10, cost: 2m, detect: 24) with { Dnis = "40001002" };

        var call = CallDerivation.Derive(Of(second, Answered));

        (call.DurationSeconds, call.Cost).ShouldBe((30, 5m));
        (call.StartedAt, call.ConnectedAt, call.EndedAt)
            .ShouldBe((Began, Began.AddSeconds(5), Began.AddSeconds(35)));
    }

    [Fact]
    public void A_Call_That_Was_Handed_Over_Goes_On_After_The_Record_Of_The_Phone_That_Left()
    {
        var facts = Of(
            Start(5, connect: 5),
            Start(73, connect: 72, endpoint: "ep-2", detect: 60),
            End(75, connect: 5, disconnect: 75),
            Record(80, connect: 5, duration: 70, cost: 3m));

        var call = CallDerivation.Derive(facts);
        (call.State, call.Cost, call.AnsweredBy()).ShouldBe((CallState.Connected, 3m, "agent of ep-2"));
        (call.StateOf(call.AgentOf("ana")!), call.StateOf(call.AgentOf("agent of ep-2")!))
            .ShouldBe((CallState.Ended, CallState.Connected));

        // Its end may be lost: the record of its part is enough.
        var second = Record(200, connect: 72, duration: 48, cost: 2m, detect: 60) with { Dnis = "40001002" };
        var ended = CallDerivation.Derive(With(facts, second));
        (ended.State, ended.DurationSeconds, ended.Cost).ShouldBe((CallState.Ended, 118, 5m));

        // The record of its part may be late, or never come.
        var over = CallDerivation.Derive(
            With(facts, End(121, connect: 72, disconnect: 120, endpoint: "ep-2", detect: 60)));
        (over.State, over.EndedAt, over.DurationSeconds, over.Cost)
            .ShouldBe((CallState.Ended, Began.AddSeconds(120), 115, 3m));
    }

    [Fact]
    public void A_Call_That_Rang_From_Phone_To_Phone_Is_Not_Missed_By_The_Record_Of_The_First()
    {
        var facts = Of(
            Start(0),
            End(20, disconnect: 20),
            Start(31, connect: 30, endpoint: "ep-2", detect: 20),
            Record(35, connect: null, duration: 0, cost: null));

        var talks = CallDerivation.Derive(facts);
        (talks.State, talks.IsMissed, talks.AnsweredBy(), talks.ConnectedAt)
            .ShouldBe((CallState.Connected, false, "agent of ep-2", Began.AddSeconds(30)));

        var over = CallDerivation.Derive(
            With(facts, End(61, connect: 30, disconnect: 60, endpoint: "ep-2", detect: 20)));
        (over.State, over.IsMissed, over.DurationSeconds).ShouldBe((CallState.Ended, false, 30));
        over.TalkerIds().ShouldBe(["agent of ep-2"]);
    }

    [Theory]
    // One record of the whole call, whose other phone's end was lost.
    [InlineData(60, 72, 5, 95)]
    // The other phone rang on after the first had hung up, or it rang beside it; nobody took it, and its end was lost.
    [InlineData(60, null, 5, 70)]
    [InlineData(74, null, null, 0)]
    [InlineData(1, null, null, 0)]
    public void A_Record_Of_The_Whole_Call_Ends_It_Although_An_End_Was_Lost(
        int otherRings, int? otherConnects, int? connect, int duration)
    {
        var call = CallDerivation.Derive(Of(
            Start(5, connect: connect),
            Start(otherConnects ?? otherRings, otherConnects, endpoint: "ep-2", detect: otherRings),
            End(75, connect: connect, disconnect: 75),
            Record(110, connect, duration, cost: 3m)));

        call.State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public void Where_The_End_Was_Lost_The_Agent_Whose_Phone_Alone_Rang_Has_Talked()
    {
        var call = CallDerivation.Derive(Of(Start(0), Answered));
        call.TalkerIds().ShouldBe(["ana"]);
        call.AnsweredBy().ShouldBe("ana");

        // Whose phone it was, nobody knows.
        CallDerivation.Derive(Of(Start(0), Start(0, endpoint: "x") with { Agents = null }, Answered))
            .TalkerIds().ShouldBeEmpty();
        CallDerivation.Derive(Of(Start(0), Start(0, endpoint: "ep-2"), Answered)).TalkerIds().ShouldBeEmpty();
        CallDerivation.Derive(Of(Start(0), Missed)).TalkerIds().ShouldBeEmpty();
        // Its next call tells when it had left this one at the latest, and not that it did not answer.
        var left = CallDerivation.Derive(
            Of(Start(0)).With(new SettledPhone("ep-1", Began.AddSeconds(60), Began.AddSeconds(50))).With(Answered));
        left.TalkerIds().ShouldBe(["ana"]);
        (left.AnsweredBy(), left.LacksOutcomeOf("ana")).ShouldBe(("ana", true));
        // The phone has stopped before: somebody else answered.
        CallDerivation.Derive(Of(Start(0), End(4, disconnect: 4), Answered)).TalkerIds().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void How_Long_A_Phone_Rang_Is_No_Time_That_Was_Talked(bool answeredFirst)
    {
        var rang = Missed with { Duration = 15, Agents = [new CallAgent("ana", "ep-1")] };
        var again = Missed with
        {
            At = Missed.At.AddMinutes(1),
            Ani = "40001002",
            Dnis = "40001000",
            Mark = "again",
            Duration = 12,
            Agents = [new CallAgent("luis", "ep-2")],
        };
        var answered = Answered with { Agents = [new CallAgent("luis", "ep-2")] };

        var call = CallDerivation.Derive(answeredFirst ? Of(answered, rang, again) : Of(rang, again, answered));

        call.DurationSeconds.ShouldBe(20);
        call.Agents.OrderBy(agent => agent.AgentId).Select(agent => agent.Part?.DurationSeconds).ShouldBe([0, 20]);
    }

    [Fact]
    public void Whose_Call_It_Was_Outlasts_All_Corrections_Of_The_Record_That_Named_Them()
    {
        var facts = Of(Answered with { Agents = [new CallAgent("ana", "ep-1")] });
        for (var i = 1; i <= 2 * CallFacts.MaxRecords; i++)
        {
            facts = facts.With(Answered with { At = Answered.At.AddMinutes(i), Cost = i, Mark = $"corrected {i}" });
        }

        facts.Records.Count.ShouldBe(CallFacts.MaxRecords);
        CallDerivation.Derive(facts).Agents.ShouldHaveSingleItem().AgentId.ShouldBe("ana");
    }

    [Fact]
    public void Whose_Call_It_Was_Stays_Where_The_Same_Record_Was_Received_Before()
    {
        var facts = Of(Answered with { Agents = [new CallAgent("ana", "ep-1")] })
            .With(Answered with { At = Answered.At.AddMinutes(-1) });

        var record = facts.Records.ShouldHaveSingleItem();
        (record.At, record.Agents?.Count).ShouldBe((Answered.At.AddMinutes(-1), 1));
    }

    [Fact]
    public void A_Call_Begins_With_The_First_Phone_That_Rang()
    {
        var later = Record(90, connect: 25, duration: 10, cost: 2m, detect: 24);

        CallDerivation.Derive(Of(later, Missed)).StartedAt.ShouldBe(Began);
    }

    [Fact]
    public void What_No_Record_Tells_Is_No_Cost_Of_Zero()
    {
        var other = Missed with { Dnis = "40001003", Mark = "missed too" };

        CallDerivation.Derive(Of(Missed, other)).Cost.ShouldBeNull();
    }

    [Fact]
    public void A_Correction_Takes_The_Place_Of_Its_Own_Part_Alone()
    {
        var corrected = Answered with { At = Answered.At.AddMinutes(5), Duration = 19, Mark = "corrected" };

        var facts = Of(Answered, Missed, corrected);

        CallDerivation.Derive(facts).DurationSeconds.ShouldBe(19);
        facts.With(Missed).ShouldBeSameAs(facts);
        facts.With(corrected).ShouldBeSameAs(facts);
        facts.Records.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_A_Call_That_Records_Alone_Told_Of_Each_Agent_Has_What_Their_Phone_Had(bool answeredFirst)
    {
        var ana = Answered with { Agents = [new CallAgent("ana", "ep-1")] };
        var second = Record(90, connect: 25, duration: 10, cost: 2m, detect: 24) with
        {
            Dnis = "40001002",
            Mark = "second",
            Agents = [new CallAgent("luis", "ep-2")],
        };

        var call = CallDerivation.Derive(answeredFirst ? Of(ana, second) : Of(second, ana));

        call.DurationSeconds.ShouldBe(30);
        call.TalkerIds().ShouldBe(["ana", "luis"], ignoreOrder: true);
        call.AnsweredBy().ShouldBe("ana");
        var parts = call.Agents.OrderBy(agent => agent.AgentId).Select(agent => agent.Part.ShouldNotBeNull()).ToList();
        parts.Select(part => part.DurationSeconds).ShouldBe([20, 10]);
        parts.Select(part => part.ConnectedAt).ShouldBe([Began.AddSeconds(5), Began.AddSeconds(25)]);
        parts.Select(part => part.EndedAt).ShouldBe([Began.AddSeconds(25), Began.AddSeconds(35)]);
    }

    [Fact]
    public void Of_A_Call_That_Records_Alone_Told_Of_Whose_Phone_Answered_Has_Talked()
    {
        var call = CallDerivation.Derive(Of(
            Missed with { Agents = [new CallAgent("ana", "ep-1")] },
            Answered with { Agents = [new CallAgent("luis", "ep-2")] }));

        call.TalkerIds().ShouldBe(["luis"]);
        call.AnsweredBy().ShouldBe("luis");
        call.HasLeft(call.AgentOf("ana").ShouldNotBeNull()).ShouldBeTrue();
    }

    [Fact]
    public void An_Agents_Part_Is_What_The_Correction_Of_Its_Record_Says()
    {
        var luis = Answered with { Agents = [new CallAgent("luis", "ep-2")] };
        var corrected = luis with { At = luis.At.AddMinutes(5), Duration = 19, Mark = "corrected" };
        // It rang for twelve seconds, and nobody talked.
        var ana = Missed with { Duration = 12, Agents = [new CallAgent("ana", "ep-1")] };

        var call = CallDerivation.Derive(Of(ana, luis, corrected));

        call.AgentOf("luis")!.Part.ShouldNotBeNull().DurationSeconds.ShouldBe(19);
        call.AgentOf("ana")!.Part.ShouldNotBeNull().DurationSeconds.ShouldBe(0);
    }

    [Fact]
    public void Of_A_Call_That_Nobody_Took_No_Agent_Has_A_Part_Of_Their_Own()
    {
        var call = CallDerivation.Derive(Of(
            Missed with { Agents = [new CallAgent("ana", "ep-1")] },
            Missed with { Dnis = "40001003", Mark = "too", Agents = [new CallAgent("luis", "ep-2")] }));

        call.IsMissed.ShouldBeTrue();
        call.Agents.Select(agent => (agent.AgentId, agent.Part)).ShouldBe([("ana", null), ("luis", null)]);
    }

    [Fact]
    public void Where_A_Phone_Is_Of_Several_Agents_Nobody_Knows_Whose_Part_It_Was()
    {
        var call = CallDerivation.Derive(Of(
            Missed with { Agents = [new CallAgent("ana", "ep-1")] },
            Answered with { Agents = [new CallAgent("luis", "ep-2"), new CallAgent("eva", "ep-2")] }));

        call.TalkerIds().ShouldBeEmpty();
        call.Agents.Where(agent => agent.Part is null).Select(agent => agent.AgentId).ShouldBe(["luis", "eva"]);
    }

    [Theory]
    [InlineData("88881234", "+50688881234")]
    [InlineData("506 8888-1234", "0050688881234")]
    public void A_Number_In_Another_Form_Is_A_Correction_And_Costs_Nothing_More(string before, string after)
    {
        var corrected = Answered with { Ani = after, At = Answered.At.AddMinutes(5), Mark = "corrected" };

        CallDerivation.Derive(Of(Answered with { Ani = before }, corrected)).Cost.ShouldBe(3m);
    }
}
