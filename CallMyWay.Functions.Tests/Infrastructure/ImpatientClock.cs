namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>A clock that stands until it is set, and that whoever waits sets to the end of the wait.</summary>
internal sealed class ImpatientClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Now += dueTime > TimeSpan.Zero ? dueTime : TimeSpan.Zero;
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
