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

    /// <summary>
    /// Why this process can't find what may be at the path: another user's folder hides it. Null where no folder does.
    /// </summary>
    public static string? WhyHidden(string path)
    {
        var folder = path;
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
        {
            folder = above;
        }

        return OtherThanThis(folder) is { } owner && !CanLookInto(folder)
            ? $"{folder} is the user {owner}'s, and this user can't look into it. {RunAs(owner)}"
            : null;
    }

    /// <summary>How a command is run as the user.</summary>
    public static string RunAs(string owner) =>
        // A user without a name, as a container has it, has no runuser.
        "Run the command as that user"
        + (owner.All(char.IsAsciiDigit) ? "." : $": runuser -u {owner} -- and then the same again.");

    private static bool CanLookInto(string folder)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
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
