using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Retention;

/// <summary>
/// Begins a run once a day, from 08:00 UTC on, which is two in the morning in Costa Rica, if there are rules and the
/// run before is over.
/// </summary>
public sealed class RetentionSchedule(
    RetentionStore rules, RetentionProgress progress, JobStore jobs, JobQueue queue, TimeProvider clock) : IScheduled
{
    public const int Hour = 8;

    // The day that this process knows to be begun: the minutes after that cost nothing.
    private DateOnly? _begun;

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (now.UtcDateTime.Hour < Hour || _begun == today)
        {
            return;
        }

        if (await progress.GetDayAsync(cancellationToken) != today)
        {
            await BeginAsync(now, cancellationToken);
            // After the job: a process that ends in between begins it twice, and the second finds nothing to do.
            await progress.PutDayAsync(today, cancellationToken);
        }

        _begun = today;
    }

    private async Task BeginAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = await rules.GetAsync(cancellationToken);
        var reached = new Dictionary<RetentionStage, DateTimeOffset?>();
        foreach (var stage in Enum.GetValues<RetentionStage>())
        {
            reached[stage] = await progress.GetAsync(stage, cancellationToken);
        }

        var spans = RetentionSpan.Of(asked, now, stage => reached[stage]);
        var last = (await jobs.ListAsync(RetentionJob.Name, new PageRequest(1, null), cancellationToken)).Items;
        if (spans.Count > 0 && last is not [{ IsOver: false }])
        {
            await queue.StartAsync(
                RetentionJob.Name,
                new RetentionWork { Spans = spans }.ToJson(),
                account: null,
                createdBy: null,
                cancellationToken);
        }
    }
}
