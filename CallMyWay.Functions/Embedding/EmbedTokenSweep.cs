using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Embedding;

/// <summary>Tokens that have expired a day ago. Until then, who uses one hears that it has expired.</summary>
public sealed class EmbedTokenSweep : ISweep
{
    public string Table => StorageNames.Embedding;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The ids begin with the time at which they were made.
        var before = Guid.CreateVersion7(now - TimeSpan.FromDays(1)).ToString("N")[..12];
        return Task.FromResult<IReadOnlyList<SweepRange>>(
            [new SweepRange(new RowRange(EmbedTokenStore.Partition) { Before = before }, _ => true)]);
    }
}
