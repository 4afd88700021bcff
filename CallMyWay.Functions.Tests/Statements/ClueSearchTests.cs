using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Statements;

namespace CallMyWay.Functions.Tests.Statements;

/// <summary>What could explain the difference between an invoice and our sum.</summary>
public sealed class ClueSearchTests
{
    private static readonly DateTimeOffset From = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Until = new(2026, 4, 1, 6, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Middle = new(2026, 3, 15, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_A_Difference_There_Are_No_Clues() =>
        Find(0, Record("a", 5m) with { Cost = null }).ShouldBeEmpty();

    [Fact]
    public void A_Call_Whose_Amount_Is_The_Difference_Is_Found()
    {
        var clue = Find(-5.5m, Record("a", 5m, fee: 0.5m), Record("b", 5.5m, fee: 0.5m)).ShouldHaveSingleItem();

        (clue.Kind, clue.IsExact, clue.Amount).ShouldBe((ClueKind.OneCall, true, -5.5m));
        clue.Calls.ShouldHaveSingleItem().CallId.ShouldBe("a");
    }

    [Fact]
    public void An_Invoice_In_Cents_Is_Explained_By_Costs_With_Parts_Of_A_Cent()
    {
        // 409.3084 in all, of which the invoice has 155.14.
        var clues = Find(
            -254.1684m, Record("a", 254.1667m), Record("b", 155.1417m) with { RouteName = "USA" });

        clues.Select(clue => (clue.Kind, clue.IsExact)).ShouldBe([(ClueKind.OneCall, true), (ClueKind.OneRoute, true)]);
        clues[0].Calls.ShouldHaveSingleItem().CallId.ShouldBe("a");
    }

    [Fact]
    public void What_Differs_By_A_Cent_Is_Not_The_Same() => Find(-5.5m, Record("a", 5.51m), Record("b", 5.49m))
        .ShouldBeEmpty();

    [Fact]
    public void Calls_That_Cost_Nothing_Explain_No_Part_Of_A_Cent() => Find(0.0016m, Record("a", 0m)).ShouldBeEmpty();

    [Fact]
    public void Where_The_Cost_Includes_The_Fee_It_Is_Not_Added() => Find(
        new ClueSearch(-5m, From, Until, costIncludesFee: true), Record("a", 5m, fee: 0.5m), Record("b", 7m))
        .ShouldHaveSingleItem().Kind.ShouldBe(ClueKind.OneCall);

    [Fact]
    public void A_Record_That_Was_Corrected_After_The_Month_May_Be_Billed_As_Before()
    {
        var clue = Find(
            7m,
            Record("a", 5m) with { FormerCost = 12m, ReceivedAt = Until.AddDays(2) },
            Record("b", 5m) with { FormerCost = 12m, ReceivedAt = Middle }).ShouldHaveSingleItem();

        (clue.Kind, clue.Count, clue.Amount, clue.IsExact).ShouldBe((ClueKind.CorrectedAfterwards, 1, 7m, true));
    }

    [Fact]
    public void A_Correction_That_Changes_No_Amount_Explains_Nothing() => Find(
        1m, Record("a", 5m, fee: 1m) with { FormerCost = 5m, FormerFee = 1m, ReceivedAt = Until.AddDays(2) })
        .ShouldBeEmpty();

    [Fact]
    public void Calls_At_Either_Border_May_Be_Billed_In_The_Other_Month()
    {
        var clue = Find(
            -3m,
            Record("into the month", 4m, at: From.AddMinutes(-20), seconds: 1800),
            Record("before it", 100m, at: From.AddMinutes(-20)),
            Record("out of the month", 7m, at: Until.AddMinutes(-20), seconds: 1800),
            Record("in the middle", 100m)).ShouldHaveSingleItem();

        (clue.Kind, clue.Count, clue.Amount, clue.IsExact).ShouldBe((ClueKind.AtTheBorder, 2, -3m, true));
        clue.Calls.Select(call => (call.CallId, call.Amount)).ShouldBe(
            [("out of the month", -7m), ("into the month", 4m)]);
    }

    [Fact]
    public void A_Call_Behind_The_Month_s_End_May_Be_Billed_In_It()
    {
        var clue = Find(4m, Record("the next month's", 4m, at: Until), Record("in the middle", 100m))
            .ShouldHaveSingleItem();

        (clue.Kind, clue.Count, clue.Amount, clue.IsExact).ShouldBe((ClueKind.AtTheBorder, 1, 4m, true));
        // It is no call of this month otherwise.
        Find(4m, Record("without a cost", null, at: Until) with { Rate = 4m }).ShouldBeEmpty();
    }

    [Theory]
    // Each of them lasts for a minute from its connection on, which is five seconds after it was detected.
    [InlineData("before", -5 * 60, true)]
    [InlineData("before", (-5 * 60) - 1, false)]
    [InlineData("after", (5 * 60) - 1, true)]
    [InlineData("after", 5 * 60, false)]
    [InlineData("end", -5 * 60, true)]
    [InlineData("end", (-5 * 60) - 1, false)]
    [InlineData("behind", 0, true)]
    [InlineData("behind", (5 * 60) - 1, true)]
    [InlineData("behind", 5 * 60, false)]
    public void A_Call_Is_At_A_Border_Where_Five_Minutes_Lie_Between_Them(string which, int seconds, bool isFound)
    {
        var at = which switch
        {
            "before" => From.AddSeconds(seconds - 65),
            "after" => From.AddSeconds(seconds),
            "behind" => Until.AddSeconds(seconds),
            _ => Until.AddSeconds(seconds - 65),
        };

        Find(1m, Record("a", 4m, at: at)).Any(clue => clue.Kind == ClueKind.AtTheBorder).ShouldBe(isFound);
    }

    [Fact]
    public void A_Call_That_Rang_For_Long_Ends_As_Long_After_Its_Connection_As_It_Lasted()
    {
        var waited = Record("a", 4m, at: Until.AddMinutes(-9)) with { ConnectedAt = Until.AddMinutes(-5) };

        Find(1m, waited).ShouldHaveSingleItem().Kind.ShouldBe(ClueKind.AtTheBorder);
    }

    [Fact]
    public void The_Call_That_Is_The_Difference_Stands_Before_Larger_Ones()
    {
        var clue = Find(-4m, Record("larger", 100m, at: From), Record("the difference", 4m, at: From))
            .Single(each => each.Kind == ClueKind.AtTheBorder);

        (clue.IsExact, clue.Amount).ShouldBe((true, -104m));
        clue.Calls.Select(call => call.CallId).ShouldBe(["the difference", "larger"]);
    }

    [Theory]
    [InlineData("5.505", true)]
    [InlineData("5.495", true)]
    [InlineData("5.5051", false)]
    public void An_Amount_That_Is_Rounded_To_The_Difference_Is_It(string amount, bool isFound) => Find(
        -5.5m, Record("a", decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)))
        .Any(clue => clue.Kind == ClueKind.OneCall).ShouldBe(isFound);

    [Fact]
    public void A_Call_Without_A_Cost_Is_Estimated_By_Its_Rate()
    {
        var clue = Find(
            3m,
            Record("a", null) with { Rate = 2m, Seconds = 90 },
            Record("b", null) with { ConnectedAt = null }).ShouldHaveSingleItem();

        (clue.Kind, clue.Count, clue.Amount, clue.IsExact).ShouldBe((ClueKind.WithoutCost, 1, 3m, true));
    }

    [Fact]
    public void What_Notifications_Told_Is_Compared_With_The_Records()
    {
        var search = new ClueSearch(9m, From, Until, costIncludesFee: false);
        search.Add(new ClueCall("without a record", Middle, 9m), recordCost: null);
        search.Add(new ClueCall("another cost", Middle, 6m), recordCost: 4m);
        search.Add(new ClueCall("the same", Middle, 4m), recordCost: 4.00m);
        search.Add(new ClueCall("none told", Middle, null), recordCost: 4m);

        var clues = search.Finish([]);

        clues.Select(clue => (clue.Kind, clue.Count, clue.Amount, clue.IsExact)).ShouldBe(
            [(ClueKind.WithoutRecord, 1, 9m, true), (ClueKind.CostsDiffer, 1, 2m, false)]);
    }

    [Fact]
    public void A_Route_Whose_Amount_Is_The_Difference_Is_Found()
    {
        var clue = Find(-8m, Record("a", 3m), Record("b", 5m), Record("c", 1m) with { RouteName = "USA" })
            .ShouldHaveSingleItem();

        (clue.Kind, clue.Count, clue.Route!.Name).ShouldBe((ClueKind.OneRoute, 2, "Costa Rica"));
    }

    [Fact]
    public void Fees_That_The_Cost_Includes_Already_Are_Found()
    {
        var clue = Find(-2m, Record("a", 30m, fee: 1.5m), Record("b", 50m, fee: 0.5m)).ShouldHaveSingleItem();

        (clue.Kind, clue.IsExact).ShouldBe((ClueKind.AccessFees, true));
    }

    [Fact]
    public void At_Most_Twenty_Calls_Are_Shown_And_All_Are_Counted()
    {
        var clue = Find(-5m, [.. Enumerable.Range(0, 50).Select(i => Record($"{i}", 5m))]).ShouldHaveSingleItem();

        (clue.Count, clue.Calls.Count, clue.Amount).ShouldBe((50, 20, -5m));
    }

    private static IReadOnlyList<Clue> Find(decimal difference, params IReadOnlyList<PricedRecord> records) =>
        Find(new ClueSearch(difference, From, Until, costIncludesFee: false), records);

    private static IReadOnlyList<Clue> Find(ClueSearch search, params IReadOnlyList<PricedRecord> records)
    {
        foreach (var record in records)
        {
            search.Add(record);
        }

        return search.Finish(RouteSum.Merge(RouteSum.Of(
            records.Where(record => record.DetectedAt >= From && record.DetectedAt < Until), costIncludesFee: false)));
    }

    private static PricedRecord Record(
        string callId, decimal? cost, decimal? fee = null, DateTimeOffset? at = null, int seconds = 60) =>
        RouteSumTests.Record(callId, cost, rate: null, seconds, fee, at ?? Middle);
}
