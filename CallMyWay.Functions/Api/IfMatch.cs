using CallMyWay.Functions.Storage;
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
    /// The version that the change is meant for, as <see cref="TableExtensions.PutAsync"/> takes it: that of
    /// <c>If-Match</c>, none yet by <c>If-None-Match: *</c>, else null for any.
    /// </summary>
    public static string? VersionOf(HttpRequest request) => Of(request) ?? (IsNone(request) ? Row.NoVersion : null);

    /// <summary>
    /// True where the caller has found no version yet, and says so by <c>If-None-Match: *</c>: of two who write the first
    /// one, the second is refused.
    /// </summary>
    public static bool IsNone(HttpRequest request) => request.Headers.IfNoneMatch.ToString().Trim() == "*";
}
