using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// Finds out by what a contact is known, from its file and from those of the contacts that were merged into it. A
/// number, a document or an address of email that another contact has too tells of nobody alone, and is left out.
/// </summary>
public sealed class PersonFinder(ContactStore contacts, ContactMatcher matcher, PhoneNumberParser numbers)
{
    /// <summary>How many contacts with a document are looked at.</summary>
    private const int MostOfADocument = 20;

    public async Task<Person> FindAsync(Contact contact, CancellationToken cancellationToken)
    {
        var files = (await contacts.ReadManyAsync(contact.Merged ?? [], cancellationToken)).Prepend(contact).ToList();
        var ids = files.Select(file => file.ContactId).Union(contact.Ids, StringComparer.Ordinal).ToList();
        var own = new List<PhoneNumber>();
        foreach (var number in files.SelectMany(file => file.Numbers).SelectMany(numbers.ParseAll))
        {
            if (number.MatchKey.Length > 0 && number.Kind == PhoneNumberKind.Number
                && !await IsOthersAsync(number, ids, cancellationToken))
            {
                own.Add(number);
            }
        }

        var documents = new List<string>();
        foreach (var document in files.Select(file => file.Document).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var found = await contacts.FindManyAsync([], [document], MostOfADocument, cancellationToken);
            if (!found.Any(other => !ids.Contains(other.ContactId)
                && other.Document is { } its && IdentityDocument.AreSame(its, document)))
            {
                documents.Add(document);
            }
        }

        var emails = new List<string>();
        foreach (var email in files.Select(file => file.Email).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (email.Length > 0 && !await contacts.IsEmailOfOthersAsync(email, ids, cancellationToken))
            {
                emails.Add(email);
            }
        }

        return new Person
        {
            ContactIds = ids,
            Names = [.. files.Select(file => file.Name).Where(name => SearchText.Words(name).Count > 1).Distinct()],
            Numbers = [.. own.Select(number => number.E164 ?? number.Received).Distinct()],
            MatchKeys = [.. own.SelectMany(numbers.KeysOf).Distinct()],
            Documents = documents,
            Emails = emails,
        };
    }

    private async Task<bool> IsOthersAsync(
        PhoneNumber number, List<string> ids, CancellationToken cancellationToken) =>
        (await matcher.FindAsync(number, cancellationToken))
            .Any(found => found.IsCertain && !ids.Contains(found.Contact.ContactId));
}
