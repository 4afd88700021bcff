namespace CallMyWay.Functions.Adapters;

/// <summary>
/// How long to wait before a queue that was empty is asked again: a fifth of a second, and twice as long after each
/// time that it is empty still, up to two seconds, as each asking is paid for. What this process sends ends the wait at
/// once.
/// </summary>
internal sealed class Polling
{
    private const int MostDoublings = 4;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _doublings;

    /// <summary>The queue is about to be asked: what is sent from now on may be missed by it.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            if (_woken.Task.IsCompleted)
            {
                _woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public void Answered(int messages) => _doublings = messages > 0 ? 0 : Math.Min(_doublings + 1, MostDoublings);

    public void Wake()
    {
        lock (_gate)
        {
            _woken.TrySetResult();
        }
    }

    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task woken;
        TimeSpan pause;
        lock (_gate)
        {
            woken = _woken.Task;
            pause = Shortest * Math.Pow(2, Math.Max(0, _doublings - 1));
        }

        pause = pause < Longest ? pause : Longest;
        await woken.WaitAsync(pause < atMost ? pause : atMost, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
