using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// A call as release 0.1.0 stored it: what it had come to, without what that follows from. It is read as the sum of
/// what that release heard, and goes on from there.
/// </summary>
internal sealed record EarlierCall
{
    public required string CallId { get; init; }

    public required string Account { get; init; }

    public required CallDirection Direction { get; init; }

    public required CallState State { get; init; }

    public required NumberView Number { get; init; }

    public required string Ani { get; init; }

    public required string Dnis { get; init; }

    public string? EndpointId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public bool IsEndTold { get; init; }

    public int? DurationSeconds { get; init; }

    public decimal? Cost { get; init; }

    public required string Currency { get; init; }

    public required MatchKind Match { get; init; }

    public required IReadOnlyList<Candidate> Candidates { get; init; }

    public string? ContactId { get; init; }

    public bool Ignored { get; init; }

    public string? Outcome { get; init; }

    public required IReadOnlyList<CallAgent> Agents { get; init; }

    public required IReadOnlyList<Entry> Timeline { get; init; }

    public string? DialId { get; init; }

    public IReadOnlyList<EarlierLeg>? Legs { get; init; }

    public required DateTimeOffset IndexedAt { get; init; }

    private DateTimeOffset FirstAt => Timeline.Select(entry => entry.At).DefaultIfEmpty(StartedAt).Min();

    public CallFacts ToFacts()
    {
        IReadOnlyList<EarlierCall> legs = Legs is null ? [this] : [.. Legs.Select(leg => leg.Call)];
        return new CallFacts
        {
            CallId = CallId,
            Account = Account,
            Currency = Currency,
            IndexedAt = IndexedAt,
            Dial = Legs is null || DialId is null || EndpointId is null
                ? null
                : new DialFact(
                    DialId, EndpointId, [.. Legs.Select(leg => new CallLeg(leg.Call.CallId, leg.IsContact))]),
            Decisions = [.. Decisions()],
            Earlier = new EarlierFacts
            {
                Legs = [.. legs.Select(leg => leg.ToLeg())],
                // In their order, which is all that is known of when they were heard of.
                Agents =
                [
                    .. Agents.Index().Select(each => new HeardAgent(
                        FirstAt.AddTicks(each.Index), each.Item with { AcknowledgedAt = null })),
                ],
                Party = new HeardParty(FirstAt, Number, Ani, Dnis, new ContactMatch(Match, Candidates, ContactId)),
                Timeline =
                [
                    .. legs.SelectMany(leg => leg.Timeline.Select(entry =>
                        new TimelineEntry(entry.At, entry.What, entry.EndpointId, entry.Mark, leg.CallId)))
                        .OrderBy(entry => entry.At)
                        .ThenBy(entry => Legs is null ? "" : entry.Mark, StringComparer.Ordinal)
                        .TakeLast(CallFacts.MaxNotifications),
                ],
            },
        };
    }

    private HeardLeg ToLeg() => new()
    {
        CallId = CallId,
        At = FirstAt,
        Direction = Direction,
        Ani = Ani,
        Dnis = Dnis,
        StartedAt = StartedAt,
        ConnectedAt = ConnectedAt,
        ToldEnd = IsEndTold ? EndedAt : null,
        HeardEnd = IsEndTold ? null : EndedAt,
        ToldDuration = DurationSeconds,
        Cost = Cost,
        IsClosed = State == CallState.Ended,
        Phones =
        [
            .. Timeline.Where(entry => entry.EndpointId is not null).GroupBy(entry => entry.EndpointId!)
                .Select(same => new HeardPhone(
                    same.Key,
                    same.Min(entry => entry.At),
                    same.Where(entry => entry.Connected).Select(entry => (DateTimeOffset?)entry.At).Min(),
                    same.Where(entry => entry.What == TimelineEntry.End)
                        .Select(entry => (DateTimeOffset?)entry.At).Min())),
        ],
    };

    // Who decided, and when, was kept of pop-ups that were put away alone. A contact that was chosen is in the match.
    private IEnumerable<AgentDecision> Decisions()
    {
        foreach (var agent in Agents)
        {
            if (agent.AcknowledgedAt is { } at)
            {
                yield return new AgentDecision(DecisionKind.Acknowledged, at, agent.AgentId);
            }
        }

        if (Ignored)
        {
            yield return new AgentDecision(DecisionKind.Ignored, FirstAt, AgentId: null);
        }

        if (Outcome is not null)
        {
            yield return new AgentDecision(DecisionKind.OutcomeRecorded, FirstAt, AgentId: null, Outcome: Outcome);
        }
    }

    public sealed record EarlierLeg(EarlierCall Call, bool IsContact);

    public sealed record Entry(DateTimeOffset At, string What, string? EndpointId, string Mark, bool Connected = false);
}
