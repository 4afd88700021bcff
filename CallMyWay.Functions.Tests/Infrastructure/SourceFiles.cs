namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>The repository's source files, without downloaded, built and generated ones.</summary>
internal static class SourceFiles
{
    private static readonly string[] Made =
        [".git", "artifacts", "bin", "data", "dist", "generated", "node_modules", "obj", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Their paths in the repository, with slashes, in order.</summary>
    public static IEnumerable<string> Named(string pattern) => In(new DirectoryInfo(SourceTree.PathOf()), pattern)
        .Select(file => Path.GetRelativePath(SourceTree.PathOf(), file.FullName).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(SourceTree.PathOf(path));

    private static IEnumerable<FileInfo> In(DirectoryInfo folder, string pattern) => folder.EnumerateFiles(pattern)
        .Concat(folder.EnumerateDirectories()
            .Where(inner => !Made.Contains(inner.Name, StringComparer.Ordinal) && inner.LinkTarget is null)
            .SelectMany(inner => In(inner, pattern)));
}
