using System.Collections.Concurrent;
using System.Security.Claims;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using Microsoft.Extensions.Primitives;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// Finds the user of a request from the header of Azure's platform authentication: the agent with that sign-in name,
/// with the roles of the agent's row. The directory's app role <c>Admin</c> makes its holder an administrator even
/// without a row: so the first administrator gets in.
/// </summary>
public sealed class EntraSignIn(PlatformAuthentication platform, AgentStore agents, TimeProvider time)
{
    public const string Scheme = "entra";

    /// <summary>How long a row is cached. After this, a deleted agent or a removed role takes effect.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    private const string AdminAppRole = nameof(Role.Admin);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// The user; null if nobody is signed in. Somebody who is signed in but is no agent gets a principal without an
    /// agent's id.
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

    /// <summary>Caches only agents who exist, so that somebody who has just been added gets in at once.</summary>
    private async ValueTask<Agent?> FindAgentAsync(string signInName, CancellationToken cancellationToken)
    {
        var key = signInName.ToLowerInvariant();
        // A timestamp and not the clock: if the clock were set back, a removed role would stay in effect until it
        // caught up.
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
