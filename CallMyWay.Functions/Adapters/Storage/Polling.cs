namespace CallMyWay.Functions.Adapters;

/// <summary>
/// How long to wait before an empty queue is polled again: a fifth of a second, doubled after each empty answer, up to
/// two seconds, as each poll is billed. A message that this process sends ends the wait.
/// </summary>
internal sealed class Polling
{
    private const int MostDoublings = 4;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _doublings;

    /// <summary>Call before polling: a message that is sent after this ends the next wait.</summary>
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
