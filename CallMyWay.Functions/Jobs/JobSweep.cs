using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Jobs;

/// <summary>Jobs that were over some time ago.</summary>
public sealed class JobSweep(IEnumerable<IJobKind> kinds) : ISweep
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public string Table => StorageNames.Jobs;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Newest first: what was created earlier has the greater key.
        var from = Keys.NewestFirst(now - KeptFor);
        return Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            .. kinds.Select(kind => JobStore.PartitionOf(kind.Kind)).Order(StringComparer.Ordinal).Select(
                partition => new SweepRange(
                    new RowRange(partition) { From = from },
                    row => JobStore.Read(row).FinishedAt <= now - KeptFor)),
        ]);
    }
}
