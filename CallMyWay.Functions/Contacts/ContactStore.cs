using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>The contacts: the partition is the contact's id, the key is <c>contact</c>.</summary>
public sealed class ContactStore
{
    private const string ContactKey = "contact";

    /// <summary>How many rows a merged contact's id leads through: two where a merge did not come to its end.</summary>
    private const int MostSteps = 3;

    private static readonly StoredJson<Contact> Stored = new(ContactsJson.Default);

    private static readonly StoredJson<ContactMerge> Merges = new(ContactsJson.Default, "merge");

    private readonly ITables _tables;

    private readonly ITable _contacts;

    private readonly ITable _numbers;

    private readonly ITable _names;

    private readonly ContactIndex _index;

    private readonly IndexedTable<Contact> _indexed;

    private readonly PhoneNumberParser _parser;

    private readonly ContactChoices _choices;

    public ContactStore(ITables tables, PhoneNumberParser numbers, ContactChoices choices)
    {
        _tables = tables;
        _choices = choices;
        _contacts = tables[StorageNames.Contacts];
        _numbers = tables[StorageNames.ContactNumbers];
        _names = tables[StorageNames.ContactNames];
        _index = new ContactIndex(numbers);
        _parser = numbers;
        _indexed = new(tables, new IndexedRecord<Contact>
        {
            Table = StorageNames.Contacts,
            IndexTables = [StorageNames.ContactNumbers, StorageNames.ContactNames],
            Write = ToRow,
            Read = Read,
            ETagOf = contact => contact.ETag,
            IndexOf = IndexOf,
            LeadsTo = LeadsTo,
        });
    }

    /// <summary>The index, for the repair.</summary>
    public IIndexedTable Indexed => _indexed;

    /// <summary>
    /// The contact; null if there is none, or if no contact can have this id. For the id of one that was merged into
    /// another it is that one, at one read more.
    /// </summary>
    public async ValueTask<Contact?> GetAsync(string contactId, CancellationToken cancellationToken)
    {
        var contact = await ReadAsync(contactId, cancellationToken);
        for (var i = 0; i < MostSteps && contact?.Merge?.PointsTo is { } kept; i++)
        {
            contact = await ReadAsync(kept, cancellationToken);
        }

        return contact?.Merge?.PointsTo is null ? contact : null;
    }

    /// <summary>
    /// The contacts with these ids, each once: those of merged contacts lead to the kept ones. What each id led to
    /// stands beside them.
    /// </summary>
    public async ValueTask<IReadOnlyDictionary<string, Contact>> FollowManyAsync(
        IEnumerable<string> contactIds, CancellationToken cancellationToken)
    {
        var read = await ReadManyAsync(contactIds, cancellationToken);
        var kept = await GetManyAsync(
            read.Select(contact => contact.Merge?.PointsTo).OfType<string>().Distinct(), cancellationToken);
        var byId = kept.ToDictionary(contact => contact.ContactId, StringComparer.Ordinal);
        return read
            .Select(contact => (
                contact.ContactId,
                Contact: contact.Merge?.PointsTo is { } into ? byId.GetValueOrDefault(into) : contact))
            .Where(each => each.Contact is not null)
            .ToDictionary(each => each.ContactId, each => each.Contact!, StringComparer.Ordinal);
    }

    /// <summary>The contacts with these ids, without those that were merged into others.</summary>
    public async ValueTask<IReadOnlyList<Contact>> GetManyAsync(
        IEnumerable<string> contactIds, CancellationToken cancellationToken) =>
        [.. (await ReadManyAsync(contactIds, cancellationToken)).Where(contact => contact.Merge?.PointsTo is null)];

    /// <summary>What stands in the row of this id, also if it only leads to another contact.</summary>
    internal async ValueTask<Contact?> ReadAsync(string contactId, CancellationToken cancellationToken) =>
        Keys.IsValid(contactId) ? await _indexed.GetAsync(KeyOf(contactId), cancellationToken) : null;

    internal async ValueTask<IReadOnlyList<Contact>> ReadManyAsync(
        IEnumerable<string> contactIds, CancellationToken cancellationToken)
    {
        var rows = await _contacts.GetManyAsync([.. contactIds.Select(id => (id, ContactKey))], cancellationToken);
        return [.. rows.OfType<Row>().Select(Read).OfType<Contact>()];
    }

    /// <summary>
    /// Stores a contact that is merged with another one, or is so no longer, over the version that was read. Null if it
    /// has changed or is gone.
    /// </summary>
    internal async Task<Contact?> WriteAsync(Contact contact, Contact before)
    {
        var write = await _indexed.WriteAsync(
            KeyOf(contact.ContactId),
            found => found?.ETag == before.ETag ? contact : null,
            CancellationToken.None,
            before);
        return write.After;
    }

    /// <summary>The row of a merged contact that leads to one contact leads to another one from now on.</summary>
    internal async Task PointAsync(string contactId, string from, string to) =>
        await _indexed.WriteAsync(
            KeyOf(contactId),
            found => found?.Merge is { PointsTo: { } at } merge && at == from
                ? found with { Merge = merge with { PointsTo = to } }
                : found,
            CancellationToken.None);

    /// <summary>Stores a new contact. Null if there is one with this id already.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="isNewId">True if the id was generated for this contact.</param>
    public async Task<Contact?> CreateAsync(
        Contact contact, CancellationToken cancellationToken, bool isNewId = false) =>
        (await _indexed.CreateAsync(contact, isNewId, cancellationToken)).After;

    /// <summary>
    /// Stores many new contacts, whose ids were made up for them: a request that is repeated has the same ids. One that
    /// is there already stays as it is.
    /// </summary>
    public Task CreateManyAsync(IReadOnlyList<Contact> contacts, CancellationToken cancellationToken) =>
        _tables.InsertManyAsync(
            [
                .. contacts.Select(
                    contact => new NewRecord(StorageNames.Contacts, () => ToRow(contact), IndexOf(contact))),
            ],
            cancellationToken);

    /// <summary>
    /// Deletes many contacts of <see cref="CreateManyAsync"/>, each only in the version that was read, and what is
    /// noted under their numbers. One without a version is gone already, and perhaps not all that led to it. Returns the
    /// ids of those that are gone; another was changed meanwhile.
    /// </summary>
    public async Task<IReadOnlySet<string>> DeleteManyAsync(
        IReadOnlyList<Contact> contacts, CancellationToken cancellationToken)
    {
        var deleted = await AtOnce.DoAsync(contacts, async contact =>
            contact.ETag is null
            || await _contacts.DeleteAsync(contact.ContactId, ContactKey, contact.ETag, cancellationToken)
                ? contact
                : null);
        // Nobody creates a contact with such an id again, so that its index rows are nobody else's.
        var rows = deleted.OfType<Contact>().SelectMany(IndexOf)
            .GroupBy(row => (row.Table, row.Row.Partition), row => row.Row)
            .SelectMany(same => same.Chunk(RowChange.MaxBatchCount).Select(some => (same.Key.Table, Rows: some)));
        await AtOnce.DoAsync(rows, batch => _tables[batch.Table].BatchAsync(
            [.. batch.Rows.Select(row => RowChange.Delete(new Row(row.Partition, row.Key)))], cancellationToken).AsTask());
        await AtOnce.DoAsync(deleted.OfType<Contact>(), async contact =>
        {
            await _choices.ForgetAllAsync(contact, cancellationToken);
            return true;
        });
        return deleted.OfType<Contact>().Select(contact => contact.ContactId).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The contacts in the order of their ids, behind one of them. For what goes over all of them.</summary>
    /// <returns>The contacts of a page, and the row to go on behind; null at the end.</returns>
    public async Task<(IReadOnlyList<Contact> Contacts, RowKey? Next)> ScanAsync(
        RowKey? after, int take, CancellationToken cancellationToken)
    {
        var rows = await _contacts.ScanAsync(after, take, cancellationToken);
        return (
            [.. rows.Select(Read).OfType<Contact>().Where(contact => contact.Merge?.PointsTo is null)],
            rows.Count < take ? null : RowKey.Of(rows[^1]));
    }

    /// <summary>The contacts that may have one of these numbers or documents, by their index rows, each once.</summary>
    /// <param name="numberKeys">The last digits of numbers.</param>
    /// <param name="documents">Identity documents.</param>
    /// <param name="take">How many are read for each.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<IReadOnlyList<Contact>> FindManyAsync(
        IReadOnlyCollection<string> numberKeys,
        IReadOnlyCollection<string> documents,
        int take,
        CancellationToken cancellationToken)
    {
        var words = documents
            .SelectMany(document => new[] { IdentityDocument.Plain(document), IdentityDocument.Compact(document) })
            .SelectMany(SearchText.Words)
            .Distinct(StringComparer.Ordinal);
        var byNumber = await AtOnce.DoAsync(numberKeys, async key =>
            (await _numbers.QueryAsync(new RowRange(key) { Take = take }, cancellationToken)).Rows
                .Where(row => !ContactIndex.IsChoice(row)).Select(row => row.Key));
        var byDocument = await AtOnce.DoAsync(words, async word =>
            (await _names.QueryAsync(ContactIndex.WholeWordRange(word) with { Take = take }, cancellationToken)).Rows
                .Select(ContactIndex.ContactIdOf));
        return await GetManyAsync(
            byNumber.Concat(byDocument).SelectMany(ids => ids).Distinct(StringComparer.Ordinal), cancellationToken);
    }

    /// <summary>True where another contact than these has the address of email too.</summary>
    public async Task<bool> IsEmailOfOthersAsync(
        string email, IReadOnlyCollection<string> contactIds, CancellationToken cancellationToken)
    {
        // The words before the at sign are fewer people's than those of a company or a provider.
        var words = SearchText.Words(email);
        var before = SearchText.Words(email.Split('@')[0]);
        if ((before.Count > 0 ? before : words).MaxBy(word => word.Length) is not { } rarest)
        {
            return false;
        }

        await foreach (var row in _names.ReadAllAsync(ContactIndex.WholeWordRange(rarest), cancellationToken))
        {
            if (!words.Except(ContactIndex.WordsOf(row)).Any()
                && ContactIndex.ContactIdOf(row) is var contactId && !contactIds.Contains(contactId)
                && await ReadAsync(contactId, cancellationToken) is { Merge: null or { PointsTo: null } } contact
                && string.Equals(contact.Email, email, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Replaces the version of the contact in <see cref="Contact.ETag"/>. Null if it has changed or is gone. That the
    /// contact was chosen for a number which it has no more is forgotten.
    /// </summary>
    public async Task<Contact?> ReplaceAsync(Contact contact, Contact before, CancellationToken cancellationToken)
    {
        if (before.ETag == contact.ETag)
        {
            // First, as nobody would know the former numbers if the process ended after the contact was stored.
            await _choices.ForgetLeftAsync(before, contact, cancellationToken);
        }

        var write = await _indexed.WriteAsync(
            KeyOf(contact.ContactId),
            found => found?.ETag == contact.ETag ? contact with { Merged = found?.Merged, Merge = found?.Merge } : null,
            cancellationToken,
            before);
        return write.After;
    }

    /// <summary>
    /// False if the contact has changed or is gone. What was noted under its numbers goes too: that it was chosen for
    /// them, and who created it. So do the rows of contacts that were merged into it.
    /// </summary>
    public async Task<bool> DeleteAsync(Contact contact, string? etag, CancellationToken cancellationToken)
    {
        if (etag is null || etag == contact.ETag)
        {
            await _choices.ForgetAllAsync(contact, cancellationToken);
            // They go first: a repeated request would not find them by a contact that is gone.
            var pointers = new List<Contact>();
            foreach (var mergedId in contact.Merged ?? [])
            {
                var deleted = await _indexed.DeleteAsync(
                    KeyOf(mergedId), found => found.Merge?.PointsTo == contact.ContactId, cancellationToken);
                if (deleted is { } pointer)
                {
                    pointers.Add(pointer);
                }
            }

            if (await DeleteAloneAsync(contact, etag, cancellationToken))
            {
                return true;
            }

            // Somebody has changed the contact in this moment.
            foreach (var pointer in pointers)
            {
                await _indexed.CreateAsync(pointer, isNewKey: false, CancellationToken.None);
            }
        }

        return false;
    }

    /// <summary>The contact of a row, also of one that only leads to another; null for any other row.</summary>
    internal static Contact? ReadRow(Row row) => Read(row);

    /// <summary>False for the row of a contact itself.</summary>
    internal static bool IsIndexRow(Row row) => row.Key != ContactKey;

    /// <summary>
    /// Takes out of a row what it keeps of contacts that are erased: as it leads to one of them, or is one, all of it;
    /// else the copy that a merge has made of one of them, and what its own fields say of them. False where it keeps
    /// nothing of them.
    /// </summary>
    /// <param name="contactId">The row's.</param>
    /// <param name="erasedIds">Of the contacts that are erased.</param>
    /// <param name="mask">A text without what tells of them; the same instance where nothing does.</param>
    /// <param name="cancellationToken">The caller's.</param>
    internal async Task<bool> ForgetAsync(
        string contactId,
        IReadOnlyCollection<string> erasedIds,
        Func<string, string> mask,
        CancellationToken cancellationToken)
    {
        if (await ReadAsync(contactId, cancellationToken) is not { } found)
        {
            return false;
        }

        if (IsErased(found))
        {
            return await _indexed.DeleteAsync(KeyOf(contactId), IsErased, cancellationToken) is not null;
        }

        var write = await _indexed.WriteAsync(
            KeyOf(contactId),
            stored => stored is null || IsErased(stored) ? stored : Masked(Without(stored)),
            cancellationToken);
        return write.Outcome == WriteOutcome.Stored;

        bool IsErased(Contact contact) => erasedIds.Contains(contact.ContactId)
            || (contact.Merge?.PointsTo is { } kept && erasedIds.Contains(kept));

        // A merge that stands, into a contact that is not erased, keeps no more than that it was made.
        Contact Without(Contact contact) => contact.Merge is not { } merge
            || !(erasedIds.Contains(merge.Into) || erasedIds.Contains(merge.Before.ContactId)
                || merge.Before.Merged?.Any(erasedIds.Contains) == true)
            || (merge.PointsTo is not null && merge.Before is { Name: "", Numbers: [] })
            ? contact
            : contact with
            {
                Merge = merge.PointsTo is null ? null : merge with
                {
                    Before = new Contact { ContactId = merge.Before.ContactId, Name = "", Numbers = [] },
                },
            };

        // Also in the copy by which a merge is undone: it has to fit the contact.
        Contact Masked(Contact contact)
        {
            if (contact.Fields?.Any(field => !ReferenceEquals(mask(field.Value), field.Value)) == true)
            {
                contact = contact with
                {
                    Fields = contact.Fields.ToDictionary(
                        field => field.Key, field => mask(field.Value), StringComparer.Ordinal),
                };
            }

            return contact.Merge is { } merge && Masked(merge.Before) is var before
                && !ReferenceEquals(before, merge.Before)
                ? contact with { Merge = merge with { Before = before } }
                : contact;
        }
    }

    /// <summary>
    /// Removes a row of the indexes that leads to a contact which does not say so: a process ended before it did. False
    /// for any other.
    /// </summary>
    internal async Task<bool> ForgetAstrayAsync(string table, Row row, CancellationToken cancellationToken) =>
        (await _indexed.CheckAsync(table, [row], cancellationToken)).Removed > 0;

    /// <summary>
    /// Removes a row of the indexes that leads to a contact which is erased, and what was noted under a number that
    /// nobody else has. False for a row of somebody else.
    /// </summary>
    internal async Task<bool> ForgetIndexRowAsync(
        string table, Row row, IReadOnlyCollection<string> erasedIds, bool isOwnNumber, CancellationToken cancellationToken)
    {
        var isOf = row.Text(ContactIndex.ContactIdColumn) is { } contactId
            ? erasedIds.Contains(contactId)
            : erasedIds.Contains(row.Key);
        if (!isOf && !(isOwnNumber && table == StorageNames.ContactNumbers && ContactIndex.IsChoice(row)))
        {
            return false;
        }

        return await _tables[table].DeleteAsync(row.Partition, row.Key, null, cancellationToken);
    }

    private async Task<bool> DeleteAloneAsync(Contact contact, string? etag, CancellationToken cancellationToken) =>
        await _indexed.DeleteAsync(
            KeyOf(contact.ContactId), found => etag is null || etag == found.ETag, cancellationToken) is not null;

    /// <summary>
    /// At most <paramref name="take"/> contacts for each reading of the number's last eight digits, and the one that was chosen for
    /// the number before. The caller compares the whole number.
    /// </summary>
    public async ValueTask<(IReadOnlyList<Contact> Contacts, string? ChosenId)> FindByNumberAsync(
        PhoneNumber number, int take, CancellationToken cancellationToken)
    {
        var rows = await _numbers.ReadAsync(new RowRange(number.MatchKey) { Take = take }, cancellationToken);
        var chosenFor = _parser.AsWhole(number);
        var choiceKey = ContactIndex.ChoiceKey(chosenFor);
        // The choice sorts after the contacts. If they fill the page, it is read separately; so it is if it stands
        // under another key, that of the whole number.
        var choiceRow = rows.FirstOrDefault(row => row.Key == choiceKey)
            ?? (rows.Count < take && chosenFor.MatchKey == number.MatchKey
                ? null
                : await _numbers.GetAsync(chosenFor.MatchKey, choiceKey, cancellationToken));
        var choice = choiceRow?.Text(ContactIndex.ContactIdColumn);
        var named = rows;
        foreach (var otherKey in _parser.KeysOf(number).Skip(1))
        {
            // A short foreign number: a contact may have it without its plus, which is a number at home.
            named = [.. named, .. await _numbers.ReadAsync(new RowRange(otherKey) { Take = take }, cancellationToken)];
        }

        var ids = named.Where(row => !ContactIndex.IsChoice(row)).Select(row => row.Key).Distinct().ToList();
        if (choice is not null && !ids.Contains(choice))
        {
            ids.Add(choice);
        }

        var contacts = ids.Count == 0 ? [] : await ReadManyAsync(ids, cancellationToken);
        // A contact who was deleted was chosen, and another was made with the same id.
        if (choiceRow is not null && contacts.Any(
            contact => contact.ContactId == choice && ContactChoices.ChosenAt(choiceRow) < contact.CreatedAt))
        {
            contacts =
                [.. contacts.Where(contact => contact.ContactId != choice || named.Any(row => row.Key == choice))];
            choice = null;
        }

        return await WithoutMergedAsync(contacts, choice, cancellationToken);
    }

    // Where a merged contact was chosen, the kept one counts as chosen.
    private async ValueTask<(IReadOnlyList<Contact> Contacts, string? ChosenId)> WithoutMergedAsync(
        IReadOnlyList<Contact> found, string? chosenId, CancellationToken cancellationToken)
    {
        if (found.All(contact => contact.Merge?.PointsTo is null))
        {
            return (found, chosenId);
        }

        List<Contact> contacts = [.. found.Where(contact => contact.Merge?.PointsTo is null)];
        if (found.FirstOrDefault(contact => contact.ContactId == chosenId)?.Merge?.PointsTo is not { } keptId)
        {
            return (contacts, chosenId);
        }

        if (contacts.TrueForAll(contact => contact.ContactId != keptId)
            && await GetAsync(keptId, cancellationToken) is { } kept)
        {
            contacts.Add(kept);
        }

        return (contacts, keptId);
    }

    // Nobody finds what only leads to another contact.
    private IEnumerable<IndexRow> IndexOf(Contact contact) => contact.Merge?.PointsTo is not null
        ? []
        : _index.NumberRows(contact)
            .Select(row => new IndexRow(StorageNames.ContactNumbers, row))
            .Concat(_index.NameRows(contact).Select(row => new IndexRow(StorageNames.ContactNames, row)));

    private static Row ToRow(Contact contact)
    {
        var row = Stored.ToRow(
            contact.ContactId, ContactKey, contact with { ETag = null, Phones = null }, contact.ETag);
        return contact.Merge is null ? row : Merges.Put(row, contact.Merge);
    }

    private static Contact? Read(Row row) => row.Key != ContactKey ? null : Stored.FromRow(row) with
    {
        ETag = row.ETag,
        Merge = Merges.IsIn(row) ? Merges.FromRow(row) : null,
    };

    private static RowKey? LeadsTo(string table, Row row) => table == StorageNames.ContactNames
        ? ContactIndex.IsName(row) ? KeyOf(ContactIndex.ContactIdOf(row)) : null
        : ContactIndex.IsNumber(row) ? KeyOf(row.Key) : null;

    private static RowKey KeyOf(string contactId) => new(contactId, ContactKey);
}
