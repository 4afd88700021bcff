using System.Text.Json.Serialization;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactGuard;

/// <summary>
/// When, and how often, a person may be called: by clicks and by campaigns. An administrator edits it. It protects who
/// is called; the dial rules protect who pays.
/// </summary>
public sealed record GuardRules
{
    /// <summary>
    /// What holds until an administrator writes something else: office hours on working days, and few calls. No law is
    /// quoted by it. Whoever calls decides what is right for them, with their lawyer.
    /// </summary>
    public static GuardRules AtFirst { get; } = new()
    {
        Hours =
        [
            new CallingHours([1, 2, 3, 4, 5], new TimeOnly(8, 0), new TimeOnly(18, 0)),
            new CallingHours([6], new TimeOnly(8, 0), new TimeOnly(12, 0)),
        ],
        Holidays = new HolidayRules(true, [], []),
        PerDay = 3,
        PerWeek = 7,
        GapMinutes = 60,
    };

    /// <summary>All hours and days, without limits: the demo's.</summary>
    public static GuardRules Open { get; } = new() { Hours = null, Holidays = new HolidayRules(false, [], []) };

    /// <summary>
    /// The hours in which a person may be called, where that person is; null for all, and never without one.
    /// </summary>
    public IReadOnlyList<CallingHours>? Hours { get; init; }

    public required HolidayRules Holidays { get; init; }

    /// <summary>The most calls to a person on one day, by the person's clock; null for no limit.</summary>
    public int? PerDay { get; init; }

    /// <summary>The most calls to a person in seven times 24 hours; null for no limit.</summary>
    public int? PerWeek { get; init; }

    /// <summary>The least number of minutes between two calls to a person; null for none.</summary>
    public int? GapMinutes { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>True where it matters how often a person was called.</summary>
    [JsonIgnore]
    public bool HasLimits => PerDay is not null || PerWeek is not null || GapMinutes is not null;
}

/// <summary>A span of the day on some days of the week.</summary>
/// <param name="Days">From 0 (Sunday) to 6 (Saturday).</param>
/// <param name="From">The first minute, as <c>08:00</c>.</param>
/// <param name="To">The end, which is not in it; <c>00:00</c> is midnight at the end of the day.</param>
public sealed record CallingHours(IReadOnlyList<int> Days, TimeOnly From, TimeOnly To)
{
    public bool Include(DateTime local) =>
        Days.Contains((int)local.DayOfWeek)
            && TimeOnly.FromDateTime(local) is var time
            && time >= From
            && (time < To || To == TimeOnly.MinValue);
}

/// <summary>On which holidays nobody is called. They are those of Costa Rica, for its numbers.</summary>
/// <param name="Observed">False to call on the computed holidays as on other days.</param>
/// <param name="Added">Further days, such as the office's own.</param>
/// <param name="Worked">Computed holidays on which people are called all the same.</param>
public sealed record HolidayRules(bool Observed, IReadOnlyList<AddedHoliday> Added, IReadOnlyList<DateOnly> Worked)
{
    /// <summary>The name of the holiday on this day; null where it is none.</summary>
    public Phrase? On(DateOnly day) =>
        Added.FirstOrDefault(added => added.Date == day) is { } own ? new Phrase(own.Name, own.Name)
        : Observed && !Worked.Contains(day) ? CostaRicanHolidays.NameOf(day)
        : null;
}

/// <summary>A day of the office's own on which nobody is called.</summary>
public sealed record AddedHoliday(DateOnly Date, string Name);
