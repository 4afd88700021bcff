using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Homologation;

/// <summary>Runs of some years ago, whose answers have long been settings.</summary>
public sealed class HomologationSweep : ISweep
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(5 * 365);

    public string Table => StorageNames.Homologation;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            new SweepRange(new RowRange(HomologationStore.Partition) { From = Keys.NewestFirst(now - KeptFor) }, _ => true),
        ]);
}
