namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// What is in the file. A table of the app is a table here: <c>SELECT key, columns ->> 'name' FROM contacts</c> reads it in the sqlite3
/// shell. A queue is one too, named <c>queue_…</c>; no table of the app has an underscore in its name.
/// </summary>
internal static class SqliteSchema
{
    public static string Queue(string name) => $"\"queue_{name}\"";

    public static string Table(string name) => $"\"{name}\"";

    public static void Prepare(SqliteSession session, string path, int applicationId, int version, IEnumerable<string> tables, IEnumerable<string> queues, DateTimeOffset now)
    {
        var found = session.Scalar("PRAGMA user_version");
        var application = session.Scalar("PRAGMA application_id");
        if (session.IsReadOnly)
        {
            throw new SqliteStorageException($"'{path}' can't be written: it is read-only for the account that runs this host.");
        }

        if (application != applicationId && session.Scalar("SELECT count(*) FROM sqlite_schema") > 0)
        {
            throw new SqliteStorageException($"'{path}' is a database of another program. Move it away, or choose another data folder.");
        }

        if (found > version)
        {
            throw new SqliteStorageException(
                $"'{path}' is of schema version {found}, this program knows up to {version}: it was written by a newer release. Run that one, or put a backup of the older version in its place.");
        }

        if (session.ScalarText("PRAGMA journal_mode=WAL") != "wal")
        {
            throw new SqliteStorageException($"'{path}' is on a file system without what a write-ahead log needs (a network share?). Choose a local data folder.");
        }

        session.Execute("PRAGMA synchronous=FULL; BEGIN IMMEDIATE;");
        session.Execute("CREATE TABLE IF NOT EXISTS storage_state (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID");
        foreach (var table in tables)
        {
            session.Execute(
                $"CREATE TABLE IF NOT EXISTS {Table(table)} (partition TEXT NOT NULL, key TEXT NOT NULL, etag INTEGER NOT NULL, columns TEXT NOT NULL, PRIMARY KEY (partition, key)) STRICT, WITHOUT ROWID");
        }

        foreach (var queue in queues)
        {
            session.Execute(
                $"""
                CREATE TABLE IF NOT EXISTS {Queue(queue)} (id INTEGER PRIMARY KEY, due INTEGER NOT NULL, tries INTEGER NOT NULL, receipt INTEGER, body TEXT NOT NULL) STRICT;
                CREATE INDEX IF NOT EXISTS "due_{queue}" ON {Queue(queue)} (due);
                UPDATE {Queue(queue)} SET due = min(due, {now.ToUnixTimeMilliseconds()}), receipt = NULL WHERE receipt IS NOT NULL;
                """);
        }

        session.Execute($"PRAGMA application_id={applicationId}; PRAGMA user_version={version}; COMMIT;");
    }
}
