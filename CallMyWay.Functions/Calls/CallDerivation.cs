using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The call that follows from what is known of it: a pure function, and the only one that makes a <see cref="Call"/>.
/// Of times, length and cost a record stands over notifications, also where it says less. Of agents' decisions the last
/// stands.
/// </summary>
public static class CallDerivation
{
    /// <summary>The call of these facts, of which one at least is a notification or a record.</summary>
    public static Call Derive(CallFacts facts)
    {
        var legs = LegsOf(facts);
        var phones = legs.Aggregate(
            (IReadOnlyList<HeardPhone>)[], (all, leg) => HeardPhone.Union(all, leg.Heard?.Phones ?? []));
        var party = PartyOf(facts, legs);
        var direction = DirectionOf(facts, legs);
        var whole = facts.Dial is null ? legs[0].Conclusion : Combined(legs, facts.Dial);
        var match = party.Match;
        var (candidates, contactId, isIgnored) = Decided(facts.Decisions, match);
        var agents = AgentsOf(facts, direction);
        var (ani, dnis) = NumbersOf(facts, legs, party);
        return new Call
        {
            CallId = facts.CallId,
            Account = facts.Account,
            Direction = direction,
            State = whole.State,
            Number = party.Number,
            Ani = ani,
            Dnis = dnis,
            EndpointId = facts.Dial?.EndpointId
                ?? phones.FirstOrDefault()?.EndpointId ?? agents.FirstOrDefault()?.EndpointId,
            StartedAt = whole.StartedAt,
            ConnectedAt = whole.ConnectedAt,
            EndedAt = whole.EndedAt,
            IsEndTold = whole.IsEndTold,
            DurationSeconds = whole.DurationSeconds,
            Cost = whole.Cost,
            Currency = facts.Currency,
            Match = match.Kind,
            Candidates = candidates,
            ContactId = contactId,
            Ignored = isIgnored,
            Outcome = facts.Decisions.LastOrDefault(made => made.Kind == DecisionKind.OutcomeRecorded)?.Outcome,
            Agents = agents,
            Sources = SourcesOf(legs),
            Phones = [.. phones.Select(Shown)],
            DialId = facts.Dial?.DialId,
            Legs = facts.Dial is { } dial
                ? [.. legs.SelectMany(leg => dial.Legs.Where(known => known.CallId == leg.CallId))]
                : null,
            IndexedAt = facts.IndexedAt,
            Facts = facts,
        };
    }

    /// <summary>True where the mappings have named this agent on this phone before.</summary>
    internal static bool HasAgent(CallFacts facts, CallAgent agent) =>
        HeardAgents(facts).Any(heard => heard.IsSame(agent));

    // By the operator's call id; one, but for a dialled call.
    private static List<Leg> LegsOf(CallFacts facts)
    {
        var heard = facts.Earlier?.Legs.ToDictionary(leg => leg.CallId) ?? [];
        foreach (var leg in facts.Notifications.Select(HeardLeg.Of))
        {
            heard[leg.CallId] = heard.TryGetValue(leg.CallId, out var known) ? known.And(leg) : leg;
        }

        // In their order the last record is the one that stands.
        var records = facts.Records.GroupBy(record => record.CallId)
            .ToDictionary(same => same.Key, same => same.Last());
        return
        [
            .. heard.Keys.Union(records.Keys).Order(StringComparer.Ordinal)
                .Select(callId => new Leg(callId, heard.GetValueOrDefault(callId), records.GetValueOrDefault(callId))),
        ];
    }

    // The call is what happens to the contact's leg, and over when either is.
    private static Conclusion Combined(List<Leg> legs, DialFact dial)
    {
        var contact = ContactLeg(legs, dial)?.Conclusion;
        var own = OwnLeg(legs, dial)?.Conclusion;
        var isOver = legs.Any(leg => leg.Conclusion.State == CallState.Ended);
        var costs = legs.Select(leg => leg.Conclusion.Cost).OfType<decimal>().ToList();
        return new Conclusion
        {
            // That the agent has answered is not yet the call.
            State = isOver ? CallState.Ended : contact?.ConnectedAt is null ? CallState.Ringing : CallState.Connected,
            StartedAt = legs.Min(leg => leg.Conclusion.StartedAt),
            ConnectedAt = contact?.ConnectedAt,
            EndedAt = isOver ? contact?.EndedAt ?? own?.EndedAt : null,
            IsEndTold = (contact ?? own)?.IsEndTold == true,
            DurationSeconds = isOver ? contact?.DurationSeconds ?? (contact?.ConnectedAt is null ? 0 : null) : null,
            // Each leg is a call at the operator, with a price of its own.
            Cost = costs.Count == 0 ? null : costs.Sum(),
        };
    }

    // Where the operator reports one id only, it is the contact's.
    private static Leg? ContactLeg(List<Leg> legs, DialFact dial) =>
        legs.FirstOrDefault(leg => dial.Legs.FirstOrDefault(known => known.CallId == leg.CallId)?.IsContact ?? true);

    private static Leg? OwnLeg(List<Leg> legs, DialFact dial) =>
        legs.FirstOrDefault(leg => dial.Legs.Any(known => known.CallId == leg.CallId && !known.IsContact));

    private static CallDirection DirectionOf(CallFacts facts, List<Leg> legs) =>
        facts.Dial is not { } dial ? legs[0].Direction
        : ContactLeg(legs, dial)?.Direction == CallDirection.Internal ? CallDirection.Internal
        : CallDirection.Out;

    private static HeardParty PartyOf(CallFacts facts, List<Leg> legs) =>
        HeardParty.Best([facts.Earlier?.Party, .. facts.Notifications.Select(HeardParty.Of)])
        ?? HeardParty.Best(facts.Records.Select(HeardParty.Of))
        ?? new HeardParty(
            facts.IndexedAt,
            new NumberView(null, "", PhoneNumberKind.Private),
            legs[0].Ani,
            legs[0].Dnis,
            new ContactMatch(MatchKind.None, [], null));

    private static (string Ani, string Dnis) NumbersOf(CallFacts facts, List<Leg> legs, HeardParty party)
    {
        if (facts.Dial is not { } dial)
        {
            return (party.Ani, party.Dnis);
        }

        var contact = ContactLeg(legs, dial);
        var own = OwnLeg(legs, dial);
        return (contact?.Ani ?? own?.Dnis ?? party.Ani, contact?.Dnis ?? party.Number.E164 ?? party.Dnis);
    }

    private static IEnumerable<HeardAgent> HeardAgents(CallFacts facts) =>
        (facts.Earlier?.Agents ?? [])
            .Concat(facts.Notifications.SelectMany(Of))
            .OrderBy(heard => heard.At).ThenBy(heard => heard.Agent.EndpointId, StringComparer.Ordinal)
            .ThenBy(heard => heard.Agent.AgentId, StringComparer.Ordinal)
            .Concat(facts.Records.SelectMany(Of));

    private static IEnumerable<HeardAgent> Of(CallFact fact) =>
        (fact.Agents ?? []).Select(agent => new HeardAgent(fact.At, agent));

    private static List<CallAgent> AgentsOf(CallFacts facts, CallDirection direction)
    {
        // The agent's leg of a dialled call may look as if the agent were called by the contact, or by nobody.
        var isPlain = facts.Dial is not null && direction != CallDirection.Internal;
        return
        [
            .. HeardAgents(facts).Select(heard => heard.Agent).GroupBy(agent => agent.AgentId)
                .Select(same => same.Skip(1).SelectMany(agent => agent.Endpoints)
                    .Aggregate(same.First(), (agent, endpoint) => agent.With(endpoint)))
                .Select(agent => agent with
                {
                    Number = isPlain ? null : agent.Number,
                    Colleague = isPlain ? null : agent.Colleague,
                    AcknowledgedAt = facts.Decisions.FirstOrDefault(made =>
                        made.Kind == DecisionKind.Acknowledged && made.AgentId == agent.AgentId)?.At,
                }),
        ];
    }

    private static (IReadOnlyList<Candidate> Candidates, string? ContactId, bool IsIgnored) Decided(
        IReadOnlyList<AgentDecision> decisions, ContactMatch match)
    {
        var candidates = match.Candidates;
        foreach (var chosen in decisions.Select(made => made.Contact).OfType<Candidate>())
        {
            if (candidates.All(known => known.ContactId != chosen.ContactId))
            {
                candidates = [chosen, .. candidates];
            }
        }

        var last = decisions.LastOrDefault(
            made => made.Kind is DecisionKind.ContactChosen or DecisionKind.Ignored);
        return (
            candidates,
            last is null ? match.ContactId : last.Contact?.ContactId,
            last?.Kind == DecisionKind.Ignored);
    }

    private static CallPhone Shown(HeardPhone phone) =>
        new(phone.EndpointId, phone.At, phone.ConnectedAt, phone.OverAt);

    private static IReadOnlyList<CallSource> SourcesOf(List<Leg> legs) =>
    [
        .. legs.Any(leg => leg.Heard is not null) ? new[] { CallSource.Webhook } : [],
        .. legs.Any(leg => leg.Record is not null) ? new[] { CallSource.Record } : [],
    ];

    /// <summary>What became of a call, or of one leg of it.</summary>
    private readonly record struct Conclusion
    {
        public CallState State { get; init; }

        public DateTimeOffset StartedAt { get; init; }

        public DateTimeOffset? ConnectedAt { get; init; }

        public DateTimeOffset? EndedAt { get; init; }

        public bool IsEndTold { get; init; }

        public int? DurationSeconds { get; init; }

        public decimal? Cost { get; init; }
    }

    /// <summary>What the operator said under one call id: in notifications, in a record, or in both.</summary>
    private sealed class Leg(string callId, HeardLeg? heard, RecordFact? record)
    {
        public string CallId => callId;

        public HeardLeg? Heard => heard;

        public RecordFact? Record => record;

        // A notification tells them, a record leaves them to the mappings.
        public CallDirection Direction => heard?.Direction ?? record?.Direction ?? CallDirection.In;

        public string Ani => heard?.Ani ?? record?.Ani ?? "";

        public string Dnis => heard?.Dnis ?? record?.Dnis ?? "";

        public Conclusion Conclusion { get; } = record is null ? OfNotifications(heard!) : OfRecord(record, heard);

        private static Conclusion OfNotifications(HeardLeg heard) => new()
        {
            State = heard.State,
            StartedAt = heard.StartedAt,
            ConnectedAt = heard.ConnectedAt,
            EndedAt = heard.EndedAt,
            IsEndTold = heard.ToldEnd is not null,
            DurationSeconds = heard.DurationSeconds,
            Cost = heard.Cost,
        };

        // A record is of a call that is over. Without a connect time it says that nobody answered, and has no end.
        private static Conclusion OfRecord(RecordFact record, HeardLeg? heard)
        {
            var startedAt = record.Believed(record.DetectedAt) ?? heard?.StartedAt
                ?? record.Believed(record.ConnectedAt) ?? record.At;
            var connectedAt = record.Believed(record.ConnectedAt) ?? (record.Duration > 0 ? heard?.ConnectedAt : null);
            var duration = record.Duration ?? heard?.DurationSeconds ?? (connectedAt is null ? 0 : null);
            var end = duration is { } seconds ? connectedAt?.AddSeconds(seconds) : null;
            return new Conclusion
            {
                State = CallState.Ended,
                StartedAt = startedAt,
                ConnectedAt = connectedAt,
                EndedAt = end ?? heard?.EndedAt ?? startedAt,
                IsEndTold = end is not null || heard?.ToldEnd is not null,
                DurationSeconds = duration,
                Cost = record.Cost ?? heard?.Cost,
            };
        }
    }
}
