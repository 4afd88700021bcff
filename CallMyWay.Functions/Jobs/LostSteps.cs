using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Jobs;

/// <summary>Sends steps again whose message was lost.</summary>
internal sealed class LostSteps(JobQueue queue) : IScheduled
{
    public Task RunDueAsync(CancellationToken cancellationToken) => queue.ResumeAsync(cancellationToken);
}
