using System.Globalization;

namespace CallMyWay.Functions.Numbers;

/// <summary>
/// A shortcut for countries where every number has eight digits and no trunk prefix. Nearly all numbers arrive as
/// <c>88888888</c>, <c>8888-8888</c> or <c>+506 8888 8888</c>. The result is the same as that of <see
/// cref="PhoneNumberParser"/>'s full parse.
/// </summary>
internal sealed class HomePlan(string country, string code)
{
    private const int Longest = 24;

    private readonly int _number = int.Parse(code, CultureInfo.InvariantCulture);

    public static HomePlan? Of(string country) => country switch
    {
        "CR" => new(country, "506"),
        "GT" => new(country, "502"),
        "NI" => new(country, "505"),
        _ => null,
    };

    /// <summary>
    /// Such a number as its people write it, <c>8888-8888</c>: the library has a space there, and nothing in a range that
    /// it doesn't know yet. Any other text stays as it is, such as that of a number abroad.
    /// </summary>
    public static string WithHyphen(string? e164, string display)
    {
        if (e164 is not ['+', '5', '0', '2' or '5' or '6', ..] || e164.Length != 12
            || !display.StartsWith(e164[4..8], StringComparison.Ordinal))
        {
            return display;
        }

        return (display.Length > 4 && display[4] == ' ' ? display[5..] : display[4..]) is var rest
            && rest.StartsWith(e164[8..], StringComparison.Ordinal)
                ? $"{e164[4..8]}-{rest}"
                : display;
    }

    public PhoneNumber? Read(string? text, bool fromOperator)
    {
        if (text is null || text.Length is < 8 or > Longest)
        {
            return null;
        }

        Span<char> digits = stackalloc char[Longest];
        var count = 0;
        var plus = false;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c;
            }
            else if (c == '+' && count == 0 && !plus)
            {
                plus = true;
            }
            else if (c is not (' ' or '-'))
            {
                return null;
            }
        }

        var national = digits[..count];
        if (count == 11 && national.StartsWith(code))
        {
            national = national[3..];
        }
        else if (plus || count != 8)
        {
            return null;
        }

        // One digit again and again is a number only if the plan has it, which the full parse knows.
        return national[0] is >= '2' and <= '8' && !(fromOperator && PrivateCaller.IsOneDigit(national))
            ? PhoneNumber.Whole(text.Trim(), $"+{code}{national}", _number, country, null, hasCode: count == 11)
            : null;
    }
}
