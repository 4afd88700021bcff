using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Sweeping;

/// <summary>The rules of retention: one row of the table <c>sweeps</c>.</summary>
public sealed class RetentionStore
{
    internal const string Partition = "retention";

    private const string Key = "rules";

    private const string ChangedColumn = "changed";

    /// <summary>What <see cref="GetRecentAsync"/> tells is at most so old: the rules count in days.</summary>
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(10);

    private static readonly StoredJson<RetentionRules> Stored = new(SweepingJson.Default);

    private readonly ITable _table;

    private readonly TimeProvider _clock;

    private readonly RecentReading<RetentionRules> _recent;

    public RetentionStore(ITables tables, TimeProvider clock)
    {
        _table = tables[StorageNames.Sweeps];
        _clock = clock;
        _recent = new RecentReading<RetentionRules>(ReadAsync, Recheck, clock);
    }

    public ValueTask<RetentionRules> GetAsync(CancellationToken cancellationToken) =>
        _recent.ReadAsync(cancellationToken);

    /// <summary>The rules of a reading that is some minutes old at most, for what is asked often.</summary>
    public ValueTask<RetentionRules> GetRecentAsync(CancellationToken cancellationToken) =>
        _recent.GetAsync(cancellationToken);

    /// <summary>
    /// Stores the rules over the version in <see cref="RetentionRules.ETag"/> (<see
    /// cref="TableExtensions.PutAsync"/>). Null if the rules have changed.
    /// </summary>
    public async Task<RetentionRules?> PutAsync(RetentionRules rules, CancellationToken cancellationToken)
    {
        rules = rules with { ChangedAt = _clock.GetUtcNow() };
        var row = Stored.ToRow(Partition, Key, rules with { ETag = null }, rules.ETag)
            .Set(ChangedColumn, rules.ChangedAt);
        var etag = await _recent.ForgetAfterAsync(_table.PutAsync(row, cancellationToken));
        return etag is null ? null : rules with { ETag = etag };
    }

    private async ValueTask<RetentionRules> ReadAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Key, cancellationToken) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag, ChangedAt = row.Time(ChangedColumn) }
            : new RetentionRules();
}
