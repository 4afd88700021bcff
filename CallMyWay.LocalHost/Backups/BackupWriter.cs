using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.LocalHost.Files;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Backups;

/// <summary>Copies a database into a new file. It is whole when the task is done, and need not be synced.</summary>
/// <param name="path">The new file.</param>
/// <param name="progress">Hears from 0 to 1 how much is copied.</param>
internal delegate Task CopyDatabase(string path, Action<double> progress, CancellationToken cancellationToken);

/// <summary>Why there is no backup, in words for whoever wanted one.</summary>
internal sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Makes a backup: the database, the keys of the cookies, and the mark of the demo. What is copied is read once more
/// and checked before it counts.
/// </summary>
/// <param name="dataPath">The data folder.</param>
/// <param name="isDemo">True where it is the demo's.</param>
/// <param name="folder">Where the backup goes.</param>
/// <param name="keep">How many are kept: what is more goes after it, or before it where room is needed.</param>
/// <param name="clock">The clock.</param>
internal sealed class BackupWriter(string dataPath, bool isDemo, BackupFolder folder, int keep, TimeProvider clock)
{
    internal const string KindFile = "kind";

    internal const string KeyFolder = "keys";

    /// <summary>How much of the work the copying is; the rest is to read the copy and to check it.</summary>
    private const double CopyShare = 0.6;

    /// <param name="copy">Copies the database.</param>
    /// <param name="progress">Hears from 0 to 1 how much is done.</param>
    /// <param name="waits">Told once where another backup is being made in the folder, which is waited for.</param>
    /// <param name="cancellationToken">Ends it; what was begun is removed but for its empty folder.</param>
    /// <exception cref="BackupException">It could not be made. What was begun is removed.</exception>
    public async Task<Backup> MakeAsync(
        CopyDatabase copy, Action<double> progress, Action waits, CancellationToken cancellationToken)
    {
        using var alone = await TakeAsync(waits, cancellationToken);
        var backup = await MakeAloneAsync(copy, progress, cancellationToken);
        folder.Keep(keep, clock.GetUtcNow());
        return backup;
    }

    /// <summary>
    /// The SHA-256 of all files beside the database, by their names and contents. What a file manager leaves in a
    /// folder is none of them.
    /// </summary>
    public static string HashOfOthers(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var keys = Directory.GetFiles(Path.Combine(folder, KeyFolder), "*.xml").Order(StringComparer.Ordinal);
        foreach (var file in keys.Append(Path.Combine(folder, KindFile)))
        {
            // Of one length each, so that no two sets of files have the same bytes.
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(file))));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<Backup> MakeAloneAsync(
        CopyDatabase copy, Action<double> progress, CancellationToken cancellationToken)
    {
        RequireRoom();
        var unfinished = Begin();
        try
        {
            var file = Path.Combine(unfinished, SqliteDatabase.FileName);
            await copy(file, done => progress(done * CopyShare), cancellationToken);
            // The copy is that of the moment at which it was done.
            var madeAt = clock.GetUtcNow();
            CopyKeys(unfinished);
            OwnerOnly.Write(Path.Combine(unfinished, KindFile), isDemo ? "demo"u8 : "real"u8);
            var (bytes, hash) = await SyncAndHashAsync(
                file, done => progress(CopyShare + (done * (1 - CopyShare) / 2)), cancellationToken);
            await Task.Run(() => SqliteCheck.Check(file, cancellationToken), cancellationToken);
            progress(1);
            return BackupFolder.Finish(
                unfinished,
                // The data may be of another release than this one: before its first start, or of a later one.
                new BackupManifest(
                    madeAt,
                    ProductVersion.Text,
                    SqliteCheck.SchemaOf(file),
                    isDemo,
                    bytes,
                    hash,
                    HashOfOthers(unfinished)));
        }
        catch (Exception error)
        {
            Directory.Delete(unfinished, recursive: true);
            if (error is OperationCanceledException)
            {
                // The next start tells of it by this, as nobody has heard that there is no backup.
                OwnerOnly.CreateFolder(unfinished);
                throw;
            }

            throw Explained(error);
        }
    }

    private void RequireRoom()
    {
        var needed = new FileInfo(Path.Combine(dataPath, SqliteDatabase.FileName)).Length
            + (new FileInfo(Path.Combine(dataPath, SqliteDatabase.FileName + DatabaseFiles.LogSuffix))
                is { Exists: true } log ? log.Length : 0);
        // A tenth more, for what is stored meanwhile.
        needed += needed / 10;
        long? free;
        try
        {
            free = folder.FreeBytes();
            if (free < needed)
            {
                folder.Keep(keep, clock.GetUtcNow());
                free = folder.FreeBytes();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Explained(error);
        }

        if (free < needed)
        {
            throw new BackupException(string.Create(
                CultureInfo.InvariantCulture,
                $"The disk of {folder.FullPath} has {Megabytes(free.Value)} MB free, and a backup needs about {Megabytes(needed)} MB. Remove something, keep fewer backups (Backup:Keep), or choose another folder (Backup:Folder)."));
        }

        static long Megabytes(long bytes) => (bytes / 1_000_000) + 1;
    }

    private async Task<IDisposable?> TakeAsync(Action waits, CancellationToken cancellationToken)
    {
        try
        {
            return await folder.TakeAsync(waits, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Explained(error);
        }
    }

    private string Begin()
    {
        try
        {
            return folder.Begin(clock.GetUtcNow());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Explained(error);
        }
    }

    private void CopyKeys(string to)
    {
        var from = Path.Combine(dataPath, KeyFolder);
        OwnerOnly.CreateFolder(Path.Combine(to, KeyFolder));
        foreach (var key in Directory.Exists(from) ? Directory.GetFiles(from, "*.xml") : [])
        {
            OwnerOnly.Write(Path.Combine(to, KeyFolder, Path.GetFileName(key)), File.ReadAllBytes(key));
        }
    }

    private static async Task<(long Bytes, string Hash)> SyncAndHashAsync(
        string file, Action<double> progress, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, new FileStreamOptions
        {
            Access = FileAccess.ReadWrite,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        });
        await Task.Run(() => stream.Flush(flushToDisk: true), cancellationToken);
        return (stream.Length, await SqliteCheck.HashAsync(stream, progress, cancellationToken));
    }

    private BackupException Explained(Exception error) => error is BackupException known ? known : new BackupException(
        $"The backup in {folder.FullPath} could not be made: {error.Message}", error);
}
