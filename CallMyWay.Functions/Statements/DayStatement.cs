namespace CallMyWay.Functions.Statements;

/// <summary>What the records of a day add up to, by route. The day is the account's.</summary>
/// <param name="Account">The account's username.</param>
/// <param name="Routes">The routes of the day's records.</param>
/// <param name="Basis">What the sums rest on in the settings: with another one they are worked out again.</param>
/// <param name="WorkedOutAt">When.</param>
public sealed record DayStatement(
    string Account, DateOnly Date, IReadOnlyList<RouteSum> Routes, string Basis, DateTimeOffset WorkedOutAt);

/// <summary>The total of the operator's invoice for a month.</summary>
/// <param name="Account">The account's username.</param>
/// <param name="Month">The month's first day.</param>
/// <param name="Total">In the account's currency.</param>
/// <param name="EnteredAt">When it was entered.</param>
/// <param name="EnteredBy">Who did.</param>
/// <param name="ETag">The row's version; not stored in the record.</param>
public sealed record Invoice(
    string Account,
    DateOnly Month,
    decimal Total,
    DateTimeOffset EnteredAt,
    string EnteredBy,
    [property: System.Text.Json.Serialization.JsonIgnore] string? ETag = null)
{
    /// <summary>
    /// The invoice less our sum. Records can have parts of a cent, and an invoice has none: where it has our sum in
    /// cents, nothing differs.
    /// </summary>
    public decimal Less(decimal ours) =>
        decimal.Round(ours, 2, MidpointRounding.AwayFromZero) == Total ? 0 : Total - ours;
}

/// <summary>What was found for a difference, and what it was found for.</summary>
/// <param name="Difference">The invoice's total less ours.</param>
/// <param name="WorkedOutAt">When the last of the month's days was worked out.</param>
/// <param name="Clues">What was found.</param>
/// <param name="Form">
/// By which rules it was found; null where that was by those of an earlier release. It is looked for again by others.
/// </param>
public sealed record FoundClues(
    decimal Difference, DateTimeOffset WorkedOutAt, IReadOnlyList<Clue> Clues, int? Form = null);
