using System.Text.Json.Serialization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Desk;

/// <summary>A call as the API shows it: what a pop-up shows, and how it went.</summary>
public sealed record CallView
{
    public required string CallId { get; init; }

    public required string Account { get; init; }

    public required CallDirection Direction { get; init; }

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

    /// <summary>True where the viewer may not open the call; only in a contact's file.</summary>
    public bool? Hidden { get; init; }

    /// <summary>Who reached the caller later, where the call was missed.</summary>
    public ReturnedView? Returned { get; init; }

    /// <summary>
    /// Who reached the caller later; null where nobody has, or where no agent has the phone.
    /// </summary>
    public string? ReturnedBy => Returned?.AgentId;

    /// <summary>When somebody reached the caller.</summary>
    public DateTimeOffset? ReturnedAt => Returned?.At;

    /// <summary>All the agents whose phones rang or dialled.</summary>
    public required IReadOnlyList<string> AgentIds { get; init; }

    /// <summary>What each of them had to do with it, where several had; only for one call.</summary>
    public IReadOnlyList<AgentPartView>? Agents { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>True where that is when we heard of the call, because what the operator told can't be.</summary>
    public bool? IsOurTime { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public int? DurationSeconds { get; init; }

    /// <summary>In <see cref="Currency"/>.</summary>
    public decimal? Cost { get; init; }

    public required string Currency { get; init; }

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

    public required IReadOnlyList<Candidate> Candidates { get; init; }

    public string? ContactId { get; init; }

    /// <summary>True for a call by another phone, which an agent noted by hand.</summary>
    public bool Noted { get; init; }

    /// <summary>When it was taken out who the call was with; null where it stands.</summary>
    public DateTimeOffset? AnonymizedAt { get; init; }

    /// <summary>True where an agent decided that the call concerns no contact.</summary>
    public bool Ignored { get; init; }

    /// <summary>True where the viewer's lists of what goes on and of what was missed are to be without it.</summary>
    public bool Dismissed { get; init; }

    public string? ContactName { get; init; }

    /// <summary>The click that the call comes of.</summary>
    public string? DialId { get; init; }

    /// <summary>The code of the outcome that an agent sent.</summary>
    public string? Outcome { get; init; }

    /// <summary>What is to be done next; only in the history, in a contact's file and for one call.</summary>
    public NextActionView? NextAction { get; init; }

    public required IReadOnlyList<CallSource> Sources { get; init; }

    /// <summary>The contact that the call is tied to, as it stands now; only for one call.</summary>
    public Contact? Contact { get; init; }

    /// <summary>
    /// What an agent recorded, sent or as a draft; only for one call and in a contact's file. Of several agents who
    /// talked in the call it is the viewer's own, else the newest.
    /// </summary>
    public WrapUp? WrapUp { get; init; }

    /// <summary>All of them, the newest first; only for one call.</summary>
    public IReadOnlyList<WrapUp>? WrapUps { get; init; }

    /// <summary>
    /// The version (<c>etag</c>) of the wrap-up that one saved by the viewer replaces. Null where it replaces none, as
    /// where another agent who talked has written one and the viewer has not. Only for one call.
    /// </summary>
    public string? WrapUpToReplace { get; init; }

    /// <summary>
    /// The operator's record that stands; of a dialled call the contact's. Null where there is none yet. Only for one
    /// call.
    /// </summary>
    public RecordView? Record { get; init; }

    /// <summary>All of its records, also those that were corrected; only for one call.</summary>
    public IReadOnlyList<RecordView>? Records { get; init; }

    /// <summary>What was heard of the call, in the order of arrival; only for one call.</summary>
    public IReadOnlyList<TimelineView>? Timeline { get; init; }

    /// <summary>All that is known of the call, the oldest first; only for one call.</summary>
    public IReadOnlyList<HistoryEntry>? History { get; init; }

    /// <summary>
    /// Grows with each saved change of the call, so that a message that comes late is known; null for a call of an
    /// earlier release.
    /// </summary>
    public long? Revision { get; init; }

    /// <summary>The version, to say which one a change is meant for.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>
    /// The call as it stands then; for an agent who talked in it, and for who asks for that agent, the agent's part.
    /// </summary>
    public static CallView Of(Call call, string viewerId, DateTimeOffset now, string? askedId = null) =>
        Of(call, viewerId, askedId) is var view && view.State == CallState.Ended
            ? view
            : view with { State = call.StateAt(now) };

    /// <summary>
    /// The calls as a list shows them now. The agents' names are for who sees the calls of others, and the name of who
    /// took a call for whoever's phone rang.
    /// </summary>
    /// <param name="calls">The calls.</param>
    /// <param name="viewerId">Who looks.</param>
    /// <param name="askedId">The agent whose calls are asked for; null where it is not those of one.</param>
    /// <param name="seesOthers">True for who sees the calls of others.</param>
    /// <param name="agents">The names.</param>
    /// <param name="names">Those of who left.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static async Task<IReadOnlyList<CallView>> ListAsync(
        IEnumerable<Call> calls,
        string viewerId,
        string? askedId,
        bool seesOthers,
        AgentDirectory agents,
        AgentNames names,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        List<CallView> views = [.. calls.Select(call => Of(call, viewerId, now, askedId))];
        if (!seesOthers && views.TrueForAll(view => view.AnsweredBy is null && view.Returned is null))
        {
            return views;
        }

        var roster = await names.WithFormerAsync(
            await agents.ReadAsync(cancellationToken),
            views.SelectMany(view => view.Named(seesOthers)),
            cancellationToken);
        return [.. views.Select(view => view.With(roster) with
        {
            AgentName = seesOthers ? roster.NameOf(view.AgentId) : null,
        })];
    }

    /// <summary>Whom it names to who sees the calls of others, and to who does not.</summary>
    internal IEnumerable<string?> Named(bool seesOthers) =>
        [seesOthers ? AgentId : null, AnsweredBy?.AgentId, Returned?.AgentId];

    /// <summary>With the agents' names.</summary>
    public CallView With(AgentRoster roster) => this with
    {
        AgentName = roster.NameOf(AgentId),
        AnsweredBy = AnsweredBy is { } taker ? taker with { Name = roster.NameOf(taker.AgentId) ?? taker.Name } : null,
        Returned = Returned?.With(roster),
    };

    private static CallView Of(Call call, string viewerId, string? askedId)
    {
        var asked = askedId is null ? null : call.AgentOf(askedId);
        var own = Call.TalkOf(asked) is not null ? asked : call.AgentOf(viewerId);
        var agent = own ?? call.Holder();
        var part = Call.TalkOf(own);
        var state = part?.State ?? call.State;
        return new CallView
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
            AgentIds = [.. call.Agents.Select(a => a.AgentId)],
            StartedAt = call.StartedAt,
            IsOurTime = call.IsOurTime,
            OngoingFrom = call.OngoingFrom,
            ConnectedAt = part is null ? call.ConnectedAt : part.ConnectedAt,
            EndedAt = state != CallState.Ended ? null : part is null ? call.EndedAt : part.EndedAt,
            DurationSeconds = state != CallState.Ended ? null
                : part is null ? call.DurationSeconds
                : part.DurationSeconds,
            Cost = call.Cost,
            Currency = call.Currency,
            State = state,
            Missed = call.IsMissed ? true : null,
            Match = call.Match,
            Candidates = call.Candidates,
            ContactId = call.ContactId,
            Noted = call.IsNoted,
            AnonymizedAt = call.AnonymizedAt,
            Ignored = call.Ignored,
            Dismissed = call.IsDismissedFor(viewerId),
            ContactName = call.Candidates.FirstOrDefault(candidate => candidate.ContactId == call.ContactId)?.Name,
            DialId = call.DialId,
            Outcome = call.Outcome,
            Sources = call.Sources,
            Revision = call.Revision,
            ETag = call.ETag,
        };
    }
}

/// <summary>Something that was heard of a call.</summary>
public sealed record TimelineView(DateTimeOffset At, string What, string? EndpointId);

/// <summary>An agent's part in a call: the whole of it, or what was before or after it was handed over.</summary>
/// <param name="StartedAt">When it began to ring at the agent's phone; null where the operator did not tell.</param>
public sealed record AgentPartView(
    string AgentId,
    string? AgentName,
    CallState State,
    DateTimeOffset? StartedAt,
    DateTimeOffset? ConnectedAt,
    DateTimeOffset? EndedAt,
    int? DurationSeconds)
{
    public static AgentPartView Of(Call call, CallAgent agent, string? name)
    {
        var (state, part) = (call.StateOf(agent), agent.Part);
        var isEnded = state == CallState.Ended;
        return new AgentPartView(
            agent.AgentId,
            name,
            state,
            call.RangAt(agent),
            part is null ? call.ConnectedAt : part.ConnectedAt,
            !isEnded ? null : part is null ? call.EndedAt : part.EndedAt,
            !isEnded ? null : part is null ? call.DurationSeconds : part.DurationSeconds);
    }
}
