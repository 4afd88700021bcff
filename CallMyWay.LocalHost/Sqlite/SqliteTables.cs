using System.Collections.Frozen;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>The tables of a <see cref="SqliteDatabase"/>.</summary>
public sealed class SqliteTables(SqliteDatabase database) : ITables
{
    private readonly FrozenDictionary<string, SqliteTable> _tables =
        database.TableNames.ToFrozenDictionary(
            name => name, name => new SqliteTable(database, name), StringComparer.Ordinal);

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

    private SqliteTable Table(string name) => _tables.TryGetValue(name, out var table)
        ? table
        : throw new ArgumentException($"There is no table '{name}'.", nameof(name));
}
