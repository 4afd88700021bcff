using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.CallRecords;

/// <summary>
/// How far each account's records are pulled. Partition: the account. Key: <c>state</c>, and <c>seen</c> for the records
/// that were taken lately.
/// </summary>
public sealed class RecordPullStore(ITables tables)
{
    private const string StateKey = "state";

    private const string SeenKey = "seen";

    private static readonly StoredJson<RecordPull> Stored = new(CallRecordsJson.Default);

    private static readonly StoredJson<SeenRecords> StoredSeen = new(CallRecordsJson.Default);

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

    public async ValueTask<SeenRecords> GetSeenAsync(string account, CancellationToken cancellationToken) =>
        StoredSeen.FromRow(await _table.GetAsync(Keys.Encode(account), SeenKey, cancellationToken))
        ?? new SeenRecords("");

    public async Task PutSeenAsync(string account, SeenRecords seen, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(
            StoredSeen.ToRow(Keys.Encode(account), SeenKey, seen), cancellationToken);
}
