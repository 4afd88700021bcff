namespace CallMyWay.Functions.Storage;

/// <summary>
/// Requests to the storage, or to the screens, that don't wait for each other, and yet are not too many at once.
/// </summary>
internal static class AtOnce
{
    /// <summary>One caller's share: a list of 500 rows leaves the storage to others meanwhile.</summary>
    public const int Most = 16;

    /// <summary>The answers, in the order of what was asked.</summary>
    public static async Task<IReadOnlyList<TResult>> DoAsync<T, TResult>(
        IEnumerable<T> all, Func<T, Task<TResult>> ask)
    {
        // Most often there is nothing to ask, or one thing.
        if (all.Take(2).ToList() is { Count: < 2 } few)
        {
            return few is [var only] ? [await ask(only)] : [];
        }

        var results = new List<TResult>();
        foreach (var some in all.Chunk(Most))
        {
            results.AddRange(await Task.WhenAll(some.Select(ask)));
        }

        return results;
    }
}
