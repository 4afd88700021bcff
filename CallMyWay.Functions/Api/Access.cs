using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>The result of an access check.</summary>
public enum AccessDecision
{
    Allowed,

    /// <summary>401: nobody is signed in.</summary>
    SignInFirst,

    /// <summary>403: the caller is signed in, but no administrator has added them.</summary>
    NotAdded,

    /// <summary>403: the agent does not have the role.</summary>
    Forbidden,
}

/// <summary>The access check, the same on every host.</summary>
public static class Access
{
    /// <summary>The answer if the caller may not call the function; null if they may.</summary>
    public static IResult? Refusal(MethodInfo function, HttpRequest request) => Decide(function, request.HttpContext.User) switch
    {
        AccessDecision.Allowed => null,
        AccessDecision.SignInFirst => request.SignInFirst(),
        AccessDecision.NotAdded => request.NotAdded(),
        _ when request.HttpContext.User.KeyScopes() is not null => RefusalOfKey(function, request),
        _ when IsKeptFromTokens(function, request.HttpContext.User) => request.NotForTokens(),
        _ when IsForKeysAlone(function, out var scope) => request.ForKeys(scope),
        _ => request.Forbidden(),
    };

    /// <summary>
    /// Decides whether the user may call the function. A function without an access attribute is refused to everyone.
    /// </summary>
    public static AccessDecision Decide(MethodInfo function, ClaimsPrincipal user)
    {
        if (function.IsDefined(typeof(AllowAnyoneAttribute)))
        {
            return AccessDecision.Allowed;
        }

        var key = function.GetCustomAttribute<AllowKeyAttribute>();
        if (user.KeyScopes() is { } scopes)
        {
            return key is not null && scopes.Contains(key.Scope) ? AccessDecision.Allowed : AccessDecision.Forbidden;
        }

        if (IsKeptFromTokens(function, user))
        {
            return AccessDecision.Forbidden;
        }

        return function.GetCustomAttribute<AllowAttribute>() is { } allow ? Decide(allow.Role, user)
            : key is not null && user.Identity?.IsAuthenticated != true ? AccessDecision.SignInFirst
            : AccessDecision.Forbidden;
    }

    private static bool IsForKeysAlone(MethodInfo function, out KeyScope scope)
    {
        var key = function.GetCustomAttribute<AllowKeyAttribute>();
        scope = key?.Scope ?? default;
        return key is not null && !function.IsDefined(typeof(AllowAttribute));
    }

    private static bool IsKeptFromTokens(MethodInfo function, ClaimsPrincipal user) =>
        user.EmbedTokenId() is not null && function.IsDefined(typeof(NotEmbeddedAttribute));

    // A key has no role: a developer would ask for one that nobody can give it.
    private static IResult RefusalOfKey(MethodInfo function, HttpRequest request)
    {
        if (function.GetCustomAttribute<AllowKeyAttribute>() is { } key)
        {
            return request.ScopeMissing(key.Scope);
        }

        var isForTokens = function.GetCustomAttribute<AllowAttribute>()?.Role == Role.Agent
            && !function.IsDefined(typeof(NotEmbeddedAttribute));
        return request.NotForKeys(isForTokens);
    }

    private static AccessDecision Decide(Role needed, ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true)
        {
            return AccessDecision.SignInFirst;
        }

        if (user.AgentId() is null)
        {
            return AccessDecision.NotAdded;
        }

        return user.Has(needed) ? AccessDecision.Allowed : AccessDecision.Forbidden;
    }
}
