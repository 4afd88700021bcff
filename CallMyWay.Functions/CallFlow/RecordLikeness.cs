using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Finds the call of a record whose id no call has: the document leaves open whether a record has the id of its
/// notifications. It is the call of the same phone and the same number whose times can be the record's
/// (<see cref="CallTimes"/>).
/// </summary>
public sealed class RecordLikeness(CallIndex index, CallStore calls, MappingStore mappings, RecordRouter router)
{
    /// <summary>
    /// The calls of these records, by the record: several can have one id. Records that are like no call, or like
    /// several calls equally, are not among them. It costs a query for the whole time of the records, and a read for
    /// each call that is like one.
    /// </summary>
    public async Task<IReadOnlyDictionary<CallRecord, Call>> FindAsync(
        Account account,
        IReadOnlyList<CallRecord> records,
        DateTimeOffset receivedAt,
        MappedPhones phones,
        CancellationToken cancellationToken)
    {
        var began = records.ToDictionary(
            record => record, record => account.InstantsOf(record.BeganAt, receivedAt));
        var known = await index.ReadAsync(
            account.Username,
            began.Values.Min(each => each.Earlier!.Value) - CallTimes.Tolerance,
            began.Values.Max(each => each.Later ?? each.Earlier!.Value) + CallTimes.Tolerance,
            cancellationToken);
        var byTime = known.OrderBy(call => call.At).ToList();
        var pairs = (
            from record in records
            from instant in new[] { began[record].Earlier, began[record].Later }.OfType<DateTimeOffset>()
            from call in Near(byTime, instant)
            where router.IsSameParty(call.Ani, record.Ani, phones, account)
                && router.IsSameParty(call.Dnis, record.Dnis, phones, account)
            select (Record: record, Began: instant, call.Key, Distance: (call.At - instant).Duration())).ToList();
        if (pairs.Count == 0)
        {
            return new Dictionary<CallRecord, Call>();
        }

        var read = await calls.GetManyAsync(pairs.Select(pair => pair.Key).Distinct(), cancellationToken);
        var without = read.Where(call => call.Facts.Records.Count == 0 && !call.IsNoted).ToDictionary(call => call.Key);
        var alike = pairs.Where(pair => without.TryGetValue(pair.Key, out var call)
            && CallTimes.Of(call).MayBe(CallTimes.Of(pair.Record, pair.Began))).ToList();
        var found = new Dictionary<CallRecord, Call>();
        var taken = new HashSet<CallKey>();
        foreach (var (record, _, key, distance) in alike
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Record.RecordId, StringComparer.Ordinal))
        {
            // Two calls of one phone and number in the same second: nobody can say which is whose.
            var isSure = alike.Count(other => other.Record == record && other.Distance == distance) == 1;
            if (isSure && !found.ContainsKey(record) && taken.Add(key))
            {
                found[record] = without[key];
            }
        }

        return found;
    }

    /// <summary>
    /// The call that only a record has told of, and that this notification is of under another id: it came after the
    /// record. Null where there is none, or several. It costs a query.
    /// </summary>
    public async ValueTask<Call?> FindOfRecordAsync(
        Account account, CallEvent callEvent, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var (earlier, later) = account.InstantsOf(callEvent.DetectTime, receivedAt);
        if (earlier is not { } from)
        {
            return null;
        }

        var known = await index.ReadAsync(
            account.Username, from - CallTimes.Tolerance, (later ?? from) + CallTimes.Tolerance, cancellationToken);
        if (known.Count == 0)
        {
            return null;
        }

        var phones = await mappings.ReadPhonesAsync(cancellationToken);
        var like = known.Where(call => router.IsSameParty(call.Ani, callEvent.Ani, phones, account)
            && router.IsSameParty(call.Dnis, callEvent.Dnis, phones, account)).Select(call => call.Key);
        var found = (await calls.GetManyAsync(like, cancellationToken))
            .Where(call => call.Sources is [CallSource.Record]
                && (MayBe(call, from) || (later is { } second && MayBe(call, second))))
            .ToList();
        return found is [var only] ? only : null;

        bool MayBe(Call call, DateTimeOffset began) => CallTimes.Of(call).MayBe(CallTimes.Of(callEvent, began));
    }

    private static IEnumerable<IndexedCall> Near(List<IndexedCall> byTime, DateTimeOffset instant)
    {
        var (from, until) = (0, byTime.Count);
        while (from < until)
        {
            var middle = (from + until) / 2;
            (from, until) = byTime[middle].At < instant - CallTimes.Tolerance ? (middle + 1, until) : (from, middle);
        }

        return byTime.Skip(from).TakeWhile(call => call.At <= instant + CallTimes.Tolerance);
    }
}
