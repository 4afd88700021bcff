using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// What other applications were told of the person: the bodies go, and what was not delivered yet is not sent any more.
/// In one about a call with somebody else, details are masked. What a receiver has taken is the receiver's.
/// </summary>
public sealed class EventErasure(ITables tables, CallStore calls, MaskedRows others) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } = [StorageNames.EventBodies];

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken)
    {
        var isTheirs = row.Columns.Values.OfType<string>().Any(person.HasId)
            || EventBodyStore.CallOf(row) is not { } call
            || await calls.GetAsync(call, cancellationToken) is null or { AnonymizedAt: not null };
        return !isTheirs ? await others.EraseAsync(table, row, person, cancellationToken)
            : await tables[table].DeleteAsync(row.Partition, row.Key, row.ETag, cancellationToken) ? RowErasure.Erased
            : RowErasure.Later;
    }
}
