using SQLitePCL;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// Copies the write-ahead log's pages into the database's file, on a thread and a session of its own. Each checkpoint
/// syncs both files, which takes an ordinary disk 5 to 30 ms, and the writer goes on meanwhile. What it writes then
/// stays in the log. SQLite begins the log anew only when nothing is left in it: see
/// <see cref="SqliteWriter"/> for the rest that is left under a steady load.
/// </summary>
/// <remarks>
/// SQLite before 3.51.3 can lose writes if one connection commits while another checkpoints
/// (https://sqlite.org/wal.html#walresetbug).
/// </remarks>
internal sealed class SqliteCheckpoints : IDisposable
{
    private readonly SqliteSession _session;
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private volatile bool _closing;
    private volatile int _pagesInLog;

    public SqliteCheckpoints(SqliteSession session)
    {
        _session = session;
        _thread = new Thread(Work) { Name = "SQLite checkpoints", IsBackground = true };
        _thread.Start();
    }

    /// <summary>True from <see cref="Begin"/> until that checkpoint is done.</summary>
    public bool IsUnderWay => !_idle.IsSet;

    /// <summary>
    /// How many pages were in the log when the last checkpoint began. To be read while none is under way.
    /// </summary>
    public int PagesInLog => _pagesInLog;

    /// <summary>Begins a checkpoint. To be called by one thread, while none is under way.</summary>
    public void Begin()
    {
        _idle.Reset();
        _asked.Release();
    }

    /// <summary>Waits until none is under way.</summary>
    public void Wait() => _idle.Wait();

    /// <summary>To be called where another session has done what was left.</summary>
    public void NoteRestDone() => _pagesInLog = 0;

    /// <summary>Ends the checkpoint that is under way, and closes.</summary>
    public void Dispose()
    {
        _closing = true;
        _asked.Release();
        _thread.Join();
        _asked.Dispose();
        _idle.Dispose();
        _session.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            _asked.Wait();
            if (_closing)
            {
                return;
            }

            _pagesInLog = _session.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
            _idle.Set();
        }
    }
}
