using System.Collections.Frozen;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>The tables of a <see cref="SqliteDatabase"/>.</summary>
public sealed class SqliteTables(SqliteDatabase database) : ITables
{
    private readonly FrozenDictionary<string, SqliteTable> _tables =
        database.TableNames.ToFrozenDictionary(
            name => name, name => new SqliteTable(database, name), StringComparer.Ordinal);

    public ITable this[string name] => _tables.TryGetValue(name, out var table)
        ? table
        : throw new ArgumentException($"There is no table '{name}'.", nameof(name));
}
