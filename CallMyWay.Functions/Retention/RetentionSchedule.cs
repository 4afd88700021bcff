using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Retention;

/// <summary>Begins the run of a night, if there are rules.</summary>
public sealed class RetentionSchedule(
    RetentionStore rules, RetentionProgress progress, NightlyJobs nights, JobQueue queue, TimeProvider clock)
    : IScheduled
{
    // The night that this process knows to be begun: the minutes after that cost nothing.
    private DateOnly? _begun;

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        if (nights.Tonight is not { } tonight || _begun == tonight)
        {
            return;
        }

        if (await nights.IsToBeginAsync(RetentionJob.Name, cancellationToken))
        {
            await BeginAsync(cancellationToken);
        }

        _begun = tonight;
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var asked = await rules.GetAsync(cancellationToken);
        if (asked is { CallDays: null, EventDays: null })
        {
            return;
        }

        var reached = new Dictionary<RetentionStage, DateTimeOffset?>();
        foreach (var stage in Enum.GetValues<RetentionStage>())
        {
            reached[stage] = await progress.GetAsync(stage, cancellationToken);
        }

        var spans = RetentionSpan.Of(asked, clock.GetUtcNow(), stage => reached[stage]);
        if (spans.Count > 0)
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
