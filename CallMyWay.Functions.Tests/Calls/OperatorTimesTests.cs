using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>Which of the operator's times are believed, and what is of another call with the same id.</summary>
public sealed class OperatorTimesTests
{
    private static readonly Account CostaRican = new(
        "8000001", "CRC", TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));

    private static readonly Account NewYork = new(
        "8000001", "USD", TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

    private static readonly DateTimeOffset Received = new(2026, 3, 2, 15, 15, 1, TimeSpan.Zero);

    private static readonly DateTime Began = new(2026, 3, 2, 9, 15, 0);

    private static readonly CallEvent Start = new()
    {
        Action = CallAction.Start,
        CallId = "c",
        AccountId = "8000001",
        EndpointId = "ep-1",
        Ani = "88887777",
        Dnis = "40001000",
        DetectTime = Began,
        Type = CallDirection.In,
    };

    private static readonly CallEvent End = Start with
    {
        Action = CallAction.End,
        ConnectTime = Began.AddSeconds(5),
        DisconnectTime = Began.AddSeconds(65),
    };

    [Theory]
    [InlineData(-6.9, true)]
    [InlineData(6.9, true)]
    [InlineData(-7.1, false)]
    [InlineData(7.1, false)]
    public void A_Time_Is_Believed_Within_Seven_Days_And_Else_Ours_Stands_And_Is_Marked(double days, bool isBelieved)
    {
        var told = Received.AddDays(days);
        var detect = TimeZoneInfo.ConvertTime(told, CostaRican.TimeZone).DateTime;

        var call = Apply(null, Start with { DetectTime = detect });

        (call.StartedAt, call.IndexedAt, call.IsOurTime)
            .ShouldBe(isBelieved ? (told, told, null) : (Received, Received, true));
        call.Facts.Notifications[0].DetectedAt.ShouldBe(told, "what the operator told stays");
    }

    [Fact]
    public void A_Call_That_Lies_Far_Back_Comes_Now_Where_Its_End_Is_Not_Known()
    {
        var longAgo = Start with { DetectTime = Began.AddDays(-2) };

        var rings = Apply(null, longAgo);
        (rings.State, rings.OpenSince, rings.IndexedAt)
            .ShouldBe((CallState.Ringing, Received, Received.AddSeconds(-1).AddDays(-2)));

        var over = Apply(null, longAgo with { Action = CallAction.End });
        over.OpenSince.ShouldBe(over.IndexedAt);
    }

    [Theory]
    [InlineData(65, false)]
    [InlineData(65 + 3600, false)]
    [InlineData(65 + 3601, true)]
    public void A_Start_More_Than_An_Hour_After_The_End_Is_Of_Another_Call(int seconds, bool isOther)
    {
        var call = Apply(Apply(null, Start), End);

        // Whatever our clock says.
        IsOther(call, Start with { DetectTime = Began.AddSeconds(seconds) }, Received, CostaRican).ShouldBe(isOther);
        IsOther(call, Start, Received.AddDays(3), CostaRican).ShouldBeFalse("it is late news");
        IsOther(call, End with { DisconnectTime = Began.AddHours(-1), ConnectTime = null }, Received, CostaRican)
            .ShouldBeFalse();
        IsOther(call, Start with { DetectTime = Began.AddSeconds(-3601) }, Received, CostaRican)
            .ShouldBeTrue("it is of a call before");
    }

    [Fact]
    public void Times_That_Are_Not_Believed_Are_Compared_With_Each_Other()
    {
        var ahead = Began.AddDays(400);
        var call = Apply(
            Apply(null, Start with { DetectTime = ahead }),
            End with { DetectTime = ahead, ConnectTime = ahead, DisconnectTime = ahead.AddSeconds(60) });

        call.State.ShouldBe(CallState.Ended);
        IsOther(call, Start with { DetectTime = ahead.AddMinutes(30) }, Received, CostaRican).ShouldBeFalse();
        IsOther(call, Start with { DetectTime = ahead.AddMinutes(62) }, Received, CostaRican).ShouldBeTrue();
    }

    [Fact]
    public void Without_Times_It_Is_When_We_Heard_Of_It_And_A_Call_Without_An_End_Is_Over_After_Four_Hours()
    {
        var timeless = Start with { DetectTime = null };
        var call = Apply(
            Apply(null, timeless), End with { DetectTime = null, ConnectTime = null, DisconnectTime = null });

        var another = timeless with { Ani = "88886666" };
        IsOther(call, another, Received.AddMinutes(59), CostaRican).ShouldBeFalse();
        IsOther(call, another, Received.AddMinutes(61), CostaRican).ShouldBeTrue();
        IsOther(call, timeless, Received.AddMinutes(61), CostaRican).ShouldBeFalse("it is a repetition");
        var goesOn = Apply(null, Start);
        IsOther(goesOn, Start with { DetectTime = Began.AddHours(4) }, Received, CostaRican).ShouldBeFalse();
        IsOther(goesOn, Start with { DetectTime = Began.AddHours(4.1) }, Received, CostaRican).ShouldBeTrue();
        // Its own end, however long it took.
        IsOther(goesOn, End with { DisconnectTime = Began.AddHours(9) }, Received, CostaRican).ShouldBeFalse();
        var untold = Apply(null, timeless);
        IsOther(untold, another, Received.AddHours(4), CostaRican).ShouldBeFalse();
        IsOther(untold, another, Received.AddHours(4.1), CostaRican).ShouldBeTrue();
    }

    [Theory]
    [InlineData(-16)]
    [InlineData(400)]
    public void A_Call_Whose_Times_Can_t_Be_Was_Answered_All_The_Same_And_As_Long_As_They_Say(int days)
    {
        var off = Began.AddDays(days);
        var rings = Apply(null, Start with { DetectTime = off });
        (rings.State, rings.StartedAt, rings.IsOurTime).ShouldBe((CallState.Ringing, Received, true));
        var talks = Apply(rings, Start with { DetectTime = off, ConnectTime = off.AddSeconds(5) });
        (talks.State, talks.ConnectedAt).ShouldBe((CallState.Connected, Received.AddSeconds(5)));

        var ended = Apply(talks, End with
        {
            DetectTime = off,
            ConnectTime = off.AddSeconds(5),
            DisconnectTime = off.AddSeconds(65),
        });

        (ended.State, ended.DurationSeconds, ended.IsMissed, ended.IsOurTime)
            .ShouldBe((CallState.Ended, 60, false, true));
        (ended.StartedAt, ended.ConnectedAt, ended.EndedAt)
            .ShouldBe((Received, Received.AddSeconds(5), Received.AddSeconds(65)));
    }

    [Theory]
    // The clock is set back from 02:00 to 01:00 at 06:00 UTC.
    [InlineData("00:58:00", "01:01:00", "01:20:00", "05:21", "04:58", 19 * 60)]
    [InlineData("01:50:00", "01:52:00", "01:10:00", "06:11", "05:50", 18 * 60)]
    [InlineData("01:05:00", "01:06:00", "01:20:00", "06:21", "06:05", 14 * 60)]
    [InlineData("01:30:00", "01:31:00", "02:01:00", "07:02", "06:30", 30 * 60)]
    public void An_Hour_That_Comes_Twice_Adds_No_Hour_To_A_Call(
        string detect, string connect, string disconnect, string received, string began, int seconds)
    {
        var day = new DateTime(2026, 11, 1);
        var call = Apply(
            null,
            End with
            {
                DetectTime = day + TimeSpan.Parse(detect, System.Globalization.CultureInfo.InvariantCulture),
                ConnectTime = day + TimeSpan.Parse(connect, System.Globalization.CultureInfo.InvariantCulture),
                DisconnectTime = day + TimeSpan.Parse(disconnect, System.Globalization.CultureInfo.InvariantCulture),
            },
            NewYork,
            At(received));

        (call.StartedAt, call.DurationSeconds).ShouldBe((At(began), seconds));

        static DateTimeOffset At(string time) => new(
            new DateTime(2026, 11, 1) + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
            TimeSpan.Zero);
    }

    private static Call Apply(
        Call? call, CallEvent callEvent, Account? account = null, DateTimeOffset? receivedAt = null)
    {
        var parser = new PhoneNumberParser("CR");
        var number = parser.ParseCaller("88887777");
        var parties = new CallParties(
            CallDirection.In, number, parser.View(number), "ep-1", [new CallAgent("ana", "ep-1")], null);
        return CallProgress.Apply(
            call,
            callEvent,
            receivedAt ?? Received,
            account ?? CostaRican,
            parties,
            call is null ? new ContactMatch(MatchKind.None, [], null) : null);
    }

    private static bool IsOther(Call call, CallEvent callEvent, DateTimeOffset receivedAt, Account account) =>
        call.PlaceOf(callEvent, receivedAt, account) != 0;
}
