using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>One way to read what somebody searches for.</summary>
/// <param name="Words">The contact has, for each of them, a word that begins so.</param>
internal sealed record Reading(IReadOnlyList<string> Words)
{
    /// <summary>True for the words as they were typed.</summary>
    public bool IsAsTyped { get; init; }

    /// <summary>Digits with which a number of the contact ends. Their last group is the only word then.</summary>
    public string? End { get; init; }

    /// <summary>The word whose index rows are read: the longest is usually the rarest.</summary>
    public string Rarest => Words.MaxBy(word => word.Length)!;

    /// <summary>The same names with words joined, in which contacts are looked for as well.</summary>
    public IReadOnlyList<Reading> Joined { get; init; } = [];

    /// <summary>This reading, and the joined ones.</summary>
    public IReadOnlyList<Reading> Ways => [this, .. Joined];

    /// <summary>True for a contact with these words, or with the joined ones.</summary>
    public bool FitsInAnyWay(IReadOnlyList<string> words) => Ways.Any(way => way.Fits(words));

    /// <summary>True for a contact with these words.</summary>
    public bool Fits(IReadOnlyList<string> words) => End is null
        ? SearchText.Matches(words, Words)
        : words.Any(word => word.Length > End.Length && word.EndsWith(End, StringComparison.Ordinal));
}
