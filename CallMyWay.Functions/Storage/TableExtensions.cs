using System.Runtime.CompilerServices;

namespace CallMyWay.Functions.Storage;

/// <summary>What several stores do with a table.</summary>
public static class TableExtensions
{
    /// <summary>All rows of a range, page by page.</summary>
    public static async IAsyncEnumerable<Row> ReadAllAsync(this ITable table, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var page = range;
        do
        {
            var (rows, next) = await table.QueryAsync(page, cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            page = page with { Next = next };
        }
        while (page.Next is not null);
    }

    /// <summary>The first <see cref="RowRange.Take"/> rows of a range, where a page can be short, even empty, and not be the last.</summary>
    public static async ValueTask<IReadOnlyList<Row>> ReadAsync(this ITable table, RowRange range, CancellationToken cancellationToken)
    {
        var (rows, next) = await table.QueryAsync(range, cancellationToken);
        while (next is not null && rows.Count < range.Take)
        {
            (var more, next) = await table.QueryAsync(range with { Take = range.Take - rows.Count, Next = next }, cancellationToken);
            rows = [.. rows, .. more];
        }

        return rows;
    }

    /// <summary>
    /// The rows by their keys, in the same order, null where there is none. Several are asked for at once.
    /// </summary>
    public static async ValueTask<IReadOnlyList<Row?>> GetManyAsync(
        this ITable table, IReadOnlyList<(string Partition, string Key)> keys, CancellationToken cancellationToken) =>
        keys is [var only]
            ? [await table.GetAsync(only.Partition, only.Key, cancellationToken)]
            : await AtOnce.DoAsync(
                keys, key => table.GetAsync(key.Partition, key.Key, cancellationToken).AsTask());

    /// <summary>
    /// Stores the row over the version in its ETag, over any where that is null, or as the first one where it is
    /// <see cref="Row.NoVersion"/>. The new ETag; null where another has been stored meanwhile.
    /// </summary>
    public static async ValueTask<string?> PutAsync(
        this ITable table, Row row, CancellationToken cancellationToken) => row.ETag switch
        {
            null => await table.UpsertAsync(row, cancellationToken),
            Row.NoVersion => await table.InsertAsync(row, cancellationToken),
            _ => await table.ReplaceAsync(row, cancellationToken),
        };

    /// <summary>Upserts all the rows, several at once.</summary>
    public static Task UpsertManyAsync(
        this ITable table, IEnumerable<Row> rows, CancellationToken cancellationToken) =>
        AtOnce.DoAsync(rows, row => table.UpsertAsync(row, cancellationToken).AsTask());

    /// <summary>
    /// Deletes all the rows, whatever their version, several at once; one that is gone already is no error.
    /// </summary>
    public static Task DeleteManyAsync(
        this ITable table, IEnumerable<Row> rows, CancellationToken cancellationToken) =>
        AtOnce.DoAsync(rows, row => table.DeleteAsync(row.Partition, row.Key, null, cancellationToken).AsTask());

    /// <summary>
    /// Deletes the rows of a partition that are still as they were read, a hundred in one operation. How many there
    /// were: one that has changed since, or is gone, stays as it is.
    /// </summary>
    public static async Task<int> DeleteUnchangedAsync(
        this ITable table, IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var deleted = 0;
        // Without their columns, which would count for the size of a batch.
        var bare = rows.Select(row => new Row(row.Partition, row.Key, row.ETag));
        foreach (var some in bare.Chunk(RowChange.MaxBatchCount))
        {
            if (await table.BatchAsync([.. some.Select(RowChange.Delete)], cancellationToken))
            {
                deleted += some.Length;
                continue;
            }

            // One of them is not as it was: each by itself.
            foreach (var row in some)
            {
                deleted += await table.DeleteAsync(row.Partition, row.Key, row.ETag, cancellationToken) ? 1 : 0;
            }
        }

        return deleted;
    }
}
