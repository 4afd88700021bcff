using CallMyWay.LocalHost.Files;
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

    private const int CacheKilobytes = 2 * 1024;

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly SqliteSession _target;

    private readonly CancellationToken _cancellation;

    private sqlite3_backup? _backup;

    private double _fraction;

    private SqliteCopy(SqliteSession target, CancellationToken cancellation) =>
        (_target, _cancellation) = (target, cancellation);

    /// <summary>Completes when the copy is whole; it is not synced to the disk then.</summary>
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
            return new SqliteCopy(target, cancellation);
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
            _backup ??= Begin(source);
            var code = raw.sqlite3_backup_step(_backup, PagesAtOnce);
            var all = raw.sqlite3_backup_pagecount(_backup);
            Volatile.Write(ref _fraction, all == 0 ? 0 : 1 - ((double)raw.sqlite3_backup_remaining(_backup) / all));
            switch (code)
            {
                // Another program has a lock on the database for a moment.
                case raw.SQLITE_OK or raw.SQLITE_BUSY or raw.SQLITE_LOCKED:
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
    }

    private sqlite3_backup Begin(SqliteSession source)
    {
        var backup = raw.sqlite3_backup_init(_target.Handle, "main", source.Handle, "main");
        return backup is { IsInvalid: false } ? backup : throw _target.Error(raw.SQLITE_ERROR);
    }

    private void End()
    {
        var backup = _backup!;
        _backup = null;
        _target.Check(raw.sqlite3_backup_finish(backup));
    }
}
