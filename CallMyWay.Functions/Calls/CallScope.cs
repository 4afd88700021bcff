using System.Security.Claims;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// Which calls a user may see: an agent their own, a supervisor the team's (all, without a team), an administrator all.
/// </summary>
public sealed class CallScope(AgentStore agents, AgentDirectory directory)
{
    public async ValueTask<VisibleCalls> FindVisibleAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var self = user.RequiredAgentId();
        if (user.Has(Role.Admin))
        {
            return new VisibleCalls(null);
        }

        if (!user.Has(Role.Supervisor))
        {
            return new VisibleCalls(new HashSet<string> { self });
        }

        // A supervisor whose row was deleted has no team, and sees no more than an agent does.
        if (await agents.GetAsync(self, cancellationToken) is not { } supervisor)
        {
            return new VisibleCalls(new HashSet<string> { self });
        }

        return OfSupervisor(supervisor, await directory.ReadAsync(cancellationToken));
    }

    /// <summary>
    /// All who see calls that are not their own, by the roles of the agents' rows, and what each of them sees.
    /// </summary>
    public static IEnumerable<(string AgentId, VisibleCalls Visible)> OverseersOf(AgentRoster roster) =>
        from agent in roster.All
        let role = agent.Roles.DefaultIfEmpty().Max()
        where role >= Role.Supervisor
        select (agent.AgentId, role >= Role.Admin ? new VisibleCalls(null) : OfSupervisor(agent, roster));

    private static VisibleCalls OfSupervisor(Agent supervisor, AgentRoster roster) => supervisor.Team is not { } team
        ? new VisibleCalls(null)
        : new VisibleCalls(roster.All.Where(agent => agent.Team == team).Select(agent => agent.AgentId)
            .Append(supervisor.AgentId).ToHashSet());
}

/// <summary>The agents whose calls a user may see; null for all calls, including those without an agent.</summary>
public sealed record VisibleCalls(IReadOnlySet<string>? AgentIds)
{
    public bool Includes(Call call) => AgentIds is null || call.Agents.Any(agent => AgentIds.Contains(agent.AgentId));

    public bool Includes(string agentId) => AgentIds is null || AgentIds.Contains(agentId);
}
