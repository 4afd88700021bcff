using System.Text.Json.Serialization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.PopUps;

/// <summary>
/// A call as a row of a list shows it to one viewer. It replaces the whole row: a field that is left out has no value
/// any more.
/// </summary>
public sealed record ListedCall
{
    public required string CallId { get; init; }

    public required string Account { get; init; }

    public required CallDirection Direction { get; init; }

    /// <summary>The other party's number, from the side of <see cref="AgentId"/>.</summary>
    public required NumberView Number { get; init; }

    /// <summary>Who is on the other side of an internal call, where it is an agent.</summary>
    public Colleague? Colleague { get; init; }

    public string? EndpointId { get; init; }

    /// <summary>
    /// The agent whose call it is: the viewer where it is theirs, else who took it, else whose phone rings.
    /// </summary>
    public string? AgentId { get; init; }

    public string? AgentName { get; init; }

    /// <summary>
    /// The colleague who took the call, where the viewer's phones rang for it and the viewer did not talk.
    /// </summary>
    public Colleague? AnsweredBy { get; init; }

    /// <summary>Who reached the caller later, where the call was missed.</summary>
    public ReturnedView? Returned { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>True where that is when we heard of the call, because what the operator told can't be.</summary>
    public bool? IsOurTime { get; init; }

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

    public string? ContactName { get; init; }

    /// <summary>True for a call by another phone, which an agent noted by hand.</summary>
    public bool Noted { get; init; }

    /// <summary>True where an agent decided that the call concerns no contact.</summary>
    public bool Ignored { get; init; }

    /// <summary>True where the viewer's lists of what goes on and of what was missed are to be without it.</summary>
    public bool Dismissed { get; init; }

    /// <summary>
    /// True where the viewer does not see the call any more: it is as it was before, and no list of theirs has it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Gone { get; init; }

    /// <summary>The click that the call comes of.</summary>
    public string? DialId { get; init; }

    /// <summary>The code of the outcome that an agent sent.</summary>
    public string? Outcome { get; init; }

    /// <summary>
    /// Grows with each saved change of the call, so that a message that comes late is known; null for a call of an
    /// earlier release.
    /// </summary>
    public long? Revision { get; init; }

    /// <summary>The call as this viewer's lists show it; with ids in place of names.</summary>
    public static ListedCall Of(Call call, string viewerId)
    {
        var own = call.AgentOf(viewerId);
        var agent = own ?? call.Holder();
        var part = Call.TalkOf(own);
        var state = part?.State ?? call.State;
        var isEnded = state == CallState.Ended;
        return new ListedCall
        {
            CallId = call.CallId,
            Account = call.Account,
            Direction = call.Direction,
            Number = agent?.Number ?? call.Number,
            Colleague = agent?.Colleague,
            EndpointId = agent is null || call.IsNoted ? call.EndpointId : call.EndpointOf(agent),
            AgentId = agent?.AgentId,
            AnsweredBy = call.AnsweredInPlaceOf(viewerId) is { } taker ? new Colleague(taker, taker) : null,
            Returned = ReturnedView.Of(call),
            StartedAt = call.StartedAt,
            IsOurTime = call.IsOurTime,
            OngoingFrom = call.OngoingFrom,
            ConnectedAt = part is null ? call.ConnectedAt : part.ConnectedAt,
            EndedAt = !isEnded ? null : part is null ? call.EndedAt : part.EndedAt,
            DurationSeconds = !isEnded ? null : part is null ? call.DurationSeconds : part.DurationSeconds,
            State = state,
            Missed = call.IsMissed ? true : null,
            Match = call.Match,
            Candidates = call.Candidates,
            ContactId = call.ContactId,
            ContactName = call.Candidates.FirstOrDefault(candidate => candidate.ContactId == call.ContactId)?.Name,
            Noted = call.IsNoted,
            Ignored = call.Ignored,
            Dismissed = call.IsDismissedFor(viewerId),
            DialId = call.DialId,
            Outcome = call.Outcome,
            Revision = call.Revision,
        };
    }

    /// <summary>With the agents' names.</summary>
    public ListedCall With(AgentRoster roster) => this with
    {
        AgentName = roster.NameOf(AgentId),
        AnsweredBy = AnsweredBy is { } taker ? taker with { Name = roster.NameOf(taker.AgentId) ?? taker.Name } : null,
        Returned = Returned?.With(roster),
    };
}

/// <summary>The message <c>callsChanged</c>: calls of the lists of one viewer, each as it stands now.</summary>
public sealed record CallsChanged(IReadOnlyList<ListedCall> Items);
