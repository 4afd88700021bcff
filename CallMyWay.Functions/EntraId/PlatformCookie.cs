using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// The platform also signs in by a cookie of its own, which has to be proven as any; a bearer token proves as much.
/// </summary>
public static class PlatformCookie
{
    public const string Name = "AppServiceAuthSession";

    /// <summary>The answer to a request that another site's page may have made; null for all others.</summary>
    public static IResult? Refusal(HttpRequest request) =>
        request.Cookies.ContainsKey(Name) && request.Headers.Authorization.Count == 0
            ? CookieProof.Refusal(request)
            : null;
}
