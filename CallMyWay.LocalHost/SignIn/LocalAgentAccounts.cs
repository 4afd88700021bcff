using CallMyWay.Functions.Agents;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>The accounts of this host: who has a password or an invitation, who is locked out, who came when.</summary>
internal sealed class LocalAgentAccounts(
    LocalAccounts accounts, Invites invites, SignInGuard guard, SignInNotes notes) : IAgentAccounts
{
    public async Task<AgentAccountsView> ListAsync(
        IReadOnlyList<Agent> agents, CancellationToken cancellationToken)
    {
        var byAgent = (await accounts.ListAsync(cancellationToken))
            .ToDictionary(account => account.AgentId, StringComparer.Ordinal);
        var invited = await invites.ListAsync(agents, cancellationToken);
        var locks = await guard.ListLocksAsync(cancellationToken);
        var seen = await notes.ListAsync(cancellationToken);
        return new AgentAccountsView([.. agents.Select(ViewOf)], []);

        AgentAccountView ViewOf(Agent agent)
        {
            var hasPassword = byAgent.GetValueOrDefault(agent.AgentId)?.BelongsTo(agent) == true;
            var invite = invited.TryGetValue(agent.AgentId, out var expiresAt) ? expiresAt : (DateTimeOffset?)null;
            return new AgentAccountView(
                agent.AgentId,
                hasPassword ? AgentAccountState.Active
                : invite is not null ? AgentAccountState.Invited
                : AgentAccountState.None)
            {
                LastSignInAt = seen.GetValueOrDefault(agent.AgentId)?.At,
                LockedUntil = locks.TryGetValue(SignInGuard.KeyOf(agent.AgentId), out var until) ? until : null,
                InviteExpiresAt = invite,
            };
        }
    }
}
