using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// An account of this host. The stamp changes with the password, which ends the sessions that began with the old one.
/// </summary>
/// <param name="Creation">The agent's <see cref="Agent.Creation"/> when the password was set.</param>
/// <param name="ETag">The row's version.</param>
internal sealed record LocalAccount(string AgentId, string PasswordHash, string Stamp, string? Creation, string? ETag)
{
    /// <summary>False if the password was set for a deleted agent, and this is a new agent with the same id.</summary>
    public bool BelongsTo(Agent agent) => Creation == agent.Creation;
}

/// <summary>
/// The accounts of this host, one for each agent who may sign in. The agents' names and roles are in the agents' table.
/// </summary>
internal sealed class LocalAccounts : IDisposable
{
    /// <summary>The host's own table: the partition is <c>account</c>, the key is the agent's id.</summary>
    public const string Table = "accounts";

    public const int ShortestPassword = 10;

    public const int LongestPassword = 256;

    private const string Partition = "account";

    private readonly PasswordHasher<LocalAccount> _hasher;

    // A hash is slow by design. The limit leaves processors for the webhook while many people sign in.
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly ITable _table;

    public LocalAccounts(ITables tables, IOptions<PasswordHasherOptions> hashing)
    {
        _table = tables[Table];
        _hasher = new PasswordHasher<LocalAccount>(hashing);
        Nobody = new LocalAccount("", _hasher.HashPassword(null!, Secrets.New()), "", Creation: null, ETag: null);
    }

    /// <summary>The account to compare a password with if there is none.</summary>
    internal LocalAccount Nobody { get; }

    public async Task<LocalAccount?> FindAsync(string agentId, CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Keys.Encode(agentId), cancellationToken) is { } row ? Read(row) : null;

    public async Task<LocalAccount> SetPasswordAsync(Agent agent, string password, CancellationToken cancellationToken)
    {
        var row = new Row(Partition, Keys.Encode(agent.AgentId))
            .Set("agentId", agent.AgentId)
            .Set("passwordHash", await HashAsync(() => _hasher.HashPassword(Nobody, password), cancellationToken))
            .Set("stamp", Secrets.New())
            .Set("creation", agent.Creation);
        return Read(row.WithETag(await _table.UpsertAsync(row, cancellationToken)));
    }

    /// <summary>
    /// Gives the account another stamp, which ends all of its sessions. The password stays. Nothing where there is no
    /// account.
    /// </summary>
    public async Task RenewStampAsync(string agentId, CancellationToken cancellationToken)
    {
        while (await _table.GetAsync(Partition, Keys.Encode(agentId), cancellationToken) is { } row)
        {
            if (await _table.ReplaceAsync(row.Set("stamp", Secrets.New()), cancellationToken) is not null)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Compares the password. Without an account it takes as long, so that the time does not reveal whether there is
    /// one.
    /// </summary>
    public async Task<bool> VerifyAsync(LocalAccount? account, string password, CancellationToken cancellationToken)
    {
        var result = await HashAsync(
            () => _hasher.VerifyHashedPassword(Nobody, (account ?? Nobody).PasswordHash, password), cancellationToken);
        return account is not null && result != PasswordVerificationResult.Failed;
    }

    /// <summary>Deletes this version of the account. If a password was set since, it stays.</summary>
    public async Task DeleteAsync(LocalAccount account, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(Partition, Keys.Encode(account.AgentId), account.ETag, cancellationToken);

    public async Task<IReadOnlyList<LocalAccount>> ListAsync(CancellationToken cancellationToken)
    {
        var accounts = new List<LocalAccount>();
        string? next = null;
        do
        {
            (var rows, next) = await _table.QueryAsync(new RowRange(Partition) { Next = next }, cancellationToken);
            accounts.AddRange(rows.Select(Read));
        }
        while (next is not null);
        return accounts;
    }

    public void Dispose() => _hashing.Dispose();

    private static LocalAccount Read(Row row) =>
        new(row.Text("agentId")!, row.Text("passwordHash")!, row.Text("stamp")!, row.Text("creation"), row.ETag);

    private async Task<T> HashAsync<T>(Func<T> hash, CancellationToken cancellationToken)
    {
        await _hashing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(hash, cancellationToken);
        }
        finally
        {
            _hashing.Release();
        }
    }
}
