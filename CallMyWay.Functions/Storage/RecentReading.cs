namespace CallMyWay.Functions.Storage;

/// <summary>
/// The last reading of something that is asked for often and changes seldom. What this process changes shows at once;
/// what another process changes shows when the reading is <paramref name="mostAge"/> old.
/// </summary>
/// <param name="read">Reads it from the storage.</param>
/// <param name="mostAge">An older reading is not used.</param>
/// <param name="clock">Tells the age.</param>
public sealed class RecentReading<T>(
    Func<CancellationToken, ValueTask<T>> read, TimeSpan mostAge, TimeProvider clock)
    where T : class
{
    private volatile Reading? _last;

    private int _changes;

    /// <summary>From the last reading, or from the storage if that is too old.</summary>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken) =>
        _last is { } last && last.Changes == Volatile.Read(ref _changes) && clock.GetElapsedTime(last.At) < mostAge
            ? new(last.Value)
            : ReadAsync(cancellationToken);

    /// <summary>From the storage.</summary>
    public async ValueTask<T> ReadAsync(CancellationToken cancellationToken)
    {
        // Both before the row is read: what changes meanwhile is read again.
        var (at, changes) = (clock.GetTimestamp(), Volatile.Read(ref _changes));
        var value = await read(cancellationToken);
        _last = new Reading(at, changes, value);
        return value;
    }

    /// <summary>Waits for a write. Readings that began before its end are not used from then on.</summary>
    public async Task<TResult> ForgetAfterAsync<TResult>(ValueTask<TResult> write)
    {
        try
        {
            return await write;
        }
        finally
        {
            // Also after a failure: only the answer may have been lost.
            Interlocked.Increment(ref _changes);
        }
    }

    private sealed record Reading(long At, int Changes, T Value);
}
