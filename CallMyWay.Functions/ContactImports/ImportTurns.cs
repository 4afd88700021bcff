using CallMyWay.Functions.Jobs;

namespace CallMyWay.Functions.ContactImports;

/// <summary>Lets imports and undos run one after the other, in the order in which their jobs were stored.</summary>
public sealed class ImportTurns(JobStore jobs, TimeProvider clock)
{
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    /// <summary>True where no earlier one is open.</summary>
    // The id does not tell it: that of an import is made before its file is stored, which can take many seconds. One
    // that was stored meanwhile may be at work by then.
    public Task<bool> IsNextAsync(Job job, CancellationToken cancellationToken) => AreOverAsync(
        (createdAt, jobId) => createdAt < job.CreatedAt
            || (createdAt == job.CreatedAt && string.CompareOrdinal(jobId, job.JobId) < 0),
        cancellationToken);

    /// <summary>True where none is open.</summary>
    public Task<bool> AreOverAsync(CancellationToken cancellationToken) =>
        AreOverAsync((_, _) => true, cancellationToken);

    /// <summary>True where no step of the import is under way: one that was cancelled ends by itself.</summary>
    public async Task<bool> HasEndedAsync(string importId, CancellationToken cancellationToken) =>
        await jobs.GetAsync(ImportJob.Name, importId, cancellationToken) is not { } import
        || !import.IsHeldAt(clock.GetUtcNow());

    private async Task<bool> AreOverAsync(
        Func<DateTimeOffset, string, bool> isAsked, CancellationToken cancellationToken)
    {
        await foreach (var (kind, jobId, createdAt) in jobs.ListOpenAsync(cancellationToken))
        {
            if (kind is ImportJob.Name or UndoJob.Name && isAsked(createdAt, jobId)
                && await jobs.GetAsync(kind, jobId, cancellationToken) is { IsOver: false })
            {
                return false;
            }
        }

        return true;
    }
}
