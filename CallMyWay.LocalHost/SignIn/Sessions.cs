using System.Security.Claims;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Checks sessions. The account and the agent are cached for a minute at most: after that a deletion, a new password or
/// other roles take effect.
/// </summary>
internal sealed class Sessions(
    LocalAccounts accounts, AgentStore agents, HeaderCredentials credentials, ITables tables, TimeProvider time)
{
    public static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    /// <summary>How long a cookie is accepted at most. An ended session must be remembered only as long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly ITable _table = tables[LocalAccounts.Table];

    private readonly Lock _gate = new();

    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>Counts calls of Forget. What was being read during such a call may be outdated.</summary>
    private long _forgotten;

    /// <summary>The current agent; null if the session is no longer valid.</summary>
    public async ValueTask<ClaimsPrincipal?> FindUserAsync(
        string agentId, string stamp, string sessionId, CancellationToken cancellationToken)
    {
        if (new Session(agentId, stamp, sessionId).IsOfEmbedToken)
        {
            return await credentials.FindUserOfAsync(sessionId, cancellationToken) is { } embedded
                && embedded.AgentId() == agentId
                    ? embedded
                    : null;
        }

        Known? known;
        long forgotten;
        lock (_gate)
        {
            known = _known.GetValueOrDefault(agentId);
            forgotten = _forgotten;
        }

        if (known is null || time.GetElapsedTime(known.ReadAt) >= Recheck)
        {
            known = await ReadAsync(agentId, cancellationToken);
            lock (_gate)
            {
                if (forgotten == _forgotten)
                {
                    _known[agentId] = known;
                }
            }
        }

        return known.Stamp == stamp && !known.Ended.Contains(Keys.Encode(sessionId)) ? known.User : null;
    }

    /// <summary>Ends a session. From now on, a copy of its cookie is refused.</summary>
    public async Task EndAsync(Session session, CancellationToken cancellationToken)
    {
        await _table.UpsertAsync(
            new Row(EndedPartition(session.AgentId), Keys.Encode(session.Id)).Set("endedAt", time.GetUtcNow()),
            cancellationToken);
        Forget(session.AgentId);
    }

    /// <summary>Makes the next request read the account and the agent again.</summary>
    public void Forget(string agentId)
    {
        lock (_gate)
        {
            _forgotten++;
            _known.Remove(agentId);
        }
    }

    private async Task<Known> ReadAsync(string agentId, CancellationToken cancellationToken)
    {
        // A timestamp and not the clock: if the clock were set back, a removed role would stay in effect until it
        // caught up.
        var readAt = time.GetTimestamp();
        var account = await accounts.FindAsync(agentId, cancellationToken);
        var agent = await agents.GetAsync(agentId, cancellationToken);
        return account is null || agent is null || !account.BelongsTo(agent)
            ? new Known(readAt, null, [], null)
            : new Known(
                readAt,
                account.Stamp,
                await ReadEndedAsync(agentId, time.GetUtcNow(), cancellationToken),
                Principal.Create(Session.Scheme, agent.AgentId, agent.Name, agent.Roles, agent.Language));
    }

    private async Task<HashSet<string>> ReadEndedAsync(
        string agentId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in _table.ReadAllAsync(new RowRange(EndedPartition(agentId)), cancellationToken))
        {
            if (row.Time("endedAt") + Longest < now)
            {
                await _table.DeleteAsync(row.Partition, row.Key, null, cancellationToken);
            }
            else
            {
                ended.Add(row.Key);
            }
        }

        return ended;
    }

    private static string EndedPartition(string agentId) => Keys.Join("ended", Keys.Encode(agentId));

    private sealed record Known(long ReadAt, string? Stamp, HashSet<string> Ended, ClaimsPrincipal? User);
}
