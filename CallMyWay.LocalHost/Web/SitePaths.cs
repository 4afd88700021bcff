using CallMyWay.LocalHost.Functions;

namespace CallMyWay.LocalHost.Web;

/// <summary>
/// Which part of the site an address belongs to. Case does not count, as it does not for routes. Middleware compares
/// addresses here alone, for most of it runs before the routing or where no route was found.
/// </summary>
internal static class SitePaths
{
    private const string Webhooks = HttpFunctions.Prefix + "/webhooks";

    private const string Hubs = "/hubs";

    private const string Assets = "/assets";

    /// <summary>
    /// What the names of the console's files end in, beside its page. <c>web/static-web-app.ts</c> has the same list
    /// for the other host.
    /// </summary>
    internal static IReadOnlyList<string> FileEndings { get; } =
        [".css", ".ico", ".js", ".json", ".map", ".png", ".svg", ".txt", ".webmanifest"];

    /// <summary>
    /// Also where slashes are doubled or encoded: no route is found there, and the caller still expects the API's
    /// answer.
    /// </summary>
    public static bool IsApi(PathString path) => IsUnder(path, HttpFunctions.Prefix);

    /// <inheritdoc cref="IsApi"/>
    public static bool IsHub(PathString path) => IsUnder(path, Hubs);

    /// <summary>
    /// True for exactly what a route can lead to: an exemption hangs on it, which must not reach further.
    /// </summary>
    public static bool IsWebhook(PathString path) =>
        path.StartsWithSegments(Webhooks, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the build names by its content.</summary>
    public static bool IsAsset(PathString path) => path.StartsWithSegments(Assets, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// True for an address that the console makes itself, which may end in an id with a point in it. What ends as one
    /// of the console's files do is a file, which is there or missing.
    /// </summary>
    public static bool IsPage(PathString path) =>
        !IsUnder(path, Assets)
        && !FileEndings.Any(ending => path.Value?.EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true);

    private static bool IsUnder(PathString path, string prefix) =>
        path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)
        || Plain(path).StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// With one slash where there are several, or encoded ones. (The server decodes all else, and leaves out the
    /// segments of dots.)
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
