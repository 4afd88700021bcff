using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CallMyWay.Functions.Numbers;

/// <summary>
/// Whether a text is one telephone number and nothing else, so that it can be dialled without asking. The parser finds
/// a number in nearly any text: in a card's number, an amount or a date, or the first of two. That is good for finding
/// a contact, and not for dialling. Pure.
/// </summary>
public static partial class OneNumber
{
    private const int Longest = 64;

    /// <summary>A German mobile number with its country's code.</summary>
    private const int LongestWithoutPrefix = 13;

    private const int NoLimit = Timeout.Infinite;

    /// <summary>What stands in a number: a comma or a colon does not.</summary>
    private static readonly SearchValues<char> InNumbers = SearchValues.Create("0123456789 ().-/");

    /// <param name="text">What was written.</param>
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

        // With its plus it says itself that it is a number, and short codes such as 911 are known one by one.
        var isSaid = number.IsShortCode || alone.AsSpan(0, first).Contains('+');
        return isSaid
            || !(IsCard(digits)
                || IsDate(digits)
                || Amount().IsMatch(digits)
                || DecimalOrCheckDigit().IsMatch(digits)
                || Identity().IsMatch(digits));
    }

    // ₡25000000, 20 %, ½ and the like.
    private static bool IsNotOfANumber(char c) => c is '%' or '=' or '*' || char.GetUnicodeCategory(c)
        is UnicodeCategory.CurrencySymbol
        or UnicodeCategory.OtherNumber
        or UnicodeCategory.LetterNumber
        or UnicodeCategory.EnclosingMark;

    // "8888 casa" spells a number on a keypad, and means none.
    private static bool HasLettersForDigits(string digits, PhoneNumber number) =>
        number.E164 is { } e164
        && PhoneText.Digits(digits).Length < e164.Length - 1 - PhoneText.CodeLength(number.CallingCode);

    // Cards have 14 digits and more, IMEIs 15. A number abroad can have as many; it then begins with a plus, 00 or 011.
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

    /// <summary>Behind which companies write words: 800, 1-800.</summary>
    [GeneratedRegex(@"(?:^|\D)1?800\D*$", RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex TollFree();

    /// <summary>25.000.000</summary>
    [GeneratedRegex(@"^\d{1,2}(?:\.\d{3})+$", RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex Amount();

    /// <summary>250000.50 and 8888123-4</summary>
    [GeneratedRegex(@"^\d+[^\d]+\d{1,2}$|\D\d$", RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex DecimalOrCheckDigit();

    /// <summary>A Costa Rican identity card's number, whose zeros people leave out: 2-345-0678</summary>
    [GeneratedRegex(@"^[1-9]-\d{3,4}-\d{3,4}$", RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex Identity();
}
