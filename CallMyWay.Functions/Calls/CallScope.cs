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

        return supervisor.Team is not { } team
            ? new VisibleCalls(null)
            : new VisibleCalls((await directory.ReadAsync(cancellationToken)).All
                .Where(agent => agent.Team == team).Select(agent => agent.AgentId).Append(self).ToHashSet());
    }
}

/// <summary>The agents whose calls a user may see; null for all calls, including those without an agent.</summary>
public sealed record VisibleCalls(IReadOnlySet<string>? AgentIds)
{
    public bool Includes(Call call) => AgentIds is null || call.Agents.Any(agent => AgentIds.Contains(agent.AgentId));

    public bool Includes(string agentId) => AgentIds is null || AgentIds.Contains(agentId);
}
