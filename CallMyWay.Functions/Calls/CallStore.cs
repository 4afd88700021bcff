using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The calls: partition the operator's call id, key the account, so that a call is found by the id alone where the account isn't told.
/// The index (<see cref="CallIndex"/>) is written before the call.
/// </summary>
public sealed class CallStore(ITables tables)
{
    private readonly ITable _calls = tables[StorageNames.Calls];

    public async ValueTask<Call?> GetAsync(CallKey key, CancellationToken cancellationToken) =>
        Read(await _calls.GetAsync(Keys.Encode(key.CallId), Keys.Encode(key.Account), cancellationToken));

    /// <summary>The calls of this id: one, but for two accounts whose operator's ids coincide.</summary>
    public async ValueTask<IReadOnlyList<Call>> FindAsync(string callId, CancellationToken cancellationToken)
    {
        var rows = await _calls.ReadAsync(new RowRange(Keys.Encode(callId)), cancellationToken);
        return [.. rows.Select(row => Read(row)!)];
    }

    /// <summary>The calls by their keys, in that order, without those that are not there.</summary>
    public async ValueTask<IReadOnlyList<Call>> GetManyAsync(IEnumerable<CallKey> keys, CancellationToken cancellationToken)
    {
        var rows = await _calls.GetManyAsync([.. keys.Select(key => (Keys.Encode(key.CallId), Keys.Encode(key.Account)))], cancellationToken);
        return [.. rows.Select(Read).OfType<Call>()];
    }

    /// <summary>Stores a new call, or one over the version in <see cref="Call.ETag"/>. Null where another was first.</summary>
    public async ValueTask<Call?> SaveAsync(Call call, CancellationToken cancellationToken)
    {
        var row = StoredJson.ToRow(Keys.Encode(call.CallId), Keys.Encode(call.Account), call with { ETag = null }, call.ETag);
        var etag = call.ETag is null ? await _calls.InsertAsync(row, cancellationToken) : await _calls.ReplaceAsync(row, cancellationToken);
        return etag is null ? null : call with { ETag = etag };
    }

    private static Call? Read(Row? row) => row is null ? null : StoredJson.FromRow<Call>(row) with { ETag = row.ETag };
}
