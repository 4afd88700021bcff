using System.Globalization;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Files;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Backups;

/// <summary>
/// The command <c>restore</c>: puts a backup into a data folder whose host is stopped. The backup is checked before
/// anything is touched. What was in the folder is moved aside and never deleted. A restore that was broken off is
/// finished by the same command.
/// </summary>
internal static class RestoreCommand
{
    public const string Name = "restore";

    internal const string Usage = """
        restore --from <backup> [--DataPath <data folder>] [--replace]

          --from        the folder of one backup, such as data/backups/callmyway-20261127T023000Z
          --DataPath    the data folder of the LocalHost, ./data by default; that host has to be stopped
          --replace     restores into a folder that has data, which is moved aside
        """;

    private static readonly string[] Known = ["from", "DataPath"];

    private const string Unfinished = DataFolder.RestoreSuffix;

    /// <summary>More versions than any office writes between two backups.</summary>
    private const long VersionsSkipped = 1_000_000_000_000;

    private const int CacheKilobytes = 1024;

    /// <summary>Returns the process's exit code: 0 if the data is in its place, else 1.</summary>
    public static Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken = default) =>
        Commands.RunAsync(error, async () =>
        {
            var given = CommandArguments.Read(
                Name, arguments, name => Known.Contains(name, StringComparer.OrdinalIgnoreCase), "replace", Usage);
            var from = given.GetValueOrDefault("from")
                ?? throw new StartException($"Name the backup by --from.{Environment.NewLine}{Usage}");
            var data = Path.GetFullPath(given.GetValueOrDefault("DataPath") ?? "data");
            if (FileOwner.OtherThanThis(data) is { } owner)
            {
                throw Commands.OfAnother(owner, data, "restores");
            }

            var backup = await CheckAsync(from, output, cancellationToken);
            OwnerOnly.CreateFolder(data);
            using var alone = SqliteDatabase.TakeLock(data);
            if (File.Exists(Path.Combine(data, SqliteDatabase.FileName)) && !given.ContainsKey("replace"))
            {
                throw new StartException(
                    $"{data} has data already. With --replace it is moved aside, and the backup takes its place.");
            }

            Copy(backup, data);
            await PutInPlaceAsync(backup, data, output);
            await output.WriteLineAsync(
                $"{data} has the data of {backup.Manifest.MadeAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}. Start the host.");
        });

    /// <exception cref="StartException">It can't be restored by this release, or is not whole.</exception>
    private static async Task<Backup> CheckAsync(string folder, TextWriter output, CancellationToken cancellationToken)
    {
        var backup = BackupFolder.Read(folder) ?? throw new StartException(
            FileOwner.WhyHidden(Path.GetFullPath(folder))
            ?? $"{folder} is no backup, or one that was broken off. A backup is a folder with a file {BackupManifest.FileName}.");
        var manifest = backup.Manifest;
        if (manifest.Schema > StorageSchema.Version)
        {
            throw Newer(manifest);
        }

        var file = Path.Combine(backup.Path, SqliteDatabase.FileName);
        await output.WriteLineAsync("Checking the backup");
        if (!File.Exists(file) || new FileInfo(file).Length != manifest.Bytes)
        {
            throw Damaged(file);
        }

        await using (var stream = File.OpenRead(file))
        {
            if (await SqliteCheck.HashAsync(stream, Commands.Progress(output), cancellationToken) != manifest.Sha256)
            {
                throw Damaged(file);
            }
        }

        // The backup of an earlier release says what that release knew, and not what is stored.
        if (SqliteCheck.SchemaOf(file) > StorageSchema.Version)
        {
            throw Newer(manifest);
        }

        // A missing file is as damaged as a changed one.
        var others = Path.Combine(backup.Path, BackupWriter.KeyFolder);
        if (!Directory.Exists(others) || !File.Exists(Path.Combine(backup.Path, BackupWriter.KindFile))
            || (manifest.OthersSha256 is { } hash && BackupWriter.HashOfOthers(backup.Path) != hash))
        {
            throw Damaged(others);
        }

        return backup;
    }

    private static StartException Newer(BackupManifest manifest) => new(
        $"The backup has the data of a newer release than this one (it was made by {manifest.Release}). "
            + "Nothing was touched. Restore it with that newer release.");

    private static StartException Damaged(string file) => new(
        $"{file} is not what was backed up: it was changed, or is damaged. Nothing was touched. Take another backup.");

    /// <summary>
    /// Copies under other names, so that all that can fail for want of room has succeeded before what is there is
    /// moved.
    /// </summary>
    /// <exception cref="StartException">It could not be copied. The office in the folder starts as before.</exception>
    private static void Copy(Backup backup, string data)
    {
        var database = Path.Combine(data, SqliteDatabase.FileName + Unfinished);
        var keys = Path.Combine(data, BackupWriter.KeyFolder + Unfinished);
        try
        {
            RequireRoom(backup, data, database);
            // The log of a copy that was broken off may be another backup's.
            DatabaseStart.DeleteCompanions(database);
            CopySynced(Path.Combine(backup.Path, SqliteDatabase.FileName), database);
            SqliteCheck.Check(database, CancellationToken.None);
            Prepare(database, backup.Manifest.MadeAt);
            if (Directory.Exists(keys))
            {
                Directory.Delete(keys, recursive: true);
            }

            OwnerOnly.CreateFolder(keys);
            foreach (var key in Directory.GetFiles(Path.Combine(backup.Path, BackupWriter.KeyFolder)))
            {
                CopySynced(key, Path.Combine(keys, Path.GetFileName(key)));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            RemoveCopies(data, database, keys);
            throw new StartException(
                $"The backup can't be copied to {data}: {error.Message.TrimEnd('.')}. Nothing was touched.");
        }
        catch
        {
            RemoveCopies(data, database, keys);
            throw;
        }
    }

    /// <summary>A copy that an earlier restore has left is written over, so that its room counts as free.</summary>
    private static void RequireRoom(Backup backup, string data, string copy)
    {
        const int megabyte = 1_000_000;
        // A tenth more, for the keys and for what the database writes beside it.
        var needed = backup.Manifest.Bytes + (backup.Manifest.Bytes / 10);
        var free = BackupFolder.FreeBytes(data) + (new FileInfo(copy) is { Exists: true } left ? left.Length : 0);
        if (free < needed)
        {
            throw new StartException(string.Create(
                CultureInfo.InvariantCulture,
                $"The disk of {data} has {free / megabyte} MB free, and the restore needs about {(needed / megabyte) + 1} MB. "
                    + $"Nothing was touched. Make room on it, or restore into a folder on another disk."));
        }
    }

    /// <summary>
    /// Gives the room back: on a full disk the office that is there would not start. Where there is no database, a
    /// restore was broken off while names were changed, so an empty file stays: without it a host would begin a new
    /// office there.
    /// </summary>
    private static void RemoveCopies(string data, string database, string keys)
    {
        try
        {
            DatabaseStart.DeleteCompanions(database);
            if (File.Exists(Path.Combine(data, SqliteDatabase.FileName)))
            {
                File.Delete(database);
            }
            else if (File.Exists(database))
            {
                OwnerOnly.Write(database, []);
            }

            if (Directory.Exists(keys))
            {
                Directory.Delete(keys, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Why the restore failed is what matters. The next one writes over what is left.
        }
    }

    /// <summary>Only names change here, but for the small file that tells the kind.</summary>
    private static async Task PutInPlaceAsync(Backup backup, string data, TextWriter output)
    {
        var database = Path.Combine(data, SqliteDatabase.FileName);
        var keys = Path.Combine(data, BackupWriter.KeyFolder);
        if (Present(data) is { Count: > 0 } present)
        {
            var aside = BackupFolder.FreeName(data, "before-restore-", DateTimeOffset.UtcNow);
            await output.WriteLineAsync(
                $"What was in {data} goes to {aside}. Delete it once nobody needs it: nothing else does.");
            OwnerOnly.CreateFolder(aside);
            foreach (var path in present)
            {
                Directory.Move(path, Path.Combine(aside, Path.GetFileName(path)));
            }
        }

        // The database is last: without it a host does not start on keys, and says what to do.
        CopySynced(
            Path.Combine(backup.Path, BackupWriter.KindFile), Path.Combine(data, BackupWriter.KindFile));
        Directory.Move(keys + Unfinished, keys);
        File.Move(database + Unfinished, database);
    }

    /// <summary>
    /// A version that was given after the backup is not given again: a form that was opened before the restore would
    /// replace what it has never shown. The first start is told of the restore.
    /// </summary>
    internal static void Prepare(string database, DateTimeOffset madeAt)
    {
        using var session = SqliteSession.Open(database, CacheKilobytes);
        session.Execute("PRAGMA synchronous=FULL");
        using var statement = session.Prepare("UPDATE storage_state SET value = value + ?1 WHERE name = 'stamps'");
        _ = statement.Bind(1, VersionsSkipped).Run();
        RestoreMark.Write(session, madeAt);
    }

    /// <summary>What a host would take for its data.</summary>
    private static List<string> Present(string data) =>
    [
        .. new[]
        {
            SqliteDatabase.FileName, SqliteDatabase.FileName + DatabaseFiles.LogSuffix,
            SqliteDatabase.FileName + "-shm",
            SqliteDatabase.FileName + "-journal", BackupWriter.KeyFolder, BackupWriter.KindFile,
        }.Select(name => Path.Combine(data, name)).Where(Path.Exists),
    ];

    private static void CopySynced(string from, string to)
    {
        using var source = File.OpenRead(from);
        using var target = OwnerOnly.Open(
            to, new() { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 });
        source.CopyTo(target, 1024 * 1024);
        target.Flush(flushToDisk: true);
    }
}
