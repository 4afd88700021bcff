using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>An agent whose calls a supervisor can ask for.</summary>
public sealed record TeamAgentView(string AgentId, string Name, string? Team);

/// <summary>The agents to choose from in lists, for a supervisor: those of the team; all, without a team.</summary>
[Tags("Agents")]
public sealed class TeamAgentFunctions(AgentDirectory agents, CallScope scope)
{
    /// <summary>By name. It costs the scan of the agents that all lists share.</summary>
    [Function("ListTeamAgents"), Allow(Role.Supervisor)]
    [Answers(StatusCodes.Status200OK, typeof(Page<TeamAgentView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "team-agents")] HttpRequest request, CancellationToken cancellationToken)
    {
        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        var roster = await agents.ReadAsync(cancellationToken);
        var shown =
            from agent in roster.All
            where visible.IsAll || agent.AgentId == visible.AgentId
                || (visible.Team is { } team && agent.Team == team)
            orderby agent.Name, agent.AgentId
            select new TeamAgentView(agent.AgentId, agent.Name, agent.Team);
        return TypedResults.Ok(new Page<TeamAgentView>([.. shown], null));
    }
}
