namespace CallMyWay.Functions.Storage;

/// <summary>
/// Requests to the storage, or to the screens, that don't wait for each other, and yet are not too many at once.
/// </summary>
internal static class AtOnce
{
    /// <summary>One caller's share: a list of 500 rows leaves the storage to others meanwhile.</summary>
    public const int Most = 16;

    /// <summary>The answers, in the order of what was asked.</summary>
    public static Task<IReadOnlyList<TResult>> DoAsync<T, TResult>(IEnumerable<T> all, Func<T, Task<TResult>> ask) =>
        all.TryGetNonEnumeratedCount(out var count) && count == 0
            ? Nothing<TResult>.Asked
            : AskAllAsync(all, ask);

    private static async Task<IReadOnlyList<TResult>> AskAllAsync<T, TResult>(
        IEnumerable<T> all, Func<T, Task<TResult>> ask)
    {
        var results = new List<TResult>();
        var some = new List<T>();
        foreach (var each in all)
        {
            some.Add(each);
            if (some.Count == Most)
            {
                await AskAsync();
            }
        }

        await AskAsync();
        return results;

        async ValueTask AskAsync()
        {
            // Most often there is nothing to ask, or one thing.
            if (some is [var only])
            {
                results.Add(await ask(only));
            }
            else if (some.Count > 0)
            {
                results.AddRange(await Task.WhenAll(some.Select(ask)));
            }

            some.Clear();
        }
    }

    private static class Nothing<TResult>
    {
        public static readonly Task<IReadOnlyList<TResult>> Asked = Task.FromResult<IReadOnlyList<TResult>>([]);
    }
}
