using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Telemetry;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// Finds the contacts with a number: one query and a read of each candidate, however many contacts exist.
/// </summary>
public sealed class ContactMatcher(ContactStore contacts, PhoneNumberParser numbers)
{
    /// <summary>
    /// The most candidates that are shown. If more contacts share a number, it is a switchboard, and the agent
    /// searches.
    /// </summary>
    private const int MaxCandidates = 20;

    private const int MaxRead = 50;

    public async ValueTask<ContactMatch> MatchAsync(PhoneNumber number, CancellationToken cancellationToken)
    {
        if (number.Kind == PhoneNumberKind.Private)
        {
            return new ContactMatch(MatchKind.Private, [], null);
        }

        using var span = Instrumentation.Start("match contact");
        var found = await FindAsync(number, cancellationToken);
        span?.SetTag("callmyway.candidates", found.Count);
        var candidates = found.Take(MaxCandidates)
            .Select(match => new Candidate(match.Contact.ContactId, match.Contact.Name, match.Reason)).ToList();

        // A contact is tied to the call only if the whole number matches. If only the last digits match, the agent
        // confirms. If several contacts share the number, all are offered, the last choice first: the agent hears who
        // is calling.
        var certain = candidates.Where(candidate => candidate.Reason != MatchReason.LastDigits).ToList();
        return (certain, candidates) switch
        {
            ([var only], _) => new ContactMatch(MatchKind.One, candidates, only.ContactId),
            ([], []) => new ContactMatch(MatchKind.None, [], null),
            ([], [_]) => new ContactMatch(MatchKind.One, candidates, null),
            _ => new ContactMatch(MatchKind.Many, candidates, null),
        };
    }

    /// <summary>The contacts with this number, the likeliest first.</summary>
    public async ValueTask<IReadOnlyList<(Contact Contact, MatchReason Reason)>> FindAsync(
        PhoneNumber number, CancellationToken cancellationToken)
    {
        if (number.MatchKey.Length == 0)
        {
            return [];
        }

        var (found, chosenId) = await contacts.FindByNumberAsync(number, MaxRead, cancellationToken);
        return
        [
            .. found
                .Select(contact => (Contact: contact, Reason: contact.ContactId == chosenId ? MatchReason.ChosenBefore : ReasonFor(contact, number)))
                .Where(match => match.Reason is not null)
                .Select(match => (match.Contact, match.Reason!.Value))
                .OrderBy(match => match.Value)
                .ThenBy(match => match.Contact.Name, StringComparer.InvariantCultureIgnoreCase),
        ];
    }

    private MatchReason? ReasonFor(Contact contact, PhoneNumber number)
    {
        MatchReason? best = null;
        for (var i = 0; i < contact.Numbers.Count; i++)
        {
            MatchReason? reason = numbers.Compare(numbers.Parse(contact.Numbers[i]), number) switch
            {
                NumberMatch.Exact => i == 0 ? MatchReason.MainNumber : MatchReason.OtherNumber,
                NumberMatch.National => MatchReason.NationalNumber,
                NumberMatch.LastDigits => MatchReason.LastDigits,
                _ => null,
            };
            if (reason is not null && (best is null || reason < best))
            {
                best = reason;
            }
        }

        return best;
    }
}

/// <summary>The contacts that a call may be with. <paramref name="ContactId"/> is set if only one is certain.</summary>
public sealed record ContactMatch(MatchKind Kind, IReadOnlyList<Candidate> Candidates, string? ContactId);
