using System.Globalization;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Reconciliation;

/// <summary>The day that is to be worked out next by schedule.</summary>
public sealed record NextDay(DateOnly Date);

/// <summary>
/// The days as they were worked out. Partition: the account. Key: the day; <c>next</c> for the one that the schedule
/// has next.
/// </summary>
public sealed class DayStore(ITables tables)
{
    private const string NextKey = "next";

    private static readonly StoredJson<DayReconciliation> Stored = new(ReconciliationJson.Default);

    private static readonly StoredJson<NextDay> StoredNext = new(ReconciliationJson.Default);

    private readonly ITable _table = tables[StorageNames.Reconciliations];

    /// <summary>The day; one that is pending where it was never worked out.</summary>
    public async ValueTask<DayReconciliation> GetAsync(
        string account, DateOnly date, CancellationToken cancellationToken) =>
        Stored.FromRow(await _table.GetAsync(Keys.Encode(account), KeyOf(date), cancellationToken))
        ?? new DayReconciliation(account, date);

    /// <summary>The days from the first to the last, also those that were never worked out.</summary>
    public async Task<IReadOnlyList<DayReconciliation>> ListAsync(
        string account, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var known = new Dictionary<DateOnly, DayReconciliation>();
        var range = new RowRange(Keys.Encode(account)) { From = KeyOf(first), Before = KeyOf(last.AddDays(1)) };
        await foreach (var row in _table.ReadAllAsync(range, cancellationToken))
        {
            var day = Stored.FromRow(row);
            known[day.Date] = day;
        }

        return
        [
            .. Enumerable.Range(0, Math.Max(0, last.DayNumber - first.DayNumber + 1)).Select(first.AddDays)
                .Select(date => known.GetValueOrDefault(date) ?? new DayReconciliation(account, date)),
        ];
    }

    public async Task PutAsync(DayReconciliation day, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(
            Stored.ToRow(Keys.Encode(day.Account), KeyOf(day.Date), day), cancellationToken);

    public async ValueTask<DateOnly?> GetNextAsync(string account, CancellationToken cancellationToken) =>
        StoredNext.FromRow(await _table.GetAsync(Keys.Encode(account), NextKey, cancellationToken))?.Date;

    public async Task PutNextAsync(string account, DateOnly date, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(
            StoredNext.ToRow(Keys.Encode(account), NextKey, new NextDay(date)), cancellationToken);

    private static string KeyOf(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
