using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>
/// Browsers send a cookie whatever page made the request. A request that changes something therefore needs a header
/// that another site's page can't set without permission.
/// </summary>
public static class CookieProof
{
    public const string Header = "X-Requested-With";

    /// <summary>The title of a refusal because of the request's origin.</summary>
    public static Phrase OtherSite { get; } = new("Solicitud de otro sitio", "Request from another site");

    public static bool IsNeeded(HttpRequest request) => !HttpMethods.IsGet(request.Method)
        && !HttpMethods.IsHead(request.Method)
        && !HttpMethods.IsOptions(request.Method);

    /// <summary>Refuses a request with a cookie that another site's page may have made; null for all others.</summary>
    public static IResult? Refusal(HttpRequest request) => !IsNeeded(request) || request.Headers.ContainsKey(Header)
        ? null
        : request.Problem(
            StatusCodes.Status403Forbidden,
            OtherSite,
            new($"Con la cookie de la sesión, lo que cambia algo necesita el encabezado {Header} (con cualquier valor).", $"A changing request with the session's cookie needs the header {Header} (with any value)."));
}
