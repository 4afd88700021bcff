using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Events;

/// <summary>What is to be sent once more.</summary>
/// <param name="EndpointId">To whom.</param>
/// <param name="Filter">Of which deliveries; null for those that wait.</param>
/// <param name="After">How far it is; null at the beginning.</param>
public sealed record EventReplay(string EndpointId, DeliveryFilter? Filter, string? After)
{
    private static readonly StoredJson<EventReplay> Stored = new(EventsJson.Default);

    public string ToJson() => Stored.Serialize(this);

    public static EventReplay Read(string json) => Stored.Deserialize(json);
}

/// <summary>
/// Sends events of a span once more, or those that have waited for an endpoint to go on. A step that is repeated sends
/// some of them twice, under the same ids.
/// </summary>
public sealed class EventReplayJob(
    EventEndpointStore endpoints, DeliveryStore deliveries, Deliverer deliverer, TimeProvider clock) : IJobKind
{
    public const string Name = "eventReplay";

    internal const string Sent = "sent";

    private const int PageSize = 200;

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var work = EventReplay.Read(job.Payload);
        do
        {
            if (await endpoints.GetAsync(work.EndpointId, cancellationToken) is not { Enabled: true } endpoint)
            {
                return JobStep.Done(job);
            }

            var (found, next) = await ReadAsync(work, cancellationToken);
            await AtOnce.DoAsync(found, async delivery =>
            {
                await deliverer.RestartAsync(endpoint, delivery, cancellationToken);
                return true;
            });
            work = work with { After = next };
            job = job with
            {
                Payload = work.ToJson(),
                Counts = new Dictionary<string, long>(StringComparer.Ordinal)
                {
                    [Sent] = job.Count(Sent) + found.Count,
                },
            };
        }
        while (work.After is not null && clock.GetElapsedTime(began) < AtMost);

        return work.After is null ? JobStep.Done(job) : JobStep.GoOn(job);
    }

    private async Task<(IReadOnlyList<Delivery> Found, string? Next)> ReadAsync(
        EventReplay work, CancellationToken cancellationToken)
    {
        if (work.Filter is { } filter)
        {
            PageToken? after = null;
            _ = work.After is not null && PageToken.TryParse(work.After, out after);
            var page = await deliveries.ListAsync(
                work.EndpointId, filter, new PageRequest(PageSize, after), cancellationToken);
            return (page.Items, page.Next);
        }

        var waiting = await deliveries.ListWaitingAsync(work.EndpointId, work.After, PageSize, cancellationToken);
        var found = await AtOnce.DoAsync(
            waiting, each => deliveries.GetAsync(work.EndpointId, each.DeliveryId, cancellationToken).AsTask());
        return (
            [.. found.OfType<Delivery>().Where(delivery => delivery.State == DeliveryState.Waiting)],
            waiting.Count < PageSize ? null : waiting[^1].DeliveryId);
    }
}
