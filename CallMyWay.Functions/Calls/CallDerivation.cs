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
    /// <summary>Of a call that we hear of later than this nobody remembers the outcome.</summary>
    internal static readonly TimeSpan News = TimeSpan.FromHours(24);

    /// <summary>What rings for longer goes on, where the operator does not tell that a call is answered.</summary>
    private static readonly TimeSpan LongestRinging = TimeSpan.FromMinutes(1);

    /// <summary>
    /// By how much the detect times of one ring may differ: its notifications can be stamped on both sides of a second.
    /// </summary>
    private static readonly TimeSpan SameRing = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The call of these facts, of which one at least is a notification or a record, or a call that was noted.
    /// </summary>
    public static Call Derive(CallFacts facts)
    {
        if (facts.Noted is { } noted)
        {
            return NotedCall.Derive(facts, noted);
        }

        var legs = DerivedLegs.Of(facts);
        var whole = legs.Whole;
        var party = PartyOf(facts, legs);
        var match = MatchOf(facts, party);
        var (candidates, contactId, isIgnored) = Decided(facts.Decisions, match);
        var agents = AgentsOf(facts, legs);
        var (ani, dnis) = NumbersOf(facts, legs, party);
        return new Call
        {
            CallId = facts.CallId,
            Account = facts.Account,
            Direction = legs.Direction,
            State = whole.State,
            Number = party.Number,
            Ani = ani,
            Dnis = dnis,
            EndpointId = facts.Dial?.EndpointId
                ?? legs.Phones.FirstOrDefault()?.Heard.EndpointId ?? agents.FirstOrDefault()?.EndpointId,
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
            Outcome = OutcomeOf(facts.Decisions),
            NextActions = facts.NextActions,
            Returned = facts.Returned,
            DismissedBy = DismissedBy(facts, legs),
            IsDismissed = facts.Decisions.Any(made => made.Kind == DecisionKind.DismissedForAll),
            Agents = agents,
            Sources = SourcesOf(legs),
            Phones = [.. legs.Phones.Select(Shown)],
            DialId = facts.Dial?.DialId,
            Campaign = facts.Dial?.Campaign,
            Legs = facts.Dial is { } dial
                ? [.. legs.All.SelectMany(leg => dial.Legs.Where(known => known.CallId == leg.CallId))]
                : null,
            IndexedAt = facts.IndexedAt,
            CameAt = facts.CameAt,
            OngoingFrom = OngoingFrom(legs),
            IsSettled = IsSettled(facts, whole) ? true : null,
            IsHistory = !legs.Heard.Any()
                && facts.Records.Min(record => record.At) - whole.StartedAt > News,
            IsOurTime = legs.All.Any(leg => leg is { Record: null, Heard.HasWrongTime: true }) ? true : null,
            AnonymizedAt = facts.AnonymizedAt,
            Form = Call.CurrentForm,
            Facts = facts,
        };
    }

    /// <summary>True where the mappings have named this agent on this phone before.</summary>
    internal static bool HasAgent(CallFacts facts, CallAgent agent) =>
        HeardAgents(facts).Any(heard => heard.IsSame(agent));

    /// <summary>
    /// The first and the last time that the operator told of the call, whether it is believed or not, and when we last
    /// heard of it.
    /// </summary>
    internal static (DateTimeOffset? From, DateTimeOffset? Until, DateTimeOffset Heard) TimesOf(CallFacts facts) =>
        TimesOfOneLeg(facts) ?? TimesOfLegs(facts);

    /// <summary>
    /// The same of a call of one id whose notifications are all kept, and of which nothing else is known: at each
    /// notification most calls are such. Null for any other, and where the operator told no time.
    /// </summary>
    internal static (DateTimeOffset? From, DateTimeOffset? Until, DateTimeOffset Heard)? TimesOfOneLeg(CallFacts facts)
    {
        if (facts is not { Earlier: null, Dial: null, Records.Count: 0, Notifications: [var first, ..] })
        {
            return null;
        }

        DateTimeOffset? from = null, until = null;
        var heard = first.At;
        foreach (var fact in facts.Heard)
        {
            if (fact.CallId != first.CallId)
            {
                return null;
            }

            from = HeardLeg.Min(from, HeardLeg.FirstTold(fact));
            until = HeardLeg.Max(until, HeardLeg.LastTold(fact));
            heard = fact.At > heard ? fact.At : heard;
        }

        return from is null ? null : (from, until, heard);
    }

    internal static (DateTimeOffset? From, DateTimeOffset? Until, DateTimeOffset Heard) TimesOfLegs(CallFacts facts)
    {
        var legs = DerivedLeg.Of(facts).Select(leg => leg.Heard).OfType<HeardLeg>().ToList();
        // An earlier release kept the call's own times alone.
        var from = legs.Select(leg => leg.ToldFrom ?? (DateTimeOffset?)leg.StartedAt)
            .Concat(facts.Records.Select(record => record.DetectedAt ?? record.ConnectedAt));
        var until = legs
            .Select(leg => leg.ToldUntil ?? HeardLeg.Max(leg.ToldEnd, HeardLeg.Max(leg.ConnectedAt, leg.StartedAt)))
            .Concat(facts.Records.Select(
                record => (record.ConnectedAt ?? record.DetectedAt)?.AddSeconds(record.Duration ?? 0)));
        var heard = facts.Timeline.Select(entry => entry.At).Concat(facts.Records.Select(record => record.At));
        return (from.Min(), until.Max(), heard.DefaultIfEmpty(facts.IndexedAt).Max());
    }

    /// <summary>
    /// Until when the phones of whoever decides have rung and talked, by the operator's times; null where none was
    /// told.
    /// </summary>
    internal static DateTimeOffset? RungUntil(CallFacts facts, AgentDecision decision)
    {
        if (!IsOfRings(decision))
        {
            return null;
        }

        var rings = RingsOf(facts, DerivedLegs.Of(facts), decision.AgentId!);
        return HeardLeg.Max(rings.At + SameRing, rings.EndAt);
    }

    /// <summary>
    /// True where the agent was done with the call, and it has rung at one of the agent's phones since: again, or for
    /// the first time.
    /// </summary>
    internal static bool HasLapsed(CallFacts facts, AgentDecision decision) =>
        HasLapsed(facts, DerivedLegs.Of(facts), decision);

    private static bool HasLapsed(CallFacts facts, DerivedLegs legs, AgentDecision decision)
    {
        // A dialled call rings at the agent's phone and then at the contact's: that is one call.
        if (facts.Dial is not null || !IsOfRings(decision))
        {
            return false;
        }

        var rings = RingsOf(facts, legs, decision.AgentId!);
        return decision.Until is { } until ? rings.At > until : rings.FirstHeardAt > decision.At;
    }

    // What a supervisor dismisses stays so, whoever's phone rings.
    private static bool IsOfRings(AgentDecision decision) =>
        decision is
        {
            Kind: DecisionKind.Acknowledged or DecisionKind.AcknowledgedAtEnd or DecisionKind.Dismissed,
            AgentId: not null,
        };

    /// <summary>
    /// When the agent's phones rang the last time, and stopped, by the operator's times; and when we first heard of the
    /// one of them that we heard of last. A notification that names no phone is about all of them.
    /// </summary>
    private static (DateTimeOffset? At, DateTimeOffset? EndAt, DateTimeOffset? FirstHeardAt) RingsOf(
        CallFacts facts, DerivedLegs legs, string agentId)
    {
        var endpoints = HeardAgents(facts).Where(heard => heard.Agent.AgentId == agentId)
            .SelectMany(heard => heard.Agent.Endpoints).ToHashSet(StringComparer.Ordinal);
        var heard = legs.Heard.ToList();
        var own = heard.SelectMany(leg => leg.Phones).Where(phone => endpoints.Contains(phone.EndpointId)).ToList();
        return own.Count == 0
            ? (heard.Max(leg => leg.RingAt), heard.Max(leg => leg.ClosedUntil), null)
            : (
                own.Max(phone => phone.RingAt),
                own.Max(phone => phone.EndAt),
                own.Where(phone => phone.RingHeardAt is not null).Max(phone => (DateTimeOffset?)phone.At));
    }

    // It would go on if its phone had not been heard to talk in a later call.
    private static bool IsSettled(CallFacts facts, CallConclusion whole)
    {
        if (facts.Settled is null || whole.State != CallState.Ended)
        {
            return false;
        }

        return DerivedLegs.Of(facts with { Settled = null }).Whole.State != CallState.Ended;
    }

    private static HeardParty PartyOf(CallFacts facts, DerivedLegs legs) =>
        HeardParty.Best([facts.Earlier?.Party, .. facts.Notifications.Select(HeardParty.Of)])
        ?? HeardParty.Best(facts.Records.Select(HeardParty.Of))
        ?? new HeardParty(
            facts.IndexedAt,
            new NumberView(null, "", PhoneNumberKind.Private),
            legs.First.Ani,
            legs.First.Dnis,
            new ContactMatch(MatchKind.None, [], null));

    /// <summary>Whom the contacts have for the call's number, as far as they were asked.</summary>
    internal static ContactMatch MatchOf(CallFacts facts) => MatchOf(facts, PartyOf(facts, DerivedLegs.Of(facts)));

    private static ContactMatch MatchOf(CallFacts facts, HeardParty party) =>
        facts.LaterMatch is { } later && later.IsOf(party.Number) ? later.Match : party.Match;

    private static (string Ani, string Dnis) NumbersOf(CallFacts facts, DerivedLegs legs, HeardParty party)
    {
        return facts.Dial is null
            ? (party.Ani, party.Dnis)
            : (
                legs.Contact?.Ani ?? legs.Own?.Dnis ?? party.Ani,
                legs.Contact?.Dnis ?? party.Number.E164 ?? party.Dnis);
    }

    /// <summary>The agents whom the mappings named, in the order in which they did.</summary>
    internal static IEnumerable<HeardAgent> HeardAgents(CallFacts facts) =>
        facts is { Earlier: null, Records.Count: 0, Tied: null } && TryFindOnly(facts.Notifications, out var only)
            ? only
            : AllHeardAgents(facts);

    /// <summary>False where the mappings named several, or one several times.</summary>
    private static bool TryFindOnly(IReadOnlyList<NotificationFact> facts, out HeardAgent[] only)
    {
        only = [];
        foreach (var fact in facts)
        {
            if (fact.Agents is { Count: > 0 } agents)
            {
                if (agents.Count > 1 || only.Length > 0)
                {
                    return false;
                }

                only = [new HeardAgent(fact.At, agents[0])];
            }
        }

        return true;
    }

    private static IEnumerable<HeardAgent> AllHeardAgents(CallFacts facts) =>
        (facts.Earlier?.Agents ?? [])
            .Concat(facts.Notifications.SelectMany(Of))
            .OrderBy(heard => heard.At).ThenBy(heard => heard.Agent.EndpointId, StringComparer.Ordinal)
            .ThenBy(heard => heard.Agent.AgentId, StringComparer.Ordinal)
            .Concat(facts.Records.SelectMany(Of))
            .Concat(facts.Tied ?? []);

    private static IEnumerable<HeardAgent> Of(CallFact fact) =>
        (fact.Agents ?? []).Select(agent => new HeardAgent(fact.At, agent));

    private static List<CallAgent> AgentsOf(CallFacts facts, DerivedLegs legs) =>
    [
        .. AgentParts.Of([.. HeardAgents(facts).Select(heard => heard.Agent)], legs, RecordedPart.Of(facts, legs))
            .Select(agent => agent with
            {
                AcknowledgedAt = facts.Decisions.FirstOrDefault(made =>
                    made.AgentId == agent.AgentId
                    && (made.Kind == DecisionKind.Acknowledged
                        || (made.Kind == DecisionKind.AcknowledgedAtEnd
                            && (agent.Part?.State ?? legs.Whole.State) == CallState.Ended))
                    && !HasLapsed(facts, legs, made))?.At,
            }),
    ];

    /// <summary>Who the call is with, by what agents decided, else by the match.</summary>
    internal static (IReadOnlyList<Candidate> Candidates, string? ContactId, bool IsIgnored) Decided(
        IReadOnlyList<AgentDecision> decisions, ContactMatch match)
    {
        if (decisions.Count == 0)
        {
            return (match.Candidates, match.ContactId, false);
        }

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

    // A phone seldom rings for so long. By our clock, which needs no operator's clock to agree with it.
    private static DateTimeOffset? OngoingFrom(DerivedLegs legs)
    {
        var heard = legs.Heard.ToList();
        return legs.Whole.State == CallState.Ringing && heard.Any(leg => leg.IsAnswerUntold)
            ? (legs.Phones.Where(phone => !phone.IsOver).Min(phone => phone.Heard.RingHeardAt)
                ?? heard.Min(leg => leg.At)) + LongestRinging
            : null;
    }

    private static CallPhone Shown(LegPhone phone) => new(
        phone.Heard.EndpointId,
        phone.Heard.At,
        phone.Heard.ConnectedAt,
        phone.IsOver ? phone.OverHeardAt ?? phone.Heard.At : null)
    {
        RingAt = phone.Heard.RingAt,
        IsSettled = phone.IsOver && phone.Heard.IsSettled,
    };

    internal static string? OutcomeOf(IReadOnlyList<AgentDecision> decisions) =>
        decisions.LastOrDefault(made => made.Kind == DecisionKind.OutcomeRecorded)?.Outcome;

    private static List<string>? DismissedBy(CallFacts facts, DerivedLegs legs)
    {
        if (facts.Decisions.Count == 0)
        {
            return null;
        }

        var agentIds = facts.Decisions.Where(made => made.Kind == DecisionKind.Dismissed)
            .Where(made => !HasLapsed(facts, legs, made))
            .Select(made => made.AgentId).OfType<string>().ToList();
        return agentIds.Count == 0 ? null : agentIds;
    }

    private static IReadOnlyList<CallSource> SourcesOf(DerivedLegs legs) =>
    [
        .. legs.All.Any(leg => leg.Heard is { IsOfLiveAlone: not true }) ? new[] { CallSource.Webhook } : [],
        .. legs.All.Any(leg => leg.Heard is { IsOfLiveAlone: true }) ? new[] { CallSource.Live } : [],
        .. legs.All.Any(leg => leg.Record is not null) ? new[] { CallSource.Record } : [],
    ];
}
