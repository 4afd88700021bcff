using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Mappings;

/// <summary>Deletes phones without a mapping that have not been seen for long.</summary>
public sealed class UnmappedEndpointSweep : ISweep
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public string Table => StorageNames.UnmappedEndpoints;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            new SweepRange(
                new RowRange(MappingStore.UnmappedPartition),
                row => MappingStore.Unmapped.FromRow(row).LastSeen < now - KeptFor),
        ]);
}
