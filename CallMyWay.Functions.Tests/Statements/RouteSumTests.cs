using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Statements;

namespace CallMyWay.Functions.Tests.Statements;

/// <summary>What records add up to, by route.</summary>
public sealed class RouteSumTests
{
    [Fact]
    public void Records_Of_One_Route_And_Rate_Are_One_Sum()
    {
        var sums = RouteSum.Of(
            [
                Record("a", cost: 6.5m, rate: 6.5m, seconds: 60, fee: 0.25m),
                Record("b", cost: 13m, rate: 6.50m, seconds: 61, fee: 0.25m),
                Record("c", cost: 30m, rate: 15m, seconds: 120),
            ],
            costIncludesFee: false);

        sums.Count.ShouldBe(2);
        var first = sums.Single(sum => sum.Rate == 6.5m);
        (first.Calls, first.Connected, first.Seconds, first.Cost, first.AccessFees).ShouldBe((2, 2, 121L, 19.5m, 0.5m));
        // The second was billed by the minute begun.
        first.BilledMinutes.ShouldBe(3m);
        first.AmountBy(costIncludesFee: false).ShouldBe(20m);
        first.AmountBy(costIncludesFee: true).ShouldBe(19.5m);
    }

    [Fact]
    public void Minutes_Are_Billed_Without_A_Fee_That_The_Cost_Includes() =>
        RouteSum.Of([Record("a", cost: 7m, rate: 2m, seconds: 170, fee: 1m)], costIncludesFee: true)
            .Single().BilledMinutes.ShouldBe(3m);

    [Fact]
    public void Without_A_Rate_The_Minutes_Are_Those_Of_The_Talk() =>
        RouteSum.Of([Record("a", cost: 0m, rate: null, seconds: 90)], costIncludesFee: false)
            .Single().BilledMinutes.ShouldBe(1.5m);

    [Fact]
    public void A_Connected_Call_Without_A_Cost_Is_Counted_As_Such()
    {
        var sum = RouteSum.Of(
            [
                Record("a", cost: null, rate: 6m, seconds: 60),
                Record("b", cost: null, rate: 6m, seconds: 0) with { ConnectedAt = null },
            ],
            costIncludesFee: false).Single();

        (sum.Calls, sum.Connected, sum.WithoutCost, sum.Cost).ShouldBe((2, 1, 1, 0m));
        // Until the operator tells what it charges, the minutes are those of the talk.
        sum.BilledMinutes.ShouldBe(1m);
        RouteSum.Total([sum, sum]).WithoutCost.ShouldBe(2);
    }

    [Fact]
    public void A_Month_Of_Small_Amounts_Is_Exact()
    {
        var days = Enumerable.Range(0, 30).Select(_ => RouteSum.Of(
            Enumerable.Range(0, 1000).Select(i => Record($"{i}", cost: 0.0001m, rate: 0.1m, seconds: 1, fee: 0.0002m)),
            costIncludesFee: false));

        var month = RouteSum.Merge(days.SelectMany(day => day)).Single();

        (month.Calls, month.Cost, month.AccessFees, month.AmountBy(costIncludesFee: false))
            .ShouldBe((30_000, 3m, 6m, 9m));
    }

    [Fact]
    public void The_Dearest_Route_Is_The_First()
    {
        var month = RouteSum.Merge(RouteSum.Of(
            [
                Record("a", cost: 1m, rate: 1m, seconds: 60) with { RouteName = "a near one" },
                Record("b", cost: 9m, rate: 9m, seconds: 60) with { RouteName = "far" },
            ],
            costIncludesFee: false));

        month.Select(route => route.Name).ShouldBe(["far", "a near one"]);
        RouteSum.Total(month).Cost.ShouldBe(10m);
    }

    internal static PricedRecord Record(
        string callId, decimal? cost, decimal? rate, int seconds, decimal? fee = null, DateTimeOffset? at = null)
    {
        var detectedAt = at ?? new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero);
        return new PricedRecord(
            new CallKey(callId, "8000001"),
            detectedAt,
            detectedAt.AddSeconds(5),
            seconds,
            cost,
            fee,
            rate,
            "506",
            "Costa Rica");
    }
}
