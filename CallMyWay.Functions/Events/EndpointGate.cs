using System.Collections.Concurrent;

namespace CallMyWay.Functions.Events;

/// <summary>
/// How many requests an endpoint has under way in this process. A quick receiver gets several at once, and who comes
/// next waits a moment. A slow one gets two, and what is more comes back later, so that it holds nobody else up.
/// </summary>
public sealed class EndpointGate(TimeProvider clock) : IDisposable
{
    private const int MostQuick = 16;

    private const int MostSlow = 2;

    /// <summary>A receiver that takes longer is slow.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>How long it is waited for a quick one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Nobody is to come back later than after this.</summary>
    internal static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();

    private readonly LinkedList<long> _running = [];

    private readonly SemaphoreSlim _places = new(MostQuick);

    /// <summary>About how long a request took lately, in seconds.</summary>
    private double _usual;

    /// <summary>Until when those that are to come back later have the places.</summary>
    private long _taken;

    /// <summary>A place, to be given back; null where there is none soon.</summary>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        if (IsFull() || !await _places.WaitAsync(Patience, cancellationToken))
        {
            return null;
        }

        lock (_lock)
        {
            return new Place(this, _running.AddLast(clock.GetTimestamp()));
        }
    }

    public void Dispose() => _places.Dispose();

    /// <summary>When it is worth while to come back: each who asks gets another time.</summary>
    public TimeSpan ComeBackIn()
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            var soonest = now + (clock.TimestampFrequency / 2);
            var share = (long)(Math.Max(_usual, 0.01) / MostSlow * clock.TimestampFrequency);
            var until = Math.Max(_taken, soonest) + share;
            var pause = clock.GetElapsedTime(now, until);
            if (pause > LongestPause)
            {
                // Nothing is kept for who could not wait that long. All at one moment they would find two places.
                return LongestPause * (0.5 + (Random.Shared.NextDouble() / 2));
            }

            _taken = until;
            return pause;
        }
    }

    private bool IsFull()
    {
        lock (_lock)
        {
            return _running.Count >= MostSlow && (_usual > Slow.TotalSeconds
                || clock.GetElapsedTime(_running.First!.Value) > Slow);
        }
    }

    private void Leave(LinkedListNode<long> place)
    {
        lock (_lock)
        {
            var took = clock.GetElapsedTime(place.Value).TotalSeconds;
            _usual = (0.7 * _usual) + (0.3 * took);
            _running.Remove(place);
        }

        _places.Release();
    }

    private sealed class Place(EndpointGate gate, LinkedListNode<long> since) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0)
            {
                gate.Leave(since);
            }
        }
    }
}

/// <summary>The gates of all endpoints.</summary>
public sealed class EndpointGates(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, EndpointGate> _gates = new(StringComparer.Ordinal);

    public EndpointGate Of(string endpointId) => _gates.GetOrAdd(endpointId, _ => new EndpointGate(clock));
}
