namespace CallMyWay.Functions.Storage;

/// <summary>
/// Requests to the storage, or to the screens, that don't wait for each other, and yet are not too many at once.
/// </summary>
internal static class AtOnce
{
    /// <summary>One caller's share: a list of 500 rows leaves the storage to others meanwhile.</summary>
    public const int Most = 16;

    /// <summary>The answers, in the order of what was asked.</summary>
    public static Task<IReadOnlyList<TResult>> DoAsync<T, TResult>(IEnumerable<T> all, Func<T, Task<TResult>> ask)
    {
        // Most often there is nothing to ask, or one thing.
        var each = all.GetEnumerator();
        try
        {
            if (each.MoveNext())
            {
                return AskAllAsync(each, ask);
            }
        }
        catch (Exception error)
        {
            each.Dispose();
            return Task.FromException<IReadOnlyList<TResult>>(error);
        }

        each.Dispose();
        return Nothing<TResult>.Asked;
    }

    /// <param name="all">At the first of them.</param>
    /// <param name="ask">Asks for one.</param>
    private static async Task<IReadOnlyList<TResult>> AskAllAsync<T, TResult>(
        IEnumerator<T> all, Func<T, Task<TResult>> ask)
    {
        using (all)
        {
            var first = all.Current;
            if (!all.MoveNext())
            {
                return [await ask(first)];
            }

            var (some, results) = (new List<T> { first }, new List<TResult>());
            do
            {
                some.Add(all.Current);
                if (some.Count == Most)
                {
                    results.AddRange(await Task.WhenAll(some.Select(ask)));
                    some.Clear();
                }
            }
            while (all.MoveNext());

            results.AddRange(await Task.WhenAll(some.Select(ask)));
            return results;
        }
    }

    private static class Nothing<TResult>
    {
        public static readonly Task<IReadOnlyList<TResult>> Asked = Task.FromResult<IReadOnlyList<TResult>>([]);
    }
}
