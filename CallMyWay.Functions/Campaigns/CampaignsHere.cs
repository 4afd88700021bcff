using System.Collections.Concurrent;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// The campaigns' dials that this process has begun lately, so that the news of a call is asked for nothing where it is
/// none of theirs. Another process's dials are found by the clock.
/// </summary>
public sealed class CampaignsHere(TimeProvider clock)
{
    /// <summary>A call and its wrap-up are over by then; what comes later the clock finds.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(2);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (string AgentId, long At)> _dials = new(StringComparer.Ordinal);

    public void Note(string dialId, string agentId)
    {
        if (_dials.Count >= Most)
        {
            foreach (var (id, dial) in _dials)
            {
                if (clock.GetElapsedTime(dial.At) > KeptFor)
                {
                    _dials.TryRemove(id, out _);
                }
            }
        }

        if (_dials.Count < Most)
        {
            _dials[dialId] = (agentId, clock.GetTimestamp());
        }
    }

    /// <summary>The agent of a campaign's dial; null for another dial.</summary>
    public string? FindAgent(string dialId) => _dials.TryGetValue(dialId, out var dial) ? dial.AgentId : null;
}
