using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactGuard;

/// <summary>The rules as a pure function of the time, the person's zones and the calls that they had.</summary>
public sealed class GuardCheck(GuardRules rules, IReadOnlyList<TimeZoneInfo> zones, bool isAtHome, TimeZoneInfo office)
{
    /// <summary>How far ahead an allowed hour is looked for: over the longest holidays.</summary>
    private const int DaysAhead = 21;

    /// <summary>How long a call counts.</summary>
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>A call that is further ahead was stored by a clock that was wrong: it isn't waited for.</summary>
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(2);

    /// <param name="now">The time of the call that is to be made.</param>
    /// <param name="calls">When the person was called before, in any order.</param>
    public GuardVerdict Of(DateTimeOffset now, IReadOnlyList<DateTimeOffset> calls)
    {
        if (FindClosed(now) is { } closed)
        {
            var from = FirstAllowed(now, calls);
            return new GuardVerdict(closed.Reason, GuardPhrases.Closed(closed, Text(from)), from);
        }

        if (FindLimit(now, calls) is { } limit)
        {
            var from = FirstAllowed(now, calls);
            return new GuardVerdict(limit, GuardPhrases.Limit(limit, rules, Text(from)), from);
        }

        return GuardVerdict.Yes;
    }

    // The first of the times at which something begins to be allowed that is allowed by all rules.
    private DateTimeOffset? FirstAllowed(DateTimeOffset now, IReadOnlyList<DateTimeOffset> calls)
    {
        var counted = Counted(now, calls);
        var ends = new List<DateTimeOffset>();
        ends.AddRange(counted.Select(call => call + Week));
        ends.AddRange(counted.Select(call => call + Gap));
        foreach (var zone in zones)
        {
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
            for (var day = today; day <= today.AddDays(DaysAhead); day = day.AddDays(1))
            {
                ends.Add(InstantOf(day, TimeOnly.MinValue, zone));
                ends.AddRange((rules.Hours ?? [])
                    .Where(hours => hours.Days.Contains((int)day.DayOfWeek))
                    .Select(hours => InstantOf(day, hours.From, zone)));
            }
        }

        return ends.Where(end => end > now)
            .Order()
            .Select(end => (DateTimeOffset?)end)
            .FirstOrDefault(end => FindClosed(end!.Value) is null && FindLimit(end.Value, calls) is null);
    }

    /// <summary>The zone in which it is no hour for calls, and why.</summary>
    private ClosedNow? FindClosed(DateTimeOffset now)
    {
        foreach (var zone in zones)
        {
            var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
            if (isAtHome && rules.Holidays.On(DateOnly.FromDateTime(local)) is { } holiday)
            {
                return new ClosedNow(GuardReason.Holiday, holiday, zone, local);
            }

            if (!isAtHome && rules.Holidays.Added.FirstOrDefault(
                added => added.Date == DateOnly.FromDateTime(local)) is { } own)
            {
                return new ClosedNow(GuardReason.Holiday, new Phrase(own.Name, own.Name), zone, local);
            }

            if (rules.Hours?.Any(hours => hours.Include(local)) == false)
            {
                return new ClosedNow(GuardReason.OutsideHours, null, zone, local);
            }
        }

        return null;
    }

    private GuardReason? FindLimit(DateTimeOffset now, IReadOnlyList<DateTimeOffset> calls)
    {
        var counted = Counted(now, calls);
        return rules.PerWeek is { } ofWeek && counted.Count >= ofWeek ? GuardReason.PerWeek
            : rules.PerDay is { } ofDay && zones.Any(zone => CountOn(now, zone, counted) >= ofDay) ? GuardReason.PerDay
            : Gap > TimeSpan.Zero && counted.Any(call => now < call + Gap) ? GuardReason.Gap
            : null;
    }

    private TimeSpan Gap => TimeSpan.FromMinutes(rules.GapMinutes ?? 0);

    // A call can be ahead: the clock was set back, or another instance's goes a little before ours. It counts.
    private static List<DateTimeOffset> Counted(DateTimeOffset now, IReadOnlyList<DateTimeOffset> calls) =>
        [.. calls.Where(call => call > now - Week && call < now + FurthestAhead)];

    private static int CountOn(DateTimeOffset now, TimeZoneInfo zone, List<DateTimeOffset> calls)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        return calls.Count(call => TimeZoneInfo.ConvertTime(call, zone).Date >= today);
    }

    private static DateTimeOffset InstantOf(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        // A time that a change to summer time leaves out: the clock shows an hour more then.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private Phrase? Text(DateTimeOffset? from) => from is { } time
        ? TimePhrases.Of(TimeZoneInfo.ConvertTime(time, office).DateTime)
        : null;
}

/// <summary>Where it is no hour for calls.</summary>
/// <param name="Holiday">The holiday's name, where it is one.</param>
/// <param name="Zone">The zone in which the person is, or may be.</param>
/// <param name="Local">The time there.</param>
internal sealed record ClosedNow(GuardReason Reason, Phrase? Holiday, TimeZoneInfo Zone, DateTime Local);
