using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.PopUps;

/// <summary>
/// A call as it stands on an agent's screen: what <c>GET /api/pop-ups</c> lists and the realtime messages carry.
/// </summary>
public sealed record PopUp
{
    /// <summary>The operator's id of the call; unique within the account.</summary>
    public required string CallId { get; init; }

    public required string Account { get; init; }

    public required CallDirection Direction { get; init; }

    /// <summary>The other party's number, from this agent's side.</summary>
    public required NumberView Number { get; init; }

    /// <summary>Who is on the other side of an internal call, where it is an agent.</summary>
    public Colleague? Colleague { get; init; }

    /// <summary>The agent's endpoint that rings or dials.</summary>
    public string? EndpointId { get; init; }

    public required string AgentId { get; init; }

    /// <summary>When the operator detected the call.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>True where that is when we heard of the call, because what the operator told can't be.</summary>
    public bool? IsOurTime { get; init; }

    /// <summary>When the notification reached us that brought the call to the agent's phone; null where none did.</summary>
    public DateTimeOffset? NotifiedAt { get; init; }

    /// <summary>When it was sent to the screens; only in the message of a call that is new to them.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The length of the conversation, once it has ended.</summary>
    public int? DurationSeconds { get; init; }

    public required CallState State { get; init; }

    /// <summary>
    /// True where the call came in and nobody took it; not where it is over and nobody knows whether it was taken.
    /// </summary>
    public bool? Missed { get; init; }

    /// <summary>
    /// From when on it counts as a call that goes on, although its answer was not told; only while it rings, and where
    /// the account's calls are never notified when they are answered.
    /// </summary>
    public DateTimeOffset? OngoingFrom { get; init; }

    public required MatchKind Match { get; init; }

    /// <summary>Who it may be, the likeliest first, each with the reason.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>The contact that the call is tied to.</summary>
    public string? ContactId { get; init; }

    /// <summary>When it was taken out who the call was with; null where it stands.</summary>
    public DateTimeOffset? AnonymizedAt { get; init; }

    /// <summary>True where an agent decided that the call concerns no contact.</summary>
    public bool Ignored { get; init; }

    /// <summary>True where a supervisor took the call off everybody's lists; null where nobody did.</summary>
    public bool? Dismissed { get; init; }

    /// <summary>The click that the call comes of.</summary>
    public string? DialId { get; init; }

    /// <summary>The colleague who took the call; only where the pop-up closes for that reason.</summary>
    public Colleague? AnsweredBy { get; init; }

    /// <summary>Who reached the caller later, where the call was missed.</summary>
    public ReturnedView? Returned { get; init; }

    /// <summary>When the pop-up goes away by itself, if nobody acknowledges it.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>
    /// Grows with each saved change of the call, so that a message that comes late is known; null for a call of an
    /// earlier release.
    /// </summary>
    public long? Revision { get; init; }

    /// <summary>
    /// The call as it stands then: one whose answer nobody tells goes on after a while, and one without an end is over
    /// after some hours.
    /// </summary>
    public PopUp At(DateTimeOffset now) =>
        OpenUntil - PopUpStore.OpenFor + Call.Longest <= now ? this with { State = CallState.Ended }
        : State == CallState.Ringing && OngoingFrom <= now ? this with { State = CallState.Connected }
        : this;

    /// <summary>The call from this agent's side: of one that was handed over, the agent's part in it.</summary>
    public static PopUp Of(Call call, CallAgent agent)
    {
        var (state, part) = (call.StateOf(agent), agent.Part);
        return new PopUp
        {
            CallId = call.CallId,
            Account = call.Account,
            Direction = call.Direction,
            Number = agent.Number ?? call.Number,
            Colleague = agent.Colleague,
            EndpointId = call.EndpointOf(agent),
            AgentId = agent.AgentId,
            StartedAt = part?.StartedAt ?? call.StartedAt,
            NotifiedAt = call.Phones.Where(phone => agent.IsOn(phone.EndpointId))
                .Min(phone => (DateTimeOffset?)phone.HeardAt),
            ConnectedAt = part is null ? call.ConnectedAt : part.ConnectedAt,
            EndedAt = state != CallState.Ended ? null : part is null ? call.EndedAt : part.EndedAt,
            DurationSeconds = state != CallState.Ended ? null
                : part is null ? call.DurationSeconds
                : part.DurationSeconds,
            State = state,
            Missed = call.IsMissed ? true : null,
            Match = call.Match,
            Candidates = call.Candidates,
            ContactId = call.ContactId,
            AnonymizedAt = call.AnonymizedAt,
            Ignored = call.Ignored,
            Dismissed = call.IsDismissed ? true : null,
            DialId = call.DialId,
            Returned = ReturnedView.Of(call),
            OpenUntil = call.OpenSince + PopUpStore.OpenFor,
            IsOurTime = call.IsOurTime,
            OngoingFrom = state == CallState.Ringing ? call.OngoingFrom : null,
            Revision = call.Revision,
        };
    }
}
