using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>What an agent is busy with: a call, or a dial of which no call is known yet.</summary>
public sealed record Busy(string? CallId, string? DialId);

/// <summary>Whether an agent can be called now: not in a call, and none being set up.</summary>
public sealed class DialGuard(CallStore calls, CallIndex index, TimeProvider clock)
{
    /// <summary>A set-up that no event followed holds the agent no longer than this.</summary>
    public static readonly TimeSpan SetUpTime = TimeSpan.FromMinutes(2);

    /// <summary>A call that began longer ago and whose end we never heard has surely ended.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(4);

    private const int Looked = 10;

    /// <summary>Null where the agent is free.</summary>
    public async ValueTask<Busy?> FindBusyAsync(string agentId, AgentDials dials, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // A clock that was set back holds nobody: an intent of much later is as far away as one of long ago.
        var setUps = dials.Recent.Where(intent => (now - intent.RequestedAt).Duration() < SetUpTime).ToList();
        if (setUps.FirstOrDefault(intent => !intent.IsReleased && intent.Legs.Count == 0) is { } setUp)
        {
            return new Busy(null, setUp.DialId);
        }

        // A dialled call that began just now may stand in no list yet.
        var dialled = await calls.GetManyAsync(dials.Recent.Where(intent => intent.Legs.Count > 0).Select(
            intent => new CallKey(intent.Legs[0].CallId, intent.Account)), cancellationToken);
        var live = dialled.Concat(
            await index.NewestOfAgentAsync(agentId, now - LongestCall, Looked, cancellationToken));
        if (live.FirstOrDefault(call => call.IndexedAt > now - LongestCall && call.IsOnPhoneOf(agentId)) is { } call)
        {
            return new Busy(call.CallId, null);
        }

        // The intent has its leg a moment before the call is stored.
        return setUps.FirstOrDefault(intent => intent.Legs.Count > 0 && dialled.All(
            call => call.CallId != intent.Legs[0].CallId)) is { } begun ? new Busy(null, begun.DialId) : null;
    }
}
