using CallMyWay.Functions.Presence;

namespace CallMyWay.Functions.Supervision;

/// <summary>
/// Who has a wallboard open. A page says so each minute with its own reading, and what it does not say again ends by
/// itself. Other processes find it in the table, which is read once in half a minute while calls come.
/// </summary>
public sealed class Watchers(PresenceStore presence, TimeProvider time)
{
    /// <summary>Two readings of a minute, and some time beside.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(150);

    /// <summary>What another process was told counts after this at the latest.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();

    private readonly Dictionary<(string AgentId, string? Team), DateTimeOffset> _watches = [];

    /// <summary>When a page last asked this process.</summary>
    private long? _askedAt;

    private long? _readAt;

    /// <summary>Notes that somebody looks at it: one write.</summary>
    public async Task WatchAsync(string agentId, string? team, CancellationToken cancellationToken)
    {
        var watch = new Watch(agentId, team, time.GetUtcNow());
        lock (_gate)
        {
            _watches[(agentId, team)] = watch.At;
            _askedAt = time.GetTimestamp();
        }

        await presence.PutWatchAsync(watch, cancellationToken);
    }

    /// <summary>
    /// True where a page that is open asks this process, and not only another: so it is for this one to tell what nobody
    /// stores, and what was stored elsewhere.
    /// </summary>
    public bool AreHere()
    {
        lock (_gate)
        {
            return _askedAt is { } at && time.GetElapsedTime(at) < Lasts;
        }
    }

    /// <summary>True where it is known, without a reading, that nobody looks.</summary>
    public bool IsNobody()
    {
        lock (_gate)
        {
            return IsFresh() && Current().Count == 0;
        }
    }

    /// <summary>Who looks now.</summary>
    public async ValueTask<IReadOnlyList<Watch>> ReadAsync(CancellationToken cancellationToken)
    {
        bool isFresh;
        lock (_gate)
        {
            isFresh = IsFresh();
        }

        if (!isFresh)
        {
            var at = time.GetTimestamp();
            var read = await presence.ListWatchesAsync(cancellationToken);
            lock (_gate)
            {
                foreach (var watch in read)
                {
                    // A page of this process may just be saying so again.
                    var key = (watch.AgentId, watch.Team);
                    _watches[key] = _watches.TryGetValue(key, out var own) && own > watch.At ? own : watch.At;
                }

                _readAt = at;
            }
        }

        lock (_gate)
        {
            return Current();
        }
    }

    private bool IsFresh() => _readAt is { } at && time.GetElapsedTime(at) < Recheck;

    private List<Watch> Current()
    {
        var now = time.GetUtcNow();
        // A time that lies ahead is of a clock that was set back since.
        foreach (var (key, at) in _watches.Where(each => now - each.Value >= Lasts || each.Value - now >= Lasts).ToList())
        {
            _watches.Remove(key);
        }

        return [.. _watches.Select(each => new Watch(each.Key.AgentId, each.Key.Team, each.Value))];
    }
}
