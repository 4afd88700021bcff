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

    private long _since;
    private int _count;
    private long _lastHigh = -Hold;

    public bool IsHigh => Environment.TickCount64 - Interlocked.Read(ref _lastHigh) < Hold;

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
    }
}
