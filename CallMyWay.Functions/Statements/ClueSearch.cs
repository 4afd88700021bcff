using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.Statements;

/// <summary>
/// Looks for what could explain the difference between an invoice and our sum. It is told the month's records one by
/// one, those of the calls that began before the month and may go into it, and those of the first calls behind its end.
/// </summary>
/// <param name="difference">The invoice's total less our sum.</param>
/// <param name="from">When the month begins.</param>
/// <param name="until">When it ends.</param>
/// <param name="costIncludesFee">Whether a record's cost includes its access fee.</param>
public sealed class ClueSearch(decimal difference, DateTimeOffset from, DateTimeOffset until, bool costIncludesFee)
{
    /// <summary>A call that begins or ends so near to a border may be counted on its other side.</summary>
    public static readonly TimeSpan NextToBorder = TimeSpan.FromMinutes(5);

    /// <summary>How long before the month a call can have begun that counts as one at its border.</summary>
    public static readonly TimeSpan Before = Call.Longest + NextToBorder;

    /// <summary>How long after the month a call can begin that counts as one at its border.</summary>
    public static readonly TimeSpan Behind = NextToBorder;

    /// <summary>Another one says that clues were found by other rules, and are to be looked for again.</summary>
    public const int Form = 3;

    /// <summary>By so much an invoice in cents can differ from what it adds up.</summary>
    private const decimal HalfCent = 0.005m;

    private const int MaxCalls = 20;

    private readonly Dictionary<ClueKind, List<ClueCall>> _found = [];

    /// <summary>Looks at a record.</summary>
    public void Add(PricedRecord record)
    {
        var amount = RouteSum.AmountOf(record.Cost, record.AccessFee, costIncludesFee);
        var end = (record.ConnectedAt ?? record.DetectedAt).AddSeconds(record.Seconds ?? 0);
        if (record.DetectedAt < from || record.DetectedAt >= until)
        {
            // Of another month, and the operator may count it in this one.
            if (end >= from - NextToBorder && record.DetectedAt < until + Behind && amount > 0)
            {
                Add(ClueKind.AtTheBorder, record, amount);
            }

            return;
        }

        if (amount > 0 && (end >= until - NextToBorder || record.DetectedAt < from + NextToBorder))
        {
            Add(ClueKind.AtTheBorder, record, -amount);
        }

        if (RouteSum.LacksCost(record))
        {
            Add(
                ClueKind.WithoutCost,
                record,
                record.Rate is { } rate ? decimal.Round(rate * (record.Seconds ?? 0) / 60, 4) : null);
        }

        var former = RouteSum.AmountOf(record.FormerCost, record.FormerFee, costIncludesFee);
        if (record.ReceivedAt >= until && former is not null && former != (amount ?? 0))
        {
            Add(ClueKind.CorrectedAfterwards, record, former - (amount ?? 0));
        }

        if (difference != 0 && IsSame(amount, Math.Abs(difference)))
        {
            Add(ClueKind.OneCall, record, difference);
        }
    }

    /// <summary>Looks at a call of which notifications told another cost than its record.</summary>
    /// <param name="call">The call, with the cost that they told.</param>
    /// <param name="recordCost">The cost of its record; null where it has no record.</param>
    public void Add(ClueCall call, decimal? recordCost)
    {
        if (call.Amount is { } told && told != (recordCost ?? 0))
        {
            Add(
                recordCost is null ? ClueKind.WithoutRecord : ClueKind.CostsDiffer,
                call with { Amount = told - (recordCost ?? 0) });
        }
    }

    /// <summary>What was found, the exact ones first.</summary>
    /// <param name="routes">The month by route.</param>
    public IReadOnlyList<Clue> Finish(IReadOnlyList<RouteSum> routes)
    {
        if (difference == 0)
        {
            return [];
        }

        var clues = _found.Select(each => Of(each.Key, each.Value)).ToList();
        clues.AddRange(routes
            .Where(route => IsSame(route.AmountBy(costIncludesFee), Math.Abs(difference)))
            .Select(route => new Clue(ClueKind.OneRoute, route.Calls, difference, true, []) { Route = route }));
        var fees = routes.Sum(route => route.AccessFees);
        if (fees > 0 && IsSame(costIncludesFee ? fees : -fees, difference))
        {
            clues.Add(new Clue(ClueKind.AccessFees, routes.Sum(route => route.Calls), difference, true, []));
        }

        return [.. clues.OrderByDescending(clue => clue.IsExact).ThenBy(clue => clue.Kind)];
    }

    // Zero explains nothing, however small the difference is.
    private static bool IsSame(decimal? amount, decimal sought) =>
        amount is { } its and not 0 && Math.Abs(its - sought) <= HalfCent;

    private Clue Of(ClueKind kind, List<ClueCall> calls)
    {
        // What a single call is, each of them is: together they explain nothing.
        decimal? amount = kind == ClueKind.OneCall ? difference
            : calls.TrueForAll(call => call.Amount is null) ? null
            : calls.Sum(call => call.Amount ?? 0);
        return new Clue(
            kind,
            calls.Count,
            amount,
            IsSame(amount, difference) || calls.Exists(call => IsSame(call.Amount, difference)),
            [
                .. calls.OrderByDescending(call => IsSame(call.Amount, difference))
                    .ThenByDescending(call => Math.Abs(call.Amount ?? 0))
                    .ThenBy(call => call.At).ThenBy(call => call.CallId, StringComparer.Ordinal).Take(MaxCalls),
            ]);
    }

    private void Add(ClueKind kind, PricedRecord record, decimal? amount) =>
        Add(kind, new ClueCall(record.Call.CallId, record.DetectedAt, amount));

    private void Add(ClueKind kind, ClueCall call)
    {
        if (!_found.TryGetValue(kind, out var calls))
        {
            _found[kind] = calls = [];
        }

        calls.Add(call);
    }
}
