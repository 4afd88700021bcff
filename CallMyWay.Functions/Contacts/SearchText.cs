using System.Globalization;
using System.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// Names as they are searched for: without accents, capitals and compatibility forms, word by word. <c>jose penal</c> finds
/// José Peñalolén. Nothing here depends on the machine's language (a Turkish one would lose every <c>I</c>).
/// </summary>
public static class SearchText
{
    public const int MostWords = 12;
    public const int LongestWord = 40;

    // Enough for all the words that are kept, with room for separators.
    private const int LongestRead = 1024;

    /// <summary>The text in small letters, without marks; letters that have no plain form stay as they are.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Ascii.IsValid(text) ? text.ToLowerInvariant() : FoldAny(text);
    }

    /// <summary>The words of a text, folded: at most twelve, each of at most forty characters.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = Fold(text.Length > LongestRead ? text[..LongestRead] : text);
        var words = new List<string>(4);
        for (var i = 0; i < folded.Length && words.Count < MostWords;)
        {
            if (!char.IsLetterOrDigit(folded[i]) && !char.IsSurrogatePair(folded, i))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < folded.Length && IsInWord(folded, i))
            {
                i += char.IsSurrogatePair(folded, i) ? 2 : 1;
            }

            if (i == start)
            {
                i += 2;
                continue;
            }

            var length = Math.Min(i - start, LongestWord);
            words.Add(folded.Substring(start, char.IsHighSurrogate(folded[start + length - 1]) ? length - 1 : length));
        }

        return words;
    }

    /// <summary>True where every word of the query begins a word of the text, in any order; nothing is found by an empty query.</summary>
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

    private static bool IsInWord(string text, int i) => char.IsLetterOrDigit(text, i);

    private static string FoldAny(string text)
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

    // Half a surrogate pair is no text, and normalizing it throws.
    private static string WellFormed(string text)
    {
        var well = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            well.Append(rune.ToString());
        }

        return well.ToString();
    }

    // Letters that Unicode doesn't take apart, as people without them on the keyboard write them.
    private static string? Plain(int rune) => rune switch
    {
        'ß' or 'ẞ' => "ss",
        'ø' or 'Ø' => "o",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'þ' or 'Þ' => "th",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ı' => "i",
        'ħ' or 'Ħ' => "h",
        'ŧ' or 'Ŧ' => "t",
        'ŋ' or 'Ŋ' => "n",
        'ς' => "σ",
        _ => null,
    };
}
