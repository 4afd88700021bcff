using System.Security.Claims;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Which sessions still hold. The account and the agent are read again at most every minute: a deleted agent, a new
/// password or other roles count by then.
/// </summary>
internal sealed class Sessions(LocalAccounts accounts, AgentStore agents, ITables tables, TimeProvider time)
{
    public static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    /// <summary>The longest that a cookie is taken: an ended session needs to be known no longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly ITable _table = tables[LocalAccounts.Table];

    private readonly Lock _gate = new();

    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>How often something was forgotten: what was being read meanwhile may be of before.</summary>
    private long _forgotten;

    /// <summary>The agent as they are by now, or null where the session no longer holds.</summary>
    public async ValueTask<ClaimsPrincipal?> FindUserAsync(
        string agentId, string stamp, string sessionId, CancellationToken cancellationToken)
    {
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

    /// <summary>Ends one session for good: a copy of its cookie is worth nothing from now on.</summary>
    public async Task EndAsync(Session session, CancellationToken cancellationToken)
    {
        await _table.UpsertAsync(
            new Row(EndedPartition(session.AgentId), Keys.Encode(session.Id)).Set("endedAt", time.GetUtcNow()),
            cancellationToken);
        Forget(session.AgentId);
    }

    /// <summary>Reads the account and the agent on the next request: something changed.</summary>
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
        // Not by the clock, which can be set back: a role that was taken away would last until it has caught up.
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
