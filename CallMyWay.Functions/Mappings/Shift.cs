namespace CallMyWay.Functions.Mappings;

/// <summary>
/// When a phone that several agents share is one of theirs, each week, by the clock of the phone's account.
/// </summary>
/// <param name="AgentId">Whose phone it is then.</param>
/// <param name="Days">The days of the week on which it begins; 0 is Sunday.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">
/// When it ends, exclusively. A time that is not after <paramref name="From"/> is of the day after: 00:00 is midnight,
/// and the same time as <paramref name="From"/> is a whole day later.
/// </param>
public sealed record Shift(string AgentId, IReadOnlyList<int> Days, TimeOnly From, TimeOnly To)
{
    private const int MinutesOfDay = 24 * 60;

    private const int MinutesOfWeek = 7 * MinutesOfDay;

    private bool IsOvernight => To <= From;

    /// <summary>True where the phone is the agent's at this local time.</summary>
    public bool Includes(DateTime local)
    {
        var (today, time) = ((int)local.DayOfWeek, TimeOnly.FromDateTime(local));
        return (Days.Contains(today) && time >= From && (IsOvernight || time < To))
            || (IsOvernight && Days.Contains((today + 6) % 7) && time < To);
    }

    /// <summary>True where there is a minute of the week in which the phone would be of both.</summary>
    public bool Overlaps(Shift other) => Spans().Any(span => other.Spans().Any(
        another => span.From < another.To && another.From < span.To));

    /// <summary>In minutes of the week; what goes past its end begins it.</summary>
    private IEnumerable<(int From, int To)> Spans()
    {
        foreach (var day in Days)
        {
            var from = (day * MinutesOfDay) + MinuteOf(From);
            var to = (day * MinutesOfDay) + MinuteOf(To) + (IsOvernight ? MinutesOfDay : 0);
            yield return (from, Math.Min(to, MinutesOfWeek));
            if (to > MinutesOfWeek)
            {
                yield return (0, to - MinutesOfWeek);
            }
        }
    }

    private static int MinuteOf(TimeOnly time) => (time.Hour * 60) + time.Minute;
}
