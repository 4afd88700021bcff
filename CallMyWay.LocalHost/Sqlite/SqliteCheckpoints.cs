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
internal sealed partial class SqliteCheckpoints : IDisposable
{
    /// <summary>
    /// How long the writer waits for a checkpoint before the log says so; the health page waits longer.
    /// </summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How often a checkpoint is tried that finds the log busy. SQLite waits for nobody in a passive one, and refuses it
    /// also where it reads the head of the log's index just while a commit writes it: over at once. A program that has
    /// the database open beside the host, such as the sqlite3 shell, may be in a checkpoint of its own for longer.
    /// </summary>
    internal const int BusyTries = 50;

    /// <summary>How many checkpoints in a row have to find it busy, each to its last try, before the log says so.</summary>
    internal const int BusyUntilTold = 3;

    private readonly SqliteSession _session;
    private readonly ILogger _logger;
    private readonly HashSet<int> _told = [];
    private int _busyInARow;
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private volatile bool _closing;
    private volatile int _pagesInLog;
    private volatile int _count;

    public SqliteCheckpoints(SqliteSession session, ILogger logger)
    {
        (_session, _logger) = (session, logger);
        Run = () => _session.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
        _thread = new Thread(Work) { Name = "SQLite checkpoints", IsBackground = true };
        _thread.Start();
    }

    /// <summary>True from <see cref="Begin"/> until that checkpoint is done.</summary>
    public bool IsUnderWay => !_idle.IsSet;

    /// <summary>
    /// How many pages were in the log when the last checkpoint began. To be read while none is under way.
    /// </summary>
    public int PagesInLog => _pagesInLog;

    /// <summary>Makes a checkpoint; a test puts a disk in its place that hangs or fails.</summary>
    internal Func<CheckpointResult> Run { get; set; }

    /// <summary>How many there were: after each, the log may begin anew with the next commit.</summary>
    public int Count => _count;

    /// <summary>The time between two tries of a checkpoint that finds the log busy.</summary>
    internal TimeSpan BusyPause { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Begins a checkpoint. To be called by one thread, while none is under way.</summary>
    public void Begin()
    {
        _idle.Reset();
        _asked.Release();
    }

    /// <summary>Waits until none is under way. All writes wait with it: the log says so where it takes long.</summary>
    public void Wait()
    {
        if (_idle.Wait(Patience))
        {
            return;
        }

        Log.Hangs(_logger, (int)Patience.TotalSeconds);
        _idle.Wait();
        Log.GoesOn(_logger);
    }

    /// <summary>
    /// Tells the log of a checkpoint that failed, once for each kind of failure; of a busy log only when it stays so.
    /// </summary>
    public void Note(CheckpointResult result)
    {
        bool isNew;
        lock (_told)
        {
            _busyInARow = result.IsBusy ? _busyInARow + 1 : 0;
            isNew = result.Failure is { } kind && (_busyInARow is 0 or >= BusyUntilTold) && _told.Add(kind.Code);
        }

        if (isNew)
        {
            Log.Failed(_logger, result.Failure!);
        }
    }

    /// <summary>To be called where another session has done what was left.</summary>
    public void NoteRestDone()
    {
        _pagesInLog = 0;
        Interlocked.Increment(ref _count);
    }

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

            var result = Run();
            for (var tries = 1; result.IsBusy && tries < BusyTries && !_closing; tries++)
            {
                Thread.Sleep(BusyPause);
                result = Run();
            }

            _pagesInLog = result.Pages;
            Interlocked.Increment(ref _count);
            Note(result);
            _idle.Set();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error,
            "A checkpoint of the database failed. Nothing is lost: what it would have copied stays in the log beside "
            + "the file, which grows until a checkpoint succeeds. This kind of failure is told once.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(
            LogLevel.Error,
            "The disk does not finish a checkpoint of the database: it has had more than {Seconds} seconds, and the "
            + "log beside the file is as long as it may get. Nothing is written or acked until the disk answers.")]
        public static partial void Hangs(ILogger logger, int seconds);

        [LoggerMessage(LogLevel.Information, "The disk has finished the checkpoint. Writes go on.")]
        public static partial void GoesOn(ILogger logger);
    }
}

/// <summary>What a checkpoint did.</summary>
/// <param name="Pages">How many pages were in the log at its beginning; 0 where it could not be done.</param>
/// <param name="Failure">Why it could not be done; null where it was.</param>
internal readonly record struct CheckpointResult(int Pages, SqliteStorageException? Failure)
{
    private const int PrimaryCode = 0xFF;

    /// <summary>True where the log was in use in a way that a passive checkpoint does not wait for.</summary>
    public bool IsBusy => (Failure?.Code & PrimaryCode) == raw.SQLITE_BUSY;
}
