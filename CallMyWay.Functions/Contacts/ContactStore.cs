using CallMyWay.Functions.Api;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// The contacts: partition the contact's id, key <c>contact</c>; a contact's file gathers in its partition. Index rows are written
/// before the contact and removed after it.
/// </summary>
public sealed class ContactStore
{
    private const string ContactKey = "contact";

    /// <summary>How many index rows a search may read before it answers with what it has.</summary>
    private const int MaxRowsPerSearch = 10_000;

    private static readonly StoredJson<Contact> Stored = new(ContactsJson.Default);

    private readonly ITable _contacts;

    private readonly ITable _numbers;

    private readonly ITable _names;

    private readonly ContactIndex _index;

    public ContactStore(ITables tables, PhoneNumberParser numbers)
    {
        _contacts = tables[StorageNames.Contacts];
        _numbers = tables[StorageNames.ContactNumbers];
        _names = tables[StorageNames.ContactNames];
        _index = new ContactIndex(numbers);
    }

    /// <summary>The contact, or null; also for an id that no contact can have.</summary>
    public async ValueTask<Contact?> GetAsync(string contactId, CancellationToken cancellationToken) =>
        Keys.IsValid(contactId) ? Read(await _contacts.GetAsync(contactId, ContactKey, cancellationToken)) : null;

    public async ValueTask<IReadOnlyList<Contact>> GetManyAsync(IEnumerable<string> contactIds, CancellationToken cancellationToken)
    {
        var rows = await _contacts.GetManyAsync([.. contactIds.Select(id => (id, ContactKey))], cancellationToken);
        return [.. rows.Select(Read).OfType<Contact>()];
    }

    /// <summary>Stores a new contact. Null where one of this id is there already.</summary>
    public async Task<Contact?> CreateAsync(Contact contact, CancellationToken cancellationToken)
    {
        await WriteIndexAsync(contact, cancellationToken);
        if (await _contacts.InsertAsync(ToRow(contact), cancellationToken) is { } etag)
        {
            return contact with { ETag = etag };
        }

        await TakeBackIndexAsync(contact, cancellationToken);
        return null;
    }

    /// <summary>Stores the contact over the version in <see cref="Contact.ETag"/>. Null where it has changed or is gone.</summary>
    public async Task<Contact?> ReplaceAsync(Contact contact, Contact before, CancellationToken cancellationToken)
    {
        await WriteIndexAsync(contact, cancellationToken);
        if (await _contacts.ReplaceAsync(ToRow(contact), cancellationToken) is not { } etag)
        {
            await TakeBackIndexAsync(contact, cancellationToken);
            return null;
        }

        await RemoveIndexAsync(before, contact, cancellationToken);
        return contact with { ETag = etag };
    }

    /// <summary>False where it has changed or is gone.</summary>
    public async Task<bool> DeleteAsync(Contact contact, string? etag, CancellationToken cancellationToken)
    {
        if (!await _contacts.DeleteAsync(contact.ContactId, ContactKey, etag, cancellationToken))
        {
            return false;
        }

        await RemoveIndexAsync(contact, null, cancellationToken);
        return true;
    }

    /// <summary>
    /// Whom a number's last eight digits lead to, at most <paramref name="take"/>, and which of them was chosen for the number before;
    /// the caller compares the whole number.
    /// </summary>
    public async ValueTask<(IReadOnlyList<Contact> Contacts, string? ChosenId)> OfNumberAsync(PhoneNumber number, int take, CancellationToken cancellationToken)
    {
        var rows = await _numbers.ReadAsync(new RowRange(number.MatchKey) { Take = take }, cancellationToken);
        var choiceKey = ContactIndex.ChoiceKey(number);
        // It stands behind the contacts: where they fill the page it is asked for by itself.
        var choiceRow = rows.FirstOrDefault(row => row.Key == choiceKey)
            ?? (rows.Count < take ? null : await _numbers.GetAsync(number.MatchKey, choiceKey, cancellationToken));
        var choice = choiceRow?.Text(ContactIndex.ContactIdColumn);
        var ids = rows.Where(row => !ContactIndex.IsChoice(row)).Select(row => row.Key);
        return (rows.Count == 0 ? [] : await GetManyAsync(choice is null ? ids : ids.Append(choice).Distinct(), cancellationToken), choice);
    }

    /// <summary>Remembers the contact that an agent chose for a number, whether the number is one of the contact's or not.</summary>
    public async Task RememberChoiceAsync(PhoneNumber number, string contactId, CancellationToken cancellationToken)
    {
        if (number.MatchKey.Length > 0)
        {
            await _numbers.UpsertAsync(new Row(number.MatchKey, ContactIndex.ChoiceKey(number)).Set(ContactIndex.ContactIdColumn, contactId), cancellationToken);
        }
    }

    /// <summary>All contacts, in the order of their names.</summary>
    public Task<Page<Contact>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        FollowAsync(new RowRange(ContactIndex.AllPartition), _ => true, page, cancellationToken);

    /// <summary>Those who have, for each word of the query, a word that begins so: accents, case and order don't matter.</summary>
    public async Task<Page<Contact>> SearchAsync(string query, PageRequest page, CancellationToken cancellationToken)
    {
        // A document is found however its dashes were typed, here or there: the index has it without them too.
        if (DocumentOf(query) is { } document && (page.After?.Key.StartsWith(document, StringComparison.Ordinal) ?? true)
            && await SearchAsync([document], page, cancellationToken) is { Items.Count: > 0 } found)
        {
            return found;
        }

        return await SearchAsync(SearchText.Words(query), page, cancellationToken);
    }

    private async Task<Page<Contact>> SearchAsync(IReadOnlyList<string> wanted, PageRequest page, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return new Page<Contact>([], null);
        }

        // The longest word is the rarest, as a rule. Two words of a contact can begin alike: the row of the first of them counts.
        var rarest = wanted.MaxBy(word => word.Length)!;
        return await FollowAsync(
            RowRange.Prefix(ContactIndex.WordPartition(rarest), Keys.Encode(rarest)),
            row => ContactIndex.WordsOf(row) is var words && SearchText.Matches(words, wanted) && ContactIndex.IsFirst(row, words, rarest),
            page,
            cancellationToken);
    }

    private async Task<Page<Contact>> FollowAsync(RowRange range, Func<Row, bool> wanted, PageRequest page, CancellationToken cancellationToken)
    {
        var found = new List<Row>();
        var read = 0;
        string? next = null;
        await foreach (var row in _names.ReadAllAsync(range with { From = page.After?.From ?? range.From, Take = Math.Clamp(2 * page.Take, 50, RowRange.MaxTake) }, cancellationToken))
        {
            var matches = wanted(row);
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

        // A row that a crash left behind leads to a contact that is not, or no longer, called so.
        var contacts = (await GetManyAsync(found.Select(ContactIdOf).Distinct(), cancellationToken)).ToDictionary(contact => contact.ContactId);
        return new Page<Contact>([.. found.Where(row => contacts.TryGetValue(ContactIdOf(row), out var contact) && ContactIndex.NameRows(contact).Any(its => KeyOf(its) == KeyOf(row))).Select(row => contacts[ContactIdOf(row)])], next);
    }

    // Digits in groups, as an identity card has them.
    private static string? DocumentOf(string query) =>
        query.Trim() is { Length: > 4 } text && text.Any(c => !char.IsAsciiDigit(c)) && text.All(c => char.IsAsciiDigit(c) || c is '-' or ' ' or '.' or '/')
            ? string.Concat(text.Where(char.IsAsciiDigit))
            : null;

    private static string ContactIdOf(Row row) => row.Text(ContactIndex.ContactIdColumn)!;

    // A refused contact has written its index already: its rows go, and what it wrote over is put right.
    private async Task TakeBackIndexAsync(Contact refused, CancellationToken cancellationToken)
    {
        var current = await GetAsync(refused.ContactId, cancellationToken);
        await RemoveIndexAsync(refused, current, cancellationToken);
        if (current is not null)
        {
            await WriteIndexAsync(current, cancellationToken);
        }
    }

    private async Task WriteIndexAsync(Contact contact, CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            _numbers.UpsertManyAsync(_index.NumberRows(contact), cancellationToken),
            _names.UpsertManyAsync(ContactIndex.NameRows(contact), cancellationToken));
    }

    private async Task RemoveIndexAsync(Contact before, Contact? after, CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            _numbers.DeleteManyAsync(Gone(_index.NumberRows(before), after is null ? [] : _index.NumberRows(after)), cancellationToken),
            _names.DeleteManyAsync(Gone(ContactIndex.NameRows(before), after is null ? [] : ContactIndex.NameRows(after)), cancellationToken));
    }

    private static IEnumerable<Row> Gone(IEnumerable<Row> before, IEnumerable<Row> after) => before.ExceptBy(after.Select(KeyOf), KeyOf);

    private static (string Partition, string Key) KeyOf(Row row) => (row.Partition, row.Key);

    private static Row ToRow(Contact contact) => Stored.ToRow(contact.ContactId, ContactKey, contact with { ETag = null }, contact.ETag);

    private static Contact? Read(Row? row) => row is null ? null : Stored.FromRow(row) with { ETag = row.ETag };
}
