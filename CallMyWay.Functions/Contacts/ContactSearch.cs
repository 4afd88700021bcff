using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>Lists the contacts, and finds them by the words of their names and documents, page by page.</summary>
public sealed class ContactSearch(ITables tables, PhoneNumberParser numbers, ContactStore contacts)
{
    /// <summary>
    /// How many index rows a search reads at most before it answers with what it has found. Those that it read before
    /// it began again (<see cref="CrowdedAfter"/>) do not count.
    /// </summary>
    private const int MaxRowsPerSearch = 10_000;

    /// <summary>
    /// After how many rows a search looks whether rows that don't count crowd out the others. In the order of keys the
    /// joined names (<c>josearaya</c>) of all who are called José stand before the rows of <c>jose</c>.
    /// </summary>
    private const int CrowdedAfter = 200;

    /// <summary>How many spellings of a word a search looks up at most; each is a query.</summary>
    private const int MaxSpellings = 12;

    /// <summary>Begins the token of a page of contacts whose words sound alike.</summary>
    private const string Alike = "alike";

    // Begins the token of a page of contacts who have the words of a reading.
    private const string InReading = "reading";

    /// <summary>Before the first of these contacts: no key of an index row sorts before it.</summary>
    private static readonly PageToken AlikeStart = new(Keys.Join(Alike, "0"), "-");

    private readonly ITable _names = tables[StorageNames.ContactNames];

    private readonly ContactIndex _index = new(numbers);

    /// <summary>All contacts, by name.</summary>
    public Task<Page<Contact>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        FollowAsync(
            [new RowRange(ContactIndex.AllPartition)],
            (_, _) => true,
            (_, _) => true,
            (row, _) => new PageToken(row.Partition, row.Key),
            page,
            cancellationToken);

    /// <summary>
    /// The contacts who have, for each word of the query, a word that begins with it. Accents, case and order don't
    /// matter. If nobody has them, the query is read in other ways: as the digits of a document or number, however its
    /// dashes and zeros are written, with names joined, and as the end of a number. Behind these come the contacts
    /// whose words sound alike (<see cref="AlikeText"/>).
    /// </summary>
    public async Task<Page<Contact>> SearchAsync(string query, PageRequest page, CancellationToken cancellationToken)
    {
        var readings = _index.Readings(query);
        if (page.After is { } after && Keys.Beginning(after.Partition) == Alike + Keys.Separator)
        {
            return await SearchAlikeAsync(readings, page, cancellationToken);
        }

        var found = new Page<Contact>([], null);
        var (first, end) = ReadingOf(page.After, readings.Count);
        for (var i = first; i < end; i++)
        {
            found = await SearchAsync(readings[i], i, page, cancellationToken);
            if (found is not { Items.Count: 0, Next: null })
            {
                break;
            }
        }

        if (found.Next is not null)
        {
            return found;
        }

        var isFull = found.Items.Count >= page.Take;
        var more = await SearchAlikeAsync(
            readings,
            new PageRequest(isFull ? 1 : page.Take - found.Items.Count, null),
            cancellationToken);
        return isFull
            ? found with { Next = more.Items.Count > 0 || more.Next is not null ? AlikeStart.ToString() : null }
            : new Page<Contact>([.. found.Items, .. more.Items], more.Next);
    }

    // A further page goes on with the reading that the page before was found by.
    private static (int First, int End) ReadingOf(PageToken? after, int count) =>
        after is null ? (0, count)
        : after.Partition.Split(Keys.Separator) is [InReading, var text, _, ..]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var reading)
            ? (Math.Min(reading, count), Math.Min(reading + 1, count))
            : (0, 0);

    private async Task<Page<Contact>> SearchAsync(
        Reading reading, int number, PageRequest page, CancellationToken cancellationToken)
    {
        var ways = reading.Ways;
        var crowd = CrowdOf(page.After, reading.Rarest);
        var (read, isCrowded) = (0, false);
        var found = await FollowInOrderAsync(page.After is null ? IsCrowdedOut : null);
        // From the beginning, with the rows first that were crowded out.
        return isCrowded ? await FollowInOrderAsync(null) : found;

        bool IsCrowdedOut(Row row, int range)
        {
            if (range == 0 && ++read > CrowdedAfter && !ContactIndex.IsFirst(row, Begins(reading))
                && ContactIndex.FirstWord(row, Begins(reading)) is { } first && first == Keys.Encode(first))
            {
                (crowd, isCrowded) = (first, true);
            }

            return isCrowded;
        }

        Task<Page<Contact>> FollowInOrderAsync(Func<Row, int, bool>? ends)
        {
            (int Way, RowRange Rows)[] ranges =
            [
                .. ways.Index().SelectMany(way => RangesOf(way.Item, way.Index == 0 ? crowd : null)
                    .Select(rows => (way.Index, rows))),
            ];
            return FollowAsync(
                [.. ranges.Select(range => range.Rows)],
                // Whoever is found in one way is not found again in the next.
                (row, range) => ContactIndex.WordsOf(row) is var words && ranges[range].Way is var way
                    && ways[way].Fits(words) && !ways.Take(way).Any(before => before.Fits(words)),
                // Two words of a contact can begin alike: then only the row of the first counts.
                (row, range) => ContactIndex.IsFirst(row, Begins(ways[ranges[range].Way])),
                (row, range) => new PageToken(
                    crowd is null
                        ? Keys.Join(InReading, Text(number), Text(range))
                        : Keys.Join(InReading, Text(number), Text(range), crowd),
                    row.Key),
                page,
                cancellationToken,
                ends);
        }
    }

    private static Func<string, bool> Begins(Reading way) =>
        word => word.StartsWith(way.Rarest, StringComparison.Ordinal);

    private static IEnumerable<RowRange> RangesOf(Reading way, string? crowd) => crowd is null
        ? [ContactIndex.WordRange(way.Rarest)]
        : ContactIndex.WordRangesFrom(crowd, way.Rarest);

    // A further page goes on in the order of the page before. Whoever makes up a token gets no other rows by it.
    private static string? CrowdOf(PageToken? after, string beginning) =>
        after?.Partition.Split(Keys.Separator) is [InReading, _, _, var crowd]
            && crowd.StartsWith(beginning, StringComparison.Ordinal) && crowd == Keys.Encode(crowd)
            ? crowd
            : null;

    // Other spellings of the rarest word are looked up in the same index, so that it needs no rows for them.
    private async Task<Page<Contact>> SearchAlikeAsync(
        IReadOnlyList<Reading> readings, PageRequest page, CancellationToken cancellationToken)
    {
        if (readings.FirstOrDefault(reading => reading.IsAsTyped) is not { } typed
            || !typed.Words.Any(AlikeText.HasOthers))
        {
            return new Page<Contact>([], null);
        }

        var rarest = typed.Rarest;
        var beginnings = AlikeText.Beginnings(rarest, MaxSpellings).AsEnumerable();
        if (!typed.Words.Any(word => word != rarest && AlikeText.HasOthers(word)))
        {
            // Whoever has the word as it was typed, and the others, was found before.
            beginnings = beginnings.Where(beginning => beginning != rarest);
        }

        return await FollowAsync(
            [.. beginnings.Order(StringComparer.Ordinal).Select(ContactIndex.WordRange)],
            (row, _) => ContactIndex.WordsOf(row) is var words
                && AlikeText.Matches(words, typed.Words)
                && !readings.Any(reading => reading.FitsInAnyWay(words)),
            (row, _) => ContactIndex.IsFirst(row, word => AlikeText.Begins(word, rarest)),
            (row, range) => new PageToken(Keys.Join(Alike, Text(range)), row.Key),
            page,
            cancellationToken);
    }

    /// <param name="ranges">The index rows to look through, one range after the other.</param>
    /// <param name="wanted">Which of them lead to a contact that is wanted, by their range.</param>
    /// <param name="isFirst">Which of a contact's rows counts, by their range.</param>
    /// <param name="tokenOf">Where the next page begins, behind a row of a range.</param>
    /// <param name="page">The page.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="ends">Whether the search ends at a row, by its range. Its page does not count then.</param>
    private async Task<Page<Contact>> FollowAsync(
        IReadOnlyList<RowRange> ranges,
        Func<Row, int, bool> wanted,
        Func<Row, int, bool> isFirst,
        Func<Row, int, PageToken> tokenOf,
        PageRequest page,
        CancellationToken cancellationToken,
        Func<Row, int, bool>? ends = null)
    {
        var found = new List<(Row Row, int Range)>();
        var read = 0;
        string? next = null;
        for (var i = FirstOf(page.After, ranges.Count); i < ranges.Count && next is null; i++)
        {
            var range = ranges[i] with { Take = Math.Clamp(2 * page.Take, 50, RowRange.MaxTake) };
            if (page.After is { } after && i == FirstOf(after, ranges.Count)
                && string.CompareOrdinal(after.From, range.From) > 0)
            {
                range = range with { From = after.From };
            }

            await foreach (var row in _names.ReadAllAsync(range, cancellationToken))
            {
                var matches = wanted(row, i) && isFirst(row, i);
                if (matches && found.Count == page.Take)
                {
                    next = tokenOf(found[^1].Row, found[^1].Range).ToString();
                    break;
                }

                if (matches)
                {
                    found.Add((row, i));
                }

                if (ends?.Invoke(row, i) == true)
                {
                    return new Page<Contact>([], null);
                }

                if (++read == MaxRowsPerSearch)
                {
                    next = tokenOf(row, i).ToString();
                    break;
                }
            }
        }

        // A row that a crash left behind leads to a contact who does not have that name, or is gone.
        var byId = (await contacts.GetManyAsync(
                found.Select(each => ContactIndex.ContactIdOf(each.Row)).Distinct(), cancellationToken))
            .ToDictionary(contact => contact.ContactId);
        return new Page<Contact>(
            [
                .. found.Where(each => IsCurrent(each.Row, each.Range))
                    .Select(each => byId[ContactIndex.ContactIdOf(each.Row)]).Distinct(),
            ],
            next);

        // Checks the contact itself: the words beside the key may be those of a change that was not stored. Which of
        // its rows is the first is not asked again: the index of an earlier release has fewer rows, until the repair.
        bool IsCurrent(Row row, int range) => byId.TryGetValue(ContactIndex.ContactIdOf(row), out var contact)
            && _index.NameRows(contact).Any(its => RowKey.Of(its) == RowKey.Of(row) && wanted(its, range));
    }

    // The token of a search with several ranges says in which of them it goes on.
    private static int FirstOf(PageToken? after, int count) =>
        after?.Partition.Split(Keys.Separator) is { } parts
        && parts is [Alike, _] or [InReading, _, _, ..]
        && parts[parts[0] == Alike ? 1 : 2] is var text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var range)
            ? Math.Min(range, count)
            : 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
