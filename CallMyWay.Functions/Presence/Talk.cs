using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.Presence;

/// <summary>The last call in which an agent talked and that is over for them: its wrap-up follows.</summary>
/// <param name="EndedAt">When it was over for the agent, by our clock.</param>
public sealed record Talk(string AgentId, CallKey Call, DateTimeOffset EndedAt)
{
    /// <summary>Those that this change of a call has ended: one for each agent who talked and no longer does.</summary>
    /// <param name="call">The call as it is to be saved.</param>
    /// <param name="before">As it was; null for a new one.</param>
    /// <param name="endedAt">When we heard of the end.</param>
    public static IEnumerable<Talk> EndedBy(Call call, Call? before, DateTimeOffset endedAt) =>
        call.IsHistory || call.IsNoted ? [] :
        from agentId in Ended(call).Except(before is null ? [] : Ended(before))
        where call.AgentOf(agentId) is { TiedAt: null }
        select new Talk(agentId, call.Key, endedAt);

    private static IEnumerable<string> Ended(Call call) => call.TalkerIds()
        .Where(agentId => call.AgentOf(agentId) is { } agent && call.StateOf(agent) == CallState.Ended);
}
