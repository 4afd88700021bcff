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
            Records = [.. facts.Standing.Select(Without)],
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
            // It is a hash of what was said, the numbers too.
            Mark = record.RecordId ?? record.CallId,
            Ani = Own(record.Ani),
            Dnis = Own(record.Dnis),
            AniUser = call.Direction == CallDirection.In ? null : record.AniUser,
            DnisUser = call.Direction == CallDirection.In ? record.DnisUser : null,
            Number = record.Number is null ? null : Nobody,
            Match = record.Match is null ? null : NoMatch,
            Agents = record.Agents is null ? null : [.. record.Agents.Select(Nameless)],
            Other = null,
        };

        static CallAgent Nameless(CallAgent agent) => agent with { Number = null };
    }
}
