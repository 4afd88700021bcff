using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.CallRecords;

/// <summary>How far each account's records are pulled. Partition: the account. Key: <c>state</c>.</summary>
public sealed class RecordPullStore(ITables tables)
{
    private const string StateKey = "state";

    private static readonly StoredJson<RecordPull> Stored = new(CallRecordsJson.Default);

    private readonly ITable _table = tables[StorageNames.RecordPulls];

    public async ValueTask<RecordPull> GetAsync(string account, CancellationToken cancellationToken) =>
        Stored.FromRow(await _table.GetAsync(Keys.Encode(account), StateKey, cancellationToken))
        ?? new RecordPull { Account = account };

    /// <summary>
    /// Stores the state. Two pulls of one account at once can each store theirs: both have read what their state says.
    /// </summary>
    public async Task PutAsync(RecordPull state, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(
            Stored.ToRow(Keys.Encode(state.Account), StateKey, state), cancellationToken);
}
