using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactImports;

/// <summary>What a rule makes of a contact that is there and a row of the file.</summary>
internal static class JoinedContact
{
    /// <param name="rule">Merge or replace.</param>
    /// <param name="contact">The contact that is there.</param>
    /// <param name="row">What the row says, with the time of the change.</param>
    /// <param name="parser">Tells which numbers are the same.</param>
    public static Contact Of(DuplicateRule rule, Contact contact, Contact row, PhoneNumberParser parser) =>
        rule == DuplicateRule.Merge
            ? ContactJoin.Of(contact, row, parser) with { Merged = contact.Merged, UpdatedAt = row.UpdatedAt }
            : Replaced(contact, row);

    /// <summary>
    /// Why the contact would have more than one can have, or what a field can't hold; null where neither is so.
    /// </summary>
    /// <param name="joined">The contact as it would be.</param>
    /// <param name="before">As it is.</param>
    /// <param name="own">The fields that the office keeps.</param>
    /// <param name="currency">That of amounts whose field names none.</param>
    public static Phrase? Check(Contact joined, Contact before, ContactFieldList own, string currency) =>
        ContactInput.CheckSize(joined)
        ?? ImportCells.Refusal(own, key => joined.Fields?.GetValueOrDefault(key), before.Fields, currency);

    private static Contact Replaced(Contact contact, Contact row)
    {
        var fields = new Dictionary<string, string>(contact.Fields ?? None, StringComparer.Ordinal);
        foreach (var (key, value) in row.Fields ?? None)
        {
            fields[key] = value;
        }

        return contact with
        {
            Name = row.Name.Length > 0 ? row.Name : contact.Name,
            Numbers = row.Numbers.Count > 0 ? row.Numbers : contact.Numbers,
            Document = row.Document ?? contact.Document,
            Email = row.Email ?? contact.Email,
            Fields = fields.Count == 0 ? contact.Fields : fields,
            UpdatedAt = row.UpdatedAt,
        };
    }

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();
}
