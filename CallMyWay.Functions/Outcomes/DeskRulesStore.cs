using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Outcomes;

/// <summary>The desk's rules: one row. Until an administrator writes them, nothing is asked.</summary>
public sealed class DeskRulesStore(ITables tables)
{
    private const string Partition = "rules";

    private const string Key = "desk";

    private static readonly StoredJson<DeskRules> Stored = new(OutcomesJson.Default);

    private readonly ITable _table = tables[StorageNames.Outcomes];

    public async ValueTask<DeskRules> GetAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Key, cancellationToken) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag }
            : new DeskRules();

    /// <summary>
    /// Replaces the version of the rules in <see cref="DeskRules.ETag"/>; if that is null, any version. Null if the
    /// rules have changed.
    /// </summary>
    public async Task<DeskRules?> PutAsync(DeskRules rules, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, Key, rules with { ETag = null }, rules.ETag);
        var etag = rules.ETag is null
            ? await _table.UpsertAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, cancellationToken);
        return etag is null ? null : rules with { ETag = etag };
    }
}
