using System.Globalization;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// One table. Each change is one statement, so that a refused one changes nothing of the transaction it shares with
/// others.
/// </summary>
/// <param name="database">Where it is.</param>
/// <param name="name">Its name.</param>
/// <param name="rowIdOf">The row ids of its rows; null where it has none, or any.</param>
internal sealed class SqliteTable(SqliteDatabase database, string name, RowIdOf? rowIdOf) : ITable
{
    private readonly string _get =
        $"SELECT etag, columns FROM {SqliteSchema.Table(name)} WHERE partition = ?1 AND key = ?2";

    private readonly string _getByRowId =
        $"SELECT etag, columns FROM {SqliteSchema.Table(name)} WHERE rowid = ?3 AND partition = ?1 AND key = ?2";

    private readonly string _insert =
        $"INSERT INTO {SqliteSchema.Table(name)} {Values(name, rowIdOf)} ON CONFLICT (partition, key) DO NOTHING";

    private readonly string _replace =
        $"UPDATE {SqliteSchema.Table(name)} SET etag = ?3, columns = ?4 WHERE partition = ?1 AND key = ?2 AND etag = ?5";

    private readonly string _upsert =
        $"INSERT INTO {SqliteSchema.Table(name)} {Values(name, rowIdOf)} ON CONFLICT (partition, key) DO UPDATE SET etag = excluded.etag, columns = excluded.columns";

    private readonly string _delete = $"DELETE FROM {SqliteSchema.Table(name)} WHERE partition = ?1 AND key = ?2";

    private readonly string _deleteUnchanged =
        $"DELETE FROM {SqliteSchema.Table(name)} WHERE partition = ?1 AND key = ?2 AND etag = ?3";

    private readonly string _query = QueryOf(name, "key >= ?2", []);

    private readonly string _queryAfter = QueryOf(name, "key > ?2", []);

    private readonly string _scan =
        $"SELECT partition, key, etag, columns FROM {SqliteSchema.Table(name)} WHERE (partition, key) > (?1, ?2) ORDER BY partition, key LIMIT ?3";

    public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken) =>
        database.Readers.ReadAsync(
            (Table: this, Partition: Keys.Checked(partition), Key: Keys.Checked(key)),
            static (session, at) => at.Table.Get(session, at.Partition, at.Key),
            cancellationToken);

    public ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken) =>
        StoreAsync(RowChange.Insert(row), cancellationToken);

    public ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken) => row.ETag is null
        ? throw new ArgumentException("A replace needs the ETag that was read.", nameof(row))
        : StoreAsync(RowChange.Replace(row), cancellationToken);

    public async ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken) =>
        (await StoreAsync(RowChange.Upsert(row), cancellationToken))!;

    public async ValueTask<bool> DeleteAsync(
        string partition, string key, string? etag, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var row = new Row(partition, key, etag);
        return await database.Writer.WriteAsync(RepeatableWork.Lane, writer => Delete(writer, row) > 0);
    }

    public ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
    {
        RowRange.Check(range);
        var after = range.Next is null ? null : ContinuationToken.Read(name, range);
        return database.Readers.ReadAsync(
            (Table: this, Range: range, After: after),
            static (session, at) => at.Table.Query(session, at.Range, at.After),
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<Row>> ScanAsync(RowKey? after, int take, CancellationToken cancellationToken)
    {
        RowRange.CheckTake(take);
        return database.Readers.ReadAsync(
            (Sql: _scan, Partition: after?.Partition ?? "", Key: after?.Key ?? "", Take: take),
            static (session, at) =>
            {
                using var scan = session.Prepare(at.Sql);
                scan.Bind(1, at.Partition).Bind(2, at.Key).Bind(3, at.Take);
                var rows = new List<Row>();
                while (scan.Step())
                {
                    rows.Add(RowJson.Read(scan.Text(0), scan.Text(1), scan.Int64(2), scan.Utf8(3)));
                }

                return (IReadOnlyList<Row>)rows;
            },
            cancellationToken);
    }

    public async ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        RowChange.Check(changes);
        cancellationToken.ThrowIfCancellationRequested();
        // A copy: the caller's list may change while it waits.
        var all = new (RowChange Change, byte[] Columns)[changes.Count];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = (changes[i], changes[i].Kind == RowChangeKind.Delete ? [] : RowJson.Write(changes[i].Row));
        }

        return await database.Writer.WriteAsync(
            RepeatableWork.Lane,
            writer => writer.Atomically(() => Array.TrueForAll(all, one => Apply(writer, one.Change, one.Columns))),
            all.Length);
    }

    /// <summary>Another row may have the row id already. Then SQLite chooses one that is free.</summary>
    private static string Values(string name, RowIdOf? rowIdOf) => rowIdOf is null
        ? "(partition, key, etag, columns) VALUES (?1, ?2, ?3, ?4)"
        : "(rowid, partition, key, etag, columns) VALUES ("
            + $"CASE WHEN EXISTS (SELECT 1 FROM {SqliteSchema.Table(name)} WHERE rowid = ?6) THEN NULL ELSE ?6 END, "
            + "?1, ?2, ?3, ?4)";

    private static string QueryOf(string name, string from, IReadOnlyList<ColumnValue> where)
    {
        var filter = string.Concat(where.Index().Select(each => $" AND {Wanted(each.Item, each.Index)}"));
        return $"SELECT key, etag, columns FROM {SqliteSchema.Table(name)} "
            + $"WHERE partition = ?1 AND {from} AND key < ?3{filter} ORDER BY key LIMIT ?4";
    }

    private static string LookOf(string name, string from, IReadOnlyList<ColumnValue> where)
    {
        var filter = string.Join(" AND ", where.Index().Select(each => Wanted(each.Item, each.Index)));
        return $"SELECT key, etag, columns, coalesce({filter}, 0) FROM {SqliteSchema.Table(name)} "
            + $"WHERE partition = ?1 AND {from} AND key < ?3 ORDER BY key LIMIT ?4";
    }

    private static string Wanted(ColumnValue where, int place) =>
        $"({string.Join(" OR ", where.Columns.Select(column => $"columns ->> '{column}' = ?{5 + place}"))})";

    /// <summary>An ETag as it is stored; one that no row of ours ever had is that of no row.</summary>
    private static long Version(string etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    private async ValueTask<string?> StoreAsync(RowChange change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var store = Storing(change);
        return ETagOf(await database.Writer.WriteAsync(RepeatableWork.Lane, writer => store.Run(writer)));
    }

    /// <summary>
    /// What stores the row, for the writer's thread: its columns are written to JSON here, on the caller's.
    /// </summary>
    internal RowStore Storing(RowChange change) => change.Kind == RowChangeKind.Delete
        ? throw new ArgumentException("A delete stores nothing.", nameof(change))
        : new RowStore(this, change, RowJson.Write(change.Row));

    /// <summary>What stores the row in the place of any other, by its columns in JSON.</summary>
    internal RowStore Storing(RowKey key, byte[] columns) =>
        new(this, RowChange.Upsert(new Row(key.Partition, key.Key)), columns);

    /// <summary>The ETag of a version; null for that of no row.</summary>
    internal static string? ETagOf(long version) =>
        version == 0 ? null : version.ToString(CultureInfo.InvariantCulture);

    private bool Apply(SqliteWriter writer, RowChange change, byte[] columns) => change.Kind == RowChangeKind.Delete
        ? Delete(writer, change.Row) > 0 || change.Row.ETag is null
        : Store(writer, change, columns) != 0;

    /// <returns>The row's new version, or 0 where the change was refused.</returns>
    private long Store(SqliteWriter writer, RowChange change, byte[] columns)
    {
        var (kind, row) = change;
        using var statement = writer.Session.Prepare(kind switch
        {
            RowChangeKind.Insert => _insert,
            RowChangeKind.Replace => _replace,
            _ => _upsert,
        });
        var version = writer.NextStamp();
        statement.Bind(1, row.Partition).Bind(2, row.Key).Bind(3, version).Bind(4, columns);
        if (kind == RowChangeKind.Replace)
        {
            statement.Bind(5, Version(row.ETag!));
        }
        else if (rowIdOf is not null)
        {
            statement.Bind(6, rowIdOf(row.Partition, row.Key));
        }

        return statement.Run() > 0 ? version : 0;
    }

    private Row? Get(SqliteSession session, string partition, string key)
    {
        if (rowIdOf is not null)
        {
            using var byRowId = session.Prepare(_getByRowId);
            if (byRowId.Bind(1, partition).Bind(2, key).Bind(3, rowIdOf(partition, key)).Step())
            {
                return RowJson.Read(partition, key, byRowId.Int64(0), byRowId.Utf8(1));
            }
        }

        using var get = session.Prepare(_get);
        return get.Bind(1, partition).Bind(2, key).Step()
            ? RowJson.Read(partition, key, get.Int64(0), get.Utf8(1))
            : null;
    }

    private int Delete(SqliteWriter writer, Row row)
    {
        using var statement = writer.Session.Prepare(row.ETag is null ? _delete : _deleteUnchanged);
        statement.Bind(1, row.Partition).Bind(2, row.Key);
        if (row.ETag is not null)
        {
            statement.Bind(3, Version(row.ETag));
        }

        return statement.Run();
    }

    // One pass: each row of the range is stepped over, and says whether it is one of those that are wanted.
    private RowPage Look(SqliteSession session, RowRange range, string? after, int most)
    {
        using var query = session.Prepare(LookOf(name, after is null ? "key >= ?2" : "key > ?2", range.Where));
        query.Bind(1, range.Partition).Bind(2, after ?? range.From ?? "").Bind(3, range.Before ?? Keys.AfterPrefix(""))
            .Bind(4, most);
        for (var i = 0; i < range.Where.Count; i++)
        {
            query.Bind(5 + i, range.Where[i].Value);
        }

        var rows = new List<Row>(Math.Min(range.Take, 64));
        var looked = 0;
        while (query.Step())
        {
            looked++;
            if (query.Int64(3) != 0)
            {
                rows.Add(RowJson.Read(range.Partition, query.Text(0), query.Int64(1), query.Utf8(2)));
            }

            if (rows.Count == range.Take)
            {
                return new RowPage(rows, ContinuationToken.Write(name, range, rows[^1].Key));
            }

            if (looked == most)
            {
                var last = query.Text(0);
                return new RowPage(rows, ContinuationToken.Write(name, range, last)) { GoesOnAt = Keys.After(last) };
            }
        }

        return new RowPage(rows, Next: null);
    }

    private RowPage Query(SqliteSession session, RowRange range, string? after)
    {
        if (range is { Look: { } most, Where.Count: > 0 })
        {
            return Look(session, range, after, most);
        }

        using var query = session.Prepare(
            range.Where.Count > 0 ? QueryOf(name, after is null ? "key >= ?2" : "key > ?2", range.Where)
            : after is null ? _query
            : _queryAfter);
        // Keys are ASCII, so that their order in UTF-8 is the order of their characters. One row more than asked tells
        // whether there is a next page.
        query.Bind(1, range.Partition).Bind(2, after ?? range.From ?? "").Bind(3, range.Before ?? Keys.AfterPrefix(""))
            .Bind(4, range.Take + 1);
        for (var i = 0; i < range.Where.Count; i++)
        {
            query.Bind(5 + i, range.Where[i].Value);
        }

        var rows = new List<Row>(Math.Min(range.Take, 64));
        while (query.Step())
        {
            if (rows.Count == range.Take)
            {
                return new RowPage(rows, ContinuationToken.Write(name, range, rows[^1].Key));
            }

            rows.Add(RowJson.Read(range.Partition, query.Text(0), query.Int64(1), query.Utf8(2)));
        }

        return new RowPage(rows, Next: null);
    }

    /// <summary>A row that is ready to be stored.</summary>
    internal readonly struct RowStore(SqliteTable table, RowChange change, byte[] columns)
    {
        /// <returns>The row's new version, or 0 where the change was refused.</returns>
        public long Run(SqliteWriter writer) => table.Store(writer, change, columns);
    }
}
