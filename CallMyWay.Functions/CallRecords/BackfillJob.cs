using System.Globalization;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.CallRecords;

/// <summary>
/// Reads the records of a range of time, a page in each step. It asks only where nobody else waits for the account.
/// Where somebody does, and between two pages, it waits as a message in the queue.
/// </summary>
public sealed class BackfillJob(
    RecordPages pages, PacedRecords paced, PaceRule rule, Accounts accounts, TimeProvider clock) : IJobKind
{
    public const string Name = "backfill";

    /// <summary>So long a backfill goes on trying while every request fails.</summary>
    public static readonly TimeSpan LongestFailing = TimeSpan.FromHours(2);

    internal const string Records = "records";

    internal const string Requests = "requests";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var work = BackfillWork.Read(job.Payload);
        if (accounts.All.FirstOrDefault(known => known.Username == job.Account) is not { } account
            || !paced.Knows(account))
        {
            return JobStep.Failed(job, new Phrase(
                "La cuenta ya no está en la configuración, o no tiene contraseña.",
                "The account is no longer in the settings, or has no password."));
        }

        var part = work.CurrentPart(clock.GetUtcNow());
        var page = await pages.ReadNextAsync(account, part, hasTime: true, null, cancellationToken);
        var requests = job.Count(Requests) + (page.Answer?.MayBeSent == true ? 1 : 0);
        switch (page.Answer)
        {
            // Others ask for this account, or our moment had passed before the operator was reached.
            case null or { Result: RecordsResult.TooLate }:
                return job.Error is { } error
                    ? JobStep.TryAgain(Progress(work), error, rule.Interval)
                    : JobStep.GoOn(Progress(work), rule.Interval);
            case { Result: RecordsResult.Read } when page.Progress.IsStuck:
                return Failed(work with { Part = null }, page.Answer, page.Progress);
            case { Result: RecordsResult.Read }:
                work = work.With(page.Progress, page.IsDone);
                return work.ReachedAt < work.To
                    ? JobStep.GoOn(Progress(work), rule.Interval)
                    : JobStep.Done(Progress(work));
            case { Result: RecordsResult.TooLarge } when page.Progress.PageSize < part.PageSize:
                return JobStep.GoOn(
                    Progress(work with { Part = page.Progress, PageSize = page.Progress.PageSize }), rule.Interval);
            default:
                return Failed(work, page.Answer);
        }

        JobStep Failed(BackfillWork before, RecordsAnswer answer, RangeProgress? stuck = null)
        {
            var now = clock.GetUtcNow();
            var failed = before.Failed(now);
            var reason = ReasonOf(PullFailure.Of(answer, stuck));
            if (now - failed.FailingSince >= LongestFailing)
            {
                return JobStep.Failed(Progress(failed), reason);
            }

            var delay = FirstDelay * Math.Pow(2, Math.Min(failed.Failures - 1, 10));
            return JobStep.TryAgain(Progress(failed), reason, delay < LongestDelay ? delay : LongestDelay);
        }

        Job Progress(BackfillWork now) => job with
        {
            Payload = now.ToJson(),
            ReachedAt = now.ReachedAt.ToString("O", CultureInfo.InvariantCulture),
            Counts = new Dictionary<string, long>(StringComparer.Ordinal)
            {
                [Records] = now.Records,
                [Requests] = requests,
            },
        };
    }

    private static Phrase ReasonOf(PullFailure failure) => new(
        RecordErrorView.Of(failure, Language.Spanish).Title, RecordErrorView.Of(failure, Language.English).Title);
}
