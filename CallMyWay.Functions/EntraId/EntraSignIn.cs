using System.Collections.Concurrent;
using System.Security.Claims;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using Microsoft.Extensions.Primitives;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// Makes the user of a request of what the platform's authentication hands over: the agent of that sign-in name, with
/// the row's roles. The app role <c>Admin</c> of the directory makes an administrator also where there is no row, which
/// is how the first one gets in.
/// </summary>
public sealed class EntraSignIn(PlatformAuthentication platform, AgentStore agents, TimeProvider time)
{
    public const string Scheme = "entra";

    /// <summary>
    /// A row is read again after this: a deleted agent and a role that was taken away are out by then.
    /// </summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    private const string AdminAppRole = nameof(Role.Admin);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// The user; null for nobody. Somebody whom no administrator has added is a user without an agent's id.
    /// </summary>
    public async ValueTask<ClaimsPrincipal?> FindUserAsync(StringValues header, CancellationToken cancellationToken)
    {
        if (!platform.IsEnabled
            || header.Count != 1
            || PlatformPrincipal.Read(header[0] ?? "") is not { } person
            || !platform.Admits(person))
        {
            return null;
        }

        var isAdmin = person.Roles.Contains(AdminAppRole, StringComparer.OrdinalIgnoreCase);
        if (person.SignInName is { } signInName && await FindAgentAsync(signInName, cancellationToken) is { } agent)
        {
            return Principal.Create(
                Scheme,
                agent.AgentId,
                agent.Name,
                isAdmin ? agent.Roles.Union([Role.Admin]) : agent.Roles,
                agent.Language);
        }

        return (person.SignInName ?? person.Name ?? person.ObjectId?.ToString()) switch
        {
            null => null,
            var name when isAdmin && person.ObjectId is { } id =>
                Principal.Create(Scheme, id.ToString("D"), person.Name ?? name, [Role.Admin], null),
            var name => Principal.WithoutAgent(Scheme, name),
        };
    }

    /// <summary>Remembers only who is there: whoever was added a moment ago gets in at once.</summary>
    private async ValueTask<Agent?> FindAgentAsync(string signInName, CancellationToken cancellationToken)
    {
        var key = signInName.ToLowerInvariant();
        // Not by the clock, which can be set back: a role that was taken away would last until it has caught up.
        var now = time.GetTimestamp();
        if (_known.TryGetValue(key, out var known) && time.GetElapsedTime(known.ReadAt, now) < Recheck)
        {
            return known.Agent;
        }

        var agent = await agents.FindBySignInNameAsync(signInName, cancellationToken);
        if (agent is null)
        {
            _known.TryRemove(key, out _);
        }
        else
        {
            _known[key] = new Known(now, agent);
        }

        return agent;
    }

    private sealed record Known(long ReadAt, Agent Agent);
}
