using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>How alike two names are, the most alike first.</summary>
internal enum NameLikeness
{
    /// <summary>The same words, whatever their accents, capitals and order, and whether they are joined.</summary>
    Same,

    /// <summary>One of them has all the words of the other, which has two at least: a second surname is left out.</summary>
    Part,

    /// <summary>The same, or a part, by what sounds alike in Spanish.</summary>
    Sound,

    None,
}

/// <summary>Compares the names of people.</summary>
internal static class NameComparison
{
    /// <summary>A single word is a part of too many names.</summary>
    private const int FewestWords = 2;

    public static NameLikeness Compare(string name, string other) =>
        Compare(SearchText.Words(name), SearchText.Words(other));

    private static NameLikeness Compare(IReadOnlyList<string> name, IReadOnlyList<string> other)
    {
        var (joined, otherJoined) = (ContactWords.WithJoinedNames(name), ContactWords.WithJoinedNames(other));
        return name.Count == 0 || other.Count == 0 ? NameLikeness.None
            : IsSame(joined, otherJoined, IsEqual) || string.Concat(name) == string.Concat(other) ? NameLikeness.Same
            : IsPart(name, other, IsEqual) || IsPart(joined, otherJoined, IsEqual) ? NameLikeness.Part
            : IsSame(joined, otherJoined, SoundsEqual) || IsPart(joined, otherJoined, SoundsEqual) ? NameLikeness.Sound
            : NameLikeness.None;
    }

    /// <summary>True for words that sound alike from their beginning to their end.</summary>
    public static bool SoundsEqual(string word, string other) =>
        word.Length == other.Length && AlikeText.Begins(word, other);

    private static bool IsEqual(string word, string other) => word == other;

    private static bool IsSame(
        IReadOnlyList<string> words, IReadOnlyList<string> other, Func<string, string, bool> isSame) =>
        words.Count == other.Count && HasAll(words, other, isSame) && HasAll(other, words, isSame);

    private static bool IsPart(
        IReadOnlyList<string> words, IReadOnlyList<string> other, Func<string, string, bool> isSame) =>
        (other.Count >= FewestWords && HasAll(words, other, isSame))
        || (words.Count >= FewestWords && HasAll(other, words, isSame));

    private static bool HasAll(
        IReadOnlyList<string> words, IReadOnlyList<string> asked, Func<string, string, bool> isSame) =>
        asked.All(one => words.Any(word => isSame(word, one)));
}
