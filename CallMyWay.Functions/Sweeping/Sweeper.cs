using System.Diagnostics;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Sweeping;

/// <summary>
/// Deletes old rows in batches. A round goes through all sweeps, in as many runs as needed. If a run stops or its
/// process ends, the next run continues there.
/// </summary>
public sealed partial class Sweeper(
    ITables tables, IEnumerable<ISweep> sweeps, TimeProvider clock, ILogger<Sweeper> logger)
{
    private const string PositionKey = "position";

    private static readonly StoredJson<SweepPosition> Stored = new(SweepingJson.Default);

    private readonly ITable _positions = tables[StorageNames.Sweeps];

    /// <summary>
    /// Sweeps for at most this long. True if the round is finished; then nothing happens until the next day (UTC).
    /// </summary>
    public async Task<bool> RunAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var position = await ReadAsync(cancellationToken);
        if (position.FinishedAt is { } finished)
        {
            if (finished.UtcDateTime.Date == now.UtcDateTime.Date)
            {
                return true;
            }

            position = SweepPosition.Beginning;
        }

        var began = Stopwatch.GetTimestamp();
        var deleted = 0;
        foreach (var (table, each) in await RestAsync(position, now, cancellationToken))
        {
            var range = each;
            do
            {
                var (rows, next) = await tables[table].QueryAsync(range.Rows, cancellationToken);
                deleted += await tables[table]
                    .DeleteUnchangedAsync([.. rows.Where(row => IsOver(range, table, row))], cancellationToken);
                range = range with { Rows = range.Rows with { Next = next } };
                if (next is not null && Stopwatch.GetElapsedTime(began) >= atMost)
                {
                    // A page can be empty without being the last; then the position stays.
                    position = rows.Count > 0 ? new(table, range.Rows.Partition, rows[^1].Key, null) : position;
                    await WriteAsync(position, cancellationToken);
                    Log.Stopped(logger, deleted, table);
                    return false;
                }
            }
            while (range.Rows.Next is not null);

            position = new SweepPosition(table, range.Rows.Partition, SweepPosition.Whole, null);
            await WriteAsync(position, cancellationToken);
            if (Stopwatch.GetElapsedTime(began) >= atMost)
            {
                Log.Stopped(logger, deleted, table);
                return false;
            }
        }

        await WriteAsync(SweepPosition.Beginning with { FinishedAt = now }, cancellationToken);
        Log.Finished(logger, deleted);
        return true;
    }

    // A row that can't be read, such as one of a later release, is kept. It must not stop the sweep of all others.
    private bool IsOver(SweepRange range, string table, Row row)
    {
        try
        {
            return range.IsOver(row);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Unreadable(logger, table, exception.GetType().Name);
            return false;
        }
    }

    /// <summary>What is left of the round, after the position.</summary>
    private async Task<IReadOnlyList<(string Table, SweepRange Range)>> RestAsync(
        SweepPosition position, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rest = new List<(string, SweepRange)>();
        foreach (var sweep in sweeps.OrderBy(sweep => sweep.Table, StringComparer.Ordinal))
        {
            if (string.CompareOrdinal(sweep.Table, position.Table) < 0)
            {
                continue;
            }

            foreach (var range in await sweep.RangesAsync(now, cancellationToken))
            {
                if ((sweep.Table == position.Table ? position.Behind(range.Rows) : range.Rows) is { } rows)
                {
                    rest.Add((sweep.Table, range with { Rows = rows }));
                }
            }
        }

        return rest;
    }

    private async ValueTask<SweepPosition> ReadAsync(CancellationToken cancellationToken) =>
        Stored.FromRow(await _positions.GetAsync(PositionKey, PositionKey, cancellationToken))
        ?? SweepPosition.Beginning;

    private async Task WriteAsync(SweepPosition position, CancellationToken cancellationToken) =>
        await _positions.UpsertAsync(Stored.ToRow(PositionKey, PositionKey, position), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A row of {Table} can't be read ({Error}) and is kept by the sweep.")]
        public static partial void Unreadable(ILogger logger, string table, string error);

        [LoggerMessage(LogLevel.Information, "The sweep is finished; its last run deleted {Rows} rows.")]
        public static partial void Finished(ILogger logger, int rows);

        [LoggerMessage(LogLevel.Information, "The sweep deleted {Rows} rows and goes on in {Table} with its next run.")]
        public static partial void Stopped(ILogger logger, int rows, string table);
    }
}
