using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Reports;

/// <summary>A sum, as it is stored.</summary>
public sealed class Cell
{
    /// <summary>The day, within an hour; null at a day or a month.</summary>
    [JsonPropertyName("d")]
    public DateOnly? Day { get; init; }

    /// <summary>See <see cref="ReportScope"/>.</summary>
    [JsonPropertyName("s")]
    public required string Scope { get; init; }

    /// <summary>What it is the sum of: an hour, an outcome, an agent or a contact.</summary>
    [JsonPropertyName("k")]
    public required string Key { get; init; }

    [JsonPropertyName("f")]
    public required Figures Figures { get; init; }

    /// <summary>About how many characters it is as JSON, at most.</summary>
    [JsonIgnore]
    internal int Weight => 300 + Scope.Length + Key.Length + (100 * (Figures.Amounts?.Count ?? 0));
}

/// <summary>Some cells of a period, as a column holds them.</summary>
public sealed record CellList(IReadOnlyList<Cell> Cells);

/// <summary>What the row of a period says of it.</summary>
/// <param name="WorkedOutAt">From when its calls, or the shorter periods, are.</param>
/// <param name="Took">How long it took to read them.</param>
/// <param name="Version">How often it was worked out.</param>
/// <param name="Stamp">Of those who worked it out at once, whose parts are meant.</param>
/// <param name="Chunks">In how many rows each part is stored beside this one; a part that is within it has none.</param>
/// <param name="Totals">A sum for each scope.</param>
public sealed record PeriodHead(
    DateTimeOffset WorkedOutAt,
    TimeSpan Took,
    long Version,
    string Stamp,
    IReadOnlyDictionary<PeriodPart, int> Chunks,
    IReadOnlyList<Cell> Totals)
{
    /// <summary>
    /// True for an hour of which calls were removed, as they were old: what is left does not add up to its figures.
    /// Null for any other, and where an earlier release removed them.
    /// </summary>
    public bool? HasLostCalls { get; init; }
}

/// <summary>Until when all calls that there were have been marked, and by which rules they were counted.</summary>
public sealed record FiguresState(string Basis, DateTimeOffset At);
