using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// A machine's clock that a person can set, back too. As on a real machine, timers and what is measured between two
/// moments go on as if nothing had happened.
/// </summary>
internal class MachineClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private TimeSpan _set;

    public void SetBy(TimeSpan by)
    {
        AdjustTime(GetUtcNow() + by);
        _set += by;
    }

    public override long GetTimestamp() => base.GetTimestamp() - _set.Ticks;
}
