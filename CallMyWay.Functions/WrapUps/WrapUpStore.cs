using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.WrapUps;

/// <summary>
/// The wrap-ups: partition the operator's call id, key the account, as the calls have it. A row of their own, so that a
/// draft that is saved as one types and the call's notifications don't get into each other's way.
/// </summary>
public sealed class WrapUpStore(ITables tables)
{
    internal static readonly StoredJson<WrapUp> Stored = new(WrapUpsJson.Default);

    private readonly ITable _table = tables[StorageNames.WrapUps];

    public async ValueTask<WrapUp?> GetAsync(CallKey call, CancellationToken cancellationToken) =>
        Read(await _table.GetAsync(Keys.Encode(call.CallId), Keys.Encode(call.Account), cancellationToken));

    /// <summary>The wrap-ups of the calls, in that order; null for a call without one.</summary>
    public async ValueTask<IReadOnlyList<WrapUp?>> GetManyAsync(
        IEnumerable<CallKey> calls, CancellationToken cancellationToken) =>
        [.. (await _table.GetManyAsync([.. calls.Select(call => (Keys.Encode(call.CallId), Keys.Encode(call.Account)))], cancellationToken)).Select(Read)];

    /// <summary>
    /// Stores a first one, or one over the version in <see cref="WrapUp.ETag"/>. Null where another was faster.
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
