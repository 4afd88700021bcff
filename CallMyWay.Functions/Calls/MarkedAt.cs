using System.Runtime.InteropServices;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// When a mark was stored, by both clocks. One of them alone would not do: the time of day can be set, and while a
/// machine sleeps the other one stands still.
/// </summary>
/// <param name="Timestamp">By the clock that is never set.</param>
/// <param name="Time">By the time of day, which says how old a stored mark is.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarkedAt(long Timestamp, DateTimeOffset Time)
{
    public static MarkedAt Now(TimeProvider clock) => new(clock.GetTimestamp(), clock.GetUtcNow());

    /// <summary>True where by both clocks less than this has passed until then.</summary>
    public bool IsWithin(TimeSpan span, MarkedAt now, TimeProvider clock) =>
        clock.GetElapsedTime(Timestamp, now.Timestamp) < span && (now.Time - Time).Duration() < span;
}
