namespace CallMyWay.LocalHost.Files;

/// <summary>
/// Makes folders and files that only the host's own user can read (0700 and 0600): they hold customers' data, password
/// hashes and cookie keys. On Windows they inherit the rights of the folder above.
/// </summary>
internal static class OwnerOnly
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>
    /// Makes the folder and those above it, if they are missing. An existing folder keeps its rights.
    /// </summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode);
        }
    }

    /// <summary>Opens a file. If that creates it, nobody else can read it at any moment.</summary>
    public static FileStream Open(string path, FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows() && options.Mode is not System.IO.FileMode.Open)
        {
            options.UnixCreateMode = FileMode;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes a new file with this content, and syncs it to disk.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = Open(
            path, new() { Mode = System.IO.FileMode.Create, Access = FileAccess.Write, BufferSize = 0 });
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Removes other users' rights from an existing folder or file.</summary>
    /// <returns>False if the file system has no such rights, such as a drive shared by Windows.</returns>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public static bool Limit(string path)
    {
        if (OperatingSystem.IsWindows() || !Path.Exists(path))
        {
            return true;
        }

        var allowed = Directory.Exists(path) ? FolderMode : FileMode;
        var found = File.GetUnixFileMode(path);
        if ((found & ~allowed) == UnixFileMode.None)
        {
            return true;
        }

        File.SetUnixFileMode(path, found & allowed);
        return (File.GetUnixFileMode(path) & ~allowed) == UnixFileMode.None;
    }
}
