using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Which records can be of a call that goes on, where the operator has such calls among its records
/// (<see cref="AccountOptions.RecordsHaveLive"/>): with a duration of 0, or with that so far.
/// </summary>
public static class RecordUnderWay
{
    /// <summary>A duration so far ends now, as far as two clocks agree and an answer takes no longer.</summary>
    public static readonly TimeSpan Lag = TimeSpan.FromMinutes(2);

    /// <summary>No phone rings for longer.</summary>
    public static readonly TimeSpan LongestRing = TimeSpan.FromMinutes(15);

    /// <summary>True where the call may go on, as far as the record alone tells.</summary>
    public static bool MayGoOn(CallRecord record, Account account, DateTimeOffset now)
    {
        if (record.Duration is > 0 and var seconds)
        {
            return account.ToInstant(record.ConnectTime ?? record.BeganAt, now).AddSeconds(seconds) > now - Lag;
        }

        var longest = record.ConnectTime is null ? LongestRing : Call.Longest;
        return account.ToInstant(record.BeganAt, now) > now - longest;
    }

    /// <summary>
    /// True where the record is to wait: its call goes on, or nothing is known of it. Where the call is over, one that
    /// tells less than its end was read just before it.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="call">Its call; null where none is known.</param>
    /// <param name="account">The account.</param>
    /// <param name="now">When the record was received.</param>
    public static bool Waits(CallRecord record, Call? call, Account account, DateTimeOffset now) =>
        MayGoOn(record, account, now)
        && (call is not { State: CallState.Ended }
            || (call.EndedAt > now - Lag && (record.Duration ?? 0) + 1 < call.DurationSeconds));
}
