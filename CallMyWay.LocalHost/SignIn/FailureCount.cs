namespace CallMyWay.LocalHost.SignIn;

/// <summary>How many tries failed in a row, and when the last of them began. A lock follows from both.</summary>
internal sealed record FailureCount(long Failures, DateTimeOffset Last)
{
    public static readonly FailureCount None = new(0, default);

    /// <summary>Failures this old count for nothing any more: their row can go.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromHours(12);

    /// <summary>
    /// The count as it stands now. One from the future shows that the clock was set back. It is taken as of now: its
    /// lock lasts as long as it would have, neither a day longer nor not at all.
    /// </summary>
    public FailureCount At(DateTimeOffset now) =>
        Failures == 0 || now - Last >= Forgotten ? None : Last > now ? this with { Last = now } : this;

    public FailureCount Add(DateTimeOffset now) => new(Failures + 1, now);

    public FailureCount Without(long failures) => this with { Failures = Math.Max(0, Failures - failures) };

    /// <summary>
    /// How long no further try is taken. The lock begins with the last failure that is allowed, and doubles with each
    /// further one.
    /// </summary>
    public TimeSpan LockedFor(DateTimeOffset now, int allowed, TimeSpan first, TimeSpan longest)
    {
        if (Failures < allowed)
        {
            return TimeSpan.Zero;
        }

        var doubled = first * Math.Pow(2, Math.Min(Failures - allowed, 20));
        var left = (doubled < longest ? doubled : longest) - (now - Last);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
