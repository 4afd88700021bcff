using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Campaigns;

/// <summary>Which phones call for which campaigns.</summary>
public sealed class CampaignPhones(
    CampaignStore campaigns, MappingStore mappings, AgentDirectory agents, MappingClock shifts, CallMyWayClient client)
{
    /// <summary>
    /// The phones that may be put into a campaign by who sees these calls, with whose they are: a supervisor's team's;
    /// all, without a team.
    /// </summary>
    public async Task<IReadOnlyList<(Mapping Phone, string? AgentName)>> ListOpenToAsync(
        VisibleCalls visible, CancellationToken cancellationToken)
    {
        var roster = (await agents.ReadAsync(cancellationToken)).All.ToDictionary(
            agent => agent.AgentId, StringComparer.Ordinal);
        return
        [
            .. from phone in await mappings.ListAsync(cancellationToken)
               let agent = roster.GetValueOrDefault(phone.AgentId)
               where visible.IsAll || phone.AgentId == visible.AgentId
                   || (visible.Team is { } team && agent?.Team == team)
               orderby agent?.Name ?? phone.AgentId, phone.EndpointId
               select (phone, agent?.Name),
        ];
    }

    /// <summary>The campaigns that run and for which a phone of this agent's calls now, the oldest first.</summary>
    public async Task<IReadOnlyList<Campaign>> ListCampaignsAsync(
        string agentId, CancellationToken cancellationToken)
    {
        var running = await campaigns.ListActiveAsync(cancellationToken);
        if (!running.Any(campaign => campaign.State == CampaignState.Running))
        {
            return [];
        }

        var mine = shifts.OfNow(await mappings.ListForAgentAsync(agentId, cancellationToken), agentId);
        return
        [
            .. running.Where(campaign => campaign.State == CampaignState.Running && Choose(campaign, mine) is not null)
                .OrderBy(campaign => campaign.CreatedAt),
        ];
    }

    /// <summary>Each agent's phones at this time.</summary>
    public async Task<ILookup<string, Mapping>> ReadAsync(CancellationToken cancellationToken) =>
        (await mappings.ListAsync(cancellationToken)).Select(shifts.Now)
            .ToLookup(phone => phone.AgentId, StringComparer.Ordinal);

    /// <summary>The phone of the agent's that calls for the campaign; null where none does.</summary>
    public Mapping? Choose(Campaign campaign, IEnumerable<Mapping> mine) => mine
        .Where(phone => campaign.Has(phone.EndpointId) && client.Knows(phone.Account))
        .OrderByDescending(phone => phone.Primary)
        .ThenBy(phone => phone.EndpointId, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>The phone, where it is the agent's at this time and calls for the campaign.</summary>
    public async Task<Mapping?> FindAsync(
        Campaign campaign, string endpointId, string agentId, CancellationToken cancellationToken) =>
        await mappings.GetAsync(endpointId, cancellationToken) is { } phone && shifts.Now(phone) is { } now
        && now.AgentId == agentId && Choose(campaign, [now]) is not null
            ? now
            : null;
}
