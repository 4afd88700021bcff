using System.Collections.Frozen;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>The tables of a <see cref="SqliteDatabase"/>.</summary>
public sealed class SqliteTables(SqliteDatabase database) : ITables
{
    private readonly FrozenDictionary<string, SqliteTable> _tables =
        database.TableNames.ToFrozenDictionary(
            name => name, name => new SqliteTable(database, name), StringComparer.Ordinal);

    /// <summary>How many rows of many records are one write, which takes some milliseconds.</summary>
    private const int MostRows = 250;

    /// <summary>The same while nothing is sent: whatever comes waits some hundredths of a second once.</summary>
    private const int MostRowsWhileQuiet = 2000;

    public ITable this[string name] => Table(name);

    /// <inheritdoc/>
    /// <remarks>
    /// In one write: the rows share its place in the writer's queue, and its caller waits for one commit.
    /// </remarks>
    public async ValueTask<string?> StoreAfterAsync(
        IReadOnlyList<IndexRow> first, string table, RowChange change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stores = new Func<SqliteWriter, long>[first.Count + 1];
        for (var i = 0; i < first.Count; i++)
        {
            stores[i] = Table(first[i].Table).Storing(RowChange.Upsert(first[i].Row));
        }

        stores[^1] = Table(table).Storing(change);
        return SqliteTable.ETagOf(await database.Writer.WriteAsync(
            RepeatableWork.Lane,
            writer =>
            {
                var version = 0L;
                foreach (var store in stores)
                {
                    version = store(writer);
                }

                return version;
            },
            stores.Length));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Some records with all their rows are one write, so that each is stored whole; the next ones are prepared
    /// meanwhile. While messages are sent a write is short, so that it holds none of them up. While none are, it has
    /// more rows: those of one part of a table share its pages, which each commit writes once.
    /// </remarks>
    public async Task InsertManyAsync(IReadOnlyList<NewRecord> records, CancellationToken cancellationToken)
    {
        var before = Task.CompletedTask;
        for (var next = 0; next < records.Count;)
        {
            var most = database.Writer.IsQuiet ? MostRowsWhileQuiet : MostRows;
            var (begin, rows) = (next, 0);
            do
            {
                rows += records[next].Index.Count + 1;
                next++;
            }
            while (next < records.Count && rows + records[next].Index.Count < most);

            var stores = Storing(records, begin, next);
            await before;
            cancellationToken.ThrowIfCancellationRequested();
            before = database.Writer.WriteAsync(
                RepeatableWork.Lane,
                writer => writer.Atomically(() =>
                {
                    foreach (var store in stores)
                    {
                        _ = store(writer);
                    }

                    return true;
                }),
                stores.Length);
        }

        await before;
    }

    /// <summary>What stores some of the records and their rows, in the order of their tables.</summary>
    private Func<SqliteWriter, long>[] Storing(IReadOnlyList<NewRecord> records, int begin, int end)
    {
        var rows = new List<IndexRow>();
        for (var i = begin; i < end; i++)
        {
            rows.AddRange(records[i].Index);
        }

        rows.Sort(static (one, other) =>
            string.CompareOrdinal(one.Table, other.Table) is not 0 and var table ? table
            : string.CompareOrdinal(one.Row.Partition, other.Row.Partition) is not 0 and var partition ? partition
            : string.CompareOrdinal(one.Row.Key, other.Row.Key));
        return
        [
            .. rows.Select(row => Table(row.Table).Storing(RowChange.Upsert(row.Row))),
            .. records.Skip(begin).Take(end - begin)
                .Select(record => Table(record.Table).Storing(RowChange.Insert(record.Row))),
        ];
    }

    private SqliteTable Table(string name) => _tables.TryGetValue(name, out var table)
        ? table
        : throw new ArgumentException($"There is no table '{name}'.", nameof(name));
}
