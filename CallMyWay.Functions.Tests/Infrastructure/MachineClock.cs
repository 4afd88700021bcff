using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// A machine's clock that can be set, also back. As on a real machine, timers and time measurements are not affected.
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
