namespace CallMyWay.Benchmarks;

/// <summary>A folder that goes when it is done with.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("callmyway-bench-").FullName;

    /// <summary>One that stays for the next run: a million contacts take minutes to write.</summary>
    public static string Kept(string name) =>
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), "callmyway-bench", name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
