using System.Text.Json.Serialization;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Statements;

/// <summary>
/// A month of an account, by route, to lay beside the operator's invoice. Money is in <see cref="Currency"/>, and days
/// are those of the account's zone.
/// </summary>
public sealed record StatementView
{
    /// <summary>Such as <c>2026-01</c>.</summary>
    public required string Month { get; init; }

    public required string Account { get; init; }

    public required string Currency { get; init; }

    public required string TimeZone { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>The exclusive end.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>True once the month is over.</summary>
    public required bool IsOver { get; init; }

    /// <summary>Whether the cost of a record includes its access fee; else <c>total</c> adds both.</summary>
    public required bool CostIncludesAccessFee { get; init; }

    public required StatementSums Totals { get; init; }

    /// <summary>The dearest first.</summary>
    public required IReadOnlyList<StatementRoute> Routes { get; init; }

    /// <summary>The days that have records.</summary>
    public required IReadOnlyList<StatementDay> Days { get; init; }

    /// <summary>The invoice, once its total was entered.</summary>
    public InvoiceView? Invoice { get; init; }

    /// <summary>The invoice's total less ours; zero where the invoice has ours in cents.</summary>
    public decimal? Difference { get; init; }

    /// <summary>What could explain the difference; null where there is none.</summary>
    public IReadOnlyList<ClueView>? Clues { get; init; }

    /// <summary>The version of the invoice's total; null where there is none.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    public static StatementView Of(
        Account account,
        DateOnly month,
        IReadOnlyList<DayStatement> days,
        Invoice? invoice,
        IReadOnlyList<Clue> clues,
        DateTimeOffset now,
        string language)
    {
        var span = StatementMonth.SpanOf(account, month);
        var includesFee = account.CostIncludesAccessFee;
        var routes = RouteSum.Merge(days.SelectMany(day => day.Routes));
        var totals = new StatementSums(RouteSum.Total(routes), includesFee);
        var difference = invoice?.Less(totals.Total);
        return new StatementView
        {
            Month = StatementMonth.NameOf(month),
            Account = account.Username,
            Currency = account.Currency,
            TimeZone = account.TimeZone.Id,
            From = span.From,
            To = span.Until,
            IsOver = span.Until <= now,
            CostIncludesAccessFee = includesFee,
            Totals = totals,
            Routes = [.. routes.Select(route => new StatementRoute(route, includesFee))],
            Days = [.. days.Select(day => new StatementDay(day, includesFee))],
            Invoice = invoice is null ? null : new InvoiceView(invoice.Total, invoice.EnteredAt, invoice.EnteredBy),
            Difference = difference,
            Clues = difference is null or 0 ? null
                : [.. clues.Select(clue => ClueView.Of(clue, includesFee, language))],
            ETag = invoice?.ETag,
        };
    }
}

/// <summary>What calls add up to. Money is in the account's currency.</summary>
public record StatementSums
{
    /// <summary>The sums as they are shown.</summary>
    public StatementSums(RouteSum sum, bool costIncludesFee) =>
        (Calls, Connected, Seconds, Minutes, BilledMinutes, Cost, AccessFees, Total, WithoutCost) = (
            sum.Calls,
            sum.Connected,
            sum.Seconds,
            decimal.Round(sum.Seconds / 60m, 2, MidpointRounding.AwayFromZero),
            sum.BilledMinutes,
            sum.Cost,
            sum.AccessFees,
            sum.AmountBy(costIncludesFee),
            sum.WithoutCost);

    /// <summary>The records: for the operator each leg of a dialled call is a call.</summary>
    public int Calls { get; }

    /// <summary>Those that connected.</summary>
    public int Connected { get; }

    /// <summary>How long they talked.</summary>
    public long Seconds { get; }

    /// <summary>The same in minutes, to two decimals.</summary>
    public decimal Minutes { get; }

    /// <summary>The cost through the rate, call by call: the minutes that the operator charges.</summary>
    public decimal BilledMinutes { get; }

    /// <summary>What the records say.</summary>
    public decimal Cost { get; }

    /// <summary>What the records say.</summary>
    public decimal AccessFees { get; }

    /// <summary>What is to be paid.</summary>
    public decimal Total { get; }

    /// <summary>Calls that connected and whose records have no cost.</summary>
    public int WithoutCost { get; }
}

/// <summary>A route of the month.</summary>
public sealed record StatementRoute : StatementSums
{
    /// <summary>The route as it is shown.</summary>
    public StatementRoute(RouteSum route, bool costIncludesFee)
        : base(route, costIncludesFee) => (Pattern, Name, Rate) = (route.Pattern, route.Name, route.Rate);

    /// <summary>The dialling pattern; null for records without one, as those of calls that came in.</summary>
    public string? Pattern { get; }

    /// <summary>The destination's name.</summary>
    public string? Name { get; }

    /// <summary>By the minute.</summary>
    public decimal? Rate { get; }
}

/// <summary>A day of the month.</summary>
public sealed record StatementDay : StatementSums
{
    /// <summary>The day as it is shown.</summary>
    public StatementDay(DayStatement day, bool costIncludesFee)
        : base(RouteSum.Total(day.Routes), costIncludesFee) => Date = day.Date;

    public DateOnly Date { get; }
}

/// <summary>The total of the operator's invoice.</summary>
public sealed record InvoiceView(decimal Total, DateTimeOffset EnteredAt, string EnteredBy);

/// <summary>What could explain a difference, or a part of it.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Text">What to look at, in plain words.</param>
/// <param name="Count">How many calls it is about.</param>
/// <param name="Amount">By how much the invoice would differ for it; null where that can't be told.</param>
/// <param name="IsExact">True where all of it, or one of its calls, is the difference to the cent.</param>
/// <param name="Route">The route that it is about, if it is about one.</param>
/// <param name="Calls">The first 20 of the calls.</param>
public sealed record ClueView(
    ClueKind Kind,
    string Text,
    int Count,
    decimal? Amount,
    bool IsExact,
    StatementRoute? Route,
    IReadOnlyList<ClueCall> Calls)
{
    public static ClueView Of(Clue clue, bool costIncludesFee, string language) => new(
        clue.Kind,
        Clue.TextOf(clue.Kind).In(language),
        clue.Count,
        clue.Amount,
        clue.IsExact,
        clue.Route is { } route ? new StatementRoute(route, costIncludesFee) : null,
        clue.Calls);
}
