using Microsoft.Win32.SafeHandles;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// Syncs the write-ahead log to the disk, mostly on a thread of its own, and completes the writes that wait for it. The
/// writer goes on meanwhile with what needs no sync. So the pop-up of a call does not wait for a slow disk: only the
/// ack of the call's notification does.
/// </summary>
/// <remarks>
/// SQLite commits with <c>synchronous=NORMAL</c>: it writes a commit to the log, and syncs the log itself where the log
/// begins anew and before a checkpoint (https://sqlite.org/pragma.html#pragma_synchronous). With a sync of the log
/// after it, a commit is as durable as with <c>FULL</c>.
/// </remarks>
internal sealed partial class SqliteSyncs : IDisposable
{
    private readonly ILogger _logger;
    private readonly SafeFileHandle _log;
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Thread _thread;
    private Write[] _writes = [];
    private Action? _answered;
    private volatile bool _isUnderWay;
    private volatile bool _closing;
    private volatile bool _hasFailed;
    private bool _isTold;

    /// <param name="path">The log, which is there from the database's opening to its end.</param>
    /// <param name="logger">Hears of syncs that fail.</param>
    public SqliteSyncs(string path, ILogger logger)
    {
        _logger = logger;
        _log = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        Run = () => RandomAccess.FlushToDisk(_log);
        _thread = new Thread(Work) { Name = "SQLite syncs", IsBackground = true };
        _thread.Start();
    }

    /// <summary>True from <see cref="Begin"/> until the disk has answered.</summary>
    public bool IsUnderWay => _isUnderWay;

    /// <summary>
    /// True from a sync that failed until <see cref="Forget"/>: a part of the log may be missing on the disk, although
    /// the system shows it and a later sync succeeds. After a power cut SQLite reads the log no further than that part.
    /// </summary>
    public bool HasFailed => _hasFailed;

    /// <summary>Syncs the log; a test puts a disk in its place that hangs or fails.</summary>
    internal Action Run { get; set; }

    /// <summary>Begins a sync. To be called by one thread, while none is under way.</summary>
    /// <param name="writes">What is committed, and to be completed when it is on the disk.</param>
    /// <param name="answered">What is done as soon as another sync may begin, before the writes are completed.</param>
    public void Begin(Write[] writes, Action answered)
    {
        (_writes, _answered) = (writes, answered);
        _isUnderWay = true;
        _asked.Release();
    }

    /// <summary>Syncs on the caller's thread, while none is under way.</summary>
    /// <param name="writes">What is committed, and to be completed when it is on the disk.</param>
    public void SyncNow(IReadOnlyList<Write> writes) => Complete(writes, TrySync());

    /// <summary>To be called when the log began anew.</summary>
    public void Forget() => _hasFailed = false;

    /// <summary>Ends the sync that is under way, and closes.</summary>
    public void Dispose()
    {
        _closing = true;
        _asked.Release();
        _thread.Join();
        _asked.Dispose();
        _log.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            _asked.Wait();
            if (_isUnderWay)
            {
                SyncOnce();
            }
            else if (_closing)
            {
                return;
            }
        }
    }

    private void SyncOnce()
    {
        var (writes, answered) = (_writes, _answered!);
        var failure = TrySync();
        // From here on the fields are the next sync's.
        _isUnderWay = false;
        answered();
        Complete(writes, failure);
    }

    /// <returns>Why the disk did not take it; null where it did.</returns>
    private SqliteStorageException? TrySync()
    {
        try
        {
            Run();
            _isTold = false;
            return null;
        }
        catch (Exception error)
        {
            _hasFailed = true;
            if (!_isTold)
            {
                _isTold = true;
                Log.Failed(_logger, error);
            }

            return new SqliteStorageException(
                $"Whether this write stays stored is not known: the disk did not take it. {error.Message}", error);
        }
    }

    private static void Complete(IReadOnlyList<Write> writes, SqliteStorageException? failure)
    {
        foreach (var write in writes)
        {
            if (failure is null)
            {
                write.Complete();
            }
            else
            {
                write.Fail(failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error,
            "The disk did not take what was written to the database's log. Those who wrote it are told that it failed: "
            + "the operator sends its notifications again. This is told once until the disk takes something again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
