using CallMyWay.Functions.Jobs;

namespace CallMyWay.Functions.Events;

/// <summary>Lets an endpoint go on, and sends what has waited for that.</summary>
public sealed class EventResume(DeliveryStore deliveries, EndpointWatch watch, JobQueue jobs)
{
    /// <param name="endpoint">The endpoint, which is on.</param>
    /// <param name="agentId">Who lets it go on.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<EventEndpoint> RunAsync(
        EventEndpoint endpoint, string agentId, CancellationToken cancellationToken)
    {
        await watch.ResumeAsync(endpoint.EndpointId, cancellationToken);
        if ((await deliveries.ListWaitingAsync(endpoint.EndpointId, null, 1, cancellationToken)).Count > 0)
        {
            await jobs.StartAsync(
                EventReplayJob.Name,
                new EventReplay(endpoint.EndpointId, null, null).ToJson(),
                account: null,
                createdBy: agentId,
                cancellationToken);
        }

        return endpoint with { Health = null };
    }
}
