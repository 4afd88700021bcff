using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>The contacts: the partition is the contact's id, the key is <c>contact</c>.</summary>
public sealed class ContactStore
{
    private const string ContactKey = "contact";

    /// <summary>How many index rows a search reads at most before it answers with what it has found.</summary>
    private const int MaxRowsPerSearch = 10_000;

    private static readonly StoredJson<Contact> Stored = new(ContactsJson.Default);

    private readonly ITable _contacts;

    private readonly ITable _numbers;

    private readonly ITable _names;

    private readonly ContactIndex _index;

    private readonly IndexedTable<Contact> _indexed;

    public ContactStore(ITables tables, PhoneNumberParser numbers)
    {
        _contacts = tables[StorageNames.Contacts];
        _numbers = tables[StorageNames.ContactNumbers];
        _names = tables[StorageNames.ContactNames];
        _index = new ContactIndex(numbers);
        _indexed = new(tables, new IndexedRecord<Contact>
        {
            Table = StorageNames.Contacts,
            IndexTables = [StorageNames.ContactNumbers, StorageNames.ContactNames],
            Write = ToRow,
            Read = Read,
            ETagOf = contact => contact.ETag,
            IndexOf = contact => _index.NumberRows(contact)
                .Select(row => new IndexRow(StorageNames.ContactNumbers, row))
                .Concat(_index.NameRows(contact).Select(row => new IndexRow(StorageNames.ContactNames, row))),
            LeadsTo = LeadsTo,
        });
    }

    /// <summary>The index, for the repair.</summary>
    public IIndexedTable Indexed => _indexed;

    /// <summary>The contact; null if there is none, or if no contact can have this id.</summary>
    public async ValueTask<Contact?> GetAsync(string contactId, CancellationToken cancellationToken) =>
        Keys.IsValid(contactId) ? await _indexed.GetAsync(KeyOf(contactId), cancellationToken) : null;

    public async ValueTask<IReadOnlyList<Contact>> GetManyAsync(
        IEnumerable<string> contactIds, CancellationToken cancellationToken)
    {
        var rows = await _contacts.GetManyAsync([.. contactIds.Select(id => (id, ContactKey))], cancellationToken);
        return [.. rows.OfType<Row>().Select(Read).OfType<Contact>()];
    }

    /// <summary>Stores a new contact. Null if there is one with this id already.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="isNewId">True if the id was generated for this contact.</param>
    public async Task<Contact?> CreateAsync(
        Contact contact, CancellationToken cancellationToken, bool isNewId = false) =>
        (await _indexed.CreateAsync(contact, isNewId, cancellationToken)).After;

    /// <summary>
    /// Replaces the version of the contact in <see cref="Contact.ETag"/>. Null if it has changed or is gone. That the
    /// contact was chosen for a number which it has no more is forgotten.
    /// </summary>
    public async Task<Contact?> ReplaceAsync(Contact contact, Contact before, CancellationToken cancellationToken)
    {
        var write = await _indexed.WriteAsync(
            KeyOf(contact.ContactId), found => found?.ETag == contact.ETag ? contact : null, cancellationToken, before);
        if (write.After is { } after)
        {
            foreach (var numberKey in _index.NumberKeys(before).Except(_index.NumberKeys(after)))
            {
                await ForgetChoicesAsync(numberKey, contact.ContactId, cancellationToken);
            }
        }

        return write.After;
    }

    /// <summary>False if the contact has changed or is gone.</summary>
    public async Task<bool> DeleteAsync(Contact contact, string? etag, CancellationToken cancellationToken) =>
        await _indexed.DeleteAsync(
            KeyOf(contact.ContactId), found => etag is null || etag == found.ETag, cancellationToken) is not null;

    /// <summary>
    /// At most <paramref name="take"/> contacts with the number's last eight digits, and the one that was chosen for
    /// the number before. The caller compares the whole number.
    /// </summary>
    public async ValueTask<(IReadOnlyList<Contact> Contacts, string? ChosenId)> FindByNumberAsync(
        PhoneNumber number, int take, CancellationToken cancellationToken)
    {
        var rows = await _numbers.ReadAsync(new RowRange(number.MatchKey) { Take = take }, cancellationToken);
        var choiceKey = ContactIndex.ChoiceKey(number);
        // The choice sorts after the contacts. If they fill the page, it is read separately.
        var choiceRow = rows.FirstOrDefault(row => row.Key == choiceKey)
            ?? (rows.Count < take ? null : await _numbers.GetAsync(number.MatchKey, choiceKey, cancellationToken));
        var choice = choiceRow?.Text(ContactIndex.ContactIdColumn);
        var ids = rows.Where(row => !ContactIndex.IsChoice(row)).Select(row => row.Key);
        return (rows.Count == 0 ? [] : await GetManyAsync(
            choice is null ? ids : ids.Append(choice).Distinct(), cancellationToken), choice);
    }

    /// <summary>
    /// Remembers the contact that an agent chose for a number. It need not be a number of the contact.
    /// </summary>
    public async Task RememberChoiceAsync(
        PhoneNumber number, string contactId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // What several strangers may send alike is nobody's.
        if (number.MatchKey.Length > 0 && !number.NeedsMapping)
        {
            await _numbers.UpsertAsync(
                new Row(number.MatchKey, ContactIndex.ChoiceKey(number))
                    .Set(ContactIndex.ContactIdColumn, contactId)
                    .Set(ContactIndex.ChosenAtColumn, at.ToString("O", CultureInfo.InvariantCulture)),
                cancellationToken);
        }
    }

    /// <summary>
    /// Forgets the contact that was chosen for a number until then. A request can be repeated late: what was chosen
    /// after it stays.
    /// </summary>
    public async Task ForgetChoiceAsync(PhoneNumber number, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (number.MatchKey.Length == 0)
        {
            return;
        }

        var key = ContactIndex.ChoiceKey(number);
        while (await _numbers.GetAsync(number.MatchKey, key, cancellationToken) is { } row
            && !(ChosenAt(row) > until)
            && !await _numbers.DeleteAsync(number.MatchKey, key, row.ETag, cancellationToken))
        {
            // It was chosen again in this moment.
        }
    }

    private async Task ForgetChoicesAsync(string numberKey, string contactId, CancellationToken cancellationToken)
    {
        foreach (var row in await _numbers.ReadAsync(ContactIndex.Choices(numberKey), cancellationToken))
        {
            if (row.Text(ContactIndex.ContactIdColumn) == contactId)
            {
                // If somebody chooses in this moment, that choice stays.
                await _numbers.DeleteAsync(row.Partition, row.Key, row.ETag, cancellationToken);
            }
        }
    }

    // Choices of earlier releases have no time.
    private static DateTimeOffset? ChosenAt(Row row) =>
        DateTimeOffset.TryParse(
            row.Text(ContactIndex.ChosenAtColumn), CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at
            : null;

    /// <summary>All contacts, by name.</summary>
    public Task<Page<Contact>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        FollowAsync(new RowRange(ContactIndex.AllPartition), _ => true, _ => true, page, cancellationToken);

    /// <summary>
    /// The contacts who have, for each word of the query, a word that begins with it. Accents, case and order don't
    /// matter. If nobody has them, the query is read in other ways: as the digits of a document or number, however its
    /// dashes and zeros are written, and with names joined.
    /// </summary>
    public async Task<Page<Contact>> SearchAsync(string query, PageRequest page, CancellationToken cancellationToken)
    {
        var found = new Page<Contact>([], null);
        foreach (var reading in ReadingsOf(query, page.After))
        {
            found = await SearchAsync(reading, page, cancellationToken);
            if (found is not { Items.Count: 0, Next: null })
            {
                break;
            }
        }

        return found;
    }

    // A further page goes on with the reading that the page before was found by.
    private IEnumerable<IReadOnlyList<string>> ReadingsOf(string query, PageToken? after)
    {
        var readings = _index.Readings(query);
        return after is null
            ? readings
            : readings.Where(reading => after.Key.StartsWith(Keys.Encode(Rarest(reading)), StringComparison.Ordinal))
                .Take(1);
    }

    // The longest word is usually the rarest.
    private static string Rarest(IReadOnlyList<string> wanted) => wanted.MaxBy(word => word.Length)!;

    private async Task<Page<Contact>> SearchAsync(
        IReadOnlyList<string> wanted, PageRequest page, CancellationToken cancellationToken)
    {
        // Two words of a contact can begin alike: then only the row of the first counts.
        var rarest = Rarest(wanted);
        return await FollowAsync(
            RowRange.Prefix(ContactIndex.WordPartition(rarest), Keys.Encode(rarest)),
            row => SearchText.Matches(ContactIndex.WordsOf(row), wanted),
            row => ContactIndex.IsFirst(row, ContactIndex.WordsOf(row), rarest),
            page,
            cancellationToken);
    }

    private async Task<Page<Contact>> FollowAsync(
        RowRange range,
        Func<Row, bool> wanted,
        Func<Row, bool> isFirst,
        PageRequest page,
        CancellationToken cancellationToken)
    {
        var found = new List<Row>();
        var read = 0;
        string? next = null;
        await foreach (var row in _names.ReadAllAsync(range with { From = page.After?.From ?? range.From, Take = Math.Clamp(2 * page.Take, 50, RowRange.MaxTake) }, cancellationToken))
        {
            var matches = wanted(row) && isFirst(row);
            if (matches && found.Count == page.Take)
            {
                next = new PageToken(found[^1].Partition, found[^1].Key).ToString();
                break;
            }

            if (matches)
            {
                found.Add(row);
            }

            if (++read == MaxRowsPerSearch)
            {
                next = new PageToken(row.Partition, row.Key).ToString();
                break;
            }
        }

        // A row that a crash left behind leads to a contact who does not have that name, or is gone.
        var contacts = (await GetManyAsync(found.Select(ContactIdOf).Distinct(), cancellationToken))
            .ToDictionary(contact => contact.ContactId);
        return new Page<Contact>(
            [.. found.Where(IsCurrent).Select(row => contacts[ContactIdOf(row)]).Distinct()], next);

        // Checks the contact itself: the words beside the key may be those of a change that was not stored. Which of
        // its rows is the first is not asked again: the index of an earlier release has fewer rows, until the repair.
        bool IsCurrent(Row row) => contacts.TryGetValue(ContactIdOf(row), out var contact)
            && _index.NameRows(contact).Any(its => RowKey.Of(its) == RowKey.Of(row) && wanted(its));
    }

    private static string ContactIdOf(Row row) => row.Text(ContactIndex.ContactIdColumn)!;

    private static Row ToRow(Contact contact) =>
        Stored.ToRow(contact.ContactId, ContactKey, contact with { ETag = null, Phones = null }, contact.ETag);

    private static Contact? Read(Row row) =>
        row.Key == ContactKey ? Stored.FromRow(row) with { ETag = row.ETag } : null;

    private static RowKey? LeadsTo(string table, Row row) => table == StorageNames.ContactNames
        ? ContactIndex.IsName(row) ? KeyOf(ContactIdOf(row)) : null
        : ContactIndex.IsNumber(row) ? KeyOf(row.Key) : null;

    private static RowKey KeyOf(string contactId) => new(contactId, ContactKey);
}
