using System.Security.Claims;
using System.Text.Encodings.Web;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Screens;

/// <summary>
/// Lets a screen into the hub by its token, from the header or (a browser's WebSocket has no headers) from the address.
/// Never by the cookie. A token opens a connection for a minute. A connection without WebSockets consists of many
/// requests, and each of them brings the token that the connection began with: after the minute the token does for that
/// one connection alone, while it lasts.
/// </summary>
internal sealed class ScreenTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    ScreenTokens tokens, ScreenConnections connections, Sessions sessions, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "screen";

    public const string SessionClaim = "session";

    public const string StampClaim = "stamp";

    /// <summary>
    /// Where a request names the connection that it belongs to. The server made that name up; whoever has it can speak
    /// on it.
    /// </summary>
    public const string ConnectionKey = "id";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        var text = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..]
            : Request.Query["access_token"].ToString();
        if (text.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (tokens.Read(text) is not { } token
            || !(token.IsFresh(time.GetUtcNow()) || IsForOpenConnection(token.Session))
            || await sessions.FindUserAsync(token.AgentId, token.Stamp, token.SessionId, Context.RequestAborted) is null)
        {
            return AuthenticateResult.Fail("The token is not valid, or no longer.");
        }

        var user = new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, token.AgentId), new(SessionClaim, token.SessionId), new(StampClaim, token.Stamp)],
            SchemeName));
        return AuthenticateResult.Success(new AuthenticationTicket(user, SchemeName));
    }

    /// <summary>
    /// True for a request of a connection that this session has now. A negotiation makes a new one, whatever it names.
    /// </summary>
    private bool IsForOpenConnection(Session session) =>
        Context.GetEndpoint()?.Metadata.GetMetadata<NegotiateMetadata>() is null
        && connections.Has(Request.Query[ConnectionKey].ToString(), session);
}
