namespace CallMyWay.LocalHost.Start;

/// <summary>
/// The folder that holds all this host stores. What the demo made up is never mixed with what is real. (That one host at a time uses
/// it is the database's business.)
/// </summary>
internal sealed class DataFolder
{
    private const string KindFile = "kind";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataFolder(string path) => FullPath = path;

    public string FullPath { get; }

    /// <summary>The keys that cookies are protected with: whoever reads them can sign in as anyone.</summary>
    public DirectoryInfo Keys => new(Path.Combine(FullPath, "keys"));

    /// <exception cref="StartException">The folder can't be used; the message says why.</exception>
    public static DataFolder Open(string path, bool isDemo)
    {
        var folder = new DataFolder(Path.GetFullPath(path));
        try
        {
            CreateOwnerOnly(folder.FullPath);
            CreateOwnerOnly(folder.Keys.FullName);
            CheckKind(folder.FullPath, isDemo);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StartException($"The data folder {folder.FullPath} can't be written ({exception.Message.TrimEnd('.')}). Give this user the right to, or choose another folder by the setting DataPath.");
        }
    }

    /// <summary>Whether what is in a folder was made up by the demo.</summary>
    public static bool IsDemo(string path) => Path.Combine(path, KindFile) is var file && File.Exists(file) && File.ReadAllText(file).Trim() == "demo";

    private static void CheckKind(string folder, bool isDemo)
    {
        var file = Path.Combine(folder, KindFile);
        var wanted = isDemo ? "demo" : "real";
        var found = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        if (found.Length == 0)
        {
            // An empty one is what a start leaves that was ended right here; nothing is stored before it.
            File.WriteAllText(file, wanted);
            return;
        }

        if (found != wanted)
        {
            throw new StartException(found == "demo"
                ? $"The data folder {folder} was written by the demo, and what the demo made up is never mixed with what is real. Choose another folder by the setting DataPath, or start with --demo true."
                : $"The data folder {folder} holds real data, which the demo does not touch. Choose another folder by the setting DataPath, or start with --demo false.");
        }
    }

    private static void CreateOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // A folder under the user's own profile or a service's is theirs already; Windows inherits the rights.
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }
}
