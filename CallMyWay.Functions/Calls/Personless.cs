using System.Globalization;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// Takes out of a call's facts who its other party was: numbers, contacts, and what the operator said beside its
/// document. The agents, their phones, the times, the outcome and the cost follow from the rest as before. An internal
/// call is one of colleagues, and keeps its phones.
/// </summary>
internal static class Personless
{
    private static readonly NumberView Nobody = new(null, "", PhoneNumberKind.Private);

    private static readonly ContactMatch NoMatch = new(MatchKind.Private, [], null);

    /// <summary>The call's facts without its other party.</summary>
    /// <param name="call">The call.</param>
    /// <param name="at">When they are taken out.</param>
    public static CallFacts Of(Call call, DateTimeOffset at)
    {
        var facts = call.Facts.WithoutNotifications();
        facts = facts with
        {
            AnonymizedAt = call.AnonymizedAt ?? at,
            LaterMatch = null,
            // A note can name them.
            NextActions = null,
            Decisions =
            [
                .. facts.Decisions.Where(made => made.Kind != DecisionKind.ContactChosen)
                    .Select(made => made with { Contact = null }),
            ],
        };
        if (call.Direction == CallDirection.Internal)
        {
            return facts;
        }

        // Only the number of the office's own side is kept. A forwarded leg can name the caller on the other side.
        var own = call.Direction == CallDirection.In ? call.Dnis : call.Ani;
        return facts with
        {
            Earlier = facts.Earlier is not { } earlier ? null : earlier with
            {
                Legs = [.. earlier.Legs.Select(leg => leg with { Ani = Own(leg.Ani), Dnis = Own(leg.Dnis) })],
                Agents = [.. earlier.Agents.Select(heard => heard with { Agent = Nameless(heard.Agent) })],
                Party = earlier.Party is not { } party ? null : party with
                {
                    Number = Nobody,
                    Match = NoMatch,
                    Ani = Own(party.Ani),
                    Dnis = Own(party.Dnis),
                },
            },
            Records = [.. facts.StandingWithParties.Select(Without)],
            Noted = facts.Noted is not { } noted ? null : noted with
            {
                Phone = "",
                Number = Nobody,
                Match = NoMatch,
            },
            Tied = facts.Tied is not { } tied
                ? null
                : [.. tied.Select(heard => heard with { Agent = Nameless(heard.Agent) })],
        };

        string Own(string phone) => phone == own ? phone : "";

        RecordFact Without(RecordFact record) => record with
        {
            Mark = MarkOf(record),
            Ani = Own(record.Ani),
            Dnis = Own(record.Dnis),
            AniUser = call.Direction == CallDirection.In ? null : record.AniUser,
            DnisUser = call.Direction == CallDirection.In ? record.DnisUser : null,
            Number = record.Number is null ? null : Nobody,
            Match = record.Match is null ? null : NoMatch,
            Agents = record.Agents is null ? null : [.. record.Agents.Select(Nameless)],
            Other = null,
        };
    }

    /// <summary>
    /// What comes late of a call out of which its other party was taken: a phone that its facts still hold is the
    /// office's own, and stays. The same text that comes again has the same mark.
    /// </summary>
    public static NotificationFact Late(CallFacts facts, NotificationFact fact) => IsInternal(facts, fact)
        ? fact
        : fact with
        {
            // As with the mark of a record.
            Mark = string.Join('~', fact.Action, fact.EndpointId),
            Ani = KeptPhone(facts, fact.Ani),
            Dnis = KeptPhone(facts, fact.Dnis),
            Number = null,
            Match = null,
            Agents = fact.Agents is null ? null : [.. fact.Agents.Select(Nameless)],
        };

    /// <inheritdoc cref="Late(CallFacts, NotificationFact)"/>
    public static RecordFact Late(CallFacts facts, RecordFact fact) => IsInternal(facts, fact) ? fact : fact with
    {
        Mark = MarkOf(fact),
        Ani = KeptPhone(facts, fact.Ani),
        Dnis = KeptPhone(facts, fact.Dnis),
        AniUser = KeptUser(facts, fact, fact.AniUser),
        DnisUser = KeptUser(facts, fact, fact.DnisUser),
        Number = null,
        Match = null,
        Agents = fact.Agents is null ? null : [.. fact.Agents.Select(Nameless)],
        Other = null,
    };

    /// <summary>
    /// The facts of a call with somebody else in which these contacts are named, as candidates or because an agent had
    /// chosen them: without them. The same instance where none is.
    /// </summary>
    public static CallFacts Without(CallFacts facts, IReadOnlyCollection<string> contactIds)
    {
        var changed = false;
        var without = facts with
        {
            Earlier = facts.Earlier?.Party is not { } party ? facts.Earlier
                : facts.Earlier with { Party = party with { Match = Other(party.Match)! } },
            Notifications = [.. facts.Notifications.Select(fact => fact with { Match = Other(fact.Match) })],
            Records = [.. facts.Records.Select(fact => fact with { Match = Other(fact.Match) })],
            Noted = facts.Noted is not { } noted ? null : noted with { Match = Other(noted.Match)! },
            LaterMatch = facts.LaterMatch is not { } later ? null : later with { Match = Other(later.Match)! },
            Decisions = [.. facts.Decisions.Where(made => !IsOf(made.Contact))],
        };
        return changed ? without : facts;

        bool IsOf(Candidate? candidate)
        {
            var isOf = candidate is not null && contactIds.Contains(candidate.ContactId);
            changed |= isOf;
            return isOf;
        }

        ContactMatch? Other(ContactMatch? match)
        {
            if (match is null || !match.Candidates.Any(IsOf))
            {
                return match;
            }

            List<Candidate> others = [.. match.Candidates.Where(candidate => !IsOf(candidate))];
            var tied = match.ContactId is { } id && contactIds.Contains(id) ? null : match.ContactId;
            // Who is left was not alone with the number when the call came: nothing is concluded from it now.
            return new ContactMatch(others.Count == 0 ? MatchKind.None : MatchKind.Many, others, tied);
        }
    }

    // The mark of a record is a hash of all that it said: it would tell the number to who tries them all. By this one it
    // is known whether its figures are new.
    private static string MarkOf(RecordFact record) => string.Create(
        CultureInfo.InvariantCulture,
        $"{record.RecordId ?? record.CallId}~{record.ConnectedAt?.UtcTicks}~{record.Duration}~{record.Cost}~"
            + $"{record.AccessFee}");

    private static bool IsInternal(CallFacts facts, CallFact fact) =>
        (fact.Direction ?? (fact as NotificationFact)?.Type) == CallDirection.Internal
        && facts.Earlier?.Party is null or { IsInternal: true };

    // After it was taken out who the call was with, only phones of the office are left in its facts.
    private static string KeptPhone(CallFacts facts, string phone) =>
        phone.Length > 0 && (
            facts.Earlier?.Party is { } party && (party.Ani == phone || party.Dnis == phone)
            || facts.Earlier?.Legs.Any(leg => leg.Ani == phone || leg.Dnis == phone) == true
            || facts.Records.Any(record => record.Ani == phone || record.Dnis == phone))
            ? phone
            : "";

    // A username of the operator's is the office's where a phone of the call has it.
    private static string? KeptUser(CallFacts facts, RecordFact fact, string? user) =>
        user is not null && (
            (fact.Agents ?? []).Any(agent => agent.IsOn(user))
            || facts.Records.Any(record => record.AniUser == user || record.DnisUser == user)
            || facts.Earlier?.Agents.Any(heard => heard.Agent.IsOn(user)) == true)
            ? user
            : null;

    private static CallAgent Nameless(CallAgent agent) => agent with { Number = null };
}
