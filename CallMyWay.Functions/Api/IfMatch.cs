using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>
/// The version that a change is meant for: the header <c>If-Match</c>, with the <c>etag</c> that the row showed.
/// </summary>
public static class IfMatch
{
    /// <summary>The etag, or null where the caller changes whatever is there (no header, or <c>*</c>).</summary>
    public static string? Of(HttpRequest request)
    {
        var value = request.Headers.IfMatch.ToString().Trim();
        if (value is "" or "*")
        {
            return null;
        }

        // Both the bare etag and its quoted HTTP form are taken; a weak one names the same version.
        return value.StartsWith("W/", StringComparison.Ordinal) ? value[2..].Trim('"') : value.Trim('"');
    }
}
