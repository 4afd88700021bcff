using System.Security.Claims;
using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// A session, as the cookie holds it: the agent, the account's stamp at sign-in, and the session's own id.
/// </summary>
internal sealed record Session(string AgentId, string Stamp, string Id)
{
    public const string Scheme = "session";

    /// <summary>With a prefix under https (<see cref="SessionCookies"/>).</summary>
    public const string CookieName = "cmw-session";

    private const string StampItem = "stamp";

    private const string IdItem = "id";

    /// <summary>There where the session began under https.</summary>
    private const string HttpsItem = "https";

    /// <summary>In the place of an account's stamp: the session is that of an embed token, whose id it has.</summary>
    private const string EmbedStamp = "embed-token";

    public bool IsOfEmbedToken => IsStampOfEmbedToken(Stamp);

    public static bool IsStampOfEmbedToken(string? stamp) => stamp == EmbedStamp;

    public static Session OfEmbedToken(string agentId, string tokenId) => new(agentId, EmbedStamp, tokenId);

    public static Session New(LocalAccount account) => new(account.AgentId, account.Stamp, Secrets.New());

    /// <summary>Sets the user from the cookie. False if there is no valid session.</summary>
    public static async Task<bool> AuthenticateAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(Scheme);
        if (!result.Succeeded)
        {
            return false;
        }

        context.User = result.Principal;
        context.Features.Set(Of(result.Principal, result.Properties));
        return true;
    }

    public Task StartAsync(HttpContext context)
    {
        // The cookie holds only the agent's id. The name and the roles are read from the agent's row, so that changes
        // take effect.
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(Principal.AgentIdClaim, AgentId)], Scheme));
        var properties = new AuthenticationProperties { Items = { [StampItem] = Stamp, [IdItem] = Id } };
        if (context.Request.IsHttps)
        {
            properties.Items[HttpsItem] = "";
        }

        return context.SignInAsync(Scheme, user, properties);
    }

    /// <summary>
    /// Called at each request with a cookie: checks whether the session is still valid, and sets the current agent.
    /// </summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        // Under https it was given a cookie that no other host can set.
        var isForeign = context.Properties.Items.ContainsKey(HttpsItem)
            && SessionCookies.MayBeForeign(context.HttpContext.Request);
        if (!isForeign && Of(context.Principal, context.Properties) is { } session
            && await sessions.FindUserAsync(session.AgentId, session.Stamp, session.Id, context.HttpContext.RequestAborted) is { } user)
        {
            context.ReplacePrincipal(user);
        }
        else
        {
            context.RejectPrincipal();
        }
    }

    private static Session? Of(ClaimsPrincipal? user, AuthenticationProperties? properties) =>
        user?.AgentId() is { } agentId
        && properties?.Items.TryGetValue(StampItem, out var stamp) == true && stamp is not null
        && properties.Items.TryGetValue(IdItem, out var id) && id is not null
            ? new Session(agentId, stamp, id)
            : null;
}
