using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Agents;

/// <summary>
/// The agents. Partition <c>agent</c> holds them by id; partition <c>signin</c> finds the id by the sign-in name;
/// partition <c>deleted</c> remembers for some months who was deleted, as their rows elsewhere are found by their ids
/// alone.
/// </summary>
public sealed class AgentStore(ITables tables, TimeProvider clock)
{
    internal const string DeletedPartition = "deleted";

    internal const string DeletedAtColumn = "deletedAt";

    private const string AgentPartition = "agent";

    private const string SignInPartition = "signin";

    private const string AgentIdColumn = "agentId";

    private const string CreationColumn = "creation";

    private static readonly StoredJson<Agent> Stored = new(AgentsJson.Default);

    private readonly ITable _table = tables[StorageNames.Agents];

    public async ValueTask<Agent?> GetAsync(string agentId, CancellationToken cancellationToken) =>
        Read(await _table.GetAsync(AgentPartition, Keys.Encode(agentId), cancellationToken));

    /// <summary>The agent who signs in by this name, or whose id it is.</summary>
    public async ValueTask<Agent?> FindBySignInNameAsync(string signInName, CancellationToken cancellationToken)
    {
        var index = await _table.GetAsync(SignInPartition, SignInKey(signInName), cancellationToken);
        if (index?.Text(AgentIdColumn) is { } agentId
            && await GetAsync(agentId, cancellationToken) is { } agent
            && SignInKey(agent.SignInName) == SignInKey(signInName))
        {
            return agent;
        }

        return await GetAsync(signInName.Trim().ToLowerInvariant(), cancellationToken);
    }

    public async Task<IReadOnlyList<Agent>> ListAsync(CancellationToken cancellationToken)
    {
        var agents = new List<Agent>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(AgentPartition), cancellationToken))
        {
            agents.Add(Read(row)!);
        }

        return agents;
    }

    /// <summary>The ids of all agents there are, and of those who were deleted and may have left rows behind.</summary>
    public async Task<IReadOnlyList<(string AgentId, DateTimeOffset? DeletedAt)>> AllIdsAsync(
        CancellationToken cancellationToken)
    {
        var agents = await ListAsync(cancellationToken);
        var ids = agents.ToDictionary(agent => agent.AgentId, _ => (DateTimeOffset?)null, StringComparer.Ordinal);
        await foreach (var row in _table.ReadAllAsync(new RowRange(DeletedPartition), cancellationToken))
        {
            // Who is there again is not deleted.
            ids.TryAdd(row.Text(AgentIdColumn)!, row.Time(DeletedAtColumn));
        }

        return [.. ids.Select(each => (each.Key, each.Value))];
    }

    /// <summary>Stores the agent: a new one, or over the version in <see cref="Agent.ETag"/>, or over whatever is there where that is null.</summary>
    public async Task<PutAgentResult> PutAsync(Agent agent, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = await GetAsync(agent.AgentId, cancellationToken);
            if (agent.ETag is not null && before?.ETag != agent.ETag)
            {
                return new(PutAgentOutcome.Changed, null);
            }

            if (await FindBySignInNameAsync(agent.SignInName, cancellationToken) is { } other && other.AgentId != agent.AgentId)
            {
                return new(PutAgentOutcome.SignInNameTaken, null);
            }

            // The index comes first: an index row without its agent is passed over, an agent without index could not sign in.
            await _table.UpsertAsync(new Row(SignInPartition, SignInKey(agent.SignInName)).Set(AgentIdColumn, agent.AgentId), cancellationToken);
            var creation = before is null ? Guid.NewGuid().ToString("N") : before.Creation;
            var row = Stored.ToRow(AgentPartition, Keys.Encode(agent.AgentId), agent with { ETag = null }, before?.ETag).Set(CreationColumn, creation);
            if (await (before is null ? _table.InsertAsync(row, cancellationToken) : _table.ReplaceAsync(row, cancellationToken)) is not { } etag)
            {
                // Somebody was faster, by whom the agent may have been created or deleted.
                continue;
            }

            if (before is not null && SignInKey(before.SignInName) != SignInKey(agent.SignInName))
            {
                await _table.DeleteAsync(SignInPartition, SignInKey(before.SignInName), null, cancellationToken);
            }

            return new(before is null ? PutAgentOutcome.Created : PutAgentOutcome.Replaced, agent with { Creation = creation, ETag = etag });
        }
    }

    /// <summary>False where there is none, or where it is no longer the version given.</summary>
    public async Task<bool> DeleteAsync(Agent agent, string? etag, CancellationToken cancellationToken)
    {
        // Before the deletion: an agent who is there all the same is not taken for deleted.
        await _table.UpsertAsync(
            new Row(DeletedPartition, Keys.Encode(agent.AgentId))
                .Set(AgentIdColumn, agent.AgentId)
                .Set(DeletedAtColumn, clock.GetUtcNow()),
            cancellationToken);
        if (!await _table.DeleteAsync(AgentPartition, Keys.Encode(agent.AgentId), etag, cancellationToken))
        {
            return false;
        }

        await _table.DeleteAsync(SignInPartition, SignInKey(agent.SignInName), null, cancellationToken);
        return true;
    }

    private static string SignInKey(string signInName) => Keys.Encode(signInName.Trim().ToLowerInvariant());

    private static Agent? Read(Row? row) => row is null ? null : Stored.FromRow(row) with { Creation = row.Text(CreationColumn), ETag = row.ETag };
}

public enum PutAgentOutcome
{
    Created,
    Replaced,
    Changed,
    SignInNameTaken,
}

/// <summary>What became of a put; the agent as stored where it was.</summary>
public sealed record PutAgentResult(PutAgentOutcome Outcome, Agent? Agent);
