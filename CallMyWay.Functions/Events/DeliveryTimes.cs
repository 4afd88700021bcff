namespace CallMyWay.Functions.Events;

/// <summary>When a delivery is tried again.</summary>
public static class DeliveryTimes
{
    /// <summary>Of each try, how long after the first it is.</summary>
    public static IReadOnlyList<TimeSpan> Tries { get; } =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
        TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(3),
    ];

    /// <summary>When it is tried again; null where it is not.</summary>
    /// <param name="first">When the round's first try was.</param>
    /// <param name="tries">How many there were.</param>
    /// <param name="now">The time. A try that came late leaves the receiver a moment all the same.</param>
    public static DateTimeOffset? NextAfter(DateTimeOffset first, int tries, DateTimeOffset now)
    {
        if (tries >= Tries.Count)
        {
            return null;
        }

        var (due, soonest) = (first + Tries[tries], now + Tries[1]);
        return due > soonest ? due : soonest;
    }
}
