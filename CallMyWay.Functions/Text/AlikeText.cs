namespace CallMyWay.Functions.Text;

/// <summary>
/// Compares names as they sound in Spanish, where people mix up <c>s</c> and <c>z</c> (also <c>c</c> before <c>e</c>
/// and <c>i</c>), and <c>b</c> and <c>v</c>: <c>gonsales</c> finds González. All words are folded (<see
/// cref="SearchText"/>).
/// </summary>
public static class AlikeText
{
    /// <summary>What is shorter begins too many words of another spelling.</summary>
    private const int Shortest = 3;

    /// <summary>
    /// True if every word of the query sounds like the beginning of a word of the text, in any order. An empty query
    /// matches nothing.
    /// </summary>
    public static bool Matches(IReadOnlyList<string> words, IReadOnlyList<string> query) =>
        query.Count > 0 && query.All(asked => words.Any(word => Begins(word, asked)));

    /// <summary>True if the word begins with something that sounds like this.</summary>
    public static bool Begins(string word, string beginning)
    {
        if (word.Length < beginning.Length)
        {
            return false;
        }

        for (var i = 0; i < beginning.Length; i++)
        {
            var isSame = word[i] == beginning[i];
            // A c sounds like an s only where an e or i stands behind it.
            if (!isSame
                && (!Spellings(beginning, i).Contains(word[i])
                    || ((word[i] == 'c' || beginning[i] == 'c') && !IsSoft(word, i))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True if the word can be spelled in another way.</summary>
    public static bool HasOthers(string word) =>
        word.Length >= Shortest && Enumerable.Range(0, word.Length).Any(i => Spellings(word, i).Length > 1);

    /// <summary>
    /// The beginnings of all words that sound like this beginning: <c>gonsa</c> and <c>gonza</c>. The beginnings are
    /// shorter than the word where there would be more than <paramref name="most"/>.
    /// </summary>
    public static IReadOnlyList<string> Beginnings(string word, int most)
    {
        List<string> all = [""];
        for (var i = 0; i < word.Length; i++)
        {
            var spellings = Spellings(word, i);
            if (all.Count * spellings.Length > most)
            {
                break;
            }

            all = [.. all.SelectMany(_ => spellings, (beginning, letter) => beginning + letter)];
        }

        return all;
    }

    // A word that was typed can go on: its last letter may stand before an e or i.
    private static string Spellings(string word, int i) => word[i] switch
    {
        'b' or 'v' => "bv",
        's' or 'z' => IsSoft(word, i) || i == word.Length - 1 ? "csz" : "sz",
        'c' when IsSoft(word, i) || i == word.Length - 1 => "csz",
        var letter => letter.ToString(),
    };

    private static bool IsSoft(string word, int i) => i + 1 < word.Length && word[i + 1] is ('e' or 'i');
}
