using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CallMyWay.Functions.Operator;

/// <summary>
/// Takes a password out of an answer that repeats it, in whatever spelling the web gives it: in other letter case;
/// character by character as an address, a page or a script writes it, once or several times over; as a whole in Base64
/// or hexadecimal. Pure.
/// </summary>
internal sealed class PasswordMask
{
    private const string Masked = "***";

    /// <summary>Of a shorter piece of Base64 or hexadecimal nobody could say that it is the password.</summary>
    private const int FewestBytes = 4;

    /// <summary>The most characters that stand for one of the password's: <c>%2525C3%2525B1</c> and the like.</summary>
    private const int LongestSpelling = 24;

    private static readonly (char Accent, string Name)[] Accents =
        [('\u0300', "grave"), ('\u0301', "acute"), ('\u0302', "circ"), ('\u0303', "tilde"), ('\u0308', "uml"), ('\u0327', "cedil")];

    private readonly Regex _spellings;

    private readonly int _reach;

    public PasswordMask(string password)
    {
        _reach = password.Length * LongestSpelling;
        var encoded = new[] { Encoding.UTF8.GetBytes(password), Encoding.Latin1.GetBytes(password) }
            .DistinctBy(Convert.ToHexString)
            .Where(bytes => bytes.Length >= FewestBytes)
            .SelectMany(bytes => Base64(bytes).Append(Hexadecimal(bytes)));
        var byCharacter = string.Concat(password.EnumerateRunes().Select(Character));
        // This engine takes a time that grows with the length of the text alone, whatever the password and the text.
        _spellings = new Regex(
            string.Join('|', encoded.Append(byCharacter)),
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>The text without the password.</summary>
    /// <param name="text">The answer's.</param>
    /// <param name="isWhole">
    /// False where the text was cut off: then its end is left out, which may hold a part of the password.
    /// </param>
    public string Apply(string text, bool isWhole)
    {
        var masked = _spellings.Replace(text, Masked);
        return isWhole ? masked : masked[..Math.Max(0, masked.Length - _reach)];
    }

    /// <summary>A character as it is, in either case, and as addresses, pages and scripts write it.</summary>
    private static string Character(Rune rune)
    {
        IEnumerable<Rune> cases = [rune, Rune.ToUpperInvariant(rune), Rune.ToLowerInvariant(rune)];
        return $"(?:{string.Join('|', cases.Distinct().SelectMany(Spellings))})";
    }

    private static IEnumerable<string> Spellings(Rune rune)
    {
        var utf8 = Encoding.UTF8.GetBytes(rune.ToString());
        yield return Regex.Escape(rune.ToString());
        yield return Percent(utf8);
        // &#241; and &#xF1;, and &amp;#241; where a page was written into a page.
        yield return $"&(?:amp;)*#0*{rune.Value.ToString(CultureInfo.InvariantCulture)};?";
        yield return $"&(?:amp;)*#[xX]0*{Hexadecimal(rune.Value, "x")};?";
        foreach (var name in Names(rune))
        {
            yield return $"&(?:amp;)*{name};?";
        }

        // As scripts and JSON write it.
        yield return string.Concat(rune.ToString().Select(unit => @"\\+u" + Hexadecimal(unit, "x4")));
        if (rune.Value < 256)
        {
            yield return @"\\+x" + Hexadecimal(rune.Value, "x2");
            yield return Percent([(byte)rune.Value]);
        }

        if (rune.IsAscii)
        {
            yield return @"\\+" + Regex.Escape(rune.ToString());
            if (rune.Value == ' ')
            {
                yield return @"\+";
            }
        }
        else
        {
            // One byte of another encoding, which was read as the start of a character, and each byte read as one.
            yield return "\uFFFD";
            yield return Regex.Escape(Encoding.Latin1.GetString(utf8));
        }
    }

    // %C3%B1, and %25C3%25B1 where it was encoded again.
    private static string Percent(byte[] bytes) =>
        string.Concat(bytes.Select(each => "%(?:25)*" + Hexadecimal(each, "x2")));

    /// <summary>
    /// The names of a character on a page: <c>amp</c>, and those of the letters of Spanish and its neighbours, such as
    /// <c>ntilde</c>.
    /// </summary>
    private static string[] Names(Rune rune) => rune.Value switch
    {
        '&' => ["(?:amp;)*amp"],
        '<' => ["lt"],
        '>' => ["gt"],
        '"' => ["quot"],
        '\'' => ["apos"],
        _ => rune.IsAscii || rune.ToString().Normalize(NormalizationForm.FormD) is not [var letter, var accent]
            ? []
            : [.. Accents.Where(each => each.Accent == accent).Select(each => letter + each.Name)],
    };

    /// <summary>
    /// Base64, in both alphabets, wherever the password stands in what was encoded. The characters that are the same
    /// whatever bytes are around the password are looked for, and all Base64 that is joined to them is taken out.
    /// </summary>
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        for (var before = 0; before < 3; before++)
        {
            var bits = before * 8;
            var whole = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
            var same = whole[((bits + 5) / 6)..((bits + (bytes.Length * 8)) / 6)];
            var looked = string.Concat(same.Select(c => c switch
            {
                '+' => "(?:[+-]|%2[Bb])",
                '/' => @"(?:\\?/|_|%2[Ff])",
                _ => c.ToString(),
            }));
            const string around = @"(?:[A-Za-z0-9+_-]|\\?/|%2[BbFf])*";
            yield return $"{around}{looked}{around}(?:=|%3[Dd])*";
        }
    }

    private static string Hexadecimal(byte[] bytes) =>
        string.Join("[ :-]?", bytes.Select(each => Hexadecimal(each, "x2")));

    private static string Hexadecimal(int value, string format) => string.Concat(value
        .ToString(format, CultureInfo.InvariantCulture)
        .Select(c => char.IsAsciiLetter(c) ? $"[{c}{char.ToUpperInvariant(c)}]" : c.ToString()));
}
