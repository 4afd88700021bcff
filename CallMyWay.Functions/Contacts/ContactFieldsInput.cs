using CallMyWay.Functions.Api;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>What a field is called in each language; the other's, where one is missing.</summary>
public sealed record ContactFieldLabelInput([property: Needed] string? Es, [property: Needed] string? En);

/// <summary>One field in a request. <paramref name="Kind"/> is text, number, date, amount or choice.</summary>
public sealed record ContactFieldInput(
    [property: Needed] string? Key,
    [property: Needed] ContactFieldLabelInput? Label,
    [property: Needed] string? Kind,
    IReadOnlyList<string?>? Choices,
    bool? Required,
    string? Currency);

/// <summary>The body of a request that replaces the contacts' own fields.</summary>
public sealed record ContactFieldsInput([property: Needed] IReadOnlyList<ContactFieldInput?>? Fields)
{
    /// <summary>How many fields an administrator defines at most.</summary>
    public const int MaxFields = 30;

    private const int MaxKey = 64;

    private const int MaxLabel = 80;

    private const int MaxChoices = 50;

    // What a contact has anyway: a column of a file with this name is that.
    private static readonly HashSet<string> Taken = new(
        ["contactId", "name", "numbers", "phone", "document", "email", "fields"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The errors of the input, by field.</summary>
    public FieldErrors Check()
    {
        var errors = new FieldErrors();
        if (Fields is not { Count: <= MaxFields })
        {
            return errors.Add(
                "fields", $"Escriba como máximo {MaxFields} campos.", $"Write at most {MaxFields} fields.");
        }

        foreach (var (i, field) in Fields.Index())
        {
            var at = $"fields[{i}]";
            CheckKey(errors, at, field?.Key, Fields.Take(i));
            foreach (var (name, text) in new[] { ("es", field?.Label?.Es), ("en", field?.Label?.En) })
            {
                if (PlainText.Of(text) is not { Length: <= MaxLabel })
                {
                    errors.Add(
                        $"{at}.label.{name}",
                        $"Escriba un texto de hasta {MaxLabel} caracteres.",
                        $"Write a text of at most {MaxLabel} characters.");
                }
            }

            CheckKind(errors, at, field);
        }

        return errors;
    }

    /// <summary>The fields as described; call it only if <see cref="Check"/> found no error.</summary>
    public IReadOnlyList<ContactFieldDefinition> ToFields() =>
    [
        .. Fields!.Select(field => new ContactFieldDefinition(
            field!.Key!,
            new ContactFieldLabel(PlainText.Of(field.Label!.Es)!, PlainText.Of(field.Label.En)!),
            KindOf(field.Kind)!.Value,
            KindOf(field.Kind) == ContactFieldKind.Choice ? [.. field.Choices!.Select(one => PlainText.Of(one)!)] : null,
            field.Required ?? false,
            PlainText.Trimmed(field.Currency))),
    ];

    private static void CheckKey(
        FieldErrors errors, string at, string? key, IEnumerable<ContactFieldInput?> before)
    {
        // A column and its field are written as `column:field`, with commas between them.
        if (PlainText.Of(key) is not { Length: <= MaxKey } plain || plain != key || key.AsSpan().ContainsAny(",:\n\t"))
        {
            errors.Add(
                $"{at}.key",
                $"Use de 1 a {MaxKey} caracteres, sin coma ni dos puntos.",
                $"Use 1 to {MaxKey} characters, without comma and colon.");
        }
        else if (Taken.Contains(key))
        {
            errors.Add(
                $"{at}.key", "Todo contacto tiene ya ese dato. Use otra clave.", "Each contact has this already. Use another key.");
        }
        else if (before.Any(other => string.Equals(other?.Key, key, StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add($"{at}.key", "Está repetida.", "It appears twice.");
        }
    }

    private static void CheckKind(FieldErrors errors, string at, ContactFieldInput? field)
    {
        var kind = KindOf(field?.Kind);
        if (kind is null)
        {
            errors.Add(
                $"{at}.kind",
                "Elija text, number, date, amount o choice.",
                "Choose text, number, date, amount or choice.");
            return;
        }

        if (PlainText.Trimmed(field!.Currency) is { } currency
            && (kind != ContactFieldKind.Amount || currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)))
        {
            errors.Add(
                $"{at}.currency",
                "Solo un monto tiene moneda: tres letras mayúsculas, como CRC o USD.",
                "Only an amount has a currency: three capital letters, such as CRC or USD.");
        }

        List<string?> choices = [.. (field.Choices ?? []).Select(PlainText.Of)];
        if (kind != ContactFieldKind.Choice)
        {
            if (choices.Count > 0)
            {
                errors.Add(
                    $"{at}.choices", "Solo un campo choice tiene opciones.", "Only a choice field has choices.");
            }
        }
        else if (choices.Count is 0 or > MaxChoices || choices.Exists(choice => choice is not { Length: <= MaxLabel }))
        {
            errors.Add(
                $"{at}.choices",
                $"Escriba de 1 a {MaxChoices} opciones, de hasta {MaxLabel} caracteres.",
                $"Write 1 to {MaxChoices} choices, of at most {MaxLabel} characters.");
        }
        else if (choices.Distinct(StringComparer.Ordinal).Count() < choices.Count)
        {
            errors.Add($"{at}.choices", "Una opción está repetida.", "A choice appears twice.");
        }
    }

    // A number would be read as one of them too.
    private static ContactFieldKind? KindOf(string? text) =>
        text is not null && text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out ContactFieldKind kind)
            ? kind
            : null;
}
