using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// The way to the first administrator: while there is no account, each start makes a new one-time token, shown on the server's
/// console alone and stored as its hash.
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
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Secrets.Hash(token)));

    /// <summary>Uses the token up. Null where it is not valid, or no longer.</summary>
    public async Task<LocalAccount?> CompleteAsync(string token, Agent administrator, string password, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!await IsValidAsync(token, cancellationToken))
            {
                return null;
            }

            // The token goes last: a crash in between leaves a set-up that can be done again.
            var put = await agents.PutAsync(administrator with { Roles = [Role.Admin] }, cancellationToken);
            var account = await accounts.SetPasswordAsync(put.Agent!, password, cancellationToken);
            await _table.DeleteAsync(Partition, Key, null, cancellationToken);
            Token = null;
            return account;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
