namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>Folders for the data of hosts that live as long as a test.</summary>
internal static class TestFolder
{
    private const long RoomNeeded = 1L << 30;

    private const string InMemory = "/dev/shm";

    // A host syncs some thirty times at its start. In memory that takes no time; what a host does is the same.
    private static readonly string Parent = HasRoom() ? InMemory : Path.GetTempPath();

    /// <summary>A new empty folder for this user alone. Whoever asked for it removes it.</summary>
    public static string Create(string prefix)
    {
        var path = Path.Combine(Parent, prefix + Path.GetRandomFileName());
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(
                path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    // Containers often have 64 MB there.
    private static bool HasRoom() =>
        Directory.Exists(InMemory) && new DriveInfo(InMemory) is { IsReady: true, AvailableFreeSpace: > RoomNeeded };
}
