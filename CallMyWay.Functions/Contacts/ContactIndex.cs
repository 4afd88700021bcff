using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// The index rows of a contact. They are hints: whoever follows one checks the contact that it leads to, and skips rows
/// that a crash left behind.
/// </summary>
/// <remarks>
/// Numbers: the partition is the number's last eight digits, the key is the contact. One query finds every candidate of
/// a call. In the same partition, the key <c>~</c> and the number holds the contact that an agent chose the last time,
/// and the key <c>~~</c> and the number the contact that was created for a call the last time.
/// Names: partition <c>all</c> lists the contacts by folded name. For each word (<see cref="ContactWords"/>) there is
/// a row in the partition <c>w~</c> and the word's first letter, with the word as key. It also holds all other
/// words, so that a search for several words reads only the rows of one.
/// </remarks>
internal sealed class ContactIndex(PhoneNumberParser numbers)
{
    public const string AllPartition = "all";

    public const string ContactIdColumn = "contactId";

    /// <summary>When a contact was chosen for a number.</summary>
    public const string ChosenAtColumn = "at";

    /// <summary>The number that a contact was chosen for. Choices of earlier releases do not have it.</summary>
    public const string ChosenForColumn = "number";

    private const string WordsColumn = "words";

    private readonly ContactWords _words = new(numbers);

    public IEnumerable<Row> NumberRows(Contact contact) =>
        NumberKeys(contact).Select(key => new Row(key, contact.ContactId));

    /// <summary>The partitions of a contact's numbers.</summary>
    public IEnumerable<string> NumberKeys(Contact contact) => contact.Numbers
        .SelectMany(numbers.ParseAll)
        .SelectMany(numbers.KeysOf)
        .Distinct();

    /// <summary>Sorts after the contacts, whose ids begin with a letter or a digit.</summary>
    public static string ChoiceKey(PhoneNumber number) => Keys.Separator + Keys.Encode(number.E164 ?? number.Received);

    /// <summary>The row of who created a contact for the number last (<see cref="ContactClaims"/>).</summary>
    public static string ClaimKey(PhoneNumber number) => Keys.Separator + ChoiceKey(number);

    /// <summary>The remembered choices of the numbers with this key.</summary>
    public static RowRange Choices(string numberKey) => new(numberKey)
    {
        From = $"{Keys.Separator}",
        Before = $"{Keys.Separator}{Keys.Separator}",
    };

    /// <summary>The same, and who created a contact for them.</summary>
    public static RowRange ChoicesAndClaims(string numberKey) => new(numberKey) { From = $"{Keys.Separator}" };

    /// <summary>True for a choice or a claim: they stand behind the contacts of the number.</summary>
    public static bool IsChoice(Row row) => row.Key[0] == Keys.Separator;

    /// <summary>
    /// True for an index row of a number. The remembered choice in the same partition is no index row. A number's
    /// partition has no separator.
    /// </summary>
    public static bool IsNumber(Row row) => !row.Partition.Contains(Keys.Separator) && !IsChoice(row);

    /// <summary>True for an index row of a name or a word.</summary>
    public static bool IsName(Row row) => Keys.Beginning(row.Partition) is AllPartition or "w~";

    public IEnumerable<Row> NameRows(Contact contact)
    {
        var words = _words.Of(contact);
        var all = string.Join(' ', words);
        yield return NameRow(AllPartition, string.Join('.', SearchText.Words(contact.Title)), contact, words: null);
        foreach (var word in words)
        {
            yield return NameRow(WordPartition(word), word, contact, all);
        }
    }

    /// <summary>The ways to read a query (<see cref="ContactWords.Readings"/>).</summary>
    public IReadOnlyList<Reading> Readings(string query) => _words.Readings(query);

    /// <summary>The index rows of all words that begin so.</summary>
    public static RowRange WordRange(string beginning) =>
        RowRange.Prefix(WordPartition(beginning), Keys.Encode(beginning));

    /// <summary>The index rows of this word.</summary>
    public static RowRange WholeWordRange(string word) =>
        RowRange.Prefix(WordPartition(word), Keys.Join(Keys.Encode(word), ""));

    /// <summary>The rows of the contacts whose name begins with these words; the last may go on.</summary>
    public static RowRange TitleRange(IEnumerable<string> words) =>
        RowRange.Prefix(AllPartition, Keys.Encode(string.Join('.', words)));

    /// <summary>The rows of the contacts whose name is these words.</summary>
    public static RowRange WholeTitleRange(IEnumerable<string> words) =>
        RowRange.Prefix(AllPartition, Keys.Join(Keys.Encode(string.Join('.', words)), ""));

    public static string WordPartition(string word) => Keys.Join("w", Keys.Encode(word[..1]));

    public static IReadOnlyList<string> WordsOf(Row row) => row.Text(WordsColumn)?.Split(' ') ?? [];

    /// <summary>The contact that a row of a word leads to.</summary>
    public static string ContactIdOf(Row row) => row.Text(ContactIdColumn)!;

    /// <summary>
    /// True for the row of the contact's first word that begins as is wanted. If several words begin so, only this row
    /// counts.
    /// </summary>
    public static bool IsFirst(Row row, Func<string, bool> begins) =>
        FirstWord(row, begins) is { } first
        && row.Key.StartsWith(Keys.Join(Keys.Encode(first), ""), StringComparison.Ordinal);

    /// <summary>The contact's first word that begins as is wanted; null for none.</summary>
    public static string? FirstWord(Row row, Func<string, bool> begins) =>
        WordsOf(row).Where(begins).Min(StringComparer.Ordinal);

    /// <summary>
    /// The index rows of all words that begin so, in three ranges: those of this word, those that sort before it, and
    /// those that sort after it.
    /// </summary>
    public static IEnumerable<RowRange> WordRangesFrom(string word, string beginning)
    {
        var (all, whole) = (WordRange(beginning), WholeWordRange(word));
        return [whole, all with { Before = whole.From }, all with { From = whole.Before }];
    }

    private static Row NameRow(string partition, string text, Contact contact, string? words) =>
        new Row(partition, Keys.Join(Keys.Encode(text), contact.ContactId))
            .Set(ContactIdColumn, contact.ContactId)
            .Set(WordsColumn, words);
}
