using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// All that is known of a call, by who said it. <see cref="CallDerivation"/> makes the call of it. Facts are only
/// added: in whatever order they come and however often, the call that follows is the same.
/// </summary>
public sealed record CallFacts
{
    /// <summary>
    /// How many notifications are kept one by one; a ring group sends a few for each phone. Of older ones only the sum
    /// is kept (<see cref="Earlier"/>), from which the same call follows.
    /// </summary>
    public const int MaxNotifications = 60;

    /// <summary>
    /// How many records are kept of each part of a call: the one that stands, and those that it corrected.
    /// </summary>
    public const int MaxRecords = 5;

    /// <summary>From which difference on it matters that the operator's clock is not ours.</summary>
    private static readonly TimeSpan FarOff = TimeSpan.FromMinutes(10);

    /// <summary>How many contacts that were chosen for the call are kept.</summary>
    private const int MaxChoices = 20;

    /// <summary>The most text that the notifications are together, by <see cref="NotificationFact.Weight"/>.</summary>
    private const int MaxWeight = 32 * 1024;

    /// <summary>The operator's id of the call; of a dialled call that of the leg that was heard of first.</summary>
    public required string CallId { get; init; }

    /// <summary>The account's username.</summary>
    public required string Account { get; init; }

    public required string Currency { get; init; }

    /// <summary>The time in the keys of the index rows. Set once, so that those never move.</summary>
    public required DateTimeOffset IndexedAt { get; init; }

    /// <summary>
    /// When the call came to us, where that is far from <see cref="IndexedAt"/>: while it goes on, it counts as of
    /// then. Set once, as the keys of its pop-ups hold it.
    /// </summary>
    public DateTimeOffset? CameAt { get; init; }

    /// <summary>
    /// What is added to the operator's times in notifications of which none can be: see
    /// <see cref="NotificationFact.Shift"/>. Set once.
    /// </summary>
    public TimeSpan? Shift { get; init; }

    /// <summary>
    /// The sum of what was heard before <see cref="Notifications"/>: of older notifications, or of all that an earlier
    /// release had heard.
    /// </summary>
    public EarlierFacts? Earlier { get; init; }

    /// <summary>In the order of <see cref="NotificationFact.Compare"/>, each once.</summary>
    public IReadOnlyList<NotificationFact> Notifications { get; init; } = [];

    /// <summary>
    /// In the order of <see cref="RecordFact.Compare"/>. Of one part of a call no two in sequence say the same.
    /// </summary>
    public IReadOnlyList<RecordFact> Records { get; init; } = [];

    /// <summary>Of each part of the call the record that stands.</summary>
    internal IEnumerable<RecordFact> Standing => Records
        .GroupBy(record => record.Part, StringComparer.Ordinal)
        .Select(same => same.Last());

    /// <summary>
    /// As <see cref="Standing"/>, with what the mappings and the contacts said of a record that it corrected: they are
    /// asked for the first record of a call alone.
    /// </summary>
    internal IEnumerable<RecordFact> StandingWithParties => Records
        .GroupBy(record => record.Part, StringComparer.Ordinal)
        .Select(same => same.Aggregate((corrected, record) => record.WithPartiesOf(corrected)));

    public DialFact? Dial { get; init; }

    /// <summary>What an agent noted by hand of a call that the operator knows nothing of; null for all others.</summary>
    public NotedFact? Noted { get; init; }

    /// <summary>The phones that were heard to talk in a later call; null where there are none.</summary>
    public IReadOnlyList<SettledPhone>? Settled { get; init; }

    /// <summary>The agents whose phones were mapped after the call; null where there are none.</summary>
    public IReadOnlyList<HeardAgent>? Tied { get; init; }

    /// <summary>Whom the contacts had for the number later on; null where they were not asked again.</summary>
    public LaterMatch? LaterMatch { get; init; }

    /// <summary>The call in which somebody reached the caller later; null where nobody did, or it was not missed.</summary>
    public ReturnedCall? Returned { get; init; }

    /// <summary>When it was taken out who the call was with (<see cref="Personless"/>); null where it stands.</summary>
    public DateTimeOffset? AnonymizedAt { get; init; }

    /// <summary>
    /// The follow-ups and promises of the call that are open, the earliest first; null where there are none. What is
    /// done is no fact of the call any more.
    /// </summary>
    public IReadOnlyList<NextAction>? NextActions { get; init; }

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<AgentDecision> Decisions { get; init; } = [];

    /// <summary>The decision that stands of who the call is with; null where none was made.</summary>
    internal AgentDecision? LastOfContact => Decisions.LastOrDefault(
        made => made.Kind is DecisionKind.ContactChosen or DecisionKind.Ignored);

    /// <summary>True where nothing was heard of the call: there is nothing to derive it from.</summary>
    internal bool IsEmpty => Noted is null && Earlier is null && Notifications.Count == 0 && Records.Count == 0;

    /// <summary>The notifications, with the instants that are meant where an hour came twice.</summary>
    internal IReadOnlyList<NotificationFact> Heard => RepeatedHour.Read(Notifications, BeganBefore);

    // What was added up has its instants.
    private DateTimeOffset? BeganBefore => Earlier?.Legs.Min(leg => leg.ToldFrom);

    /// <summary>The notifications that are known one by one, in the order of their receipt.</summary>
    internal IEnumerable<TimelineEntry> Timeline => (Earlier?.Timeline ?? []).Concat(Notifications.Select(
        fact => new TimelineEntry(fact.At, fact.What, fact.EndpointId, fact.Mark, fact.CallId)));

    /// <summary>The first facts of a call: what it is, and the key of its index rows.</summary>
    public static CallFacts Begin(string callId, Account account, CallFact first)
    {
        first = first is NotificationFact told ? RepeatedHour.Read([told])[0] : first;
        var indexedAt = first.Believed(first.DetectedAt) ?? first.Believed(first.ConnectedAt) ?? first.At;
        // Of a call whose end is known already, an operator tells late: it is a call of then.
        var isNow = first is NotificationFact { Action: CallAction.Start };
        return new CallFacts
        {
            CallId = callId,
            Account = account.Username,
            Currency = account.Currency,
            IndexedAt = indexedAt,
            CameAt = isNow && (first.At - indexedAt).Duration() > FarOff ? first.At : null,
        };
    }

    /// <summary>True where the notification is known, also where it was received once more.</summary>
    public bool Has(NotificationFact fact) =>
        Notifications.Any(known => IsSame(known, fact))
        || Earlier?.Timeline.Any(known => known.Mark == fact.Mark && known.CallId == fact.CallId) == true;

    /// <summary>True where the call has the record of this mark, also where another has taken its place.</summary>
    internal bool HasRecord(string mark) => Records.Any(known => known.Mark == mark);

    /// <summary>The notification with the instants that are meant, if it is one of this call.</summary>
    internal NotificationFact Read(NotificationFact fact) =>
        RepeatedHour.Read([.. Notifications, fact], BeganBefore)[^1];

    /// <summary>With a notification; the same instance where it tells nothing new.</summary>
    public CallFacts With(NotificationFact fact)
    {
        if (AnonymizedAt is not null)
        {
            fact = Personless.Late(this, fact);
        }

        if (!Has(fact))
        {
            // Of a call whose times can be, one that can't is a mistake, or told long after.
            var shift = fact.ShiftToOurs is not { } needed ? null
                : Shift ?? (Earlier is null && Notifications.All(known => !known.TellsTime) ? needed : (TimeSpan?)null);
            List<NotificationFact> all = [.. Notifications, fact with { Shift = shift }];
            all.Sort(NotificationFact.Compare);
            return (this with { Notifications = all, Shift = Shift ?? shift }).Bounded();
        }

        // The same was said before. A mapping that was made since may name an agent whom the call did not have.
        if (fact.Agents is not { } agents || agents.All(agent => CallDerivation.HasAgent(this, agent)))
        {
            return this;
        }

        return Notifications.Any(known => IsSame(known, fact))
            ? this with
            {
                Notifications = [.. Notifications.Select(known => IsSame(known, fact)
                    ? known with { Agents = [.. known.Agents ?? [], .. agents] } : known)],
            }
            : this with { Earlier = Earlier!.With(agents, fact.At) };
    }

    /// <summary>
    /// With a record; the same instance where it tells nothing new. A correction can be taken back: a record that says
    /// what an earlier one said is new where another stands between them.
    /// </summary>
    public CallFacts With(RecordFact fact)
    {
        if (AnonymizedAt is not null)
        {
            fact = Personless.Late(this, fact);
        }

        var part = fact.Part;
        var known = Records.Where(record => record.Part == part).ToList();
        var place = known.FindLastIndex(record => RecordFact.Compare(record, fact) <= 0) + 1;
        // Where as many are kept as can be, one that is older than all of them was let go.
        if (place > 0 ? known[place - 1].Mark == fact.Mark : known.Count == MaxRecords)
        {
            return this;
        }

        // The mappings are asked for the first record of a call alone: what they said of it is never let go.
        var named = Records.FirstOrDefault(record => record.CallId == fact.CallId && record.Direction is not null);
        known.Insert(place, fact with { Direction = fact.Direction ?? named?.Direction });
        // The same, received later, is its repetition.
        if (place + 1 < known.Count && known[place + 1].Mark == fact.Mark)
        {
            known[place] = known[place].WithPartiesOf(known[place + 1]);
            known.RemoveAt(place + 1);
        }

        while (known.Count > MaxRecords)
        {
            known[1] = known[1].WithPartiesOf(known[0]);
            known.RemoveAt(0);
        }

        List<RecordFact> all = [.. Records.Where(record => record.Part != part), .. known];
        all.Sort(RecordFact.Compare);
        return this with { Records = all };
    }

    /// <summary>With a phone that was heard to talk in a later call; the same instance where that is known.</summary>
    public CallFacts With(SettledPhone phone) =>
        Settled?.Any(known => known.EndpointId == phone.EndpointId && known.Until >= phone.Until) == true
            ? this
            : this with
            {
                Settled =
                [
                    .. (Settled ?? []).Where(known => known.EndpointId != phone.EndpointId).Append(phone)
                        .OrderBy(known => known.EndpointId, StringComparer.Ordinal),
                ],
            };

    /// <summary>
    /// With an agent whose phone was mapped after the call; the same instance where the call has the agent.
    /// </summary>
    public CallFacts With(HeardAgent tied) => CallDerivation.HasAgent(this, tied.Agent)
        ? this
        : this with { Tied = [.. Tied ?? [], tied with { Agent = tied.Agent with { TiedAt = tied.At } }] };

    /// <summary>
    /// Without the agent whom a mapping that was made after it, but not before <paramref name="since"/>, gave it; the
    /// same instance where there is none, and where anything was decided or handed over since then.
    /// </summary>
    public CallFacts Untied(string agentId, string endpointId, DateTimeOffset since) =>
        Tied?.FirstOrDefault(tied =>
            tied.At >= since && tied.Agent.HandedFrom is null && tied.Agent.AgentId == agentId
            && tied.Agent.IsOn(endpointId)) is { } mistaken
        && NextActions is null
        && Decisions.All(made => made.At < mistaken.At)
        && Tied.All(tied => tied.Agent.HandedFrom is null)
            ? this with { Tied = Tied.Count == 1 ? null : [.. Tied.Where(tied => tied != mistaken)] }
            : this;

    /// <summary>
    /// With whom an agent's part in it is handed over to, who is asked for what is left of it. The same instance where
    /// that is known.
    /// </summary>
    public CallFacts Handed(HeardAgent to) =>
        Tied?.LastOrDefault(known => known.Agent.HandedFrom == to.Agent.HandedFrom)?.Agent.AgentId == to.Agent.AgentId
            ? this
            : this with
            {
                Tied = [.. Tied ?? [], to with { Agent = to.Agent with { TiedAt = to.At } }],
                // What was put away before is asked for once more.
                Decisions =
                [
                    .. Decisions.Where(made =>
                        made.Kind != DecisionKind.Dismissed || made.AgentId != to.Agent.AgentId),
                ],
            };

    /// <summary>
    /// With what the contacts say now; the same instance where that is known, or where they were asked later.
    /// </summary>
    public CallFacts With(LaterMatch match) =>
        AnonymizedAt is not null
        || (LaterMatch is { } known
            && (known.At > match.At || (known.IsOf(match.Number) && known.Match.IsSame(match.Match))))
            ? this
            : this with { LaterMatch = match };

    /// <summary>
    /// With what a wrap-up of the call has left to be done, in place of what it had left before; the same instance where
    /// that is known.
    /// </summary>
    /// <param name="id">The id of the follow-up or the promise.</param>
    /// <param name="kind">Which of them.</param>
    /// <param name="open">What is to be done; null where it is done, or nothing was asked for.</param>
    public CallFacts With(string id, NextActionKind kind, NextAction? open)
    {
        List<NextAction> all =
        [
            .. (NextActions ?? []).Where(known => known.Id != id || known.Kind != kind).Append(open)
                .OfType<NextAction>().OrderBy(action => action.DueAt).ThenBy(action => action.Kind)
                .ThenBy(action => action.Id, StringComparer.Ordinal),
        ];
        return all.SequenceEqual(NextActions ?? []) ? this : this with { NextActions = all.Count == 0 ? null : all };
    }

    /// <summary>With the click that the call comes of, or with another leg of it.</summary>
    public CallFacts With(DialFact dial)
    {
        var known = Dial?.Legs ?? [];
        var added = dial.Legs.Where(leg => known.All(other => other.CallId != leg.CallId)).ToList();
        return Dial is not null && added.Count == 0
            ? this
            : this with { Dial = (Dial ?? dial) with { Legs = [.. known, .. added] } };
    }

    /// <summary>
    /// With an agent's decision; the same instance where it changes nothing. One that is overtaken by it is let go.
    /// </summary>
    public CallFacts With(AgentDecision decision)
    {
        var kept = decision.Kind switch
        {
            DecisionKind.Acknowledged or DecisionKind.AcknowledgedAtEnd or DecisionKind.Dismissed
                or DecisionKind.DismissedForAll => WithoutLapsed(decision),
            // A repeated request: a later outcome stands.
            DecisionKind.OutcomeRecorded when Decisions.Any(
                known => known.Kind == DecisionKind.OutcomeRecorded && known.At > decision.At) => null,
            // It was ignored already: what was learned since then is not the call's to unlearn.
            DecisionKind.Ignored when LastOfContact?.Kind == DecisionKind.Ignored => null,
            DecisionKind.ContactChosen => Decisions.Where(
                known => known.Kind != decision.Kind || known.Contact?.ContactId != decision.Contact?.ContactId),
            _ => Decisions.Where(known => known.Kind != decision.Kind),
        };
        if (kept is null)
        {
            return this;
        }

        List<AgentDecision> all = [.. kept, decision with { Until = CallDerivation.RungUntil(this, decision) }];
        if (all.Count(known => known.Kind == DecisionKind.ContactChosen) > MaxChoices)
        {
            all.RemoveAt(all.FindIndex(known => known.Kind == DecisionKind.ContactChosen));
        }

        return this with { Decisions = all };
    }

    /// <summary>
    /// With another outcome, and without what an agent decided by saving the one before: that is undone. The same
    /// instance where it is undone already.
    /// </summary>
    /// <param name="agentId">Who had saved it.</param>
    /// <param name="savedAt">When.</param>
    /// <param name="outcome">The outcome that stands again; null for none.</param>
    /// <param name="at">When it is undone.</param>
    public CallFacts WithoutSave(string agentId, DateTimeOffset savedAt, string? outcome, DateTimeOffset at)
    {
        var facts = CallDerivation.OutcomeOf(Decisions) == outcome
            ? this
            : With(new AgentDecision(DecisionKind.OutcomeRecorded, at, agentId, Outcome: outcome));
        List<AgentDecision> kept =
        [
            .. facts.Decisions.Where(made =>
                made.Kind is not (DecisionKind.Acknowledged or DecisionKind.AcknowledgedAtEnd)
                || made.AgentId != agentId || made.At != savedAt),
        ];
        return kept.Count == facts.Decisions.Count ? facts : facts with { Decisions = kept };
    }

    // The agent was done with it the first time, unless the call has come to their phone again since.
    private IEnumerable<AgentDecision>? WithoutLapsed(AgentDecision decision)
    {
        var known = Decisions.FirstOrDefault(
            other => other.Kind == decision.Kind && other.AgentId == decision.AgentId);
        return known is null ? Decisions
            // A repeated request says nothing of what has rung since its first try.
            : known.At == decision.At ? null
            : CallDerivation.HasLapsed(this, known) ? Decisions.Where(other => other != known)
            : null;
    }

    private static bool IsSame(NotificationFact known, NotificationFact fact) =>
        known.Mark == fact.Mark && known.CallId == fact.CallId;

    /// <summary>
    /// With the sum of the notifications alone, from which the same call follows; the same instance where none is kept
    /// one by one.
    /// </summary>
    public CallFacts WithoutNotifications() => Notifications.Count == 0 && Earlier is not { Timeline.Count: > 0 }
        ? this
        : this with
        {
            Earlier = Heard.Aggregate(Earlier ?? EarlierFacts.None, (sum, fact) => sum.With(fact)) with { Timeline = [] },
            Notifications = [],
        };

    // What an earlier release heard one by one goes first: its sum is there already.
    private CallFacts Bounded()
    {
        var facts = this;
        var weight = facts.Notifications.Sum(fact => fact.Weight);
        while (weight > MaxWeight
            || facts.Notifications.Count + (facts.Earlier?.Timeline.Count ?? 0) > MaxNotifications)
        {
            if (weight <= MaxWeight && facts.Earlier is { Timeline.Count: > 0 } earlier)
            {
                facts = facts with { Earlier = earlier with { Timeline = [.. earlier.Timeline.Skip(1)] } };
                continue;
            }

            var oldest = facts.Notifications[0];
            weight -= oldest.Weight;
            facts = facts with
            {
                Earlier = (facts.Earlier ?? EarlierFacts.None).With(facts.Heard[0]),
                Notifications = [.. facts.Notifications.Skip(1)],
            };
        }

        return facts;
    }
}
