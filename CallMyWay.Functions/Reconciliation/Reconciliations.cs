using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Reconciliation;

/// <summary>Has days worked out.</summary>
public sealed class Reconciliations(DayStore days, JobStore jobs, JobQueue queue, TimeProvider clock)
{
    /// <summary>Within this time a day that waits is not begun once more.</summary>
    private static readonly TimeSpan SameRequest = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Has a day worked out anew, by a job. Where it waits for that already, it is not begun twice.
    /// </summary>
    public async Task<DayReconciliation> StartAsync(
        Account account, DateOnly date, string? startedBy, CancellationToken cancellationToken)
    {
        var day = await days.GetAsync(account.Username, date, cancellationToken);
        var now = clock.GetUtcNow();
        // An earlier request may have stored the day and started no job: then it would wait for nothing.
        if (day.State == DayState.Pending && (now - day.AskedAt)?.Duration() < SameRequest
            && day.JobId is { } jobId
            && await jobs.GetAsync(ReconcileDay.Name, jobId, cancellationToken) is not null)
        {
            return day;
        }

        // Before the job, which may be done in a moment.
        var pending = day with { State = DayState.Pending, AskedAt = now, JobId = queue.NewId() };
        await days.PutAsync(pending, cancellationToken);
        await queue.StartAsync(
            ReconcileDay.Name,
            ReconcileDay.PayloadOf(account.Username, date),
            account.Username,
            startedBy,
            CancellationToken.None,
            pending.JobId);
        return pending;
    }
}
