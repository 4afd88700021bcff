using CallMyWay.Functions.Api;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Refuses requests that another site's page makes a signed-in browser send. The cookie is already SameSite=Strict;
/// <see cref="CookieProof"/> and the browser's own headers are checked too.
/// </summary>
internal static class CrossSite
{
    /// <summary>
    /// Refuses a request with the cookie that may come from another site; null for one that only reads, or that is
    /// ours.
    /// </summary>
    public static IResult? Refusal(HttpRequest request) =>
        CookieProof.IsNeeded(request) ? CookieProof.Refusal(request) ?? OriginRefusal(request) : null;

    /// <summary>Refuses a request that, by the browser's headers, another site made.</summary>
    public static IResult? OriginRefusal(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        var isOurs = site is "" or "same-origin" or "none"
            // Only the authority is compared: a proxy may use https with the browser and http with us.
            && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)));
        return isOurs
            ? null
            : request.Problem(
                StatusCodes.Status403Forbidden,
                CookieProof.OtherSite,
                new("Esta dirección solo atiende a sus propias páginas.", "This address serves its own pages only."));
    }
}
