using System.Security.Claims;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// Which calls a user may see: an agent their own, a supervisor the team's too (all, without a team), an
/// administrator all.
/// </summary>
public sealed class CallScope(AgentStore agents)
{
    public async ValueTask<VisibleCalls> FindVisibleAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var self = user.RequiredAgentId();
        if (user.Has(Role.Admin))
        {
            return VisibleCalls.All(self);
        }

        // A supervisor whose row was deleted has no team, and sees no more than an agent does.
        return user.Has(Role.Supervisor) && await agents.GetAsync(self, cancellationToken) is { } supervisor
            ? OfSupervisor(supervisor)
            : VisibleCalls.Own(self);
    }

    /// <summary>
    /// True where the agent's work is open to whoever sees these calls: by the team that the agent is in now, or was in
    /// when they were deleted.
    /// </summary>
    public async ValueTask<bool> IncludesAsync(
        VisibleCalls visible, string agentId, CancellationToken cancellationToken) =>
        visible.IsAll || agentId == visible.AgentId
        || (visible.Team is { } team && await TeamOfAsync(agentId, cancellationToken) == team);

    /// <summary>
    /// All who see calls that are not their own, by the roles of the agents' rows, and what each of them sees.
    /// </summary>
    public static IEnumerable<(string AgentId, VisibleCalls Visible)> OverseersOf(AgentRoster roster) =>
        from agent in roster.All
        where agent.IsOverseer()
        select (agent.AgentId, agent.Roles.Max() >= Role.Admin ? VisibleCalls.All(agent.AgentId) : OfSupervisor(agent));

    private async ValueTask<string?> TeamOfAsync(string agentId, CancellationToken cancellationToken) =>
        await agents.GetAsync(agentId, cancellationToken) is { } agent
            ? agent.Team
            : (await agents.FindDeletedAsync(agentId, cancellationToken))?.Team;

    private static VisibleCalls OfSupervisor(Agent supervisor) => supervisor.Team is { } team
        ? VisibleCalls.OfTeam(supervisor.AgentId, team)
        : VisibleCalls.All(supervisor.AgentId);
}

/// <summary>
/// The calls that a user may see. A call is a team's where one of its agents was in that team when the call came.
/// </summary>
public sealed record VisibleCalls
{
    private VisibleCalls(string agentId, string? team, bool isAll) => (AgentId, Team, IsAll) = (agentId, team, isAll);

    /// <summary>
    /// Who looks: each of their own calls can be opened. A team's lists have those of them that are the team's; the
    /// others are found by asking for this agent.
    /// </summary>
    public string AgentId { get; }

    /// <summary>The team whose calls are visible too.</summary>
    public string? Team { get; }

    /// <summary>True where all calls are visible, also those without an agent.</summary>
    public bool IsAll { get; }

    public static VisibleCalls Own(string agentId) => new(agentId, null, isAll: false);

    public static VisibleCalls OfTeam(string agentId, string team) => new(agentId, team, isAll: false);

    public static VisibleCalls All(string agentId) => new(agentId, null, isAll: true);

    /// <summary>A call without an agent is of every supervisor: somebody has to see it.</summary>
    public bool Includes(Call call) =>
        IsAll || (Team is not null && call.Agents.Count == 0)
        || call.Agents.Any(agent => agent.AgentId == AgentId || (Team is not null && agent.Team == Team));
}
