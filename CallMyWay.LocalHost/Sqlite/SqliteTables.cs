using System.Collections.Frozen;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>The tables of a <see cref="SqliteDatabase"/>.</summary>
public sealed class SqliteTables(SqliteDatabase database) : ITables
{
    private readonly FrozenDictionary<string, SqliteTable> _tables =
        database.TableNames.ToFrozenDictionary(
            name => name, name => new SqliteTable(database, name), StringComparer.Ordinal);

    /// <summary>How many rows an import writes at once, about twenty contacts: that takes some milliseconds.</summary>
    private const int MostRowsAtOnce = 250;

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
    /// A few records with all their rows are one write, so that each is stored whole. The next ones are prepared
    /// meanwhile. A write is so short that it holds up no send.
    /// </remarks>
    public async Task InsertManyAsync(IReadOnlyList<NewRecord> records, CancellationToken cancellationToken)
    {
        var stores = new List<Func<SqliteWriter, long>>(MostRowsAtOnce);
        var before = Task.CompletedTask;
        foreach (var record in records)
        {
            if (stores.Count > 0 && stores.Count + record.Index.Count >= MostRowsAtOnce)
            {
                await WriteAsync();
            }

            foreach (var row in record.Index)
            {
                stores.Add(Table(row.Table).Storing(RowChange.Upsert(row.Row)));
            }

            stores.Add(Table(record.Table).Storing(RowChange.Insert(record.Row)));
        }

        await WriteAsync();
        await before;

        async Task WriteAsync()
        {
            await before;
            cancellationToken.ThrowIfCancellationRequested();
            Func<SqliteWriter, long>[] all = [.. stores];
            stores.Clear();
            before = all.Length == 0 ? Task.CompletedTask : database.Writer.WriteAsync(
                RepeatableWork.Lane,
                writer => writer.Atomically(() =>
                {
                    foreach (var store in all)
                    {
                        _ = store(writer);
                    }

                    return true;
                }),
                all.Length);
        }
    }

    private SqliteTable Table(string name) => _tables.TryGetValue(name, out var table)
        ? table
        : throw new ArgumentException($"There is no table '{name}'.", nameof(name));
}
