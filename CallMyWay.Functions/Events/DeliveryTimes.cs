using CallMyWay.Functions.Storage;

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

    /// <summary>No delivery waits longer than this for its next try.</summary>
    public static TimeSpan LongestWait { get; } = Enumerable.Range(1, Tries.Count - 1).Max(WaitAfter);

    /// <summary>
    /// How long a delivery that is to be tried waits; nothing where it is due. It waits no longer than tries are apart:
    /// a time further ahead was written before the clock was set back.
    /// </summary>
    /// <param name="next">When it is to be tried; null for at once.</param>
    /// <param name="tries">How many tries the round had.</param>
    /// <param name="now">The time.</param>
    internal static TimeSpan WaitUntil(DateTimeOffset? next, int tries, DateTimeOffset now)
    {
        // Before its first try it waits for a place at the endpoint.
        var longest = tries > 0 && tries < Tries.Count ? WaitAfter(tries) : EndpointGate.LongestPause;
        return next is { } time && time > now && time - now <= longest + ClockSkew.Most ? time - now : TimeSpan.Zero;
    }

    /// <summary>When it is tried again; null where it is not.</summary>
    /// <param name="first">When the round's first try was. The clock may have been set back since.</param>
    /// <param name="tries">How many there were.</param>
    /// <param name="now">The time. A try that came late leaves the receiver a moment all the same.</param>
    public static DateTimeOffset? NextAfter(DateTimeOffset first, int tries, DateTimeOffset now)
    {
        if (tries >= Tries.Count)
        {
            return null;
        }

        var (due, soonest, latest) = (first + Tries[tries], now + Tries[1], now + WaitAfter(tries));
        return due > latest ? latest : due > soonest ? due : soonest;
    }

    private static TimeSpan WaitAfter(int tries) => Tries[tries] - Tries[tries - 1];
}
