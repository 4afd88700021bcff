using Microsoft.AspNetCore.Authentication.Cookies;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Under https the session's cookie has the prefix <c>__Host-</c>: the browser takes such a cookie from this host
/// alone. A page of a sibling name (<c>crm.example.org</c> beside <c>calls.example.org</c>) could set one without it,
/// and whoever uses this browser would work on in the session of somebody else. Without https browsers take no cookie
/// with the prefix.
/// </summary>
internal sealed class SessionCookies : ICookieManager
{
    private const string Prefix = "__Host-";

    private readonly ChunkingCookieManager _cookies = new();

    /// <summary>
    /// True where the request's session comes by a cookie that another host may have set. A session that began without
    /// https has no other cookie, so it is read too: <see cref="Session.ValidateAsync"/> refuses the rest.
    /// </summary>
    public static bool MayBeForeign(HttpRequest request) =>
        request.IsHttps && !request.Cookies.ContainsKey(Prefix + Session.CookieName);

    public string? GetRequestCookie(HttpContext context, string key) =>
        _cookies.GetRequestCookie(context, MayBeForeign(context.Request) ? key : NameOf(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
    {
        DeletePlain(context, key, options);
        _cookies.AppendResponseCookie(context, NameOf(context, key), value, options);
    }

    public void DeleteCookie(HttpContext context, string key, CookieOptions options)
    {
        DeletePlain(context, key, options);
        _cookies.DeleteCookie(context, NameOf(context, key), options);
    }

    /// <summary>
    /// A session that began without https must not come back once the one with the prefix has ended: it may be that of
    /// somebody else.
    /// </summary>
    private void DeletePlain(HttpContext context, string key, CookieOptions options)
    {
        if (context.Request.IsHttps && context.Request.Cookies.ContainsKey(key))
        {
            _cookies.DeleteCookie(context, key, options);
        }
    }

    private static string NameOf(HttpContext context, string key) => context.Request.IsHttps ? Prefix + key : key;
}
