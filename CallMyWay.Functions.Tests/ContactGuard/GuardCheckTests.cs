using CallMyWay.Functions.ContactGuard;

namespace CallMyWay.Functions.Tests.ContactGuard;

public sealed class GuardCheckTests
{
    private static readonly TimeZoneInfo SanJose = TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica");

    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    private static readonly TimeZoneInfo LosAngeles = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    private static readonly HolidayRules Observed = new(true, [], []);

    /// <summary>Weekdays from eight to six.</summary>
    private static readonly GuardRules OfficeHours = new()
    {
        Hours = [new CallingHours([1, 2, 3, 4, 5], new TimeOnly(8, 0), new TimeOnly(18, 0))],
        Holidays = Observed,
    };

    private static readonly GuardRules AnyTime = GuardRules.Open;

    // 2 March 2026 is a Monday. Costa Rica is six hours behind UTC.
    [Theory]
    [InlineData("2026-03-02T13:59:59.999Z", "2026-03-02T14:00:00Z")]
    [InlineData("2026-03-02T14:00:00Z", null)]
    [InlineData("2026-03-02T23:59:59.999Z", null)]
    [InlineData("2026-03-03T00:00:00Z", "2026-03-03T14:00:00Z")]
    [InlineData("2026-03-06T23:59:00Z", null)]
    [InlineData("2026-03-07T00:00:00Z", "2026-03-09T14:00:00Z")]
    [InlineData("2026-03-08T18:00:00Z", "2026-03-09T14:00:00Z")]
    public void The_Hours_Have_Sharp_Borders_By_The_Persons_Clock(string now, string? from)
    {
        var verdict = Check(OfficeHours, SanJose).Of(At(now), []);

        (verdict.Reason, verdict.AllowedFrom).ShouldBe(
            from is null ? (null, null) : (GuardReason.OutsideHours, At(from)));
    }

    [Fact]
    public void Midnight_At_The_End_Is_The_End_Of_The_Day()
    {
        var late = OfficeHours with { Hours = [new CallingHours([1], new TimeOnly(20, 0), TimeOnly.MinValue)] };

        Check(late, SanJose).Of(At("2026-03-03T05:59:59Z"), []).Allowed.ShouldBeTrue();
        Check(late, SanJose).Of(At("2026-03-03T06:00:00Z"), []).Reason.ShouldBe(GuardReason.OutsideHours);
    }

    [Fact]
    public void A_List_Without_Hours_Allows_None_And_No_List_Allows_All()
    {
        var never = OfficeHours with { Hours = [] };

        var verdict = Check(never, SanJose).Of(At("2026-03-02T18:00:00Z"), []);

        (verdict.Reason, verdict.AllowedFrom).ShouldBe((GuardReason.OutsideHours, null));
        Check(AnyTime, SanJose).Of(At("2026-03-02T08:00:00Z"), []).Allowed.ShouldBeTrue();
    }

    [Fact]
    public void A_Number_That_May_Be_In_Several_Zones_Is_Called_When_It_Is_Allowed_In_Each()
    {
        var check = new GuardCheck(OfficeHours, [NewYork, LosAngeles], isAtHome: false, SanJose);

        // Eight in New York is five in Los Angeles; both keep winter time on 2 March.
        check.Of(At("2026-03-02T13:00:00Z"), []).AllowedFrom.ShouldBe(At("2026-03-02T16:00:00Z"));
        check.Of(At("2026-03-02T16:00:00Z"), []).Allowed.ShouldBeTrue();
        check.Of(At("2026-03-02T23:00:00Z"), []).AllowedFrom.ShouldBe(At("2026-03-03T16:00:00Z"));
        // Summer time begins on 8 March: the same hours are an hour earlier.
        check.Of(At("2026-03-09T15:00:00Z"), []).Allowed.ShouldBeTrue();
    }

    [Fact]
    public void Holidays_Are_Closed_Unless_They_Are_Worked_And_So_Are_The_Offices_Own_Days()
    {
        // Holy Thursday and Good Friday of 2026, then a weekend.
        var thursday = At("2026-04-02T16:00:00Z");
        var verdict = Check(OfficeHours, SanJose).Of(thursday, []);
        (verdict.Reason, verdict.AllowedFrom).ShouldBe((GuardReason.Holiday, At("2026-04-06T14:00:00Z")));
        verdict.Why!.Value.Es.ShouldContain("Jueves Santo");

        var worked = OfficeHours with { Holidays = Observed with { Worked = [new DateOnly(2026, 4, 2)] } };
        Check(worked, SanJose).Of(thursday, []).Allowed.ShouldBeTrue();
        Check(worked, SanJose).Of(thursday.AddDays(1), []).Reason.ShouldBe(GuardReason.Holiday);

        var added = AnyTime with { Holidays = new(false, [new AddedHoliday(new DateOnly(2026, 12, 24), "Cierre")], []) };
        Check(added, SanJose).Of(At("2026-12-25T05:59:59Z"), []).Reason.ShouldBe(GuardReason.Holiday);
        Check(added, SanJose).Of(At("2026-12-25T06:00:00Z"), []).Allowed.ShouldBeTrue();
    }

    [Fact]
    public void Holidays_Of_Costa_Rica_Are_None_Abroad_But_The_Offices_Own_Days_Are()
    {
        var rules = OfficeHours with
        {
            Holidays = new(true, [new AddedHoliday(new DateOnly(2026, 9, 16), "Inventario")], []),
        };
        var abroad = new GuardCheck(rules, [NewYork], isAtHome: false, SanJose);

        abroad.Of(At("2026-09-15T16:00:00Z"), []).Allowed.ShouldBeTrue();
        abroad.Of(At("2026-09-16T16:00:00Z"), []).Reason.ShouldBe(GuardReason.Holiday);
    }

    [Fact]
    public void The_Calls_Of_A_Day_Count_By_The_Persons_Midnight()
    {
        var check = Check(AnyTime with { PerDay = 2 }, SanJose);
        DateTimeOffset[] calls = [At("2026-03-02T06:00:00Z"), At("2026-03-03T05:59:00Z")];

        var verdict = check.Of(At("2026-03-03T05:59:30Z"), calls);

        (verdict.Reason, verdict.AllowedFrom).ShouldBe((GuardReason.PerDay, At("2026-03-03T06:00:00Z")));
        check.Of(At("2026-03-03T06:00:00Z"), calls).Allowed.ShouldBeTrue();
        check.Of(At("2026-03-02T23:00:00Z"), [At("2026-03-02T05:59:00Z"), calls[0]]).Allowed.ShouldBeTrue();
    }

    [Fact]
    public void The_Calls_Of_A_Week_Count_For_Seven_Times_A_Day()
    {
        var check = Check(AnyTime with { PerWeek = 1 }, SanJose);
        var call = At("2026-03-02T15:00:00Z");

        var verdict = check.Of(call.AddDays(7).AddSeconds(-1), [call]);

        (verdict.Reason, verdict.AllowedFrom).ShouldBe((GuardReason.PerWeek, call.AddDays(7)));
        check.Of(call.AddDays(7), [call]).Allowed.ShouldBeTrue();
    }

    [Fact]
    public void Between_Two_Calls_Lies_The_Gap_And_Then_An_Hour_For_Calls()
    {
        var check = Check(OfficeHours with { GapMinutes = 90 }, SanJose);

        var verdict = check.Of(At("2026-03-02T22:59:00Z"), [At("2026-03-02T22:30:00Z")]);

        // 90 minutes after half past four it is six: the office closes.
        (verdict.Reason, verdict.AllowedFrom).ShouldBe((GuardReason.Gap, At("2026-03-03T14:00:00Z")));
        check.Of(At("2026-03-02T20:00:00Z"), [At("2026-03-02T18:30:00Z")]).Allowed.ShouldBeTrue();
        check.Of(At("2026-03-02T19:59:59Z"), [At("2026-03-02T18:30:00Z")]).AllowedFrom
            .ShouldBe(At("2026-03-02T20:00:00Z"));
    }

    [Fact]
    public void A_Limit_Of_None_Allows_No_Call()
    {
        var verdict = Check(AnyTime with { PerDay = 0 }, SanJose).Of(At("2026-03-02T15:00:00Z"), []);

        (verdict.Reason, verdict.AllowedFrom).ShouldBe((GuardReason.PerDay, null));
    }

    [Fact]
    public void A_Clock_That_Is_Set_Back_Gives_No_Further_Call()
    {
        var call = At("2026-03-02T20:00:00Z");

        Check(AnyTime with { PerDay = 1 }, SanJose).Of(call.AddHours(-1), [call]).Reason.ShouldBe(GuardReason.PerDay);
        Check(AnyTime with { GapMinutes = 5 }, SanJose).Of(call.AddHours(-1), [call]).Reason.ShouldBe(GuardReason.Gap);
        // A clock that was a month ahead for a moment blocks nobody for a month.
        Check(AnyTime with { PerDay = 1, GapMinutes = 5 }, SanJose).Of(call.AddDays(-30), [call]).Allowed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public void Without_A_Gap_A_Call_By_A_Clock_That_Is_Ahead_Is_In_Nobodys_Way(int? gapMinutes)
    {
        var call = At("2026-03-02T20:00:00Z");

        Check(AnyTime with { GapMinutes = gapMinutes }, SanJose).Of(call.AddSeconds(-1), [call]).Allowed.ShouldBeTrue();
    }

    private static GuardCheck Check(GuardRules rules, TimeZoneInfo zone) => new(rules, [zone], isAtHome: true, SanJose);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, null);
}
