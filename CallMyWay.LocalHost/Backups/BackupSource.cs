using CallMyWay.LocalHost.Files;
using CallMyWay.LocalHost.Sqlite;
using SQLitePCL;

namespace CallMyWay.LocalHost.Backups;

/// <summary>
/// The database of a data folder, as the command reads it at one moment: whether its host runs or not, and also where
/// its disk takes no more, as it is full or was mounted read-only.
/// </summary>
internal sealed class BackupSource : IDisposable
{
    private const int CacheKilobytes = 2 * 1024;

    /// <summary>Keeps a host from starting on a database that is read as one that nobody changes.</summary>
    private readonly FileStream? _alone;

    private BackupSource(SqliteSession session, FileStream? alone) => (Session, _alone) = (session, alone);

    public SqliteSession Session { get; }

    /// <exception cref="BackupException">It can't be read.</exception>
    public static BackupSource Open(string file)
    {
        try
        {
            return Begin(SqliteSession.Open(file, CacheKilobytes), null);
        }
        catch (SqliteStorageException error)
        {
            return (TakesNoMore(error) ? OpenUnchanging(file) : null)
                ?? throw new BackupException($"The data in {file} can't be read: {error.Message}", error);
        }
    }

    public void Dispose()
    {
        Session.Dispose();
        _alone?.Dispose();
    }

    private static bool TakesNoMore(SqliteStorageException error)
    {
        const int primary = 0xff;
        return (error.Code & primary)
            is raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_READONLY;
    }

    /// <summary>
    /// SQLite makes an index of the log to read by, for which such a disk has no room. Where there is no
    /// log, and nobody writes, it needs none.
    /// </summary>
    /// <returns>Null where there is a log, or a host may be running.</returns>
    private static BackupSource? OpenUnchanging(string file)
    {
        // SQLite puts them beside the file itself, also where the path is a symbolic link.
        var linked = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        var (log, index) = (linked + DatabaseFiles.LogSuffix, linked + DatabaseFiles.IndexSuffix);
        bool HasLog() => HasContent(log) || HasContent(linked + DatabaseFiles.JournalSuffix);
        FileStream? alone = null;
        try
        {
            alone = FileLock.TryTake(Path.Combine(Path.GetDirectoryName(file)!, SqliteDatabase.LockName));
            if (alone is null || HasLog())
            {
                alone?.Dispose();
                return null;
            }

            // What the try before has begun beside it is empty or broken, and the next start would stumble over it.
            File.Delete(log);
            File.Delete(index);
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's, who may have a host running.
            alone?.Dispose();
            return null;
        }
        catch (IOException error) when (alone is null && IsReadOnly(error) && !File.Exists(index) && !HasLog())
        {
            // Neither does a host run on such a disk.
        }
        catch (IOException)
        {
            alone?.Dispose();
            return null;
        }

        try
        {
            return Begin(SqliteSession.OpenUnchanging(file, CacheKilobytes), alone);
        }
        catch (SqliteStorageException)
        {
            alone?.Dispose();
            return null;
        }
    }

    /// <summary>True where the disk is read-only: on Windows by that error's number, elsewhere by errno.</summary>
    private static bool IsReadOnly(IOException error)
    {
        const int writeProtected = unchecked((int)0x80070013);
        const int readOnlyFileSystem = 30;
        return error.HResult == (OperatingSystem.IsWindows() ? writeProtected : readOnlyFileSystem);
    }

    private static bool HasContent(string file) => new FileInfo(file) is { Exists: true, Length: > 0 };

    /// <summary>Takes the moment, which lasts until the session ends.</summary>
    private static BackupSource Begin(SqliteSession session, FileStream? alone)
    {
        try
        {
            session.Execute("BEGIN");
            _ = session.Scalar("SELECT count(*) FROM storage_state");
            return new BackupSource(session, alone);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
