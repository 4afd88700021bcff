using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// The platform also signs in with its own cookie. A browser sends it with every request, including one that another
/// site forged, so the request must prove its origin, as with any cookie. A request with a bearer token needs no such
/// proof.
/// </summary>
public static class PlatformCookie
{
    public const string Name = "AppServiceAuthSession";

    /// <summary>Refuses a request that another site's page may have made; null for all others.</summary>
    public static IResult? Refusal(HttpRequest request) =>
        request.Cookies.ContainsKey(Name) && request.Headers.Authorization.Count == 0
            ? CookieProof.Refusal(request)
            : null;
}
