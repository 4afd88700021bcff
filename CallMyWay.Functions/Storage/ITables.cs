namespace CallMyWay.Functions.Storage;

/// <summary>The tables of the app, by name. See <see cref="StorageNames"/> for all there are.</summary>
public interface ITables
{
    ITable this[string name] { get; }

    /// <summary>
    /// How many records whoever has many of them stores at once, each with the rows that lead to it: so few that other
    /// callers' requests are not held up. More where those that wait together share a commit.
    /// </summary>
    int RecordsAtOnce => 4;

    /// <summary>
    /// Stores rows of whatever tables, whatever was there, and once they are stored, makes the change. Nothing spans
    /// them: where this fails, or where the change is refused, some of the rows are stored or all of them.
    /// </summary>
    /// <param name="first">The rows.</param>
    /// <param name="table">The table of the change.</param>
    /// <param name="change">An insert, a replace or an upsert.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>The new ETag of the changed row; null where the change was refused.</returns>
    async ValueTask<string?> StoreAfterAsync(
        IReadOnlyList<IndexRow> first, string table, RowChange change, CancellationToken cancellationToken)
    {
        await AtOnce.DoAsync(first, row => this[row.Table].UpsertAsync(row.Row, cancellationToken).AsTask());
        return change.Kind switch
        {
            RowChangeKind.Insert => await this[table].InsertAsync(change.Row, cancellationToken),
            RowChangeKind.Replace => await this[table].ReplaceAsync(change.Row, cancellationToken),
            RowChangeKind.Upsert => await this[table].UpsertAsync(change.Row, cancellationToken),
            _ => throw new ArgumentException($"A {change.Kind} stores nothing.", nameof(change)),
        };
    }

    /// <summary>
    /// Stores many new records, each after the rows that lead to it. One that is there already stays as it is. Nothing
    /// spans them: where this fails, some are stored, and it can be repeated.
    /// </summary>
    /// <remarks>
    /// Rows that lead somewhere are often many of one partition, such as all words with a letter: a hundred of them are
    /// one operation.
    /// </remarks>
    async Task InsertManyAsync(IReadOnlyList<NewRecord> records, CancellationToken cancellationToken)
    {
        var batches = records.SelectMany(record => record.Index)
            .GroupBy(row => (row.Table, row.Row.Partition), row => row.Row)
            .SelectMany(rows => Batches(rows).Select(batch => (rows.Key.Table, Rows: batch)));
        await AtOnce.DoAsync(batches, async batch => batch.Rows is [var only]
            ? await this[batch.Table].UpsertAsync(only, cancellationToken) is not null
            : await this[batch.Table].BatchAsync([.. batch.Rows.Select(RowChange.Upsert)], cancellationToken));
        await AtOnce.DoAsync(records, record => this[record.Table].InsertAsync(record.Make(), cancellationToken).AsTask());

        static IEnumerable<IReadOnlyList<Row>> Batches(IEnumerable<Row> rows)
        {
            var batch = new List<Row>();
            var size = 0;
            foreach (var row in rows)
            {
                if (batch.Count == RowChange.MaxBatchCount
                    || (size + row.Size > RowChange.MaxBatchSize && batch.Count > 0))
                {
                    yield return batch;
                    (batch, size) = ([], 0);
                }

                batch.Add(row);
                size += row.Size;
            }

            if (batch.Count > 0)
            {
                yield return batch;
            }
        }
    }
}

/// <summary>A record that is about to be stored.</summary>
/// <param name="Table">The table that it is in.</param>
/// <param name="Make">Makes the record's row.</param>
/// <param name="Index">The rows that lead to it.</param>
/// <remarks>The rows are made as they are asked for: those of many records fill much memory.</remarks>
public sealed record NewRecord(string Table, Func<Row> Make, IEnumerable<IndexRow> Index);

/// <summary>
/// A table: rows by partition and key, in the order of their keys. Each call is one storage operation, durable when it
/// returns; nothing spans partitions but what the caller makes repeatable. What the data can answer (it exists already,
/// it has changed) is a result; what the storage can't do (it is down, it is full) is an exception after the adapter's
/// own retries.
/// </summary>
public interface ITable
{
    /// <summary>The row, or null where there is none.</summary>
    ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a row that is not there yet, and answers its ETag; null where there was one already, which stays as it
    /// was.
    /// </summary>
    ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the row whose ETag is the one given, and answers the new ETag; null where it has changed or is gone.
    /// </summary>
    /// <exception cref="ArgumentException">The row has no ETag.</exception>
    ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken);

    /// <summary>Stores the row whatever was there, and answers its ETag.</summary>
    ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken);

    /// <summary>Deletes the row. False where there was none, or, with an ETag, where it has changed.</summary>
    ValueTask<bool> DeleteAsync(string partition, string key, string? etag, CancellationToken cancellationToken);

    /// <summary>One page of a partition's rows, in ascending order of their keys.</summary>
    /// <exception cref="ArgumentException">
    /// <see cref="RowRange.Take"/> is out of its bounds, or <see cref="RowRange.Next"/> is not from this same query.
    /// </exception>
    ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken);

    /// <summary>
    /// The rows of all partitions behind the one named, in the order of partitions and keys: <paramref name="take"/> of
    /// them (1 to 1000), fewer only at the end of the table. For what goes over a whole table in the background;
    /// nothing that a person waits for may take as long as a table is large.
    /// </summary>
    /// <param name="after">The last row of the page before; null for the first page.</param>
    /// <param name="take">How many.</param>
    /// <param name="cancellationToken">The caller's.</param>
    ValueTask<IReadOnlyList<Row>> ScanAsync(RowKey? after, int take, CancellationToken cancellationToken);

    /// <summary>
    /// All of the changes or none, within one partition and each to another row, 1 to 100 of them. False where one of
    /// them was refused (an insert found a row, a replace or a delete with an ETag found none or another version); then
    /// nothing has changed.
    /// </summary>
    /// <exception cref="ArgumentException">The changes break the rule above.</exception>
    ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken);
}

/// <summary>Which rows of a partition to read: those with <c>From &lt;= key &lt; Before</c>, where given.</summary>
public sealed record RowRange(string Partition)
{
    /// <summary>The most rows that a page holds.</summary>
    public const int MaxTake = 1000;

    /// <summary>The first key, inclusive.</summary>
    public string? From { get; init; }

    /// <summary>The end, exclusive. Not necessarily a valid key.</summary>
    public string? Before { get; init; }

    /// <summary>How many rows at most, 1 to 1000.</summary>
    public int Take { get; init; } = MaxTake;

    /// <summary>Of those rows only the ones that hold all of this. The storage passes over the others.</summary>
    public IReadOnlyList<ColumnValue> Where { get; init; } = [];

    /// <summary>
    /// About how many rows a query with <see cref="Where"/> looks through before it answers with what it has found;
    /// null where it may look through all. Then <see cref="RowPage.GoesOnAt"/> says where it stopped. The table service
    /// bounds a query by its time alone, and says so in the same way.
    /// </summary>
    public int? Look { get; init; }

    /// <summary>The page before this one's <see cref="RowPage.Next"/>; null for the first.</summary>
    public string? Next { get; init; }

    /// <summary>Checks the range in the same words for every adapter.</summary>
    /// <exception cref="ArgumentException">
    /// The partition is no key, <see cref="Where"/> names what is no column, or <see cref="Take"/> is not 1 to 1000.
    /// </exception>
    public static void Check(RowRange range)
    {
        _ = Keys.Checked(range.Partition);
        foreach (var where in range.Where)
        {
            if (where.Columns.Count == 0 || !where.Columns.All(Row.IsColumnName))
            {
                throw new ArgumentException(
                    $"'{string.Join(", ", where.Columns)}' are no names of columns.", nameof(range));
            }
        }

        if (range.Take is < 1 or > MaxTake)
        {
            throw new ArgumentException($"A page takes 1 to {MaxTake} rows, not {range.Take}.", nameof(range));
        }

        if (range.Look is < 1)
        {
            throw new ArgumentException($"A query looks through 1 row or more, not {range.Look}.", nameof(range));
        }
    }

    /// <summary>Checks how many rows a page takes.</summary>
    /// <exception cref="ArgumentException">It is not 1 to 1000.</exception>
    public static void CheckTake(int take)
    {
        if (take is < 1 or > MaxTake)
        {
            throw new ArgumentException($"A page takes 1 to {MaxTake} rows, not {take}.", nameof(take));
        }
    }

    /// <summary>All the rows whose key begins so.</summary>
    public static RowRange Prefix(string partition, string prefix) =>
        new(partition) { From = prefix, Before = Keys.AfterPrefix(prefix) };
}

/// <summary>A text that a row holds in one of these columns, which hold text wherever they are set.</summary>
public sealed record ColumnValue(string Value, params IReadOnlyList<string> Columns);

/// <summary>
/// A page of rows; <paramref name="Next"/> (opaque) asks for the following one, null at the end. A page can be short,
/// even empty, and not be the last.
/// </summary>
public sealed record RowPage(IReadOnlyList<Row> Rows, string? Next)
{
    /// <summary>
    /// Where a page with a <see cref="RowRange.Look"/> has fewer rows than asked, and its range may have more: the
    /// <see cref="RowRange.From"/> of the rest. Unlike <see cref="Next"/> it is the same on every storage. Null for any
    /// other page.
    /// </summary>
    public string? GoesOnAt { get; init; }
}

/// <summary>One change of a batch.</summary>
public readonly record struct RowChange(RowChangeKind Kind, Row Row)
{
    /// <summary>
    /// The most that a batch changes, by <see cref="Row.Size"/>: the table service takes 4 MiB of what it becomes on
    /// the wire, where the client library escapes all but ASCII, six bytes for the two of a character.
    /// </summary>
    public const int MaxBatchSize = 1280 * 1024;

    /// <summary>The most rows that a batch changes: the table service's.</summary>
    public const int MaxBatchCount = 100;

    public static RowChange Insert(Row row) => new(RowChangeKind.Insert, row);

    public static RowChange Replace(Row row) => new(RowChangeKind.Replace, row);

    public static RowChange Upsert(Row row) => new(RowChangeKind.Upsert, row);

    /// <summary>
    /// Deletes the row; with an ETag only that version. A row that is not there is refused with an ETag and passed over
    /// without.
    /// </summary>
    public static RowChange Delete(Row row) => new(RowChangeKind.Delete, row);

    /// <summary>The changes as a batch takes them: checked in the same words by every adapter.</summary>
    /// <exception cref="ArgumentException">
    /// None, more than 100, too large together, several partitions, a row twice, or a replace without ETag.
    /// </exception>
    public static void Check(IReadOnlyList<RowChange> changes)
    {
        if (changes.Count is 0 or > MaxBatchCount)
        {
            throw new ArgumentException(
                $"A batch takes 1 to {MaxBatchCount} changes, not {changes.Count}.", nameof(changes));
        }

        var size = changes.Sum(change => (long)change.Row.Size);
        if (size > MaxBatchSize)
        {
            throw new ArgumentException(
                $"The changes have {size} bytes; a batch takes at most {MaxBatchSize}.", nameof(changes));
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (kind, row) in changes)
        {
            if (!string.Equals(row.Partition, changes[0].Row.Partition, StringComparison.Ordinal))
            {
                throw new ArgumentException("A batch stays within one partition.", nameof(changes));
            }

            if (!keys.Add(row.Key))
            {
                throw new ArgumentException("A batch takes each row once.", nameof(changes));
            }

            if (kind == RowChangeKind.Replace && row.ETag is null)
            {
                throw new ArgumentException("A replace needs the ETag that was read.", nameof(changes));
            }
        }
    }
}

public enum RowChangeKind
{
    Insert,
    Replace,
    Upsert,
    Delete,
}
