using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.CallFlow;

/// <summary>Which records of an answer are of one call, and which of them stand.</summary>
internal static class RecordGroups
{
    /// <summary>The records of each call. Where an id was used hours before, they are of two calls.</summary>
    public static List<List<CallRecord>> Of(IReadOnlyList<CallRecord> read) =>
    [
        .. read.GroupBy(record => record.RecordId, StringComparer.Ordinal).Select(same => same.ToList())
            .SelectMany(same => same.Count == 1 ? [same] : UsesOf(same)),
    ];

    /// <summary>
    /// Of each phone's part in a call the record that stands: the last, or one that connected where the last did not
    /// and tells of another ring. All were received at once, so their times of receipt tell nothing. The earliest comes
    /// first, as it tells who called whom.
    /// </summary>
    public static List<CallRecord> StandingOf(List<CallRecord> same)
    {
        return same.Count == 1
            ? same
            :
            [
                .. same.GroupBy(RecordFact.PhonesOf, StringComparer.Ordinal).Select(StandsOf)
                    .OrderBy(record => record.BeganAt),
            ];

        static CallRecord StandsOf(IEnumerable<CallRecord> part)
        {
            var last = part.Last();
            return last.ConnectTime is not null
                ? last
                : part.LastOrDefault(record => record.ConnectTime is not null && record.DetectTime != last.DetectTime)
                    ?? last;
        }
    }

    /// <summary>
    /// The records of each use of one id, the earliest first, as <see cref="CallProgress.PlaceOf"/> tells them apart;
    /// those of one use in the list's order.
    /// </summary>
    private static IEnumerable<List<CallRecord>> UsesOf(List<CallRecord> same)
    {
        List<DateTime> begins = [];
        var until = DateTime.MinValue;
        foreach (var record in same.OrderBy(record => record.BeganAt))
        {
            if (begins.Count == 0 || record.BeganAt > until + CallProgress.SameCall)
            {
                begins.Add(record.BeganAt);
            }

            var end = (record.ConnectTime ?? record.BeganAt).AddSeconds(record.Duration ?? 0);
            until = end > until ? end : until;
        }

        return same.GroupBy(record => begins.FindLastIndex(began => began <= record.BeganAt))
            .OrderBy(use => use.Key).Select(use => use.ToList());
    }
}
