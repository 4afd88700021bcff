using System.Globalization;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;

namespace CallMyWay.Functions.Reports;

/// <summary>
/// Works out the figures of many hours: of all calls that were there before the reports were, or of those that an import
/// has changed. The newest come first.
/// </summary>
public sealed class FiguresJob(
    FigureKeeper keeper, PeriodStore store, ChangedHours changed, CallIndex index, TimeProvider clock) : IJobKind
{
    public const string Name = "figures";

    internal const string Calls = "calls";

    internal const string Hours = "hours";

    internal const string Left = "left";

    /// <summary>How many hours are worked out before their days are.</summary>
    private const int AtOnceMost = 500;

    /// <summary>A step begins no further hour after this.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var limit = new WorkLimit(clock, AtMost);
        var work = FiguresWork.Read(job.Payload);
        return work.MarksAll
            ? JobStep.GoOn(await MarkAsync(job, work, limit, cancellationToken))
            : await WorkOutAsync(job, limit, cancellationToken);
    }

    private async Task<Job> MarkAsync(
        Job job, FiguresWork work, WorkLimit limit, CancellationToken cancellationToken)
    {
        do
        {
            var (times, last) = await index.ReadTimesAsync(work.After, cancellationToken);
            await changed.MarkEarlierAsync(times.Select(ChangedHours.HourOf), cancellationToken);
            job = With(job, Calls, job.Count(Calls) + times.Count);
            work = last is null ? new FiguresWork(MarksAll: false) : work with { After = last };
        }
        while (work.MarksAll && !limit.IsReached);

        if (!work.MarksAll)
        {
            // All calls that there were are marked now. Those that come meanwhile mark their hours themselves.
            await store.PutStateAsync(new FiguresState(keeper.Basis, clock.GetUtcNow()), cancellationToken);
        }

        return job with { Payload = work.ToJson() };
    }

    private async Task<JobStep> WorkOutAsync(Job job, WorkLimit limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            List<ChangedHour> settled =
            [
                .. (await changed.ListAsync(null, null, cancellationToken)).Where(hour => hour.IsSettledAt(now))
                    .Reverse(),
            ];
            if (settled.Count == 0)
            {
                return JobStep.Done(With(job, Left, 0));
            }

            if (limit.IsReached)
            {
                return JobStep.GoOn(job);
            }

            var some = settled[..Math.Min(settled.Count, AtOnceMost)];
            var done = await keeper.WorkOutAsync(some, limit, cancellationToken);
            job = With(With(job, Hours, job.Count(Hours) + done), Left, settled.Count - done) with
            {
                ReachedAt = some[done - 1].Hour.ToString("O", CultureInfo.InvariantCulture),
            };
        }
    }

    private static Job With(Job job, string name, long count) => job with
    {
        Counts = new Dictionary<string, long>(job.Counts, StringComparer.Ordinal) { [name] = count },
    };
}
