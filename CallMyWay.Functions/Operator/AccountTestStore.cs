using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Operator;

/// <summary>The last test of each account: one row beside that of its pace.</summary>
public sealed class AccountTestStore(ITables tables)
{
    private const string Key = "test";

    private static readonly StoredJson<AccountTest> Stored = new(OperatorJson.Default);

    private readonly ITable _table = tables[StorageNames.OperatorPace];

    /// <summary>The last test; null where there was none.</summary>
    public async ValueTask<AccountTest?> GetAsync(string account, CancellationToken cancellationToken) =>
        Stored.FromRow(await _table.GetAsync(Keys.Encode(account), Key, cancellationToken));

    public async Task PutAsync(string account, AccountTest test, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(Stored.ToRow(Keys.Encode(account), Key, test), cancellationToken);
}
