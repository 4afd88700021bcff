using System.Collections.Concurrent;
using System.Security.Claims;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Which sessions still hold. The account and the agent are read again at most every minute: a deleted agent, a new password or
/// other roles count by then.
/// </summary>
internal sealed class Sessions(LocalAccounts accounts, AgentStore agents, TimeProvider time)
{
    public static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>The agent as they are by now, or null where the session no longer holds.</summary>
    public async ValueTask<ClaimsPrincipal?> FindUserAsync(string agentId, string stamp, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(agentId, out var known) || time.GetUtcNow() - known.ReadAt >= Recheck)
        {
            known = await ReadAsync(agentId, cancellationToken);
            _known[agentId] = known;
        }

        return known.Stamp == stamp ? known.User : null;
    }

    /// <summary>Reads the account and the agent on the next request: something changed.</summary>
    public void Forget(string agentId) => _known.TryRemove(agentId, out _);

    private async Task<Known> ReadAsync(string agentId, CancellationToken cancellationToken)
    {
        var readAt = time.GetUtcNow();
        var account = await accounts.FindAsync(agentId, cancellationToken);
        var agent = await agents.GetAsync(agentId, cancellationToken);
        return account is null || agent is null
            ? new Known(readAt, null, null)
            : new Known(readAt, account.Stamp, Principal.Create(Session.Scheme, agent.AgentId, agent.Name, agent.Roles, agent.Language));
    }

    private sealed record Known(DateTimeOffset ReadAt, string? Stamp, ClaimsPrincipal? User);
}
