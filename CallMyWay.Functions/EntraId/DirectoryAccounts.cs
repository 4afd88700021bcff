using CallMyWay.Functions.Agents;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// Where the office's directory signs in: who has come, with which app roles, and who came and is no agent. Passwords and
/// locks are the directory's own.
/// </summary>
internal sealed class DirectoryAccounts(SignInNotes notes) : IAgentAccounts
{
    /// <summary>More visitors than an administrator adds.</summary>
    private const int MostVisitors = 50;

    public async Task<AgentAccountsView> ListAsync(
        IReadOnlyList<Agent> agents, CancellationToken cancellationToken)
    {
        var seen = await notes.ListAsync(cancellationToken);
        var names = agents.SelectMany(agent => new[] { agent.SignInName, agent.AgentId })
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var visitors = await notes.ListVisitorsAsync(cancellationToken);
        return new AgentAccountsView(
            [
                .. agents.Select(agent => seen.GetValueOrDefault(agent.AgentId) is { } note
                    ? new AgentAccountView(agent.AgentId, AgentAccountState.Active)
                    {
                        LastSignInAt = note.At,
                        DirectoryRoles = note.DirectoryRoles ?? [],
                    }
                    : new AgentAccountView(agent.AgentId, AgentAccountState.None)),
            ],
            // Who was added since is an agent.
            [.. visitors.Where(visitor => !names.Contains(visitor.SignInName)).Take(MostVisitors)]);
    }
}
