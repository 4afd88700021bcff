using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// What is in the file. A table of the app is a table here: <c>SELECT key, columns ->> 'name' FROM contacts</c> reads
/// it in the sqlite3 shell. A queue is one too, named <c>queue_…</c>; no table of the app has an underscore in its
/// name.
/// </summary>
internal static class SqliteSchema
{
    private const int ApplicationId = 0x434D5746; // "CMWF"

    public static string Queue(string name) => $"\"queue_{name}\"";

    public static string Table(string name) => $"\"{name}\"";

    /// <summary>Checks whose file it is, and makes what is missing in it.</summary>
    /// <param name="session">The open file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="tables">The tables that are to be there.</param>
    /// <param name="queues">The queues that are to be there, poison queues among them.</param>
    /// <param name="now">The time of the queues.</param>
    /// <param name="isNew">Whether the file was made just now.</param>
    public static void Prepare(
        SqliteSession session,
        string path,
        IReadOnlyList<string> tables,
        IReadOnlyList<string> queues,
        long now,
        bool isNew)
    {
        Check(session, path, isNew);
        session.Execute("PRAGMA synchronous=FULL; BEGIN IMMEDIATE;");
        session.Execute(
            "CREATE TABLE IF NOT EXISTS storage_state (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID");
        foreach (var table in tables)
        {
            session.Execute(
                $"""
                CREATE TABLE IF NOT EXISTS {Table(table)} (
                    partition TEXT NOT NULL, key TEXT NOT NULL, etag INTEGER NOT NULL, columns TEXT NOT NULL,
                    PRIMARY KEY (partition, key)) STRICT{(HasLongRows(table) || IsReadByHash(table) ? "" : ", WITHOUT ROWID")}
                """);
        }

        foreach (var queue in queues)
        {
            PrepareQueue(session, queue, now);
        }

        session.Execute($"PRAGMA application_id={ApplicationId}; PRAGMA user_version={StorageSchema.Version}; COMMIT;");
        LookInto(session, tables.Select(Table).Concat(queues.Select(Queue)));
    }

    private static void Check(SqliteSession session, string path, bool isNew)
    {
        var found = session.Scalar("PRAGMA user_version");
        var application = session.Scalar("PRAGMA application_id");
        if (session.IsReadOnly)
        {
            throw new SqliteStorageException(
                $"'{path}' can't be written: it is read-only for the account that runs this host.");
        }

        if (application != ApplicationId && !isNew)
        {
            throw new SqliteStorageException(
                $"'{path}' is a database of another program, or one without content. Move it away, or choose another data folder.");
        }

        if (found > StorageSchema.Version)
        {
            throw new SqliteStorageException(StorageSchema.IsNewer($"'{path}'", found));
        }

        if (session.ScalarText("PRAGMA journal_mode=WAL") != "wal")
        {
            throw new SqliteStorageException(
                $"'{path}' is on a file system without what a write-ahead log needs (a network share?). Choose a local data folder.");
        }
    }

    /// <summary>
    /// True where most rows are longer than a quarter of a page. Where a table has no row ids, its rows stand in the
    /// tree of their keys, and what a row has beyond 1,002 bytes takes pages of its own
    /// (https://www.sqlite.org/fileformat2.html#b_tree_pages). With row ids, two rows of calls share a page. A table
    /// that was made without row ids stays so: the same statements work on both.
    /// </summary>
    private static bool HasLongRows(string table) => table == StorageNames.Calls;

    /// <summary>
    /// True where rows are read by their keys one by one, however many there are: their row ids are
    /// <see cref="KeyHash"/>es.
    /// </summary>
    private static bool IsReadByHash(string table) => table == StorageNames.Contacts;

    /// <summary>
    /// True where the table's row ids are hashes of keys. A table that an earlier release made has no row ids, and stays
    /// so. Nor does that release give hashes to the rows that it adds to a newer file.
    /// </summary>
    public static bool HasHashes(SqliteSession session, string table) => IsReadByHash(table) && session.Scalar(
        $"SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name = '{table}' AND wr = 0") == 1;

    private static void PrepareQueue(SqliteSession session, string queue, long now)
    {
        var table = Queue(queue);
        session.Execute(
            $"""
            CREATE TABLE IF NOT EXISTS {table} (
                id INTEGER PRIMARY KEY, due INTEGER NOT NULL, tries INTEGER NOT NULL, receipt INTEGER, body TEXT NOT NULL,
                delay INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE INDEX IF NOT EXISTS "due_{queue}" ON {table} (due);
            """);
        if (session.Scalar($"SELECT count(*) FROM pragma_table_info('queue_{queue}') WHERE name = 'delay'") == 0)
        {
            // Files of before this column. Those releases pass over it, so that the file stays one of the same version.
            session.Execute($"ALTER TABLE {table} ADD COLUMN delay INTEGER NOT NULL DEFAULT 0");
        }

        // The clock may have been set back since these times were written.
        session.Execute(
            $"""
            UPDATE {table} SET due = min(due, {now}), receipt = NULL WHERE receipt IS NOT NULL;
            UPDATE {table} SET due = {now} + delay WHERE due > {now} AND due > {now} + delay;
            """);
    }

    /// <summary>
    /// Reads both ends of each table: a file whose pages were overwritten is noticed at the start in most cases. To
    /// read all of it would take a large file's start seconds.
    /// </summary>
    private static void LookInto(SqliteSession session, IEnumerable<string> tables)
    {
        foreach (var table in tables)
        {
            string[] ends = table.StartsWith("\"queue_", StringComparison.Ordinal)
                ? ["id", "id DESC"]
                : ["partition, key", "partition DESC, key DESC"];
            foreach (var end in ends)
            {
                session.Execute($"SELECT * FROM {table} ORDER BY {end} LIMIT 1");
            }
        }
    }
}
