using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CallMyWay.LocalHost.Files;

/// <summary>Whose a folder is. Only Linux is asked.</summary>
internal static class FileOwner
{
    /// <summary>
    /// The user whose the folder is, where that is another than this process's: the name, or the number where the
    /// machine knows no name. Null where it is the same user, where there is no folder, and where nobody can tell.
    /// </summary>
    public static string? OtherThanThis(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> status = stackalloc byte[FileStatus.Size];
        ref var first = ref MemoryMarshal.GetReference(status);
        var nativePath = Encoding.UTF8.GetBytes(path + '\0');
        if (FileStatus.Read(FileStatus.WorkingFolder, nativePath, 0, FileStatus.WantOwner, ref first) != 0)
        {
            return null;
        }

        var owner = MemoryMarshal.Read<uint>(status[FileStatus.OwnerAt..]);
        return owner == Native.User() ? null : NameOf(owner);
    }

    private static string NameOf(uint user)
    {
        const string Users = "/etc/passwd";
        var number = user.ToString(CultureInfo.InvariantCulture);
        // A line is name:password:number:…
        var line = File.Exists(Users)
            ? File.ReadLines(Users).Select(each => each.Split(':')).FirstOrDefault(each => each is [_, _, var id, ..] && id == number)
            : null;
        return line?[0] ?? number;
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "geteuid")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern uint User();
    }
}
