using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Sweeping;

/// <summary>The rules of retention: one row of the table <c>sweeps</c>.</summary>
public sealed class RetentionStore(ITables tables, TimeProvider clock)
{
    internal const string Partition = "retention";

    private const string Key = "rules";

    private const string ChangedColumn = "changed";

    /// <summary>What <see cref="GetRecentAsync"/> tells is at most so old: the rules count in days.</summary>
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(10);

    private static readonly StoredJson<RetentionRules> Stored = new(SweepingJson.Default);

    private readonly ITable _table = tables[StorageNames.Sweeps];

    private volatile Reading? _last;

    public async ValueTask<RetentionRules> GetAsync(CancellationToken cancellationToken)
    {
        // Before the row is read: what changes meanwhile is read again.
        var at = clock.GetTimestamp();
        var rules = await _table.GetAsync(Partition, Key, cancellationToken) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag, ChangedAt = row.Time(ChangedColumn) }
            : new RetentionRules();
        _last = new Reading(at, rules);
        return rules;
    }

    /// <summary>The rules of a reading that is some minutes old at most, for what is asked often.</summary>
    public ValueTask<RetentionRules> GetRecentAsync(CancellationToken cancellationToken) =>
        _last is { } last && clock.GetElapsedTime(last.At) < Recheck ? new(last.Rules) : GetAsync(cancellationToken);

    /// <summary>
    /// Stores the rules over the version in <see cref="RetentionRules.ETag"/> (<see
    /// cref="TableExtensions.PutAsync"/>). Null if the rules have changed.
    /// </summary>
    public async Task<RetentionRules?> PutAsync(RetentionRules rules, CancellationToken cancellationToken)
    {
        rules = rules with { ChangedAt = clock.GetUtcNow() };
        var row = Stored.ToRow(Partition, Key, rules with { ETag = null }, rules.ETag)
            .Set(ChangedColumn, rules.ChangedAt);
        var etag = await _table.PutAsync(row, cancellationToken);
        _last = null;
        return etag is null ? null : rules with { ETag = etag };
    }

    private sealed record Reading(long At, RetentionRules Rules);
}
