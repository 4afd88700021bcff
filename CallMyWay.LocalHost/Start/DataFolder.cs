namespace CallMyWay.LocalHost.Start;

/// <summary>
/// The folder that holds all this host stores. One host at a time uses it, and what the demo made up is never mixed with what is real.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string KindFile = "kind";

    private const string LockFile = "lock";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock) => (FullPath, _lock) = (path, @lock);

    public string FullPath { get; }

    /// <summary>The keys that cookies are protected with: whoever reads them can sign in as anyone.</summary>
    public DirectoryInfo Keys => new(Path.Combine(FullPath, "keys"));

    /// <exception cref="StartException">The folder can't be used; the message says why.</exception>
    public static DataFolder Open(string path, bool isDemo)
    {
        var full = Path.GetFullPath(path);
        FileStream? held = null;
        try
        {
            CreateOwnerOnly(full);
            CreateOwnerOnly(Path.Combine(full, "keys"));
            held = Hold(Path.Combine(full, LockFile), full);
            CheckKind(full, isDemo);
            return new DataFolder(full, held);
        }
        catch (Exception exception)
        {
            held?.Dispose();
            throw exception is IOException or UnauthorizedAccessException or NotSupportedException
                ? new StartException($"The data folder {full} can't be written ({exception.Message.TrimEnd('.')}). Give this user the right to, or choose another folder by the setting DataPath.")
                : exception;
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Hold(string path, string folder)
    {
        // Tells "may not write here" from "in use" on every system.
        using (File.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
        }

        try
        {
            return File.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StartException($"Another host is using the data folder {folder}. Stop it, or choose another folder by the setting DataPath.");
        }
    }

    private static void CheckKind(string folder, bool isDemo)
    {
        var file = Path.Combine(folder, KindFile);
        var wanted = isDemo ? "demo" : "real";
        if (!File.Exists(file))
        {
            File.WriteAllText(file, wanted);
            return;
        }

        var found = File.ReadAllText(file).Trim();
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
