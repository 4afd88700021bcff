using System.Collections.Concurrent;
using System.Globalization;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The days whose records have changed since their totals were worked out: totals are never counted up, but worked out
/// again for such a day. Partition: <c>changed~</c> and the account, beside the records. Key: the day.
/// </summary>
/// <remarks>
/// A process that has marked a day does not mark it again for five minutes, half of the time that a mark stays, unless
/// the clock was set meanwhile, or the machine slept.
/// </remarks>
public sealed class ChangedDays(ITables tables, TimeProvider clock)
{
    /// <summary>
    /// So long a mark stays. It is written before the records, and they are stored long before this has passed.
    /// </summary>
    public static readonly TimeSpan Settles = TimeSpan.FromMinutes(10);

    /// <summary>So long a process relies on a mark that it has stored.</summary>
    public static readonly TimeSpan Remembers = TimeSpan.FromMinutes(5);

    /// <summary>More days than these are forgotten, and marked again.</summary>
    private const int MaxRemembered = 5_000;

    private const string AtColumn = "at";

    private readonly ITable _table = tables[StorageNames.CallRecords];

    private readonly ConcurrentDictionary<(string Account, DateOnly Day), MarkedAt> _marked = new();

    /// <summary>
    /// Marks the days of records that are about to be stored: one write for each day that was not marked lately.
    /// </summary>
    public async Task MarkAsync(
        Account account, IEnumerable<DateOnly> days, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = MarkedAt.Now(clock);
        List<DateOnly> unknown =
        [
            .. days.Distinct().Where(day => !_marked.TryGetValue((account.Username, day), out var at)
                || !at.IsWithin(Remembers, since, clock)),
        ];
        await _table.UpsertManyAsync(
            unknown.Select(day => new Row(PartitionOf(account.Username), KeyOf(day)).Set(AtColumn, now)),
            cancellationToken);
        if (_marked.Count >= MaxRemembered)
        {
            _marked.Clear();
        }

        foreach (var day in unknown)
        {
            _marked[(account.Username, day)] = since;
        }
    }

    /// <summary>The days that are marked, of those from the first to the last.</summary>
    public async Task<IReadOnlyList<ChangedDay>> ListAsync(
        string account, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var range = new RowRange(PartitionOf(account)) { From = KeyOf(first), Before = KeyOf(last.AddDays(1)) };
        var days = new List<ChangedDay>();
        await foreach (var row in _table.ReadAllAsync(range, cancellationToken))
        {
            days.Add(new ChangedDay(
                DateOnly.ParseExact(row.Key, "O", CultureInfo.InvariantCulture), row.Time(AtColumn)!.Value, row.ETag!));
        }

        return days;
    }

    /// <summary>
    /// Takes the mark off a day that was worked out after the mark was read, unless it is young or was set again.
    /// </summary>
    public async Task SettleAsync(
        string account, ChangedDay day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A mark of the future was set before the clock was set back.
        if ((now - day.At).Duration() > Settles)
        {
            await _table.DeleteAsync(PartitionOf(account), KeyOf(day.Day), day.ETag, cancellationToken);
        }
    }

    private static string PartitionOf(string account) => Keys.Join("changed", Keys.Encode(account));

    private static string KeyOf(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>A day whose records have changed, and when that was last noted.</summary>
public sealed record ChangedDay(DateOnly Day, DateTimeOffset At, string ETag);
