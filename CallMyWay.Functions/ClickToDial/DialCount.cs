using System.Globalization;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>Which limit is used up.</summary>
public enum DialLimit
{
    None,
    Hour,
    Day,
}

/// <summary>The number of dials in each hour of one day of the office's clock: the latest day that had any.</summary>
public sealed record DialCount(string Day, IReadOnlyList<int> Hours)
{
    private const string DayFormat = "yyyyMMdd";

    /// <summary>
    /// If a counted hour is further ahead than this, the clock was wrong: its hours are not waited for.
    /// </summary>
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(2);

    public static DialCount None { get; } = new("", []);

    /// <summary>The hour of the last counted dial; null if there is none.</summary>
    private DateTime? Latest
    {
        get
        {
            var hour = Hours.Count - 1;
            while (hour >= 0 && Hours[hour] == 0)
            {
                hour--;
            }

            return hour < 0 ? null : DateTime.ParseExact(Day, DayFormat, CultureInfo.InvariantCulture).AddHours(hour);
        }
    }

    /// <summary>
    /// The hour in which a dial counts now, and the count to use. Hours never go back: if the clock is set back, dials
    /// go on counting in the hour that was reached, so that this gives no new allowance. If that hour is days ahead,
    /// what was dialled then counts as of now.
    /// </summary>
    public (DialCount Count, DateTime Hour) At(DateTime local)
    {
        var now = local.Date.AddHours(local.Hour);
        if (Latest is not { } latest || latest <= now)
        {
            return (this, now);
        }

        if (latest - now <= FurthestAhead)
        {
            return (this, latest);
        }

        var hours = new int[24];
        hours[0] = Hours.Sum() - Hours[latest.Hour];
        hours[now.Hour] += Hours[latest.Hour];
        return (new DialCount(DayOf(now), hours), now);
    }

    /// <summary>Which limit is reached in this hour, if any. A null limit is no limit.</summary>
    public DialLimit Reached(DateTime hour, int? ofHour, int? ofDay)
    {
        if (Day != DayOf(hour))
        {
            return 0 >= ofHour ? DialLimit.Hour : 0 >= ofDay ? DialLimit.Day : DialLimit.None;
        }

        return Hours[hour.Hour] >= ofHour ? DialLimit.Hour : Hours.Sum() >= ofDay ? DialLimit.Day : DialLimit.None;
    }

    /// <summary>The count with one more dial in this hour. <see cref="At"/> gives the hour.</summary>
    public DialCount Add(DateTime hour) =>
        Change(Day == DayOf(hour) ? this : new DialCount(DayOf(hour), new int[24]), hour, 1);

    /// <summary>The count without a dial that was counted in this hour, but not sent.</summary>
    public DialCount Remove(DateTime hour) =>
        Day == DayOf(hour) && Hours[hour.Hour] > 0 ? Change(this, hour, -1) : this;

    private static DialCount Change(DialCount count, DateTime hour, int change)
    {
        var hours = count.Hours.ToArray();
        hours[hour.Hour] += change;
        return count with { Hours = hours };
    }

    private static string DayOf(DateTime local) => local.ToString(DayFormat, CultureInfo.InvariantCulture);
}
