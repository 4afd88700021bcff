namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>The console's source. The tests run from a folder below the repository.</summary>
internal static class WebFolder
{
    /// <summary>The path of a file in it; null if it does not exist.</summary>
    public static string? Find(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine([folder.FullName, "web", .. parts]);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
