using System.Net;
using CallMyWay.Functions.Api;

namespace CallMyWay.LocalHost.Web;

/// <summary>
/// Checks the host name of requests. If the host listens on this machine only, it accepts only this machine's names:
/// else any web page could use a domain name that leads here (DNS rebinding), and read data with the user's session.
/// The setting <c>AllowedHosts</c> adds names, as everywhere in ASP.NET Core.
/// </summary>
internal sealed class KnownHosts
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly HashSet<string>? _names;

    public KnownHosts(IConfiguration settings)
    {
        var given = settings["AllowedHosts"]
            ?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var listensHereOnly = (settings[WebHostDefaults.ServerUrlsKey] ?? "").Split(';').All(IsLoopback);
        var isOpen = given.Contains("*") || (given.Length == 0 && !listensHereOnly);
        _names = isOpen ? null : new HashSet<string>(Loopback.Concat(given), StringComparer.OrdinalIgnoreCase);
    }

    public bool Knows(HostString host) => _names is null || _names.Contains(host.Host);

    public static IResult Refusal(HttpRequest request) => request.Problem(
        StatusCodes.Status400BadRequest,
        new("Nombre desconocido", "Unknown host name"),
        new(
            "Este servidor no atiende a ese nombre. El ajuste AllowedHosts dice a cuáles atiende.",
            "This server does not accept that host name. The setting AllowedHosts lists the names that it accepts."));

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(
            url.Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("+", "0.0.0.0", StringComparison.Ordinal),
            UriKind.Absolute,
            out var uri)
        && (uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)));
}
