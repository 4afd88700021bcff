using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CallMyWay.Functions.Numbers;

/// <summary>
/// Tells whether a text is one telephone number and nothing else, so that it can be dialled without asking. The parser
/// finds a number in nearly any text: in a card number, an amount, a date, or two numbers. That is good for finding a
/// contact, but not for dialling. Pure.
/// </summary>
public static partial class OneNumber
{
    private const int Longest = 64;

    /// <summary>The length of a German mobile number with its country code.</summary>
    private const int LongestWithoutPrefix = 13;

    private const int NoLimit = Timeout.Infinite;

    /// <summary>The characters inside a number. Commas and colons are not among them.</summary>
    private static readonly SearchValues<char> InNumbers = SearchValues.Create("0123456789 ().-/");

    /// <param name="text">The text as typed.</param>
    /// <param name="number">What the parser found in it.</param>
    public static bool IsAlone(string text, PhoneNumber number)
    {
        if (text.Length > Longest || number.HasMoreDigits)
        {
            return false;
        }

        var written = PhoneText.Dialled(PhoneText.Normalize(text));
        var alone = ExplicitExtension().Replace(written, "");
        var first = alone.AsSpan().IndexOfAnyInRange('0', '9');
        if (first < 0 || alone.Any(IsNotOfANumber))
        {
            return false;
        }

        var digits = alone[first..(alone.AsSpan().LastIndexOfAnyInRange('0', '9') + 1)];
        if (digits.AsSpan().IndexOfAnyExcept(InNumbers) >= 0
            || (HasLettersForDigits(digits, number) && !TollFree().IsMatch(digits)))
        {
            return false;
        }

        // A plus marks a number, and short codes such as 911 are on a list. These need no further check.
        var isSaid = number.IsShortCode || alone.AsSpan(0, first).Contains('+');
        return isSaid
            || !(IsCard(digits)
                || IsDate(digits)
                || Amount().IsMatch(digits)
                || DecimalOrCheckDigit().IsMatch(digits)
                || Identity().IsMatch(digits));
    }

    // As in ₡25000000, 20 % and ½.
    private static bool IsNotOfANumber(char c) => c is '%' or '=' or '*' || char.GetUnicodeCategory(c)
        is UnicodeCategory.CurrencySymbol
        or UnicodeCategory.OtherNumber
        or UnicodeCategory.LetterNumber
        or UnicodeCategory.EnclosingMark;

    // "8888 casa" would spell a number on a keypad, but is not meant as one.
    private static bool HasLettersForDigits(string digits, PhoneNumber number) =>
        number.E164 is { } e164
        && PhoneText.Digits(digits).Length < e164.Length - 1 - PhoneText.CodeLength(number.CallingCode);

    // Cards have 14 digits or more, IMEIs have 15. A foreign number can have as many, but begins with a plus, 00 or
    // 011.
    private static bool IsCard(string digits) =>
        digits[0] != '0' && PhoneText.Digits(digits).Length > LongestWithoutPrefix;

    private static bool IsDate(string digits)
    {
        var parts = digits.Split(['-', '/', '.', ' ']);
        return parts is [var a, var b, var c] && (IsDay(a, b, c) || IsDay(c, b, a) || IsDay(c, a, b));
    }

    private static bool IsDay(string year, string month, string day) => year is ['1', '9', _, _] or ['2', '0', _, _]
        && DateOnly.TryParseExact(
            $"{year}-{month}-{day}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(
        @"[\s,;(-]*(?<!\p{L})(?:ext(?:ensi[oó]n|n)?|int(?:erno)?|anexo|x|#)(?>[\s.:#=-]*)\d{1,7}\)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        NoLimit)]
    private static partial Regex ExplicitExtension();

    /// <summary>The prefixes before numbers that companies spell in letters: 800, 1-800.</summary>
    [GeneratedRegex(@"(?:^|\D)1?800\D*$", RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex TollFree();

    /// <summary>An amount such as 25.000.000</summary>
    [GeneratedRegex(@"^\d{1,2}(?:\.\d{3})+$", RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex Amount();

    /// <summary>An amount such as 250000.50, or a number with a check digit such as 8888123-4</summary>
    [GeneratedRegex(@"^\d+[^\d]+\d{1,2}$|\D\d$", RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex DecimalOrCheckDigit();

    /// <summary>
    /// The number of a Costa Rican identity card without its leading zeros, as people write it: 2-345-0678
    /// </summary>
    [GeneratedRegex(@"^[1-9]-\d{3,4}-\d{3,4}$", RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex Identity();
}
