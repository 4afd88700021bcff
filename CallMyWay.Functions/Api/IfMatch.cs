using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>Reads the header <c>If-Match</c>, and <c>If-None-Match</c>: the <c>etag</c> of the version that a change is meant for.</summary>
public static class IfMatch
{
    /// <summary>The etag; null if the caller accepts any version (no header, or <c>*</c>).</summary>
    public static string? Of(HttpRequest request)
    {
        var value = request.Headers.IfMatch.ToString().Trim();
        if (value is "" or "*")
        {
            return null;
        }

        // A bare etag and its quoted HTTP form are both accepted. A weak etag names the same version.
        return value.StartsWith("W/", StringComparison.Ordinal) ? value[2..].Trim('"') : value.Trim('"');
    }

    /// <summary>
    /// True where the caller has found no version yet, and says so by <c>If-None-Match: *</c>: of two who write the first
    /// one, the second is refused.
    /// </summary>
    public static bool IsNone(HttpRequest request) => request.Headers.IfNoneMatch.ToString().Trim() == "*";
}
