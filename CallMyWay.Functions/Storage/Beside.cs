namespace CallMyWay.Functions.Storage;

/// <summary>
/// Work that goes on beside whoever begins it, on the thread pool. A test that runs a whole app on one thread can take
/// it in place of the thread pool, so that the order in which things are done is the test's.
/// </summary>
internal static class Beside
{
    private static readonly CancellationTokenSource Never = new();

    private static readonly ThreadLocal<Action<Action>?> Taker = new();

    /// <summary>
    /// From now on the work that this thread begins is taken so; null for the thread pool. Only tests ask for it.
    /// </summary>
    public static void TakeOfThisThread(Action<Action>? taker) => Taker.Value = taker;

    /// <summary>Runs the work. Its first step, too, is not the caller's.</summary>
    public static Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        if (Taker.Value is not { } queue)
        {
            return Task.Run(work);
        }

        var done = new TaskCompletionSource<T>();
        queue(() => _ = FollowAsync());
        return done.Task;

        async Task FollowAsync()
        {
            try
            {
                done.SetResult(await work());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(Func<Task> work) => Taker.Value is null ? Task.Run(work) : RunAsync(async () =>
    {
        await work();
        return true;
    });

    /// <summary>
    /// Begins the work, which is no part of what called: neither its trace nor its request goes along.
    /// </summary>
    public static void Start<T>(T state, Action<T> work)
    {
        if (Taker.Value is { } queue)
        {
            queue(() => work(state));
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, state, preferLocal: false);
        }
    }

    /// <summary>
    /// Does the work for each number from <paramref name="from"/> to before <paramref name="to"/>, so many at once as
    /// the options say. After the first that fails it begins no more.
    /// </summary>
    public static Task ForAsync(int from, int to, ParallelOptions options, Func<int, Task> work)
    {
        return Taker.Value is null
            ? Parallel.ForAsync(from, to, options, async (i, _) => await work(i))
            : Task.WhenAll(Enumerable.Range(0, options.MaxDegreeOfParallelism).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            while (from < to)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                var i = from++;
                try
                {
                    await work(i);
                }
                catch
                {
                    from = to;
                    throw;
                }
            }
        }
    }

    /// <summary>
    /// A task that several wait for, for one of them. Of several who wait for one and the same, .NET hands all but one
    /// to the thread pool; here each goes on where the answer comes.
    /// </summary>
    public static Task<T> Shared<T>(Task<T> task) => Taker.Value is null ? task : task.WaitAsync(Never.Token);
}
