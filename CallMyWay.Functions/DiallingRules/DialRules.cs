using System.Text.Json.Serialization;

namespace CallMyWay.Functions.DiallingRules;

/// <summary>
/// Limits which numbers a click may dial, and how often: against toll fraud, and against a program that dials in a
/// loop. An administrator edits them.
/// </summary>
public sealed record DialRules
{
    /// <summary>False stops all click-to-dial at once.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The prefixes of numbers that may be dialled, in E.164: <c>+506</c>. If empty, all may.</summary>
    public required IReadOnlyList<string> AllowedPrefixes { get; init; }

    /// <summary>
    /// The prefixes of numbers that may not be dialled: <c>+506900</c>. They override the allowed ones.
    /// </summary>
    public required IReadOnlyList<string> DeniedPrefixes { get; init; }

    /// <summary>
    /// The most dials of one agent in a clock hour; null for no limit. The next three limits are alike.
    /// </summary>
    public int? PerAgentHour { get; init; } = 120;

    public int? PerAgentDay { get; init; } = 600;

    public int? TotalHour { get; init; } = 3000;

    public int? TotalDay { get; init; } = 20_000;

    /// <summary>When dialling is allowed, in the account's zone; null for always.</summary>
    public DialHours? Hours { get; init; }

    /// <summary>True if a click may dial this number (E.164).</summary>
    public bool Allow(string number) =>
        (AllowedPrefixes.Count == 0 || AllowedPrefixes.Any(prefix => number.StartsWith(prefix, StringComparison.Ordinal)))
        && !DeniedPrefixes.Any(prefix => number.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>When they were changed last; null where nobody has, and in what earlier releases stored.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }
}

/// <summary>
/// A time span (the end is exclusive) on these days of the week (0 is Sunday); without days, on all days.
/// </summary>
public sealed record DialHours(TimeOnly From, TimeOnly To, IReadOnlyList<int>? Days)
{
    public bool Include(DateTime local) =>
        TimeOnly.FromDateTime(local) is var time
            && time >= From
            && (time < To || To == TimeOnly.MinValue)
            && IncludesDay(local);

    /// <summary>
    /// The first local time from this one on that they include: this one itself, or the beginning of a day's. Null
    /// where there is none within a week.
    /// </summary>
    public DateTime? FirstFrom(DateTime local) => Include(local) ? local : Enumerable.Range(0, 8)
        .Select(days => (DateTime?)local.Date.AddDays(days).Add(From.ToTimeSpan()))
        .FirstOrDefault(begin => begin > local && Include(begin.Value));

    /// <summary>True if the rules apply on this day of the week.</summary>
    public bool IncludesDay(DateTime local) => Days is not { Count: > 0 } || Days.Contains((int)local.DayOfWeek);
}
