namespace CallMyWay.Functions.Agents;

/// <summary>Whether an agent can sign in.</summary>
public enum AgentAccountState
{
    /// <summary>Has no password; where the office's directory signs in: has never come.</summary>
    None,

    /// <summary>Has an invitation that can be used.</summary>
    Invited,

    /// <summary>Has a password; where the office's directory signs in: has come.</summary>
    Active,
}

/// <summary>How an agent's account at this host stands.</summary>
public sealed record AgentAccountView(string AgentId, AgentAccountState State)
{
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>Until when no try to sign in is accepted from somewhere, because of wrong passwords.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Until when an invitation that was not used yet can be.</summary>
    public DateTimeOffset? InviteExpiresAt { get; init; }

    /// <summary>The app roles that came with the last sign-in; null where no directory signs in.</summary>
    public IReadOnlyList<string>? DirectoryRoles { get; init; }
}

/// <summary>How all agents' accounts stand.</summary>
/// <param name="Items">One for each agent.</param>
/// <param name="Visitors">Whom the directory lets in and who are no agents, the last seen first.</param>
public sealed record AgentAccountsView(IReadOnlyList<AgentAccountView> Items, IReadOnlyList<Visitor> Visitors);

/// <summary>Knows the agents' accounts at this host.</summary>
public interface IAgentAccounts
{
    Task<AgentAccountsView> ListAsync(IReadOnlyList<Agent> agents, CancellationToken cancellationToken);
}
