using System.Globalization;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// Finds a person in text as it is stored: numbers and documents in each way to write them, addresses of email, and the
/// ids of contacts. Pure.
/// </summary>
public sealed class PersonText
{
    /// <summary>Stands in place of each letter and digit that is taken out: the text keeps its length and form.</summary>
    public const char Mask = 'x';

    /// <summary>A shorter number or document stands in too many texts that mean something else.</summary>
    private const int ShortestDigits = 7;

    /// <summary>A shorter id counts only where it is named as one of a contact.</summary>
    private const int ShortestId = 12;

    // Any space or dash, or a dot. Stored JSON has a space that is none of ASCII in escaped form.
    private const string Sign = @"(?:[\p{Zs}\p{Pd}\u2212.]|\\u(?:00A0|20(?:0[0-9A]|2F)))";

    private const string Gap = $"(?:{Sign}|[()/]){{0,3}}";

    // What follows the backslash of an escaped character.
    private const int EscapedRest = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<Regex> _details;

    private readonly IReadOnlyList<string> _ids;

    private readonly IReadOnlyList<string> _names;

    public PersonText(Person person)
    {
        Person = person;
        _details =
        [
            .. person.Numbers.Select(DigitsOf).Where(digits => digits.Length >= ShortestDigits).Distinct()
                .Select(NumberPattern)
                .Concat(person.Documents.SelectMany(DocumentPatterns))
                .Concat(person.Emails.Select(EmailPattern))
                .Distinct(StringComparer.Ordinal)
                .Select(pattern => new Regex(
                    pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)),
        ];
        _ids = [.. person.ContactIds.SelectMany(IdTexts).Distinct(StringComparer.Ordinal)];
        _names =
        [
            .. person.Names.Select(name => string.Join(' ', SearchText.Words(name))).Where(name => name.Contains(' '))
                .Distinct(),
        ];
    }

    public Person Person { get; }

    /// <summary>True where a number, a document or an address of email of the person stands in it.</summary>
    public bool HasDetail(string text)
    {
        foreach (var detail in _details)
        {
            foreach (var match in detail.EnumerateMatches(text))
            {
                if (IsMeant(text, match))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>True where one of the person's contacts is named by its id.</summary>
    public bool HasId(string text) => _ids.Any(id => Contains(text, id));

    /// <summary>True where the whole name stands in it, whatever its accents and capitals.</summary>
    public bool HasName(string text) =>
        _names.Count > 0 && string.Join(' ', AllWords(text)) is var words
        && _names.Any(name => $" {words} ".Contains($" {name} ", StringComparison.Ordinal));

    /// <summary>
    /// True where the whole name stands in it, or two of its words in any order: with so much of it the person can be
    /// known. Words of one or two letters, such as <c>de</c>, do not count for the two.
    /// </summary>
    public bool HasMuchOfName(string text)
    {
        const int shortest = 3;
        const int enough = 2;
        var words = AllWords(text).ToHashSet(StringComparer.Ordinal);
        return HasName(text) || Person.Names.Any(name =>
            SearchText.Words(name).Where(word => word.Length >= shortest).Distinct().Count(words.Contains) >= enough);
    }

    /// <summary>True where something of the row tells of the person.</summary>
    public bool IsIn(Row row)
    {
        if (Has(row.Partition) || Has(row.Key))
        {
            return true;
        }

        return row.Columns.Values.OfType<string>().Any(Has);

        bool Has(string text) => HasId(text) || HasDetail(text);
    }

    /// <summary>The text with <see cref="Mask"/> in place of each detail; the same instance where there is none.</summary>
    public string Masked(string text)
    {
        char[]? masked = null;
        foreach (var detail in _details)
        {
            foreach (var match in detail.EnumerateMatches(text))
            {
                if (!IsMeant(text, match))
                {
                    continue;
                }

                masked ??= text.ToCharArray();
                for (var i = match.Index; i < match.Index + match.Length; i++)
                {
                    if (text.AsSpan(i).StartsWith(@"\u"))
                    {
                        // An escaped space stays one.
                        i += EscapedRest;
                    }
                    else
                    {
                        masked[i] = char.IsLetterOrDigit(masked[i]) ? Mask : masked[i];
                    }
                }
            }
        }

        return masked is null ? text : new string(masked);
    }

    /// <summary>True where it is one of the person's own numbers.</summary>
    public bool IsOwn(string? number) => number is not null && HasDetail(number);

    // The borders are looked at here: a pattern that looks around takes a time that grows with more than the text.
    private static bool IsMeant(string text, ValueMatch match)
    {
        var (begin, end) = (match.Index, match.Index + match.Length);
        var next = end < text.Length ? text[end] : ' ';
        if (!char.IsAsciiDigit(text[begin]))
        {
            return !char.IsAsciiLetterOrDigit(next) && (begin == 0 || !char.IsAsciiLetterOrDigit(text[begin - 1]));
        }

        var before = begin - 1;
        while (before >= 0 && char.IsAsciiDigit(text[before]))
        {
            before--;
        }

        // More than a prefix and the code of a country stand before no number: it is a time, or a part of an id.
        return begin - 1 - before <= ShortestDigits
            && (before < 0 || text[before] is not (>= 'a' and <= 'f'))
            && next is not (>= 'a' and <= 'f' or >= 'A' and <= 'F' or 'T' or >= '0' and <= '9')
            && !IsDay(text.AsSpan(match.Index, match.Length));
    }

    private static bool IsDay(ReadOnlySpan<char> text) =>
        text.Length == 10 && DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool Contains(string text, string id)
    {
        for (var at = text.IndexOf(id, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(id, at + 1, StringComparison.Ordinal))
        {
            var end = at + id.Length;
            if ((at == 0 || !IsOfId(text[at - 1])) && (end == text.Length || !IsOfId(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfId(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.';

    private static IEnumerable<string> IdTexts(string id)
    {
        foreach (var text in new[] { id, Keys.Encode(id) })
        {
            if (text.Length >= ShortestId)
            {
                yield return text;
            }
            else
            {
                yield return $"\"contactId\":\"{text}\"";
                yield return $"contact~{text}";
            }
        }
    }

    private static string DigitsOf(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.Length > PhoneNumber.MatchDigits ? digits[^PhoneNumber.MatchDigits..] : digits;
    }

    private static string NumberPattern(string digits) => string.Join(Gap, digits.AsEnumerable());

    private static string EmailPattern(string email) => Regex.Escape(email.Trim());

    private static IEnumerable<string> DocumentPatterns(string document)
    {
        var typed = IdentityDocument.Compact(document);
        if (typed.Length >= ShortestDigits - 1)
        {
            yield return string.Join(Gap, typed.Select(c => Regex.Escape(c.ToString())));
        }

        // 1-0987-0654 is also written 1-987-654.
        if (IdentityDocument.Plain(document) is { Length: >= ShortestDigits } plain && plain.All(char.IsAsciiDigit))
        {
            yield return string.Join(Gap, plain.AsEnumerable());
            int[] groups = plain.Length == 9 ? [1, 4, 4] : plain.Length == 10 ? [1, 3, 6] : [];
            if (groups.Length > 0)
            {
                var (at, parts) = (0, new List<string>());
                foreach (var length in groups)
                {
                    parts.Add("0{0,3}" + plain.Substring(at, length).TrimStart('0'));
                    at += length;
                }

                yield return string.Join(Sign + "{1,3}", parts);
            }
        }
    }

    // SearchText reads the beginning of a text alone.
    private static string[] AllWords(string text) =>
        SearchText.Fold(text).Split(
            [.. text.Where(c => !char.IsLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries);
}
