using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.ExternalContacts;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>
/// What of a CRM's answer the office's own fields can hold. An agent needs the contact of the call even where one of
/// its values has another form, so that value alone is left out.
/// </summary>
internal static class LookupFields
{
    /// <param name="contacts">As they were answered.</param>
    /// <param name="own">The fields that the office keeps.</param>
    /// <returns>
    /// The contacts with the values that can be held; and the first field with one that can't, null for none.
    /// </returns>
    public static (IReadOnlyList<ExternalContactInput> Contacts, ContactFieldDefinition? LeftOut) Fit(
        IReadOnlyList<ExternalContactInput> contacts, ContactFieldList own)
    {
        var leftOut = default(ContactFieldDefinition);
        var fitting = contacts.Select(contact =>
        {
            var wrong = own.WrongOf(key => contact.Fields?.GetValueOrDefault(key), before: null).ToList();
            leftOut ??= wrong.FirstOrDefault();
            return wrong.Count == 0
                ? contact
                : contact with
                {
                    Fields = contact.Fields!
                        .Where(field => wrong.TrueForAll(definition => definition.Key != field.Key))
                        .ToDictionary(StringComparer.Ordinal),
                    NotTaken = [.. wrong.Select(definition => definition.Key)],
                };
        }).ToList();
        return (fitting, leftOut);
    }

    /// <summary>That a field can't hold a value, in words for who mends it.</summary>
    public static Phrase WordsOf(ContactFieldLabel label, ContactFieldKind kind)
    {
        var (es, en) = kind switch
        {
            ContactFieldKind.Date => ("una fecha como 2026-11-30", "a date such as 2026-11-30"),
            ContactFieldKind.Choice => ("una de sus opciones", "one of its choices"),
            _ => ("un número con punto decimal, como 1500.50", "a number with a decimal point, such as 1500.50"),
        };
        return new(
            $"El campo «{label.Es}» espera {es}. El CRM dio otra cosa, y ese valor no se tomó.",
            $"The field “{label.En}” expects {en}. The CRM told something else, and that value was not taken.");
    }
}
