using System.Collections.Frozen;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>The tables of a <see cref="SqliteDatabase"/>.</summary>
public sealed class SqliteTables : ITables
{
    /// <summary>How many rows of many records are one write, which takes some milliseconds.</summary>
    private const int MostRows = 250;

    /// <summary>The same while nothing is sent: whatever comes waits some hundredths of a second once.</summary>
    private const int MostRowsWhileQuiet = 2000;

    /// <summary>About how many rows lead to a record: room for them is taken once.</summary>
    private const int RowsOfRecord = 16;

    private readonly SqliteDatabase _database;
    private readonly FrozenDictionary<string, SqliteTable> _tables;

    public SqliteTables(SqliteDatabase database)
        : this(database, KeyHash.Of)
    {
    }

    internal SqliteTables(SqliteDatabase database, RowIdOf rowIdOf)
    {
        _database = database;
        _tables = database.TableNames.ToFrozenDictionary(
            name => name,
            name => new SqliteTable(database, name, database.TablesWithHashes.Contains(name) ? rowIdOf : null),
            StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    /// <remarks>What a commit costs by itself is a third of what four records cost that share it.</remarks>
    public int RecordsAtOnce => 16;

    public ITable this[string name] => Table(name);

    /// <inheritdoc/>
    /// <remarks>
    /// In one write: the rows share its place in the writer's queue, and its caller waits for one commit.
    /// </remarks>
    public async ValueTask<string?> StoreAfterAsync(
        IReadOnlyList<IndexRow> first, string table, RowChange change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stores = new SqliteTable.RowStore[first.Count + 1];
        for (var i = 0; i < first.Count; i++)
        {
            stores[i] = Table(first[i].Table).Storing(RowChange.Upsert(first[i].Row));
        }

        stores[^1] = Table(table).Storing(change);
        return SqliteTable.ETagOf(await _database.Writer.WriteAsync(
            RepeatableWork.Lane,
            writer =>
            {
                var version = 0L;
                foreach (var store in stores)
                {
                    version = store.Run(writer);
                }

                return version;
            },
            stores.Length));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The rows that lead to the records are written first, in the order of their tables and keys: neighbours share
    /// pages, and each commit writes a page once. Some rows are one write; the next ones are prepared meanwhile. While
    /// messages are sent a write is short, so that it holds none of them up.
    /// </remarks>
    public async Task InsertManyAsync(IReadOnlyList<NewRecord> records, CancellationToken cancellationToken)
    {
        var index = IndexOf(records);
        await StoreManyAsync(
            index.Length, i => Table(index[i].Table).Storing(index[i].Key, index[i].Columns), cancellationToken);
        await StoreManyAsync(
            records.Count, i => Table(records[i].Table).Storing(RowChange.Insert(records[i].Make())), cancellationToken);
    }

    /// <summary>
    /// All rows that lead to the records, in their order, as they are stored. They live for as long as the insert takes,
    /// and each collection that moves them holds up all threads. So what a row has is kept in as few objects as can be:
    /// most rows of a record say the same beside their keys.
    /// </summary>
    private static (string Table, RowKey Key, byte[] Columns)[] IndexOf(IReadOnlyList<NewRecord> records)
    {
        var rows = new List<(string Table, RowKey Key, byte[] Columns)>(records.Count * RowsOfRecord);
        byte[] last = [];
        foreach (var (table, row, _) in records.SelectMany(record => record.Index))
        {
            var columns = RowJson.Write(row);
            last = columns.AsSpan().SequenceEqual(last) ? last : columns;
            rows.Add((table, RowKey.Of(row), last));
        }

        var index = rows.ToArray();
        Array.Sort(index, static (one, other) =>
            string.CompareOrdinal(one.Table, other.Table) is not 0 and var table ? table
            : string.CompareOrdinal(one.Key.Partition, other.Key.Partition) is not 0 and var partition ? partition
            : string.CompareOrdinal(one.Key.Key, other.Key.Key));
        return index;
    }

    /// <summary>Stores rows, some after the other.</summary>
    private async Task StoreManyAsync(
        int count, Func<int, SqliteTable.RowStore> storing, CancellationToken cancellationToken)
    {
        var before = Task.CompletedTask;
        for (var next = 0; next < count;)
        {
            var most = _database.Writer.IsQuiet ? MostRowsWhileQuiet : MostRows;
            var stores = new SqliteTable.RowStore[Math.Min(most, count - next)];
            for (var i = 0; i < stores.Length; i++)
            {
                stores[i] = storing(next++);
            }

            await before;
            cancellationToken.ThrowIfCancellationRequested();
            before = _database.Writer.WriteAsync(
                RepeatableWork.Lane,
                writer => writer.Atomically(() =>
                {
                    foreach (var store in stores)
                    {
                        _ = store.Run(writer);
                    }

                    return true;
                }),
                stores.Length);
        }

        await before;
    }

    private SqliteTable Table(string name) => _tables.TryGetValue(name, out var table)
        ? table
        : throw new ArgumentException($"There is no table '{name}'.", nameof(name));
}
