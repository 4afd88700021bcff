using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Text;
using static CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.Reconciliation;

/// <summary>What notifications and records told of a day's calls, compared.</summary>
public sealed class DayComparisonTests
{
    private static readonly DateOnly Date = new(2026, 3, 2);

    private static readonly DateTimeOffset Begun = Began.AddHours(20);

    private static readonly NotificationFact[] Told = [Start(0), End(60, connect: 5, disconnect: 55, cost: 10m)];

    [Fact]
    public void A_Day_Without_Calls_Is_Green() => Compare().State.ShouldBe(DayState.Green);

    [Fact]
    public void A_Call_Of_Which_Both_Say_The_Same_Is_Matched()
    {
        var day = Compare(CallOf([.. Told, Record(90, connect: 5, duration: 50, cost: 10.00m)]));

        (day.State, day.Matched, day.Mismatches.Count).ShouldBe((DayState.Green, 1, 0));
    }

    [Fact]
    public void A_Second_More_Or_Less_Is_The_Same_Length() => Compare(
        CallOf([.. Told, Record(90, connect: 5, duration: 51, cost: 10m)]),
        CallOf([.. Told, Record(90, connect: 5, duration: 49, cost: 10m)])).Matched.ShouldBe(2);

    [Fact]
    public void Another_Length_And_Cost_Differ_And_The_Record_Stands()
    {
        var day = Compare(CallOf([.. Told, Record(90, connect: 5, duration: 48, cost: 9m)]));

        (day.State, day.Differing, day.Matched, day.Healed).ShouldBe((DayState.Healed, 1, 0, 0));
        var mismatch = day.Mismatches.ShouldHaveSingleItem();
        mismatch.Kind.ShouldBe(MismatchKind.Differing);
        mismatch.Fields.ShouldBe(["duration", "cost"]);
        (mismatch.WebhookSeconds, mismatch.RecordSeconds).ShouldBe((50, 48));
        (mismatch.WebhookCost, mismatch.RecordCost).ShouldBe((10m, 9m));
    }

    [Fact]
    public void A_Cost_That_No_Notification_Told_Does_Not_Differ() => Compare(CallOf(
        [Start(0), End(60, connect: 5, disconnect: 55), Record(90, connect: 5, duration: 50, cost: 10m)]))
        .Matched.ShouldBe(1);

    [Fact]
    public void Another_Number_In_The_Record_Differs() => Compare(CallOf(
        [.. Told, Record(90, connect: 5, duration: 50, cost: 10m) with { Ani = "88880000" }]))
        .Mismatches.ShouldHaveSingleItem().Fields.ShouldBe(["parties"]);

    [Fact]
    public void A_Call_Of_A_Group_Has_The_Phone_Of_Its_Record_Among_Its_Own() => Compare(CallOf(
        [
            .. Told.Select(fact => fact with { Dnis = "2" }),
            Start(1, endpoint: "ep-2") with { Dnis = "3" },
            End(9, endpoint: "ep-2") with { Dnis = "3" },
            Record(90, connect: 5, duration: 50, cost: 10m) with { Dnis = "3" },
        ])).Differing.ShouldBe(0);

    [Fact]
    public void A_Call_Without_A_Record_Leaves_The_Day_Open()
    {
        var day = Compare(CallOf(Told));

        (day.State, day.WebhookOnly, day.Healed).ShouldBe((DayState.Open, 1, 0));
        var mismatch = day.Mismatches.ShouldHaveSingleItem();
        (mismatch.Kind, mismatch.HealedBy, mismatch.WebhookCost).ShouldBe((MismatchKind.WebhookOnly, null, 10m));
    }

    [Fact]
    public void A_Call_That_Only_Its_Record_Tells_Of_Is_Filled_In_By_It()
    {
        var day = Compare(CallOf([Record(90, connect: 5, duration: 50, cost: 10m)]));

        (day.State, day.RecordOnly, day.Healed).ShouldBe((DayState.Healed, 1, 1));
        day.Mismatches.ShouldHaveSingleItem().HealedBy.ShouldBe(HealedBy.Record);
    }

    [Fact]
    public void A_Record_That_Came_Now_Was_Asked_For_Again()
    {
        var late = (int)(Begun - Began).TotalSeconds + 5;

        var day = Compare(
            CallOf([.. Told, Record(late, connect: 5, duration: 50, cost: 10m)]),
            CallOf([Record(late, connect: 5, duration: 50, cost: 10m)]));

        (day.State, day.Matched, day.RecordOnly, day.Healed).ShouldBe((DayState.Healed, 1, 1, 2));
        day.Mismatches.ShouldAllBe(mismatch => mismatch.HealedBy == HealedBy.Pull);
    }

    [Fact]
    public void A_Call_Whose_End_Only_The_Record_Told_Was_Closed_By_It()
    {
        var day = Compare(CallOf([Start(0, connect: 5), Record(90, connect: 5, duration: 50, cost: 10m)]));

        (day.State, day.Matched, day.Healed).ShouldBe((DayState.Healed, 1, 1));
        var mismatch = day.Mismatches.ShouldHaveSingleItem();
        (mismatch.Kind, mismatch.HealedBy).ShouldBe((MismatchKind.WebhookOnly, HealedBy.Record));
        mismatch.Fields.ShouldBe(["end"]);
    }

    [Fact]
    public void What_Was_Put_Right_The_First_Time_Stays_Said()
    {
        var late = (int)(Begun - Began).TotalSeconds + 5;
        var call = CallOf([.. Told, Record(late, connect: 5, duration: 50, cost: 10m)]);
        var first = Compare(call);

        var second = Comparison(Begun.AddDays(1)).Compare([call], first, new HashSet<string>(), 0, null);

        second.State.ShouldBe(DayState.Healed);
        second.Mismatches.ShouldBe(first.Mismatches);
    }

    [Fact]
    public void A_Call_That_Only_A_Late_Record_Told_Of_Stays_Asked_For_Again_The_Next_Time()
    {
        var late = (int)(Begun - Began).TotalSeconds + 5;
        var call = CallOf([Record(late, connect: 5, duration: 50, cost: 10m)]);

        var second = Comparison(Begun.AddDays(1)).Compare([call], Compare(call), new HashSet<string>(), 0, null);

        second.Mismatches.ShouldHaveSingleItem().HealedBy.ShouldBe(HealedBy.Pull);
    }

    [Fact]
    public void A_Late_Correction_Of_A_Record_That_Was_There_Was_Not_Missing()
    {
        var late = (int)(Begun - Began).TotalSeconds + 5;

        var day = Compare(CallOf(
        [
            .. Told,
            Record(90, connect: 5, duration: 50, cost: 10m),
            Record(late, connect: 5, duration: 51, cost: 10m),
        ]));

        (day.State, day.Matched, day.Mismatches.Count).ShouldBe((DayState.Green, 1, 0));
    }

    [Fact]
    public void What_Is_Still_Open_Comes_Before_What_Was_Put_Right()
    {
        var closed = CallOf([Start(0, connect: 5), Record(90, connect: 5, duration: 50, cost: 10m)]);
        var open = CallOf(Told) with { CallId = "open", StartedAt = Began.AddHours(1) };

        Compare(closed, open).Mismatches.Select(mismatch => mismatch.CallId).ShouldBe(["open", "c"]);
    }

    [Fact]
    public void A_Record_That_Names_The_Endpoint_For_The_Dialled_Number_Is_Of_The_Same_Parties() => Compare(CallOf(
        [.. Told, Record(90, connect: 5, duration: 50, cost: 10m) with { Dnis = "ep-1" }])).Matched.ShouldBe(1);

    [Fact]
    public void A_Record_Aside_Or_An_Operator_That_Could_Not_Be_Asked_Leaves_The_Day_Open()
    {
        var call = CallOf([.. Told, Record(90, connect: 5, duration: 50, cost: 10m)]);
        var before = new DayReconciliation("8000001", Date);
        var none = new HashSet<string>();

        Comparison(Begun).Compare([call], before, none, 1, null).State.ShouldBe(DayState.Open);
        Comparison(Begun).Compare([call], before, none, 0, new Phrase("no", "no")).State.ShouldBe(DayState.Open);
    }

    [Fact]
    public void At_Most_Five_Hundred_Odd_Calls_Are_Kept_And_All_Counted()
    {
        var call = CallOf(Told);

        var day = Compare([.. Enumerable.Range(0, 600).Select(i => call with { CallId = $"{i}" })]);

        (day.WebhookOnly, day.Mismatches.Count, day.MoreMismatches).ShouldBe((600, 500, 100));
    }

    [Fact]
    public void Halves_Of_A_Call_Begin_Within_Five_Seconds_And_Have_Its_Numbers()
    {
        var told = CallOf(Told);
        var recorded = CallOf([Record(90, connect: 5, duration: 50, cost: 10m, detect: 4)]);
        var comparison = Comparison(Begun);

        comparison.AreHalves(told, recorded).ShouldBeTrue();
        comparison.AreHalves(told, recorded with { StartedAt = Began.AddSeconds(6) }).ShouldBeFalse();
        comparison.AreHalves(told, recorded with { Dnis = "1" }).ShouldBeFalse();
    }

    [Fact]
    public void A_Day_That_Could_Not_Be_Worked_Out_Counts_As_Open_After_A_While()
    {
        var day = new DayReconciliation("8000001", Date) { AskedAt = Begun };

        day.At(Begun.AddHours(5)).State.ShouldBe(DayState.Pending);
        day.At(Begun.AddHours(7)).State.ShouldBe(DayState.Open);
        (day with { AskedAt = null }).At(Begun.AddHours(7)).State.ShouldBe(DayState.Pending);
    }

    private static DayReconciliation Compare(params IReadOnlyList<Call> calls) => Comparison(Begun).Compare(
        calls, new DayReconciliation("8000001", Date), new HashSet<string>(), 0, null);

    private static DayComparison Comparison(DateTimeOffset begunAt) => new(begunAt, string.Equals);

    private static Call CallOf(params IEnumerable<CallFact> facts) => CallDerivation.Derive(Of(facts));
}
