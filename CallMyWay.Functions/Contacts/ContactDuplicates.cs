using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>What two contacts have in common, the surest first.</summary>
public enum DuplicateReason
{
    Document,
    Phone,
    Name,
}

/// <summary>A contact who is perhaps the same person.</summary>
/// <param name="By">What they have in common, the surest first.</param>
public sealed record FoundDuplicate(Contact Contact, IReadOnlyList<DuplicateReason> By);

/// <summary>
/// Finds who is a contact already, by the index rows of the search. What it costs does not depend on how many contacts
/// there are: of each reading of a document, number or name, one query. So a very common name whose words were typed in
/// another order may not be found.
/// </summary>
public sealed class ContactDuplicates(
    ITables tables, ContactStore contacts, ContactMatcher matcher, PhoneNumberParser numbers)
{
    /// <summary>How many contacts an answer has at most.</summary>
    public const int Most = 10;

    /// <summary>How many contacts are read for each of document, number and name.</summary>
    private const int MostRead = 10;

    /// <summary>How many numbers of one field are looked for.</summary>
    private const int MostNumbers = 3;

    /// <summary>How many spellings of a name are looked up; each is a query.</summary>
    private const int MostSpellings = 4;

    private readonly ITable _names = tables[StorageNames.ContactNames];

    /// <param name="name">A name as it was typed; null or empty for none.</param>
    /// <param name="phone">What was typed into a field for numbers.</param>
    /// <param name="document">An identity document.</param>
    /// <param name="exceptId">The contact whose own file it is.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<IReadOnlyList<FoundDuplicate>> FindAsync(
        string? name, string? phone, string? document, string? exceptId, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(
            ByDocumentAsync(document ?? "", cancellationToken),
            ByPhoneAsync(phone ?? "", cancellationToken),
            ByNameAsync(name ?? "", cancellationToken));
        return
        [
            .. found
                .SelectMany((some, reason) =>
                    some.Select((contact, rank) => (contact, Reason: (DuplicateReason)reason, Rank: rank)))
                .Where(each => each.contact.ContactId != exceptId)
                .GroupBy(each => each.contact.ContactId)
                // Within a group the surest reason comes first.
                .OrderBy(same => same.First().Reason)
                .ThenByDescending(same => same.Count())
                .ThenBy(same => same.First().Rank)
                .Take(Most)
                .Select(same => new FoundDuplicate(same.First().contact, [.. same.Select(each => each.Reason)])),
        ];
    }

    private async Task<IReadOnlyList<Contact>> ByDocumentAsync(string document, CancellationToken cancellationToken)
    {
        // The words of the index: with the document's zeros, and as it was typed.
        string[] words =
        [
            .. new[] { IdentityDocument.Plain(document), IdentityDocument.Compact(document) }
                .SelectMany(SearchText.Words).Distinct(),
        ];
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            found.UnionWith(await IdsAsync(
                ContactIndex.WholeWordRange(word) with { Take = MostRead }, _ => true, cancellationToken));
        }

        var read = await contacts.GetManyAsync(found.Take(MostRead), cancellationToken);
        return [.. read.Where(contact => contact.Document is { } its && IdentityDocument.AreSame(its, document))];
    }

    private async Task<IReadOnlyList<Contact>> ByPhoneAsync(string phone, CancellationToken cancellationToken)
    {
        var found = new List<Contact>();
        foreach (var number in numbers.ParseAll(phone).Take(MostNumbers))
        {
            var some = await matcher.FindAsync(number, cancellationToken, MostRead);
            found.AddRange(some.Where(match => match.IsCertain).Select(match => match.Contact)
                .Where(contact => found.TrueForAll(known => known.ContactId != contact.ContactId)));
        }

        return found;
    }

    private async Task<IReadOnlyList<Contact>> ByNameAsync(string name, CancellationToken cancellationToken)
    {
        var words = SearchText.Words(name);
        if (words.Count == 0)
        {
            return [];
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in TitlesOf(words))
        {
            ids.UnionWith(await IdsAsync(range with { Take = MostRead }, _ => true, cancellationToken));
        }

        if (words.Count > 1)
        {
            foreach (var way in WaysOf(words))
            {
                ids.UnionWith(await IdsAsync(
                    ContactIndex.WholeWordRange(Rarest(way)), row => way.All(row.Contains), cancellationToken));
            }
        }

        var found = await ReadAsync(ids, name, cancellationToken);
        if (found.Count > 0 || !words.Any(AlikeText.HasOthers))
        {
            return found;
        }

        var alike = new HashSet<string>(StringComparer.Ordinal);
        foreach (var beginning in AlikeText.Beginnings(Rarest(words), MostSpellings))
        {
            alike.UnionWith(await IdsAsync(
                ContactIndex.WordRange(beginning),
                row => words.All(word => row.Any(its => NameComparison.SoundsEqual(its, word))),
                cancellationToken));
        }

        alike.ExceptWith(ids);
        return await ReadAsync(alike, name, cancellationToken);
    }

    /// <summary>
    /// The rows of the contacts whose name is these words, goes on behind them, or lacks a second name or surname.
    /// </summary>
    private static IEnumerable<RowRange> TitlesOf(IReadOnlyList<string> words)
    {
        yield return ContactIndex.WholeTitleRange(words);
        if (words.Count > 1)
        {
            yield return ContactIndex.TitleRange([.. words, ""]);
        }

        foreach (var shorter in Shorter(ContactWords.WithJoinedNames(words, ".")))
        {
            yield return ContactIndex.WholeTitleRange(shorter);
        }
    }

    /// <summary>Of José Manuel Rodríguez Solís: without Solís, without Manuel, and without both.</summary>
    private static IReadOnlyList<string>[] Shorter(IReadOnlyList<string> words) => words switch
    {
        [var name, var second, var surname] => [[name, second], [name, surname]],
        [var name, var second, var surname, var last] =>
            [[name, second, surname], [name, surname, last], [name, surname]],
        _ => [],
    };

    /// <summary>
    /// The words as they were typed, and with names joined: De la Cruz as Delacruz, María José as Mariajosé.
    /// </summary>
    private static IEnumerable<IReadOnlyList<string>> WaysOf(IReadOnlyList<string> words)
    {
        yield return words;
        if (ContactWords.WithJoinedNames(words) is var joined && joined.Count < words.Count)
        {
            yield return joined;
        }

        if (words.Count > 2)
        {
            yield return [words[0] + words[1], .. words.Skip(2)];
        }
    }

    private static string Rarest(IReadOnlyList<string> words) => words.MaxBy(word => word.Length)!;

    /// <summary>The contacts of a range's first page whose words are wanted.</summary>
    private async Task<IEnumerable<string>> IdsAsync(
        RowRange range, Func<IReadOnlyList<string>, bool> isWanted, CancellationToken cancellationToken)
    {
        var page = await _names.QueryAsync(range, cancellationToken);
        return page.Rows
            .Where(row => isWanted(ContactIndex.WordsOf(row)))
            .Select(row => row.Text(ContactIndex.ContactIdColumn)!);
    }

    /// <summary>Reads the contacts: an index row can be one that a crash left behind.</summary>
    private async Task<IReadOnlyList<Contact>> ReadAsync(
        IEnumerable<string> ids, string name, CancellationToken cancellationToken)
    {
        var read = await contacts.GetManyAsync(ids.Take(MostRead), cancellationToken);
        return
        [
            .. read
                .Select(contact => (contact, Likeness: NameComparison.Compare(contact.Name, name)))
                .Where(each => each.Likeness != NameLikeness.None)
                .OrderBy(each => each.Likeness)
                .Select(each => each.contact),
        ];
    }
}
