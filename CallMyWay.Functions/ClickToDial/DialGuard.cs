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
    public async ValueTask<Busy?> OfAsync(string agentId, AgentDials dials, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var intent in dials.Recent.Where(intent => !intent.IsReleased && intent.Legs.Count == 0 && now - intent.RequestedAt < SetUpTime))
        {
            return new Busy(null, intent.DialId);
        }

        // A dialled call that began just now may stand in no list yet.
        var dialled = dials.Recent.Where(intent => intent.Legs.Count > 0).Select(intent => new CallKey(intent.Legs[0].CallId, intent.Account));
        var live = (await calls.GetManyAsync(dialled, cancellationToken)).Concat(await index.NewestOfAgentAsync(agentId, now - LongestCall, Looked, cancellationToken));
        return live.FirstOrDefault(call => call.IndexedAt > now - LongestCall && call.IsOnPhoneOf(agentId)) is { } call ? new Busy(call.CallId, null) : null;
    }
}
