using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.WrapUps;

/// <summary>
/// The wrap-ups: the partition is the operator's call id, the key is the account, as for calls. They have their own
/// rows, so that drafts that are saved while an agent types don't conflict with the call's notifications.
/// </summary>
public sealed class WrapUpStore(ITables tables)
{
    internal static readonly StoredJson<WrapUp> Stored = new(WrapUpsJson.Default);

    private readonly ITable _table = tables[StorageNames.WrapUps];

    public async ValueTask<WrapUp?> GetAsync(CallKey call, CancellationToken cancellationToken) =>
        Read(await _table.GetAsync(Keys.Encode(call.CallId), Keys.Encode(call.Account), cancellationToken));

    /// <summary>The wrap-ups of the calls, in the same order; null for a call without one.</summary>
    public async ValueTask<IReadOnlyList<WrapUp?>> GetManyAsync(
        IEnumerable<CallKey> calls, CancellationToken cancellationToken) =>
        [.. (await _table.GetManyAsync([.. calls.Select(call => (Keys.Encode(call.CallId), Keys.Encode(call.Account)))], cancellationToken)).Select(Read)];

    /// <summary>
    /// Stores a first wrap-up, or replaces the version in <see cref="WrapUp.ETag"/>. Null if another request was
    /// faster.
    /// </summary>
    public async Task<WrapUp?> SaveAsync(CallKey call, WrapUp wrapUp, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(
            Keys.Encode(call.CallId), Keys.Encode(call.Account), wrapUp with { ETag = null }, wrapUp.ETag);
        var etag = wrapUp.ETag is null
            ? await _table.InsertAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, cancellationToken);
        return etag is null ? null : wrapUp with { ETag = etag };
    }

    private static WrapUp? Read(Row? row) => row is null ? null : Stored.FromRow(row) with { ETag = row.ETag };
}
