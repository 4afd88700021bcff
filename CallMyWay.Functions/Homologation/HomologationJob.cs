using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Homologation;

/// <summary>
/// Does what a case needs no hands for: its requests, each in the account's turn, and the look at what comes while it is
/// watched. Between two steps it waits as a message in the queue. It never dials.
/// </summary>
public sealed class HomologationJob(
    HomologationStore store,
    CaseEvidence evidence,
    HomologationRunner runner,
    PacedRecords paced,
    RecordPullStore pulls,
    PaceRule rule,
    Accounts accounts,
    IOptions<CallMyWayOptions> options,
    TimeProvider clock) : IJobKind
{
    public const string Name = "homologation";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Around = TimeSpan.FromHours(1);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var work = HomologationWork.Read(job.Payload);
        var run = await store.GetAsync(work.RunId, cancellationToken);
        if (run?.Of(work.Case).Work?.JobId != job.JobId)
        {
            // It was stopped or decided meanwhile.
            return JobStep.Done(job with { Payload = work.Over().ToJson() });
        }

        if (accounts.All.FirstOrDefault(known => known.Username == job.Account) is not { } account
            || !paced.Knows(account))
        {
            var why = new Phrase(
                "La cuenta ya no está en la configuración, o no tiene contraseña.",
                "The account is no longer in the settings, or has no password.");
            await runner.SettleAsync(work, job.JobId, Verdict.Failed(why), cancellationToken);
            return JobStep.Failed(job with { Payload = work.Over().ToJson() }, why);
        }

        return work.Case == PaceScope.Case ? await AskAtOnceAsync(job, work, account, cancellationToken)
            : Catalogue.Find(work.Case)!.Kind == CaseKind.Request
            ? await RequestAsync(job, work, account, cancellationToken)
            : await WatchAsync(job, work, account, run, cancellationToken);
    }

    private async Task<JobStep> RequestAsync(
        Job job, HomologationWork work, Account account, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (RequestCases.Next(work.Case, account.LocalTime(now), work.Asked) is { } query && now < work.Until)
        {
            var answer = await paced.AskIfFreeAsync(account, query, cancellationToken);
            if (answer is null or { Result: RecordsResult.TooLate })
            {
                return JobStep.GoOn(job, rule.Interval > Look ? rule.Interval : Look);
            }

            work = work with { Asked = [.. work.Asked, Asked.Of(query, answer, clock.GetUtcNow())] };
            if (RequestCases.Next(work.Case, account.LocalTime(now), work.Asked) is not null)
            {
                return JobStep.GoOn(job with { Payload = work.ToJson() }, rule.Interval);
            }
        }

        await runner.SettleAsync(
            work, job.JobId, await evidence.EvaluateAsync(work, account, cancellationToken), cancellationToken);
        return JobStep.Done(job with { Payload = work.Over().ToJson() });
    }

    /// <summary>Two accounts ask at the same moment, each in its own turn.</summary>
    private async Task<JobStep> AskAtOnceAsync(
        Job job, HomologationWork work, Account account, CancellationToken cancellationToken)
    {
        var isByAddress = options.Value.PaceBy == CallMyWayOptions.PaceByAddress;
        var other = accounts.All.FirstOrDefault(its => its.Username != account.Username && paced.Knows(its));
        if (other is null || isByAddress)
        {
            await runner.SettleAsync(work, job.JobId, PaceScope.NotNow(isByAddress), cancellationToken);
            return JobStep.Done(job);
        }

        if (work.Rounds.Count < PaceScope.Rounds && clock.GetUtcNow() < work.Until)
        {
            var both = await Task.WhenAll(AskAsync(account), AskAsync(other));
            var wait = rule.Interval > Look ? rule.Interval : Look;
            if (both is not [{ Answer: { } own, Took: var took }, { Answer: { } its, Took: var itsTook }]
                || own.Result == RecordsResult.TooLate || its.Result == RecordsResult.TooLate)
            {
                return JobStep.GoOn(job, wait);
            }

            work = work with
            {
                Rounds =
                [
                    .. work.Rounds,
                    new PaceRound(
                        clock.GetUtcNow(),
                        other.Username,
                        took.TotalSeconds,
                        itsTook.TotalSeconds,
                        rule.Interval.TotalSeconds,
                        own.Result == RecordsResult.Read && its.Result == RecordsResult.Read),
                ],
            };
            if (work.Rounds.Count < PaceScope.Rounds)
            {
                return JobStep.GoOn(job with { Payload = work.ToJson() }, wait);
            }
        }

        await runner.SettleAsync(work, job.JobId, PaceScope.Evaluate(work.Rounds), cancellationToken);
        return JobStep.Done(job with { Payload = work.Over().ToJson() });

        async Task<(RecordsAnswer? Answer, TimeSpan Took)> AskAsync(Account asking)
        {
            var turn = clock.GetTimestamp();
            var now = asking.LocalTime(clock.GetUtcNow());
            var answer = await paced.AskIfFreeAsync(
                asking,
                RecordsQuery.Exactly(now - Around, now, 0, 1),
                cancellationToken,
                () => turn = clock.GetTimestamp());
            return (answer, clock.GetElapsedTime(turn));
        }
    }

    private async Task<JobStep> WatchAsync(
        Job job, HomologationWork work, Account account, RunState run, CancellationToken cancellationToken)
    {
        var seen = await evidence.GatherAsync(work, account, cancellationToken);
        var isOver = seen.Notices.Any(notice => notice.Action == CallAction.End);
        if (Catalogue.Find(work.Case)!.NeedsRecords
            && (isOver || (work.Case == "records-live" && seen.Notices.Count > 0)))
        {
            work = await AskAsync(work, account, seen, cancellationToken);
        }

        var verdict = await evidence.EvaluateAsync(work, account, cancellationToken);
        if (verdict.State != CaseState.Open || verdict.IsOver || clock.GetUtcNow() >= work.Until)
        {
            await runner.SettleAsync(work, job.JobId, verdict, cancellationToken);
            return JobStep.Done(job with { Payload = work.Over().ToJson() });
        }

        if (verdict.Seen.Count > 0 && verdict.Seen.Count != run.Of(work.Case).Seen.Count)
        {
            await runner.ShowAsync(work, job.JobId, verdict, cancellationToken);
        }

        return JobStep.GoOn(job with { Payload = work.ToJson() }, Look);
    }

    /// <summary>Asks for one page: where the time has more records than that, the next is asked for in the next step.</summary>
    private async Task<HomologationWork> AskAsync(
        HomologationWork work, Account account, WatchEvidence seen, CancellationToken cancellationToken)
    {
        var query = RecordsQuery.Exactly(
            account.LocalTime(work.Since - Around),
            account.LocalTime(clock.GetUtcNow() + Around),
            work.Skip,
            Math.Min(Asked.MostKept, account.RecordsPage));
        if (await paced.AskIfFreeAsync(account, query, cancellationToken) is not { Result: RecordsResult.Read } answer)
        {
            return work;
        }

        // What the pull has learned of the operator's pages saves the request behind the last one.
        work = work with
        {
            Largest = work.Largest ?? (await pulls.GetAsync(account.Username, cancellationToken)).Largest,
        };
        return work.With(
            answer.Reading!,
            query.Take,
            answer.Reading!.Records.Where(record =>
                seen.Notices.Any(notice => WatchCases.IsOf(record, notice, seen))),
            clock.GetUtcNow());
    }
}
