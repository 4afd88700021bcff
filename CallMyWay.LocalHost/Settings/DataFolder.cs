using CallMyWay.LocalHost.Files;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Settings;

/// <summary>
/// The folder with all that this host stores, readable by the host's user only. Demo data and real data never share a
/// folder. The database ensures that only one host uses it.
/// </summary>
internal sealed class DataFolder
{
    /// <summary>Ends the names of what a restore has copied, until it is whole and gets its own name.</summary>
    internal const string RestoreSuffix = ".restored";

    private const string KindFile = "kind";

    /// <summary>Each folder that a host has used has one of these files, and so does a restored backup.</summary>
    private static readonly string[] OwnNames = [KindFile, SqliteDatabase.FileName];

    private DataFolder(string path)
    {
        FullPath = path;
        Keys = new KeyFolder(Path.Combine(path, "keys"));
    }

    public string FullPath { get; }

    public KeyFolder Keys { get; }

    /// <summary>False if the file system has no such rights, so that others may read the data.</summary>
    public bool IsPrivate { get; private set; }

    /// <exception cref="StartException">The folder can't be used. The message says why.</exception>
    public static DataFolder Open(string path, bool isDemo)
    {
        var folder = new DataFolder(Path.GetFullPath(path));
        try
        {
            OwnerOnly.CreateFolder(folder.FullPath);
            folder.Limit();
            OwnerOnly.CreateFolder(folder.Keys.FullPath);
            CheckKind(folder.FullPath, isDemo);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StartException($"The data folder {folder.FullPath} can't be written ({exception.Message.TrimEnd('.')}). Give this user the right to, or choose another folder by the setting DataPath.");
        }
    }

    /// <summary>Checks for the data that a command works on.</summary>
    /// <exception cref="StartException">There is none, or another user's folder hides it.</exception>
    public static void RequireData(string path)
    {
        if (!File.Exists(Path.Combine(path, SqliteDatabase.FileName)))
        {
            throw new StartException(
                FileOwner.WhyHidden(path) ?? $"There is no data in {path}. Choose the data folder by --DataPath.");
        }
    }

    /// <summary>True if the folder holds the demo's data.</summary>
    public static bool IsDemo(string path) =>
        Path.Combine(path, KindFile) is var file && File.Exists(file) && File.ReadAllText(file).Trim() == "demo";

    /// <summary>
    /// Checks for a database that was lost, or is not restored yet. Keys are made after the database: if keys exist
    /// without a database, it was lost, and this is no first start.
    /// </summary>
    /// <exception cref="StartException">The database is missing.</exception>
    public void RequireDatabase()
    {
        var file = Path.Combine(FullPath, SqliteDatabase.FileName);
        if (File.Exists(file))
        {
            return;
        }

        if (File.Exists(file + RestoreSuffix))
        {
            throw new StartException(
                $"The restore into {FullPath} was broken off. Finish it by the same command, then start the host. For "
                + $"a new office move {file + RestoreSuffix} away, or choose another folder by the setting DataPath.");
        }

        if (Keys.HasKeys)
        {
            throw new StartException(
                $"{file} is missing, but {Keys.FullPath} has the keys of an office, so no new office is started here. "
                + "Put the database or a backup in its place. For a new office move the keys away, or choose another folder by the setting DataPath.");
        }
    }

    /// <summary>
    /// An existing folder or file, or one of an older release, may be readable by everyone. The database handles its
    /// own files.
    /// </summary>
    private void Limit()
    {
        if (BelongsToAnotherUser())
        {
            throw new StartException(
                $"The data folder {FullPath} is in use for something else. "
                + $"Choose one of this host's own by the setting DataPath, such as {Path.Combine(FullPath, "callmyway")}.");
        }

        IsPrivate = true;
        string[] files = Directory.Exists(Keys.FullPath) ? [Keys.FullPath, .. Directory.GetFiles(Keys.FullPath)] : [];
        foreach (var path in (string[])[FullPath, Path.Combine(FullPath, KindFile), .. files])
        {
            try
            {
                IsPrivate &= OwnerOnly.Limit(path);
            }
            catch (UnauthorizedAccessException)
            {
                throw new StartException(
                    $"Others may read {path}, and it belongs to another user, so that this one can't change it. "
                    + "Make it this user's (chown), or choose another folder by the setting DataPath.");
            }
        }
    }

    /// <summary>
    /// A folder such as <c>/tmp</c> or <c>/etc</c>, named by mistake: its other users must not be locked out.
    /// </summary>
    private bool BelongsToAnotherUser()
    {
        const UnixFileMode ForOthers = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(FullPath) & ForOthers) == UnixFileMode.None)
        {
            return false;
        }

        var names = Directory.GetFileSystemEntries(FullPath).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        var isSticky = File.GetUnixFileMode(FullPath).HasFlag(UnixFileMode.StickyBit);
        return isSticky
            || Path.GetDirectoryName(FullPath) is null
            || (!names.Overlaps(OwnNames) && !names.IsSubsetOf(["demo", "lost+found"]));
    }

    private static void CheckKind(string folder, bool isDemo)
    {
        var file = Path.Combine(folder, KindFile);
        var wanted = isDemo ? "demo" : "real";
        var found = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        if (found.Length == 0)
        {
            // The file is empty if a start was interrupted right here. Nothing is stored before it is written.
            OwnerOnly.Write(file, System.Text.Encoding.UTF8.GetBytes(wanted));
            return;
        }

        if (found != wanted)
        {
            throw new StartException(found == "demo"
                ? $"The data folder {folder} was written by the demo, and what the demo made up is never mixed with what is real. Choose another folder by the setting DataPath, or start with --demo true."
                : $"The data folder {folder} holds real data, which the demo does not touch. Choose another folder by the setting DataPath, or start with --demo false.");
        }
    }
}
