using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>An invitation that can be used: whose it is, and until when.</summary>
internal sealed record Invite(Agent Agent, DateTimeOffset ExpiresAt);

/// <summary>
/// Invites agents by a link: whoever opens it sets the agent's password. It works once, for a week, and a new one ends
/// the one before. Only a hash of its token is stored: partition <c>invite</c> of the host's accounts, key the agent.
/// </summary>
internal sealed class Invites(LocalAccounts accounts, AgentStore agents, ITables tables, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    internal const string Partition = "invite";

    internal const string ExpiresAtColumn = "expiresAt";

    private const string AgentColumn = "agentId";

    private const string HashColumn = "hash";

    private const string CreationColumn = "creation";

    private readonly ITable _table = tables[LocalAccounts.Table];

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Makes an invitation in the place of the one before. The token is known to nobody else.</summary>
    public async Task<(string Token, DateTimeOffset ExpiresAt)> CreateAsync(
        Agent agent, CancellationToken cancellationToken)
    {
        var expiresAt = time.GetUtcNow() + ValidFor;
        var token = $"{Keys.Encode(agent.AgentId)}.{Secrets.New()}";
        await _table.UpsertAsync(
            new Row(Partition, Keys.Encode(agent.AgentId))
                .Set(AgentColumn, agent.AgentId)
                .Set(HashColumn, Secrets.Hash(token))
                .Set(CreationColumn, agent.Creation)
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
                Encoding.ASCII.GetBytes(row.Text(HashColumn)!), Encoding.ASCII.GetBytes(Secrets.Hash(token)))
            || row.Time(ExpiresAtColumn) is not { } expiresAt || expiresAt <= time.GetUtcNow())
        {
            return null;
        }

        // An agent of the same id who was created since is another.
        return await agents.GetAsync(row.Text(AgentColumn)!, cancellationToken) is { } agent
            && agent.Creation == row.Text(CreationColumn)
                ? new Invite(agent, expiresAt)
                : null;
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
    public async Task<IReadOnlyDictionary<string, (DateTimeOffset ExpiresAt, string? Creation)>> ListAsync(
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var invites = new Dictionary<string, (DateTimeOffset, string?)>(StringComparer.Ordinal);
        await foreach (var row in _table.ReadAllAsync(new RowRange(Partition), cancellationToken))
        {
            if (row.Time(ExpiresAtColumn) is { } expiresAt && expiresAt > now)
            {
                invites[row.Text(AgentColumn)!] = (expiresAt, row.Text(CreationColumn));
            }
        }

        return invites;
    }

    public void Dispose() => _turn.Dispose();
}
