using System.Globalization;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Files;

namespace CallMyWay.LocalHost.Backups;

/// <summary>
/// The folder with the backups, one folder for each. A backup that is being made has another name, so that one that was
/// broken off never counts.
/// </summary>
internal sealed class BackupFolder(string path)
{
    /// <summary>The default, in the data folder.</summary>
    public const string Name = "backups";

    private const string Prefix = "callmyway-";

    private const string Unfinished = ".unfinished";

    private const string LockFile = "backups.lock";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(500);

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>All that are whole, the newest first.</summary>
    /// <exception cref="BackupException">The folder can't be read.</exception>
    public IReadOnlyList<Backup> List()
    {
        try
        {
            return Directory.Exists(FullPath)
                ?
                [
                    .. Directory.EnumerateDirectories(FullPath, Prefix + "*").Select(Read).OfType<Backup>()
                        .OrderByDescending(backup => backup.Manifest.MadeAt),
                ]
                : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The folder of the backups can't be read: {error.Message}", error);
        }
    }

    /// <summary>The folder, or where there is none yet the one above it that there is.</summary>
    public string Nearest()
    {
        var nearest = FullPath;
        while (!Directory.Exists(nearest) && Path.GetDirectoryName(nearest) is { } above)
        {
            nearest = above;
        }

        return nearest;
    }

    /// <summary>The backup in a folder; null if there is none, or one that was broken off.</summary>
    public static Backup? Read(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var file = Path.Combine(folder, BackupManifest.FileName);
        return !name.EndsWith(Unfinished, StringComparison.Ordinal)
            && File.Exists(file) && BackupManifest.Read(File.ReadAllText(file)) is { } manifest
                ? new Backup(name, Path.GetFullPath(folder), manifest)
                : null;
    }

    /// <summary>
    /// Waits until no other process makes a backup here: each new one removes what is unfinished, and what is more than
    /// are kept.
    /// </summary>
    /// <param name="waits">Told once where there is another one to wait for.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>To be disposed at the end; null where the lock is another user's.</returns>
    public async Task<IDisposable?> TakeAsync(Action waits, CancellationToken cancellationToken)
    {
        OwnerOnly.CreateFolder(FullPath);
        var file = Path.Combine(FullPath, LockFile);
        try
        {
            for (var isTold = false; ; isTold = true)
            {
                if (FileLock.TryTake(file) is { } taken)
                {
                    return taken;
                }

                if (!isTold)
                {
                    waits();
                }

                await Task.Delay(LookAgainAfter, cancellationToken);
            }
        }
        catch (UnauthorizedAccessException)
        {
            // What another user makes here can be neither seen nor removed by this one.
            return null;
        }
    }

    /// <summary>
    /// When the backup was begun that was broken off last, as its process has ended; null where there is none, or one
    /// is being made.
    /// </summary>
    /// <exception cref="BackupException">The folder can't be read.</exception>
    public DateTimeOffset? BrokenOffAt()
    {
        try
        {
            var left = Directory.Exists(FullPath)
                ? Directory.EnumerateDirectories(FullPath, $"{Prefix}*{Unfinished}").Max(StringComparer.Ordinal)
                : null;
            if (left is null)
            {
                return null;
            }

            using var alone = FileLock.TryTake(Path.Combine(FullPath, LockFile));
            // Meanwhile another process may have come to its end with it.
            return alone is null || !Directory.Exists(left)
                ? null
                : TimeIn(Path.GetFileName(left)) ?? new DateTimeOffset(Directory.GetCreationTimeUtc(left));
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's, which this one can neither see nor remove.
            return null;
        }
        catch (IOException error)
        {
            throw new BackupException($"The folder of the backups can't be read: {error.Message}", error);
        }
    }

    /// <summary>Makes the folder of a new backup. What an earlier process left unfinished goes.</summary>
    public string Begin(DateTimeOffset now)
    {
        OwnerOnly.CreateFolder(FullPath);
        foreach (var left in Directory.EnumerateDirectories(FullPath, $"{Prefix}*{Unfinished}"))
        {
            Directory.Delete(left, recursive: true);
        }

        var folder = FreeName(FullPath, Prefix, now) + Unfinished;
        OwnerOnly.CreateFolder(folder);
        return folder;
    }

    /// <summary>Gives a backup that is whole its name.</summary>
    public static Backup Finish(string unfinished, BackupManifest manifest)
    {
        OwnerOnly.Write(
            Path.Combine(unfinished, BackupManifest.FileName), System.Text.Encoding.UTF8.GetBytes(manifest.ToJson()));
        var folder = unfinished[..^Unfinished.Length];
        Directory.Move(unfinished, folder);
        return new Backup(Path.GetFileName(folder), folder, manifest);
    }

    /// <summary>
    /// True for a time that lies ahead: the clock was ahead when it was written, or it is behind now.
    /// </summary>
    public static bool IsAhead(DateTimeOffset time, DateTimeOffset now) => time - now > ClockSkew.Most;

    /// <summary>When the newest was made, of those whose time does not lie ahead; null where there is none.</summary>
    /// <exception cref="BackupException">The folder can't be read.</exception>
    public DateTimeOffset? NewestAt(DateTimeOffset now) =>
        List().FirstOrDefault(backup => !IsAhead(backup.Manifest.MadeAt, now))?.Manifest.MadeAt;

    /// <summary>
    /// Removes all but the newest. Those with a time ahead stay until it has come: they may be of a clock that was
    /// ahead, or the clock is behind.
    /// </summary>
    public void Keep(int newest, DateTimeOffset now)
    {
        foreach (var old in List().Where(backup => !IsAhead(backup.Manifest.MadeAt, now)).Skip(newest))
        {
            // The manifest goes first, so that a half of it never counts as a backup.
            File.Delete(Path.Combine(old.Path, BackupManifest.FileName));
            Directory.Delete(old.Path, recursive: true);
        }
    }

    /// <summary>How many bytes the disk of the folder has for this user; null where nobody can tell.</summary>
    public long? FreeBytes()
    {
        OwnerOnly.CreateFolder(FullPath);
        return FreeBytes(FullPath);
    }

    /// <summary>Windows tells it of drives, and not of shares by their name.</summary>
    internal static long? FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A path that is not there yet: the prefix and the time, and a number where two are of one second.</summary>
    public static string FreeName(string folder, string prefix, DateTimeOffset now)
    {
        var first = Path.Combine(folder, prefix + now.ToString(TimeFormat, CultureInfo.InvariantCulture));
        var name = first;
        for (var i = 2; Path.Exists(name); i++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{first}-{i}");
        }

        return name;
    }

    private static DateTimeOffset? TimeIn(string name)
    {
        const int length = 16;
        return name.Length >= Prefix.Length + length
            && DateTimeOffset.TryParseExact(
                name.AsSpan(Prefix.Length, length),
                TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time)
                ? time
                : null;
    }
}
