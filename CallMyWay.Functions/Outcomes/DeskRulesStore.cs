using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Outcomes;

/// <summary>The desk's rules: one row. Until an administrator writes them, nothing is asked.</summary>
public sealed class DeskRulesStore
{
    /// <summary>What the minute's reading of a desk tells is at most so old.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    private const string Partition = "rules";

    private const string Key = "desk";

    private static readonly StoredJson<DeskRules> Stored = new(OutcomesJson.Default);

    private readonly ITable _table;

    private readonly RecentReading<DeskRules> _recent;

    public DeskRulesStore(ITables tables, TimeProvider clock)
    {
        _table = tables[StorageNames.Outcomes];
        _recent = new RecentReading<DeskRules>(ReadAsync, Recheck, clock);
    }

    public ValueTask<DeskRules> GetAsync(CancellationToken cancellationToken) => _recent.ReadAsync(cancellationToken);

    /// <summary>
    /// The rules for what is asked often and refuses nothing: from a reading that is at most <see cref="Recheck"/> old.
    /// What this process changes shows at once.
    /// </summary>
    public ValueTask<DeskRules> GetRecentAsync(CancellationToken cancellationToken) =>
        _recent.GetAsync(cancellationToken);

    /// <summary>
    /// Stores the rules over the version in <see cref="DeskRules.ETag"/> (<see cref="TableExtensions.PutAsync"/>). Null if
    /// the rules have changed.
    /// </summary>
    public async Task<DeskRules?> PutAsync(DeskRules rules, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, Key, rules with { ETag = null }, rules.ETag);
        var etag = await _recent.ForgetAfterAsync(_table.PutAsync(row, cancellationToken));
        return etag is null ? null : rules with { ETag = etag };
    }

    private async ValueTask<DeskRules> ReadAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Key, cancellationToken) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag }
            : new DeskRules();
}
