using System.Globalization;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;
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
    IQueue queue,
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
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(3);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        if (!await turns.IsNextAsync(job.JobId, cancellationToken))
        {
            return JobStep.GoOn(job, ImportTurns.Wait);
        }

        var began = clock.GetTimestamp();
        var work = ImportWork.Read(job.Payload);
        var next = NextAsync(job, work, [], cancellationToken);
        while (work.Next < work.Slices)
        {
            if (await next is not { } slice)
            {
                return JobStep.Failed(job, new Phrase(
                    "Las filas del archivo ya no están guardadas. Súbalo otra vez.",
                    "The rows of the file are no longer stored. Upload it again."));
            }

            if (!slice.IsRepeated)
            {
                await store.PutJournalAsync(job.JobId, work.Next, slice.Journal, cancellationToken);
            }

            var goesOn = work.Next + 1 < work.Slices && clock.GetElapsedTime(began) < AtMost;
            // What becomes of the next rows is worked out while these are stored, unless others need the machine.
            var isAhead = goesOn && !queue.IsInStorm;
            next = isAhead
                ? NextAsync(job, work with { Next = work.Next + 1 }, slice.Journal.Results, cancellationToken)
                : Task.FromResult<NextSlice?>(null);
            SliceJournal journal;
            try
            {
                journal = await ApplyAsync(job, work, slice, cancellationToken);
            }
            catch
            {
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

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
            // Where the host stops, what is done is stored: the next step begins behind it.
            if (!goesOn || cancellationToken.IsCancellationRequested)
            {
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            }

            next = isAhead ? next : NextAsync(job, work, [], cancellationToken);
        }

        return work.Next < work.Slices ? JobStep.GoOn(job) : JobStep.Done(job);
    }

    /// <summary>
    /// What becomes of the next slice: as an earlier try has stored it, or decided now. Null where its rows are gone.
    /// </summary>
    /// <param name="job">The import.</param>
    /// <param name="work">How far it is.</param>
    /// <param name="underWay">The results of the slice before, which may not be stored yet.</param>
    /// <param name="cancellationToken">The caller's.</param>
    private async Task<NextSlice?> NextAsync(
        Job job, ImportWork work, IReadOnlyList<RowResult> underWay, CancellationToken cancellationToken)
    {
        var journal = await store.GetJournalAsync(job.JobId, work.Next, cancellationToken);
        if (journal is not null)
        {
            return new NextSlice(journal, null, IsRepeated: true);
        }

        if (await store.GetSliceAsync(job.JobId, work.Next, cancellationToken) is not { } rows)
        {
            return null;
        }

        journal = await decisions.DecideAsync(
            job.JobId, work, rows.Rows, underWay, clock.GetUtcNow(), cancellationToken);
        return new NextSlice(journal, rows, IsRepeated: false);
    }

    private async Task<SliceJournal> ApplyAsync(
        Job job, ImportWork work, NextSlice slice, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.ApplyAsync(
                job.JobId,
                work,
                work.Next,
                slice.Journal,
                async () => slice.Rows
                    ?? await store.GetSliceAsync(job.JobId, work.Next, cancellationToken) ?? new FileSlice([]),
                slice.IsRepeated,
                cancellationToken);
        }
        catch (Exception error) when (job.Tries >= JobRunner.MaxTries && !cancellationToken.IsCancellationRequested)
        {
            await TakeBackAsync(job, work.Next, error, cancellationToken);
            throw;
        }
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

    /// <summary>A slice that is about to be stored.</summary>
    /// <param name="Journal">What becomes of its rows.</param>
    /// <param name="Rows">The rows, where they were read.</param>
    /// <param name="IsRepeated">True where an earlier try may have stored some of it.</param>
    private sealed record NextSlice(SliceJournal Journal, FileSlice? Rows, bool IsRepeated);

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error,
            "Slice {Slice} of the import {ImportId} failed ({Because}) and could not be taken back. An undo removes the rest.")]
        public static partial void NotTakenBack(
            ILogger logger, string importId, int slice, string because, Exception exception);
    }
}
