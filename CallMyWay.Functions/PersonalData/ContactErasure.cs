using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// What is left of a contact after it was deleted: rows that lead to it, what was noted under its numbers, the copies
/// of it that merges keep in other contacts, and what these say of it in their own fields.
/// </summary>
public sealed class ContactErasure(ContactStore contacts) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } =
        [StorageNames.Contacts, StorageNames.ContactNumbers, StorageNames.ContactNames];

    /// <summary>A row of an index names a contact by an id that can be as short as its owner likes.</summary>
    public bool IsOpaque(Row row) => ContactStore.IsIndexRow(row);

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken)
    {
        if (table == StorageNames.Contacts)
        {
            return ContactStore.ReadRow(row) is { } contact
                && await contacts.ForgetAsync(
                    contact.ContactId, person.Person.ContactIds, person.Masked, cancellationToken)
                ? RowErasure.Erased
                : RowErasure.Kept;
        }

        var isOwnNumber = person.Person.MatchKeys.Contains(row.Partition);
        return await contacts.ForgetIndexRowAsync(
                table, row, person.Person.ContactIds, isOwnNumber, cancellationToken)
            || (person.IsIn(row) && await contacts.ForgetAstrayAsync(table, row, cancellationToken))
            ? RowErasure.Erased
            : RowErasure.Kept;
    }
}
