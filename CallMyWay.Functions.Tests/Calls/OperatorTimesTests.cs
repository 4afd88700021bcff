using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using FsCheck;
using FsCheck.Fluent;

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
    [InlineData(-20, true)]
    [InlineData(-9, false)]
    [InlineData(9, false)]
    [InlineData(20, true)]
    public void A_Call_Came_When_We_Heard_Of_It_Where_The_Operators_Clock_Is_Far_Off(int minutes, bool isFar)
    {
        var heard = new DateTimeOffset(2026, 3, 2, 15, 15, 0, TimeSpan.Zero).AddMinutes(minutes);

        CallFacts.Begin("c", CostaRican, NotificationFact.Of(Start, heard, CostaRican)).CameAt
            .ShouldBe(isFar ? heard : null);
    }

    [Fact]
    public void A_Time_That_Can_Not_Be_Moves_Nothing_Of_A_Call_Whose_Other_Times_Can_Be()
    {
        var wrong = End with
        {
            DetectTime = Began.AddYears(-5),
            ConnectTime = Began.AddYears(-5),
            DisconnectTime = Began.AddYears(-5),
        };
        var start = NotificationFact.Of(Start, Received, CostaRican);

        var facts = CallFacts.Begin("c", CostaRican, start).With(start)
            .With(NotificationFact.Of(wrong, Received.AddMinutes(2), CostaRican));

        facts.Notifications.Count.ShouldBe(2);
        facts.Notifications.ShouldAllBe(fact => fact.Shift == null);
        facts.Shift.ShouldBeNull();
    }

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
        var call = Apply(
            null,
            End with
            {
                DetectTime = Local(detect),
                ConnectTime = Local(connect),
                DisconnectTime = Local(disconnect),
            },
            NewYork,
            At(received));

        (call.StartedAt, call.DurationSeconds).ShouldBe((At(began), seconds));
    }

    [Theory]
    // The end is told more than an hour late: it ended at 01:52 of the first hour, as its start and its length say.
    [InlineData("01:50:00", "01:50:05", "05:50:06", "01:52:00", 115, "07:30", "05:50", 115)]
    [InlineData("01:50:00", "01:50:05", "05:50:06", "01:52:00", null, "07:30", "05:50", 115)]
    // A conversation through both hours. Its length tells, or that its end is told as it happens.
    [InlineData("00:51:00", "00:51:00", "04:51:01", "01:20:00", 5340, "06:20:01", "04:51", 5340)]
    [InlineData("00:51:00", "00:51:00", "04:51:01", "01:20:00", 5340, "09:00", "04:51", 5340)]
    [InlineData("00:51:00", "00:51:00", "04:51:01", "01:20:00", null, "06:20:01", "04:51", 5340)]
    [InlineData("00:51:00", "00:51:00", "04:51:01", "01:20:00", 1740, "07:30", "04:51", 1740)]
    // In the second hour.
    [InlineData("01:50:00", "01:50:05", "06:50:06", "01:52:00", 115, "08:30", "06:50", 115)]
    // From the first hour to the second.
    [InlineData("01:50:00", "01:50:05", "05:50:06", "01:10:00", 1195, "08:30", "05:50", 1195)]
    public void Its_Facts_Tell_Which_Of_The_Two_Hours_Is_Meant(
        string detect, string connect, string heard, string disconnect, int? told, string endHeard, string began,
        int seconds)
    {
        var start = Start with { DetectTime = Local(detect), ConnectTime = Local(connect) };
        var end = start with { Action = CallAction.End, DisconnectTime = Local(disconnect), Duration = told };

        var inOrder = Apply(Apply(null, start, NewYork, At(heard)), end, NewYork, At(endHeard));
        var endFirst = Apply(Apply(null, end, NewYork, At(endHeard)), start, NewYork, At(heard));

        (inOrder.StartedAt, inOrder.ConnectedAt, inOrder.DurationSeconds)
            .ShouldBe((At(began), At(began) + (Local(connect) - Local(detect)), seconds));
        (endFirst.StartedAt, endFirst.ConnectedAt, endFirst.DurationSeconds)
            .ShouldBe((inOrder.StartedAt, inOrder.ConnectedAt, seconds));
    }

    [Fact]
    public void In_An_Hour_That_Comes_Twice_What_Is_Told_Late_Is_Of_The_Same_Call()
    {
        var talks = Start with { DetectTime = Local("01:35:00"), ConnectTime = Local("01:35:05") };
        var end = talks with { Action = CallAction.End, DisconnectTime = Local("01:40:00") };
        var call = Apply(Apply(null, talks, NewYork, At("05:35:06")), end, NewYork, At("05:40:01"));
        var another = Start with { DetectTime = Local("01:50:00"), EndpointId = "ep-2" };

        IsOther(call, another, At("07:30"), NewYork).ShouldBeFalse("it was handed over, and told late");
        IsOther(call, another, At("06:50:01"), NewYork).ShouldBeTrue("it comes now, an hour after the end");
    }

    /// <summary>Calls about the hour that comes twice, heard in any order, have the length that they had.</summary>
    [Fact]
    public void An_Hour_That_Comes_Twice_Is_Read_The_Same_In_Any_Order_And_As_It_Was()
    {
        var calls =
            from began in Gen.Choose(-3600, 2 * 3600)
            from ring in Gen.Choose(0, 60)
            from talk in Gen.Elements(0, 20, 600, 3000, 3600, 5400)
            from late in Gen.Elements(1, 60, 300, 3000, 4000, 9000)
            from tellsLength in Gen.Elements(true, false)
            from tellsConnect in Gen.Elements(true, false)
            let detect = At("06:00").AddSeconds(began)
            let connect = detect.AddSeconds(ring)
            let disconnect = connect.AddSeconds(talk)
            let start = Start with { DetectTime = NewYork.LocalTime(detect) }
            let answer = start with { ConnectTime = NewYork.LocalTime(connect) }
            let heard = new List<(CallEvent Event, DateTimeOffset At)>
            {
                (start, detect.AddSeconds(1)),
                (tellsConnect ? answer : start, connect.AddSeconds(1)),
                (answer with
                {
                    Action = CallAction.End,
                    DisconnectTime = NewYork.LocalTime(disconnect),
                    Duration = tellsLength ? talk : null,
                }, disconnect.AddSeconds(late)),
            }
            from order in Gen.Shuffle<(CallEvent Event, DateTimeOffset At)>(heard)
            select (heard, order, detect, talk, isSure: tellsLength && talk > 0 || late < 100);

        Prop.ForAll(calls.ToArbitrary(), sample =>
            {
                var (call, other) = (Of(sample.heard), Of(sample.order));
                return call.StartedAt == sample.detect
                    && (sample.isSure ? call.DurationSeconds == sample.talk : call.DurationSeconds <= sample.talk)
                    && (other.StartedAt, other.ConnectedAt, other.EndedAt, other.DurationSeconds)
                        == (call.StartedAt, call.ConnectedAt, call.EndedAt, call.DurationSeconds);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

        static Call Of(IEnumerable<(CallEvent Event, DateTimeOffset At)> heard) => heard.Aggregate(
            (Call?)null, (call, next) => Apply(call, next.Event, NewYork, next.At))!;
    }

    [Fact]
    public void What_Is_Added_Up_Keeps_The_Hour_That_Was_Meant()
    {
        var start = Start with { DetectTime = Local("01:50:00") };
        var call = Apply(null, start, NewYork, At("05:50:01"));
        for (var i = 0; i < CallFacts.MaxNotifications; i++)
        {
            call = Apply(call, start with { EndpointId = $"ep-{i + 2}" }, NewYork, At("05:50:02"));
        }

        call = Apply(
            call,
            start with
            {
                Action = CallAction.End,
                ConnectTime = Local("01:50:05"),
                DisconnectTime = Local("01:52:00"),
            },
            NewYork,
            At("07:30"));

        call.Facts.Earlier.ShouldNotBeNull();
        (call.StartedAt, call.DurationSeconds).ShouldBe((At("05:50"), 115));
    }

    private static DateTime Local(string time) =>
        new DateTime(2026, 11, 1) + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string time) => new(Local(time), TimeSpan.Zero);

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
