using CallMyWay.Functions.Calls;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Retention;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// The calls of a person lose who they were with: their figures stay. A call is theirs where it is tied to one of their
/// contacts; and where it is tied to nobody and came from, or went to, a number that they alone have. Calls with others
/// forget that the person was a candidate.
/// </summary>
public sealed class CallErasure(
    CallStore calls, CallWriter writer, OldCalls old, PopUpScreens screens, ITables tables, TimeProvider clock)
    : IErasedRows
{
    private readonly ITable _index = tables[StorageNames.CallIndex];

    public IReadOnlyList<string> Tables { get; } = [StorageNames.Calls, StorageNames.CallIndex];

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken) =>
        table == StorageNames.CallIndex
            ? await EraseIndexAsync(row, person, cancellationToken)
            : CallStore.Read(row) is { } call
            ? await EraseAsync(call.Key, person, cancellationToken)
            : RowErasure.Kept;

    /// <summary>Takes out of a call what it tells of the person.</summary>
    public async Task<RowErasure> EraseAsync(
        CallKey key, PersonText person, CancellationToken cancellationToken)
    {
        if (await calls.GetAsync(key, cancellationToken) is not { } call)
        {
            return RowErasure.Kept;
        }

        if (IsTheirs(call, person))
        {
            if (call.StateAt(clock.GetUtcNow()) != CallState.Ended)
            {
                return RowErasure.Later;
            }

            if (!await old.TreatAsync(
                RetentionStage.Anonymize, CallIndex.KeyOf(call), call.Key, cancellationToken))
            {
                return RowErasure.Kept;
            }

            // It may still be open to be wrapped up, and in the lists of today.
            if (await calls.GetAsync(key, cancellationToken) is { } anonymous)
            {
                await screens.ShowAgainAsync(anonymous, cancellationToken);
            }

            return RowErasure.Erased;
        }

        return await writer.ChangeAsync(
            async token => await calls.GetAsync(key, token) is { } found
                && !ReferenceEquals(Personless.Without(found.Facts, person.Person.ContactIds), found.Facts) ? found : null,
            found => Personless.Without(found.Facts, person.Person.ContactIds),
            cancellationToken) is not null
            ? RowErasure.Erased
            : RowErasure.Kept;
    }

    /// <summary>True where the call is the person's, and it still tells so.</summary>
    internal static bool IsTheirs(Call call, PersonText person) =>
        call.AnonymizedAt is null
        && (call.ContactId is { } contactId
            ? person.Person.ContactIds.Contains(contactId)
            : call.Direction != CallDirection.Internal
                && (person.IsOwn(call.Number.E164) || person.IsOwn(call.Number.Display)
                    || person.IsOwn(call.Direction == CallDirection.In ? call.Ani : call.Dnis)));

    // A process that ended between a call and its index rows leaves some of them.
    private async Task<RowErasure> EraseIndexAsync(Row row, PersonText person, CancellationToken cancellationToken)
    {
        if (CallIndex.CallOf(row) is not { } key)
        {
            return RowErasure.Kept;
        }

        var isFile = CallIndexRows.IsContact(row.Partition) && person.HasId(row.Partition);
        var call = await calls.GetAsync(key, cancellationToken);
        if (call is not null && IsTheirs(call, person))
        {
            return await EraseAsync(key, person, cancellationToken);
        }

        if (isFile || (CallIndexRows.IsNumber(row.Partition) && call is null or { AnonymizedAt: not null }))
        {
            return await _index.DeleteAsync(row.Partition, row.Key, row.ETag, cancellationToken)
                ? RowErasure.Erased
                : RowErasure.Later;
        }

        if (call is not { AnonymizedAt: not null } || CallIndex.KeyOf(call) != row.Key)
        {
            return RowErasure.Kept;
        }

        return await writer.Begin(writesAll: true).SaveAgainAsync(call, cancellationToken) is not null
            ? RowErasure.Erased
            : RowErasure.Later;
    }
}
