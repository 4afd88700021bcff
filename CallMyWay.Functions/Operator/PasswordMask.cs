using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CallMyWay.Functions.Operator;

/// <summary>
/// Removes the password from an answer that repeats it, in any spelling used on the web: in another letter case, with
/// characters escaped as in an address, a page or a script (once or several times), or as a whole in Base64 or
/// hexadecimal. Pure.
/// </summary>
internal sealed class PasswordMask
{
    private const string Masked = "***";

    /// <summary>A shorter piece of Base64 or hexadecimal could be anything else too.</summary>
    private const int FewestBytes = 4;

    /// <summary>
    /// The most characters that stand for one character of the password, as in <c>%2525C3%2525B1</c>.
    /// </summary>
    private const int LongestSpelling = 24;

    private static readonly (char Accent, string Name)[] Accents =
        [('\u0300', "grave"), ('\u0301', "acute"), ('\u0302', "circ"), ('\u0303', "tilde"), ('\u0308', "uml"), ('\u0327', "cedil")];

    /// <summary>To build one takes longer than a click: a password has one for as long as the process runs.</summary>
    private static readonly ConcurrentDictionary<string, PasswordMask> Built = new(StringComparer.Ordinal);

    private readonly Regex _spellings;

    private readonly int _reach;

    private PasswordMask(string password)
    {
        _reach = password.Length * LongestSpelling;
        var encoded = new[] { Encoding.UTF8.GetBytes(password), Encoding.Latin1.GetBytes(password) }
            .DistinctBy(Convert.ToHexString)
            .Where(bytes => bytes.Length >= FewestBytes)
            .SelectMany(bytes => Base64(bytes).Append(Hexadecimal(bytes)));
        var byCharacter = string.Concat(password.EnumerateRunes().Select(Character));
        // This regex engine is linear in the length of the text, whatever the password and the text.
        _spellings = new Regex(
            string.Join('|', encoded.Append(byCharacter)),
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>The mask of a password.</summary>
    public static PasswordMask Of(string password) => Built.GetOrAdd(password, static each => new(each));

    /// <summary>The text without the password.</summary>
    /// <param name="text">The answer's text.</param>
    /// <param name="isWhole">
    /// False if the text was cut off. Then its end is removed too, as it may hold a part of the password.
    /// </param>
    public string Apply(string text, bool isWhole)
    {
        var masked = _spellings.Replace(text, Masked);
        return isWhole ? masked : masked[..Math.Max(0, masked.Length - _reach)];
    }

    /// <summary>One character in either case, plain or escaped as in addresses, pages and scripts.</summary>
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
        // &#241; and &#xF1;, or &amp;#241; if a page was escaped within a page.
        yield return $"&(?:amp;)*#0*{rune.Value.ToString(CultureInfo.InvariantCulture)};?";
        yield return $"&(?:amp;)*#[xX]0*{Hexadecimal(rune.Value, "x")};?";
        foreach (var name in Names(rune))
        {
            yield return $"&(?:amp;)*{name};?";
        }

        // As in scripts and JSON.
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
            // A byte of another encoding, which was read as a replacement character or as a character by itself.
            yield return "\uFFFD";
            yield return Regex.Escape(Encoding.Latin1.GetString(utf8));
        }
    }

    // %C3%B1, or %25C3%25B1 if it was encoded twice.
    private static string Percent(byte[] bytes) =>
        string.Concat(bytes.Select(each => "%(?:25)*" + Hexadecimal(each, "x2")));

    /// <summary>
    /// The HTML names of a character: <c>amp</c>, and those of letters of Spanish and similar languages, such as
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
    /// Base64 in both alphabets, at any offset of the password in the encoded text. The characters that don't depend on
    /// the bytes around the password are searched for; all Base64 that is joined to them is removed.
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
