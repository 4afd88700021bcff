using CallMyWay.Functions.Jobs;

namespace CallMyWay.Functions.ContactImports;

/// <summary>Lets imports and undos run one after the other, in the order in which they were asked for.</summary>
public sealed class ImportTurns(JobStore jobs, TimeProvider clock)
{
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    /// <summary>True where no earlier one is open. A job's id tells when it was created.</summary>
    public async Task<bool> IsNextAsync(string jobId, CancellationToken cancellationToken)
    {
        await foreach (var (kind, otherId, _) in jobs.ListOpenAsync(cancellationToken))
        {
            if (kind is ImportJob.Name or UndoJob.Name && string.CompareOrdinal(otherId, jobId) < 0
                && await jobs.GetAsync(kind, otherId, cancellationToken) is { IsOver: false })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where no step of the import is under way: one that was cancelled ends by itself.</summary>
    public async Task<bool> HasEndedAsync(string importId, CancellationToken cancellationToken) =>
        await jobs.GetAsync(ImportJob.Name, importId, cancellationToken) is not { } import
        || !import.IsHeldAt(clock.GetUtcNow());
}
