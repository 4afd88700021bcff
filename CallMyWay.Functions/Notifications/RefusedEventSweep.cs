using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Notifications;

/// <summary>
/// Notifications that were refused, once they are older than the rules of retention keep raw events. Without a rule
/// they are kept for ever.
/// </summary>
public sealed class RefusedEventSweep(RetentionStore retention) : ISweep
{
    /// <summary>
    /// How many months back from the newest that goes are looked at, each by one query a night: a rule that is made for
    /// the first time finds the events of three years.
    /// </summary>
    private const int Months = 36;

    public string Table => StorageNames.RefusedEvents;

    public async Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rules = await retention.GetAsync(cancellationToken);
        if (rules.EventsGoBefore(now) is not { } before)
        {
            return [];
        }

        return
        [
            .. Enumerable.Range(0, Months)
                .Select(months => RefusedEventStore.PartitionOf(before.AddMonths(-months)))
                .Order(StringComparer.Ordinal)
                // Newest first: the later time is the smaller key.
                .Select(month => new SweepRange(new RowRange(month) { From = Keys.NewestFirst(before) }, _ => true)),
        ];
    }
}
