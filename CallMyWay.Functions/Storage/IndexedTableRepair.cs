namespace CallMyWay.Functions.Storage;

/// <content>What the repair asks for.</content>
public sealed partial class IndexedTable<T> : IIndexedTable
{
    public string Name => shape.Table;

    public IReadOnlyList<string> Tables { get; } = [.. shape.IndexTables.Prepend(shape.Table).Distinct()];

    public async Task<IndexCheck> CheckAsync(
        string table, IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var check = IndexCheck.None;
        var indexRows = new List<(Row Row, RowKey Record)>();
        foreach (var row in rows)
        {
            try
            {
                if (table == shape.Table && shape.Read(row) is { } record)
                {
                    check += await CheckRecordAsync(record, RowKey.Of(row), cancellationToken);
                }
                else if (shape.IndexTables.Contains(table) && shape.LeadsTo(table, row) is { } key)
                {
                    indexRows.Add((row, key));
                }
            }
            catch (Exception error) when (IsOfTheRow(error))
            {
                check += IndexCheck.None with { Unreadable = 1 };
            }
        }

        // Looked at together, mended one after the other: a write of a record is several requests by itself.
        var found = await AtOnce.DoAsync(
            indexRows, each => FindRecordAsync(new IndexRow(table, each.Row), each.Record, cancellationToken));
        foreach (var ((row, key), state) in indexRows.Zip(found))
        {
            var isRemoved = state == IndexRowState.Astray
                && await RewriteAsync(key, [new IndexRow(table, row)], cancellationToken) is not null;
            check += IndexCheck.None with
            {
                IndexRows = 1,
                Removed = isRemoved ? 1 : 0,
                Unreadable = state == IndexRowState.Unreadable ? 1 : 0,
                LeadNowhere = state == IndexRowState.Nowhere ? [new IndexRow(table, row)] : [],
            };
        }

        return check;
    }

    public async Task<int> RemoveAsync(IReadOnlyList<IndexRow> leadNowhere, CancellationToken cancellationToken)
    {
        var removed = await AtOnce.DoAsync(leadNowhere, async row =>
            shape.LeadsTo(row.Table, row.Row) is { } key
            && await _records.GetAsync(key.Partition, key.Key, cancellationToken) is null
            && await tables[row.Table].DeleteAsync(
                row.Row.Partition, row.Row.Key, row.Row.ETag, cancellationToken));
        return removed.Count(isRemoved => isRemoved);
    }

    private async Task<IndexCheck> CheckRecordAsync(T record, RowKey key, CancellationToken cancellationToken)
    {
        var looked = IndexCheck.None with { Records = 1 };
        var sound = await AtOnce.DoAsync(shape.IndexOf(record), async its =>
            await tables[its.Table].GetAsync(its.Row.Partition, its.Row.Key, cancellationToken) is { } found
            && found.HoldsTheSameAs(its.Row));
        return sound.All(isSound => isSound)
            ? looked
            : await RewriteAsync(key, [], cancellationToken) switch
            {
                null => looked,
                false => looked with { Conflicts = 1 },
                true => looked with { Written = 1 },
            };
    }

    private async Task<IndexRowState> FindRecordAsync(IndexRow row, RowKey key, CancellationToken cancellationToken)
    {
        try
        {
            if (await _records.GetAsync(key.Partition, key.Key, cancellationToken) is not { } stored)
            {
                return IndexRowState.Nowhere;
            }

            return shape.Read(stored) is { } record && !Says(record, row.Table, row.Row)
                ? IndexRowState.Astray
                : IndexRowState.Right;
        }
        catch (Exception error) when (IsOfTheRow(error))
        {
            return IndexRowState.Unreadable;
        }
    }

    /// <summary>
    /// Writes the record again as it is, with its index rows and without <paramref name="wrong"/>, by the same steps as
    /// any write. False where an index row is another record's; null where there is no such record any more.
    /// </summary>
    private async Task<bool?> RewriteAsync(
        RowKey key, IReadOnlyList<IndexRow> wrong, CancellationToken cancellationToken)
    {
        while (await _records.GetAsync(key.Partition, key.Key, cancellationToken) is { } stored
            && shape.Read(stored) is { } record)
        {
            IReadOnlyList<IndexRow> has = [.. shape.IndexOf(record)];
            var write = new IndexWrite<T>(tables, shape, key);
            var isOwn = await write.PointAsync(has, has, CancellationToken.None);
            if (!isOwn)
            {
                // The rest of its index all the same.
                await write.PointAsync([.. has.Where(row => !row.IsUnique)], has, CancellationToken.None);
            }

            await write.NoteAsync(wrong.ExceptBy(has.Select(row => row.Id), row => row.Id), CancellationToken.None);
            if (await _records.ReplaceAsync(stored, CancellationToken.None) is not null)
            {
                await write.RemoveAsync(has);
                return isOwn;
            }
        }

        return null;
    }

    // A row of a later release, or one that is damaged, keeps nobody from looking at the others.
    private static bool IsOfTheRow(Exception error) => error is not (OperationCanceledException or StorageException);

    private enum IndexRowState
    {
        Right,

        /// <summary>It leads to a record that does not say so.</summary>
        Astray,

        /// <summary>It leads to no record, for now.</summary>
        Nowhere,

        Unreadable,
    }
}
