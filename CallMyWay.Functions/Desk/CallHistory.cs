using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Reports;
using CallMyWay.Functions.Text;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Desk;

/// <summary>
/// All that is known of a call in the order in which it came: what the operator said, what followed from it at that
/// time, and what people did. A pure function of what is stored.
/// </summary>
internal static class CallHistory
{
    private const string Matched = "matched";

    private const string LiveEvent = "live";

    private static readonly Phrase ByMapping = new(
        "El teléfono es de este agente.", "The phone is this agent's.");

    private static readonly Phrase ByClick = new("Hizo clic para llamar.", "The agent clicked to call.");

    private static readonly Phrase ByLaterMapping = new(
        "El teléfono se asignó a este agente después de la llamada.",
        "The phone was given to this agent after the call.");

    private static readonly Phrase ByHandOver = new(
        "Un administrador le pasó la llamada de otro agente.",
        "An administrator handed another agent's call over.");

    private static readonly Phrase ByHand = new("Anotó la llamada.", "The agent noted the call.");

    private static readonly Phrase Unmapped = new(
        "Ningún teléfono de la llamada es de un agente.", "No phone of the call is an agent's.");

    /// <param name="call">The call, with its facts.</param>
    /// <param name="wrapUps">What was recorded of it.</param>
    /// <param name="day">Its day; null where it was not looked for.</param>
    /// <param name="screens">When it was on the agents' screens.</param>
    /// <param name="roster">The agents' names.</param>
    /// <param name="language">In which reasons are told.</param>
    /// <param name="promises">What was promised in it.</param>
    public static IReadOnlyList<HistoryEntry> Of(
        Call call,
        IReadOnlyList<WrapUp> wrapUps,
        DayReconciliation? day,
        IReadOnlyList<ScreenTime> screens,
        AgentRoster roster,
        string language,
        IReadOnlyList<PromiseToPay>? promises = null)
    {
        var entries = Notifications(call.Facts)
            .Concat(Dialled(call))
            .Concat(Routed(call, language))
            .Concat(Matches(call.Facts))
            .Concat(Shown(call, screens))
            .Concat(Decisions(call.Facts))
            .Concat(Versions(wrapUps))
            .Concat(Decided(promises ?? []))
            .Concat(Returned(call))
            .Concat(Records(call.Facts))
            .Concat(Reconciled(call, day));
        // What the operator told comes before what followed from it in the same moment.
        return
        [
            .. entries.Select(entry => entry with { AgentName = roster.NameOf(entry.AgentId) })
                .OrderBy(entry => entry.At).ThenBy(entry => entry.Kind),
        ];
    }

    private static IEnumerable<HistoryEntry> Notifications(CallFacts facts) =>
        (facts.Earlier?.Timeline ?? []).Select(entry => new HistoryEntry(HistoryKind.Notification, entry.At)
        {
            Event = entry.What,
            EndpointId = entry.EndpointId,
            CallId = entry.CallId,
            IsSummed = true,
        })
        .Concat(facts.Heard.Select(fact => new HistoryEntry(HistoryKind.Notification, fact.At)
        {
            Event = fact.IsLive == true ? LiveEvent : fact.What,
            CallId = fact.CallId,
            AccountId = fact.AccountId,
            EndpointId = fact.EndpointId,
            Ani = fact.Ani,
            Dnis = fact.Dnis,
            Type = fact.Type,
            DetectedAt = fact.DetectedAt,
            ConnectedAt = fact.ConnectedAt,
            DisconnectedAt = fact.DisconnectedAt,
            Duration = fact.Duration,
            Cost = fact.Cost,
            IsOurTime = fact.HasWrongTime ? true : null,
        }));

    private static IEnumerable<HistoryEntry> Dialled(Call call)
    {
        if (call.Facts.Dial is { } dial)
        {
            // Calls of earlier releases don't say when it was clicked.
            yield return new HistoryEntry(HistoryKind.Dialled, dial.At ?? call.StartedAt)
            {
                DialId = dial.DialId,
                EndpointId = dial.EndpointId,
                AgentId = call.Agents.FirstOrDefault(agent => agent.IsOn(dial.EndpointId))?.AgentId,
            };
        }
    }

    private static IEnumerable<HistoryEntry> Routed(Call call, string language)
    {
        var facts = call.Facts;
        if (facts.Noted is { } noted)
        {
            return
            [
                new HistoryEntry(HistoryKind.Noted, noted.At)
                {
                    AgentId = noted.AgentId,
                    Type = noted.Direction,
                    Number = noted.Number,
                    Why = ByHand.In(language),
                },
            ];
        }

        var heard = CallDerivation.HeardAgents(facts).ToList();
        return heard.Count == 0
            ?
            [
                new HistoryEntry(HistoryKind.Routed, FirstHeard(call)) { Why = Unmapped.In(language) },
            ]
            : heard.SelectMany(each => each.Agent.Endpoints.Select(endpoint => (each.At, each.Agent, Endpoint: endpoint)))
                .DistinctBy(each => (each.Agent.AgentId, each.Endpoint))
                .Select(each => new HistoryEntry(HistoryKind.Routed, each.At)
                {
                    AgentId = each.Agent.AgentId,
                    EndpointId = each.Endpoint,
                    Why = (each.Agent.HandedFrom is not null ? ByHandOver
                        : each.Agent.TiedAt is not null ? ByLaterMapping
                        : facts.Dial?.EndpointId == each.Endpoint ? ByClick
                        : ByMapping).In(language),
                });
    }

    private static DateTimeOffset FirstHeard(Call call) =>
        call.Facts.Timeline.Select(entry => entry.At).Concat(call.Facts.Records.Select(record => record.At))
            .DefaultIfEmpty(call.StartedAt).Min();

    private static IEnumerable<HistoryEntry> Matches(CallFacts facts)
    {
        CallFact[] told = [.. facts.Notifications, .. facts.Records];
        var asked = told
            .Where(fact => fact.Match is not null).Select(fact => (fact.At, fact.Number, Match: fact.Match!));
        if (facts.Earlier?.Party is { } party)
        {
            asked = asked.Prepend((party.At, party.Number, party.Match));
        }

        if (facts.Noted is { } noted)
        {
            asked = asked.Append((noted.At, noted.Number, noted.Match));
        }

        if (facts.LaterMatch is { } later)
        {
            asked = asked.Append((later.At, later.Number, later.Match));
        }

        return asked.Select(each => new HistoryEntry(HistoryKind.Matched, each.At)
        {
            Number = each.Number,
            Match = each.Match.Kind,
            Candidates = each.Match.Candidates,
            Reason = each.Match.Candidates.Count == 0 ? null : each.Match.Candidates[0].Reason,
            ContactId = each.Match.ContactId,
        });
    }

    private static IEnumerable<HistoryEntry> Shown(Call call, IReadOnlyList<ScreenTime> screens) =>
        screens.Where(each => each.Card.CallId == call.CallId && each.Card.Account == call.Account)
            .Select(each => new HistoryEntry(HistoryKind.Shown, each.Card.At)
            {
                AgentId = each.AgentId,
                Milliseconds = (each.Card.Queue ?? 0) + each.Card.Channel + each.Card.Browser,
            });

    private static IEnumerable<HistoryEntry> Decisions(CallFacts facts) =>
        facts.Decisions.Select(made => new HistoryEntry(KindOf(made.Kind), made.At)
        {
            AgentId = made.AgentId,
            ContactId = made.Contact?.ContactId,
            ContactName = made.Contact?.Name,
            Outcome = made.Outcome,
            ForAll = made.Kind == DecisionKind.DismissedForAll ? true : null,
        });

    private static HistoryKind KindOf(DecisionKind kind) => kind switch
    {
        DecisionKind.ContactChosen => HistoryKind.ContactChosen,
        DecisionKind.Ignored => HistoryKind.Ignored,
        DecisionKind.OutcomeRecorded => HistoryKind.Outcome,
        DecisionKind.Dismissed or DecisionKind.DismissedForAll => HistoryKind.Dismissed,
        _ => HistoryKind.Acknowledged,
    };

    private static IEnumerable<HistoryEntry> Versions(IReadOnlyList<WrapUp> wrapUps) =>
        wrapUps.SelectMany(wrapUp => wrapUp.Sent ?? []).Select(sent => new HistoryEntry(HistoryKind.WrapUp, sent.At)
        {
            AgentId = sent.AgentId,
            Version = sent.Version,
            Outcome = sent.Outcome,
            Notes = sent.Notes,
            Undone = sent.Undone,
        });

    private static IEnumerable<HistoryEntry> Decided(IReadOnlyList<PromiseToPay> promises) =>
        from promise in promises
        where promise.DoneAt is not null
        select new HistoryEntry(HistoryKind.Promise, promise.DoneAt!.Value)
        {
            AgentId = promise.DecidedBy,
            State = promise.State,
            Amount = promise.PaidAmount,
            Currency = promise.PaidAmount is null ? null : promise.Currency,
        };

    private static IEnumerable<HistoryEntry> Returned(Call call)
    {
        if (call.Returned is { } returned)
        {
            yield return new HistoryEntry(HistoryKind.Returned, returned.At)
            {
                CallId = returned.CallId,
                AgentId = returned.AgentId,
                Duration = returned.DurationSeconds,
            };
        }
    }

    private static IEnumerable<HistoryEntry> Records(CallFacts facts) =>
        facts.Records.GroupBy(record => record.Part, StringComparer.Ordinal)
            .SelectMany(same => same.Select((record, place) => new HistoryEntry(HistoryKind.Record, record.At)
            {
                RecordId = record.RecordId ?? record.CallId,
                CallId = record.CallId,
                Ani = record.Ani,
                Dnis = record.Dnis,
                DetectedAt = record.DetectedAt,
                ConnectedAt = record.ConnectedAt,
                Duration = record.Duration,
                Cost = record.Cost,
                Corrected = place > 0 ? true : null,
            }));

    // Of a day with more odd calls than are kept one by one nobody can say that this one was not among them.
    private static IEnumerable<HistoryEntry> Reconciled(Call call, DayReconciliation? day)
    {
        if (day is not { State: not DayState.Pending, WorkedOutAt: { } at })
        {
            yield break;
        }

        var mismatch = day.Mismatches.FirstOrDefault(each => each.CallId == call.CallId);
        if (mismatch is not null || day.MoreMismatches == 0)
        {
            yield return new HistoryEntry(HistoryKind.Reconciled, at)
            {
                Date = day.Date,
                Mismatch = mismatch is null ? Matched : NameOf(mismatch.Kind),
                Fields = mismatch?.Fields,
                HealedBy = mismatch?.HealedBy,
            };
        }
    }

    private static string NameOf(MismatchKind kind) =>
        char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];
}
