namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// Tells whether messages come in so quickly that those who work on them should leave the machine to the senders.
/// </summary>
internal sealed class SendRate
{
    /// <summary>In milliseconds.</summary>
    private const int Window = 100;

    /// <summary>
    /// Within a window: 500 a second, more than any office's calls; then it is a storm, and the first thing is to ack
    /// it.
    /// </summary>
    private const int Many = 50;

    /// <summary>
    /// In milliseconds: how long a storm counts after it was last seen, as a busy machine also holds up the senders.
    /// </summary>
    private const int Hold = 1000;

    /// <summary>Ten times as many: then acks get all there is, but for a little that goes on.</summary>
    private const int VeryMany = 10 * Many;

    private long _since;
    private int _count;
    private long _lastHigh = -Hold;
    private long _lastVeryHigh = -Hold;

    public bool IsHigh => IsRecent(ref _lastHigh);

    /// <summary>True where there are so many that whoever sends them waits for the processor.</summary>
    public bool IsVeryHigh => IsRecent(ref _lastVeryHigh);

    /// <summary>One more was stored. Called on the writer's thread alone.</summary>
    public void Count()
    {
        var now = Environment.TickCount64;
        if (now - _since >= Window)
        {
            _since = now;
            _count = 0;
        }

        if (++_count >= Many)
        {
            Interlocked.Exchange(ref _lastHigh, now);
        }

        if (_count >= VeryMany)
        {
            Interlocked.Exchange(ref _lastVeryHigh, now);
        }
    }

    private static bool IsRecent(ref long last) => Environment.TickCount64 - Interlocked.Read(ref last) < Hold;
}
