using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.WrapUps;

/// <summary>
/// The wrap-ups: the partition is the operator's call id, the key is the account, as for calls. They have their own
/// rows, so that drafts that are saved while an agent types don't conflict with the call's notifications. Of a call in
/// which several agents talked each has one: beside the first row there is <c>account~agent</c>.
/// </summary>
public sealed class WrapUpStore(ITables tables)
{
    internal static readonly StoredJson<WrapUp> Stored = new(WrapUpsJson.Default);

    private readonly ITable _table = tables[StorageNames.WrapUps];

    /// <summary>
    /// Where the agent's wrap-up of the call is: null for the one that all agents share, who did not talk in it or were
    /// alone in it; else the agent's own.
    /// </summary>
    /// <param name="shared">The shared wrap-up, which an agent may have begun before the call was handed over.</param>
    public static string? OwnerOf(Call call, string agentId, WrapUp? shared)
    {
        var talkers = call.TalkerIds();
        return talkers.Count > 1 && talkers.Contains(agentId) && shared?.AgentId != agentId ? agentId : null;
    }

    /// <summary>The shared wrap-up of the call, or that of <paramref name="owner"/>.</summary>
    public async ValueTask<WrapUp?> GetAsync(
        CallKey call, string? owner, CancellationToken cancellationToken) =>
        Read(await _table.GetAsync(Keys.Encode(call.CallId), KeyOf(call, owner), cancellationToken));

    /// <summary>All wrap-ups of the call.</summary>
    public async ValueTask<IReadOnlyList<WrapUp>> ListAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.TalkerIds().Count < 2)
        {
            return await GetAsync(call.Key, null, cancellationToken) is { } only ? [only] : [];
        }

        var key = KeyOf(call.Key, null);
        var rows = await _table.ReadAsync(new RowRange(Keys.Encode(call.CallId)) { From = key }, cancellationToken);
        return
        [
            .. rows.Where(row => row.Key == key || row.Key.StartsWith(key + Keys.Separator, StringComparison.Ordinal))
                .Select(row => Read(row)!),
        ];
    }

    /// <summary>The wrap-ups of each call, in the same order.</summary>
    public async ValueTask<IReadOnlyList<IReadOnlyList<WrapUp>>> ListManyAsync(
        IReadOnlyList<Call> calls, CancellationToken cancellationToken) =>
        await AtOnce.DoAsync(calls, call => ListAsync(call, cancellationToken).AsTask());

    /// <summary>
    /// Stores a first wrap-up, or replaces the version in <see cref="WrapUp.ETag"/>. Null if another request was
    /// faster.
    /// </summary>
    public async Task<WrapUp?> SaveAsync(
        CallKey call, string? owner, WrapUp wrapUp, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(
            Keys.Encode(call.CallId), KeyOf(call, owner), wrapUp with { ETag = null }, wrapUp.ETag);
        var etag = wrapUp.ETag is null
            ? await _table.InsertAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, cancellationToken);
        return etag is null ? null : wrapUp with { ETag = etag };
    }

    private static string KeyOf(CallKey call, string? owner) => owner is null
        ? Keys.Encode(call.Account)
        : Keys.Join(Keys.Encode(call.Account), Keys.Encode(owner));

    private static WrapUp? Read(Row? row) => row is null ? null : Stored.FromRow(row) with { ETag = row.ETag };
}
