using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Telemetry;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// Finds the contacts with a number: one query and a read of each candidate, however many contacts exist.
/// </summary>
public sealed class ContactMatcher(
    ContactStore contacts, PhoneNumberParser numbers, ContactFieldStore fields)
{
    /// <summary>
    /// The most candidates that are shown. If more contacts share a number, it is a switchboard, and the agent
    /// searches.
    /// </summary>
    private const int MaxCandidates = 20;

    private const int MaxRead = 50;

    /// <param name="number">The other party's.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="tiedId">
    /// The contact that the call is tied to already. It stays so as long as the whole number is in that contact's file.
    /// </param>
    public async ValueTask<ContactMatch> MatchAsync(
        PhoneNumber number, CancellationToken cancellationToken, string? tiedId = null)
    {
        if (number.Kind == PhoneNumberKind.Private)
        {
            return new ContactMatch(MatchKind.Private, [], null);
        }

        using var span = Instrumentation.Start("match contact");
        var found = (await FindAsync(number, cancellationToken)).Take(MaxCandidates).ToList();
        span?.SetTag("callmyway.candidates", found.Count);
        var candidates = await CandidatesOfAsync(found, cancellationToken);

        // A contact is tied to the call only if their file has the whole number. Otherwise the agent confirms. If
        // several contacts share the number, all are offered, the last choice first: the agent hears who is calling.
        var certain = found.Where(match => match.IsCertain).ToList();
        return (certain, candidates) switch
        {
            ([var only], _) => new ContactMatch(MatchKind.One, candidates, only.Contact.ContactId),
            ([], []) => new ContactMatch(MatchKind.None, [], null),
            ([], [_]) => new ContactMatch(MatchKind.One, candidates, null),
            _ => new ContactMatch(
                MatchKind.Many,
                candidates,
                certain.Any(match => match.Contact.ContactId == tiedId) ? tiedId : null),
        };
    }

    /// <summary>
    /// The contacts with this number, the likeliest first, and the one that an agent chose for it the last time. That
    /// one comes before the others only as long as the number is in their file too.
    /// </summary>
    /// <param name="number">The number.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="most">How many contacts are read at most.</param>
    public async ValueTask<IReadOnlyList<FoundContact>> FindAsync(
        PhoneNumber number, CancellationToken cancellationToken, int most = MaxRead)
    {
        if (number.MatchKey.Length == 0)
        {
            return [];
        }

        var (found, chosenId) = await contacts.FindByNumberAsync(number, most, cancellationToken);
        return
        [
            .. found
                .Select(contact => Rank(contact, number, contact.ContactId == chosenId))
                .OfType<FoundContact>()
                .OrderByDescending(match => match.IsCertain)
                .ThenBy(match => match.Reason)
                .ThenBy(match => match.Contact.Title, StringComparer.InvariantCultureIgnoreCase),
        ];
    }

    /// <summary>True if the whole number is in the contact's file.</summary>
    public bool Has(Contact contact, PhoneNumber number) =>
        ReasonFor(contact, number) is not null and not MatchReason.LastDigits;

    /// <summary>The candidates. Those who share a name differ by something that one can see.</summary>
    private async ValueTask<List<Candidate>> CandidatesOfAsync(
        IReadOnlyList<FoundContact> found, CancellationToken cancellationToken)
    {
        var shared = found.GroupBy(match => ContactClaim.Folded(match.Contact.Title), StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => same.Key)
            .ToHashSet(StringComparer.Ordinal);
        // Most calls do without what the fields are.
        var balance = shared.Count == 0
            ? null
            : (await fields.GetRecentAsync(cancellationToken)).BalanceField()?.Key;
        return
        [
            .. found.Select(match =>
            {
                var contact = match.Contact;
                var candidate = new Candidate(contact.ContactId, contact.Title, match.Reason);
                return !shared.Contains(ContactClaim.Folded(contact.Title)) ? candidate : candidate with
                {
                    Document = contact.Document,
                    Balance = balance is null ? null : contact.Fields?.GetValueOrDefault(balance),
                };
            }),
        ];
    }

    private FoundContact? Rank(Contact contact, PhoneNumber number, bool isChosen)
    {
        var reason = ReasonFor(contact, number);
        var isCertain = reason is not null and not MatchReason.LastDigits;
        reason = isChosen ? MatchReason.ChosenBefore : reason;
        return reason is null ? null : new FoundContact(contact, reason.Value, isCertain);
    }

    private MatchReason? ReasonFor(Contact contact, PhoneNumber number)
    {
        MatchReason? best = null;
        var isMain = true;
        foreach (var its in contact.Numbers.SelectMany(numbers.ParseAll))
        {
            MatchReason? reason = numbers.Compare(its, number) switch
            {
                NumberMatch.Exact => isMain ? MatchReason.MainNumber : MatchReason.OtherNumber,
                NumberMatch.National => MatchReason.NationalNumber,
                NumberMatch.LastDigits => MatchReason.LastDigits,
                _ => null,
            };
            if (reason is not null && (best is null || reason < best))
            {
                best = reason;
            }

            isMain = false;
        }

        return best;
    }
}

/// <summary>A contact who was found by a number.</summary>
/// <param name="IsCertain">True if the whole number is in the contact's file.</param>
public sealed record FoundContact(Contact Contact, MatchReason Reason, bool IsCertain);

/// <summary>
/// The contacts that a call may be with. <paramref name="ContactId"/> is set if only one is certain, or was when the
/// call came.
/// </summary>
public sealed record ContactMatch(MatchKind Kind, IReadOnlyList<Candidate> Candidates, string? ContactId)
{
    /// <summary>True where both say the same.</summary>
    public bool IsSame(ContactMatch other) =>
        Kind == other.Kind && ContactId == other.ContactId && Candidates.SequenceEqual(other.Candidates);
}
