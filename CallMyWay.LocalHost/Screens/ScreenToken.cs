using System.Security.Cryptography;
using System.Text.Json;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.DataProtection;

namespace CallMyWay.LocalHost.Screens;

/// <summary>What lets a screen in: the session it belongs to, and until when it may begin to connect.</summary>
internal sealed record ScreenToken(string AgentId, string Stamp, string SessionId, DateTimeOffset ConnectBefore);

/// <summary>Makes and reads the tokens that <c>/api/pop-ups/negotiate</c> hands out. They travel in an address, so they are short-lived.</summary>
internal sealed class ScreenTokens(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan ToConnect = TimeSpan.FromMinutes(1);

    // A connection that does without WebSockets sends the token with every request, for as long as it lasts.
    private static readonly TimeSpan ToStayConnected = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("screens").ToTimeLimitedDataProtector();

    public string Create(Session session) => Create(session, time.GetUtcNow() + ToConnect);

    internal string Create(Session session, DateTimeOffset connectBefore) =>
        _protector.Protect(JsonSerializer.Serialize(new ScreenToken(session.AgentId, session.Stamp, session.Id, connectBefore)), ToStayConnected);

    /// <summary>The token's content, or null where it is not ours or too old; <paramref name="isConnected"/> says that the request goes to a connection that was let in.</summary>
    public ScreenToken? Read(string text, bool isConnected)
    {
        try
        {
            var token = JsonSerializer.Deserialize<ScreenToken>(_protector.Unprotect(text));
            return token is not null && (isConnected || time.GetUtcNow() < token.ConnectBefore) ? token : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
