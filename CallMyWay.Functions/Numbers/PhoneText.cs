using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CallMyWay.Functions.Numbers;

/// <summary>
/// Cleans the text around a number: what people, address books and telephones write before, inside and after it.
/// </summary>
internal static partial class PhoneText
{
    private const int LongestReceived = 64;

    // A field may also hold notes. Text beyond this is not read.
    private const int LongestRead = 256;
    private const int FewestDigits = 7;
    private const int FewestDigitsWithCode = 10;

    private static readonly SearchValues<char> InNumber = SearchValues.Create("+- 0123456789");

    // The texts are short, so a time limit could only trip if the machine stands still.
    private const int NoLimit = Timeout.Infinite;

    /// <summary>A number's text, its extension, and whether the whole text has more digits than these two.</summary>
    internal readonly record struct Parts(string Number, string? Extension, bool HasMoreDigits = false);

    /// <summary>The text as it is kept and shown, without characters that control, hide or reorder it.</summary>
    public static string Received(string? text)
    {
        var clean = Clean(text, LongestReceived * 2);
        if (clean.Length <= LongestReceived)
        {
            return clean;
        }

        return clean[..(char.IsHighSurrogate(clean[LongestReceived - 1]) ? LongestReceived - 1 : LongestReceived)]
            .TrimEnd();
    }

    /// <summary>
    /// Replaces digits of every script by ASCII, wide forms by plain ones, and all dashes and spaces by one kind.
    /// </summary>
    public static string Normalize(string? text)
    {
        var clean = Clean(text, LongestRead);
        if (Ascii.IsValid(clean))
        {
            return OfSpreadsheet(clean);
        }

        var plain = new StringBuilder(clean.Length);
        for (var i = 0; i < clean.Length; i += char.IsSurrogatePair(clean, i) ? 2 : 1)
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(clean, i);
            var c = clean[i];
            if (digit >= 0)
            {
                plain.Append((char)('0' + digit));
            }
            else if (c is >= '\uFF01' and <= '\uFF5E')
            {
                plain.Append((char)(c - 0xFEE0));
            }
            else if (c == '\u2212' || char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation)
            {
                plain.Append('-');
            }
            else
            {
                plain.Append(clean, i, char.IsSurrogatePair(clean, i) ? 2 : 1);
            }
        }

        return OfSpreadsheet(plain.ToString());
    }

    /// <summary>
    /// The eight digits before two zero decimals, as a spreadsheet may write a number: <c>88881234.00</c>. It is an
    /// amount, unless the digits are a number of the plan. Null for any other text.
    /// </summary>
    public static string? BeforeDecimals(string text) =>
        text.Length == PhoneNumber.MatchDigits + 3 && text is [.., '.' or ',', '0', '0']
        && text.AsSpan(0, PhoneNumber.MatchDigits).IndexOfAnyExceptInRange('0', '9') < 0
            ? text[..PhoneNumber.MatchDigits]
            : null;

    /// <summary>
    /// The number that a spreadsheet took for an amount: <c>88881234.0</c>, <c>+50688881234.0</c>, <c>8.8881234E7</c>.
    /// An exponent is read only if no digit is missing.
    /// </summary>
    private static string OfSpreadsheet(string text)
    {
        if (text is [.., '.' or ',', '0']
            && text.Length > FewestDigits + 2
            && text.AsSpan(0, text.Length - 2).IndexOfAnyExcept(InNumber) < 0)
        {
            return text[..^2];
        }

        return text is [_, '.' or ',', ..] && WithExponent().Match(text) is { Success: true } match
            && match.Groups["rest"].ValueSpan is var rest
            && int.Parse(match.Groups["exponent"].ValueSpan, CultureInfo.InvariantCulture) == rest.Length
            ? string.Concat(text.AsSpan(0, 1), rest)
            : text;
    }

    /// <summary>A piece of a field, and what stands before it.</summary>
    internal readonly record struct Piece(string Text, Separator Before);

    /// <summary>The pieces of a field between the signs and words that stand between several numbers.</summary>
    public static IReadOnlyList<Piece> BetweenSeparators(string text)
    {
        var pieces = new List<Piece>();
        var start = 0;
        var before = Separator.None;
        foreach (var match in AmongNumbers().EnumerateMatches(text))
        {
            pieces.Add(new(text[start..match.Index], before));
            start = match.Index + match.Length;
            before = text.AsSpan(match.Index, match.Length).Trim() switch
            {
                "-" => Separator.Dash,
                var word when IsWordForAllBetween(word) => Separator.To,
                _ => Separator.And,
            };
            if (text[start - 1] == '+')
            {
                // The plus belongs to the number behind it.
                start--;
            }
        }

        pieces.Add(new(text[start..], before));
        return pieces;
    }

    private static bool IsWordForAllBetween(ReadOnlySpan<char> word)
    {
        foreach (var each in (ReadOnlySpan<string>)["a", "al", "hasta", "to"])
        {
            if (word.Equals(each, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The groups of digits in a text.</summary>
    public static IEnumerable<Range> GroupsOfDigits(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            var end = start;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end > start)
            {
                yield return start..end;
                start = end;
            }
        }
    }

    /// <summary>True for what stands between the groups of one number.</summary>
    public static bool IsWithinNumber(string between) =>
        between == "/" || (between.Length <= 3 && between.AsSpan().IndexOfAnyExcept(" ().-") < 0);

    /// <summary>The text of the number from one group to another, with the plus and the bracket before it.</summary>
    public static string NumberAt(string text, Range first, Range last)
    {
        var (start, end) = (first.Start.Value, last.End.Value);
        if (start > 0 && text[start - 1] == '+')
        {
            start--;
        }

        return start > 0 && text[start - 1] == '(' && text.AsSpan(start, end - start).Contains(')')
            ? text[(start - 1)..end]
            : text[start..end];
    }

    /// <summary>
    /// Whether one or two digits say which number follows, as in <c>tel1</c>, <c>casa 2:</c> and <c>1)</c>.
    /// </summary>
    public static Likelihood LabelAt(string text, Range group)
    {
        var (start, length) = group.GetOffsetAndLength(text.Length);
        if (length > 2)
        {
            return Likelihood.None;
        }

        var before = text.AsSpan(0, start).TrimEnd(" .#");
        var behind = text.AsSpan(start + length);
        var isBehindWord = before.Length > 0 && char.IsLetter(before[^1]);
        return isBehindWord || behind is [')', ..] or ['.' or ':' or '-' or '°' or 'º', ' ', ..] ? Likelihood.Sure
            : behind is ['.' or ':' or '-' or '°' or 'º', ..] ? Likelihood.Possible
            : Likelihood.None;
    }

    /// <summary>The numbers between remarks, and what else has as many digits.</summary>
    public static IEnumerable<string> NumbersAmongWords(string text)
    {
        if (HasLettersForDigits(text))
        {
            return [];
        }

        var numbers = new List<string>();
        foreach (var match in NumberAmongWords().EnumerateMatches(text))
        {
            numbers.Add(text.Substring(match.Index, match.Length));
        }

        return numbers.Where(number => Digits(number).Length >= FewestDigits);
    }

    /// <summary>The first number in a text and its extension, without an address or a name around them.</summary>
    public static Parts Split(string text)
    {
        var inside = InBrackets(text);
        var address = Address(OfChannel(inside));
        var parts = WithExtension(address with { Number = FirstNumber(address.Number) });
        // Digits elsewhere in an address are no part of a number.
        var isInside = CountOf(address.Number) + CountOf(address.Extension)
            > CountOf(parts.Number) + CountOf(parts.Extension);
        return parts with { HasMoreDigits = isInside || CountOf(text) > CountOf(inside) };

        static int CountOf(string? digits) => digits?.Count(char.IsAsciiDigit) ?? 0;
    }

    /// <summary>The dialled part of an address; the text itself if it is no address.</summary>
    public static string Dialled(string text) => Address(InBrackets(text)).Number;

    /// <summary>The host of an address, <c>sip:1001@host:5060;…</c>; null if there is none.</summary>
    public static string? HostOf(string text)
    {
        var address = InBrackets(text);
        var at = address.LastIndexOf('@');
        if (at < 0)
        {
            return null;
        }

        var host = address[(at + 1)..];
        var end = host.AsSpan().IndexOfAny(":;?> ");
        host = (end < 0 ? host : host[..end]).TrimEnd('.');
        return host.Length > 0 ? host : null;
    }

    /// <summary>The name of <c>"Ana" &lt;…&gt;</c>; null if there is none.</summary>
    public static string? NameBeside(string text)
    {
        // "Ana" <88881234>, and without brackets "Ana" 88881234.
        var open = text.LastIndexOf('<');
        open = open < 0 && text.StartsWith('"') ? text.LastIndexOf('"') + 1 : open;
        if (open <= 1 || open == text.Length || (text[open] == '<' && text.IndexOf('>', open) <= open + 1))
        {
            return null;
        }

        var name = text[..open].Trim();
        if (name is ['"', .. var quoted, '"'])
        {
            name = quoted.Replace("\\\"", "\"", StringComparison.Ordinal).Trim();
        }

        return name.Length > 0 ? name : null;
    }

    /// <summary>
    /// The digits of a number among labels that stand beside it with a separator; null if there are none, or others
    /// that belong to no label.
    /// </summary>
    public static string? BesideLabel(string text)
    {
        var digits = text.Split(['-', '_', '.', '~']).Where(part => !part.Any(char.IsLetter)).ToList();
        return string.Concat(digits) is { Length: >= PhoneNumber.MatchDigits } number
            && text.Contains(string.Join('-', digits), StringComparison.Ordinal)
            ? number
            : null;
    }

    /// <summary>Narrows the parts to a number that was found within them.</summary>
    public static Parts Within(Parts parts, string number) =>
        parts with
        {
            Number = number,
            HasMoreDigits = parts.HasMoreDigits || Digits(parts.Number).Length > Digits(number).Length
        };

    private static Parts WithExtension(Parts parts)
    {
        var (number, extension, _) = parts;
        if (extension is null && LoneExtension().Match(number) is { Success: true } alone)
        {
            return new("", alone.Groups["extension"].Value);
        }

        if (extension is null
            && ExtensionBehind().Match(number) is { Success: true } behind
            && Digits(number[..behind.Index]).Length >= FewestDigits)
        {
            return new(number[..behind.Index].Trim(' ', ',', ';', '.', '(', '-'), behind.Groups["extension"].Value);
        }

        return new(number.Trim(), extension);
    }

    /// <summary>The digits of a text.</summary>
    public static string Digits(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return text;
        }

        Span<char> digits = stackalloc char[LongestRead];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && count < digits.Length)
            {
                digits[count++] = c;
            }
        }

        return new(digits[..count]);
    }

    public static string LastDigits(string digits) =>
        digits.Length <= PhoneNumber.MatchDigits ? digits : digits[^PhoneNumber.MatchDigits..];

    /// <summary>A calling code has one to three digits.</summary>
    public static int CodeLength(int code) => code < 10 ? 1 : code < 100 ? 2 : 3;

    /// <summary>
    /// True for the name of an endpoint: one word of letters, digits and the characters of a SIP user part.
    /// </summary>
    public static bool IsEndpoint(string text) =>
        text.Length > 0
            && text.Length <= LongestReceived
            && text.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '~');

    /// <summary>
    /// The digits of a number that is written in letters, as on a keypad: <c>1-800-FLOWERS</c>. Null if it is not
    /// written as people write such numbers: whole words behind the first digits. A letter among digits is a slip, such
    /// as an O for a zero, and a word behind a whole number is a remark.
    /// </summary>
    public static string? Vanity(string text)
    {
        var digits = text.Count(char.IsAsciiDigit);
        if (digits is < 3 or > FewestDigits
            || text.Count(char.IsAsciiLetterOrDigit) > 15
            || (digits == FewestDigits && text[0] != '+')
            || !WordsBehindDigits().IsMatch(text)
            || text.All(c => !char.IsLetter(c) || IsLikeADigit(c)))
        {
            return null;
        }

        const string keypad = "22233344455566677778889999";
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetter(source[i]) ? keypad[(source[i] | 0x20) - 'a'] : source[i];
            }
        });
    }

    /// <summary>
    /// The longest number between remarks, as in <c>cel. 8888-8888 (casa)</c>. Null if letters stand for digits: the
    /// digits without them are another number.
    /// </summary>
    public static string? LongestNumber(string text) =>
        HasLettersForDigits(text) ? null : Longest(text, NumberAmongWords().EnumerateMatches(text));

    /// <summary>
    /// Removes the 1 after +52 before mobile numbers. It was abolished in 2019, but address books still have it.
    /// </summary>
    public static string WithoutOldMexicanCode(string digits) =>
        digits.Length == 13 && digits.StartsWith("521", StringComparison.Ordinal)
            ? string.Concat("52", digits.AsSpan(3))
            : digits;

    /// <summary>Removes 01, 044, 045 and 1 before ten digits, all abolished in 2019.</summary>
    public static string WithoutOldMexicanPrefix(string digits)
    {
        if (digits.Length <= 10)
        {
            return digits;
        }

        return IsOldMexicanPrefix(digits[..^10]) || digits[..^10] == "521" ? digits[^10..] : digits;
    }

    public static bool IsOldMexicanPrefix(string prefix) => prefix is "01" or "044" or "045" or "1";

    private static string? Longest(string text, Regex.ValueMatchEnumerator matches)
    {
        string? longest = null;
        foreach (var match in matches)
        {
            var number = text.Substring(match.Index, match.Length);
            if (Digits(number).Length >= FewestDigits
                && (longest is null || Digits(number).Length > Digits(longest).Length))
            {
                longest = number;
            }
        }

        return longest;
    }

    // As in 8700OO13 and 8700-123O: a letter between digits, or beside one and like one.
    internal static bool HasLettersForDigits(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            var end = start;
            var isLikeDigits = true;
            while (end < text.Length && char.IsLetter(text[end]))
            {
                isLikeDigits &= IsLikeADigit(text[end++]);
            }

            var isBehind = start > 0 && char.IsAsciiDigit(text[start - 1]);
            var isBefore = end < text.Length && char.IsAsciiDigit(text[end]);
            if (end > start && ((isBehind && isBefore) || (isLikeDigits && (isBehind || isBefore))))
            {
                return true;
            }

            start = end;
        }

        return false;
    }

    // An O is typed for a zero, and an I or a small L for a one.
    private static bool IsLikeADigit(char letter) => letter is 'O' or 'o' or 'I' or 'i' or 'L' or 'l';

    private static string Clean(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        // Most texts are clean already.
        if (text.Length <= longest && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return text.Trim();
        }

        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > longest)
            {
                break;
            }

            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control when rune.Value is '\t' or '\r' or '\n':
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    clean.Append(' ');
                    break;
                case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse:
                    break;
                default:
                    if (rune != Rune.ReplacementChar)
                    {
                        clean.Append(rune.ToString());
                    }

                    break;
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary>
    /// The peer of a channel as Asterisk names it: of <c>PJSIP/88881234-0000001c</c> it is 88881234. The rest is the
    /// technology, and the number of the channel.
    /// </summary>
    public static string OfChannel(string text) =>
        Channel().Match(text) is { Success: true } channel ? channel.Groups["peer"].Value : text;

    /// <summary>The address of <c>"Ana" &lt;sip:…&gt;</c>.</summary>
    private static string InBrackets(string text)
    {
        var open = text.LastIndexOf('<');
        var close = open < 0 ? -1 : text.IndexOf('>', open);
        return close > open + 1 ? text[(open + 1)..close] : text;
    }

    /// <summary>The dialled part of a <c>tel:</c> (RFC 3966) or <c>sip:</c> (RFC 3261) address.</summary>
    private static Parts Address(string text)
    {
        var scheme = Scheme().Match(text);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (!scheme.Success && at <= 0)
        {
            return new(text, null);
        }

        text = Uri.UnescapeDataString(text[scheme.Length..]);
        at = text.IndexOf('@', StringComparison.Ordinal);
        var user = at >= 0 ? text[..at] : text;
        var fields = user.Split(';');
        var number = fields[0].Split(':')[0].Trim();
        string? extension = null;
        foreach (var field in fields.AsSpan(1))
        {
            if (field.StartsWith("ext=", StringComparison.OrdinalIgnoreCase)
                && Digits(field[4..]) is { Length: > 0 and <= 7 } given)
            {
                extension = given;
            }
            else if (field.StartsWith("phone-context=+", StringComparison.OrdinalIgnoreCase) && !number.StartsWith('+'))
            {
                number = $"+{Digits(field[15..])}{number}";
            }
        }

        return new(number, extension);
    }

    /// <summary>
    /// The first of several numbers in a field, which is what people mean by "the number". A slash inside a number, as
    /// in <c>030/1234567</c> and <c>+32 470/12.34.56</c>, comes early.
    /// </summary>
    private static string FirstNumber(string text)
    {
        foreach (var match in BetweenNumbers().EnumerateMatches(text))
        {
            var first = text[..match.Index];
            var digits = Digits(first);
            if (digits.Length >= (first.StartsWith('+') || digits.StartsWith("00", StringComparison.Ordinal) ? FewestDigitsWithCode : FewestDigits))
            {
                return first;
            }
        }

        return text;
    }

    [GeneratedRegex(@"^\s*(?:tel|callto|sips?)\s*:(?://)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\s*(?:[/|&\\]|;(?!\s*ext)|,(?!(?>[,\s]*)(?:\d{1,6}$|ext|int|anexo|x|#))|\s[yoe]\s|\s(?:and|or)\s|(?<=\d)\s*\+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex BetweenNumbers();

    [GeneratedRegex(
        @"^(?:(?:PJ)?SIP|Local|SCCP|Skinny|MGCP|(?:OO)?H323|Motif|Khomp|Console|CAPI|mISDN|Dongle)/(?:[^/]+/)*"
        + @"(?<peer>[^/]+?)(?:-[0-9a-f]{8})?(?:;[12])?$"
        + @"|^(?:IAX2?|DAHDI|ZAP)/(?:[^/]+/)*(?<peer>[^/]+?)(?:-\d{1,6})?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        NoLimit)]
    private static partial Regex Channel();

    /// <summary>
    /// As between numbers, but each of them, a dash between spaces, and what stands there only between digits.
    /// </summary>
    [GeneratedRegex(
        @"\s*(?:[/|&\\;]|,(?!\s*(?:ext|int|anexo|x|#))|\s[yoe-]\s|\s(?:and|or)\s|(?<=\d)\s*\+"
        + @"|(?<=\d)\s*[:·•_*]\s*(?=[\d+(])|(?<=\d)\s+(?:al?|hasta|to)\s+(?=\d))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        NoLimit)]
    private static partial Regex AmongNumbers();

    [GeneratedRegex(
        @"^\d[.,](?<rest>\d{5,14})E\+?(?<exponent>\d{1,2})$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        NoLimit)]
    private static partial Regex WithExponent();

    [GeneratedRegex(@"^\(?(?:ext(?:ensi[oó]n|n)?|int(?:erno)?|anexo|x|#)(?>[\s.:#=-]*)(?<extension>\d{1,7})\)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex LoneExtension();

    [GeneratedRegex(@"(?<!\p{L})(?:ext(?:ensi[oó]n|n)?|int(?:erno)?|anexo|x|#|,)(?>[\s.:#=,-]*)(?<extension>\d{1,7})\)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex ExtensionBehind();

    /// <summary>Digits, and then whole words and whole groups of digits</summary>
    [GeneratedRegex(
        @"^[+(]?\d[\d\s().-]*[A-Za-z]+\)?(?:[\s.-]+(?:[A-Za-z]+|\d+))*$", RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex WordsBehindDigits();

    [GeneratedRegex(@"\+?[\d(][\d\s().\-/]*\d", RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex NumberAmongWords();
}
