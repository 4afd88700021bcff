using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Finds the call of a notification among the uses of its id. An operator may use a call's id again: the calls after
/// the first have a number behind it. A row beside the first call says how many there are, so that an id costs a few
/// reads however often it was used. That row is written before the call. It can name a call that was not stored, where
/// a process ended in between, and it can lag behind, where two writers were at it at once. What is read beyond it
/// tells.
/// </summary>
public sealed class CallUses(CallStore calls)
{
    /// <summary>
    /// So many of the latest calls are looked at one by one: their notifications can come in any order. Those before
    /// them stand in the order of time.
    /// </summary>
    private const int Latest = 4;

    public ValueTask<FoundUse> FindAsync(
        CallEvent callEvent, DateTimeOffset receivedAt, Account account, CancellationToken cancellationToken) =>
        FindAsync(callEvent, null, receivedAt, account, cancellationToken);

    /// <summary>
    /// The same of a record, as the notification that says what it does. A call that has it is its call, whatever the
    /// times say: the account's zone may have been set right since.
    /// </summary>
    /// <param name="callEvent">The notification.</param>
    /// <param name="record">The mark of the record; null for a notification.</param>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="account">Its account.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async ValueTask<FoundUse> FindAsync(
        CallEvent callEvent,
        string? record,
        DateTimeOffset receivedAt,
        Account account,
        CancellationToken cancellationToken)
    {
        var first = new CallKey(callEvent.CallId, account.Username);
        var (call, place) = await ReadAsync(first);
        if (place == 0)
        {
            return new FoundUse(first, call, null);
        }

        var known = Math.Max(2, await calls.CountUsesAsync(first, cancellationToken));
        var free = known;
        while (await ReadAsync(KeyOf(free)) is { Call: { } later } read)
        {
            if (read.Place == 0)
            {
                return new FoundUse(KeyOf(free), later, null);
            }

            free++;
        }

        var oldest = Math.Max(2, known - Latest + 1);
        (call, place) = (null, -1);
        for (var use = known - 1; use >= oldest; use--)
        {
            (call, place) = await ReadAsync(KeyOf(use));
            if (call is not null && place == 0)
            {
                return new FoundUse(KeyOf(use), call, null);
            }
        }

        // What is later than the last of them is of none before it.
        var (from, until) = (2, place > 0 ? 1 : oldest - 1);
        while (from <= until)
        {
            var use = (from + until) / 2;
            (call, place) = await ReadAsync(KeyOf(use));
            if (call is not null && place == 0)
            {
                return new FoundUse(KeyOf(use), call, null);
            }

            (from, until) = place < 0 ? (from, use - 1) : (use + 1, until);
        }

        return new FoundUse(KeyOf(free), null, CallStore.UsesRow(first, free));

        CallKey KeyOf(int use) => first with { CallId = $"{callEvent.CallId}~{use}" };

        async ValueTask<(Call? Call, int Place)> ReadAsync(CallKey key)
        {
            var found = await calls.GetAsync(key, cancellationToken);
            return (
                found,
                found is null || (record is not null && found.Facts.HasRecord(record))
                    ? 0
                    : found.PlaceOf(callEvent with { CallId = key.CallId }, receivedAt, account));
        }
    }
}

/// <summary>The call of a notification, and where it is or is to be stored.</summary>
/// <param name="Call">Null where it is a new one.</param>
/// <param name="Uses">What is to be written before a further call of an id.</param>
public sealed record FoundUse(CallKey Key, Call? Call, IndexRow? Uses);
