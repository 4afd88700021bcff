using System.Text.Json.Serialization;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// What a contact's own field holds. All values are stored as text. One of another form is refused, unless the contact
/// had it already.
/// </summary>
public enum ContactFieldKind
{
    Text,

    /// <summary>A number with a decimal point: <c>1500.50</c>.</summary>
    Number,

    /// <summary>A day, ISO 8601: <c>2026-11-30</c>.</summary>
    Date,

    /// <summary>An amount of money, with a decimal point.</summary>
    Amount,

    /// <summary>One of <see cref="ContactFieldDefinition.Choices"/>.</summary>
    Choice,
}

/// <summary>What a field is called in each language.</summary>
public sealed record ContactFieldLabel(string Es, string En);

/// <summary>A field that the office keeps of its contacts, as an administrator defines it.</summary>
/// <param name="Key">
/// The key in a contact's <c>fields</c>. Contacts store it, so the values of a field that is removed stay.
/// </param>
/// <param name="Choices">The values to choose from, in their order; only of a choice.</param>
/// <param name="Required">True where the form of a contact asks for it.</param>
/// <param name="Currency">Of an amount: three letters (ISO 4217); if missing, the first account's.</param>
public sealed record ContactFieldDefinition(
    string Key,
    ContactFieldLabel Label,
    ContactFieldKind Kind,
    IReadOnlyList<string>? Choices = null,
    bool Required = false,
    string? Currency = null)
{
    /// <summary>True where the field can hold the value.</summary>
    internal bool Takes(string value) => Kind switch
    {
        ContactFieldKind.Number or ContactFieldKind.Amount => FieldText.IsNumber(value),
        ContactFieldKind.Date => FieldText.IsDay(value),
        ContactFieldKind.Choice => Choices?.Contains(value) == true,
        _ => true,
    };

    /// <summary>What to write in its place where the field can't hold a value.</summary>
    internal Phrase Refusal() => Kind switch
    {
        ContactFieldKind.Date => new(
            $"«{Label.Es}» es una fecha: escríbala como 2026-11-30.",
            $"“{Label.En}” is a date: write it as 2026-11-30."),
        ContactFieldKind.Choice => new(
            $"«{Label.Es}» no tiene esa opción: elija una de su lista.",
            $"“{Label.En}” has no such choice: take one of its list."),
        _ => new(
            $"«{Label.Es}» es un número: escríbalo con punto decimal y sin separar los miles, como 1500.50.",
            $"“{Label.En}” is a number: write it with a decimal point and no other sign, such as 1500.50."),
    };

    internal bool IsBalance => IsBalanceWord(Key) || IsBalanceWord(Label.Es) || IsBalanceWord(Label.En);

    private static bool IsBalanceWord(string text) =>
        text.Contains("saldo", StringComparison.OrdinalIgnoreCase)
        || text.Contains("balance", StringComparison.OrdinalIgnoreCase);
}

/// <summary>All fields in the order in which agents see them, with the list's version.</summary>
public sealed record ContactFieldList(
    IReadOnlyList<ContactFieldDefinition> Fields, [property: JsonPropertyName("etag")] string? ETag)
{
    /// <summary>The fields that can't hold their values. What was stored before may stay.</summary>
    /// <param name="valueOf">The value of a field; null for none.</param>
    /// <param name="before">The values that are stored.</param>
    internal IEnumerable<ContactFieldDefinition> WrongOf(
        Func<string, string?> valueOf, IReadOnlyDictionary<string, string>? before) =>
        Fields.Where(field => PlainText.Of(valueOf(field.Key)) is { } value
            && !field.Takes(value) && before?.GetValueOrDefault(field.Key) != value);

    /// <summary>
    /// The field that tells what a contact owes: the amount that is called a balance, else the only amount; null if
    /// there is none.
    /// </summary>
    public ContactFieldDefinition? BalanceField()
    {
        List<ContactFieldDefinition> amounts = [.. Fields.Where(each => each.Kind == ContactFieldKind.Amount)];
        return amounts.Find(each => each.IsBalance) ?? (amounts is [var only] ? only : null);
    }
}
