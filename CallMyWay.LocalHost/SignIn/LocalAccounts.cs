using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Identity;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>What an agent signs in with. The stamp changes with the password, which ends the sessions that began with another.</summary>
internal sealed record LocalAccount(string AgentId, string PasswordHash, string Stamp);

/// <summary>The accounts of this host, one per agent that may sign in. Who the agent is, and their roles, stand in the agents' table.</summary>
internal sealed class LocalAccounts(ITables tables) : IDisposable
{
    /// <summary>The host's own table. Partition <c>account</c>, key the agent's id.</summary>
    public const string Table = "accounts";

    public const int ShortestPassword = 10;

    public const int LongestPassword = 256;

    private const string Partition = "account";

    private static readonly PasswordHasher<LocalAccount> Hasher = new();

    internal static readonly LocalAccount Nobody = new("", Hasher.HashPassword(null!, Secrets.New()), "");

    // A hash is slow by design; this leaves the webhook its share of the machine while a crowd signs in.
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly ITable _table = tables[Table];

    public async Task<LocalAccount?> FindAsync(string agentId, CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Keys.Encode(agentId), cancellationToken) is { } row ? Read(row) : null;

    public async Task<LocalAccount> SetPasswordAsync(string agentId, string password, CancellationToken cancellationToken)
    {
        var account = new LocalAccount(agentId, await HashAsync(() => Hasher.HashPassword(Nobody, password), cancellationToken), Secrets.New());
        await _table.UpsertAsync(
            new Row(Partition, Keys.Encode(agentId)).Set("agentId", agentId).Set("passwordHash", account.PasswordHash).Set("stamp", account.Stamp),
            cancellationToken);
        return account;
    }

    /// <summary>Compares the password. Without an account it takes as long, so that the time does not tell who has one.</summary>
    public async Task<bool> VerifyAsync(LocalAccount? account, string password, CancellationToken cancellationToken)
    {
        var result = await HashAsync(() => Hasher.VerifyHashedPassword(Nobody, (account ?? Nobody).PasswordHash, password), cancellationToken);
        return account is not null && result != PasswordVerificationResult.Failed;
    }

    public async Task DeleteAsync(string agentId, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(Partition, Keys.Encode(agentId), null, cancellationToken);

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

    private static LocalAccount Read(Row row) => new(row.Text("agentId")!, row.Text("passwordHash")!, row.Text("stamp")!);

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
