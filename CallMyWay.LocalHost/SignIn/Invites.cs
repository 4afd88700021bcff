using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>An invitation that can be used: whose it is, and until when.</summary>
internal sealed record Invite(Agent Agent, DateTimeOffset ExpiresAt);

/// <summary>
/// Invites agents by a link: whoever opens it sets the agent's password. It works once, for a week, and a new one ends
/// the one before. Only a hash of its token is stored: partition <c>invite</c> of the host's accounts, key the agent.
/// Whoever made it has seen the link. So it ends where they are no administrator any more.
/// </summary>
internal sealed class Invites(LocalAccounts accounts, AgentStore agents, ITables tables, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    internal const string Partition = "invite";

    internal const string ExpiresAtColumn = "expiresAt";

    private const string AgentColumn = "agentId";

    private const string HashColumn = "hash";

    private const string CreationColumn = "creation";

    private const string MakerColumn = "madeBy";

    private const string MakerCreationColumn = "makerCreation";

    private readonly ITable _table = tables[LocalAccounts.Table];

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Makes an invitation in the place of the one before. The token is known to nobody else.</summary>
    /// <param name="agent">Who is invited.</param>
    /// <param name="maker">The administrator who invites; null for the command.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<(string Token, DateTimeOffset ExpiresAt)> CreateAsync(
        Agent agent, Agent? maker, CancellationToken cancellationToken)
    {
        var expiresAt = time.GetUtcNow() + ValidFor;
        var token = $"{Keys.Encode(agent.AgentId)}.{Secrets.New()}";
        await _table.UpsertAsync(
            new Row(Partition, Keys.Encode(agent.AgentId))
                .Set(AgentColumn, agent.AgentId)
                .Set(HashColumn, Secrets.Hash(token))
                .Set(CreationColumn, agent.Creation)
                .Set(MakerColumn, maker?.AgentId)
                .Set(MakerCreationColumn, maker?.Creation)
                .Set(ExpiresAtColumn, expiresAt),
            cancellationToken);
        return (token, expiresAt);
    }

    /// <summary>The invitation of a token; null where it can't be used.</summary>
    public async Task<Invite?> FindAsync(string token, CancellationToken cancellationToken)
    {
        // The agent's part of a token can have dots, the secret has none.
        var end = token.LastIndexOf('.');
        if (end <= 0 || !Keys.IsValid(token[..end])
            || await _table.GetAsync(Partition, token[..end], cancellationToken) is not { } row
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(row.Text(HashColumn)!), Encoding.ASCII.GetBytes(Secrets.Hash(token))))
        {
            return null;
        }

        var agent = await agents.GetAsync(row.Text(AgentColumn)!, cancellationToken);
        var maker = row.Text(MakerColumn) is { } madeBy ? await agents.GetAsync(madeBy, cancellationToken) : null;
        return EndOf(row, agent, maker) is { } expiresAt ? new Invite(agent!, expiresAt) : null;
    }

    /// <summary>Uses up the invitation: sets the password. Null where it can't be used any more.</summary>
    public async Task<LocalAccount?> AcceptAsync(string token, string password, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (await FindAsync(token, cancellationToken) is not { } invite)
            {
                return null;
            }

            // It is removed last: after a crash in between, it can be used again.
            var account = await accounts.SetPasswordAsync(invite.Agent, password, cancellationToken);
            await EndAsync(invite.Agent.AgentId, CancellationToken.None);
            return account;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the agent's invitation, if there is one.</summary>
    public async Task EndAsync(string agentId, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(Partition, Keys.Encode(agentId), null, cancellationToken);

    /// <summary>Until when the agents' invitations can be used.</summary>
    /// <param name="all">All agents as they are now.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ListAsync(
        IReadOnlyList<Agent> all, CancellationToken cancellationToken)
    {
        var byId = all.ToDictionary(agent => agent.AgentId, StringComparer.Ordinal);
        var invites = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var row in _table.ReadAllAsync(new RowRange(Partition), cancellationToken))
        {
            var agentId = row.Text(AgentColumn)!;
            var maker = byId.GetValueOrDefault(row.Text(MakerColumn) ?? "");
            if (EndOf(row, byId.GetValueOrDefault(agentId), maker) is { } expiresAt)
            {
                invites[agentId] = expiresAt;
            }
        }

        return invites;
    }

    /// <summary>Until when an invitation can be used; null where it can't.</summary>
    private DateTimeOffset? EndOf(Row row, Agent? agent, Agent? maker)
    {
        // An agent of the same id who was created since is another.
        var isTheirs = agent is not null && agent.Creation == row.Text(CreationColumn);
        // Without a maker: the command made it, or an earlier build.
        var isLegitimate = row.Text(MakerColumn) is null
            || (maker?.Roles.Contains(Role.Admin) == true && maker.Creation == row.Text(MakerCreationColumn));
        return isTheirs && isLegitimate && row.Time(ExpiresAtColumn) is { } expiresAt && expiresAt > time.GetUtcNow()
            ? expiresAt
            : null;
    }

    public void Dispose() => _turn.Dispose();
}
