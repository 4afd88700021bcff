namespace CallMyWay.Functions.Storage;

/// <summary>
/// Records that are found by an index, where nothing spans partitions. Each index row of a stored record is there,
/// whoever else writes and wherever a process ends, but for one case (a creation) that 0010 names. What can be left is
/// an index row that leads to a record which does not say so: readers pass over it (<see cref="FollowAsync"/>), and the
/// repair removes it.
/// </summary>
/// <remarks>
/// A write goes through these steps, and begins anew where another writer of the record was faster:
/// <list type="number">
/// <item>Read the record.</item>
/// <item>Write each index row of the new version, also one that is there: its ETag changes.</item>
/// <item>Note the ETags of the index rows that only the version before has.</item>
/// <item>Write the record, if it is still the version that was read.</item>
/// <item>Delete the index rows of step 3, each only with its ETag.</item>
/// </list>
/// Nothing is lost, as a writer who needs an index row has touched it in step 2: whoever noted its ETag before that
/// can't delete it, and whoever noted it later writes the record later too (step 4), over this one. To look at the
/// record again after step 5 would not do in place of the ETags: a writer between its steps 2 and 4 is not seen there.
/// See docs/decisions/0010-keeping-an-index.md.
/// </remarks>
public sealed partial class IndexedTable<T>(ITables tables, IndexedRecord<T> shape)
    where T : class
{
    private readonly ITable _records = tables[shape.Table];

    public async ValueTask<T?> GetAsync(RowKey key, CancellationToken cancellationToken) =>
        Read(await _records.GetAsync(key.Partition, key.Key, cancellationToken));

    /// <summary>
    /// The records that index rows lead to, each with its index row. One that is not there, or does not say so, is
    /// passed over.
    /// </summary>
    public async ValueTask<IReadOnlyList<(Row IndexRow, T Record)>> FollowAsync(
        string indexTable, IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var keys = rows.Select(row => shape.LeadsTo(indexTable, row)).ToList();
        var distinct = keys.OfType<RowKey>().Distinct().ToList();
        var found = await _records.GetManyAsync(
            [.. distinct.Select(key => (key.Partition, key.Key))], cancellationToken);
        var records = distinct.Zip(found.Select(Read)).ToDictionary(pair => pair.First, pair => pair.Second);
        var follow = new List<(Row, T)>();
        foreach (var (row, key) in rows.Zip(keys))
        {
            if (key is { } at && records[at] is { } record && Says(record, indexTable, row))
            {
                follow.Add((row, record));
            }
        }

        return follow;
    }

    /// <summary>
    /// Stores what <paramref name="change"/> makes of the record. It gets null where there is none, and gives null
    /// where nothing is to be written, or the same instance. It is called again where another writer was faster.
    /// </summary>
    /// <param name="key">The record's row.</param>
    /// <param name="change">From the stored record to the next.</param>
    /// <param name="cancellationToken">Heeded until an index row is written; the steps from there on are done.</param>
    /// <param name="read">The record, where the caller has just read it: that saves a read.</param>
    public async Task<IndexedWrite<T>> WriteAsync(
        RowKey key, Func<T?, T?> change, CancellationToken cancellationToken, T? read = null) =>
        await WriteAsync(
            key, read ?? await GetAsync(key, cancellationToken), change, isNewKey: false, cancellationToken);

    /// <summary>Stores a new record; refused where there is one.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isNewKey">
    /// True where the key was made up for this record, so that nobody else can create or delete it meanwhile: that
    /// saves to write the index rows again.
    /// </param>
    /// <param name="cancellationToken">
    /// As in <see cref="WriteAsync(RowKey, Func{T, T}, CancellationToken, T)"/>.
    /// </param>
    public Task<IndexedWrite<T>> CreateAsync(T record, bool isNewKey, CancellationToken cancellationToken) =>
        WriteAsync(
            RowKey.Of(shape.Write(record)), null, found => found is null ? record : null, isNewKey, cancellationToken);

    /// <summary>
    /// Deletes the record, and then its index rows. Returns the record that was deleted; null where there is none, or
    /// where it is not <paramref name="wanted"/>.
    /// </summary>
    public async Task<T?> DeleteAsync(RowKey key, Func<T, bool> wanted, CancellationToken cancellationToken)
    {
        while (await GetAsync(key, cancellationToken) is { } record && wanted(record))
        {
            var write = new IndexWrite<T>(tables, shape, key);
            await write.NoteAsync(shape.IndexOf(record), cancellationToken);
            if (await _records.DeleteAsync(key.Partition, key.Key, shape.ETagOf(record), cancellationToken))
            {
                await write.RemoveAsync([]);
                return record;
            }
        }

        return null;
    }

    private async Task<IndexedWrite<T>> WriteAsync(
        RowKey key, T? before, Func<T?, T?> change, bool isNewKey, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var write = new IndexWrite<T>(tables, shape, key);
        try
        {
            return await WriteAsync(write, key, before, change, isNewKey);
        }
        catch when (write.HasBegun && !isNewKey)
        {
            await PutRightAsync(write, key);
            throw;
        }
    }

    // Who waits for it may go away meanwhile. What has begun is done: half of it is an index that doesn't fit the
    // record.
    private async Task<IndexedWrite<T>> WriteAsync(
        IndexWrite<T> write, RowKey key, T? before, Func<T?, T?> change, bool isNewKey)
    {
        while (true)
        {
            var after = change(before);
            if (after is null || ReferenceEquals(after, before))
            {
                await write.TakeBackAsync(before);
                return new(after is null ? WriteOutcome.Refused : WriteOutcome.Unchanged, before, after);
            }

            IReadOnlyList<IndexRow> had = before is null ? [] : [.. shape.IndexOf(before)];
            IReadOnlyList<IndexRow> has = [.. shape.IndexOf(after)];
            if (!await write.PointAsync(has, had, CancellationToken.None))
            {
                await write.TakeBackAsync(before);
                return new(WriteOutcome.Taken, before, null);
            }

            await write.NoteAsync(had.ExceptBy(has.Select(row => row.Id), row => row.Id), CancellationToken.None);
            var record = shape.Write(after);
            var etag = before is null
                ? await _records.InsertAsync(record, CancellationToken.None)
                : await _records.ReplaceAsync(record.WithETag(shape.ETagOf(before)!), CancellationToken.None);
            if (etag is null)
            {
                before = await GetAsync(key, CancellationToken.None);
                continue;
            }

            // A record that was not there has no version: it may have been created and deleted since step 2, and its
            // index rows deleted with it.
            if (before is null && !isNewKey && !await write.PointAgainAsync(has))
            {
                await _records.DeleteAsync(key.Partition, key.Key, etag, CancellationToken.None);
                await write.TakeBackAsync(null);
                return new(WriteOutcome.Taken, null, null);
            }

            await write.RemoveAsync(has);
            return new(WriteOutcome.Stored, before, Read(record.WithETag(etag)));
        }
    }

    /// <summary>
    /// A write has failed, and the record may be written or not. Where the write has left in an index row what the
    /// record doesn't say, the record is written again as it is: then the write can't arrive any more.
    /// </summary>
    private async Task PutRightAsync(IndexWrite<T> write, RowKey key)
    {
        try
        {
            if (await GetAsync(key, CancellationToken.None) is { } stored
                && shape.IndexOf(stored).Any(write.MayHaveWrittenOver))
            {
                await RewriteAsync(key, [], CancellationToken.None);
            }
        }
        catch (Exception)
        {
            // The caller is told of the first failure. What is left is for the next write of the record, or the repair.
        }
    }

    private bool Says(T record, string table, Row row) =>
        shape.IndexOf(record).Any(its => its.Id == (table, RowKey.Of(row)));

    /// <summary>The record of a row; null for a row that is none.</summary>
    internal T? Read(Row? row) => row is null ? null : shape.Read(row);
}

/// <summary>
/// What became of a write: the record that was there, and the one that is there now as far as it was stored.
/// </summary>
public readonly record struct IndexedWrite<T>(WriteOutcome Outcome, T? Before, T? After)
    where T : class;

/// <summary>What became of a write.</summary>
public enum WriteOutcome
{
    Stored,

    /// <summary>The change gave back the record that is there.</summary>
    Unchanged,

    /// <summary>The change gave none: the record is not as the caller wants it to be.</summary>
    Refused,

    /// <summary>Another record has an index row that is for one alone.</summary>
    Taken,
}
