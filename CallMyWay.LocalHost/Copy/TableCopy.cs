using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Copy;

/// <summary>Compares one table of the folder with the same table of the account, and copies it.</summary>
internal sealed class TableCopy(string table, SqliteExport from, AzureTable to, CopyProgress progress) : IDisposable
{
    /// <summary>
    /// How many requests run at once: enough to hide the network's latency, and no more than the client library has
    /// connections.
    /// </summary>
    private const int AtOnce = 32;

    private const int MostInBatch = 100;

    /// <summary>
    /// How many batches run at once. They touch few partitions; each accepts 2,000 rows a second and answers "busy" to
    /// more.
    /// </summary>
    private readonly SemaphoreSlim _batches = new(4);

    public string Table => table;

    /// <summary>Reads both tables from end to end, and compares every row.</summary>
    public async Task<TableDifference> CompareAsync(string step, CancellationToken cancellationToken)
    {
        var difference = new TableDifference(table);
        progress.Begin($"{step} {table}", await from.CountAsync(table, cancellationToken));
        await foreach (var pair in PairsAsync(cancellationToken))
        {
            difference.Add(pair);
            progress.Count(pair.From is null ? 0 : 1);
        }

        return difference;
    }

    /// <summary>
    /// Writes the rows that are missing or differ. Returns a line for each row that the account refused.
    /// </summary>
    public async Task<IReadOnlyCollection<string>> WriteAsync(
        TableDifference difference, CancellationToken cancellationToken)
    {
        var refused = new ConcurrentQueue<string>();
        progress.Begin($"writing {table}", difference[RowState.Missing] + difference[RowState.Different]);
        await Parallel.ForEachAsync(
            BatchesAsync(cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (batch, cancellation) =>
            {
                await WriteAsync(batch, refused, cancellation);
                progress.Count(batch.Count);
            });
        return refused;
    }

    public void Dispose() => _batches.Dispose();

    private IAsyncEnumerable<RowPair> PairsAsync(CancellationToken cancellationToken) =>
        RowPair.PairAsync(from.RowsAsync(table, cancellationToken), to.ReadAllAsync(cancellationToken))
            .Where(pair => !IsSchema(pair));

    /// <summary>The account's schema version, which is no part of an office's data.</summary>
    private bool IsSchema(RowPair pair) =>
        table == AzureSchema.Table && (pair.From?.Partition ?? pair.To!.Partition) == AzureSchema.Name;

    /// <summary>Groups consecutive changes of a partition into batches of the largest size.</summary>
    private async IAsyncEnumerable<List<RowChange>> BatchesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<RowChange>();
        var size = 0;
        await foreach (var pair in PairsAsync(cancellationToken))
        {
            if (pair.State is not (RowState.Missing or RowState.Different))
            {
                continue;
            }

            var row = pair.From!.Row!;
            if (batch.Count == MostInBatch || (batch.Count > 0 && (batch[0].Row.Partition != row.Partition || size + row.Size > RowChange.MaxBatchSize)))
            {
                yield return batch;
                (batch, size) = ([], 0);
            }

            // An insert keeps a row that somebody else has written meanwhile. The later check reports it.
            batch.Add(pair.State == RowState.Missing ? RowChange.Insert(row) : RowChange.Upsert(row));
            size += row.Size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private async Task WriteAsync(
        List<RowChange> batch, ConcurrentQueue<string> refused, CancellationToken cancellationToken)
    {
        try
        {
            if (batch is [(var kind, var row)])
            {
                _ = kind == RowChangeKind.Insert
                    ? await to.InsertAsync(row, cancellationToken)
                    : await to.UpsertAsync(row, cancellationToken);
            }
            else
            {
                await _batches.WaitAsync(cancellationToken);
                try
                {
                    _ = await to.BatchAsync(batch, cancellationToken);
                }
                finally
                {
                    _batches.Release();
                }
            }
        }
        catch (AzureStorageException exception) when (exception.Status is 400 or 413)
        {
            if (batch is [(_, var row)])
            {
                refused.Enqueue($"  {table}: {row.Partition} / {row.Key} is refused: {exception.Message}");
                return;
            }

            foreach (var one in batch)
            {
                await WriteAsync([one], refused, cancellationToken);
            }
        }
    }
}
