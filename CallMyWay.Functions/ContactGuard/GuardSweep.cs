using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.ContactGuard;

/// <summary>Deletes the calls that no limit counts any more.</summary>
public sealed class GuardSweep : ISweep
{
    /// <summary>A day more than the longest limit looks back.</summary>
    private static readonly TimeSpan KeptFor = GuardCheck.Week + TimeSpan.FromDays(1);

    public string Table => StorageNames.ContactGuard;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            .. GuardStore.CallPartitions.Select(partition => new SweepRange(
                new RowRange(partition), row => GuardStore.LastOf(row) < now - KeptFor)),
        ]);
}
