using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using Builder = CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>
/// Which calls of a phone are over because it was heard to talk in another: by which clock rings are compared, and
/// which are not. All times in seconds.
/// </summary>
public sealed class PhonesInUseTests
{
    private readonly PhonesInUse _phones = new();

    [Fact]
    public void A_Call_That_Is_Heard_Of_After_A_Later_One_Was_Talked_In_Is_Over()
    {
        _phones.Note(Of("later", Builder.Start(41, detect: 30, connect: 40)));
        var late = Of("late", Builder.Start(50, detect: 10));

        var talk = _phones.Later(late, late.Phones[0]).ShouldNotBeNull();

        (talk.CallId, talk.ConnectedAt).ShouldBe(("later", Builder.Began.AddSeconds(40)));
    }

    [Fact]
    public void A_Call_That_Is_Told_With_A_Time_Far_Back_Rings_Although_The_Phone_Has_Talked_Since()
    {
        _phones.Note(Of("later", Builder.Start(41, detect: 30, connect: 40)));
        _phones.Note(Of(
            "later", Builder.Start(41, detect: 30, connect: 40), Builder.End(60, connect: 40, disconnect: 60)));
        var call = Of("c", Builder.Start(70, detect: 10));

        _phones.Later(call, call.Phones[0]).ShouldBeNull();
    }

    [Theory]
    [InlineData(31, "it rang after the other")]
    [InlineData(30, "it rang with the other")]
    [InlineData(null, "the operator told no time of its ring")]
    public void One_That_Does_Not_Ring_Before_Goes_On(int? detect, string why)
    {
        _phones.Note(Of("other", Builder.Start(41, detect: 30, connect: 40)));
        var call = Of("c", Builder.Start(50, detect: detect));

        _phones.Later(call, call.Phones[0]).ShouldBeNull(why);
    }

    [Fact]
    public void A_Talk_Whose_Ring_Was_Not_Told_Ends_No_Call()
    {
        _phones.Note(Of("other", Builder.Start(41, detect: null, connect: 40)));
        var call = Of("c", Builder.Start(42, detect: 10));

        _phones.Later(call, call.Phones[0]).ShouldBeNull();
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_Ring_That_Lies_Ahead_Of_When_It_Was_Heard_Of_Is_Not_Compared(int ahead, bool isCompared)
    {
        _phones.Note(Of("other", Builder.Start(41, detect: 41 + ahead, connect: 41 + ahead)));
        var call = Of("c", Builder.Start(50, detect: 49));

        (_phones.Later(call, call.Phones[0]) is not null).ShouldBe(isCompared);
    }

    [Fact]
    public void A_Ring_That_Lies_Far_Back_Is_Compared_By_Our_Clock()
    {
        _phones.Note(Of("other", Builder.Start(41, detect: 30, connect: 40)));
        var call = Of("c", Builder.Start(50, detect: -7200));

        call.CameAt.ShouldNotBeNull();
        call.RingOf(call.Phones[0]).ShouldBe(new PhoneRing(null, Builder.Began.AddSeconds(50)));
        _phones.Later(call, call.Phones[0]).ShouldBeNull();
    }

    [Fact]
    public void A_Call_Is_Not_Later_Than_Itself_And_One_With_The_Same_Id_Used_Again_Is_Another()
    {
        var first = Of("c", Builder.Start(41, detect: 30, connect: 40), Builder.Start(42, detect: 10));
        _phones.Note(first);
        _phones.Later(first, first.Phones[0]).ShouldBeNull();

        var again = Of("c~2", Builder.Start(4001, detect: 4000, connect: 4001));
        _phones.Note(again);

        _phones.Later(first, first.Phones[0]).ShouldNotBeNull().CallId.ShouldBe("c~2");
        _phones.Earlier(again, "ep-1").ShouldBe([new CallKey("c", "8000001")]);
    }

    [Fact]
    public void Of_A_Call_That_Rang_At_Several_Phones_None_Is_Taken_For_Left()
    {
        _phones.Note(Of("other", Builder.Start(41, detect: 30, connect: 40)));
        var call = Of("c", Builder.Start(50, detect: 10), Builder.Start(51, detect: 10, endpoint: "ep-2"));

        call.Phones.Count.ShouldBe(2);
        _phones.Later(call, call.Phones[0]).ShouldBeNull();
    }

    [Fact]
    public void An_Internal_Call_Ends_None()
    {
        _phones.Note(Of("other", Builder.Start(41, detect: 30, connect: 40, type: CallDirection.Internal)));
        var call = Of("c", Builder.Start(50, detect: 10));

        _phones.Later(call, call.Phones[0]).ShouldBeNull();
    }

    // The detect time of the whole call, told for its second phone too, is not when that one rang: not before it.
    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    [InlineData(95, false)]
    public void A_Phone_That_Was_Told_The_Detect_Time_Of_The_Whole_Call_Rang_No_Sooner(int detect, bool isOver)
    {
        var group = Of(
            "group", Builder.Start(31, detect: 30, endpoint: "ep-2"), Builder.Start(101, detect: 30, connect: 100));
        group.RingOf(group.Phones[1]).ToldAt.ShouldBeNull();
        _phones.Note(group);
        var call = Of("c", Builder.Start(102, detect: detect));

        (_phones.Later(call, call.Phones[0]) is not null).ShouldBe(isOver);
    }

    [Theory]
    // Both told: by the operator's clock, whichever was heard of first.
    [InlineData(10, 50, 30, 41, true)]
    [InlineData(35, 36, 30, 41, false)]
    // In one second: which was heard of first.
    [InlineData(30, 31, 30, 41, true)]
    [InlineData(30, 42, 30, 41, false)]
    // One was not told: by ours. The operator's clock may be minutes off.
    [InlineData(null, 40, 0, 41, true)]
    [InlineData(null, 42, 400, 41, false)]
    [InlineData(500, 40, null, 41, true)]
    [InlineData(0, 42, null, 41, false)]
    public void The_Calls_Before_One_That_Is_Talked_In_Are_Over(
        int? detect, int heard, int? talkDetect, int talkHeard, bool isOver)
    {
        var call = Of("c", Builder.Start(heard, detect: detect));
        _phones.Note(call);
        var talk = Of("talk", Builder.Start(talkHeard, detect: talkDetect, connect: talkHeard));
        _phones.Note(talk);

        _phones.Earlier(talk, "ep-1").ShouldBe(isOver ? [call.Key] : []);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public void Which_Ring_A_Phone_Answered_That_Has_Rung_Again_Is_Not_Known(int detect, bool isOver)
    {
        _phones.Note(Of(
            "back",
            Builder.Start(6, connect: 5),
            Builder.Start(61, endpoint: "ep-2", detect: 60),
            Builder.End(75, connect: 5, disconnect: 75),
            Builder.Start(101, detect: 100)));
        var call = Of("c", Builder.Start(110, detect: detect));

        (_phones.Later(call, call.Phones[0]) is not null).ShouldBe(isOver);
    }

    [Fact]
    public void A_Phone_That_Has_Stopped_In_A_Call_Is_Not_Asked_To_Leave_It()
    {
        _phones.Note(Of("c", Builder.Start(11, detect: 10)));
        _phones.Note(Of("c", Builder.Start(11, detect: 10), Builder.End(20, disconnect: 20, detect: 10)));
        var talk = Of("talk", Builder.Start(41, detect: 30, connect: 40));

        _phones.Earlier(talk, "ep-1").ShouldBeEmpty();
    }

    private static Call Of(string callId, params NotificationFact[] facts)
    {
        var account = new Account("8000001", "CRC", TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));
        return CallDerivation.Derive(facts.Select(fact => fact with { CallId = callId }).Aggregate(
            CallFacts.Begin(callId, account, facts[0]), (known, fact) => known.With(fact)));
    }
}
