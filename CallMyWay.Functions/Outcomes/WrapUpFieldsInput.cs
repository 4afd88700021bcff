using System.Text.RegularExpressions;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Outcomes;

/// <summary>One field in a request. <paramref name="Kind"/> is text, number, date or choice.</summary>
public sealed record WrapUpFieldInput(
    [property: Needed] string? Key,
    [property: Needed] string? Es,
    [property: Needed] string? En,
    [property: Needed] string? Kind,
    bool? Required,
    IReadOnlyList<string?>? Choices,
    IReadOnlyList<string?>? Outcomes);

/// <summary>The body of a request that replaces the wrap-up's own fields.</summary>
public sealed partial record WrapUpFieldsInput([property: Needed] IReadOnlyList<WrapUpFieldInput?>? Items)
{
    /// <summary>How many fields a wrap-up has at most.</summary>
    public const int MaxFields = 30;

    private const int MaxLabel = 80;

    private const int MaxChoices = 50;

    /// <summary>The errors of the input, by field.</summary>
    /// <param name="outcomes">The codes that a field can name.</param>
    public FieldErrors Check(IReadOnlySet<string> outcomes)
    {
        var errors = new FieldErrors();
        if (Items is not { Count: <= MaxFields })
        {
            return errors.Add(
                "items", $"Escriba como máximo {MaxFields} campos.", $"Write at most {MaxFields} fields.");
        }

        for (var i = 0; i < Items.Count; i++)
        {
            var (at, field) = ($"items[{i}]", Items[i]);
            if (field?.Key is null || !FieldKeys().IsMatch(field.Key))
            {
                errors.Add(
                    $"{at}.key",
                    "Use de 1 a 64 letras sin tilde, números, punto, guion o guion bajo; al principio, letra o número.",
                    "Use 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit.");
            }
            else if (Items.Take(i).Any(other => other?.Key == field.Key))
            {
                errors.Add($"{at}.key", "Está repetido.", "It appears twice.");
            }

            foreach (var (name, text) in new[] { ("es", field?.Es), ("en", field?.En) })
            {
                if (PlainText.Of(text) is not { Length: <= MaxLabel })
                {
                    errors.Add(
                        $"{at}.{name}",
                        $"Escriba un texto de hasta {MaxLabel} caracteres.",
                        $"Write a text of at most {MaxLabel} characters.");
                }
            }

            CheckKind(errors, at, field);
            if (field?.Outcomes?.Any(code => code is null || !outcomes.Contains(code)) == true)
            {
                errors.Add(
                    $"{at}.outcomes",
                    "Elija resultados de la lista, o ninguno para todos.",
                    "Choose outcomes of the list, or none for all.");
            }
        }

        return errors;
    }

    /// <summary>The fields as described; call it only if <see cref="Check"/> found no error.</summary>
    public IReadOnlyList<WrapUpField> ToFields() =>
    [
        .. Items!.Select(field => new WrapUpField(
            field!.Key!,
            PlainText.Of(field.Es)!,
            PlainText.Of(field.En)!,
            KindOf(field.Kind)!.Value,
            field.Required ?? false,
            [.. (field.Choices ?? []).Select(choice => PlainText.Of(choice)!)],
            [.. (field.Outcomes ?? []).Select(code => code!).Distinct()])),
    ];

    private static void CheckKind(FieldErrors errors, string at, WrapUpFieldInput? field)
    {
        var kind = KindOf(field?.Kind);
        if (kind is null)
        {
            errors.Add(
                $"{at}.kind",
                "Elija text, number, date o choice.",
                "Choose text, number, date or choice.");
            return;
        }

        List<string?> choices = [.. (field!.Choices ?? []).Select(PlainText.Of)];
        if (kind != WrapUpFieldKind.Choice)
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
        else if (choices.Distinct().Count() < choices.Count)
        {
            errors.Add($"{at}.choices", "Una opción está repetida.", "A choice appears twice.");
        }
    }

    // A number would be read as one of them too.
    private static WrapUpFieldKind? KindOf(string? text) =>
        text is not null && text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out WrapUpFieldKind kind)
            ? kind
            : null;

    [GeneratedRegex(
        @"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex FieldKeys();
}
