using System.Security.Cryptography;
using System.Text.Json;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.DataProtection;

namespace CallMyWay.LocalHost.Screens;

/// <summary>What lets a screen in: the session it belongs to, and until when it may begin to connect.</summary>
internal sealed record ScreenToken(string AgentId, string Stamp, string SessionId, DateTimeOffset ConnectBefore)
{
    public static readonly TimeSpan ToConnect = TimeSpan.FromMinutes(1);

    public Session Session => new(AgentId, Stamp, SessionId);

    /// <summary>
    /// False also for one that seems to come from the future: the clock was set back, and would keep it fresh for as
    /// long.
    /// </summary>
    public bool IsFresh(DateTimeOffset now) => now < ConnectBefore && ConnectBefore - now <= ToConnect;
}

/// <summary>
/// Makes and reads the tokens that <c>/api/pop-ups/negotiate</c> hands out. They travel in an address, so they are
/// short-lived.
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

    /// <summary>The token's content, fresh or not; null where it is not ours.</summary>
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
