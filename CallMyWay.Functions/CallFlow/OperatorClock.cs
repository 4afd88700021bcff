using System.Collections.Concurrent;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Compares the operator's clock with ours. A new call is detected a moment before its notification reaches us. If the
/// detect times of several new calls in a row differ from that by the same, a clock or the time zone in the settings is
/// wrong: the log says so once for each account and process. Until that is put right, a click finds its call by our
/// clock.
/// </summary>
public sealed partial class OperatorClock(ILogger<OperatorClock> logger)
{
    /// <summary>How many calls in a row must agree.</summary>
    public const int Enough = 10;

    private static readonly TimeSpan Least = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Spread = TimeSpan.FromMinutes(1);

    /// <summary>What is told so late is late, whatever the clocks say.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromMinutes(10);

    /// <summary>A clock that is no farther off is right.</summary>
    private static readonly TimeSpan Right = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Offsets> _accounts = new(StringComparer.Ordinal);

    /// <summary>Notes when a new call was detected, and when we heard of it.</summary>
    public void Note(Account account, DateTimeOffset detectedAt, DateTimeOffset receivedAt)
    {
        if (_accounts.GetOrAdd(account.Username, _ => new Offsets()).Add(detectedAt - receivedAt) is { } offset)
        {
            var minutes = (int)Math.Round(offset.Duration().TotalMinutes);
            var where = offset > TimeSpan.Zero ? "ahead of" : "behind";
            Log.IsOff(logger, account.Username, minutes, where, account.TimeZone.Id);
        }
    }

    /// <summary>
    /// When a call that is told of at once began by our clock: its last time is when we heard of it. Null where it is
    /// told late. The operator's times say so only where its clock is right, as it was for one of the last calls.
    /// </summary>
    public DateTimeOffset? BeganAt(Account account, CallEvent callEvent, DateTimeOffset receivedAt)
    {
        if (callEvent is not { DetectTime: { } detected, IsLive: false })
        {
            return null;
        }

        DateTime last = new[] { callEvent.ConnectTime, callEvent.DisconnectTime }.Max() ?? detected;
        var began = receivedAt - (last > detected ? last - detected : TimeSpan.Zero);
        var behind = began - account.ToInstant(detected, receivedAt);
        var isLate = behind > MostBehind
            || (behind > Right && _accounts.TryGetValue(account.Username, out var offsets) && offsets.IsRight);
        return isLate ? null : began;
    }

    private sealed class Offsets
    {
        private readonly Queue<TimeSpan> _last = new();

        private bool _isTold;

        /// <summary>True where one of the last calls was detected when we heard of it.</summary>
        public bool IsRight
        {
            get
            {
                lock (_last)
                {
                    return _last.Any(offset => offset.Duration() < Right);
                }
            }
        }

        /// <summary>The steady offset, once.</summary>
        public TimeSpan? Add(TimeSpan offset)
        {
            lock (_last)
            {
                _last.Enqueue(offset);
                if (_last.Count > Enough)
                {
                    _last.Dequeue();
                }

                var (least, most) = (_last.Min(), _last.Max());
                if (_isTold || _last.Count < Enough || most - least > Spread
                    || (least < Least && most > -Least))
                {
                    return null;
                }

                _isTold = true;
                return least + ((most - least) / 2);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "The operator's times for the account {Account} are {Minutes} minutes {Where} ours, and steadily so. Check "
            + "the clock of this machine, and the account's TimeZone in the settings, which is {Zone}.")]
        public static partial void IsOff(ILogger logger, string account, int minutes, string where, string zone);
    }
}
