using CallMyWay.LocalHost.Functions;

namespace CallMyWay.LocalHost.Web;

/// <summary>
/// Tells which part of the site an address belongs to, without regard to case, as routes do. Middleware compares
/// addresses only here, as most of it runs before routing, or when no route was found.
/// </summary>
internal static class SitePaths
{
    private const string Webhooks = HttpFunctions.Prefix + "/webhooks";

    private const string Hubs = "/hubs";

    private const string Assets = "/assets";

    /// <summary>
    /// The file extensions of the console's files, except its page. <c>web/static-web-app.ts</c> has the same list for
    /// Azure.
    /// </summary>
    internal static IReadOnlyList<string> FileEndings { get; } =
        [".css", ".ico", ".js", ".json", ".map", ".png", ".svg", ".txt", ".webmanifest"];

    private static IReadOnlyList<PathString> FramedPages { get; } = ["/embed.html", "/embed-hubspot.html"];

    /// <summary>
    /// True even with doubled or encoded slashes: they lead to no route, but the caller still expects an answer of the
    /// API.
    /// </summary>
    public static bool IsApi(PathString path) => IsUnder(path, HttpFunctions.Prefix);

    /// <inheritdoc cref="IsApi"/>
    public static bool IsHub(PathString path) => IsUnder(path, Hubs);

    /// <summary>True only for the exact form that a route accepts, as other checks are skipped for it.</summary>
    public static bool IsWebhook(PathString path) =>
        path.StartsWithSegments(Webhooks, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for files that the build names by a hash of their content.</summary>
    public static bool IsAsset(PathString path) => path.StartsWithSegments(Assets, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for code, which the pages of others load too.</summary>
    public static bool IsScript(PathString path) =>
        path.Value?.EndsWith(".js", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>True for a page that other applications show in a frame.</summary>
    public static bool IsEmbedPage(PathString path) =>
        FramedPages.Any(page => path.Equals(page, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// True for the address of a page of the console. It may end in an id with a point. If it ends in the extension of
    /// a console file, it is a file, which exists or is missing.
    /// </summary>
    public static bool IsPage(PathString path) =>
        !IsUnder(path, Assets)
        && !FileEndings.Any(ending => path.Value?.EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true);

    private static bool IsUnder(PathString path, string prefix) =>
        path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)
        || Plain(path).StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Replaces doubled and encoded slashes by one. (The server decodes everything else, and resolves dot segments.)
    /// </summary>
    private static PathString Plain(PathString path)
    {
        var text = path.Value ?? "";
        if (!text.Contains("//", StringComparison.Ordinal) && !text.Contains("%2f", StringComparison.OrdinalIgnoreCase))
        {
            return path;
        }

        var slashes = text.Replace("%2f", "/", StringComparison.OrdinalIgnoreCase);
        return "/" + string.Join('/', slashes.Split('/', StringSplitOptions.RemoveEmptyEntries));
    }
}
