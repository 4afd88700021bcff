using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>Where the CRM is asked, and how it has answered lately.</summary>
/// <param name="Settings">As they are stored; those of an office without a CRM where there are none.</param>
/// <param name="Health">Null where it never failed.</param>
/// <param name="LeftOut">Null where each value of its answers was taken.</param>
public sealed record LookupState(LookupSettings Settings, LookupHealth? Health, LookupLeftOut? LeftOut);

/// <summary>
/// The settings of the look-up and how the CRM answers: rows of one partition, so that all are one query, and what an
/// answer notes is in no administrator's way.
/// </summary>
public sealed class LookupStore(ITables tables, TimeProvider clock)
{
    /// <summary>What another process has changed counts after this at the latest.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(10);

    private const string Partition = "lookup";

    private const string SettingsKey = "settings";

    private const string HealthKey = "health";

    private const string LeftOutKey = "left-out";

    private static readonly StoredJson<LookupSettings> StoredSettings = new(ContactLookupJson.Default);

    private static readonly StoredJson<LookupHealth> StoredHealth = new(ContactLookupJson.Default);

    private static readonly StoredJson<LookupLeftOut> StoredLeftOut = new(ContactLookupJson.Default);

    private readonly ITable _table = tables[StorageNames.ContactLookup];

    private readonly Lock _gate = new();

    private Scan? _scan;

    private long _changes;

    /// <summary>As it was some seconds ago at most.</summary>
    public async ValueTask<LookupState> GetRecentAsync(CancellationToken cancellationToken)
    {
        if (Recent is { } recent)
        {
            return recent;
        }

        Task<LookupState> reading;
        lock (_gate)
        {
            if (!IsRecent(_scan) || _scan.Found is { IsCompleted: true, IsCompletedSuccessfully: false })
            {
                _scan = new Scan(
                    clock.GetTimestamp(),
                    Interlocked.Read(ref _changes),
                    Beside.RunAsync(() => GetAsync(CancellationToken.None)));
            }

            reading = _scan.Found;
        }

        return await Beside.Shared(reading).WaitAsync(cancellationToken);
    }

    /// <summary>The same where it was read lately; null where it must be read.</summary>
    internal LookupState? Recent
    {
        get
        {
            lock (_gate)
            {
                return IsRecent(_scan) && _scan.Found.IsCompletedSuccessfully ? _scan.Found.Result : null;
            }
        }
    }

    public async Task<LookupState> GetAsync(CancellationToken cancellationToken)
    {
        var rows = await _table.ReadAsync(new RowRange(Partition), cancellationToken);
        var settings = rows.FirstOrDefault(row => row.Key == SettingsKey);
        return new LookupState(
            settings is null
                ? new LookupSettings()
                : StoredSettings.FromRow(settings) with { ETag = settings.ETag },
            StoredHealth.FromRow(rows.FirstOrDefault(row => row.Key == HealthKey)),
            StoredLeftOut.FromRow(rows.FirstOrDefault(row => row.Key == LeftOutKey)));
    }

    /// <summary>Stores the first settings, or some over the version that was read; null where they have changed.</summary>
    internal async Task<LookupSettings?> SaveAsync(LookupSettings settings, CancellationToken cancellationToken)
    {
        var row = StoredSettings.ToRow(Partition, SettingsKey, settings with { ETag = null }, settings.ETag);
        var etag = settings.ETag is null
            ? await _table.InsertAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, cancellationToken);
        Interlocked.Increment(ref _changes);
        return etag is null ? null : settings with { ETag = etag };
    }

    /// <summary>Notes how the CRM answers: the last to say so is right.</summary>
    internal async Task SetHealthAsync(LookupHealth health, CancellationToken cancellationToken)
    {
        await _table.UpsertAsync(StoredHealth.ToRow(Partition, HealthKey, health), cancellationToken);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>Notes that a value was left out: the last to say so is right.</summary>
    internal async Task SetLeftOutAsync(LookupLeftOut leftOut, CancellationToken cancellationToken)
    {
        await _table.UpsertAsync(StoredLeftOut.ToRow(Partition, LeftOutKey, leftOut), cancellationToken);
        Interlocked.Increment(ref _changes);
    }

    private bool IsRecent([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] Scan? scan) =>
        scan is not null && scan.Changes == Interlocked.Read(ref _changes)
        && clock.GetElapsedTime(scan.BeganAt) < Recheck;

    private sealed record Scan(long BeganAt, long Changes, Task<LookupState> Found);
}
