using Microsoft.Extensions.Options;

namespace CallMyWay.Simulator;

/// <summary>
/// The operator's rule of one query per 4 seconds. A query that comes earlier is answered late, and the delays add up:
/// the fifth of five simultaneous queries waits 16 seconds.
/// </summary>
public sealed class QueryPace(IOptions<SimulatorOptions> options, TimeProvider time)
{
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(options.Value.QuerySeconds);
    private readonly Dictionary<string, DateTimeOffset> _nextFree = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Reserves the next free moment, and returns how long to wait for it.</summary>
    public TimeSpan Take(string key)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var mine = _nextFree.TryGetValue(key, out var free) && free > now ? free : now;
            _nextFree[key] = mine + _interval;
            return mine - now;
        }
    }
}
