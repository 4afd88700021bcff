namespace CallMyWay.LocalHost.Files;

/// <summary>
/// Folders and files for the host's own account alone (0700 and 0600): they hold customers, password hashes and the
/// keys of cookies. On Windows they inherit the rights of the folder above them.
/// </summary>
internal static class OwnerOnly
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Makes the folder where it is missing, and those above it. One that is there keeps its rights.</summary>
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

    /// <summary>Opens a file. Where that makes it, nobody else could read it at any moment.</summary>
    public static FileStream Open(string path, FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows() && options.Mode is not System.IO.FileMode.Open)
        {
            options.UnixCreateMode = FileMode;
        }

        return new FileStream(path, options);
    }

    /// <summary>A new file with this content, on the disk when this returns.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = Open(
            path, new() { Mode = System.IO.FileMode.Create, Access = FileAccess.Write, BufferSize = 0 });
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Takes the rights of others away from a folder or a file that is there.</summary>
    /// <returns>False where the file system keeps no rights, as on a drive that Windows shares.</returns>
    /// <exception cref="UnauthorizedAccessException">It belongs to another account.</exception>
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
