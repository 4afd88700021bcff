using System.Runtime.InteropServices;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// When a call began, connected and ended, as a notification, a record or all that is known of it tells. By this two
/// calls of the same phone and number are told from each other: somebody who hears nobody rings again at once.
/// </summary>
/// <param name="Began">When the operator detected it.</param>
/// <param name="Connected">When it connected; null where that is not told.</param>
/// <param name="Ended">When it ended; null where that is not told.</param>
/// <param name="IsOver">True for one that is over: without a connect time it did not connect.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CallTimes(
    DateTimeOffset Began, DateTimeOffset? Connected, DateTimeOffset? Ended, bool IsOver)
{
    /// <summary>How far what two sources tell of one call may be from each other.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Starts that are no further from each other are the same: one is rounded, the other cut. Whatever else differs
    /// then is a difference of the sources.
    /// </summary>
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(1);

    public static CallTimes Of(Call call) => new(
        call.StartedAt, call.ConnectedAt, call.IsEndTold ? call.EndedAt : null, call.State == CallState.Ended);

    /// <summary>Those of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="began">The instant that its beginning is.</param>
    public static CallTimes Of(CallRecord record, DateTimeOffset began)
    {
        var connected = began + (record.ConnectTime - record.BeganAt);
        return new CallTimes(began, connected, connected?.AddSeconds(record.Duration ?? 0), IsOver: true);
    }

    /// <summary>Those of a notification.</summary>
    /// <param name="callEvent">The notification, which has a detect time.</param>
    /// <param name="began">The instant that its detect time is.</param>
    public static CallTimes Of(CallEvent callEvent, DateTimeOffset began) => new(
        began,
        began + (callEvent.ConnectTime - callEvent.DetectTime),
        began + (callEvent.DisconnectTime - callEvent.DetectTime),
        callEvent.Action == CallAction.End);

    /// <summary>
    /// True where both can be the same call: their starts are within <see cref="Tolerance"/>, and where they are not
    /// the same, neither ended before the other began, and what they tell of the connection agrees.
    /// </summary>
    public bool MayBe(CallTimes other)
    {
        var distance = (Began - other.Began).Duration();
        return distance <= SameStart
            || (distance <= Tolerance
                && !(Ended < other.Began) && !(other.Ended < Began)
                && (Connected, other.Connected) switch
                {
                    ({ } one, { } two) => (one - two).Duration() <= Tolerance,
                    ({ }, null) => !other.IsOver,
                    (null, { }) => !IsOver,
                    _ => true,
                });
    }
}
