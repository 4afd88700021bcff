using System.Text.Json.Serialization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Supervision;

/// <summary>The floor as one supervisor sees it at one time.</summary>
/// <param name="Teams">The teams that the supervisor may look at, by name.</param>
/// <param name="Calls">Those that go on, the newest first.</param>
/// <param name="Queue">Those of them that ring at nobody's phone, the longest first.</param>
/// <param name="Missed">
/// Of today, at most 50: first those that are open, then those that were returned; of each the newest first.
/// </param>
public sealed record WallboardView(
    DateTimeOffset At,
    IReadOnlyList<string> Teams,
    IReadOnlyList<BoardAgent> Agents,
    IReadOnlyList<BoardCall> Calls,
    IReadOnlyList<BoardCall> Queue,
    IReadOnlyList<MissedCall> Missed,
    BoardCounts Counts);

/// <summary>How many agents are in each state, and what waits.</summary>
/// <param name="MissedOpen">The missed calls of today that nobody has returned, also those that are not listed.</param>
public sealed record BoardCounts(
    int Free, int InCall, int Ringing, int WrapUp, int Paused, int Offline, int Queue, int MissedOpen)
{
    public static BoardCounts Of(
        IReadOnlyList<BoardAgent> agents, IReadOnlyList<BoardCall> queue, int missedOpen)
    {
        var counts = agents.CountBy(agent => agent.State).ToDictionary();
        return new BoardCounts(
            counts.GetValueOrDefault(AgentStateKind.Free),
            counts.GetValueOrDefault(AgentStateKind.InCall),
            counts.GetValueOrDefault(AgentStateKind.Ringing),
            counts.GetValueOrDefault(AgentStateKind.WrapUp),
            counts.GetValueOrDefault(AgentStateKind.Paused),
            counts.GetValueOrDefault(AgentStateKind.Offline),
            queue.Count,
            missedOpen);
    }
}

/// <summary>An agent on the wallboard.</summary>
/// <param name="Since">When the state began; null where that is not known.</param>
/// <param name="Online">True where a screen of theirs is open: a phone can ring without one.</param>
/// <param name="Call">The call that they have or that rings for them, where the supervisor may see it.</param>
/// <param name="Reason">The code of a pause's reason.</param>
public sealed record BoardAgent(
    string AgentId,
    string Name,
    string? Team,
    AgentStateKind State,
    DateTimeOffset? Since,
    bool Online,
    AgentCall? Call,
    string? Reason)
{
    public static BoardAgent Of(Agent agent, AgentState state) => new(
        agent.AgentId,
        agent.Name,
        agent.Team,
        state.Kind,
        state.Since,
        state.IsOnline,
        state.Call,
        state.Reason);

    /// <summary>The call that it is about, of those that go on.</summary>
    public Call? CallOf(IReadOnlyList<Call> live) => Call is null
        ? null
        : live.FirstOrDefault(each => each.CallId == Call.CallId && each.Account == Call.Account);
}

/// <summary>A call that goes on, on the wallboard.</summary>
/// <param name="AgentId">Who has it; null where it rings at nobody's phone.</param>
/// <param name="Since">When its state began.</param>
/// <param name="Queued">True where it rings at nobody's phone: it waits.</param>
public sealed record BoardCall(
    string CallId,
    string Account,
    CallDirection Direction,
    CallState State,
    NumberView Number,
    string? ContactId,
    string? ContactName,
    string? AgentId,
    string? AgentName,
    DateTimeOffset StartedAt,
    DateTimeOffset? ConnectedAt,
    DateTimeOffset Since,
    bool Queued)
{
    /// <summary>The call; null where it is over, or taken off all lists.</summary>
    /// <param name="call">The call.</param>
    /// <param name="roster">The names.</param>
    /// <param name="now">The time.</param>
    /// <param name="team">Of several whose phones ring it names one of this team; null where several are shown.</param>
    public static BoardCall? Of(Call call, AgentRoster roster, DateTimeOffset now, string? team = null)
    {
        var state = call.StateAt(now);
        if (state == CallState.Ended || call.IsDismissed)
        {
            return null;
        }

        var holder = call.Holder(team);
        var since = state == CallState.Connected
            ? call.ConnectedAt ?? call.OngoingFrom ?? call.StartedAt
            : call.StartedAt;
        return new BoardCall(
            call.CallId,
            call.Account,
            call.Direction,
            state,
            holder?.Number ?? call.Number,
            call.ContactId,
            call.Candidates.FirstOrDefault(candidate => candidate.ContactId == call.ContactId)?.Name,
            holder?.AgentId,
            roster.NameOf(holder?.AgentId),
            call.StartedAt,
            call.ConnectedAt,
            since,
            state == CallState.Ringing && call.Direction == CallDirection.In && holder is null);
    }

    [JsonIgnore]
    public CallKey Key => new(CallId, Account);
}

/// <summary>
/// A call that came in and that nobody took, once, at however many phones it rang; and what became of it.
/// </summary>
/// <param name="AgentId">
/// For whom it rang first, of the team that is looked at; null where it rang at nobody's phone.
/// </param>
/// <param name="At">When it came.</param>
/// <param name="Open">True while nobody has reached the caller.</param>
/// <param name="ReturnedBy">Who reached the caller later; null where it is open, or where no agent has the phone.</param>
/// <param name="ReturnedAfterSeconds">From the end of the call until somebody talked with the caller.</param>
public sealed record MissedCall(
    string CallId,
    string Account,
    NumberView Number,
    string? ContactId,
    string? ContactName,
    string? AgentId,
    string? AgentName,
    DateTimeOffset At,
    bool Open,
    string? ReturnedBy,
    string? ReturnedByName,
    DateTimeOffset? ReturnedAt,
    int? ReturnedAfterSeconds)
{
    /// <summary>Whom a missed call may name, whichever team is looked at.</summary>
    internal static IEnumerable<string?> AgentIdsOf(Call call) =>
        [.. call.Agents.Select(agent => agent.AgentId), call.Returned?.AgentId];

    /// <param name="call">The call.</param>
    /// <param name="roster">The names.</param>
    /// <param name="team">Of several for whom it rang it names one of this team; null where several are shown.</param>
    public static MissedCall Of(Call call, AgentRoster roster, string? team = null)
    {
        var holder = call.Holder(team);
        var returned = call.Returned;
        return new MissedCall(
            call.CallId,
            call.Account,
            call.Number,
            call.ContactId,
            call.Candidates.FirstOrDefault(candidate => candidate.ContactId == call.ContactId)?.Name,
            holder?.AgentId,
            roster.NameOf(holder?.AgentId),
            call.StartedAt,
            returned is null,
            returned?.AgentId,
            roster.NameOf(returned?.AgentId),
            returned?.At,
            returned is null ? null : Math.Max(0, (int)(returned.At - (call.EndedAt ?? call.StartedAt)).TotalSeconds));
    }

    [JsonIgnore]
    public CallKey Key => new(CallId, Account);
}

/// <summary>
/// The message <c>wallboard</c>: what has changed on one supervisor's wallboard, each row as it stands now.
/// </summary>
/// <param name="Reset">True where all of it is to be read anew: the supervisor sees other teams now.</param>
/// <param name="GoneAgents">The ids of those who are on it no more.</param>
/// <param name="GoneCalls">The calls that are over, or that the supervisor sees no more.</param>
/// <param name="GoneMissed">The missed calls that were taken off.</param>
public sealed record WallboardChanged(
    DateTimeOffset At,
    bool? Reset,
    IReadOnlyList<BoardAgent>? Agents,
    IReadOnlyList<string>? GoneAgents,
    IReadOnlyList<BoardCall>? Calls,
    IReadOnlyList<CallKey>? GoneCalls,
    IReadOnlyList<MissedCall>? Missed,
    IReadOnlyList<CallKey>? GoneMissed)
{
    /// <summary>All of it is to be read anew.</summary>
    public static WallboardChanged All(DateTimeOffset now) => new(now, true, null, null, null, null, null, null);

    [JsonIgnore]
    public int RowCount => (Agents?.Count ?? 0) + (GoneAgents?.Count ?? 0) + (Calls?.Count ?? 0)
        + (GoneCalls?.Count ?? 0) + (Missed?.Count ?? 0) + (GoneMissed?.Count ?? 0);
}
