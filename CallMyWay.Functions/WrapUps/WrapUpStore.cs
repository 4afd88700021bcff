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

    private static readonly StoredJson<Replaced> StoredReplaced = new(WrapUpsJson.Default, "replaced");

    private static readonly StoredJson<Undone> StoredUndone = new(WrapUpsJson.Default, "undone");

    private static readonly StoredJson<SentVersions> StoredSent = new(WrapUpsJson.Default, "sent");

    private readonly ITable _table = tables[StorageNames.WrapUps];

    /// <summary>
    /// Where the agent's wrap-up of the call is: null for the one that all agents share, who did not talk in it or were
    /// alone in it; else the agent's own.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="agentId">The agent.</param>
    /// <param name="shared">The shared wrap-up, which an agent may have begun before the call was handed over.</param>
    public static string? OwnerOf(Call call, string agentId, WrapUp? shared)
    {
        var talkers = call.TalkerIds();
        var hasOwn = talkers.Contains(agentId)
            ? talkers.Count > 1
            // It is being handed over to the agent. Where an answer is told with its end alone, the agent may talk.
            : talkers.Count > 0 && call.AgentOf(agentId) is { } agent && call.StateOf(agent) == CallState.Ringing;
        return hasOwn && shared?.WhoseId != agentId ? agentId : null;
    }

    /// <summary>
    /// The wrap-up that a save by the agent replaces, null for none, and whose own it is. Each agent who talked in the
    /// call has one, and keeps it where it turns out later that only another did. Whoever did not, such as a supervisor,
    /// corrects the one that was named; without a name the newest, so that nothing is written over what was not read.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="agentId">Who saves.</param>
    /// <param name="all">The versions that stand.</param>
    /// <param name="named">The version that the request names; null for none.</param>
    public static (string? Owner, WrapUp? Before) ReplacedBy(
        Call call, string agentId, IReadOnlyList<WrapUpVersion> all, string? named)
    {
        if (all.FirstOrDefault(version => version.Owner == agentId) is { } own)
        {
            return (own.Owner, own.WrapUp);
        }

        var shared = all.FirstOrDefault(version => version.Owner is null)?.WrapUp;
        if (OwnerOf(call, agentId, shared) is { } owner)
        {
            return (owner, null);
        }

        var talkers = call.TalkerIds();
        if (talkers.Count > 1 && !talkers.Contains(agentId))
        {
            var written = all.Where(version => version.WrapUp is not null).ToList();
            var chosen = written.FirstOrDefault(version => version.Row.ETag == named)
                ?? written.FirstOrDefault(version => call.FinisherOf(version.WrapUp!.WhoseId) == agentId)
                ?? written.Where(version => !version.WrapUp!.Draft).MaxBy(version => version.WrapUp!.UpdatedAt);
            return chosen is null ? (null, shared) : (chosen.Owner, chosen.WrapUp);
        }

        return (null, shared);
    }

    /// <summary>
    /// The agent whose conversation a wrap-up documents: that of the version before, unless that one did not talk in
    /// the call and the writer did.
    /// </summary>
    public static string WhoseIdOf(Call call, string writerId, WrapUp? before)
    {
        var talkers = call.TalkerIds();
        return before is null || (!talkers.Contains(before.WhoseId) && talkers.Contains(writerId))
            ? writerId
            : before.WhoseId;
    }

    /// <summary>The shared wrap-up of the call, or that of <paramref name="owner"/>.</summary>
    public async ValueTask<WrapUp?> GetAsync(
        CallKey call, string? owner, CancellationToken cancellationToken) =>
        Read(await GetRowAsync(call, owner, cancellationToken));

    /// <summary>All wrap-ups of the call.</summary>
    public async ValueTask<IReadOnlyList<WrapUp>> ListAsync(Call call, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(call, cancellationToken)).Select(row => Read(row)).OfType<WrapUp>()];

    /// <summary>The versions that stand, one for each wrap-up of the call, also of one that was undone.</summary>
    public async ValueTask<IReadOnlyList<WrapUpVersion>> ListVersionsAsync(
        Call call, CancellationToken cancellationToken) =>
        VersionsOf(call, await ReadAsync(call, cancellationToken));

    /// <summary>
    /// The version of a wrap-up of the call that has this etag, or that took its place where it was undone; null where
    /// it has changed.
    /// </summary>
    public async ValueTask<WrapUpVersion?> FindAsync(Call call, string etag, CancellationToken cancellationToken)
    {
        var versions = await ListVersionsAsync(call, cancellationToken);
        return versions.FirstOrDefault(version => version.Row.ETag == etag || version.Undone?.ETag == etag);
    }

    /// <summary>The wrap-ups of each call, in the same order.</summary>
    public async ValueTask<IReadOnlyList<IReadOnlyList<WrapUp>>> ListManyAsync(
        IReadOnlyList<Call> calls, CancellationToken cancellationToken) =>
        await AtOnce.DoAsync(calls, call => ListAsync(call, cancellationToken).AsTask());

    /// <summary>
    /// Stores a first wrap-up, or replaces the version in <see cref="WrapUp.ETag"/>. Null if another request was
    /// faster.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="owner">The agent whose own it is; null for the shared one.</param>
    /// <param name="wrapUp">What is stored.</param>
    /// <param name="replaced">What comes back where it is undone; null for what can't be, such as a draft.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<WrapUp?> SaveAsync(
        CallKey call, string? owner, WrapUp wrapUp, Replaced? replaced, CancellationToken cancellationToken)
    {
        var sent = wrapUp.Sent;
        var etag = wrapUp.ETag is null
            ? await _table.InsertAsync(ToRow(null), cancellationToken)
            : await _table.ReplaceAsync(ToRow(wrapUp.ETag), cancellationToken);
        if (etag is null && wrapUp.ETag is null
            && await GetRowAsync(call, owner, cancellationToken) is { } row && !Stored.IsIn(row))
        {
            // The one before was undone.
            sent = SentOf(row);
            etag = await _table.ReplaceAsync(ToRow(row.ETag), cancellationToken);
        }

        return etag is null ? null : wrapUp with { ETag = etag };

        Row ToRow(string? version)
        {
            var made = Stored.ToRow(
                Keys.Encode(call.CallId), KeyOf(call, owner), wrapUp with { ETag = null }, version);
            PutSent(made, wrapUp.Draft ? sent : SentVersion.Append(sent, wrapUp));
            return replaced is null ? made : StoredReplaced.Put(made, replaced.WithoutVersions());
        }
    }

    /// <summary>
    /// Puts what the version had replaced in its place, or nothing where it was the first, and notes that it was
    /// undone. Null if it has changed.
    /// </summary>
    /// <returns>What stands now.</returns>
    public async Task<WrapUpVersion?> UndoAsync(
        WrapUpVersion version, Undone undone, CancellationToken cancellationToken)
    {
        var row = StoredUndone.Put(new Row(version.Row.Partition, version.Row.Key, version.Row.ETag), undone);
        if (version.Replaced?.WrapUp is { } before)
        {
            Stored.Put(row, before with { ETag = null });
        }

        PutSent(row, SentOf(version.Row) is { Count: > 0 } sent
            ? [.. sent.SkipLast(1), sent[^1] with { Undone = true }]
            : null);

        if (await _table.ReplaceAsync(row, cancellationToken) is not { } etag)
        {
            return null;
        }

        return VersionOf(row.WithETag(etag), version.Owner);
    }

    /// <summary>Removes all that was recorded of the call.</summary>
    internal async Task DeleteAsync(CallKey call, CancellationToken cancellationToken) =>
        await _table.DeleteManyAsync(await ReadAsync(call, cancellationToken), cancellationToken);

    /// <summary>
    /// Leaves of what was recorded the outcome and the amounts: all texts go, and the earlier versions.
    /// </summary>
    internal async Task AnonymizeAsync(CallKey call, CancellationToken cancellationToken)
    {
        bool isDone;
        do
        {
            isDone = true;
            foreach (var row in await ReadAsync(call, cancellationToken))
            {
                // Refused where an agent has just saved it: then it is read once more.
                isDone &= Read(row) is { } wrapUp
                    ? await _table.ReplaceAsync(
                        Stored.ToRow(row.Partition, row.Key, wrapUp.Anonymous() with { ETag = null }, row.ETag),
                        cancellationToken) is not null
                    : await _table.DeleteAsync(row.Partition, row.Key, row.ETag, cancellationToken);
            }
        }
        while (!isDone);
    }

    /// <summary>
    /// Takes out of a row what a wrap-up had replaced when it was sent: it can't be taken back any more. False where
    /// there is nothing, or it has changed.
    /// </summary>
    internal async Task<bool> ForgetReplacedAsync(Row row, CancellationToken cancellationToken)
    {
        if (!StoredReplaced.IsIn(row) || Read(row) is not { } wrapUp)
        {
            return false;
        }

        var made = Stored.ToRow(row.Partition, row.Key, wrapUp with { ETag = null }, row.ETag);
        PutSent(made, SentOf(row));
        return await _table.ReplaceAsync(made, cancellationToken) is not null;
    }

    /// <summary>A page of all rows, for an upgrade.</summary>
    internal ValueTask<IReadOnlyList<Row>> ScanAsync(RowKey? after, int take, CancellationToken cancellationToken) =>
        _table.ScanAsync(after, take, cancellationToken);

    // A wrap-up names its agent, also one whom the call does not name any more. One that was undone names nobody.
    private static IReadOnlyList<WrapUpVersion> VersionsOf(Call call, IReadOnlyList<Row> rows)
    {
        string?[] owners = [null, .. call.Agents.Select(agent => agent.AgentId)];
        return
        [
            .. from row in rows
               from owner in owners.Append(Read(row)?.WhoseId).Distinct(StringComparer.Ordinal)
               where row.Key == KeyOf(call.Key, owner)
               select VersionOf(row, owner),
        ];
    }

    // The rows of the call, also those of wrap-ups that were undone. Who talked is a conclusion: of two who seemed to,
    // a later notification can leave one. What the other has recorded meanwhile is read all the same.
    private async ValueTask<IReadOnlyList<Row>> ReadAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.Agents.Count < 2)
        {
            return await GetRowAsync(call.Key, null, cancellationToken) is { } only ? [only] : [];
        }

        return await ReadAsync(call.Key, cancellationToken);
    }

    private async ValueTask<IReadOnlyList<Row>> ReadAsync(CallKey call, CancellationToken cancellationToken)
    {
        var key = KeyOf(call, null);
        var rows = await _table.ReadAsync(new RowRange(Keys.Encode(call.CallId)) { From = key }, cancellationToken);
        return
        [
            .. rows.Where(row => row.Key == key || row.Key.StartsWith(key + Keys.Separator, StringComparison.Ordinal)),
        ];
    }

    private ValueTask<Row?> GetRowAsync(CallKey call, string? owner, CancellationToken cancellationToken) =>
        _table.GetAsync(Keys.Encode(call.CallId), KeyOf(call, owner), cancellationToken);

    private static string KeyOf(CallKey call, string? owner) => owner is null
        ? Keys.Encode(call.Account)
        : Keys.Join(Keys.Encode(call.Account), Keys.Encode(owner));

    private static WrapUpVersion VersionOf(Row row, string? owner) => new(
        row,
        owner,
        Read(row),
        StoredReplaced.IsIn(row) ? StoredReplaced.FromRow(row) : null,
        StoredUndone.IsIn(row) ? StoredUndone.FromRow(row) : null);

    internal static WrapUp? Read(Row? row) =>
        row is null || !Stored.IsIn(row)
            ? null
            : Stored.FromRow(row) is var wrapUp && SentOf(row) is { } sent
                ? wrapUp with { ETag = row.ETag, Sent = sent }
                // An earlier release kept none.
                : wrapUp with { ETag = row.ETag, Sent = wrapUp.Draft ? null : SentVersion.Append(null, wrapUp) };

    private static IReadOnlyList<SentVersion>? SentOf(Row row) =>
        StoredSent.IsIn(row) ? StoredSent.FromRow(row).Versions : null;

    private static void PutSent(Row row, IReadOnlyList<SentVersion>? sent)
    {
        if (sent is { Count: > 0 })
        {
            StoredSent.Put(row, new SentVersions(sent));
        }
    }
}
