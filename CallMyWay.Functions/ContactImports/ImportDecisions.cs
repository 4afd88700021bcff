using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactImports;

/// <summary>
/// Decides what becomes of each row of some slices. It reads who is a contact already, by the rows' numbers and documents,
/// and stores nothing. A row can be a duplicate of an earlier one of the file, by the same rule.
/// </summary>
public sealed class ImportDecisions(
    ContactStore contacts, ContactFieldStore own, Accounts accounts, PhoneNumberParser parser)
{
    /// <summary>How many contacts with a number are looked at. What more share is a switchboard's.</summary>
    private const int MostOfANumber = 20;

    /// <param name="importId">The import; the ids of new contacts begin with it.</param>
    /// <param name="work">The columns and the rules.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="underWay">The results of the slices before, which may not be stored yet.</param>
    /// <param name="now">When the contacts are created or changed.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<IReadOnlyList<RowResult>> DecideAsync(
        string importId,
        ImportWork work,
        IReadOnlyList<FileRow> rows,
        IReadOnlyList<RowResult> underWay,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var fields = await own.GetRecentAsync(cancellationToken);
        var reader = new ImportRows(work.Columns, fields.Fields, accounts.Home.Currency, parser);
        var read = rows.Select(reader.Read).ToList();
        var known = await FindAsync(work.By, read, underWay, cancellationToken);
        var results = new List<RowResult>(read.Count);
        foreach (var row in read)
        {
            results.Add(Decide(importId, work, row, fields, known, results, now));
        }

        return results;
    }

    /// <summary>What the rule makes of a contact that is there, where somebody has changed it since.</summary>
    /// <returns>Null where it stays as it is, or can't take in the row.</returns>
    public async Task<Contact?> AgainAsync(
        ImportWork work, FileRow row, Contact current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fields = await own.GetRecentAsync(cancellationToken);
        var reader = new ImportRows(work.Columns, fields.Fields, accounts.Home.Currency, parser);
        return reader.Read(row).Input is { } input
            && Joined(work.Duplicates, current, input, now) is { } joined
            && JoinedContact.Check(joined, current, fields, accounts.Home.Currency) is null
            && !joined.SaysTheSame(current)
                ? joined
                : null;
    }

    private async Task<KnownContacts> FindAsync(
        DuplicateKey by,
        IReadOnlyList<ReadRow> rows,
        IReadOnlyList<RowResult> underWay,
        CancellationToken cancellationToken)
    {
        var known = new KnownContacts(parser);
        // They have no version yet. Who changes one of them finds that out, and decides on what is stored by then.
        foreach (var result in underWay)
        {
            if (result.After is { } contact)
            {
                known.Add(contact);
            }
        }

        var inputs = rows.Where(row => row.Input is not null).ToList();
        string[] numbers = by == DuplicateKey.Document
            ? []
            : [.. inputs.SelectMany(row => row.Phones).Where(KnownContacts.Tells).SelectMany(parser.KeysOf).Distinct()];
        string[] documents = by == DuplicateKey.Number
            ? []
            : [.. inputs.Select(row => row.Input!.Document).OfType<string>().Where(text => text.Length > 0).Distinct()];
        foreach (var contact in await contacts.FindManyAsync(numbers, documents, MostOfANumber, cancellationToken))
        {
            known.Add(contact);
        }

        var ids = inputs.Select(row => row.ContactId).OfType<string>()
            .Where(id => Keys.IsValid(id) && !known.Has(id)).Distinct();
        foreach (var (id, contact) in await contacts.FollowManyAsync(ids, cancellationToken))
        {
            known.Add(contact);
            known.Name(id, contact.ContactId);
        }

        return known;
    }

    private RowResult Decide(
        string importId,
        ImportWork work,
        ReadRow row,
        ContactFieldList fields,
        KnownContacts known,
        List<RowResult> results,
        DateTimeOffset now)
    {
        if (row.Input is not { } input)
        {
            return Refused(row, row.Refusal!.Value);
        }

        var found = known.Find(work.By, row);
        if (found.Count == 0)
        {
            if (Check(input, fields) is { } wrong)
            {
                return Refused(row, wrong);
            }

            var contact = input.ToContact($"{importId}-{row.Row.Row}", now, now);
            known.Add(contact, row.Phones, results.Count);
            return new RowResult { Row = row.Row.Row, Outcome = RowOutcome.Added, After = contact };
        }

        if (found.Count > 1)
        {
            var name = ContactClaim.Folded(input.Name);
            // A row without a name is of neither, also where one of them has none.
            found = [.. found.Where(each => name.Length > 0 && ContactClaim.Folded(each.Contact.Name) == name)];
        }

        // Of several with the same name any will do, as none is changed.
        if (work.Duplicates == DuplicateRule.Skip && found.Count > 0)
        {
            return new RowResult { Row = row.Row.Row, Outcome = RowOutcome.Skipped };
        }

        if (found is not [var one])
        {
            return Refused(row, new Phrase(
                "Varios contactos tienen ese teléfono o esa identificación, y no se sabe cuál es.",
                "Several contacts have that number or document, and it can't be told which one is meant."));
        }

        var joined = Joined(work.Duplicates, one.Contact, input, now);
        if (JoinedContact.Check(joined, one.Contact, fields, accounts.Home.Currency) is { } problem)
        {
            return Refused(row, problem);
        }

        if (joined.SaysTheSame(one.Contact))
        {
            return new RowResult { Row = row.Row.Row, Outcome = RowOutcome.Skipped };
        }

        var before = one.Contact;
        known.Change(one, joined);
        var changed = new RowResult { Row = row.Row.Row, Outcome = RowOutcome.Changed };
        if (one.StoredBy is { } index)
        {
            // An earlier row of these slices stores it.
            results[index] = results[index] with { After = joined };
            return changed with { Into = joined.ContactId };
        }

        one.StoredBy = results.Count;
        return changed with { After = joined, Before = before };
    }

    private Phrase? Check(ContactInput input, ContactFieldList fields) =>
        ImportCells.Refusal(
            fields, key => input.Fields?.GetValueOrDefault(key), before: null, accounts.Home.Currency)
        ?? (input.Check(parser, fields).All is [var first, ..] ? first.Error : null);

    private Contact Joined(DuplicateRule rule, Contact contact, ContactInput input, DateTimeOffset now) =>
        JoinedContact.Of(rule, contact, input.ToContact(contact.ContactId, contact.CreatedAt, now), parser);

    private static RowResult Refused(ReadRow row, Phrase reason) => new()
    {
        Row = row.Row.Row,
        Outcome = RowOutcome.Refused,
        Reason = reason,
        Cells = row.Row.Cells,
    };
}
