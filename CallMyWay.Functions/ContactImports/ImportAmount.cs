using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactImports;

/// <summary>A number or an amount of money as files have it, with the sign or the code of its currency.</summary>
internal static partial class ImportAmount
{
    // Windows-1252 has no ₡: files in it have ¢ instead.
    private static readonly FrozenDictionary<string, string> Currencies = new Dictionary<string, string>
    {
        ["₡"] = "CRC",
        ["¢"] = "CRC",
        ["$"] = "USD",
        ["US$"] = "USD",
        ["€"] = "EUR",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The number in the text, as it is stored; null where it can't be read.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="currency">The only one that may stand beside the number; null where none may.</param>
    public static string? Read(string text, string? currency)
    {
        if (FieldText.IsNumber(text) && !Thousands().IsMatch(text))
        {
            // As the form of a contact takes it, with the zeros in front: it may be a code.
            return Marked().Replace(text, "${minus}${number}");
        }

        var match = Parts().Match(text.Replace('\u00A0', ' '));
        return match.Success && Others(match, currency) is []
            ? Number(match.Groups["minus"].Value
                + match.Groups["number"].Value.Replace(" ", "", StringComparison.Ordinal))
            : null;
    }

    /// <summary>
    /// Why a field can't hold the text; it names the currency of the text where that is not the field's.
    /// </summary>
    /// <param name="text">The cell.</param>
    /// <param name="field">A field that holds amounts or numbers.</param>
    /// <param name="currency">The field's; null where it has none.</param>
    public static Phrase Refusal(string text, ContactFieldDefinition field, string? currency)
    {
        var match = Parts().Match(text.Replace('\u00A0', ' '));
        return (match.Success ? Others(match, currency) : []) is not [var other, ..]
            ? field.Refusal()
            : currency is null
            ? new(
                $"«{field.Label.Es}» es un número sin moneda y la celda está en {other}: para dinero, defina el campo "
                + "como monto.",
                $"“{field.Label.En}” is a number without a currency, and the cell is in {other}: for money, define the "
                + "field as an amount.")
            : new(
                $"«{field.Label.Es}» es un monto en {currency} y la celda está en {other}: conviértalo, o impórtelo en "
                + $"un campo en {other}.",
                $"“{field.Label.En}” is an amount in {currency}, and the cell is in {other}: convert it, or import it "
                + $"into a field in {other}.");
    }

    /// <summary>
    /// A number that is stored, so that <see cref="Read"/> reads the same again. With a zero in front <c>12.345</c>
    /// can't be thousands.
    /// </summary>
    public static string Write(string number) => ToMark().Replace(number, "${minus}0${number}");

    // The currencies beside the number that are not the field's own.
    private static List<string> Others(Match parts, string? own) =>
    [
        .. parts.Groups["currency"].Captures
            .Select(capture => Currencies.GetValueOrDefault(capture.Value) ?? capture.Value)
            .Where(named => named != own),
    ];

    // Groups of thousands, and perhaps decimals behind the other sign. Else the only sign is the decimal one.
    private static string? Number(string plain)
    {
        var match = Thousands().Match(plain) is { Success: true } groups ? groups : Ungrouped().Match(plain);
        var whole = match.Groups["whole"].Value.Replace(".", "", StringComparison.Ordinal)
            .Replace(",", "", StringComparison.Ordinal);
        return match.Success && decimal.TryParse(
            $"{whole}.{match.Groups["decimals"].Value}",
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var amount)
            ? amount.ToString(CultureInfo.InvariantCulture)
            : null;
    }

    // A currency can stand on each side: -₡ 1 500,50 CRC.
    [GeneratedRegex(
        @"^ *(?<minus>-?) *(?<currency>[₡¢$€]|US\$|[A-Z]{3})? *(?<number>-?[0-9][0-9., ]*?) *"
        + @"(?<currency>[₡¢$€]|US\$|[A-Z]{3})? *\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Parts();

    // What can be both, 12.345, is read as thousands. No thousands begin with a zero.
    [GeneratedRegex(
        @"^(?<whole>-?[1-9][0-9]{0,2}(?<sign>[.,])[0-9]{3}(?:\k<sign>[0-9]{3})*)"
        + @"(?:(?!\k<sign>)[.,](?<decimals>[0-9]+))?\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Thousands();

    [GeneratedRegex(
        @"^(?<minus>-?)(?<number>0*[1-9][0-9]{0,2}\.[0-9]{3})\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex ToMark();

    [GeneratedRegex(
        @"^(?<minus>-?)0(?<number>0*[1-9][0-9]{0,2}\.[0-9]{3})\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Marked();

    [GeneratedRegex(
        @"^(?<whole>-?[0-9]{1,15})(?:[.,](?<decimals>[0-9]+))?\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Ungrouped();
}
