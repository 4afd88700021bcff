using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Outcomes;

/// <summary>
/// The wrap-up's own fields: one row beside that of the outcomes, so that a wrap-up is checked with one query. Until an
/// administrator writes them, there are none.
/// </summary>
public sealed class WrapUpFieldStore(ITables tables)
{
    private const string Key = "fields";

    private static readonly StoredJson<WrapUpFieldList> Stored = new(OutcomesJson.Default);

    private readonly ITable _table = tables[StorageNames.Outcomes];

    private long _changes;

    /// <summary>How often this process has stored them.</summary>
    internal long Changes => Interlocked.Read(ref _changes);

    public async ValueTask<WrapUpFieldList> GetAsync(CancellationToken cancellationToken) =>
        Read(await _table.GetAsync(OutcomeStore.Partition, Key, cancellationToken));

    /// <summary>The outcomes and the fields.</summary>
    public async ValueTask<(OutcomeList Outcomes, WrapUpFieldList Fields)> GetWithOutcomesAsync(
        CancellationToken cancellationToken)
    {
        var rows = await _table.ReadAsync(new RowRange(OutcomeStore.Partition), cancellationToken);
        return (OutcomeStore.Read(rows), Read(rows.FirstOrDefault(row => row.Key == Key)));
    }

    /// <summary>
    /// Stores the list over the given version (<see cref="TableExtensions.PutAsync"/>). Null if the list has changed.
    /// </summary>
    public async Task<WrapUpFieldList?> PutAsync(WrapUpFieldList fields, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(OutcomeStore.Partition, Key, fields with { ETag = null }, fields.ETag);
        var etag = await _table.PutAsync(row, cancellationToken);
        Interlocked.Increment(ref _changes);
        return etag is null ? null : fields with { ETag = etag };
    }

    private static WrapUpFieldList Read(Row? row) => row is null
        ? new WrapUpFieldList([], null)
        : Stored.FromRow(row) with { ETag = row.ETag };
}
