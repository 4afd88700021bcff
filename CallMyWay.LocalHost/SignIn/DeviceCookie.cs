using System.Security.Cryptography;
using System.Text.Json;
using CallMyWay.LocalHost.Functions;
using Microsoft.AspNetCore.DataProtection;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// A long-lived cookie, which says that this agent has signed in with this browser. It grants no access. It only lets
/// the agent's next try be told from a stranger's guess
/// (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies). A new password invalidates
/// it.
/// </summary>
internal sealed class DeviceCookie(IDataProtectionProvider protection)
{
    public const string Name = "cmw-device";

    // Browsers keep no cookie longer.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    private readonly IDataProtector _protector = protection.CreateProtector("devices");

    /// <summary>The browser's id, if it has a cookie for this account and its current password.</summary>
    public string? Read(HttpRequest request, LocalAccount? account)
    {
        if (account is null || request.Cookies[Name] is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            var device = JsonSerializer.Deserialize<Device>(_protector.Unprotect(text));
            return device?.AgentId == account.AgentId && device.Stamp == account.Stamp ? device.Id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Write(HttpContext context, LocalAccount account)
    {
        var device = new Device(account.AgentId, account.Stamp, Read(context.Request, account) ?? Secrets.New());
        context.Response.Cookies.Append(Name, _protector.Protect(JsonSerializer.Serialize(device)), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            // Sent only to the addresses that take passwords.
            Path = $"{context.Request.PathBase}{HttpFunctions.Prefix}/{SessionFunctions.Route}",
            MaxAge = Longest,
        });
    }

    private sealed record Device(string AgentId, string Stamp, string Id);
}
