using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// Tells receivers of one queue that messages may be due: set when something is committed, cleared by a claim that
/// found too few. A receiver that waits while nothing is due can be handed the next message itself.
/// </summary>
internal sealed class QueueSignal(TimeProvider time, QueueClock clock)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Receiver> _waiting = new();
    private bool _isSet = true; // There may be messages from before the start.
    private long _nextDue = long.MaxValue;

    /// <summary>False where nothing is due: to claim would be in vain.</summary>
    public bool MayBeDue
    {
        get
        {
            lock (_gate)
            {
                return _isSet || _nextDue <= clock.Now;
            }
        }
    }

    public void Set()
    {
        lock (_gate)
        {
            _isSet = true;
            foreach (var receiver in _waiting)
            {
                receiver.Give(null);
            }

            _waiting.Clear();
        }
    }

    /// <summary>
    /// Called on the writer's thread, as sends and their <see cref="Set"/> are, so that none is lost between a claim
    /// and its wait.
    /// </summary>
    public void Clear(long nextDue)
    {
        lock (_gate)
        {
            _nextDue = nextDue;
            _isSet = false;
        }
    }

    /// <summary>
    /// The receiver that waits the longest, who must now be given a message or null. None where messages may be due:
    /// those come first.
    /// </summary>
    public Receiver? TakeReceiver()
    {
        lock (_gate)
        {
            if (_isSet || _waiting.First?.Value is not { } receiver)
            {
                return null;
            }

            _waiting.RemoveFirst();
            return receiver;
        }
    }

    /// <summary>The message that the receiver was handed, or null when it should ask.</summary>
    public async Task<QueueMessage?> WaitAsync(
        TimeSpan visibility, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var receiver = new Receiver(visibility);
        TimeSpan left;
        lock (_gate)
        {
            var wait = _nextDue == long.MaxValue ? atMost : TimeSpan.FromMilliseconds(_nextDue - clock.Now);
            if (_isSet || wait <= TimeSpan.Zero)
            {
                return null;
            }

            // A timer may fire a little early, and the message would not be due yet.
            left = wait < atMost ? wait + TimeSpan.FromMilliseconds(1) : atMost;
            _waiting.AddLast(receiver);
        }

        // The message takes one turn of the thread pool to its receiver. A second turn would delay pop-ups.
        await ((Task)receiver.Given.WaitAsync(left, time, cancellationToken))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (_waiting.Remove(receiver))
            {
                cancellationToken.ThrowIfCancellationRequested();
                return null;
            }
        }

        // What it is given is its own, even where it has just given up.
        return await receiver.Given;
    }

    /// <summary>One that waits, and for how long it wants a message hidden from others.</summary>
    internal sealed class Receiver(TimeSpan visibility)
    {
        private readonly TaskCompletionSource<QueueMessage?> _given = new(
            TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan Visibility => visibility;

        public Task<QueueMessage?> Given => _given.Task;

        public void Give(QueueMessage? message) => _given.TrySetResult(message);
    }
}
