using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>A call that goes on, and when it was read.</summary>
/// <param name="ETag">The version of its index row.</param>
/// <param name="ReadAt">By <see cref="TimeProvider.GetTimestamp"/>.</param>
public sealed record LiveCall(string? ETag, long ReadAt, Call Call);

/// <summary>
/// All calls that go on, for who looks at them again and again: by one query for each 1,000, and one read for each call
/// whose index row is new or has changed since, or that was read a while ago.
/// </summary>
public sealed class LiveCalls(ITables tables, CallIndex index, TimeProvider time)
{
    /// <summary>
    /// A call is read again after this. Its index row does not tell all of it, such as that the second phone of the call
    /// was answered. And the row can be older or newer than the call where a write failed, or was read in between.
    /// </summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(15);

    private readonly ITable _index = tables[StorageNames.CallIndex];

    /// <param name="known">What was read before, by the keys of the index rows.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>What there is now, by the same keys. Some of it may be over by now.</returns>
    public async Task<IReadOnlyDictionary<string, LiveCall>> ReadAsync(
        IReadOnlyDictionary<string, LiveCall> known, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - Call.Longest - CallFact.ClockTolerance;
        var range = new RowRange(CallIndexRows.Live) { Before = Keys.AfterPrefix(Keys.NewestFirst(oldest)) };
        var live = new Dictionary<string, LiveCall>(StringComparer.Ordinal);
        var changed = new List<Row>();
        await foreach (var row in _index.ReadAllAsync(range, cancellationToken))
        {
            if (known.GetValueOrDefault(row.Key) is { } call && call.ETag == row.ETag
                && time.GetElapsedTime(call.ReadAt) < Recheck)
            {
                live[row.Key] = call;
            }
            else
            {
                changed.Add(row);
            }
        }

        var readAt = time.GetTimestamp();
        foreach (var (row, call) in await index.FollowAsync(changed, cancellationToken))
        {
            live[row.Key] = new LiveCall(row.ETag, readAt, call.WithoutFacts());
        }

        return live;
    }
}
