using System.Globalization;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.ContactImports;

/// <summary>
/// Stores the contacts of a file, some slices after the other. What becomes of a slice is decided and stored before it
/// is done, so that a repeated step does the same. Imports and undos run one after the other: each sees all that the one
/// before has stored.
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

    /// <summary>
    /// How many slices are stored together. The more there are, the more index rows are neighbours, which a storage
    /// takes in fewer operations (Azure) or on fewer pages (SQLite).
    /// </summary>
    private const int SlicesTogether = 8;

    /// <summary>
    /// The same while notifications storm in: what lives for a step is moved by the collections, which hold up the acks.
    /// </summary>
    private const int SlicesInStorm = 2;

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        if (!await turns.IsNextAsync(job, cancellationToken))
        {
            return JobStep.GoOn(job, ImportTurns.Wait);
        }

        var began = clock.GetTimestamp();
        var work = ImportWork.Read(job.Payload);
        var next = NextAsync(job, work, [], cancellationToken);
        while (work.Next < work.Slices)
        {
            if (await next is not { } slices)
            {
                return JobStep.Failed(job, new Phrase(
                    "Las filas del archivo ya no están guardadas. Súbalo otra vez.",
                    "The rows of the file are no longer stored. Upload it again."));
            }

            if (!slices.AreRepeated)
            {
                await PutJournalsAsync(job.JobId, slices, cancellationToken);
            }

            var goesOn = slices.End < work.Slices && clock.GetElapsedTime(began) < AtMost;
            // What becomes of the next rows is worked out while these are stored, unless others need the machine.
            var isAhead = goesOn && !queue.IsInStorm;
            next = isAhead
                ? NextAsync(job, work with { Next = slices.End }, slices.Results, cancellationToken)
                : Task.FromResult<SlicesToStore?>(null);
            try
            {
                await ApplyAsync(job, work, slices, cancellationToken);
            }
            catch
            {
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            work = work with { Next = slices.End };
            job = Counted(job, new SliceJournal(slices.Results)) with
            {
                Payload = work.ToJson(),
                ReachedAt = slices.Results[^1].Row.ToString(CultureInfo.InvariantCulture),
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

    /// <summary>The job, with what became of some rows counted.</summary>
    internal static Job Counted(Job job, SliceJournal journal) => job with
    {
        Counts = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            [ReadRows] = job.Count(ReadRows) + journal.Results.Count,
            [Added] = job.Count(Added) + journal.Count(RowOutcome.Added),
            [Changed] = job.Count(Changed) + journal.Count(RowOutcome.Changed),
            [Skipped] = job.Count(Skipped) + journal.Count(RowOutcome.Skipped),
            [Refused] = job.Count(Refused) + journal.Count(RowOutcome.Refused),
        },
    };

    /// <summary>One after the other: where this breaks off, the slices that are decided come first.</summary>
    private async Task PutJournalsAsync(string importId, SlicesToStore slices, CancellationToken cancellationToken)
    {
        for (var slice = slices.First; slice < slices.End; slice++)
        {
            await store.PutJournalAsync(importId, slice, slices.JournalOf(slice), cancellationToken);
        }
    }

    /// <summary>
    /// What becomes of the next slices: as an earlier try has stored it, or decided now. Null where their rows are gone.
    /// </summary>
    /// <param name="job">The import.</param>
    /// <param name="work">How far it is.</param>
    /// <param name="underWay">The results of the slices before, which may not be stored yet.</param>
    /// <param name="cancellationToken">The caller's.</param>
    private async Task<SlicesToStore?> NextAsync(
        Job job, ImportWork work, IReadOnlyList<RowResult> underWay, CancellationToken cancellationToken)
    {
        var end = Math.Min(work.Slices, work.Next + (queue.IsInStorm ? SlicesInStorm : SlicesTogether));
        var journals = new List<SliceJournal>();
        while (work.Next + journals.Count < end
            && await store.GetJournalAsync(job.JobId, work.Next + journals.Count, cancellationToken) is { } journal)
        {
            journals.Add(journal);
        }

        if (journals.Count > 0)
        {
            return SlicesToStore.Of(work.Next, [.. journals.Select(journal => journal.Results)], areRepeated: true);
        }

        var rows = new List<FileRow>();
        var counts = new List<int>();
        for (var slice = work.Next; slice < end; slice++)
        {
            if (await store.GetSliceAsync(job.JobId, slice, cancellationToken) is not { } its)
            {
                return null;
            }

            rows.AddRange(its.Rows);
            counts.Add(its.Rows.Count);
        }

        var decided = await decisions.DecideAsync(
            job.JobId, work, rows, underWay, clock.GetUtcNow(), cancellationToken);
        return new SlicesToStore(work.Next, counts, [.. decided], AreRepeated: false);
    }

    private async Task ApplyAsync(Job job, ImportWork work, SlicesToStore slices, CancellationToken cancellationToken)
    {
        try
        {
            await writer.ApplyAsync(job.JobId, work, slices, cancellationToken);
        }
        catch (Exception error) when (job.Tries >= JobRunner.MaxTries && !cancellationToken.IsCancellationRequested)
        {
            for (var slice = slices.End - 1; slice >= slices.First; slice--)
            {
                await TakeBackAsync(job, slice, error, cancellationToken);
            }

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

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error,
            "Slice {Slice} of the import {ImportId} failed ({Because}) and could not be taken back. An undo removes the rest.")]
        public static partial void NotTakenBack(
            ILogger logger, string importId, int slice, string because, Exception exception);
    }
}
