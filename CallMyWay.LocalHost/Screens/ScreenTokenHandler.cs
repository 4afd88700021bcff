using System.Security.Claims;
using System.Text.Encodings.Web;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Screens;

/// <summary>Lets a screen into the hub by its token, from the header or (a browser's WebSocket has no headers) from the address. Never by the cookie.</summary>
internal sealed class ScreenTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ScreenTokens tokens, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "screen";

    public const string SessionClaim = "session";

    public const string StampClaim = "stamp";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        var text = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..] : Request.Query["access_token"].ToString();
        if (text.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        // The id of a connection is a secret of its own, given to this user by a negotiation that had a fresh token; the hub checks both.
        if (tokens.Read(text, isConnected: Request.Query.ContainsKey("id")) is not { } token
            || await sessions.FindUserAsync(token.AgentId, token.Stamp, token.SessionId, Context.RequestAborted) is null)
        {
            return AuthenticateResult.Fail("The token is not valid, or no longer.");
        }

        var user = new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, token.AgentId), new(SessionClaim, token.SessionId), new(StampClaim, token.Stamp)],
            SchemeName));
        return AuthenticateResult.Success(new AuthenticationTicket(user, SchemeName));
    }
}
