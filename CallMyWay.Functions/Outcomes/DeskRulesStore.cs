using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Outcomes;

/// <summary>The desk's rules: one row. Until an administrator writes them, nothing is asked.</summary>
public sealed class DeskRulesStore(ITables tables, TimeProvider time)
{
    /// <summary>What the minute's reading of a desk tells is at most so old.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    private const string Partition = "rules";

    private const string Key = "desk";

    private static readonly StoredJson<DeskRules> Stored = new(OutcomesJson.Default);

    private readonly ITable _table = tables[StorageNames.Outcomes];

    private volatile Reading? _last;

    public async ValueTask<DeskRules> GetAsync(CancellationToken cancellationToken)
    {
        // Before the row is read: what changes meanwhile is read again.
        var at = time.GetTimestamp();
        var rules = await _table.GetAsync(Partition, Key, cancellationToken) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag }
            : new DeskRules();
        _last = new Reading(at, rules);
        return rules;
    }

    /// <summary>
    /// The rules for what is asked often and refuses nothing: from a reading that is at most <see cref="Recheck"/> old.
    /// What this process changes shows at once.
    /// </summary>
    public ValueTask<DeskRules> GetRecentAsync(CancellationToken cancellationToken) =>
        _last is { } last && time.GetElapsedTime(last.At) < Recheck ? new(last.Rules) : GetAsync(cancellationToken);

    /// <summary>
    /// Stores the rules over the version in <see cref="DeskRules.ETag"/> (<see cref="TableExtensions.PutAsync"/>). Null if
    /// the rules have changed.
    /// </summary>
    public async Task<DeskRules?> PutAsync(DeskRules rules, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, Key, rules with { ETag = null }, rules.ETag);
        var etag = await _table.PutAsync(row, cancellationToken);
        _last = null;
        return etag is null ? null : rules with { ETag = etag };
    }

    private sealed record Reading(long At, DeskRules Rules);
}
