using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>The result of a set-up: the account, or a taken name; neither if the token is not valid.</summary>
internal readonly record struct SetupResult(LocalAccount? Account, bool IsNameTaken);

/// <summary>
/// Creates the first administrator. While there is no account, each start makes a one-time token, which only the
/// server's console shows. Its hash is stored.
/// </summary>
internal sealed class Setup(LocalAccounts accounts, AgentStore agents, ITables tables) : IDisposable
{
    private const string Partition = "setup";

    private const string Key = "token";

    private readonly ITable _table = tables[LocalAccounts.Table];

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The token of this start, to be shown once; null if there are accounts.</summary>
    public string? Token { get; private set; }

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (await accounts.ListAsync(cancellationToken) is { Count: > 0 })
        {
            await _table.DeleteAsync(Partition, Key, null, cancellationToken);
            return;
        }

        Token = Secrets.New();
        await _table.UpsertAsync(new Row(Partition, Key).Set("hash", Secrets.Hash(Token)), cancellationToken);
    }

    /// <summary>True for the token that can be used now.</summary>
    public async Task<bool> IsValidAsync(string token, CancellationToken cancellationToken) =>
        (await _table.GetAsync(Partition, Key, cancellationToken))?.Text("hash") is { } hash
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Secrets.Hash(token)));

    /// <summary>Uses up the token, unless another agent has the administrator's sign-in name.</summary>
    public async Task<SetupResult> CompleteAsync(
        string token, Agent administrator, string password, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!await IsValidAsync(token, cancellationToken))
            {
                return default;
            }

            // The token is removed last: after a crash in between, the set-up can be repeated.
            var put = await agents.PutAsync(administrator with { Roles = [Role.Admin] }, cancellationToken);
            if (put.Agent is null)
            {
                return new SetupResult(null, IsNameTaken: true);
            }

            var account = await accounts.SetPasswordAsync(put.Agent, password, cancellationToken);
            await _table.DeleteAsync(Partition, Key, null, cancellationToken);
            Token = null;
            return new SetupResult(account, IsNameTaken: false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
