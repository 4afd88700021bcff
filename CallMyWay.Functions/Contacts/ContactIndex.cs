using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// The index rows of a contact. They are hints: whoever follows one checks the contact that it leads to, so that a row
/// that a crash left behind is passed over.
/// </summary>
/// <remarks>
/// Numbers: partition the number's last eight digits, key the contact: one query finds every candidate of a call.
/// Beside them, key <c>~</c>
/// and the number, the contact that an agent chose the last time.
/// Names: partition <c>all</c>, key the folded name, for the list; and for each word (of name, document, email and
/// fields) partition <c>w~</c> and its first letter, key the word, with all the words beside it, so that a search for
/// several reads only the rows of one.
/// </remarks>
internal sealed class ContactIndex(PhoneNumberParser numbers)
{
    public const string AllPartition = "all";

    public const string ContactIdColumn = "contactId";

    private const string WordsColumn = "words";

    /// <summary>The most words of a contact that are looked for.</summary>
    private const int MaxWords = 24;

    public IEnumerable<Row> NumberRows(Contact contact) => contact.Numbers
        .Select(number => numbers.Parse(number).MatchKey)
        .Where(key => key.Length > 0)
        .Distinct()
        .Select(key => new Row(key, contact.ContactId));

    /// <summary>Sorts behind the contacts, whose ids begin with a letter or digit.</summary>
    public static string ChoiceKey(PhoneNumber number) => Keys.Separator + Keys.Encode(number.E164 ?? number.Received);

    public static bool IsChoice(Row row) => row.Key[0] == Keys.Separator;

    /// <summary>
    /// True for a row that a number leads to. What an agent chose for it is remembered beside them, and is no part of
    /// the index. A number's partition is one part.
    /// </summary>
    public static bool IsNumber(Row row) => !row.Partition.Contains(Keys.Separator) && !IsChoice(row);

    /// <summary>True for a row of the list, or of a word.</summary>
    public static bool IsName(Row row) => Keys.Beginning(row.Partition) is AllPartition or "w~";

    public static IEnumerable<Row> NameRows(Contact contact)
    {
        var words = Words(contact);
        var all = string.Join(' ', words);
        yield return NameRow(AllPartition, string.Join('.', SearchText.Words(contact.Name)), contact, words: null);
        foreach (var word in words)
        {
            yield return NameRow(WordPartition(word), word, contact, all);
        }
    }

    public static string WordPartition(string word) => Keys.Join("w", Keys.Encode(word[..1]));

    public static IReadOnlyList<string> WordsOf(Row row) => row.Text(WordsColumn)?.Split(' ') ?? [];

    /// <summary>True for the row of the first of a contact's words that begin so.</summary>
    public static bool IsFirst(Row row, IEnumerable<string> words, string beginning) =>
        words.Where(word => word.StartsWith(beginning, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .FirstOrDefault() is { } first
        && row.Key.StartsWith(Keys.Join(Keys.Encode(first), ""), StringComparison.Ordinal);

    private static Row NameRow(string partition, string text, Contact contact, string? words) =>
        new Row(partition, Keys.Join(Keys.Encode(text), contact.ContactId))
            .Set(ContactIdColumn, contact.ContactId)
            .Set(WordsColumn, words);

    private static string[] Words(Contact contact) =>
    [
        .. new[] { contact.Name, contact.Document, Compact(contact.Document), contact.Email }
            .Concat(contact.Fields?.Values ?? [])
            .Where(text => !string.IsNullOrWhiteSpace(text))
            .SelectMany(text => SearchText.Words(text!))
            .Distinct()
            .Take(MaxWords),
    ];

    // A document is looked for with its dashes and without.
    private static string? Compact(string? document) =>
        document is null ? null : string.Concat(document.Where(char.IsLetterOrDigit));
}
