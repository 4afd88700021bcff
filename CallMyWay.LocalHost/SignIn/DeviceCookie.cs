using System.Security.Cryptography;
using System.Text.Json;
using CallMyWay.LocalHost.Functions;
using Microsoft.AspNetCore.DataProtection;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// What a browser keeps of a sign-in for long: that this agent has signed in with it. It opens nothing. It lets the
/// agent's next try be told from a stranger's guess
/// (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies). A new password ends it.
/// </summary>
internal sealed class DeviceCookie(IDataProtectionProvider protection)
{
    public const string Name = "cmw-device";

    // Browsers keep no cookie for longer.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    private readonly IDataProtector _protector = protection.CreateProtector("devices");

    /// <summary>The browser's id, where it has a cookie of this account and of its password.</summary>
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
            // Where passwords are sent to, and nowhere else.
            Path = $"{context.Request.PathBase}{HttpFunctions.Prefix}/{SessionFunctions.Route}",
            MaxAge = Longest,
        });
    }

    private sealed record Device(string AgentId, string Stamp, string Id);
}
