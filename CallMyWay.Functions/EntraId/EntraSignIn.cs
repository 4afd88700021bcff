using System.Collections.Concurrent;
using System.Security.Claims;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// Finds the user of a request from the header of Azure's platform authentication: the agent with that sign-in name,
/// with the roles of the agent's row. The directory's app role <c>Admin</c> makes its holder an administrator even
/// without a row: so the first administrator gets in.
/// </summary>
public sealed partial class EntraSignIn(
    PlatformAuthentication platform,
    AgentStore agents,
    SignInNotes notes,
    TimeProvider time,
    ILogger<EntraSignIn> logger)
{
    public const string Scheme = "entra";

    /// <summary>How long a row is cached. After this, a deleted agent or a removed role takes effect.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    /// <summary>The app role of the directory that makes its holder an administrator.</summary>
    public const string AdminAppRole = nameof(Role.Admin);

    /// <summary>How often it is noted that somebody came in, for each instance.</summary>
    private static readonly TimeSpan Renewed = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    // When it was noted last that somebody came in, and with which app roles.
    private readonly ConcurrentDictionary<string, (long At, string Roles)> _noted = new(StringComparer.Ordinal);

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
            await NoteAsync(agent.AgentId, person, agent, cancellationToken);
            var user = Principal.Create(
                Scheme,
                agent.AgentId,
                agent.Name,
                isAdmin ? agent.Roles.Union([Role.Admin]) : agent.Roles,
                agent.Language);
            return isAdmin ? user.Appointed() : user;
        }

        if (person.SignInName is { } visitor)
        {
            await NoteAsync($"~{visitor.ToLowerInvariant()}", person, null, cancellationToken);
        }

        return (person.SignInName ?? person.Name ?? person.ObjectId?.ToString()) switch
        {
            null => null,
            var name when isAdmin && person.ObjectId is { } id =>
                Principal.Create(Scheme, id.ToString("D"), person.Name ?? name, [Role.Admin], null).Appointed(),
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

    /// <summary>Notes who came in, for the administrators. Nobody's way in fails with it.</summary>
    private async Task NoteAsync(
        string key, PlatformPrincipal person, Agent? agent, CancellationToken cancellationToken)
    {
        var (now, roles) = (time.GetTimestamp(), string.Join(' ', person.Roles));
        if (_noted.TryGetValue(key, out var noted) && noted.Roles == roles
            && time.GetElapsedTime(noted.At, now) < Renewed)
        {
            return;
        }

        _noted[key] = (now, roles);
        try
        {
            await (agent is not null
                ? notes.NoteAsync(agent.AgentId, person.Roles, cancellationToken)
                : notes.NoteVisitorAsync(person.SignInName!, person.Name, person.Roles, cancellationToken));
        }
        catch (StorageException exception)
        {
            _noted.TryRemove(key, out _);
            Log.NotNoted(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "It could not be noted that somebody came in.")]
        public static partial void NotNoted(ILogger logger, Exception exception);
    }

    private sealed record Known(long ReadAt, Agent Agent);
}
