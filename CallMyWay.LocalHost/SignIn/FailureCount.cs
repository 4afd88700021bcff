namespace CallMyWay.LocalHost.SignIn;

/// <summary>How many tries failed in a row, and when the last one began. The lock follows from both.</summary>
internal sealed record FailureCount(long Failures, DateTimeOffset Last)
{
    public static readonly FailureCount None = new(0, default);

    /// <summary>Failures older than this no longer count, and their row can be deleted.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromHours(12);

    /// <summary>
    /// The count as of now. If the last failure is in the future, the clock was set back: it counts as of now. So its
    /// lock still holds, but no longer than it should.
    /// </summary>
    public FailureCount At(DateTimeOffset now) =>
        Failures == 0 || now - Last >= Forgotten ? None : Last > now ? this with { Last = now } : this;

    public FailureCount Add(DateTimeOffset now) => new(Failures + 1, now);

    public FailureCount Without(long failures) => this with { Failures = Math.Max(0, Failures - failures) };

    /// <summary>
    /// How long no further try is accepted. The lock begins with the last allowed failure, and doubles with each
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
