namespace CallMyWay.LocalHost.Sqlite;

/// <summary>Tells receivers of one queue that messages may be due: set when something is committed, cleared by a claim that found too few.</summary>
internal sealed class QueueSignal(TimeProvider time)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _set = Completed(); // There may be messages from before the start.
    private DateTimeOffset _nextDue = DateTimeOffset.MaxValue;

    public void Set()
    {
        TaskCompletionSource set;
        lock (_gate)
        {
            set = _set;
        }

        set.TrySetResult();
    }

    /// <summary>Called on the writer's thread, as sends and their <see cref="Set"/> are, so that none is lost between a claim and its wait.</summary>
    public void Clear(DateTimeOffset nextDue)
    {
        lock (_gate)
        {
            _nextDue = nextDue;
            if (_set.Task.IsCompleted)
            {
                _set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task set;
        TimeSpan due;
        lock (_gate)
        {
            set = _set.Task;
            due = _nextDue - time.GetUtcNow();
        }

        if (set.IsCompleted || due <= TimeSpan.Zero)
        {
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A timer may fire a little early, and the message would not be due yet.
        var delay = Task.Delay(due < atMost ? due + TimeSpan.FromMilliseconds(1) : atMost, time, enough.Token);
        await Task.WhenAny(set, delay);
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource Completed()
    {
        var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        set.SetResult();
        return set;
    }
}
