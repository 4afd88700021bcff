using CallMyWay.LocalHost.Files;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// The files of an open database. What is committed to files that were removed, moved or replaced is lost at the next
/// start: so each commit asks here before anybody hears of it.
/// </summary>
internal sealed partial class DatabaseFiles(string path, string openedPath, ILogger logger)
{
    /// <summary>What follows the database's name in the name of its log.</summary>
    public const string LogSuffix = "-wal";

    /// <summary>What follows it in the name of the log's index.</summary>
    public const string IndexSuffix = "-shm";

    /// <summary>What follows it in the name of the journal of a change that is no log's.</summary>
    public const string JournalSuffix = "-journal";

    // SQLite puts the log beside the file itself, also where the path is a symbolic link. The log's index (-shm) holds
    // nothing that is not in the log: the next start makes it anew.
    private readonly FileMark[] _files = [new(path), new(openedPath + LogSuffix)];

    private volatile bool _areGone;

    /// <summary>What the last check found.</summary>
    public bool AreGone => _areGone;

    public bool AreInPlace => Array.TrueForAll(_files, file => file.IsStillThere);

    /// <exception cref="SqliteStorageException">A path no longer leads to the file that is open.</exception>
    public void Check()
    {
        if (Array.Find(_files, file => !file.IsStillThere) is { } gone)
        {
            if (!_areGone)
            {
                _areGone = true;
                Log.Gone(logger, gone.Path);
            }

            throw new SqliteStorageException(
                $"'{gone.Path}' is not there any more, or is not the file that this host opened.");
        }

        if (_areGone)
        {
            _areGone = false;
            Log.Back(logger, path);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Critical,
            "'{Path}' was removed, moved or replaced while this host is running. Nothing is stored or acknowledged from now on. "
            + "Stop the host, put the data folder or a backup of it in its place, and start again.")]
        public static partial void Gone(ILogger logger, string path);

        [LoggerMessage(LogLevel.Warning, "The files of '{Path}' are in their places again; this host goes on storing.")]
        public static partial void Back(ILogger logger, string path);
    }
}
