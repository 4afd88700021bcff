using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.ContactImports;

/// <summary>A contact that a slice knows, as its rows so far have made it.</summary>
internal sealed class KnownContact(Contact contact)
{
    public Contact Contact { get; set; } = contact;

    public IReadOnlyList<PhoneNumber> Phones { get; set; } = [];

    /// <summary>Which result of the slice stores it; null where it stays as it is stored.</summary>
    public int? StoredBy { get; set; }
}

/// <summary>The contacts that the rows of a slice may be of: those that are stored, and those of earlier rows.</summary>
internal sealed class KnownContacts(PhoneNumberParser parser)
{
    private readonly Dictionary<string, KnownContact> _byId = new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<KnownContact>> _byNumber = new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<KnownContact>> _byDocument = new(StringComparer.Ordinal);

    /// <summary>
    /// True for a number by which a contact can be told. Many have the same extension. A whole number can be short, as
    /// those of other countries.
    /// </summary>
    public static bool Tells(PhoneNumber number) =>
        number.Kind != PhoneNumberKind.Extension && number.MatchKey.Length > 0
        && (number.E164 is not null || number.National.Length >= PhoneNumber.MatchDigits);

    public bool Has(string contactId) => _byId.ContainsKey(contactId);

    /// <summary>A contact that is stored.</summary>
    public void Add(Contact contact)
    {
        var known = new KnownContact(contact);
        if (_byId.TryAdd(contact.ContactId, known))
        {
            Index(known, [.. contact.Numbers.SelectMany(parser.ParseAll)]);
        }
    }

    /// <summary>Another id of a contact: that of one that was merged into it.</summary>
    public void Name(string otherId, string contactId) => _byId.TryAdd(otherId, _byId[contactId]);

    /// <summary>A contact of a row.</summary>
    public void Add(Contact contact, IReadOnlyList<PhoneNumber> phones, int storedBy)
    {
        var known = new KnownContact(contact) { StoredBy = storedBy };
        _byId.Add(contact.ContactId, known);
        Index(known, phones);
    }

    public void Change(KnownContact known, Contact contact)
    {
        known.Contact = contact;
        Index(known, [.. contact.Numbers.SelectMany(parser.ParseAll)]);
    }

    /// <summary>The contacts that the row may be of: the document is surer than a number.</summary>
    public IReadOnlyList<KnownContact> Find(DuplicateKey by, ReadRow row)
    {
        if (row.ContactId is { } id && _byId.TryGetValue(id, out var named))
        {
            return [named];
        }

        var document = row.Input!.Document ?? "";
        if (by != DuplicateKey.Number && document.Length > 0)
        {
            List<KnownContact> found =
            [
                .. Of(_byDocument, IdentityDocument.Plain(document))
                    .Concat(Of(_byDocument, IdentityDocument.Compact(document)))
                    .Where(known => IdentityDocument.AreSame(known.Contact.Document ?? "", document))
                    .Distinct(),
            ];
            if (found.Count > 0)
            {
                return found;
            }
        }

        return by == DuplicateKey.Document
            ? []
            :
            [
                .. row.Phones.Where(Tells)
                    .SelectMany(number => parser.KeysOf(number)
                        .SelectMany(key => Of(_byNumber, key))
                        .Where(known => known.Phones.Any(its => IsSame(its, number))))
                    .Where(known =>
                        by == DuplicateKey.Number || ContactClaim.MayBeOne(document, known.Contact.Document))
                    .Distinct(),
            ];
    }

    private bool IsSame(PhoneNumber one, PhoneNumber other) =>
        parser.Compare(one, other) is NumberMatch.Exact or NumberMatch.National;

    private static List<KnownContact> Of(Dictionary<string, List<KnownContact>> index, string key) =>
        index.TryGetValue(key, out var found) ? found : [];

    private void Index(KnownContact known, IReadOnlyList<PhoneNumber> phones)
    {
        known.Phones = phones;
        foreach (var key in phones.Where(Tells).SelectMany(parser.KeysOf))
        {
            Add(_byNumber, key, known);
        }

        if (known.Contact.Document is { Length: > 0 } document)
        {
            Add(_byDocument, IdentityDocument.Plain(document), known);
            Add(_byDocument, IdentityDocument.Compact(document), known);
        }
    }

    // What a contact has no more leads to it all the same: whoever follows it compares what it has.
    private static void Add(Dictionary<string, List<KnownContact>> index, string key, KnownContact known)
    {
        if (!index.TryGetValue(key, out var list))
        {
            index[key] = [known];
        }
        else if (!list.Contains(known))
        {
            list.Add(known);
        }
    }
}
