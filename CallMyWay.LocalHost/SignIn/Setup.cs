using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>What became of a set-up: the account, or neither where the token is not valid.</summary>
internal readonly record struct SetupResult(LocalAccount? Account, bool IsNameTaken);

/// <summary>
/// The way to the first administrator: while there is no account, each start makes a new one-time token, shown on the
/// server's console alone and stored as its hash.
/// </summary>
internal sealed class Setup(LocalAccounts accounts, AgentStore agents, ITables tables) : IDisposable
{
    private const string Partition = "setup";

    private const string Key = "token";

    private readonly ITable _table = tables[LocalAccounts.Table];

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The token of this start, to be shown once; null where there are accounts already.</summary>
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

    /// <summary>True where the token is the one that is waiting to be used.</summary>
    public async Task<bool> IsValidAsync(string token, CancellationToken cancellationToken) =>
        (await _table.GetAsync(Partition, Key, cancellationToken))?.Text("hash") is { } hash
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Secrets.Hash(token)));

    /// <summary>Uses the token up, but where another agent signs in by the administrator's name.</summary>
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

            // The token goes last: a crash in between leaves a set-up that can be done again.
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
