using System.Globalization;

namespace CallMyWay.Simulator;

/// <summary>All calls, in the order in which they were made, and by their call ids.</summary>
public sealed class CallBook(TimeProvider time, Behaviour behaviour)
{
    private readonly Lock _lock = new();
    private readonly List<SimulatedCall> _calls = [];
    private readonly HashSet<SimulatedCall> _open = [];
    private readonly Dictionary<string, SimulatedCall> _byCallId = new(StringComparer.Ordinal);
    private int _nextNumber;
    private long _nextId;

    /// <summary>A call id in the form of telephone exchanges: the second and a counter.</summary>
    public string NewCallId() => string.Create(
        CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToUnixTimeSeconds()}.{Interlocked.Increment(ref _nextId)}");

    /// <summary>
    /// Adds a call, unless one of its ids is taken or <paramref name="mustBeFree"/> is in a call. Both are checked in
    /// one step, so that of two simultaneous clicks one is refused.
    /// </summary>
    public (SimulatedCall? Call, Refusal? Refusal) Add(
        Func<int, SimulatedCall> create, params IReadOnlyList<Line> mustBeFree)
    {
        lock (_lock)
        {
            if (mustBeFree.Any(line => _open.Any(open => open.Involves(line))))
            {
                return (null, Refusal.Busy);
            }

            var call = create(_nextNumber + 1);
            if (call.Legs.Any(leg => _byCallId.TryGetValue(leg.CallId, out var known)
                && (!behaviour.Shape.ReusesCallIds || _open.Contains(known))))
            {
                return (null, Refusal.CallIdTaken);
            }

            _nextNumber++;
            _calls.Add(call);
            _open.Add(call);
            foreach (var leg in call.Legs)
            {
                _byCallId[leg.CallId] = call;
            }

            return (call, null);
        }
    }

    public void Close(SimulatedCall call)
    {
        lock (_lock)
        {
            _open.Remove(call);
        }
    }

    public SimulatedCall? Find(string callId)
    {
        lock (_lock)
        {
            return _byCallId.GetValueOrDefault(callId);
        }
    }

    public IReadOnlyList<SimulatedCall> All()
    {
        lock (_lock)
        {
            return [.. _calls];
        }
    }

    public int OpenCount
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Removes every call, and hangs up those that are running.</summary>
    public void Clear()
    {
        List<SimulatedCall> open;
        lock (_lock)
        {
            open = [.. _open];
            _calls.Clear();
            _byCallId.Clear();
            _open.Clear();
            _nextNumber = 0;
        }

        open.ForEach(call => call.HangUp());
    }
}

public enum Refusal { Busy, CallIdTaken }
