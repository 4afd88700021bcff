using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.Statements;

/// <summary>What the records of a route add up to. Money is in the account's currency.</summary>
/// <param name="Pattern">The dialling pattern; null for records without one, as those of calls that came in.</param>
/// <param name="Name">The destination's name.</param>
/// <param name="Rate">By the minute.</param>
public sealed record RouteSum(string? Pattern, string? Name, decimal? Rate)
{
    private static readonly decimal Minute = 60;

    /// <summary>How many records: for the operator each leg of a dialled call is a call.</summary>
    public int Calls { get; init; }

    /// <summary>How many of them connected.</summary>
    public int Connected { get; init; }

    /// <summary>How many of the connected ones have no cost yet.</summary>
    public int WithoutCost { get; init; }

    /// <summary>How long they talked.</summary>
    public long Seconds { get; init; }

    /// <summary>
    /// The minutes that were charged: the cost through the rate, call by call, to four decimals. Where a record has no
    /// rate, how long they talked.
    /// </summary>
    public decimal BilledMinutes { get; init; }

    public decimal Cost { get; init; }

    public decimal AccessFees { get; init; }

    /// <summary>The routes of these records.</summary>
    /// <param name="records">The records.</param>
    /// <param name="costIncludesFee">Whether the cost of each includes its access fee.</param>
    public static IReadOnlyList<RouteSum> Of(IEnumerable<PricedRecord> records, bool costIncludesFee)
    {
        var sums = new Dictionary<RouteSum, RouteSum>();
        foreach (var record in records)
        {
            var route = new RouteSum(record.RoutePattern, record.RouteName, Normal(record.Rate));
            sums[route] = sums.GetValueOrDefault(route, route).With(record, costIncludesFee);
        }

        return [.. sums.Values];
    }

    /// <summary>The routes of several days together, the dearest first.</summary>
    public static IReadOnlyList<RouteSum> Merge(IEnumerable<RouteSum> sums) =>
    [
        .. sums.GroupBy(sum => new RouteSum(sum.Pattern, sum.Name, sum.Rate))
            .Select(same => same.Aggregate(same.Key, (all, next) => all + next))
            .OrderByDescending(sum => sum.Cost + sum.AccessFees).ThenByDescending(sum => sum.Calls)
            .ThenBy(sum => sum.Pattern, StringComparer.Ordinal).ThenBy(sum => sum.Name, StringComparer.Ordinal)
            .ThenBy(sum => sum.Rate),
    ];

    /// <summary>All of them as one, without a route.</summary>
    public static RouteSum Total(IEnumerable<RouteSum> sums) =>
        sums.Aggregate(new RouteSum(null, null, null), (all, next) => all + next);

    /// <summary>What is to be paid.</summary>
    public decimal AmountBy(bool costIncludesFee) => costIncludesFee ? Cost : Cost + AccessFees;

    /// <summary>What is to be paid for a record; null where it has no cost yet.</summary>
    public static decimal? AmountOf(decimal? cost, decimal? fee, bool costIncludesFee) =>
        cost is null ? null : costIncludesFee ? cost : cost + (fee ?? 0);

    /// <summary>The sum of both, under the route of the first.</summary>
    public static RouteSum operator +(RouteSum a, RouteSum b) => a with
    {
        Calls = a.Calls + b.Calls,
        Connected = a.Connected + b.Connected,
        WithoutCost = a.WithoutCost + b.WithoutCost,
        Seconds = a.Seconds + b.Seconds,
        BilledMinutes = a.BilledMinutes + b.BilledMinutes,
        Cost = a.Cost + b.Cost,
        AccessFees = a.AccessFees + b.AccessFees,
    };

    private RouteSum With(PricedRecord record, bool costIncludesFee)
    {
        var (seconds, fee) = (record.Seconds ?? 0, record.AccessFee ?? 0);
        var talk = (record.Cost ?? 0) - (costIncludesFee ? fee : 0);
        return this with
        {
            Calls = Calls + 1,
            Connected = Connected + (record.ConnectedAt is null ? 0 : 1),
            WithoutCost = WithoutCost + (LacksCost(record) ? 1 : 0),
            Seconds = Seconds + seconds,
            BilledMinutes = BilledMinutes + decimal.Round(
                record.Rate is { } rate and > 0 && record.Cost is not null ? talk / rate : seconds / Minute, 4),
            Cost = Cost + (record.Cost ?? 0),
            AccessFees = AccessFees + fee,
        };
    }

    /// <summary>True for a call that connected and whose record has no cost.</summary>
    internal static bool LacksCost(PricedRecord record) => record.Cost is null && record.ConnectedAt is not null;

    // 6.50 and 6.5 are one rate, also once they were stored and read again.
    private static decimal? Normal(decimal? rate) => rate / 1.0000000000000000000000000000m;
}
