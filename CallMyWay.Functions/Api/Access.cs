using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>What <see cref="Access"/> decides of a request.</summary>
public enum AccessDecision
{
    Allowed,

    /// <summary>401: nobody is signed in.</summary>
    SignInFirst,

    /// <summary>403: somebody is, whom no administrator has added.</summary>
    NotAdded,

    /// <summary>403: an agent is, and may not.</summary>
    Forbidden,
}

/// <summary>The one check of roles, the same on every host.</summary>
public static class Access
{
    /// <summary>The answer to a request that may not call the function; null for one that may.</summary>
    public static IResult? Refusal(MethodInfo function, HttpRequest request) => Decide(function, request.HttpContext.User) switch
    {
        AccessDecision.Allowed => null,
        AccessDecision.SignInFirst => request.SignInFirst(),
        AccessDecision.NotAdded => request.NotAdded(),
        _ => request.Forbidden(),
    };

    /// <summary>Decides who may call the function. Without a rule on the method nobody may.</summary>
    public static AccessDecision Decide(MethodInfo function, ClaimsPrincipal user)
    {
        if (function.IsDefined(typeof(AllowAnyoneAttribute)))
        {
            return AccessDecision.Allowed;
        }

        return function.GetCustomAttribute<AllowAttribute>() is { } allow
            ? Decide(allow.Role, user)
            : AccessDecision.Forbidden;
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
