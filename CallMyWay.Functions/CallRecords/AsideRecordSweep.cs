using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.CallRecords;

/// <summary>
/// Records that could not be read, once they are older than the rules of retention keep raw events. Without a rule they
/// are kept for ever.
/// </summary>
public sealed class AsideRecordSweep(RetentionStore retention, Accounts accounts) : ISweep
{
    public string Table => StorageNames.AsideRecords;

    public async Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rules = await retention.GetAsync(cancellationToken);
        if (rules.EventsGoBefore(now) is not { } before)
        {
            return [];
        }

        return
        [
            .. accounts.All.Select(account => Keys.Encode(account.Username)).Order(StringComparer.Ordinal)
                .Select(partition => new SweepRange(
                    new RowRange(partition), row => AsideRecordStore.Read(row).FirstAt < before)),
        ];
    }
}
