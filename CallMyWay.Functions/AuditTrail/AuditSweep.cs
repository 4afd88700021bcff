using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.AuditTrail;

/// <summary>Entries of the audit that are older than they are kept.</summary>
public sealed class AuditSweep(IOptions<AuditOptions> options) : ISweep
{
    public string Table => StorageNames.Audit;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            // Newest first: what was written earlier has the greater key.
            new SweepRange(
                new RowRange(AuditStore.Partition)
                {
                    From = Keys.NewestFirst(now.AddDays(-options.Value.KeptDays)),
                },
                _ => true),
        ]);
}
