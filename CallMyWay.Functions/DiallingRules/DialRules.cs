using System.Text.Json.Serialization;

namespace CallMyWay.Functions.DiallingRules;

/// <summary>
/// What may be dialled by a click, and how much: against toll fraud, and against a loop in somebody's program. An
/// administrator edits them.
/// </summary>
public sealed record DialRules
{
    /// <summary>False stops all dialling by click at once.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The beginnings of the numbers that may be dialled, in E.164: <c>+506</c>. Empty allows all.</summary>
    public required IReadOnlyList<string> AllowedPrefixes { get; init; }

    /// <summary>The beginnings that may not, stronger than the allowed ones: <c>+506900</c>.</summary>
    public required IReadOnlyList<string> DeniedPrefixes { get; init; }

    /// <summary>
    /// The most dials of one agent in an hour of the clock; null for no limit. The same of the others.
    /// </summary>
    public int? PerAgentHour { get; init; } = 120;

    public int? PerAgentDay { get; init; } = 600;

    public int? TotalHour { get; init; } = 3000;

    public int? TotalDay { get; init; } = 20_000;

    /// <summary>When dialling is allowed, in the account's zone; null for always.</summary>
    public DialHours? Hours { get; init; }

    /// <summary>The row's version; not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }
}

/// <summary>
/// From a time of day to another (exclusive), on these days of the week (0 is Sunday); all days where none is given.
/// </summary>
public sealed record DialHours(TimeOnly From, TimeOnly To, IReadOnlyList<int>? Days)
{
    public bool Include(DateTime local) =>
        TimeOnly.FromDateTime(local) is var time
            && time >= From
            && (time < To || To == TimeOnly.MinValue)
            && IncludesDay(local);

    /// <summary>True where the day is one of them.</summary>
    public bool IncludesDay(DateTime local) => Days is not { Count: > 0 } || Days.Contains((int)local.DayOfWeek);
}
