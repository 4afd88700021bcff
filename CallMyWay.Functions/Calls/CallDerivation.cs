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

        var legs = LegsOf(facts);
        var phones = PhonesOf(legs);
        var party = PartyOf(facts, legs);
        var direction = DirectionOf(facts, legs);
        var whole = WholeOf(facts, legs);
        var match = MatchOf(facts, party);
        var (candidates, contactId, isIgnored) = Decided(facts.Decisions, match);
        var agents = AgentsOf(facts, legs, direction, whole, phones);
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
                ?? phones.FirstOrDefault()?.Heard.EndpointId ?? agents.FirstOrDefault()?.EndpointId,
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
            Phones = [.. phones.Select(Shown)],
            DialId = facts.Dial?.DialId,
            Campaign = facts.Dial?.Campaign,
            Legs = facts.Dial is { } dial
                ? [.. legs.SelectMany(leg => dial.Legs.Where(known => known.CallId == leg.CallId))]
                : null,
            IndexedAt = facts.IndexedAt,
            CameAt = facts.CameAt,
            OngoingFrom = OngoingFrom(legs, whole, phones),
            IsSettled = IsSettled(facts, whole) ? true : null,
            IsHistory = legs.TrueForAll(leg => leg.Heard is null)
                && facts.Records.Min(record => record.At) - whole.StartedAt > News,
            IsOurTime = legs.Any(leg => leg is { Record: null, Heard.HasWrongTime: true }) ? true : null,
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
        var legs = LegsOf(facts).Select(leg => leg.Heard).OfType<HeardLeg>().ToList();
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

        var rings = RingsOf(facts, LegsOf(facts), decision.AgentId!);
        return HeardLeg.Max(rings.At + SameRing, rings.EndAt);
    }

    /// <summary>
    /// True where the agent was done with the call, and it has rung at one of the agent's phones since: again, or for
    /// the first time.
    /// </summary>
    internal static bool HasLapsed(CallFacts facts, AgentDecision decision) =>
        HasLapsed(facts, LegsOf(facts), decision);

    private static bool HasLapsed(CallFacts facts, List<Leg> legs, AgentDecision decision)
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
        CallFacts facts, List<Leg> legs, string agentId)
    {
        var endpoints = HeardAgents(facts).Where(heard => heard.Agent.AgentId == agentId)
            .SelectMany(heard => heard.Agent.Endpoints).ToHashSet(StringComparer.Ordinal);
        var heard = legs.Select(leg => leg.Heard).OfType<HeardLeg>().ToList();
        var own = heard.SelectMany(leg => leg.Phones).Where(phone => endpoints.Contains(phone.EndpointId)).ToList();
        return own.Count == 0
            ? (heard.Max(leg => leg.RingAt), heard.Max(leg => leg.ClosedUntil), null)
            : (
                own.Max(phone => phone.RingAt),
                own.Max(phone => phone.EndAt),
                own.Where(phone => phone.RingHeardAt is not null).Max(phone => (DateTimeOffset?)phone.At));
    }

    // By the operator's call id; one, but for a dialled call.
    private static List<Leg> LegsOf(CallFacts facts)
    {
        // Most calls have one, of which every notification is kept.
        if (facts is { Earlier: null, Records.Count: 0 } && HeardAsOne(facts.Heard) is { } only)
        {
            return [new Leg(only.CallId, facts.Settled is null ? only : only.With(facts.Settled), null)];
        }

        var heard = facts.Earlier?.Legs.ToDictionary(leg => leg.CallId) ?? [];
        foreach (var leg in facts.Heard.Select(HeardLeg.Of))
        {
            heard[leg.CallId] = heard.TryGetValue(leg.CallId, out var known) ? known.And(leg) : leg;
        }

        var records = facts.Standing.GroupBy(record => record.CallId)
            .ToDictionary(same => same.Key, same => RecordFact.Together([.. same]));
        return
        [
            .. heard.Keys.Union(records.Keys).Order(StringComparer.Ordinal)
                .Select(callId => new Leg(
                    callId,
                    heard.GetValueOrDefault(callId)?.With(facts.Settled ?? []),
                    records.GetValueOrDefault(callId))),
        ];
    }

    /// <summary>What the notifications say together; null where they are of several call ids, or there are none.</summary>
    private static HeardLeg? HeardAsOne(IReadOnlyList<NotificationFact> facts)
    {
        HeardLeg? together = null;
        foreach (var fact in facts)
        {
            var leg = HeardLeg.Of(fact);
            if (together is not null && together.CallId != leg.CallId)
            {
                return null;
            }

            together = together?.And(leg) ?? leg;
        }

        return together;
    }

    private static Conclusion WholeOf(CallFacts facts, List<Leg> legs) =>
        facts.Dial is null ? legs[0].Conclusion : Combined(legs, facts.Dial);

    // It would go on if its phone had not been heard to talk in a later call.
    private static bool IsSettled(CallFacts facts, Conclusion whole)
    {
        if (facts.Settled is null || whole.State != CallState.Ended)
        {
            return false;
        }

        var told = facts with { Settled = null };
        return WholeOf(told, LegsOf(told)).State != CallState.Ended;
    }

    // A phone is one phone, also where it has a part in both legs of a dialled call.
    private static List<LegPhone> PhonesOf(List<Leg> legs) => legs is [{ Phones: { Count: <= 1 } few }] ? [.. few] :
    [
        .. legs.SelectMany(leg => leg.Phones).GroupBy(phone => phone.Heard.EndpointId)
            .Select(same => same.Aggregate((a, b) => a.And(b)))
            .OrderBy(phone => phone.Heard.At).ThenBy(phone => phone.Heard.EndpointId, StringComparer.Ordinal),
    ];

    // The call is what happens to the contact's leg, and over when either is.
    private static Conclusion Combined(List<Leg> legs, DialFact dial)
    {
        var contact = ContactLeg(legs, dial)?.Conclusion;
        var own = OwnLeg(legs, dial)?.Conclusion;
        // The agent's own leg is over too where the call is handed over: it goes on at the other's phone.
        var isOver = contact?.State == CallState.Ended
            || (own?.State == CallState.Ended && !HandedTo(ContactLeg(legs, dial), dial).Any(phone => !phone.IsOver));
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

    /// <summary>The phones that joined a dialled call later: whom it is handed over to.</summary>
    private static IEnumerable<LegPhone> HandedTo(Leg? contact, DialFact dial) =>
        dial.IsInternal || contact is null || contact.Direction == CallDirection.In
            ? []
            : contact.Phones.Where(phone => phone.IsOnItsOwn && phone.Heard.EndpointId != dial.EndpointId);

    // Where the operator reports one id only, it is the contact's.
    private static Leg? ContactLeg(List<Leg> legs, DialFact dial) =>
        legs.FirstOrDefault(leg => dial.Legs.FirstOrDefault(known => known.CallId == leg.CallId)?.IsContact ?? true);

    private static Leg? OwnLeg(List<Leg> legs, DialFact dial) =>
        legs.FirstOrDefault(leg => dial.Legs.Any(known => known.CallId == leg.CallId && !known.IsContact));

    private static CallDirection DirectionOf(CallFacts facts, List<Leg> legs) =>
        facts.Dial is not { } dial ? legs[0].Direction
        : dial.IsInternal || ContactLeg(legs, dial)?.Direction == CallDirection.Internal ? CallDirection.Internal
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

    /// <summary>Whom the contacts have for the call's number, as far as they were asked.</summary>
    internal static ContactMatch MatchOf(CallFacts facts) => MatchOf(facts, PartyOf(facts, LegsOf(facts)));

    private static ContactMatch MatchOf(CallFacts facts, HeardParty party) =>
        facts.LaterMatch is { } later && later.IsOf(party.Number) ? later.Match : party.Match;

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

    private static List<CallAgent> AgentsOf(
        CallFacts facts, List<Leg> legs, CallDirection direction, Conclusion whole, List<LegPhone> phones)
    {
        // The agent's leg of a dialled call may look as if the agent were called by the contact, or by nobody. And an
        // internal call to a colleague can become the call that is handed over to that colleague.
        var isPlain = direction != CallDirection.Internal;
        List<CallAgent> named = [.. HeardAgents(facts).Select(heard => heard.Agent)];
        List<CallAgent> agents = named is [] or [{ HandedFrom: null }] ? named :
        [
            .. named.GroupBy(agent => agent.AgentId).Select(Own)
                .Select(same => same.Skip(1).SelectMany(agent => agent.Endpoints)
                    .Aggregate(same.First(), (agent, endpoint) => agent.With(endpoint)) with
                    {
                        Number = same.Select(agent => agent.Number).FirstOrDefault(number => number is not null),
                        Colleague = same.Select(agent => agent.Colleague).FirstOrDefault(other => other is not null),
                    }),
        ];
        return
        [
            .. from agent in agents
               let part = PartOf(agent, agents, facts, whole, phones, legs)
               select agent with
               {
                   Part = part,
                   Number = isPlain ? null : agent.Number,
                   Colleague = isPlain ? null : agent.Colleague,
                   AcknowledgedAt = facts.Decisions.FirstOrDefault(made =>
                       made.AgentId == agent.AgentId
                       && (made.Kind == DecisionKind.Acknowledged
                           || (made.Kind == DecisionKind.AcknowledgedAtEnd
                               && (part?.State ?? whole.State) == CallState.Ended))
                       && !HasLapsed(facts, legs, made))?.At,
               },
        ];
    }

    // Whom a part is handed over to gets none of the other's phones, where they were in the call themselves.
    private static IReadOnlyList<CallAgent> Own(IEnumerable<CallAgent> same)
    {
        var all = same.ToList();
        var handedFrom = all.LastOrDefault(agent => agent.HandedFrom is not null)?.HandedFrom;
        var own = all.FindAll(agent => agent.HandedFrom is null);
        own = own.Count > 0 ? own : all;
        return handedFrom is null ? own : [own[0] with { FinishesFor = handedFrom }, .. own.Skip(1)];
    }

    /// <summary>
    /// The agent's part in the call, where it is not the whole of it: a colleague took the call, or it was handed over.
    /// </summary>
    private static AgentPart? PartOf(
        CallAgent agent,
        List<CallAgent> agents,
        CallFacts facts,
        Conclusion whole,
        List<LegPhone> phones,
        List<Leg> legs)
    {
        var own = phones.Where(phone => agent.IsOn(phone.Heard.EndpointId)).ToList();
        if (facts.Dial is { } dial && agent.IsOn(dial.EndpointId))
        {
            var contact = ContactLeg(legs, dial);
            if (!HandedTo(contact, dial).Any(phone => !agent.IsOn(phone.Heard.EndpointId)))
            {
                return null;
            }

            // That the agent's own phone has answered is not yet the call that was dialled: that is the contact's leg.
            var hasStopped = own.Count > 0 && own.All(phone => phone.IsOver);
            var overAt = own.Max(phone => phone.OverAt);
            own =
            [
                .. contact!.Phones.Where(phone => agent.IsOn(phone.Heard.EndpointId))
                    .Select(phone => hasStopped
                        ? phone with { IsOver = true, IsTalking = false, OverAt = phone.OverAt ?? overAt }
                        : phone),
            ];
        }

        var goesOn = whole.State != CallState.Ended;
        if (own.Count == 0)
        {
            return !goesOn && IsOfOthers(agent, agents, facts, legs, phones)
                ? new AgentPart { State = CallState.Ended, EndedAt = whole.EndedAt, DurationSeconds = 0 }
                : null;
        }

        var isOver = !goesOn || own.All(phone => phone.IsOver);
        var isTalking = !isOver && own.Any(phone => phone.IsTalking);
        var hasTalked = own.Any(phone => phone.Talks.Count > 0);
        var isOnItsOwn = own.Any(phone => phone.IsOnItsOwn);
        var haveOthers = phones.Any(phone => phone.Talks.Count > 0 && !agent.IsOn(phone.Heard.EndpointId));
        // Of a call of an earlier release nobody knows who talked how long.
        var isEarlier = !goesOn && phones.Any(phone => phone.Heard is { Talks: null, ConnectedAt: not null });
        var isWhole = isEarlier || (goesOn
            ? !isOver && (isTalking ? !haveOthers : !isOnItsOwn || !(hasTalked || haveOthers))
            : whole.ConnectedAt is null || !haveOthers || (!hasTalked && !isOnItsOwn));
        if (isWhole)
        {
            return null;
        }

        var takenBy = isOver && !hasTalked
            ? own.Select(phone => phone.TakenBy).OfType<string>().FirstOrDefault()
            : null;
        return new AgentPart
        {
            State = isOver ? CallState.Ended : isTalking ? CallState.Connected : CallState.Ringing,
            StartedAt = own.Min(phone => phone.Heard.RingAt),
            ConnectedAt = own.SelectMany(phone => phone.Talks).Select(talk => (DateTimeOffset?)talk.ConnectedAt).Min(),
            EndedAt = isOver ? own.Max(phone => phone.OverAt) ?? whole.EndedAt : null,
            DurationSeconds = isOver ? TalkedFor(own) : null,
            IsTaken = takenBy is not null,
            TakenBy = takenBy is null ? null : agents.FirstOrDefault(other => other.IsOn(takenBy))?.AgentId,
        };
    }

    /// <summary>
    /// True where other agents talked in the call, and nobody else: of this agent's phones nothing was heard. The agent
    /// was the other side of an internal call that turned out to be an outside one. Of a phone that has no mapping
    /// nobody knows whose it is.
    /// </summary>
    private static bool IsOfOthers(
        CallAgent agent, List<CallAgent> agents, CallFacts facts, List<Leg> legs, List<LegPhone> phones)
    {
        var talked = phones.Where(phone => phone.Talks.Count > 0).ToList();
        // An earlier release did not keep who talked.
        return facts.Dial is null && talked.Count > 0 && talked.TrueForAll(phone => phone.Heard.Talks is not null)
            && DirectionOf(facts, legs) != CallDirection.Internal && talked.TrueForAll(phone => agents.Exists(
                other => other.AgentId != agent.AgentId && other.IsOn(phone.Heard.EndpointId)));
    }

    /// <summary>How long somebody talked on these phones; null where no end of it is known.</summary>
    private static int? TalkedFor(List<LegPhone> phones)
    {
        var talks = phones
            .SelectMany(phone => phone.Talks.Select(
                talk => (From: talk.ConnectedAt, Until: talk.EndedAt ?? phone.OverAt, talk.Pause)))
            .OrderBy(talk => talk.From).ToList();
        var (seconds, until) = (0.0, DateTimeOffset.MinValue);
        foreach (var (from, end, pause) in talks.Where(talk => talk.Until >= talk.From))
        {
            var since = from > until ? from : until;
            // Several conversations that were made one.
            var silent = since == from ? pause?.TotalSeconds ?? 0 : 0;
            seconds += end > since ? (end.Value - since).TotalSeconds - silent : 0;
            until = end > until ? end.Value : until;
        }

        return talks.Count > 0 && talks.All(talk => talk.Until is null) ? null : (int)seconds;
    }

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
    private static DateTimeOffset? OngoingFrom(List<Leg> legs, Conclusion whole, List<LegPhone> phones)
    {
        var heard = legs.Select(leg => leg.Heard).OfType<HeardLeg>().ToList();
        return whole.State == CallState.Ringing && heard.Any(leg => leg.IsAnswerUntold)
            ? (phones.Where(phone => !phone.IsOver).Min(phone => phone.Heard.RingHeardAt) ?? heard.Min(leg => leg.At))
                + LongestRinging
            : null;
    }

    private static CallPhone Shown(LegPhone phone) => new(
        phone.Heard.EndpointId,
        phone.Heard.At,
        phone.Heard.ConnectedAt,
        phone.IsOver ? phone.OverHeardAt ?? phone.Heard.At : null)
    {
        RingAt = phone.Heard.RingAt,
    };

    internal static string? OutcomeOf(IReadOnlyList<AgentDecision> decisions) =>
        decisions.LastOrDefault(made => made.Kind == DecisionKind.OutcomeRecorded)?.Outcome;

    private static List<string>? DismissedBy(CallFacts facts, List<Leg> legs)
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

    private static IReadOnlyList<CallSource> SourcesOf(List<Leg> legs) =>
    [
        .. legs.Any(leg => leg.Heard is { IsOfLiveAlone: not true }) ? new[] { CallSource.Webhook } : [],
        .. legs.Any(leg => leg.Heard is { IsOfLiveAlone: true }) ? new[] { CallSource.Live } : [],
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
        private Conclusion? _conclusion;

        public string CallId => callId;

        public HeardLeg? Heard => heard;

        public RecordFact? Record => record;

        // A notification tells them, a record leaves them to the mappings.
        public CallDirection Direction => heard?.Direction ?? record?.Direction ?? CallDirection.In;

        public string Ani => heard?.Ani ?? record?.Ani ?? "";

        public string Dnis => heard?.Dnis ?? record?.Dnis ?? "";

        public IReadOnlyList<LegPhone> Phones { get; } = heard is null ? [] : LegPhone.Of(heard);

        public Conclusion Conclusion => _conclusion ??=
            record is null ? OfNotifications(heard!, Phones) : OfRecord(record, heard);

        private static Conclusion OfNotifications(HeardLeg heard, IReadOnlyList<LegPhone> phones) => new()
        {
            State = LegPhone.StateOf(heard, phones),
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
            // Where nobody answered, a duration tells how long it rang.
            var duration = connectedAt is null ? 0 : record.Duration ?? heard?.DurationSeconds;
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
