using System.Diagnostics;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Sweeping;

/// <summary>
/// Checks all records and index rows, and repairs what does not fit: what a process left that ended between two writes,
/// what a release with a bug left, and what somebody changed by hand.
/// </summary>
public sealed partial class IndexRepair(
    ITables tables, IEnumerable<IIndexedTable> indexed, TimeProvider clock, ILogger<IndexRepair> logger)
{
    /// <summary>How many rows of each table a nightly run checks, so that a large office pays little for it.</summary>
    private const int RowsPerRun = 2000;

    /// <summary>
    /// How long a checked table rests: nearly a week, so that the next check is in the same night of the next week.
    /// Indexes rarely break, and on Azure each read is billed.
    /// </summary>
    private static readonly TimeSpan Rest = TimeSpan.FromDays(6.5);

    private const int PageSize = 200;

    private const string NightPartition = "repair";

    private const string PositionColumn = "position";

    private const string FinishedColumn = "finishedAt";

    /// <summary>How many index rows without a record are noted at once.</summary>
    internal const int MostFound = 100;

    private static readonly StoredJson<FoundAstray> StoredFound = new(SweepingJson.Default, "found");

    private readonly ITable _nights = tables[StorageNames.Sweeps];

    private readonly IReadOnlyList<IIndexedTable> _indexed =
        [.. indexed.OrderBy(table => table.Name, StringComparer.Ordinal)];

    /// <summary>
    /// How long an index row must lead to no record before the nightly run removes it. A record's index rows are
    /// written before the record: a contact's in a few rounds, and each request may take twenty seconds if the storage
    /// is throttled.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Checks about this many rows after the position, or from the beginning. Index rows without a record are only
    /// counted: the record may be about to be written.
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
    /// Forgets how far the repair has come: its positions and what it noted are keys, in which names and numbers stand.
    /// Each table is begun again.
    /// </summary>
    public Task ForgetAsync(CancellationToken cancellationToken) => _nights.DeleteManyAsync(
        _indexed.Select(table => new Row(NightPartition, table.Name)), cancellationToken);

    /// <summary>
    /// A part of the night's repair. Each table continues where its last run stopped; a finished one rests until the
    /// next week. True if all tables rest. Index rows without a record are noted, and removed by a run that comes
    /// <see cref="Patience"/> later if they are still so.
    /// </summary>
    public async Task<bool> RunAtNightAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var (isThrough, began) = (true, Stopwatch.GetTimestamp());
        foreach (var table in _indexed)
        {
            var row = await _nights.GetAsync(NightPartition, table.Name, cancellationToken);
            var now = clock.GetUtcNow();
            // A clock that was set back makes no table rest until it has caught up.
            if (row?.Time(FinishedColumn) is { } finished && finished > now - Rest && finished <= now + ClockSkew.Most)
            {
                continue;
            }

            if (row is not null && StoredFound.IsIn(row))
            {
                var found = StoredFound.FromRow(row);
                var waited = now - found.At;
                // A clock that was set back keeps nobody waiting.
                isThrough &= (waited >= Patience || waited < -ClockSkew.Most)
                    && await RemoveAsync(table, found, cancellationToken);
                continue;
            }

            var from = PositionOf(row?.Text(PositionColumn)) ?? RepairPosition.Beginning(table);
            var limit = new Limit(RowsPerRun, atMost - Stopwatch.GetElapsedTime(began));
            var (check, next) = await SliceAsync(table, from, limit, cancellationToken);
            Tell(table, check);
            if (check.LeadNowhere.Count == 0)
            {
                await EndAsync(table, next, cancellationToken);
                isThrough &= next is null;
                continue;
            }

            isThrough = false;
            // Where there are more of them, the same part is looked through once more when these are gone.
            var noted = new FoundAstray(
                now,
                (check.LeadNowhere.Count > MostFound ? from : next)?.ToString(),
                [.. check.LeadNowhere.Take(MostFound).Select(FoundRow.Of)]);
            await _nights.UpsertAsync(
                StoredFound.Put(new Row(NightPartition, table.Name), noted).Set(PositionColumn, from.ToString()),
                cancellationToken);
        }

        return isThrough;
    }

    /// <summary>True where the table rests then.</summary>
    private async Task<bool> RemoveAsync(IIndexedTable table, FoundAstray found, CancellationToken cancellationToken)
    {
        var rows = await AtOnce.DoAsync(found.Rows, async noted =>
            await tables[noted.Table].GetAsync(noted.Partition, noted.Key, cancellationToken) is { } row
            // One that was touched meanwhile is of a record that is being created.
            && row.ETag == noted.ETag
                ? new IndexRow(noted.Table, row)
                : null);
        var removed = await table.RemoveAsync([.. rows.OfType<IndexRow>()], cancellationToken);
        Tell(table, IndexCheck.None with { Removed = removed });
        var next = PositionOf(found.Next);
        await EndAsync(table, next, cancellationToken);
        return next is null;
    }

    private RepairPosition? PositionOf(string? text) => text is null ? null : RepairPosition.Parse(text, _indexed);

    // At the very end: a run that is interrupted before is repeated.
    private async Task EndAsync(IIndexedTable table, RepairPosition? next, CancellationToken cancellationToken) =>
        await _nights.UpsertAsync(
            new Row(NightPartition, table.Name)
                .Set(PositionColumn, next?.ToString())
                .Set(FinishedColumn, next is null ? clock.GetUtcNow() : null),
            cancellationToken);

    /// <summary>Checks some rows of one table and its index, and returns where to continue; null at the end.</summary>
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

    /// <summary>How much may still be checked.</summary>
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
