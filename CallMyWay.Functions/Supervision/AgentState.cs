using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Presence;

namespace CallMyWay.Functions.Supervision;

/// <summary>What an agent is doing.</summary>
public enum AgentStateKind
{
    /// <summary>
    /// None of their screens has been there for <see cref="AgentState.OnlineFor"/>, or they have signed out.
    /// </summary>
    Offline,

    Free,

    /// <summary>A phone of theirs rings, or dials.</summary>
    Ringing,

    InCall,

    /// <summary>Their last call is over, its outcome is missing and its card is open.</summary>
    WrapUp,

    Paused,
}

/// <summary>All that an agent's state follows from.</summary>
public sealed record AgentSigns(string AgentId)
{
    /// <summary>When a screen of theirs was last there; null for never.</summary>
    public DateTimeOffset? BeatAt { get; init; }

    /// <summary>True where they signed out then.</summary>
    public bool HasLeft { get; init; }

    public Pause? Pause { get; init; }

    /// <summary>The calls that go on in which they have a part.</summary>
    public IReadOnlyList<Call> Calls { get; init; } = [];

    /// <summary>The last call that they talked in and that is over for them.</summary>
    public Talk? LastTalk { get; init; }

    /// <summary>That call as it is stored; null where it is not read, or gone.</summary>
    public Call? LastCall { get; init; }
}

/// <summary>The call that an agent has or that rings for them, from their side.</summary>
/// <param name="Number">The other party's.</param>
/// <param name="Colleague">Who is on the other side of an internal call, where it is an agent.</param>
public sealed record AgentCall(
    string CallId,
    string Account,
    CallDirection Direction,
    NumberView Number,
    string? ContactId,
    string? ContactName,
    Colleague? Colleague);

/// <summary>
/// What an agent is doing, and since when. It is decided here alone. A call wins over all else, also where no screen is
/// open: a phone rings without one. Who talks is not shown as ringing. Without a screen an agent is offline, whatever
/// they said before. A pause wins over a wrap-up, as who pauses is not to be counted on.
/// </summary>
/// <param name="Since">
/// Null where it is not known: of a free agent who has had no call yet. It may lie ahead: the operator's clock is not
/// ours.
/// </param>
/// <param name="IsOnline">True where a screen of theirs is there.</param>
/// <param name="Call">Of <see cref="AgentStateKind.InCall"/> and <see cref="AgentStateKind.Ringing"/>.</param>
/// <param name="Reason">The code of a pause's reason.</param>
public sealed record AgentState(
    AgentStateKind Kind,
    DateTimeOffset? Since,
    bool IsOnline,
    AgentCall? Call = null,
    string? Reason = null)
{
    /// <summary>Two beats of a minute, and some time beside.</summary>
    public static readonly TimeSpan OnlineFor = TimeSpan.FromSeconds(150);

    /// <summary>Nobody is at the wrap-up of one call for so long.</summary>
    public static readonly TimeSpan LongestWrapUp = TimeSpan.FromMinutes(60);

    /// <summary>What an agent did so long ago was on another day.</summary>
    private static readonly TimeSpan LongestFree = TimeSpan.FromHours(12);

    public static AgentState Of(AgentSigns signs, DateTimeOffset now)
    {
        var isOnline = !signs.HasLeft && IsOnlineAt(signs.BeatAt, now);
        if (CallOf(signs, now) is var (kind, since, call))
        {
            return new AgentState(kind, since, isOnline, call);
        }

        if (!isOnline)
        {
            return new AgentState(AgentStateKind.Offline, signs.BeatAt, IsOnline: false);
        }

        if (signs.Pause is { } pause && pause.IsOnAt(now))
        {
            return new AgentState(AgentStateKind.Paused, pause.Since, isOnline, Reason: pause.Reason);
        }

        return WrapUpSince(signs, now) is { } ended
            ? new AgentState(AgentStateKind.WrapUp, ended, isOnline)
            : new AgentState(AgentStateKind.Free, FreeSince(signs, now), isOnline);
    }

    /// <summary>A time that lies ahead is of a clock that was set back since, or of another machine's.</summary>
    public static bool IsOnlineAt(DateTimeOffset? beatAt, DateTimeOffset now) =>
        beatAt is { } at && now - at < OnlineFor && at - now < OnlineFor;

    private static (AgentStateKind Kind, DateTimeOffset Since, AgentCall Call)? CallOf(
        AgentSigns signs, DateTimeOffset now)
    {
        var theirs =
            from call in signs.Calls
            let agent = call.AgentOf(signs.AgentId)
            where agent is not null && !call.IsDismissedFor(signs.AgentId)
            let state = StateOf(call, agent, now)
            where state != CallState.Ended
            let since = SinceOf(call, agent, state)
            orderby state == CallState.Connected descending, since descending
            select (
                Kind: state == CallState.Connected ? AgentStateKind.InCall : AgentStateKind.Ringing,
                Since: since,
                Call: Describe(call, agent));
        return theirs.Select(each => ((AgentStateKind, DateTimeOffset, AgentCall)?)each).FirstOrDefault();
    }

    /// <summary>How far the call has come for this agent.</summary>
    private static CallState StateOf(Call call, CallAgent agent, DateTimeOffset now) =>
        call.StateAt(now) == CallState.Ended || agent.TiedAt is not null ? CallState.Ended
        : agent.Part is { } part ? part.State
        : call.StateAt(now);

    private static DateTimeOffset SinceOf(Call call, CallAgent agent, CallState state) =>
        state == CallState.Connected
            ? agent.Part?.ConnectedAt ?? call.ConnectedAt ?? call.OngoingFrom ?? call.StartedAt
            : agent.Part?.StartedAt ?? call.StartedAt;

    private static AgentCall Describe(Call call, CallAgent agent) => new(
        call.CallId,
        call.Account,
        call.Direction,
        agent.Number ?? call.Number,
        call.ContactId,
        call.Candidates.FirstOrDefault(candidate => candidate.ContactId == call.ContactId)?.Name,
        agent.Colleague);

    /// <summary>When the last call was over, where its wrap-up still goes on.</summary>
    private static DateTimeOffset? WrapUpSince(AgentSigns signs, DateTimeOffset now) =>
        signs is { LastTalk: { } talk, LastCall: { } call } && call.Key == talk.Call
        && now - talk.EndedAt < LongestWrapUp
        && call.LacksOutcomeOf(signs.AgentId) && call.AgentOf(signs.AgentId)?.AcknowledgedAt is null
            ? talk.EndedAt
            : null;

    private static DateTimeOffset? FreeSince(AgentSigns signs, DateTimeOffset now)
    {
        DateTimeOffset?[] times =
        [
            signs.LastTalk?.EndedAt,
            signs.LastCall?.AgentOf(signs.AgentId)?.AcknowledgedAt,
            signs.Pause is { Paused: false } back ? back.Since : null,
        ];
        return times.Max() is { } since && now - since < LongestFree ? since : null;
    }
}
