namespace CallMyWay.Functions.Tests.Proof;

/// <summary>
/// The time of a run, and all that is still to happen in it. Everything is done on one thread, one thing after the
/// other, in the order of its time. So a run has no chance in it but its seed's.
/// </summary>
internal sealed class Scheduler(DateTimeOffset start)
{
    /// <summary>Some tens of times as many as a run has.</summary>
    private const int MostSteps = 3_000_000;

    private readonly PriorityQueue<Action, (long At, long Number)> _toCome = new();

    private long _number;

    private int _thread;

    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>How many things were done.</summary>
    public long Steps { get; private set; }

    /// <exception cref="InvalidOperationException">
    /// Another thread asks: then the order of things is not the seed's any more.
    /// </exception>
    public void After(TimeSpan wait, Action action)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            IsLeft = Environment.StackTrace;
            throw new InvalidOperationException("Something goes on on another thread.");
        }

        _toCome.Enqueue(action, (Now.UtcTicks + Math.Max(0, wait.Ticks), _number++));
    }

    /// <summary>Where something went on on another thread; null where nothing did.</summary>
    public string? IsLeft { get; private set; }

    /// <summary>From now on everything is done on this thread.</summary>
    public void Stay() => _thread = Environment.CurrentManagedThreadId;

    public void At(DateTimeOffset at, Action action) => After(at - Now, action);

    /// <summary>A wait for whoever is no part of the app.</summary>
    public Task Wait(TimeSpan time)
    {
        var done = new TaskCompletionSource();
        After(time, done.SetResult);
        return done.Task;
    }

    /// <summary>Lets the time pass up to then, or until <paramref name="isDone"/>. True if it is done.</summary>
    public bool RunUntil(DateTimeOffset end, Func<bool>? isDone = null)
    {
        while (isDone?.Invoke() != true)
        {
            if (!_toCome.TryPeek(out _, out var next) || next.At > end.UtcTicks)
            {
                Now = end;
                return isDone is null;
            }

            var action = _toCome.Dequeue();
            Now = new DateTimeOffset(next.At, TimeSpan.Zero);
            if (++Steps > MostSteps)
            {
                throw new TimeoutException($"After {MostSteps} steps the run has not ended.");
            }

            action();
        }

        return true;
    }

    /// <summary>
    /// All clocks jump ahead, as those of a machine that slept: what was to come is as far away as before.
    /// </summary>
    public void Jump(TimeSpan by)
    {
        var all = _toCome.UnorderedItems.ToList();
        _toCome.Clear();
        foreach (var (action, at) in all)
        {
            _toCome.Enqueue(action, (at.At + by.Ticks, at.Number));
        }

        Now += by;
    }

    /// <summary>The clock of a process, whose timers stop when it ends.</summary>
    public TimeProvider ClockOf(Func<bool> isAlive) => new Clock(this, isAlive);

    private sealed class Clock(Scheduler scheduler, Func<bool> isAlive) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => scheduler.Now;

        public override long GetTimestamp() => scheduler.Now.UtcTicks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(scheduler, isAlive, () => callback(state));
            timer.Change(dueTime, period);
            return timer;
        }
    }

    private sealed class Timer(Scheduler scheduler, Func<bool> isAlive, Action callback) : ITimer
    {
        private int _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var version = ++_version;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                scheduler.After(dueTime, () => Fire(version, period));
            }

            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(int version, TimeSpan period)
        {
            if (version != _version || !isAlive())
            {
                return;
            }

            if (period > TimeSpan.Zero)
            {
                scheduler.After(period, () => Fire(version, period));
            }

            callback();
        }
    }
}
