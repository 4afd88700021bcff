using System.Globalization;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactImports;

/// <summary>Reads cells as people and spreadsheets fill them.</summary>
internal static partial class ImportCells
{
    private static readonly Phrase LostDigits = new(
        "La hoja de cálculo escribió el número en forma científica y perdió cifras. Dé a la columna formato de texto.",
        "The spreadsheet wrote the number in scientific form and lost digits. Give the column the format of text.");

    private static readonly string[] MeaningNone =
    [
        "-", "--", "---", ".", "0", "n/a", "#n/a", "na", "nd", "n/d", "s/n", "sn", "no", "no tiene", "no hay", "ninguno",
        "ninguna", "sin numero", "sin telefono", "sin dato", "none", "null", "nulo", "vacio", "unknown",
    ];

    /// <summary>The numbers of a cell, each as a field of the contact; a reason where one can't be read.</summary>
    public static Phrase? Numbers(string cell, PhoneNumberParser parser, List<string> numbers)
    {
        var text = CsvText.WithoutApostrophe(cell.Trim(' ', '\t'));
        var lines = text.Split(['\r', '\n']);
        foreach (var line in lines)
        {
            var typed = CsvText.WithoutApostrophe(line.Trim());
            if (typed.Length == 0 || MeaningNone.Contains(SearchText.Fold(typed)))
            {
                continue;
            }

            if (Whole(typed) is not { } number)
            {
                return LostDigits;
            }

            // Where each stands in a line of its own they are told apart already.
            var all = lines.Length == 1 ? parser.ParseAll(number) : [];
            if (all.Count <= 1)
            {
                numbers.Add(number);
                continue;
            }

            numbers.AddRange(all.Select(each =>
                each.E164 is { } e164 && parser.Parse(each.Received).E164 != e164 ? e164 : each.Received));
        }

        return null;
    }

    /// <summary>The number of an identity document; null where the spreadsheet has lost digits of it.</summary>
    public static string? Document(string cell) =>
        CsvText.WithoutApostrophe(cell.Trim()) is var text && MeaningNone.Contains(SearchText.Fold(text))
            ? ""
            : Whole(text);

    /// <summary>
    /// An amount, a day or a choice of the office's own fields, as they are stored. Any other text stays as it is, and
    /// is refused later (<see cref="Refusal"/>).
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="field">The field; null for one that the office has not defined.</param>
    /// <param name="currency">That of amounts whose field names none.</param>
    public static string Own(string cell, ContactFieldDefinition? field, string currency)
    {
        var text = CsvText.WithoutApostrophe(cell.Trim());
        return field?.Kind switch
        {
            ContactFieldKind.Amount or ContactFieldKind.Number =>
                ImportAmount.Read(text, CurrencyOf(field, currency)) ?? text,
            ContactFieldKind.Date => Day(text) ?? text,
            ContactFieldKind.Choice =>
                field.Choices?.FirstOrDefault(choice => SearchText.Fold(choice) == SearchText.Fold(text)) ?? text,
            _ => text,
        };
    }

    /// <summary>
    /// Why a field can't hold what <see cref="Own"/> has read; null where each can. What was stored before may stay.
    /// </summary>
    public static Phrase? Refusal(
        ContactFieldList own,
        Func<string, string?> valueOf,
        IReadOnlyDictionary<string, string>? before,
        string currency) =>
        own.WrongOf(valueOf, before).FirstOrDefault() is not { } field ? null
            : field.Kind is ContactFieldKind.Amount or ContactFieldKind.Number
                ? ImportAmount.Refusal(valueOf(field.Key)!, field, CurrencyOf(field, currency))
                : field.Refusal();

    /// <summary>A value of the office's own fields, so that <see cref="Own"/> reads the same again.</summary>
    public static string OfOwn(string value, ContactFieldDefinition field, CsvForm form)
    {
        if (field.Kind is not (ContactFieldKind.Amount or ContactFieldKind.Number))
        {
            return value;
        }

        // A number with zeros in front may be a code. With a comma it would be read as an amount, without them.
        var cell = ImportAmount.Write(value);
        return ImportAmount.Read(form.Number(cell), null) == value ? form.Number(cell) : cell;
    }

    public static Phrase DamagedDocument { get; } = LostDigits;

    // Only an amount has a currency. A number would lose what a sign beside it says.
    private static string? CurrencyOf(ContactFieldDefinition field, string currency) =>
        field.Kind == ContactFieldKind.Amount ? field.Currency ?? currency : null;

    /// <summary>
    /// The digits of what a spreadsheet took for an amount: <c>88881234.0</c>, <c>8.8881234E7</c>. Null where it has
    /// lost some. Any other text is as it was.
    /// </summary>
    private static string? Whole(string text)
    {
        if (Decimal().Match(text) is { Success: true } whole)
        {
            return whole.Groups["digits"].Value;
        }

        if (Exponent().Match(text) is not { Success: true } match)
        {
            return text;
        }

        var rest = match.Groups["rest"].Value;
        return int.Parse(match.Groups["exponent"].ValueSpan, CultureInfo.InvariantCulture) == rest.Length
                ? match.Groups["first"].Value + rest
                : null;
    }

    // As Costa Rica writes days: the day first. A spreadsheet may add the time.
    private static string? Day(string text) =>
        DateOnly.TryParseExact(
            text.Split(' ', 'T')[0],
            ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "yyyy-MM-dd", "yyyy/M/d", "d/M/yy"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(
        @"^(?<digits>\+?\d{6,15})[.,]0{1,3}\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Decimal();

    [GeneratedRegex(
        @"^(?<first>\d)(?:[.,](?<rest>\d*))?[eE]\+?(?<exponent>\d{1,2})\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Exponent();
}
