namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// The queue before password checks. A check takes a processor for a tenth of a second by design, so they run one at a
/// time: calls keep their share of the machine, and no two tries are counted at once. Known clients go first. The queue
/// is short; a full one refuses at once.
/// </summary>
internal sealed class SignInQueue
{
    /// <summary>How many known clients can wait: enough for an office at the start of its day.</summary>
    public const int LongestOfKnown = 64;

    /// <summary>How many unknown clients can wait: about two seconds' worth.</summary>
    public const int LongestOfOthers = 20;

    /// <summary>How many tries of one client may enter before all of them are answered.</summary>
    public const int AtOnce = 20;

    /// <summary>When to come back if the queue is full.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();

    private readonly Queue<TaskCompletionSource> _known = new();

    private readonly Queue<TaskCompletionSource> _others = new();

    // By client: how many tries have entered since it last had none waiting, and how many are unanswered.
    private readonly Dictionary<string, (int Entered, int Unanswered)> _bursts = new(StringComparer.Ordinal);

    private bool _isTaken;

    /// <summary>Waits for a turn, which ends when the result is disposed; null if the queue is full.</summary>
    public async Task<IDisposable?> EnterAsync(SignInClient client)
    {
        var key = client.IsKnown ? $"{client.Account}~{client.Device ?? client.Address}" : client.Address;
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            var (line, longest) = client.IsKnown ? (_known, LongestOfKnown) : (_others, LongestOfOthers);
            var burst = _bursts.GetValueOrDefault(key);
            if (line.Count >= longest || burst.Entered >= AtOnce)
            {
                return null;
            }

            _bursts[key] = (burst.Entered + 1, burst.Unanswered + 1);
            line.Enqueue(turn);
            if (!_isTaken)
            {
                Next();
            }
        }

        await turn.Task;
        return new Turn(this, key);
    }

    private void Leave(string key)
    {
        lock (_gate)
        {
            var (entered, unanswered) = _bursts[key];
            if (unanswered > 1)
            {
                _bursts[key] = (entered, unanswered - 1);
            }
            else
            {
                _bursts.Remove(key);
            }

            Next();
        }
    }

    private void Next()
    {
        _isTaken = _known.TryDequeue(out var turn) || _others.TryDequeue(out turn);
        turn?.SetResult();
    }

    private sealed class Turn(SignInQueue queue, string key) : IDisposable
    {
        public void Dispose() => queue.Leave(key);
    }
}
