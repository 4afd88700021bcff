using System.Globalization;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Operator;

/// <summary>
/// Reads the values of the operator, in notifications and in records: text or numbers, a decimal point or comma, and
/// times that did not happen. Each reading tells a value that is missing from one that can't be read.
/// </summary>
public static class OperatorText
{
    private static readonly JsonDocumentOptions Tolerant = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 16,
    };

    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm"];

    /// <summary>
    /// The JSON of these bytes, or of what they are in the single-quoted form of the document; null where they are
    /// neither.
    /// </summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8) =>
        TryParse(utf8) ?? TryParse(Encoding.UTF8.GetBytes(SingleQuotes.ToJson(Encoding.UTF8.GetString(utf8.Span))));

    /// <summary>The text of a JSON value; empty for null, and for what is no value.</summary>
    public static string Of(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => StringOf(text).Trim(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } raw => raw.GetRawText(),
        _ => "",
    };

    /// <summary>
    /// A local time of the account. Empty, zero and 1970 mean "did not happen": true, and null. False for any other
    /// text, and for years far away, which are faults.
    /// </summary>
    public static bool TryTime(string text, out DateTime? time)
    {
        time = null;
        if (text.Length == 0 || text.StartsWith("0000-00-00", StringComparison.Ordinal)
            || text.StartsWith("1970-01-01", StringComparison.Ordinal) || text == "0")
        {
            return true;
        }

        if ((TryPlainTime(text, out var read)
            || DateTime.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out read))
            && read.Year is > 1999 and < 2200)
        {
            time = read;
        }

        return time is not null;
    }

    /// <summary>
    /// A duration in seconds, "65.5" or "65,5"; or as a clock shows it, "01:05" or "1:01:05". Fractions of a second are
    /// dropped. Empty is null.
    /// </summary>
    public static bool TrySeconds(string text, out int? seconds)
    {
        const int most = 10_000_000;
        seconds = null;
        if (text.Length == 0)
        {
            return true;
        }

        if (text.Length <= 6 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
        {
            seconds = whole;
            return true;
        }

        decimal? sum = 0;
        var parts = text.Split(':', 4);
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].Replace(',', '.');
            sum = decimal.TryParse(
                part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number <= (i == 0 ? most : 59.999m)
                    ? (sum * 60) + number
                    : null;
        }

        seconds = parts.Length <= 3 && sum is >= 0 and <= most ? (int)sum : null;
        return seconds is not null;
    }

    /// <summary>
    /// "12.5", or "12,5" as Costa Rican software writes it; "6.7e-05" as JSON writes a small number; empty is null.
    /// Thousands separators look the same and are not expected.
    /// </summary>
    public static bool TryMoney(string text, out decimal? amount)
    {
        amount = text.Length > 0 && decimal.TryParse(
            text.Replace(',', '.'),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out var read)
            ? read
            : null;
        return amount is not null || text.Length == 0;
    }

    /// <summary>
    /// Reads "2026-03-02 09:15:00", as nearly all times come. Each ack waits for it, and the general reading looks at
    /// names of months and at several forms.
    /// </summary>
    private static bool TryPlainTime(ReadOnlySpan<char> text, out DateTime time)
    {
        time = default;
        if (text.Length != 19 || (text[4], text[7], text[10], text[13], text[16]) is not ('-', '-', ' ', ':', ':'))
        {
            return false;
        }

        var (year, month, day) = ((100 * Two(text)) + Two(text[2..]), Two(text[5..]), Two(text[8..]));
        var (hour, minute, second) = (Two(text[11..]), Two(text[14..]), Two(text[17..]));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        time = new DateTime(year, month, day, hour, minute, second);
        return true;

        // A number far below zero where it is no two digits.
        static int Two(ReadOnlySpan<char> text) => char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1])
            ? (10 * (text[0] - '0')) + text[1] - '0'
            : -100_000;
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8, Tolerant);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string StringOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is no text. Its raw form is kept, which is no number either.
            return value.GetRawText().Trim('"');
        }
    }
}
