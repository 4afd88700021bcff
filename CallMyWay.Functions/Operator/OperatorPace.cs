using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Operator;

/// <summary>
/// The pace of requests for records: the operator wants one in 4 seconds at most, and what comes sooner is answered
/// later and later. All instances and callers share it. Whoever wants to ask reserves the next free moment in a row of
/// the account, with its ETag, and sends in that moment or not at all. Who reserves and ends delays the others by one
/// interval.
/// </summary>
public sealed class OperatorPace(
    ITables tables, PaceRule rule, IOptions<CallMyWayOptions> options, TimeProvider clock)
{
    /// <summary>How long after its moment a request may still be sent.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(0.12);

    /// <summary>Nobody waits longer for a moment: then it is better to come again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(45);

    private const string AllAccounts = "~all";

    private const string SlotKey = "slot";

    private const string NextColumn = "next";

    private const int MaxAttempts = 50;

    private readonly ITable _table = tables[StorageNames.OperatorPace];

    /// <summary>The next free moment; null where so many wait that it is too far away.</summary>
    /// <param name="account">The account's username.</param>
    /// <param name="ahead">How much time the caller needs until it can send.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public Task<DateTimeOffset?> ReserveAsync(string account, TimeSpan ahead, CancellationToken cancellationToken) =>
        ReserveAsync(account, ahead, LongestWait, cancellationToken);

    /// <summary>
    /// The next moment, if nobody has reserved one that is still to come: for what has time. Null where others wait.
    /// </summary>
    public Task<DateTimeOffset?> ReserveIfFreeAsync(
        string account, TimeSpan ahead, CancellationToken cancellationToken) =>
        ReserveAsync(account, ahead, TimeSpan.Zero, cancellationToken);

    private async Task<DateTimeOffset?> ReserveAsync(
        string account, TimeSpan ahead, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        var partition = options.Value.PaceBy == CallMyWayOptions.PaceByAccount ? Keys.Encode(account) : AllAccounts;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var row = await _table.GetAsync(partition, SlotKey, cancellationToken);
            var now = clock.GetUtcNow();
            var free = row?.Number(NextColumn) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : now;
            // Nobody reserves that far ahead. The clock was set back, and the last request may be of just now.
            free = free - now > LongestWait + (2 * rule.Interval) ? now + rule.Interval : free;
            if (free - now > longestWait)
            {
                return null;
            }

            var moment = free > now + ahead ? free : now + ahead;
            var reserved = new Row(partition, SlotKey, row?.ETag).Set(NextColumn, (moment + rule.Interval).UtcTicks);
            var etag = row is null
                ? await _table.InsertAsync(reserved, cancellationToken)
                : await _table.ReplaceAsync(reserved, cancellationToken);
            if (etag is not null)
            {
                return moment;
            }
        }

        throw new InvalidOperationException($"Others reserved first at each of {MaxAttempts} attempts.");
    }
}

/// <summary>How often the operator is asked for records.</summary>
/// <param name="Interval">From one moment to the next.</param>
/// <param name="Ahead">
/// How long before its moment the connection is opened, so that nothing but the request is left to do.
/// </param>
public sealed record PaceRule(TimeSpan Interval, TimeSpan Ahead)
{
    /// <summary>
    /// The operator's 4 seconds, and a little for the <see cref="OperatorPace.Window"/> and what two requests may differ
    /// by on their way.
    /// </summary>
    public static PaceRule OfTheOperator { get; } = new(TimeSpan.FromSeconds(4.2), TimeSpan.FromSeconds(1));
}
