using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>In which order writes go, and how durable they are when their task completes.</summary>
internal enum WriteLane
{
    /// <summary>
    /// What receivers note of messages: claims, deletions, releases. Survives the end of the process at once and a
    /// power cut only with the next synced commit: a lost claim or deletion means that the message comes again, which
    /// delivery at least once allows anyway. So the way from a send to its delivery has one sync (the send's) and not
    /// two.
    /// </summary>
    Receipts,

    /// <summary>What was sent to a queue. An acknowledgement waits for it, so it goes before the rest.</summary>
    Sends,

    /// <summary>Everything else, in slices.</summary>
    Rows,

    /// <summary>
    /// Rows that a queue function writes, and messages that it sends. They need no sync: what a power cut takes of the
    /// log is its end, and the deletion of the function's message stands behind them there. So they are lost only
    /// together with it, and the message comes again. So do <see cref="RepeatableWrites"/> by whatever notes that they
    /// are done. <see cref="LastingWrites"/> are not among them.
    /// </summary>
    Repeatable,
}

/// <summary>
/// Marks work that is done again if its writes are lost: a queue function, until its message is deleted.
/// </summary>
internal static class RepeatableWork
{
    private static readonly AsyncLocal<bool> UnderWay = new();

    /// <summary>The lane for the rows that are written here.</summary>
    public static WriteLane Lane =>
        (UnderWay.Value || RepeatableWrites.AreUnderWay) && !LastingWrites.IsAsked
            ? WriteLane.Repeatable
            : WriteLane.Rows;

    /// <summary>What the calling async method does from here on, and what it calls. It ends with that method.</summary>
    public static void Begin() => UnderWay.Value = true;
}

/// <summary>
/// One write that waits for its group. <see cref="Run"/> is called once, on the writer's thread, and touches nothing
/// but the session.
/// </summary>
internal abstract class Write
{
    /// <summary>About how many rows it changes.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>
    /// Runs within the group's transaction. What it throws is its own failure and leaves the others alone.
    /// </summary>
    public abstract void Run(SqliteWriter writer);

    /// <summary>The group is committed: what is told of that is told on the writer's thread, before any sync.</summary>
    public abstract void Tell();

    /// <summary>Completes the caller's task with the result, or with what it threw.</summary>
    public abstract void Complete();

    /// <summary>The group is lost, or may be.</summary>
    public abstract void Fail(Exception error);
}

internal sealed class Write<T>(Func<SqliteWriter, T> run, Action<T>? committed) : Write
{
    // The writer's thread must never run what follows an await.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _error;
    private T _result = default!;

    public Task<T> Done => _done.Task;

    public override void Run(SqliteWriter writer)
    {
        try
        {
            _result = run(writer);
        }
        catch (Exception error)
        {
            _error = error;
            throw;
        }
    }

    public override void Tell()
    {
        if (_error is null)
        {
            committed?.Invoke(_result);
        }
    }

    public override void Complete()
    {
        if (_error is not null)
        {
            _done.TrySetException(_error);
            return;
        }

        _done.TrySetResult(_result);
    }

    public override void Fail(Exception error) => _done.TrySetException(_error ?? error);
}
