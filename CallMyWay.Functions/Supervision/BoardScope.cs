using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.Supervision;

/// <summary>What a supervisor may see of the floor, and which team of it they look at.</summary>
/// <param name="Visible">What they may see.</param>
/// <param name="Team">The team that they look at; null for all that they may see.</param>
public sealed record BoardScope(VisibleCalls Visible, string? Team)
{
    /// <summary>The one team that it shows; null where it shows several.</summary>
    public string? OneTeam => Team ?? Visible.Team;

    /// <summary>The agents whom it shows: who is there to talk with callers.</summary>
    public IEnumerable<Agent> AgentsOf(AgentRoster roster) => roster.All.Where(Shows);

    public bool Shows(Agent agent) => agent.Roles.Contains(Role.Agent) && ShowsTeam(agent.Team);

    /// <summary>True for the agents who are in this team now.</summary>
    public bool ShowsTeam(string? team) =>
        (Visible.IsAll || (Visible.Team is not null && team == Visible.Team)) && (Team is null || team == Team);

    /// <summary>
    /// True for a call of the teams, by the teams that its agents were in when it came, and for one of nobody.
    /// </summary>
    public bool Shows(Call call) =>
        Visible.Includes(call)
        && (Team is null || call.Agents.Count == 0 || call.Agents.Any(agent => agent.Team == Team));

    /// <summary>
    /// The agent's row. What is not for the viewer is whom they talk with in a call that is not: who has changed teams
    /// takes no calls along.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="call">The call that the row is of; null where it goes on no more.</param>
    public BoardAgent Row(BoardAgent row, Call? call) =>
        row.Call is null || (call is not null && Visible.Includes(call)) ? row : row with { Call = null };

    /// <summary>The teams that can be looked at, by name.</summary>
    public IReadOnlyList<string> TeamsOf(AgentRoster roster) => Visible.IsAll
        ? [.. roster.All.Where(agent => agent.Roles.Contains(Role.Agent)).Select(agent => agent.Team).OfType<string>()
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        : Visible.Team is { } team ? [team]
        : [];
}
