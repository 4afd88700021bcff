using System.Runtime.InteropServices;

namespace CallMyWay.LocalHost.Files;

/// <summary>
/// statx(2) of Linux, which has the same layout on every processor. .NET itself tells neither a file's inode nor whose
/// it is.
/// </summary>
internal static class FileStatus
{
    public const int WorkingFolder = -100; // AT_FDCWD
    public const uint WantOwner = 0x8; // STATX_UID
    public const uint WantNumber = 0x100; // STATX_INO
    public const int Size = 256;
    public const int OwnerAt = 20; // stx_uid
    public const int NumberAt = 32; // stx_ino
    public const int DeviceAt = 136; // stx_dev_major, stx_dev_minor
    public const int NoSuchFile = 2; // ENOENT
    public const int NotAFolder = 20; // ENOTDIR

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Read(int folder, byte[] path, int flags, uint wanted, ref byte status);
}
