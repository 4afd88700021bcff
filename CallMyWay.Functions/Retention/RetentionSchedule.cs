using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Retention;

/// <summary>
/// Begins the run of a night, if there are rules. Those that were changed since the night began wait for the next one:
/// until then a mistake can be taken back, even where the process starts anew meanwhile.
/// </summary>
public sealed class RetentionSchedule(
    RetentionStore rules, RetentionProgress progress, NightlyJobs nights, TimeProvider clock) : IScheduled
{
    public Task RunDueAsync(CancellationToken cancellationToken) =>
        nights.BeginDueAsync(RetentionJob.Name, PayloadAsync, cancellationToken);

    private async Task<string?> PayloadAsync(CancellationToken cancellationToken)
    {
        var asked = await rules.GetAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var night = NightlyJobs.NightBefore(now);
        // A change of a later night than this one was stored before the clock was set back.
        if (asked is { CallDays: null, EventDays: null }
            || (asked.ChangedAt >= night && asked.ChangedAt < night.AddDays(1)))
        {
            return null;
        }

        var reached = new Dictionary<RetentionStage, DateTimeOffset?>();
        foreach (var stage in Enum.GetValues<RetentionStage>())
        {
            reached[stage] = await progress.GetAsync(stage, cancellationToken);
        }

        var spans = RetentionSpan.Of(asked, now, stage => reached[stage]);
        return spans.Count == 0 ? null : new RetentionWork { At = now, Spans = spans }.ToJson();
    }
}
