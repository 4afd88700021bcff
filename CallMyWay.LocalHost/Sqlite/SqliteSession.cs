using SQLitePCL;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// One connection to the file, for one thread at a time. It speaks to SQLite through SQLitePCLRaw, the layer below
/// Microsoft.Data.Sqlite: where syncs decide the two are equal, and where the processor does (500 senders at once) the
/// lower one appended 1.4 times as much in the benchmark "storage". It also reads UTF-8 without making strings of it.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private const int StepsUninterrupted = 1000;

    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    static SqliteSession() => Batteries_V2.Init();

    private SqliteSession(sqlite3 handle) => Handle = handle;

    public sqlite3 Handle { get; }

    /// <summary>
    /// False also after an error that made SQLite roll back by itself (https://sqlite.org/lang_transaction.html).
    /// </summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    public bool IsReadOnly => raw.sqlite3_db_readonly(Handle, "main") == 1;

    /// <summary>The file's path as SQLite opened it, symbolic links resolved; its log lies beside it.</summary>
    public string FileName => raw.sqlite3_db_filename(Handle, "main").utf8_to_string();

    /// <param name="path">The file, which has to be there: nothing but a start makes one.</param>
    /// <param name="cacheKilobytes">
    /// The most memory for pages. Each session has its own cache; the system's file cache is behind all of them.
    /// </param>
    public static SqliteSession Open(string path, int cacheKilobytes) =>
        Open(path, raw.SQLITE_OPEN_READWRITE, cacheKilobytes);

    /// <summary>
    /// Reads a file without a log that nobody writes meanwhile: SQLite then neither locks it nor makes anything beside
    /// it (https://sqlite.org/uri.html, "immutable").
    /// </summary>
    public static SqliteSession OpenUnchanging(string path, int cacheKilobytes) => Open(
        new Uri(path).AbsoluteUri + "?immutable=1", raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI, cacheKilobytes);

    private static SqliteSession Open(string path, int access, int cacheKilobytes)
    {
        var flags = access | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var session = new SqliteSession(handle);
        try
        {
            session.Check(code);
            session.Check(raw.sqlite3_extended_result_codes(handle, 1));
            session.KeepPlans();
            // The sqlite3 shell of somebody who has a look may hold a lock for a moment.
            session.Check(raw.sqlite3_busy_timeout(handle, 5000));
            session.Execute($"PRAGMA cache_size=-{cacheKilobytes}; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The statement, prepared at its first use. To be disposed after each use, which keeps it.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
            _statements[sql] = statement = new SqliteStatement(this, handle);
        }

        return statement;
    }

    /// <summary>Runs statements that are seldom needed, without keeping them.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    public long Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    public string ScalarText(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    /// <summary>
    /// Copies committed pages from the log to the file, as far as no reader stands in the way, without waiting for
    /// anyone.
    /// </summary>
    /// <returns>
    /// How many pages were in the log at the beginning; 0 and why, where the checkpoint could not be done. That is no
    /// harm: the log stays, and the next checkpoint takes it.
    /// </returns>
    public CheckpointResult Checkpoint(int mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(Handle, "main", mode, out var pages, out _);
        return new CheckpointResult(Math.Max(pages, 0), code == raw.SQLITE_OK ? null : Error(code));
    }

    /// <summary>
    /// When it closes, SQLite leaves the log as it is. By default it brings the file up to date and removes what lies
    /// at the log's path, which is another's where the files were replaced.
    /// </summary>
    public void LeaveLogAtClose()
    {
        const int noCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
        _ = raw.sqlite3_db_config(Handle, noCheckpointOnClose, 1, out _);
    }

    /// <summary>Ends a statement that takes long, with SQLITE_INTERRUPT. SQLite asks after some pages each.</summary>
    public void InterruptBy(CancellationToken cancellationToken) => raw.sqlite3_progress_handler(
        Handle, StepsUninterrupted, _ => cancellationToken.IsCancellationRequested ? 1 : 0, null);

    /// <summary>How many pages this session has written to the log since it was last asked.</summary>
    public int TakePagesWritten()
    {
        const int cacheWrite = 9; // SQLITE_DBSTATUS_CACHE_WRITE
        _ = raw.sqlite3_db_status(Handle, cacheWrite, out var pages, out _, 1);
        return pages;
    }

    /// <summary>
    /// Lets a statement keep its plan, whatever is bound to it. By default SQLite compiles a statement with
    /// <c>LIMIT ?</c> again at each use, as the limit may change the plan: 7 % of the writer's time while a queue drains
    /// (https://sqlite.org/c3ref/c_dbconfig_defensive.html, "query planner stability guarantee").
    /// </summary>
    private void KeepPlans()
    {
        const int queryPlannerStability = 1007; // SQLITE_DBCONFIG_ENABLE_QPSG
        Check(raw.sqlite3_db_config(Handle, queryPlannerStability, 1, out _));
    }

    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Error(code);
        }
    }

    public SqliteStorageException Error(int code)
    {
        var extended = Handle.IsInvalid ? code : raw.sqlite3_extended_errcode(Handle);
        var said = Handle.IsInvalid
            ? raw.sqlite3_errstr(code).utf8_to_string()
            : raw.sqlite3_errmsg(Handle).utf8_to_string();
        return new SqliteStorageException($"The database answered: {said} ({(extended == 0 ? code : extended)}).")
        {
            Code = extended == 0 ? code : extended,
        };
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _statements.Clear();
        Handle.Dispose();
    }
}
