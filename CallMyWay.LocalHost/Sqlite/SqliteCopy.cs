using CallMyWay.LocalHost.Files;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// A copy of a database into a new file, some pages at a time, while the database is written
/// (https://sqlite.org/backup.html). Where the connection that it reads by is the one that writes, what is written to a
/// page that was copied is written to the copy too: so the copy is that of the moment at which it is done, it never
/// begins anew, and no reader keeps the log from being reused meanwhile.
/// </summary>
internal sealed class SqliteCopy : IDisposable
{
    /// <summary>Half a megabyte: about a millisecond, which a send can wait.</summary>
    private const int PagesAtOnce = 128;

    /// <summary>
    /// The copy rests after so many pages (4 MB) until they are on the disk. Where much of it waited to be written, each
    /// sync of the log would wait for that, and each ack for the sync.
    /// </summary>
    private const int PagesUntilSync = 8 * PagesAtOnce;

    private const int CacheKilobytes = 2 * 1024;

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly SqliteSession _target;

    private readonly SafeFileHandle _file;

    private readonly CancellationToken _cancellation;

    private sqlite3_backup? _backup;

    private readonly SemaphoreSlim _restBegun = new(0);

    private double _fraction;

    private int _pagesSinceSync;

    private bool _rests;

    private SqliteCopy(SqliteSession target, SafeFileHandle file, CancellationToken cancellation) =>
        (_target, _file, _cancellation) = (target, file, cancellation);

    /// <summary>True from when what was copied is to be synced to the disk until <see cref="Sync"/>.</summary>
    public bool Rests => Volatile.Read(ref _rests);

    /// <summary>Completes when the copy is whole; the last of it is not synced to the disk then.</summary>
    public Task Done => _done.Task;

    /// <summary>How much of it is copied, from 0 to 1.</summary>
    public double Fraction => Volatile.Read(ref _fraction);

    /// <summary>Makes the file, which must not be there.</summary>
    /// <exception cref="SqliteStorageException">It can't be written.</exception>
    public static SqliteCopy To(string path, CancellationToken cancellation)
    {
        OwnerOnly.Write(path, []);
        var target = SqliteSession.Open(path, CacheKilobytes);
        try
        {
            // A copy that breaks off is thrown away: it needs neither a journal nor syncs of its own.
            target.Execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;");
            var file = File.OpenHandle(
                path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return new SqliteCopy(target, file, cancellation);
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Copies some pages. To be called by the thread of <paramref name="source"/>, outside of a transaction that has
    /// written. It never throws: a failure is in <see cref="Done"/>.
    /// </summary>
    /// <returns>False when there is nothing more to do.</returns>
    public bool Step(SqliteSession source)
    {
        try
        {
            _cancellation.ThrowIfCancellationRequested();
            if (Rests)
            {
                return true;
            }

            _backup ??= Begin(source);
            var code = raw.sqlite3_backup_step(_backup, PagesAtOnce);
            var all = raw.sqlite3_backup_pagecount(_backup);
            Volatile.Write(ref _fraction, all == 0 ? 0 : 1 - ((double)raw.sqlite3_backup_remaining(_backup) / all));
            switch (code)
            {
                // Another program has a lock on the database for a moment.
                case raw.SQLITE_OK or raw.SQLITE_BUSY or raw.SQLITE_LOCKED:
                    RestAtTimes();
                    return true;
                case raw.SQLITE_DONE:
                    End();
                    _ = _done.TrySetResult();
                    return false;
                default:
                    throw _target.Error(code);
            }
        }
        catch (Exception error)
        {
            Fail(error);
            return false;
        }
    }

    /// <summary>Waits until it rests, at most this long.</summary>
    /// <returns>False when the time is over.</returns>
    public Task<bool> WaitForRestAsync(TimeSpan atMost) => _restBegun.WaitAsync(atMost, CancellationToken.None);

    /// <summary>Writes what was copied to the disk, and ends the rest. To be called while it rests.</summary>
    /// <exception cref="IOException">The disk is full, or gone.</exception>
    public void Sync()
    {
        RandomAccess.FlushToDisk(_file);
        Volatile.Write(ref _rests, false);
    }

    /// <summary>Ends the rest of a copy that is to end, so that its next step finds it cancelled.</summary>
    public void Abandon() => Volatile.Write(ref _rests, false);

    /// <summary>The copy goes no further. To be called by the thread that steps, or after its end.</summary>
    public void Fail(Exception error)
    {
        _backup?.Dispose();
        _backup = null;
        _ = error is OperationCanceledException ? _done.TrySetCanceled(_cancellation) : _done.TrySetException(error);
    }

    /// <summary>To be called when <see cref="Done"/> is complete.</summary>
    public void Dispose()
    {
        _backup?.Dispose();
        _target.Dispose();
        _file.Dispose();
        _restBegun.Dispose();
    }

    private sqlite3_backup Begin(SqliteSession source)
    {
        var backup = raw.sqlite3_backup_init(_target.Handle, "main", source.Handle, "main");
        return backup is { IsInvalid: false } ? backup : throw _target.Error(raw.SQLITE_ERROR);
    }

    private void RestAtTimes()
    {
        _pagesSinceSync += PagesAtOnce;
        if (_pagesSinceSync >= PagesUntilSync)
        {
            _pagesSinceSync = 0;
            Volatile.Write(ref _rests, true);
            _restBegun.Release();
        }
    }

    private void End()
    {
        var backup = _backup!;
        _backup = null;
        _target.Check(raw.sqlite3_backup_finish(backup));
    }
}
