using CallMyWay.Functions.Jobs;

namespace CallMyWay.Functions.ContactImports;

/// <summary>
/// Takes back what an import did, its last slice first: what two slices have changed is then as before the first one.
/// </summary>
public sealed class UndoJob(ImportStore store, ImportWriter writer, ImportTurns turns, TimeProvider clock) : IJobKind
{
    public const string Name = "contactImportUndo";

    internal const string Undone = "undone";

    internal const string Kept = "kept";

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var work = UndoWork.Read(job.Payload);
        if (!await turns.IsNextAsync(job, cancellationToken)
            || !await turns.HasEndedAsync(work.ImportId, cancellationToken))
        {
            return JobStep.GoOn(job, ImportTurns.Wait);
        }

        var began = clock.GetTimestamp();
        var isFirst = true;
        while (work.Left > 0
            && (isFirst || (clock.GetElapsedTime(began) < AtMost && !cancellationToken.IsCancellationRequested)))
        {
            var slice = work.Left - 1;
            var undone = await store.GetJournalAsync(work.ImportId, slice, cancellationToken) is { } journal
                ? await writer.TakeBackAsync(journal, cancellationToken)
                : new UndoneSlice(0, 0);
            isFirst = false;
            work = work with { Left = slice };
            job = job with
            {
                Payload = work.ToJson(),
                Counts = new Dictionary<string, long>(StringComparer.Ordinal)
                {
                    [Undone] = job.Count(Undone) + undone.Undone,
                    [Kept] = job.Count(Kept) + undone.Kept,
                },
            };
        }

        return work.Left > 0 ? JobStep.GoOn(job) : JobStep.Done(job);
    }
}
