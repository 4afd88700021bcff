using System.Globalization;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Text;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.ContactImports;

/// <summary>
/// Stores the contacts of a file, slice by slice. What becomes of a slice is decided and stored before it is done, so
/// that a repeated step does the same. Imports and undos run one after the other: each sees all that the one before has
/// stored.
/// </summary>
public sealed partial class ImportJob(
    ImportStore store,
    ImportDecisions decisions,
    ImportWriter writer,
    ImportTurns turns,
    TimeProvider clock,
    ILogger<ImportJob> logger) : IJobKind
{
    public const string Name = "contactImport";

    internal const string ReadRows = "read";

    internal const string Added = "added";

    internal const string Changed = "changed";

    internal const string Skipped = "skipped";

    internal const string Refused = "refused";

    /// <summary>A step begins no further slice after this. Whoever cancels waits so long at most.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        if (!await turns.IsNextAsync(job.JobId, cancellationToken))
        {
            return JobStep.GoOn(job, ImportTurns.Wait);
        }

        var began = clock.GetTimestamp();
        var work = ImportWork.Read(job.Payload);
        var isFirst = true;
        // Where the host stops, what is done is stored: the next step begins behind it.
        while (work.Next < work.Slices
            && (isFirst || (clock.GetElapsedTime(began) < AtMost && !cancellationToken.IsCancellationRequested)))
        {
            if (await WorkAsync(job, work, cancellationToken) is not { } journal)
            {
                return JobStep.Failed(job, new Phrase(
                    "Las filas del archivo ya no están guardadas. Súbalo otra vez.",
                    "The rows of the file are no longer stored. Upload it again."));
            }

            isFirst = false;
            work = work with { Next = work.Next + 1 };
            job = job with
            {
                Payload = work.ToJson(),
                ReachedAt = journal.Results[^1].Row.ToString(CultureInfo.InvariantCulture),
                Counts = new Dictionary<string, long>(StringComparer.Ordinal)
                {
                    [ReadRows] = job.Count(ReadRows) + journal.Results.Count,
                    [Added] = job.Count(Added) + journal.Count(RowOutcome.Added),
                    [Changed] = job.Count(Changed) + journal.Count(RowOutcome.Changed),
                    [Skipped] = job.Count(Skipped) + journal.Count(RowOutcome.Skipped),
                    [Refused] = job.Count(Refused) + journal.Count(RowOutcome.Refused),
                },
            };
        }

        return work.Next < work.Slices ? JobStep.GoOn(job) : JobStep.Done(job);
    }

    /// <summary>Does the next slice; null where its rows are gone.</summary>
    private async Task<SliceJournal?> WorkAsync(Job job, ImportWork work, CancellationToken cancellationToken)
    {
        var journal = await store.GetJournalAsync(job.JobId, work.Next, cancellationToken);
        var isRepeated = journal is not null;
        FileSlice? rows = null;
        if (journal is null)
        {
            if (await RowsAsync() is null)
            {
                return null;
            }

            journal = await decisions.DecideAsync(
                job.JobId, work, rows!.Rows, clock.GetUtcNow(), cancellationToken);
            await store.PutJournalAsync(job.JobId, work.Next, journal, cancellationToken);
        }

        try
        {
            return await writer.ApplyAsync(
                job.JobId,
                work,
                work.Next,
                journal,
                async () => await RowsAsync() ?? new FileSlice([]),
                isRepeated,
                cancellationToken);
        }
        catch (Exception error) when (job.Tries >= JobRunner.MaxTries && !cancellationToken.IsCancellationRequested)
        {
            await TakeBackAsync(job, work.Next, error, cancellationToken);
            throw;
        }

        async Task<FileSlice?> RowsAsync() =>
            rows ??= await store.GetSliceAsync(job.JobId, work.Next, cancellationToken);
    }

    /// <summary>No further try follows: of this slice nothing is to be left.</summary>
    private async Task TakeBackAsync(Job job, int slice, Exception because, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.GetJournalAsync(job.JobId, slice, cancellationToken) is { } journal)
            {
                await writer.TakeBackAsync(journal, cancellationToken);
                await store.DeleteJournalAsync(job.JobId, slice, cancellationToken);
            }
        }
        catch (Exception error)
        {
            // The journal stays, so that an undo finds what is left.
            Log.NotTakenBack(logger, job.JobId, slice, because.GetType().Name, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error,
            "Slice {Slice} of the import {ImportId} failed ({Because}) and could not be taken back: some of its contacts may be stored. An undo of the import removes them.")]
        public static partial void NotTakenBack(
            ILogger logger, string importId, int slice, string because, Exception exception);
    }
}
