using System.Runtime.InteropServices;
using System.Text;

namespace CallMyWay.LocalHost.Files;

/// <summary>
/// Remembers which file a path leads to, to check later whether it still does. A process can go on writing to an open
/// file after it was removed, moved or replaced, and no write fails.
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
    /// True if the path still leads to the same file. On Linux the inode decides. On Windows it is enough that the file
    /// exists, as nobody can remove or replace an open file. If the system can't tell (for example, the folder may no
    /// longer be searched), the file counts as there.
    /// </summary>
    public bool IsStillThere =>
        _opened is { } opened && Find() is { } now && (now == opened || now == Unknown || opened == Unknown);

    /// <summary>The device and inode that the path leads to now; null if there is no file.</summary>
    private (ulong Device, ulong Number)? Find()
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(_path) ? Unknown : null;
        }

        Span<byte> status = stackalloc byte[FileStatus.Size];
        ref var first = ref MemoryMarshal.GetReference(status);
        if (FileStatus.Read(FileStatus.WorkingFolder, _nativePath, 0, FileStatus.WantNumber, ref first) == 0)
        {
            var device = MemoryMarshal.Read<ulong>(status[FileStatus.DeviceAt..]);
            return (device, MemoryMarshal.Read<ulong>(status[FileStatus.NumberAt..]));
        }

        return Marshal.GetLastPInvokeError() is FileStatus.NoSuchFile or FileStatus.NotAFolder ? null : Unknown;
    }
}
