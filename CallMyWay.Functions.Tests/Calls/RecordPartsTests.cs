using CallMyWay.Functions.Calls;
using static CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>
/// A call that rings at several phones, or is handed over, can have a record for each of them under one id.
/// </summary>
public sealed class RecordPartsTests
{
    private const string Luis = "agent of ep-2";

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
    public void A_Correction_Takes_The_Place_Of_Its_Own_Part_Alone()
    {
        var corrected = Answered with { At = Answered.At.AddMinutes(5), Duration = 19, Mark = "corrected" };

        var facts = Of(Answered, Missed, corrected);

        CallDerivation.Derive(facts).DurationSeconds.ShouldBe(19);
        facts.With(Missed).ShouldBeSameAs(facts);
        facts.With(corrected).ShouldBeSameAs(facts);
        facts.Records.Count.ShouldBe(3);
    }

    [Fact]
    public void The_Record_Of_Who_Handed_A_Call_Over_Does_Not_End_It_For_The_Other()
    {
        var facts = Of(
            Start(5, connect: 5),
            Start(60, endpoint: "ep-2", detect: 60),
            Start(70, connect: 70, endpoint: "ep-2", detect: 60),
            End(75, connect: 5, disconnect: 75),
            Record(90, connect: 5, duration: 70, cost: 3m));

        var goesOn = CallDerivation.Derive(facts);
        (goesOn.State, goesOn.IsOnPhoneOf("ana"), goesOn.IsOnPhoneOf(Luis))
            .ShouldBe((CallState.Connected, false, true));

        // Once it is over, the record stands, and then both.
        var over = facts.With(End(100, connect: 70, disconnect: 100, endpoint: "ep-2", detect: 60));
        var ended = CallDerivation.Derive(over);
        (ended.State, ended.DurationSeconds, ended.Cost).ShouldBe((CallState.Ended, 70, 3m));
        var second = Record(120, connect: 70, duration: 30, cost: 2m, detect: 60) with { Dnis = "40001002" };
        ended = CallDerivation.Derive(over.With(second));
        (ended.DurationSeconds, ended.Cost).ShouldBe((100, 5m));

        // Where the end of the second was never told, its record closes the call; so does one of the whole call.
        CallDerivation.Derive(facts.With(second)).State.ShouldBe(CallState.Ended);
        var whole = Record(120, connect: 5, duration: 95, cost: 5m) with { Mark = "whole" };
        CallDerivation.Derive(facts.With(whole)).State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public void The_Record_Of_A_Phone_That_Did_Not_Answer_Does_Not_End_The_Call_While_The_Next_One_Rings()
    {
        var unanswered = Record(40, connect: null, duration: 0, cost: null);
        var facts = Of(Start(0), End(20, disconnect: 20), Start(21, endpoint: "ep-2", detect: 21), unanswered);

        var rings = CallDerivation.Derive(facts);
        (rings.State, rings.IsMissed, rings.IsOnPhoneOf(Luis)).ShouldBe((CallState.Ringing, false, true));
        CallDerivation.Derive(facts.With(Missed)).IsMissed.ShouldBeTrue("both phones have a record");
        CallDerivation.Derive(facts.With(End(40, disconnect: 40, endpoint: "ep-2", detect: 21)))
            .IsMissed.ShouldBeTrue();

        // Of phones that rang beside each other one record closes the call, as of one phone.
        CallDerivation.Derive(Of(Start(0), Start(0, endpoint: "ep-2"), End(20, disconnect: 20), unanswered))
            .IsMissed.ShouldBeTrue();
        CallDerivation.Derive(Of(Start(0), unanswered)).IsMissed.ShouldBeTrue();
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
