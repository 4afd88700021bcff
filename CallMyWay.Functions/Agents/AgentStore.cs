using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Agents;

/// <summary>
/// The agents. Partition <c>agent</c> holds them by id. Partition <c>signin</c> leads from a sign-in name to the id.
/// Partition <c>deleted</c> keeps who was deleted for some months: their rows in other tables can be found only by the
/// id, and what they promised or noted goes on.
/// </summary>
public sealed class AgentStore(ITables tables, TimeProvider clock)
{
    internal const string DeletedPartition = "deleted";

    internal const string DeletedAtColumn = "deletedAt";

    private const string AgentPartition = "agent";

    private const string SignInPartition = "signin";

    private const string AgentIdColumn = "agentId";

    private const string CreationColumn = "creation";

    private const string NameColumn = "name";

    private const string TeamColumn = "team";

    private static readonly StoredJson<Agent> Stored = new(AgentsJson.Default);

    private readonly ITable _table = tables[StorageNames.Agents];

    private long _changes;

    private readonly IndexedTable<Agent> _agents = new(tables, new IndexedRecord<Agent>
    {
        Table = StorageNames.Agents,
        IndexTables = [StorageNames.Agents],
        Write = agent => Stored
            .ToRow(AgentPartition, Keys.Encode(agent.AgentId), agent with { ETag = null }, agent.ETag)
            .Set(CreationColumn, agent.Creation),
        Read = Read,
        ETagOf = agent => agent.ETag,
        IndexOf = agent =>
        [
            new IndexRow(
                StorageNames.Agents,
                new Row(SignInPartition, SignInKey(agent.SignInName)).Set(AgentIdColumn, agent.AgentId),
                IsUnique: true),
        ],
        LeadsTo = (_, row) => row.Partition == SignInPartition && row.Text(AgentIdColumn) is { } id ? KeyOf(id) : null,
    });

    /// <summary>The index, for the repair.</summary>
    public IIndexedTable Indexed => _agents;

    /// <summary>
    /// How many writes of agents this process has ended: what was read before the last of them may be out of date.
    /// </summary>
    public long Changes => Interlocked.Read(ref _changes);

    public ValueTask<Agent?> GetAsync(string agentId, CancellationToken cancellationToken) =>
        _agents.GetAsync(KeyOf(agentId), cancellationToken);

    /// <summary>The agent with this sign-in name; if there is none, the agent with this id.</summary>
    public async ValueTask<Agent?> FindBySignInNameAsync(string signInName, CancellationToken cancellationToken) =>
        // An earlier release stored the name as it was typed, with accents as characters of their own where it was so.
        await FindAsync(signInName, cancellationToken)
        ?? (PlainText.Composed(signInName) is var composed && composed != signInName
            ? await FindAsync(composed, cancellationToken)
            : null);

    private async ValueTask<Agent?> FindAsync(string signInName, CancellationToken cancellationToken)
    {
        var index = await _table.GetAsync(SignInPartition, SignInKey(signInName), cancellationToken);
        if (index?.Text(AgentIdColumn) is { } agentId
            && await GetAsync(agentId, cancellationToken) is { } agent
            && SignInKey(agent.SignInName) == SignInKey(signInName))
        {
            return agent;
        }

        return await GetAsync(NameOf(signInName), cancellationToken);
    }

    /// <summary>All agents.</summary>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="unreadable">
    /// What is told of a row that can't be read, which is then skipped; null where that is an error of the whole list.
    /// </param>
    public async Task<IReadOnlyList<Agent>> ListAsync(
        CancellationToken cancellationToken, Action<Exception>? unreadable = null)
    {
        var agents = new List<Agent>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(AgentPartition), cancellationToken))
        {
            try
            {
                agents.Add(Read(row)!);
            }
            catch (Exception exception) when (unreadable is not null)
            {
                unreadable(exception);
            }
        }

        return agents;
    }

    /// <summary>The ids of all agents, and of deleted agents who may have left rows behind.</summary>
    public async Task<IReadOnlyList<(string AgentId, DateTimeOffset? DeletedAt)>> AllIdsAsync(
        CancellationToken cancellationToken)
    {
        var agents = await ListAsync(cancellationToken);
        var ids = agents.ToDictionary(agent => agent.AgentId, _ => (DateTimeOffset?)null, StringComparer.Ordinal);
        foreach (var deleted in await ListDeletedAsync(cancellationToken))
        {
            // An agent who was created again is not deleted.
            ids.TryAdd(deleted.AgentId, deleted.DeletedAt);
        }

        return [.. ids.Select(each => (each.Key, each.Value))];
    }

    /// <summary>The deleted agents who are still known. One of them may have been created again.</summary>
    public async Task<IReadOnlyList<DeletedAgent>> ListDeletedAsync(CancellationToken cancellationToken)
    {
        var deleted = new List<DeletedAgent>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(DeletedPartition), cancellationToken))
        {
            deleted.Add(ReadDeleted(row));
        }

        return deleted;
    }

    /// <summary>A deleted agent who is still known; null for any other.</summary>
    public async ValueTask<DeletedAgent?> FindDeletedAsync(string agentId, CancellationToken cancellationToken) =>
        await _table.GetAsync(DeletedPartition, Keys.Encode(agentId), cancellationToken) is { } row
            ? ReadDeleted(row)
            : null;

    /// <summary>True where both say the same, whatever their versions.</summary>
    public static bool IsSame(Agent one, Agent other) =>
        Stored.Serialize(one with { ETag = null }) == Stored.Serialize(other with { ETag = null });

    /// <summary>
    /// Stores a new agent, or replaces the version in <see cref="Agent.ETag"/>. If that is null, or the stored version
    /// says the same, it replaces any version.
    /// </summary>
    /// <param name="agent">The agent.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="isNew">True where it must not replace another; the same again is no other.</param>
    public async Task<PutAgentResult> PutAsync(
        Agent agent, CancellationToken cancellationToken, bool isNew = false)
    {
        // An agent can also sign in by their id. So the id of another agent is taken as a sign-in name, unless this
        // agent has already had that sign-in name.
        if (NameOf(agent.SignInName) != agent.AgentId
            && await GetAsync(NameOf(agent.SignInName), cancellationToken) is not null
            && (await FindBySignInNameAsync(agent.SignInName, cancellationToken))?.AgentId != agent.AgentId)
        {
            return await IsStaleAsync(agent, cancellationToken)
                ? new(PutAgentOutcome.Changed, null)
                : new(PutAgentOutcome.SignInNameTaken, null);
        }

        var write = await ChangeAsync(_agents.WriteAsync(
            KeyOf(agent.AgentId),
            before => before is not null && IsSame(before, agent) ? before
                : (isNew ? before is null : agent.ETag is null || agent.ETag == before?.ETag)
                ? agent with { Creation = before is null ? Guid.NewGuid().ToString("N") : before.Creation }
                : null,
            cancellationToken));
        return write switch
        {
            { Outcome: WriteOutcome.Taken } => new(PutAgentOutcome.SignInNameTaken, null),
            { After: not { } } => new(PutAgentOutcome.Changed, null),
            { Before: null } => new(PutAgentOutcome.Created, write.After),
            _ => new(PutAgentOutcome.Replaced, write.After),
        };
    }

    /// <summary>False if the agent does not exist, or is no longer the given version.</summary>
    public async Task<bool> DeleteAsync(Agent agent, string? etag, CancellationToken cancellationToken)
    {
        // Written before the deletion, so that no deleted agent lacks it. If the deletion then fails, AllIdsAsync sees
        // that the agent still exists.
        await _table.UpsertAsync(
            new Row(DeletedPartition, Keys.Encode(agent.AgentId))
                .Set(AgentIdColumn, agent.AgentId)
                .Set(NameColumn, agent.Name)
                .Set(TeamColumn, agent.Team)
                .Set(DeletedAtColumn, clock.GetUtcNow()),
            cancellationToken);
        return await ChangeAsync(_agents.DeleteAsync(
            KeyOf(agent.AgentId), found => etag is null || etag == found.ETag, cancellationToken)) is not null;
    }

    // A write that failed is counted too: it may have been done, and its answer lost.
    private async Task<T> ChangeAsync<T>(Task<T> write)
    {
        try
        {
            return await write;
        }
        finally
        {
            Interlocked.Increment(ref _changes);
        }
    }

    private async ValueTask<bool> IsStaleAsync(Agent agent, CancellationToken cancellationToken) =>
        agent.ETag is not null && (await GetAsync(agent.AgentId, cancellationToken))?.ETag != agent.ETag;

    private static string NameOf(string signInName) => signInName.Trim().ToLowerInvariant();

    private static string SignInKey(string signInName) => Keys.Encode(NameOf(signInName));

    private static RowKey KeyOf(string agentId) => new(AgentPartition, Keys.Encode(agentId));

    private static DeletedAgent ReadDeleted(Row row) => new(
        row.Text(AgentIdColumn)!, row.Text(NameColumn), row.Text(TeamColumn), row.Time(DeletedAtColumn));

    private static Agent? Read(Row row) => row.Partition == AgentPartition
        ? Stored.FromRow(row) with { Creation = row.Text(CreationColumn), ETag = row.ETag }
        : null;
}

public enum PutAgentOutcome
{
    Created,
    Replaced,
    Changed,
    SignInNameTaken,
}

/// <summary>The result of a put, with the agent as stored if it was stored.</summary>
public sealed record PutAgentResult(PutAgentOutcome Outcome, Agent? Agent);
