using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The calls: partition the operator's call id, key the account, so that a call is found by the id alone where the
/// account isn't told. A row holds the call's facts and the call that follows from them. The index (<see
/// cref="CallIndex"/>) is written before the call. A dialled call of two legs stands under the id of the first that was
/// heard; under the other's stands a row that names it. Beside the first call of an id that was used again stands a row
/// that counts its calls.
/// </summary>
public sealed class CallStore(ITables tables)
{
    private const string LegOfColumn = "legof";

    private const string RevisionColumn = "revision";

    private const string UsesColumn = "uses";

    private const string EndingsColumn = "endings";

    private static readonly StoredJson<Call> Stored = new(CallsJson.Default);

    private static readonly StoredJson<CallFacts> StoredFacts = new(CallsJson.Default, "facts");

    private static readonly StoredJson<EarlierCall> StoredEarlier = new(CallsJson.Default);

    private readonly ITable _calls = tables[StorageNames.Calls];

    public async ValueTask<Call?> GetAsync(CallKey key, CancellationToken cancellationToken)
    {
        var row = await _calls.GetAsync(Keys.Encode(key.CallId), Keys.Encode(key.Account), cancellationToken);
        return row?.Text(LegOfColumn) is { } callId
            ? Read(await _calls.GetAsync(Keys.Encode(callId), Keys.Encode(key.Account), cancellationToken))
            : Read(row);
    }

    /// <summary>The call that is stored there.</summary>
    internal async ValueTask<Call?> GetAsync(RowKey key, CancellationToken cancellationToken) =>
        Read(await _calls.GetAsync(key.Partition, key.Key, cancellationToken));

    /// <summary>
    /// Lets a call be found by the id of its other leg too. To be called before the call is saved. False where a call
    /// of its own has come to stand under that id since it was looked for: nothing is written over it.
    /// </summary>
    public async Task<bool> WriteLegAsync(CallKey leg, string callId, CancellationToken cancellationToken)
    {
        if (leg.CallId == callId)
        {
            return true;
        }

        var (partition, key) = (Keys.Encode(leg.CallId), Keys.Encode(leg.Account));
        if (await _calls.InsertAsync(new Row(partition, key).Set(LegOfColumn, callId), cancellationToken) is not null)
        {
            return true;
        }

        var there = await _calls.GetAsync(partition, key, cancellationToken);
        return there?.Text(LegOfColumn) is { } named
            && (named == callId || await _calls.ReplaceAsync(
                new Row(partition, key, there.ETag).Set(LegOfColumn, callId), cancellationToken) is not null);
    }

    /// <summary>
    /// Puts in the place of a call a row that leads to another, which its id is a leg of. False if the call has changed.
    /// </summary>
    internal async Task<bool> ReplaceByLegAsync(Call call, string callId, CancellationToken cancellationToken) =>
        await _calls.ReplaceAsync(
            new Row(Keys.Encode(call.CallId), Keys.Encode(call.Account), call.ETag).Set(LegOfColumn, callId),
            cancellationToken) is not null;

    /// <summary>
    /// How many calls an operator's id has had in the account, as far as it was noted: it can be one too many, or too
    /// few.
    /// </summary>
    public async ValueTask<int> CountUsesAsync(CallKey first, CancellationToken cancellationToken)
    {
        var row = UsesRow(first, 0).Row;
        return (int)((await _calls.GetAsync(row.Partition, row.Key, cancellationToken))?.Number(UsesColumn) ?? 1);
    }

    /// <summary>The row that counts the calls of an id: to be written before the last of them.</summary>
    public static IndexRow UsesRow(CallKey first, int uses) => new(
        StorageNames.Calls,
        new Row(Keys.Encode(first.CallId), Keys.Join(Keys.Encode(first.Account), UsesColumn))
            .Set(UsesColumn, (long)uses));

    /// <summary>The calls of this id: one, but for two accounts whose operator's ids coincide.</summary>
    public async ValueTask<IReadOnlyList<Call>> FindAsync(string callId, CancellationToken cancellationToken)
    {
        var calls = new List<Call>();
        foreach (var row in await _calls.ReadAsync(new RowRange(Keys.Encode(callId)), cancellationToken))
        {
            var call = row.Text(LegOfColumn) is { } whole
                ? Read(await _calls.GetAsync(Keys.Encode(whole), row.Key, cancellationToken))
                : Read(row);
            if (call is not null)
            {
                calls.Add(call);
            }
        }

        return calls;
    }

    /// <summary>The calls by their keys, in that order, without those that are not there.</summary>
    public async ValueTask<IReadOnlyList<Call>> GetManyAsync(
        IEnumerable<CallKey> keys, CancellationToken cancellationToken)
    {
        var rows = await _calls.GetManyAsync(
            [.. keys.Select(key => (Keys.Encode(key.CallId), Keys.Encode(key.Account)))], cancellationToken);
        return [.. rows.Select(Read).OfType<Call>()];
    }

    /// <summary>
    /// Stores a new call, or one over the version in <see cref="Call.ETag"/>. Null where another was first.
    /// </summary>
    public ValueTask<Call?> SaveAsync(Call call, CancellationToken cancellationToken) =>
        SaveAsync(call, [], cancellationToken);

    /// <summary>The same, after the rows that lead to the call are stored.</summary>
    public async ValueTask<Call?> SaveAsync(
        Call call, IReadOnlyList<IndexRow> leading, CancellationToken cancellationToken)
    {
        var next = call with { Revision = (call.Revision ?? 0) + 1 };
        var row = ToRow(next);
        var etag = await tables.StoreAfterAsync(
            leading,
            StorageNames.Calls,
            call.ETag is null ? RowChange.Insert(row) : RowChange.Replace(row),
            cancellationToken);
        return etag is null ? null : next with { ETag = etag };
    }

    /// <summary>
    /// Removes the call and the rows that lead to it by the ids of its legs. False if it has changed since it was read.
    /// </summary>
    internal async Task<bool> DeleteAsync(Call call, CancellationToken cancellationToken)
    {
        var key = RowOf(call.Key);
        var others =
            from leg in call.Legs ?? []
            where leg.CallId != call.CallId
            select new Row(Keys.Encode(leg.CallId), key.Key);
        await _calls.DeleteManyAsync(others.Append(UsesRow(call.Key, 0).Row), cancellationToken);
        return await _calls.DeleteAsync(key.Partition, key.Key, call.ETag, cancellationToken);
    }

    internal static RowKey RowOf(CallKey key) => new(Keys.Encode(key.CallId), Keys.Encode(key.Account));

    // The call and its facts stand in columns of their own: lists read the call alone.
    internal static Row ToRow(Call call) => StoredFacts.Put(
        Stored.ToRow(Keys.Encode(call.CallId), Keys.Encode(call.Account), call with { ETag = null }, call.ETag),
        call.Facts)
        .Set(RevisionColumn, call.Revision)
        .Set(EndingsColumn, call.Endings == 0 ? null : (long?)call.Endings);

    internal static Call? Read(Row? row) =>
        row is null || row.Text(LegOfColumn) is not null || row.Number(UsesColumn) is not null ? null
        : StoredFacts.IsIn(row)
            ? OfRow(row) with
            {
                ETag = row.ETag,
                Revision = row.Number(RevisionColumn),
                Endings = (int)(row.Number(EndingsColumn) ?? 0),
            }
        : CallDerivation.Derive(StoredEarlier.FromRow(row).ToFacts()) with
        {
            ETag = row.ETag,
            IsOfEarlierRelease = true,
        };
    // What an earlier release derived by other rules is derived anew.
    private static Call OfRow(Row row)
    {
        var call = Stored.FromRow(row);
        if (call.Form == Call.CurrentForm)
        {
            return call.WithFacts(() => StoredFacts.FromRow(row));
        }

        var facts = StoredFacts.FromRow(row);
        return facts.IsEmpty
            ? call.WithFacts(() => facts)
            : CallDerivation.Derive(facts) with { IsOfEarlierRelease = true };
    }
}
