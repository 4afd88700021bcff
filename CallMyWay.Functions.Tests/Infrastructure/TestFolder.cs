namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>Temporary data folders for hosts under test.</summary>
internal static class TestFolder
{
    private const long RoomNeeded = 1L << 30;

    private const string InMemory = "/dev/shm";

    // A host syncs some thirty times at its start. On a file system in memory that takes no time.
    private static readonly string Parent = HasRoom() ? InMemory : Path.GetTempPath();

    /// <summary>Makes a new empty folder for this user only. The caller deletes it.</summary>
    public static string Create(string prefix)
    {
        var path = Path.Combine(Parent, prefix + Path.GetRandomFileName());
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(
                path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    // In containers, /dev/shm often has only 64 MB.
    private static bool HasRoom() =>
        Directory.Exists(InMemory) && new DriveInfo(InMemory) is { IsReady: true, AvailableFreeSpace: > RoomNeeded };
}
