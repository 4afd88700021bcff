using CallMyWay.Functions.Api;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Refuses what another site's page makes a signed-in browser send. The cookie is strict already; its
/// <see cref="CookieProof"/>, and what the browser itself says of the page, stand behind it.
/// </summary>
internal static class CrossSite
{
    /// <summary>
    /// The answer to a request with the cookie that may not be ours; null for one that reads, or that is ours.
    /// </summary>
    public static IResult? Refusal(HttpRequest request) =>
        CookieProof.IsNeeded(request) ? CookieProof.Refusal(request) ?? OriginRefusal(request) : null;

    /// <summary>The answer to a request that the browser says another site made.</summary>
    public static IResult? OriginRefusal(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        var isOurs = site is "" or "same-origin" or "none"
            // The authority alone: a proxy may speak https with the browser and http with us.
            && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)));
        return isOurs
            ? null
            : request.Problem(
                StatusCodes.Status403Forbidden,
                CookieProof.OtherSite,
                new("Esta dirección solo atiende a sus propias páginas.", "This address serves its own pages only."));
    }
}
