using System.Text.Json.Serialization;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Calls;

/// <summary>Where a call is: the operator's id, and the account that it is unique in.</summary>
public sealed record CallKey(string CallId, string Account);

/// <summary>Where something that we know of a call came from.</summary>
public enum CallSource
{
    Webhook,
    Record,

    /// <summary>An agent noted it by hand.</summary>
    Agent,

    /// <summary>The operator's list of calls that go on, where no notification told of it.</summary>
    Live,
}

/// <summary>
/// A call, as it follows from what is known of it (<see cref="Facts"/>). It is stored beside them, so that readers need
/// not derive it. Whoever changes a call adds facts.
/// </summary>
public sealed record Call
{
    /// <summary>A call without an end for so long had one that we were not told of.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>For how long a call that is not finished stands in lists of what is to be done. Then it is history.</summary>
    public static readonly TimeSpan AskedFor = TimeSpan.FromDays(7);

    /// <summary>The rules of this release. To be counted up where other calls follow from the same facts.</summary>
    internal const int CurrentForm = 8;

    private Lazy<CallFacts>? _facts;

    /// <summary>The operator's id of the call.</summary>
    public required string CallId { get; init; }

    /// <summary>The account's username; with <see cref="CallId"/> the call's key.</summary>
    public required string Account { get; init; }

    public required CallDirection Direction { get; init; }

    public required CallState State { get; init; }

    /// <summary>
    /// The number of the other party. For an internal call each agent has their own, in <see cref="Agents"/>.
    /// </summary>
    public required NumberView Number { get; init; }

    public required string Ani { get; init; }

    public required string Dnis { get; init; }

    /// <summary>The endpoint that the operator named first.</summary>
    public string? EndpointId { get; init; }

    /// <summary>When the operator detected the call; when we first heard of it, where it did not say.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// True where <see cref="EndedAt"/> is the operator's; false where it is when we heard of the end.
    /// </summary>
    public bool IsEndTold { get; init; }

    /// <summary>The length of the conversation.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>In <see cref="Currency"/>.</summary>
    public decimal? Cost { get; init; }

    public required string Currency { get; init; }

    public required MatchKind Match { get; init; }

    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>The contact that the call is tied to.</summary>
    public string? ContactId { get; init; }

    /// <summary>True where an agent decided that the call concerns no contact.</summary>
    public bool Ignored { get; init; }

    /// <summary>The code of the outcome that an agent sent.</summary>
    public string? Outcome { get; init; }

    /// <summary>
    /// The agents who took the call off their own lists of what goes on and of what was missed, and at whose phones it
    /// has not rung since.
    /// </summary>
    public IReadOnlyList<string>? DismissedBy { get; init; }

    /// <summary>True where a supervisor took it off everybody's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsDismissed { get; init; }

    /// <summary>The agents whose endpoints rang or dialled, in the order in which we heard of them.</summary>
    public required IReadOnlyList<CallAgent> Agents { get; init; }

    public required IReadOnlyList<CallSource> Sources { get; init; }

    /// <summary>The phones that rang or dialled, in the order in which we heard of them.</summary>
    public required IReadOnlyList<CallPhone> Phones { get; init; }

    /// <summary>The click that the call comes of.</summary>
    public string? DialId { get; init; }

    /// <summary>The campaign's person whom the click called; null for any other call.</summary>
    public CampaignPerson? Campaign { get; init; }

    /// <summary>What the operator reports of a dialled call: one call id, or the agent's and the contact's.</summary>
    public IReadOnlyList<CallLeg>? Legs { get; init; }

    /// <summary>The time in the keys of the index rows. Set once, so that those never move.</summary>
    public required DateTimeOffset IndexedAt { get; init; }

    /// <summary>When the call came to us, where that is far from <see cref="IndexedAt"/>.</summary>
    public DateTimeOffset? CameAt { get; init; }

    /// <summary>
    /// True where <see cref="StartedAt"/> is when we heard of the call, because what the operator told can't be.
    /// </summary>
    public bool? IsOurTime { get; init; }

    /// <summary>
    /// From when on a call that rings counts as one that goes on, because nobody would tell that it was answered; null
    /// where somebody would, and once it is told or over.
    /// </summary>
    public DateTimeOffset? OngoingFrom { get; init; }

    /// <summary>
    /// True where nothing was heard of its end, and its phone was heard to talk in a later call.
    /// </summary>
    public bool? IsSettled { get; init; }

    /// <summary>The later call in which somebody reached the caller of this one, which was missed.</summary>
    public ReturnedCall? Returned { get; init; }

    /// <summary>What the call left to be done by a time and is not done, the earliest first; null for nothing.</summary>
    public IReadOnlyList<NextAction>? NextActions { get; init; }

    /// <summary>
    /// True for a call of which we know by its record alone, and only long after it: nobody is asked for its outcome,
    /// and it is in no list of what is to be done.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsHistory { get; init; }

    /// <summary>When it was taken out who the call was with; null where it stands.</summary>
    public DateTimeOffset? AnonymizedAt { get; init; }

    /// <summary>
    /// Which rules it was derived by. What was stored by earlier ones is derived anew when it is read.
    /// </summary>
    public int Form { get; init; }

    /// <summary>
    /// How often the call was saved: of two messages about it, the one with the larger number is the later. Null for a
    /// call that is not stored, and for one that an earlier release stored.
    /// </summary>
    [JsonIgnore]
    public long? Revision { get; init; }

    /// <summary>
    /// How often the call was saved as one that has ended, where it was not before: it can ring again. No fact; it is
    /// counted when the call is saved (<see cref="After"/>).
    /// </summary>
    [JsonIgnore]
    public int Endings { get; init; }

    /// <summary>The row's version; not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    [JsonIgnore]
    public CallKey Key => new(CallId, Account);

    /// <summary>What is known of the call, and who said it. Stored beside it, and read where it is asked for.</summary>
    [JsonIgnore]
    public CallFacts Facts
    {
        get => _facts?.Value ?? throw new InvalidOperationException("The call was made without facts.");
        init => _facts = new(value);
    }

    /// <summary>What was heard of the call, in the order of arrival.</summary>
    [JsonIgnore]
    public IReadOnlyList<TimelineEntry> Timeline => [.. Facts.Timeline];

    /// <summary>
    /// The call that follows from these facts, of the same version; the same instance where they are those it has.
    /// </summary>
    public Call With(CallFacts facts)
    {
        if (ReferenceEquals(facts, Facts))
        {
            return this;
        }

        var call = CallDerivation.Derive(facts) with { ETag = ETag, Revision = Revision };
        // What shows the two compares lists by reference.
        return call.Candidates.SequenceEqual(Candidates) ? call with { Candidates = Candidates } : call;
    }

    /// <summary>The call as it is saved over this one, null for a new call: with its <see cref="Endings"/>.</summary>
    internal Call After(Call? before)
    {
        var endings = (before?.Endings ?? 0) + (State == CallState.Ended && before?.State != CallState.Ended ? 1 : 0);
        return Endings == endings ? this : this with { Endings = endings };
    }

    internal Call WithFacts(Func<CallFacts> read) => this with { _facts = new(read) };

    /// <summary>For who keeps a call for a while and shows it: the facts take more memory than all the rest.</summary>
    internal Call WithoutFacts() => this with { _facts = null };

    /// <summary>
    /// True where the row that it was read from is of 0.1, or was derived by earlier rules: its index rows may not be
    /// those of this call.
    /// </summary>
    [JsonIgnore]
    internal bool IsOfEarlierRelease { get; init; }

    /// <summary>True for a call by another phone, which an agent noted by hand.</summary>
    [JsonIgnore]
    public bool IsNoted => Sources is [CallSource.Agent];

    /// <summary>
    /// True for a call that came in and that nobody took; not where its end is only concluded: nobody knows whether it
    /// was taken.
    /// </summary>
    [JsonIgnore]
    public bool IsMissed => Direction == CallDirection.In && State == CallState.Ended && ConnectedAt is null
        && IsSettled is null && !IsNoted;

    /// <summary>What is to be done next: the open follow-up or promise that is due first.</summary>
    [JsonIgnore]
    public NextAction? NextAction => NextActions?[0];

    [JsonIgnore]
    public bool HasOpenFollowUp => NextActions?.Any(action => action.Kind == NextActionKind.FollowUp) == true;

    /// <summary>From when on it is open on screens, and counts as going on.</summary>
    [JsonIgnore]
    public DateTimeOffset OpenSince => CameAt ?? IndexedAt;

    /// <summary>
    /// True where the agent talked in it, and nobody has sent its outcome. An internal call needs none, nor does one that
    /// was ignored or that the agent has dismissed.
    /// </summary>
    public bool LacksOutcomeOf(string agentId) =>
        Outcome is null && !Ignored && !IsHistoryOf(agentId) && Direction != CallDirection.Internal
        && !IsDismissedFor(agentId)
        && TalkerIds().Any(talkerId => talkerId == agentId || talkerId == AgentOf(agentId)?.Finishes);

    /// <summary>
    /// True where the agent is asked for nothing: the call was long over when we heard of it, or when it became the
    /// agent's.
    /// </summary>
    public bool IsHistoryOf(string agentId) =>
        IsHistory || (AgentOf(agentId) is { HandedFrom: null, TiedAt: { } tiedAt }
            && tiedAt - StartedAt > CallDerivation.News);

    /// <summary>True where this viewer's lists of what goes on and of what was missed are without it.</summary>
    public bool IsDismissedFor(string viewerId) =>
        IsDismissed || DismissedBy?.Contains(viewerId, StringComparer.Ordinal) == true;

    /// <summary>Who finishes an agent's part in it: the agent, or whom it was handed over to.</summary>
    public string FinisherOf(string agentId) =>
        Facts.Tied?.LastOrDefault(tied => tied.Agent.HandedFrom == agentId)?.Agent.AgentId ?? agentId;

    public CallAgent? AgentOf(string agentId) => Agents.FirstOrDefault(agent => agent.AgentId == agentId);

    /// <summary>
    /// The agent who has taken an incoming call: whoever talks in it, of several the last to join; once it is over, who
    /// took it first. Null where nobody was heard to.
    /// </summary>
    public string? AnsweredBy() => AnsweredEndpoint() is { } endpoint
        ? Agents.FirstOrDefault(agent => agent.IsOn(endpoint))?.AgentId
        : null;

    /// <summary>
    /// The colleague who has taken an incoming call that this agent's phones rang for; null while they ring, and where
    /// the agent talked in it too.
    /// </summary>
    public string? AnsweredInPlaceOf(string agentId) =>
        AgentOf(agentId) is { } agent && StateOf(agent) == CallState.Ended
        && AnsweredBy() is { } answererId && answererId != agentId && !TalkerIds().Contains(agentId)
            ? answererId
            : null;

    /// <summary>
    /// The agent whose call it is in lists: who has taken it; else whose phone rings on; once it is over the first.
    /// Null while it goes on at a phone that no agent has.
    /// </summary>
    /// <param name="team">Whose agent comes first of those whose phones ring, or rang; null for none's.</param>
    public CallAgent? Holder(string? team = null) =>
        (AnsweredBy() is { } answererId ? AgentOf(answererId) : null)
        ?? Agents.Where(agent => State == CallState.Ended || StateOf(agent) != CallState.Ended)
            .OrderByDescending(agent => team is not null && agent.Team == team).FirstOrDefault();

    /// <summary>
    /// What a list shows to an agent who talked in the call, and to who asks for that agent; null where it is the whole
    /// call.
    /// </summary>
    public static AgentPart? TalkOf(CallAgent? agent) =>
        agent?.Part is { ConnectedAt: not null } part ? part : null;

    /// <summary>
    /// When it began to ring at the agent's phones; null where the operator did not tell. It may tell the time of the
    /// whole call for a phone that rang later.
    /// </summary>
    public DateTimeOffset? RangAt(CallAgent agent) => agent.Part is not { } part ? StartedAt
        : agent.IsOn(EndpointId) || part.StartedAt > StartedAt ? part.StartedAt
        : null;

    /// <summary>True where it goes on without the agent.</summary>
    public bool GoesOnWithout(string agentId) =>
        State != CallState.Ended && AgentOf(agentId) is { } agent && StateOf(agent) == CallState.Ended;

    /// <summary>
    /// How far the call counts to have come then: one whose answer nobody tells goes on after a while, and one without
    /// an end is over after <see cref="Longest"/>.
    /// </summary>
    public CallState StateAt(DateTimeOffset now) =>
        OpenSince + Longest <= now ? CallState.Ended
        : State == CallState.Ringing && OngoingFrom <= now ? CallState.Connected
        : State;

    /// <summary>How far the call has come for this agent.</summary>
    public CallState StateOf(CallAgent agent) => agent.Part?.State ?? State;

    /// <summary>True where another phone took the call while the agent's rang beside it: that stays so.</summary>
    public bool IsTakenFrom(string agentId) => AgentOf(agentId)?.Part?.IsTaken == true;

    /// <summary>
    /// True where the agent's phones have stopped without an answer, while the call goes on at another: it is not the
    /// agent's any more, or not yet again. It stays so where somebody has talked in it; what nobody took, all missed.
    /// </summary>
    public bool HasLeft(CallAgent agent) =>
        (State != CallState.Ended || ConnectedAt is not null)
        && agent.Part is { State: CallState.Ended, ConnectedAt: null };

    /// <summary>The agents who talked in the call: two or more where it was handed over or joined.</summary>
    public IReadOnlyList<string> TalkerIds() =>
    [
        .. Agents.Where(agent => agent.HandedFrom is null && (agent.Part is { } part ? part.ConnectedAt is not null
            : ConnectedAt is not null && (Direction != CallDirection.In || IsNoted || IsTalkOfRecordOnly || Phones.Any(
                phone => phone.ConnectedAt is not null && agent.IsOn(phone.EndpointId)))))
            .Select(agent => agent.AgentId),
    ];

    /// <summary>
    /// The phone that the agent has the call on: the one that took it, else the first that rang or dialled.
    /// </summary>
    public string EndpointOf(CallAgent agent) =>
        Phones.Where(phone => phone.ConnectedAt is not null && agent.IsOn(phone.EndpointId))
            .MinBy(phone => phone.ConnectedAt)?.EndpointId ?? agent.EndpointId;

    /// <summary>
    /// When the phone began to ring for the call. An operator may tell the detect time of the whole call for each of
    /// its phones: of a phone that is not the first, that is not told to be its ring. Neither is a time that is far
    /// from ours.
    /// </summary>
    internal PhoneRing RingOf(CallPhone phone)
    {
        var isTold = CameAt is null && IsOurTime is null
            && (Phones[0].EndpointId == phone.EndpointId || phone.RingAt > Phones[0].RingAt);
        return new PhoneRing(isTold ? phone.RingAt : null, phone.HeardAt);
    }

    /// <summary>
    /// When this phone connected, by the operator's clock: of a call that was handed over, the agent's part; else when
    /// the call did.
    /// </summary>
    internal DateTimeOffset? ConnectedAtOf(string endpointId) =>
        Agents.FirstOrDefault(agent => agent.IsOn(endpointId))?.Part?.ConnectedAt ?? ConnectedAt;

    /// <summary>True where a notification of the call named this phone, or an agent has the call on it.</summary>
    public bool HasHeardOf(string? endpointId) =>
        endpointId is not null
        && (Phones.Any(phone => phone.EndpointId == endpointId) || Agents.Any(agent => agent.IsOn(endpointId)));

    /// <summary>
    /// True where the notification that was received at this time is a part of the call. A message that the queue
    /// delivers again has the same time. A repetition by the operator is another message, received later.
    /// </summary>
    public bool IsHeardAt(DateTimeOffset receivedAt) => Facts.Timeline.Any(entry => entry.At == receivedAt);

    /// <summary>True while the agent rings or talks in this call.</summary>
    public bool IsOnPhoneOf(string agentId) =>
        AgentOf(agentId) is { } agent && StateOf(agent) != CallState.Ended
        && ((Legs is not null && agent.Part is null) || !agent.Endpoints.All(
            endpoint => Phones.Any(phone => phone.IsOver && phone.EndpointId == endpoint)));

    // Of the talk a record alone tells: whoever has its phone talked. The list of calls that go on says no more than that
    // the phone rang, and neither does the start of an incoming call whose end was lost. That the phone has left it, as
    // it talked in a later call, says nothing either. Whom a past call was handed over to had no part in it.
    private bool IsTalkOfRecordOnly => Sources.Contains(CallSource.Record)
        && Phones.All(phone => phone.ConnectedAt is null)
        && Agents.Where(agent => agent.HandedFrom is null).ToList() is [var only]
        && (Sources is [CallSource.Record] or [CallSource.Live, CallSource.Record]
            || (Direction == CallDirection.In && Phones.Count > 0
                && Phones.All(phone => (!phone.IsOver || phone.IsSettled) && only.IsOn(phone.EndpointId))));

    private string? AnsweredEndpoint()
    {
        if (IsTalkOfRecordOnly)
        {
            return ConnectedAt is null ? null : Agents.First(agent => agent.HandedFrom is null).EndpointId;
        }

        if (Direction == CallDirection.In && Phones.Count == 0)
        {
            // The records tell who talked.
            return Agents.Where(agent => agent.Part?.ConnectedAt is not null)
                .MinBy(agent => agent.Part!.ConnectedAt)?.EndpointId;
        }

        var connected = Direction == CallDirection.In
            ? Phones.Where(phone => phone.ConnectedAt is not null).OrderBy(phone => phone.ConnectedAt).ToList()
            : [];
        return (connected.FindLast(phone => !phone.IsOver) ?? connected.FirstOrDefault())?.EndpointId;
    }
}

/// <summary>A phone of a call: one that rang or dialled.</summary>
/// <param name="HeardAt">When we first heard of it.</param>
/// <param name="ConnectedAt">When we heard that it had connected; null where we did not.</param>
/// <param name="OverAt">When we heard of its end; null where we did not.</param>
public sealed record CallPhone(
    string EndpointId, DateTimeOffset HeardAt, DateTimeOffset? ConnectedAt, DateTimeOffset? OverAt)
{
    /// <summary>The last detect time of its starts, by the operator's clock; null where none was told.</summary>
    public DateTimeOffset? RingAt { get; init; }

    /// <summary>
    /// True where nothing was heard of its end, and it was heard to talk in a later call (<see cref="SettledPhone"/>).
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSettled { get; init; }

    [JsonIgnore]
    public bool IsOver => OverAt is not null;
}

/// <summary>
/// When a phone began to ring for a call, by two clocks: the operator's is not ours. A time is compared with one of the
/// same clock alone.
/// </summary>
/// <param name="ToldAt">By the operator's clock; null where it did not tell the time of this ring.</param>
/// <param name="HeardAt">By ours: when we first heard of the phone.</param>
public sealed record PhoneRing(DateTimeOffset? ToldAt, DateTimeOffset HeardAt)
{
    /// <summary>How far the operator's clock may be ahead of ours where its times are compared.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(30);

    /// <summary>
    /// True where the told time cannot be, as it lies ahead of when we heard of it. Beside it, each new call of the
    /// phone would count as heard of late.
    /// </summary>
    public bool IsAhead => ToldAt > HeardAt + MostAhead;

    /// <summary>True where the operator told of both, and this one was later.</summary>
    public bool IsToldAfter(PhoneRing other) => ToldAt > other.ToldAt;

    /// <summary>True where it was no later: by the operator's clock where it told of both, else by ours.</summary>
    public bool IsNotAfter(PhoneRing other) => ToldAt is { } told && other.ToldAt is { } otherTold && told != otherTold
        ? told < otherTold
        : HeardAt <= other.HeardAt;
}

/// <summary>
/// A leg of a dialled call, by the operator's id of it: <paramref name="IsContact"/> where it is the one that calls the
/// contact.
/// </summary>
public sealed record CallLeg(string CallId, bool IsContact);

/// <summary>Another agent, by name.</summary>
public sealed record Colleague(string AgentId, string Name);

/// <summary>
/// An agent's part in a call; <paramref name="EndpointId"/> is the first of the agent's phones that rang or dialled.
/// </summary>
public sealed record CallAgent(string AgentId, string EndpointId)
{
    /// <summary>The agent's other phones of the ring group, where there are several.</summary>
    public IReadOnlyList<string>? OtherEndpoints { get; init; }

    [JsonIgnore]
    public IEnumerable<string> Endpoints => [EndpointId, .. OtherEndpoints ?? []];

    /// <summary>The team that the agent was in when the call came.</summary>
    public string? Team { get; init; }

    /// <summary>The other party from this agent's side, where it is not the call's (an internal call).</summary>
    public NumberView? Number { get; init; }

    /// <summary>Who is on the other side of an internal call, where it is an agent.</summary>
    public Colleague? Colleague { get; init; }

    /// <summary>The agent's part in the call; null where it is the whole of it.</summary>
    public AgentPart? Part { get; init; }

    /// <summary>
    /// When the call became the agent's, where a mapping that was made after it did that; null for all others. Its
    /// pop-up is never open.
    /// </summary>
    public DateTimeOffset? TiedAt { get; init; }

    /// <summary>
    /// The agent whose part in the call this agent is to finish, as it was handed over when it was past; null for all
    /// others. What was said and missed in it counts as the other's.
    /// </summary>
    public string? HandedFrom { get; init; }

    /// <summary>
    /// The agent whose part this agent is to finish, also where they had a part of their own; null for all others.
    /// </summary>
    public string? FinishesFor { get; init; }

    [JsonIgnore]
    internal string? Finishes => FinishesFor ?? HandedFrom;

    /// <summary>
    /// When the agent was done with the pop-up; null while it is open, and where the call has rung at their phone
    /// since.
    /// </summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    public bool IsOn(string? endpointId) =>
        endpointId is not null && Endpoints.Contains(endpointId, StringComparer.Ordinal);

    public CallAgent With(string endpointId) =>
        IsOn(endpointId) ? this : this with { OtherEndpoints = [.. OtherEndpoints ?? [], endpointId] };
}

/// <summary>
/// An agent's part in a call that is not the whole of it: it rang there and a colleague took it, or it was handed over.
/// </summary>
public sealed record AgentPart
{
    public required CallState State { get; init; }

    /// <summary>When it began to ring; null where the operator did not tell.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long the agent talked.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>True where another phone took the call while the agent's rang beside it.</summary>
    public bool IsTaken { get; init; }

    /// <summary>The agent who took it, where the mappings name one.</summary>
    public string? TakenBy { get; init; }
}

/// <summary>
/// Something that was heard of a call, when it reached us, and a mark by which the same thing is known again.
/// </summary>
/// <param name="CallId">The operator's: of a dialled call that of one leg.</param>
public sealed record TimelineEntry(DateTimeOffset At, string What, string? EndpointId, string Mark, string CallId)
{
    public const string Start = "callStart";

    public const string End = "callEnd";
}
