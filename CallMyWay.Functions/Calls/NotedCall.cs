using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The call that an agent noted by hand. It is over from the beginning: it never rings, is in no list of what goes on
/// or was missed, and costs nothing. The agent has no pop-up of it.
/// </summary>
internal static class NotedCall
{
    /// <summary>Begins the id of such a call; the operator has none for it.</summary>
    private const string IdPrefix = "noted-";

    public static CallKey KeyOf(string hash, Account account) => new(IdPrefix + hash, account.Username);

    public static CallFacts Begin(CallKey key, Account account, NotedFact noted) => new()
    {
        CallId = key.CallId,
        Account = key.Account,
        Currency = account.Currency,
        IndexedAt = noted.StartedAt,
        Noted = noted,
    };

    public static Call Derive(CallFacts facts, NotedFact noted)
    {
        var (candidates, contactId, isIgnored) = CallDerivation.Decided(facts.Decisions, noted.Match);
        var isIn = noted.Direction == CallDirection.In;
        List<string> dismissedBy =
        [
            .. facts.Decisions.Where(made => made.Kind == DecisionKind.Dismissed).Select(made => made.AgentId)
                .OfType<string>(),
        ];
        return new Call
        {
            CallId = facts.CallId,
            Account = facts.Account,
            Direction = noted.Direction,
            State = CallState.Ended,
            Number = noted.Number,
            Ani = isIn ? noted.Phone : "",
            Dnis = isIn ? "" : noted.Phone,
            StartedAt = noted.StartedAt,
            // Nobody says that they talked, but for how long.
            ConnectedAt = noted.DurationSeconds > 0 ? noted.StartedAt : null,
            EndedAt = noted.StartedAt.AddSeconds(noted.DurationSeconds ?? 0),
            DurationSeconds = noted.DurationSeconds,
            Currency = facts.Currency,
            Match = noted.Match.Kind,
            Candidates = candidates,
            ContactId = contactId,
            Ignored = isIgnored,
            Outcome = CallDerivation.OutcomeOf(facts.Decisions),
            NextActions = facts.NextActions,
            DismissedBy = dismissedBy.Count == 0 ? null : dismissedBy,
            IsDismissed = facts.Decisions.Any(made => made.Kind == DecisionKind.DismissedForAll),
            // No phone of the office had a part in it.
            Agents = [new CallAgent(noted.AgentId, "") { Team = noted.Team, AcknowledgedAt = noted.At }],
            Sources = [CallSource.Agent],
            Phones = [],
            IndexedAt = facts.IndexedAt,
            AnonymizedAt = facts.AnonymizedAt,
            Form = Call.CurrentForm,
            Facts = facts,
        };
    }
}
