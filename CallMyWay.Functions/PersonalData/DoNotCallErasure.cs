using CallMyWay.Functions.DoNotCall;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// That the person asked not to be called any more is kept, as it is their own wish, and nobody could keep to it without
/// the number. Contact, call and words go.
/// </summary>
public sealed class DoNotCallErasure(DoNotCallStore store, MaskedRows others, TimeProvider clock) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } = [StorageNames.DoNotCall];

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken)
    {
        var entry = DoNotCallStore.Read(row);
        var isTheirs = person.IsOwn(entry.Number)
            || entry.Wishes.Any(wish => wish.ContactId is { } id && person.Person.ContactIds.Contains(id));
        return !isTheirs ? await others.EraseAsync(table, row, person, cancellationToken)
            : await store.ForgetPersonAsync(entry.Number, clock.GetUtcNow(), cancellationToken) ? RowErasure.Erased
            : RowErasure.Kept;
    }
}
