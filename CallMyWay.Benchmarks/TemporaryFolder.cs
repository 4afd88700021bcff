namespace CallMyWay.Benchmarks;

/// <summary>A folder that is deleted when it is disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("callmyway-bench-").FullName;

    /// <summary>A folder that stays for the next run: a million contacts take minutes to write.</summary>
    public static string Kept(string name) =>
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), "callmyway-bench", name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
