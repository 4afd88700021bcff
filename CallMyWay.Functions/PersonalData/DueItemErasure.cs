using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// Follow-ups and promises of the person, open and done. In one of another person a number is masked as in any text.
/// </summary>
public sealed class DueItemErasure(FollowUpStore followUps, PromiseStore promises, MaskedRows others) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } = [StorageNames.FollowUps, StorageNames.Promises];

    public Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken) =>
        table == StorageNames.FollowUps
            ? EraseAsync(followUps, table, row, person, cancellationToken)
            : EraseAsync(promises, table, row, person, cancellationToken);

    private async Task<RowErasure> EraseAsync<T>(
        DueItemStore<T> store, string table, Row row, PersonText person, CancellationToken cancellationToken)
        where T : DueItem
    {
        if (store.Read(row) is not { } item)
        {
            // A row of a list leads to an item, and goes with it.
            return RowErasure.Kept;
        }

        if (item.ContactId is not { } contactId || !person.Person.ContactIds.Contains(contactId))
        {
            return item.ContactId is null && person.IsOwn(item.Number.E164)
                ? await DeleteAsync()
                : await others.EraseAsync(table, row, person, cancellationToken);
        }

        return await DeleteAsync();

        async Task<RowErasure> DeleteAsync()
        {
            await store.DeleteAsync(item, cancellationToken);
            return RowErasure.Erased;
        }
    }
}
