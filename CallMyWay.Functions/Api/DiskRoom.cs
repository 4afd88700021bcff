namespace CallMyWay.Functions.Api;

/// <summary>Whether a disk has room for what comes in.</summary>
public enum DiskRoom
{
    Enough,

    /// <summary>Somebody should make room.</summary>
    Little,

    /// <summary>Soon nothing can be stored.</summary>
    NearlyNone,
}

/// <summary>Judges how much room a disk has. The page of the status and the log of the host say the same.</summary>
public static class DiskRooms
{
    private const long Gigabyte = 1L << 30;

    public static DiskRoom Of(HostDisk disk) =>
        disk.FreeBytes < Gigabyte / 2 ? DiskRoom.NearlyNone
        : disk.FreeBytes < 2 * Gigabyte
            || (disk.FreeBytes < 20 * Gigabyte && disk.FreeBytes < disk.TotalBytes / 10) ? DiskRoom.Little
        : DiskRoom.Enough;
}
