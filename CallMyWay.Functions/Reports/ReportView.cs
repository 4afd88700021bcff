using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Reports;

/// <summary>A report of some days.</summary>
/// <param name="Items">
/// Days and hours in their order, all others by how many calls they have. Of contacts the first 200.
/// </param>
/// <param name="Totals">Of all calls, each once: an agent's and a team's rows can have a part in the same call.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="By">What the rows are of.</param>
/// <param name="AsOf">All that was stored until then is counted.</param>
/// <param name="Pending">
/// How many hours have changed and are not worked out anew yet, as during an import; 0 most of the time.
/// </param>
/// <param name="Left">How many rows there are beside <paramref name="Items"/>.</param>
public sealed record ReportView(
    IReadOnlyList<ReportRow> Items,
    ReportRow Totals,
    DateOnly From,
    DateOnly To,
    ReportBy By,
    DateTimeOffset AsOf,
    int Pending,
    int Left);

/// <summary>A row of a report. Times are in seconds, amounts in <see cref="Currency"/>.</summary>
public sealed record ReportRow
{
    /// <summary>The day, the hour (00 to 23), or the id; empty for no team, no outcome, no contact and the totals.</summary>
    public required string Key { get; init; }

    /// <summary>For people, in their language.</summary>
    public required string Label { get; init; }

    public required int In { get; init; }

    public required int Out { get; init; }

    /// <summary>
    /// Calls between colleagues. Of these nothing else is counted but what was documented of them and what they cost.
    /// </summary>
    public required int Internal { get; init; }

    /// <summary>Calls that came in and that nobody took: one for each call, whatever phones it rang at.</summary>
    public required int Missed { get; init; }

    /// <summary>Calls that came in and that somebody took.</summary>
    public required int Answered { get; init; }

    /// <summary>
    /// The share of answered calls among those that were answered or missed, 0 to 1; null where there are none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? AnsweredRate { get; init; }

    /// <summary>Calls that were answered within 20 seconds.</summary>
    public required int AnsweredWithin20 { get; init; }

    /// <summary>Calls that went out and were answered.</summary>
    public required int Reached { get; init; }

    public required long TalkSeconds { get; init; }

    /// <summary>How many wrap-ups were sent.</summary>
    public required int WrapUps { get; init; }

    /// <summary>
    /// From the ends of the conversations until the wrap-ups of them were sent, together; of each at most 15 minutes.
    /// </summary>
    public required long WrapUpSeconds { get; init; }

    /// <summary>Missed calls whose callers somebody reached later.</summary>
    public required int Returned { get; init; }

    /// <summary>From the ends of those until somebody talked with the callers, together.</summary>
    public required long CallBackSeconds { get; init; }

    /// <summary>Calls with an outcome.</summary>
    public required int Documented { get; init; }

    /// <summary>What the operator charges, as far as it has told.</summary>
    public required decimal Cost { get; init; }

    /// <summary>The first account's, by ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The cost of all calls, divided by those with an outcome; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required decimal? CostPerOutcome { get; init; }

    /// <summary>What was charged to the contacts.</summary>
    public required decimal Charges { get; init; }

    /// <summary>How many promises were made; the same as <see cref="PromisesMade"/>.</summary>
    public int Promises => PromisesMade;

    public required int PromisesMade { get; init; }

    /// <summary>How many of them were kept wholly, whenever that was.</summary>
    public required int PromisesKept { get; init; }

    /// <summary>What was promised.</summary>
    public required decimal PromisedAmount { get; init; }

    /// <summary>What was paid of it.</summary>
    public required decimal PaidAmount { get; init; }

    /// <summary>The amounts in all currencies; only where there is another one than <see cref="Currency"/>.</summary>
    public IReadOnlyList<ReportAmounts>? Amounts { get; init; }

    public static ReportRow Of(string key, string label, Figures figures, string currency)
    {
        var decided = figures.Answered + figures.Missed;
        var amounts = figures.Amounts ?? [];
        var home = amounts.FirstOrDefault(each => each.Currency == currency) ?? new Amounts { Currency = currency };
        return new ReportRow
        {
            Key = key,
            Label = label,
            In = figures.In,
            Out = figures.Out,
            Internal = figures.Internal,
            Missed = figures.Missed,
            Answered = figures.Answered,
            AnsweredRate = decided == 0 ? null : Math.Round((double)figures.Answered / decided, 4),
            AnsweredWithin20 = figures.AnsweredWithin20,
            Reached = figures.Reached,
            TalkSeconds = figures.TalkSeconds,
            WrapUps = figures.WrapUps,
            WrapUpSeconds = figures.WrapUpSeconds,
            Returned = figures.Returned,
            CallBackSeconds = figures.CallBackSeconds,
            Documented = figures.Documented,
            Cost = home.Cost,
            Currency = currency,
            CostPerOutcome = figures.Documented == 0 ? null : Math.Round(home.Cost / figures.Documented, 2),
            Charges = home.Charges,
            PromisesMade = figures.PromisesMade,
            PromisesKept = figures.PromisesKept,
            PromisedAmount = home.Promised,
            PaidAmount = home.Paid,
            Amounts = amounts.Any(each => each.Currency != currency)
                ? [.. amounts.Select(each => new ReportAmounts(
                    each.Currency, each.Cost, each.Charges, each.Promised, each.Paid))]
                : null,
        };
    }
}

/// <summary>A row's amounts in one currency.</summary>
public sealed record ReportAmounts(
    string Currency, decimal Cost, decimal Charges, decimal PromisedAmount, decimal PaidAmount);
