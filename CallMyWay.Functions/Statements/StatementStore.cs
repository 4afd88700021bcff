using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Statements;

/// <summary>
/// What the records add up to, a row for each day. A day whose records have changed is worked out again when it is read
/// (<see cref="ChangedDays"/>): nothing is ever counted up, so nothing is counted twice. Partition: the account. Key:
/// <c>day~</c> and the day, or <c>invoice~</c> or <c>clues~</c> and the month.
/// </summary>
public sealed class StatementStore(ITables tables, RecordStore records, ChangedDays changed, TimeProvider clock)
{
    private const string Form = "1";

    private static readonly StoredJson<DayStatement> Stored = new(StatementsJson.Default);

    private static readonly StoredJson<Invoice> StoredInvoice = new(StatementsJson.Default);

    private static readonly StoredJson<FoundClues> StoredClues = new(StatementsJson.Default);

    private readonly ITable _table = tables[StorageNames.Statements];

    /// <summary>
    /// The days from the first to the last that have records. It costs two queries, and for each day that has changed
    /// a query for each 1,000 of its records. Where none of the days was worked out before, all of them are.
    /// </summary>
    public async Task<IReadOnlyList<DayStatement>> ReadAsync(
        Account account, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        // The marks first: what is marked later is worked out at the next reading.
        var near = await changed.ListAsync(account.Username, first.AddDays(-1), last.AddDays(1), cancellationToken);
        List<ChangedDay> marks = [.. near.Where(mark => mark.Day >= first && mark.Day <= last)];
        var days = new Dictionary<DateOnly, DayStatement>();
        var range = new RowRange(Keys.Encode(account.Username))
        {
            From = KeyOf(first),
            Before = KeyOf(last.AddDays(1)),
        };
        await foreach (var row in _table.ReadAllAsync(range, cancellationToken))
        {
            var day = Stored.FromRow(row);
            days[day.Date] = day;
        }

        var basis = BasisOf(account);
        // In another zone records belong to other days, also to some that had none. While no day is stored, nothing
        // tells in which zone the marks were made: their records can be of the days before or after.
        var isAll = days.Count == 0 ? near.Count > 0 : days.Values.Any(day => day.Basis != basis);
        var stale = isAll
            ? Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays)
            : marks.Select(mark => mark.Day);
        foreach (var day in await AtOnce.DoAsync(stale, date => WorkOutAsync(account, date, cancellationToken)))
        {
            days[day.Date] = day;
        }

        var now = clock.GetUtcNow();
        await AtOnce.DoAsync(marks, async mark =>
        {
            await changed.SettleAsync(account.Username, mark, now, cancellationToken);
            return true;
        });
        return [.. days.Values.Where(day => day.Routes.Count > 0).OrderBy(day => day.Date)];
    }

    public async ValueTask<Invoice?> GetInvoiceAsync(
        string account, DateOnly month, CancellationToken cancellationToken) =>
        await _table.GetAsync(Keys.Encode(account), KeyOf("invoice", month), cancellationToken) is { } row
            ? StoredInvoice.FromRow(row) with { ETag = row.ETag }
            : null;

    /// <summary>
    /// Stores the invoice over the version in <see cref="Invoice.ETag"/> (<see cref="TableExtensions.PutAsync"/>). Null
    /// if it has changed.
    /// </summary>
    public async ValueTask<Invoice?> PutInvoiceAsync(Invoice invoice, CancellationToken cancellationToken)
    {
        var row = StoredInvoice.ToRow(
            Keys.Encode(invoice.Account), KeyOf("invoice", invoice.Month), invoice, invoice.ETag);
        var etag = await _table.PutAsync(row, cancellationToken);
        return etag is null ? null : invoice with { ETag = etag };
    }

    /// <summary>Removes the invoice's total. False if it has changed.</summary>
    public async ValueTask<bool> RemoveInvoiceAsync(
        string account, DateOnly month, string? etag, CancellationToken cancellationToken) =>
        etag != Row.NoVersion
        && (await _table.DeleteAsync(Keys.Encode(account), KeyOf("invoice", month), etag, cancellationToken)
            || etag is null);

    public async ValueTask<FoundClues?> GetCluesAsync(
        string account, DateOnly month, CancellationToken cancellationToken) =>
        StoredClues.FromRow(await _table.GetAsync(Keys.Encode(account), KeyOf("clues", month), cancellationToken));

    public async Task PutCluesAsync(
        string account, DateOnly month, FoundClues found, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(
            StoredClues.ToRow(Keys.Encode(account), KeyOf("clues", month), found), cancellationToken);

    private async Task<DayStatement> WorkOutAsync(Account account, DateOnly date, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (from, until) = (account.TimeZone.StartOf(date), account.TimeZone.StartOf(date.AddDays(1)));
        var all = new List<PricedRecord>();
        await foreach (var record in records.ReadAsync(account.Username, from, until, cancellationToken))
        {
            all.Add(record);
        }

        var day = new DayStatement(
            account.Username, date, RouteSum.Of(all, account.CostIncludesAccessFee), BasisOf(account), now);
        await _table.UpsertAsync(
            Stored.ToRow(Keys.Encode(account.Username), KeyOf(date), day), cancellationToken);
        return day;
    }

    private static string BasisOf(Account account) =>
        string.Join('|', Form, account.TimeZone.Id, account.CostIncludesAccessFee ? "included" : "added");

    private static string KeyOf(DateOnly day) => Keys.Join("day", day.ToString("O", CultureInfo.InvariantCulture));

    private static string KeyOf(string what, DateOnly month) =>
        Keys.Join(what, month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
}
