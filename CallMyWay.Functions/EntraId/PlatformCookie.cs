using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// The platform also signs in by a cookie of its own, which a browser sends along with whatever page makes the request. A request with it
/// that changes something therefore needs the header that another site's page can't set without leave; a bearer token proves as much.
/// </summary>
public static class PlatformCookie
{
    public const string Name = "AppServiceAuthSession";

    public const string ProofHeader = "X-Requested-With";

    /// <summary>The answer to a request that another site's page may have made; null for all others.</summary>
    public static IResult? Refusal(HttpRequest request)
    {
        var changesNothing = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        return changesNothing || !request.Cookies.ContainsKey(Name) || request.Headers.ContainsKey(ProofHeader) || request.Headers.Authorization.Count > 0
            ? null
            : request.Problem(
                StatusCodes.Status403Forbidden,
                new("Solicitud de otro sitio", "Request from another site"),
                new($"Con la cookie de la sesión, lo que cambia algo necesita el encabezado {ProofHeader} (con cualquier valor).", $"With the session's cookie, what changes something needs the header {ProofHeader} (of any value)."));
    }
}
