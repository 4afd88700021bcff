using System.Globalization;

namespace CallMyWay.Functions.Numbers;

/// <summary>
/// The short cut for countries whose every number has eight digits and no prefix before it: nearly all that comes in is
/// one of <c>88888888</c>, <c>8888-8888</c> and <c>+506 8888 8888</c>. It gives what the long way of
/// <see cref="PhoneNumberParser"/> gives.
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

    public PhoneNumber? Read(string? text)
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

        return national[0] is >= '2' and <= '8'
            ? PhoneNumber.Whole(text.Trim(), $"+{code}{national}", _number, country, extension: null)
            : null;
    }
}
