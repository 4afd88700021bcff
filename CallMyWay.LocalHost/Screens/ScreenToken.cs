using System.Security.Cryptography;
using System.Text.Json;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.DataProtection;

namespace CallMyWay.LocalHost.Screens;

/// <summary>The content of a screen's token: its session, and until when it can open a connection.</summary>
internal sealed record ScreenToken(string AgentId, string Stamp, string SessionId, DateTimeOffset ConnectBefore)
{
    public static readonly TimeSpan ToConnect = TimeSpan.FromMinutes(1);

    public Session Session => new(AgentId, Stamp, SessionId);

    /// <summary>
    /// False also for a token from the future: the clock was set back, and the token would stay fresh too long.
    /// </summary>
    public bool IsFresh(DateTimeOffset now) => now < ConnectBefore && ConnectBefore - now <= ToConnect;
}

/// <summary>
/// Makes and reads the tokens of <c>/api/pop-ups/negotiate</c>. They are short-lived, as they are part of an address.
/// </summary>
internal sealed class ScreenTokens(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("screens");

    public string Create(Session session)
    {
        var connectBefore = time.GetUtcNow() + ScreenToken.ToConnect;
        return _protector.Protect(JsonSerializer.Serialize(
            new ScreenToken(session.AgentId, session.Stamp, session.Id, connectBefore)));
    }

    /// <summary>The token's content, even if it has expired; null if it is not ours.</summary>
    public ScreenToken? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ScreenToken>(_protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
