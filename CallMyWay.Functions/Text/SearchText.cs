using System.Globalization;
using System.Text;

namespace CallMyWay.Functions.Text;

/// <summary>
/// Folds names for searching: without accents, capitals and compatibility forms, word by word. <c>jose penal</c> finds
/// José Peñalolén. The result does not depend on the machine's culture: a Turkish one would lose every <c>I</c>.
/// </summary>
public static class SearchText
{
    public const int MostWords = 12;
    public const int LongestWord = 40;

    // Enough for all the words that are kept, including separators.
    private const int LongestRead = 1024;

    // The plain letters for U+00C0 to U+017F; '*' marks a letter that becomes several. Normalize is not used for these,
    // as it does nothing if .NET runs without ICU, as in small containers. All hosts must fold alike.
    private const char FirstLatin = '\u00C0';
    private const char AfterLatin = '\u0180';
    private const string Latin =
        "aaaaaa*ceeeeiiiidnooooo ouuuuy**aaaaaa*ceeeeiiiidnooooo ouuuuy*y"
        + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkkllllll*"
        + "*llnnnnnn*nnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    /// <summary>The text in small letters and without marks. Letters without a plain form stay.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Ascii.IsValid(text) ? text.ToLowerInvariant() : FoldAny(text);
    }

    /// <summary>The folded words of a text: at most twelve, each cut at forty characters.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = Fold(text.Length > LongestRead ? text[..LongestRead] : text);
        var words = new List<string>(4);
        for (var i = 0; i < folded.Length && words.Count < MostWords; i++)
        {
            var start = i;
            while (i < folded.Length && IsInWord(folded, i))
            {
                i += char.IsSurrogatePair(folded, i) ? 2 : 1;
            }

            var length = Math.Min(i - start, LongestWord);
            if (length > 0)
            {
                words.Add(
                    folded.Substring(start, char.IsHighSurrogate(folded[start + length - 1]) ? length - 1 : length));
            }
        }

        return words;
    }

    /// <summary>
    /// True if every word of the query is the beginning of a word of the text, in any order. An empty query matches
    /// nothing.
    /// </summary>
    public static bool Matches(IReadOnlyList<string> words, IReadOnlyList<string> query)
    {
        for (var q = 0; q < query.Count; q++)
        {
            var found = false;
            for (var w = 0; w < words.Count && !found; w++)
            {
                found = words[w].StartsWith(query[q], StringComparison.Ordinal);
            }

            if (!found)
            {
                return false;
            }
        }

        return query.Count > 0;
    }

    // Vowels in some scripts are combining marks with their own width.
    private static bool IsInWord(string text, int i) =>
        char.IsLetterOrDigit(text, i)
            || CharUnicodeInfo.GetUnicodeCategory(text, i) == UnicodeCategory.SpacingCombiningMark;

    private static string FoldAny(string text)
    {
        var folded = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (char.IsAscii(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
            else if (c is >= FirstLatin and < AfterLatin && Latin[c - FirstLatin] is not '*' and var plain)
            {
                folded.Append(plain);
            }
            else if (c is not (>= '\u0300' and <= '\u036F'))
            {
                return FoldByUnicode(text);
            }
        }

        return folded.ToString();
    }

    private static string FoldByUnicode(string text)
    {
        var folded = new StringBuilder(text.Length + 8);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Plain(rune.Value) is { } plain)
            {
                folded.Append(plain);
                continue;
            }

            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            {
                continue;
            }

            folded.Append(Rune.ToLowerInvariant(rune).ToString());
        }

        return folded.ToString();
    }

    // Normalize throws for half a surrogate pair.
    private static string WellFormed(string text)
    {
        var well = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            well.Append(rune.ToString());
        }

        return well.ToString();
    }

    // Letters that Unicode does not decompose, as people write them without such a keyboard.
    private static string? Plain(int rune) => rune switch
    {
        'ß' or 'ẞ' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'þ' or 'Þ' => "th",
        'ς' => "σ",
        >= FirstLatin and < AfterLatin when Latin[rune - FirstLatin] != '*' => Latin[rune - FirstLatin].ToString(),
        _ => null,
    };
}
