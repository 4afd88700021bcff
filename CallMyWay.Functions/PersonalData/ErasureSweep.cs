using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.PersonalData;

/// <summary>Protocols of ten years ago. They are what the office shows when it is asked whether it has erased.</summary>
public sealed class ErasureSweep : ISweep
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(3653);

    public string Table => StorageNames.Erasures;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            new SweepRange(new RowRange(ErasureStore.Partition) { From = Keys.NewestFirst(now - KeptFor) }, _ => true),
        ]);
}
