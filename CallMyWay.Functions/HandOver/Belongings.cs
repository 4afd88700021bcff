using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Promises;

namespace CallMyWay.Functions.HandOver;

/// <summary>What an agent has that somebody else would have to take. No count goes beyond 500.</summary>
/// <param name="Phones">Phones, also those of which they have only a shift.</param>
/// <param name="FollowUps">Follow-ups that are open.</param>
/// <param name="Promises">Promises to pay that are open.</param>
/// <param name="Calls">
/// Calls of the last seven days that are over and not finished: without an outcome, or not returned.
/// </param>
/// <param name="LiveCalls">Calls that go on.</param>
public sealed record BelongingsView(int Phones, int FollowUps, int Promises, int Calls, int LiveCalls);

/// <summary>
/// Finds what an agent has. Calls that came more than a week ago are history: nobody is asked for them any more.
/// </summary>
public sealed class Belongings(
    MappingStore mappings,
    FollowUpStore followUps,
    PromiseStore promises,
    CallIndex index,
    PopUpStore popUps,
    TimeProvider clock)
{
    private static readonly PageRequest Most = new(PageRequest.MaxTake, null);

    public async Task<BelongingsView> CountAsync(string agentId, CancellationToken cancellationToken)
    {
        var (noted, promised) = await CountItemsAsync(agentId, cancellationToken);
        return new BelongingsView(
            (await mappings.ListForAgentAsync(agentId, cancellationToken)).Count,
            noted,
            promised,
            (await ListCallsAsync(agentId, cancellationToken)).Count,
            (await ListLiveAsync(agentId, cancellationToken)).Count);
    }

    /// <summary>How many follow-ups and promises are open.</summary>
    public async Task<(int FollowUps, int Promises)> CountItemsAsync(
        string agentId, CancellationToken cancellationToken)
    {
        var list = DueItemList.OfAgent(agentId);
        return (
            (await followUps.ListAsync(list, null, Most, cancellationToken)).Items.Count,
            (await promises.ListAsync(list, null, Most, cancellationToken)).Items.Count);
    }

    /// <summary>The agent's calls that go on.</summary>
    public async Task<IReadOnlyList<Call>> ListLiveAsync(string agentId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var live = await index.ListAsync(
            FilterOf(agentId, now) with { From = now - Call.Longest, IsLive = true }, Most, cancellationToken);
        return [.. live.Items.Where(call => call.AgentOf(agentId) is { } agent
            && call.StateAt(now) != CallState.Ended && call.StateOf(agent) != CallState.Ended)];
    }

    /// <summary>The agent's calls that are over and not finished.</summary>
    public async Task<IReadOnlyList<CallKey>> ListCallsAsync(string agentId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var undocumented = await index.ListAsync(
            FilterOf(agentId, now) with { IsUndocumented = true }, Most, cancellationToken);
        var missed = await index.ListAsync(
            FilterOf(agentId, now) with { IsMissed = true }, Most, cancellationToken);
        var open = await popUps.ListAsync(agentId, Most, cancellationToken);
        return
        [
            .. undocumented.Items.Concat(missed.Items.Where(call => !call.IsDismissedFor(agentId))).Concat(open.Items)
                .Where(call => call.StateAt(now) == CallState.Ended).Select(call => call.Key).Distinct(),
        ];
    }

    private static CallFilter FilterOf(string agentId, DateTimeOffset now) => new()
    {
        Visible = VisibleCalls.All(agentId),
        AgentId = agentId,
        From = now - Call.AskedFor,
        To = CallFilter.EndOf(now),
        Now = now,
    };
}
