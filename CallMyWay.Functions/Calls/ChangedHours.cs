using System.Collections.Concurrent;
using System.Globalization;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The hours whose calls have changed since their figures were worked out: figures are never counted up, but worked out
/// again for such an hour. Partition: <c>changed</c>, beside the figures. Key: the hour, in UTC. A call belongs to the
/// hour of <see cref="Call.IndexedAt"/>, and so to one hour for ever.
/// </summary>
/// <remarks>
/// The mark is stored before the call. A process that has marked an hour does not mark it again for five minutes, so
/// that a call costs nothing more in the mean. A mark stays for ten minutes at least: whatever was saved in reliance on
/// it is stored by then. Where the clock was set meanwhile, or the machine slept, it marks the hour again.
/// </remarks>
public sealed class ChangedHours(ITables tables, TimeProvider clock)
{
    /// <summary>So long a mark stays.</summary>
    public static readonly TimeSpan Settles = TimeSpan.FromMinutes(10);

    /// <summary>So long a process relies on a mark that it has stored.</summary>
    public static readonly TimeSpan Remembers = TimeSpan.FromMinutes(5);

    /// <summary>How far a mark may be ahead of our clock: another machine's is not quite ours.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(1);

    private const string Partition = "changed";

    private const string AtColumn = "at";

    private const string Form = "yyyyMMddHH";

    /// <summary>More hours than these are forgotten, and marked again.</summary>
    private const int MaxRemembered = 20_000;

    private readonly ITable _table = tables[StorageNames.Reports];

    private readonly ConcurrentDictionary<DateTimeOffset, MarkedAt> _marked = new();

    /// <summary>The hour of a call, in UTC.</summary>
    public static DateTimeOffset HourOf(Call call) => HourOf(call.IndexedAt);

    /// <summary>The hour of a time, in UTC.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>
    /// The mark that is to be stored before the call is; null where this process has stored it lately.
    /// <see cref="Note"/> says that it is stored.
    /// </summary>
    public HourMark? MarkOf(Call call)
    {
        var (hour, now) = (HourOf(call), MarkedAt.Now(clock));
        return _marked.TryGetValue(hour, out var at) && at.IsWithin(Remembers, now, clock)
            ? null
            : new HourMark(
                hour, now, new IndexRow(StorageNames.Reports, new Row(Partition, KeyOf(hour)).Set(AtColumn, now.Time)));
    }

    /// <summary>The mark is stored.</summary>
    public void Note(HourMark mark)
    {
        if (_marked.Count >= MaxRemembered)
        {
            _marked.Clear();
        }

        _marked[mark.Hour] = mark.Since;
    }

    /// <summary>
    /// Marks the hour of a call, of which something is about to be stored that stands elsewhere: a wrap-up, or what
    /// became of a promise.
    /// </summary>
    public async Task MarkAsync(Call call, CancellationToken cancellationToken)
    {
        if (MarkOf(call) is { } mark)
        {
            await _table.UpsertAsync(mark.Row.Row, cancellationToken);
            Note(mark);
        }
    }

    /// <summary>
    /// Marks hours whose calls have been stored for long, so that they are worked out at once. A mark that is there
    /// stays as it is: it can be of a change that goes on.
    /// </summary>
    public async Task MarkEarlierAsync(IEnumerable<DateTimeOffset> hours, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow() - Settles - Settles;
        foreach (var some in hours.Distinct().Chunk(RowChange.MaxBatchCount))
        {
            List<Row> rows = [.. some.Select(hour => new Row(Partition, KeyOf(hour)).Set(AtColumn, at))];
            if (!await _table.BatchAsync([.. rows.Select(RowChange.Insert)], cancellationToken))
            {
                await AtOnce.DoAsync(rows, row => _table.InsertAsync(row, cancellationToken).AsTask());
            }
        }
    }

    /// <summary>The hours that are marked, of those from the first on and before the end; the earliest first.</summary>
    public async Task<IReadOnlyList<ChangedHour>> ListAsync(
        DateTimeOffset? first, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        var range = new RowRange(Partition)
        {
            From = first is { } from ? KeyOf(HourOf(from)) : null,
            Before = before is { } end ? KeyOf(HourOf(end.AddTicks(-1)).AddHours(1)) : null,
        };
        var hours = new List<ChangedHour>();
        await foreach (var row in _table.ReadAllAsync(range, cancellationToken))
        {
            var hour = DateTimeOffset.ParseExact(
                row.Key, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            hours.Add(new ChangedHour(hour, row.Time(AtColumn)!.Value, row.ETag!));
        }

        return hours;
    }

    /// <summary>
    /// Takes the mark off an hour that was worked out from calls that were read at this time or later, unless it was
    /// young then, or was set again since.
    /// </summary>
    public async Task SettleAsync(ChangedHour hour, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        if (hour.IsSettledAt(readAt))
        {
            await _table.DeleteAsync(Partition, KeyOf(hour.Hour), hour.ETag, cancellationToken);
        }
        else if (hour.At > readAt + MostAhead)
        {
            // The clock was set back: how old the mark is nobody knows, so it counts as of now.
            await _table.ReplaceAsync(
                new Row(Partition, KeyOf(hour.Hour), hour.ETag).Set(AtColumn, readAt), cancellationToken);
        }
    }

    private static string KeyOf(DateTimeOffset hour) => hour.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);
}

/// <summary>A mark that is to be stored.</summary>
/// <param name="Hour">The hour, in UTC.</param>
/// <param name="Since">From when on a process may rely on it.</param>
/// <param name="Row">What is stored.</param>
public sealed record HourMark(DateTimeOffset Hour, MarkedAt Since, IndexRow Row);

/// <summary>An hour whose calls have changed, and when that was last noted.</summary>
public sealed record ChangedHour(DateTimeOffset Hour, DateTimeOffset At, string ETag)
{
    /// <summary>True where all that was saved in reliance on the mark is stored then.</summary>
    public bool IsSettledAt(DateTimeOffset time) => time - At > ChangedHours.Settles;
}
