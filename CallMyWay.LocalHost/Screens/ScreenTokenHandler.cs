using System.Security.Claims;
using System.Text.Encodings.Web;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Screens;

/// <summary>
/// Authenticates a screen at the hub by its token, never by the cookie. The token is in a header, or in the address, as
/// a browser's WebSocket sends no such header. A token can open a connection for a minute. A connection without
/// WebSockets consists of many requests, each with its first token: after the minute, a token is accepted only for
/// requests of its open connection.
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
    /// The query parameter with the connection's key. The server generates the key, and whoever has it can use the
    /// connection.
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
            return AuthenticateResult.Fail("The token is not valid, or has expired.");
        }

        var user = new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, token.AgentId), new(SessionClaim, token.SessionId), new(StampClaim, token.Stamp)],
            SchemeName));
        return AuthenticateResult.Success(new AuthenticationTicket(user, SchemeName));
    }

    /// <summary>
    /// True for a request of a connection that this session has open. A negotiation always makes a new connection,
    /// whatever key it names.
    /// </summary>
    private bool IsForOpenConnection(Session session) =>
        Context.GetEndpoint()?.Metadata.GetMetadata<NegotiateMetadata>() is null
        && connections.Has(Request.Query[ConnectionKey].ToString(), session);
}
