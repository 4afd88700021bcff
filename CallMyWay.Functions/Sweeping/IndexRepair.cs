using System.Diagnostics;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Sweeping;

/// <summary>
/// Goes over all records and all index rows and mends what doesn't fit: what a process that ended between two writes
/// left, what a release with a mistake left, what somebody changed by hand.
/// </summary>
public sealed partial class IndexRepair(
    ITables tables, IEnumerable<IIndexedTable> indexed, TimeProvider clock, ILogger<IndexRepair> logger)
{
    /// <summary>How many rows of each table a run at night looks at, so that a large office pays little for it.</summary>
    private const int RowsPerRun = 2000;

    /// <summary>
    /// How long a table rests that a night was through with: nearly a week, so that it is the same night of the next
    /// one. Nothing goes wrong by itself, and on Azure each look is paid for.
    /// </summary>
    private static readonly TimeSpan Rest = TimeSpan.FromDays(6.5);

    private const int PageSize = 200;

    private const string NightPartition = "repair";

    private const string PositionColumn = "position";

    private const string FinishedColumn = "finishedAt";

    private readonly ITable _nights = tables[StorageNames.Sweeps];

    private readonly IReadOnlyList<IIndexedTable> _indexed =
        [.. indexed.OrderBy(table => table.Name, StringComparer.Ordinal)];

    /// <summary>
    /// How long an index row must lead to no record before the night removes it. Whoever creates a record writes its
    /// index rows first: a contact's in a few rounds, and each request may take twenty seconds where the storage is
    /// throttled.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Looks at the next rows: about so many, from the beginning where no position is given. What leads nowhere is only
    /// told: its record may be about to be written.
    /// </summary>
    public async Task<IndexRepairPage> RunAsync(
        RepairPosition? from, int rows, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var limit = new Limit(rows, atMost);
        var checks = new List<(IIndexedTable Table, IndexCheck Check)>();
        RepairPosition? next = null;
        foreach (var table in _indexed.SkipWhile(table => from is not null && table.Name != from.Table))
        {
            next = table.Name == from?.Table ? from : RepairPosition.Beginning(table);
            if (checks.Count > 0 && limit.IsReached)
            {
                break;
            }

            (var check, next) = await SliceAsync(table, next, limit, cancellationToken);
            checks.Add((table, check));
            if (next is not null)
            {
                break;
            }
        }

        foreach (var (table, check) in checks)
        {
            Tell(table, check);
        }

        return new IndexRepairPage(
            [.. checks.Select(each => RepairedTable.Of(each.Table, each.Check))], next?.ToString());
    }

    /// <summary>
    /// One run at night. Each table goes on where its last run stopped; one that is through rests until the next week.
    /// True where all do. Where index rows lead nowhere, they are looked at again at the end, and removed.
    /// </summary>
    public async Task<bool> RunAtNightAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (atMost < Patience)
        {
            return false;
        }

        var (isThrough, began) = (true, Stopwatch.GetTimestamp());
        var found = new List<(IIndexedTable Table, IndexCheck Check, RepairPosition? Next)>();
        foreach (var table in _indexed)
        {
            var row = await _nights.GetAsync(NightPartition, table.Name, cancellationToken);
            if (row?.Time(FinishedColumn) > clock.GetUtcNow() - Rest)
            {
                continue;
            }

            var from = row?.Text(PositionColumn) is { } text ? RepairPosition.Parse(text, _indexed) : null;
            var limit = new Limit(RowsPerRun, atMost - Patience - Stopwatch.GetElapsedTime(began));
            var (check, next) = await SliceAsync(table, from ?? RepairPosition.Beginning(table), limit, cancellationToken);
            isThrough &= next is null;
            if (check.LeadNowhere.Count > 0)
            {
                found.Add((table, check, next));
            }
            else
            {
                await EndAsync(table, check, next, cancellationToken);
            }
        }

        if (found.Count > 0)
        {
            await Task.Delay(Patience, clock, cancellationToken);
        }

        foreach (var (table, check, next) in found)
        {
            var removed = await table.RemoveAsync(check.LeadNowhere, cancellationToken);
            await EndAsync(table, check with { Removed = check.Removed + removed }, next, cancellationToken);
        }

        return isThrough;
    }

    // At the very end: a run that breaks off before is done again.
    private async Task EndAsync(
        IIndexedTable table, IndexCheck check, RepairPosition? next, CancellationToken cancellationToken)
    {
        Tell(table, check);
        await _nights.UpsertAsync(
            new Row(NightPartition, table.Name)
                .Set(PositionColumn, next?.ToString())
                .Set(FinishedColumn, next is null ? clock.GetUtcNow() : null),
            cancellationToken);
    }

    /// <summary>Looks at some rows of one table and of its index, and tells where to go on; null at the end.</summary>
    private async Task<(IndexCheck Check, RepairPosition? Next)> SliceAsync(
        IIndexedTable table, RepairPosition from, Limit limit, CancellationToken cancellationToken)
    {
        var check = IndexCheck.None;
        RepairPosition? position = from;
        do
        {
            var page = await tables[position.Scanned].ScanAsync(position.After, PageSize, cancellationToken);
            var looked = 0;
            foreach (var some in page.Chunk(AtOnce.Most).TakeWhile(_ => looked == 0 || !limit.IsTimeOver))
            {
                check += await table.CheckAsync(position.Scanned, some, cancellationToken);
                looked += some.Length;
            }

            limit.Rows -= looked;
            position = looked < page.Count || page.Count == PageSize
                ? position with { After = RowKey.Of(page[looked - 1]) } : position.Following(table);
        }
        while (position is not null && !limit.IsReached);
        return (check, position);
    }

    private void Tell(IIndexedTable table, IndexCheck check)
    {
        if (check.Written + check.Removed + check.Conflicts + check.Unreadable > 0)
        {
            Log.Mended(logger, table.Name, check.Written, check.Removed, check.Conflicts, check.Unreadable);
        }
    }

    /// <summary>How much is still to be looked at.</summary>
    private sealed class Limit(int rows, TimeSpan atMost)
    {
        private readonly long _began = Stopwatch.GetTimestamp();

        public int Rows { get; set; } = rows;

        public bool IsReached => Rows <= 0 || IsTimeOver;

        public bool IsTimeOver => Stopwatch.GetElapsedTime(_began) >= atMost;
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "The index of {Table}: {Written} records were written again, {Removed} index rows removed; {Conflicts} records "
            + "conflict with another record's index row, {Unreadable} rows can't be read.")]
        public static partial void Mended(
            ILogger logger, string table, int written, int removed, int conflicts, int unreadable);
    }
}
