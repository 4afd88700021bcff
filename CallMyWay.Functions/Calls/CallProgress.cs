using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// How a notification moves a call on: it becomes a fact of the call, and the call is derived from all its facts. Pure,
/// so that a notification can come twice, late, or before its predecessor, and the call ends up the same.
/// </summary>
public static class CallProgress
{
    /// <summary>
    /// What comes later than this after a call's end is of another call: the operator has used the id again. Until then
    /// the call is handed over, or another phone of a group rings.
    /// </summary>
    public static readonly TimeSpan SameCall = TimeSpan.FromHours(1);

    /// <summary>
    /// Zero where the notification is of this call; above zero where it is of a later one with the same id, below where
    /// of an earlier: the call was over long before it, or began long after it. The operator's times are compared with
    /// each other, as they came; where one of them is missing, when we heard of them. A notification that the call has
    /// is its repetition, however late it comes.
    /// </summary>
    internal static int PlaceOf(this Call call, CallEvent callEvent, DateTimeOffset receivedAt, Account account)
    {
        var fact = NotificationFact.Of(callEvent, receivedAt, account);
        if (call.Facts.Has(fact))
        {
            return 0;
        }

        fact = call.Facts.Read(fact);
        var first = fact.DetectedAt ?? fact.ConnectedAt ?? fact.DisconnectedAt;
        var last = fact.DisconnectedAt ?? fact.ConnectedAt ?? fact.DetectedAt;
        // What has had no end for so long had one that we were not told of.
        var within = call.State == CallState.Ended ? SameCall : Call.Longest;
        var (from, until, heard) = CallDerivation.TimesOf(call.Facts);
        var isLater = first is null || until is null ? receivedAt > heard + within : first > until + within;
        return isLater ? 1 : first is not null && until is not null && last < from - SameCall ? -1 : 0;
    }

    /// <summary>The call after the notification, or the same instance where it tells nothing new.</summary>
    /// <param name="call">The call as it is known, null where this is the first of it.</param>
    /// <param name="parties">Who the notification is about: direction, number, agents.</param>
    /// <param name="match">Who the number belongs to, where it was looked up.</param>
    /// <param name="dial">The click that the call comes of; needed for the first notification of each leg.</param>
    public static Call Apply(
        Call? call,
        CallEvent callEvent,
        DateTimeOffset receivedAt,
        Account account,
        CallParties parties,
        ContactMatch? match,
        DialFact? dial = null)
    {
        var added = parties.Agents
            .Where(agent => call?.AgentOf(agent.AgentId) is not { } known || !known.IsOn(agent.EndpointId)
                // The call comes to the agent's phone once more.
                || known.TiedAt is not null
                // The agent's leg of a click can look as if it came from outside.
                || (call.Direction == CallDirection.Internal && known.Colleague is null && agent.Colleague is not null))
            .ToList();
        var fact = NotificationFact.Of(callEvent, receivedAt, account) with
        {
            Direction = parties.Direction == callEvent.Type ? null : parties.Direction,
            Agents = added.Count == 0 ? null : added,
            IsAnswerUntold = parties.IsAnswerUntold ? true : null,
            Number = match is null ? null : parties.Number,
            Match = match,
        };
        var known = call?.Facts ?? CallFacts.Begin(dial?.Legs[0].CallId ?? callEvent.CallId, account, fact);
        var facts = known.With(fact);
        if (dial is not null)
        {
            facts = facts.With(dial);
        }

        if (facts.Dial is { } dialled && dialled.Legs.All(leg => leg.CallId != callEvent.CallId))
        {
            // If the dial does not say which leg it is, it is the contact's: the operator may report that one alone.
            facts = facts.With(dialled with { Legs = [new CallLeg(callEvent.CallId, IsContact: true)] });
        }

        return call is null ? CallDerivation.Derive(facts) : call.With(facts);
    }

    /// <summary>The call after the record, or the same instance where it tells nothing new.</summary>
    /// <param name="call">The call as it is known, null where the record is the first of it.</param>
    /// <param name="fact">The record.</param>
    /// <param name="account">Its account.</param>
    /// <param name="parties">What the mappings say of it; null where the call has its agents.</param>
    /// <param name="match">Who the number belongs to, where it was looked up.</param>
    /// <param name="dial">The click that the call comes of, where this is its first leg.</param>
    public static Call Apply(
        Call? call, RecordFact fact, Account account, CallParties? parties, ContactMatch? match, DialFact? dial)
    {
        if (parties is not null)
        {
            fact = fact with
            {
                Direction = parties.Direction,
                Agents = parties.Agents.Count == 0 ? null : parties.Agents,
                Number = match is null ? null : parties.Number,
                Match = match,
            };
        }

        var known = call?.Facts ?? CallFacts.Begin(dial?.Legs[0].CallId ?? fact.CallId, account, fact);
        var facts = known.With(fact);
        if (dial is not null)
        {
            facts = facts.With(dial);
        }

        return call is null ? CallDerivation.Derive(facts) : call.With(facts);
    }
}
