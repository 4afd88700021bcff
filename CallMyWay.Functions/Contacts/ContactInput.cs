using System.Text.RegularExpressions;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>The body of a request that creates or changes a contact.</summary>
/// <param name="ContactId">The contact's id. A caller that chooses it can repeat a creation that was not answered.</param>
public sealed partial record ContactInput(
    string? ContactId,
    [property: Needed] string? Name,
    IReadOnlyList<string?>? Numbers,
    string? Document,
    string? Email,
    IReadOnlyDictionary<string, string?>? Fields)
{
    internal const int MaxName = 200;

    internal const int MaxNumber = 64;

    internal const int MaxDocument = 64;

    private const int MaxNumbers = 20;

    private const int MaxFields = 50;

    /// <summary>The longest text of all fields together. Even escaped, it fits a column.</summary>
    private const int MaxFieldText = 8000;

    private static readonly Phrase TooManyNumbers = new(
        $"Son más de {MaxNumbers} teléfonos.", $"There are more than {MaxNumbers} phone numbers.");

    private static readonly Phrase TooManyFields = new(
        $"Son más de {MaxFields} campos.", $"There are more than {MaxFields} fields.");

    private static readonly Phrase TooMuchText = new(
        $"Los campos pasan de {MaxFieldText} caracteres en total.",
        $"The fields hold more than {MaxFieldText} characters in all.");

    /// <summary>
    /// Why a contact that was put together would have more than a contact can have; null where it has not.
    /// </summary>
    public static Phrase? CheckSize(Contact contact) =>
        contact.Numbers.Count > MaxNumbers ? TooManyNumbers
        : contact.Fields?.Count > MaxFields ? TooManyFields
        : contact.Fields?.Sum(field => field.Key.Length + field.Value.Length) > MaxFieldText ? TooMuchText
        : null;

    /// <summary>
    /// The errors of the input, by field. A number that is not understood is none: it is kept as it was written. But
    /// what has no digit is no number, and a contact has a name or a number. Several numbers in a field that can't be
    /// told apart are an error, as nobody would be found by them.
    /// </summary>
    /// <param name="numbers">Reads the numbers.</param>
    /// <param name="own">
    /// The fields that the office keeps: a value has the form of its field. Null where they are not asked for.
    /// </param>
    /// <param name="before">The contact as it is stored: what it has already may stay.</param>
    /// <param name="demands">Whether a required field must have a value.</param>
    public FieldErrors Check(
        PhoneNumberParser numbers, ContactFieldList? own = null, Contact? before = null, bool demands = true)
    {
        var errors = new FieldErrors();
        if (ContactId is not null && !ContactIds().IsMatch(ContactId))
        {
            errors.Add(
                "contactId",
                "Use de 1 a 64 letras, números, punto, guion o guion bajo; al principio, letra o número.",
                "Use 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit.");
        }

        if (PlainText.Of(Name) is { Length: > MaxName })
        {
            errors.Add("name", "El nombre pasa de 200 caracteres.", "The name is longer than 200 characters.");
        }
        else if (PlainText.Of(Name) is null && Numbers?.Any(IsNumber) != true)
        {
            errors.Add("name", "Escriba el nombre o un teléfono.", "Write the name or a phone number.");
        }

        if (Numbers?.Count > MaxNumbers)
        {
            errors.Add("numbers", TooManyNumbers.Es, TooManyNumbers.En);
        }

        for (var i = 0; i < Numbers?.Count; i++)
        {
            if (!IsNumber(Numbers[i]))
            {
                var isLong = Numbers[i]?.Length > MaxNumber;
                errors.Add(
                    $"numbers[{i}]",
                    isLong
                        ? "Es demasiado largo: escriba un teléfono en cada campo."
                        : "No es un número de teléfono: no tiene ninguna cifra.",
                    isLong
                        ? "It is too long: write one phone number in each field."
                        : "It is not a phone number: it has no digit.");
            }
            else if (numbers.IsUnclear(Numbers[i]))
            {
                errors.Add(
                    $"numbers[{i}]",
                    "Parecen varios números. Escriba cada uno completo en su propio campo, y una extensión con «ext.».",
                    "This seems to be several numbers. Write each in full in a field of its own, and an extension "
                    + "with “ext.”.");
            }
        }

        if (Document?.Length > MaxDocument)
        {
            errors.Add(
                "document",
                "La identificación pasa de 64 caracteres.",
                "The identity document is longer than 64 characters.");
        }

        if (Email is { Length: > 0 } && (Email.Length > 254 || Email.IndexOf('@') is var at && (at < 1 || at == Email.Length - 1 || Email.Any(char.IsWhiteSpace))))
        {
            errors.Add(
                "email",
                "No es una dirección de correo, como nombre@empresa.com.",
                "It is not an email address, such as name@company.com.");
        }

        if (Fields?.Count > MaxFields)
        {
            errors.Add("fields", TooManyFields.Es, TooManyFields.En);
        }

        if (Fields?.Sum(field => field.Key.Length + (field.Value?.Length ?? 0)) > MaxFieldText)
        {
            errors.Add("fields", TooMuchText.Es, TooMuchText.En);
        }

        foreach (var (field, value) in Fields ?? new Dictionary<string, string?>())
        {
            if (field.Length is 0 or > 64 || value?.Length > 500)
            {
                errors.Add(
                    $"fields.{field}",
                    "El nombre tiene de 1 a 64 caracteres y el valor hasta 500.",
                    "The name has 1 to 64 characters, and the value up to 500.");
            }
        }

        foreach (var field in own?.WrongOf(key => Fields?.GetValueOrDefault(key), before?.Fields) ?? [])
        {
            errors.Add($"fields.{field.Key}", field.Refusal().Es, field.Refusal().En);
        }

        foreach (var field in own?.Fields.Where(field => demands && field.Required) ?? [])
        {
            if (string.IsNullOrWhiteSpace(Fields?.GetValueOrDefault(field.Key)))
            {
                errors.Add(
                    $"fields.{field.Key}", $"Falta: {field.Label.Es}.", $"This is missing: {field.Label.En}.");
            }
        }

        return errors;
    }

    /// <summary>The contact as described; call it only if <see cref="Check"/> found no error.</summary>
    public Contact ToContact(string contactId, DateTimeOffset createdAt, DateTimeOffset now) => new()
    {
        ContactId = contactId,
        Name = PlainText.Of(Name) ?? "",
        Numbers = [.. (Numbers ?? []).Select(number => PlainText.Of(number)!)],
        Document = PlainText.Of(Document),
        Email = PlainText.Of(Email),
        Fields = Fields?.Where(field => !string.IsNullOrWhiteSpace(field.Value))
            .ToDictionary(field => field.Key, field => PlainText.Of(field.Value)!, StringComparer.Ordinal),
        CreatedAt = createdAt,
        UpdatedAt = now,
    };

    /// <summary>True where a contact that was made of two has more than one may have.</summary>
    internal static bool IsTooLong(Contact contact) => CheckSize(contact) is not null;

    private static bool IsNumber(string? text) => text is { Length: <= MaxNumber } && text.Any(char.IsDigit);

    [GeneratedRegex(
        @"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex ContactIds();
}
