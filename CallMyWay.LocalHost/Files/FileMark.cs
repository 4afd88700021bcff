using System.Runtime.InteropServices;
using System.Text;

namespace CallMyWay.LocalHost.Files;

/// <summary>
/// Remembers which file a path leads to, to tell later whether it still does. A process can write to an open file for
/// as long as it likes after the file was removed, moved or replaced, and no write says so.
/// </summary>
internal sealed class FileMark
{
    private static (ulong Device, ulong Number) Unknown => default;

    private readonly string _path;
    private readonly byte[] _nativePath;
    private readonly (ulong Device, ulong Number)? _opened;

    public FileMark(string path)
    {
        _path = path;
        _nativePath = Encoding.UTF8.GetBytes(path + '\0');
        _opened = Find();
    }

    public string Path => _path;

    /// <summary>
    /// Whether the path leads to the same file as at first. On Linux the file system's number of the file tells.
    /// Elsewhere it is enough that there is a file: Windows lets nobody remove or replace an open one. Where the system
    /// does not tell (a folder that may not be searched any more), the file is taken to be there.
    /// </summary>
    public bool IsStillThere =>
        _opened is { } opened && Find() is { } now && (now == opened || now == Unknown || opened == Unknown);

    /// <summary>The numbers of the file that the path leads to now; null where it leads to none.</summary>
    private (ulong Device, ulong Number)? Find()
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(_path) ? Unknown : null;
        }

        Span<byte> status = stackalloc byte[Native.StatusSize];
        ref var first = ref MemoryMarshal.GetReference(status);
        if (Native.Status(Native.WorkingFolder, _nativePath, 0, Native.WantNumber, ref first) == 0)
        {
            var device = MemoryMarshal.Read<ulong>(status[Native.DeviceAt..]);
            return (device, MemoryMarshal.Read<ulong>(status[Native.NumberAt..]));
        }

        return Marshal.GetLastPInvokeError() is Native.NoSuchFile or Native.NotAFolder ? null : Unknown;
    }

    /// <summary>
    /// statx(2), whose result has the same layout on every processor. .NET itself does not tell a file's number.
    /// </summary>
    private static class Native
    {
        public const int WorkingFolder = -100; // AT_FDCWD
        public const uint WantNumber = 0x100; // STATX_INO
        public const int StatusSize = 256;
        public const int NumberAt = 32; // stx_ino
        public const int DeviceAt = 136; // stx_dev_major, stx_dev_minor
        public const int NoSuchFile = 2; // ENOENT
        public const int NotAFolder = 20; // ENOTDIR

        [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Status(int folder, byte[] path, int flags, uint wanted, ref byte status);
    }
}
