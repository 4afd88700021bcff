namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// The time by which messages are due, in milliseconds since 1970: the machine's clock as it was when the database was
/// opened, and what has passed since. Somebody may set the machine's clock meanwhile, by a day or by years, and no
/// message is earlier or later for it.
/// </summary>
internal sealed class QueueClock(TimeProvider time)
{
    private readonly long _opened = time.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly long _since = time.GetTimestamp();

    public long Now => _opened + (time.GetElapsedTime(_since).Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>How a person reads it: by the machine's clock as it is now.</summary>
    public DateTimeOffset ToTime(long due) => time.GetUtcNow() - TimeSpan.FromMilliseconds(Now - due);
}
