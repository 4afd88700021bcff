using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Presence;

/// <summary>
/// What is known of each agent beside their calls: at most one row of a kind for an agent, so that the partitions grow
/// with the agents and not with the calls of a day. Partition <c>beat</c> has when a screen of theirs was last there,
/// <c>pause</c> whether they have paused, <c>talk</c> the last call that they talked in. Partition <c>watch</c> has who
/// looks at the wallboard. No row is read before it is written, but for the talk of a call that is heard of late.
/// </summary>
public sealed class PresenceStore(ITables tables) : IAgentRemains
{
    internal const string BeatPartition = "beat";

    internal const string PausePartition = "pause";

    internal const string TalkPartition = "talk";

    internal const string WatchPartition = "watch";

    internal const string AtColumn = "at";

    private const string LeftColumn = "left";

    private const string AgentColumn = "agent";

    private const string PausedColumn = "paused";

    private const string ReasonColumn = "reason";

    private const string CallColumn = "callId";

    private const string AccountColumn = "account";

    private const string TeamColumn = "team";

    private readonly ITable _table = tables[StorageNames.Presence];

    /// <summary>Stores that a screen of the agent is there.</summary>
    public Task PutBeatAsync(string agentId, DateTimeOffset at, CancellationToken cancellationToken) =>
        PutBeatAsync(agentId, new ScreenBeat(at), cancellationToken);

    public async Task PutBeatAsync(string agentId, ScreenBeat beat, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(
            RowOf(BeatPartition, agentId, beat.At).Set(LeftColumn, beat.HasLeft ? true : null), cancellationToken);

    /// <summary>When a screen of each agent was last there.</summary>
    public async Task<IReadOnlyDictionary<string, ScreenBeat>> ListBeatsAsync(CancellationToken cancellationToken)
    {
        var beats = new Dictionary<string, ScreenBeat>(StringComparer.Ordinal);
        await foreach (var row in _table.ReadAllAsync(new RowRange(BeatPartition), cancellationToken))
        {
            beats[AgentOf(row)] = ReadBeat(row);
        }

        return beats;
    }

    /// <summary>When a screen of the agent was last there; null for never.</summary>
    public async ValueTask<ScreenBeat?> GetBeatAsync(string agentId, CancellationToken cancellationToken) =>
        await _table.GetAsync(BeatPartition, Keys.Encode(agentId), cancellationToken) is { } row
            ? ReadBeat(row)
            : null;

    /// <summary>What the agent has said last; null where it was nothing yet.</summary>
    public async ValueTask<Pause?> GetPauseAsync(string agentId, CancellationToken cancellationToken) =>
        await _table.GetAsync(PausePartition, Keys.Encode(agentId), cancellationToken) is { } row
            ? ReadPause(row)
            : null;

    public async Task PutPauseAsync(Pause pause, CancellationToken cancellationToken) => await _table.UpsertAsync(
        RowOf(PausePartition, pause.AgentId, pause.Since)
            .Set(PausedColumn, pause.Paused)
            .Set(ReasonColumn, pause.Reason),
        cancellationToken);

    /// <summary>What each agent has said last.</summary>
    public async Task<IReadOnlyList<Pause>> ListPausesAsync(CancellationToken cancellationToken)
    {
        var pauses = new List<Pause>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(PausePartition), cancellationToken))
        {
            pauses.Add(ReadPause(row));
        }

        return pauses;
    }

    /// <summary>The rows of the talks that a call's change has ended: to be written before the call is saved.</summary>
    public static IEnumerable<IndexRow> RowsOf(Call call, Call? before, DateTimeOffset endedAt) =>
        Talk.EndedBy(call, before, endedAt).Select(talk => new IndexRow(
            StorageNames.Presence,
            RowOf(TalkPartition, talk.AgentId, talk.EndedAt)
                .Set(CallColumn, talk.Call.CallId)
                .Set(AccountColumn, talk.Call.Account)));

    /// <summary>
    /// The same of a call that is heard of late: a talk that ended before another one of its agent is not the last.
    /// </summary>
    public async Task<IReadOnlyList<IndexRow>> ListLateRowsAsync(
        Call call, Call? before, DateTimeOffset endedAt, CancellationToken cancellationToken)
    {
        var last = new List<IndexRow>();
        foreach (var talk in RowsOf(call, before, endedAt))
        {
            if (await _table.GetAsync(talk.Row.Partition, talk.Row.Key, cancellationToken) is not { } known
                || AtOf(known) <= endedAt)
            {
                last.Add(talk);
            }
        }

        return last;
    }

    /// <summary>The last talk of each agent who has had one.</summary>
    public async Task<IReadOnlyList<Talk>> ListTalksAsync(CancellationToken cancellationToken)
    {
        var talks = new List<Talk>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(TalkPartition), cancellationToken))
        {
            talks.Add(new Talk(
                AgentOf(row), new CallKey(row.Text(CallColumn)!, row.Text(AccountColumn)!), AtOf(row)));
        }

        return talks;
    }

    /// <summary>Stores that somebody looks at the wallboard.</summary>
    public async Task PutWatchAsync(Watch watch, CancellationToken cancellationToken) => await _table.UpsertAsync(
        new Row(WatchPartition, Keys.Join(Keys.Encode(watch.AgentId), Keys.Encode(watch.Team ?? "")))
            .Set(AgentColumn, watch.AgentId)
            .Set(TeamColumn, watch.Team)
            .Set(AtColumn, watch.At),
        cancellationToken);

    /// <summary>Who has looked at the wallboard, by the team that they look at.</summary>
    public async Task<IReadOnlyList<Watch>> ListWatchesAsync(CancellationToken cancellationToken)
    {
        var watches = new List<Watch>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(WatchPartition), cancellationToken))
        {
            watches.Add(new Watch(AgentOf(row), row.Text(TeamColumn), AtOf(row)));
        }

        return watches;
    }

    /// <summary>Removes what is known of a deleted agent.</summary>
    public Task ForgetAsync(string agentId, CancellationToken cancellationToken) => AtOnce.DoAsync(
        [BeatPartition, PausePartition, TalkPartition],
        partition => _table.DeleteAsync(partition, Keys.Encode(agentId), null, cancellationToken).AsTask());

    private static Row RowOf(string partition, string agentId, DateTimeOffset at) =>
        new Row(partition, Keys.Encode(agentId)).Set(AgentColumn, agentId).Set(AtColumn, at);

    private static ScreenBeat ReadBeat(Row row) =>
        new(AtOf(row)) { HasLeft = row.Columns.GetValueOrDefault(LeftColumn) is true };

    private static Pause ReadPause(Row row) => new(
        AgentOf(row), row.Columns.GetValueOrDefault(PausedColumn) is true, row.Text(ReasonColumn), AtOf(row));

    private static string AgentOf(Row row) => row.Text(AgentColumn)!;

    private static DateTimeOffset AtOf(Row row) => row.Time(AtColumn)!.Value;
}

/// <summary>When a screen of an agent was last there.</summary>
public readonly record struct ScreenBeat(DateTimeOffset At)
{
    /// <summary>True where the agent signed out then: no screen is awaited any more.</summary>
    public bool HasLeft { get; init; }
}

/// <summary>Somebody looks at the wallboard.</summary>
/// <param name="Team">The team that is looked at; null for all that they may see.</param>
/// <param name="At">When their page last asked for it.</param>
public sealed record Watch(string AgentId, string? Team, DateTimeOffset At);
