using System.Diagnostics;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Files;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// All that one host keeps, in one file: <c>callmyway.db</c>, with its write-ahead log beside it while the host runs.
/// One host at a time has it, by a lock file. Everything that was written is on the disk when its task completes.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable, IDisposable
{
    public const string FileName = "callmyway.db";

    /// <summary>The file beside it whose lock the host has that uses the folder.</summary>
    internal const string LockName = "callmyway.lock";

    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>How late the end of a copy may be noticed.</summary>
    private static readonly TimeSpan AtMostAsleep = TimeSpan.FromMilliseconds(50);

    private const int WriterCacheKilobytes = 24 * 1024;

    /// <summary>A checkpoint copies pages without keeping them.</summary>
    private const int CheckpointCacheKilobytes = 64;

    private readonly FileStream _lock;
    private readonly SqliteSession _session;
    private readonly string _path;
    private readonly DatabaseFiles _files;
    private bool _disposed;

    private SqliteDatabase(
        FileStream @lock, SqliteSession session, string path, TimeProvider time, QueueClock clock, ILogger logger)
    {
        _lock = @lock;
        _session = session;
        _path = path;
        _files = new DatabaseFiles(path, session.FileName, logger);
        Time = time;
        Clock = clock;
        Readers = new SqliteReaders(path, _files);
        Checkpoints = new SqliteCheckpoints(SqliteSession.Open(path, CheckpointCacheKilobytes), logger);
        SqliteSyncs? syncs = null;
        try
        {
            syncs = new SqliteSyncs(session.FileName + DatabaseFiles.LogSuffix, logger);
            Writer = new SqliteWriter(session, Checkpoints, syncs, _files, Readers);
            Syncs = syncs;
        }
        catch
        {
            syncs?.Dispose();
            Checkpoints.Dispose();
            throw;
        }
    }

    /// <summary>The machine's clock.</summary>
    internal TimeProvider Time { get; }

    /// <summary>The queues' time.</summary>
    internal QueueClock Clock { get; }

    internal SqliteReaders Readers { get; }

    internal SqliteWriter Writer { get; }

    internal SqliteCheckpoints Checkpoints { get; }

    internal SqliteSyncs Syncs { get; }

    /// <summary>How quickly messages come in, to all queues together.</summary>
    internal SendRate SendRate { get; } = new();

    /// <summary>How many transactions were committed since the start, and how many writes were in them.</summary>
    internal (long Commits, long Writes) CommitCount => Writer.Count;

    /// <summary>The size of the write-ahead log, in bytes.</summary>
    internal long LogLength => new FileInfo(_path + DatabaseFiles.LogSuffix) is { Exists: true } log ? log.Length : 0;

    internal IReadOnlyList<string> TableNames { get; private init; } = [];

    /// <summary>The tables whose rows have the <see cref="KeyHash"/>es of their keys as row ids.</summary>
    internal IReadOnlyList<string> TablesWithHashes { get; private init; } = [];

    internal IReadOnlyList<string> QueueNames { get; private init; } = [];

    /// <summary>Opens the folder's database, and makes both where they are missing.</summary>
    /// <param name="folder">Where the file is, for this host alone.</param>
    /// <param name="time">The clock of the queues.</param>
    /// <param name="tables">The tables there are; <see cref="StorageNames.Tables"/> where not given.</param>
    /// <param name="queues">
    /// The queues there are; <see cref="StorageNames.Queues"/> where not given. Each has its poison queue.
    /// </param>
    /// <param name="logger">
    /// Hears once where the files are taken away while they are open, and of checkpoints that fail or hang.
    /// </param>
    /// <exception cref="SqliteStorageException">
    /// It can't be written, is in use, is no database of ours, is of a newer version, or is a remnant of one. Whatever
    /// is wrong stays as it is.
    /// </exception>
    public static SqliteDatabase Open(
        string folder,
        TimeProvider? time = null,
        IEnumerable<string>? tables = null,
        IEnumerable<string>? queues = null,
        ILogger? logger = null)
    {
        folder = Path.GetFullPath(folder);
        time ??= TimeProvider.System;
        string[] tableNames = [.. tables ?? StorageNames.Tables];
        string[] queueNames = [.. (queues ?? StorageNames.Queues).SelectMany(
            queue => new[] { queue, queue + StorageNames.PoisonSuffix })];
        var path = Path.Combine(folder, FileName);
        var @lock = TakeLock(folder);
        SqliteSession? session = null;
        try
        {
            var clock = new QueueClock(time);
            DatabaseStart.Check(path);
            if (!File.Exists(path))
            {
                DatabaseStart.Create(
                    path, made => SqliteSchema.Prepare(made, path, tableNames, queueNames, clock.Now, isNew: true));
            }

            session = SqliteSession.Open(path, WriterCacheKilobytes);
            SqliteSchema.Prepare(session, path, tableNames, queueNames, clock.Now, isNew: false);
            return new SqliteDatabase(@lock, session, path, time, clock, logger ?? NullLogger.Instance)
            {
                TableNames = tableNames,
                TablesWithHashes = [.. tableNames.Where(table => SqliteSchema.HasHashes(session, table))],
                QueueNames = queueNames,
            };
        }
        catch (Exception error) when (error is IOException and not StorageException or UnauthorizedAccessException)
        {
            session?.Dispose();
            @lock.Dispose();
            throw NotWritable(folder, error);
        }
        catch (Exception error)
        {
            session?.Dispose();
            @lock.Dispose();
            throw error is SqliteStorageException { Code: not 0 } e ? Explained(e, path) : error;
        }
    }

    /// <summary>
    /// Copies the database into a new file while it is written; the copy is that of the moment at which the task is done.
    /// </summary>
    /// <param name="path">The new file.</param>
    /// <param name="progress">Hears from 0 to 1 how much is copied, about four times a second.</param>
    /// <param name="cancellationToken">Ends it; what was written of the file stays.</param>
    /// <exception cref="SqliteStorageException">The file can't be written, or there is a copy already.</exception>
    internal async Task CopyToAsync(string path, Action<double> progress, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var copy = SqliteCopy.To(path, end.Token);
        Writer.Copy(copy);
        try
        {
            var told = Stopwatch.GetTimestamp();
            while (!copy.Done.IsCompleted)
            {
                if (await copy.WaitForRestAsync(AtMostAsleep))
                {
                    await Task.Run(copy.Sync, CancellationToken.None);
                    Writer.Wake();
                }

                if (Stopwatch.GetElapsedTime(told) >= ProgressEvery)
                {
                    told = Stopwatch.GetTimestamp();
                    progress(copy.Fraction);
                }
            }
        }
        catch
        {
            // The writer has the copy until it hears of the end.
            await end.CancelAsync();
            copy.Abandon();
            Writer.Wake();
            await copy.Done.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await copy.Done;
    }

    /// <summary>
    /// Does what was taken, brings the file up to date, so that it alone is a whole copy, and lets go of it.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Writer.Dispose();
        Checkpoints.Dispose();
        Readers.Dispose();
        if (_files.AreInPlace)
        {
            _ = _session.Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
        }
        else
        {
            _session.LeaveLogAtClose();
        }

        _session.Dispose();
        _lock.Dispose();
    }

    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    /// <summary>
    /// A <see cref="FileLock"/> beside the database. SQLite's own locks would let a second host in: it could wait for
    /// its turn, and both would think that the queues are theirs.
    /// </summary>
    internal static FileStream TakeLock(string folder)
    {
        var path = Path.Combine(folder, LockName);
        try
        {
            OwnerOnly.CreateFolder(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SqliteStorageException($"The data folder '{folder}' can't be made: {error.Message}", error);
        }

        try
        {
            return FileLock.TryTake(path) ?? throw new SqliteStorageException(
                $"The data folder '{folder}' is in use by another running host. Stop that one, or give this one a folder of its own.");
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException and not StorageException)
        {
            throw NotWritable(folder, error);
        }
    }

    private static SqliteStorageException NotWritable(string folder, Exception error) =>
        new($"The data folder '{folder}' can't be written: {error.Message}", error);

    private static SqliteStorageException Explained(SqliteStorageException error, string path)
    {
        var said = (error.Code & 0xff) switch
        {
            // The file beside the database that readers and writers share needs some room at each start.
            _ when error.Code is raw.SQLITE_FULL or raw.SQLITE_IOERR_SHMSIZE =>
                $"There is no room on the disk of '{path}'.",
            raw.SQLITE_NOTADB => $"'{path}' is not a database. Move it away, or choose another data folder.",
            raw.SQLITE_CORRUPT => $"'{path}' is damaged. Put a backup in its place.",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                $"'{path}' is locked by another program, which has to be closed first.",
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_IOERR =>
                $"'{path}' can't be opened for writing. {error.Message}",
            _ => $"'{path}' can't be opened. {error.Message}",
        };
        return new SqliteStorageException(said, error) { Code = error.Code };
    }
}
