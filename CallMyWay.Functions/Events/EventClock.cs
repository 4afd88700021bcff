using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Events;

/// <summary>
/// Tells of promises whose day has come. Each quarter of an hour, as a promise can be made for the same day, and for
/// some days back, as the host may not have run. While no endpoint wants to hear of it, nothing is read.
/// </summary>
public sealed class PromisesDue(
    EventEndpointStore endpoints,
    PromiseStore promises,
    AgentDirectory agents,
    AgentStore agentStore,
    IQueue queue,
    Accounts accounts,
    TimeProvider clock) : IScheduled
{
    internal const int DaysBack = 3;

    private static readonly TimeSpan Each = TimeSpan.FromMinutes(15);

    // What this process has told. Another time it is found out that it was told already.
    private readonly Dictionary<string, DateOnly> _told = new(StringComparer.Ordinal);

    private DateTimeOffset _lookedAt;

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // A clock that was set back is no reason to wait for it.
        if ((now - _lookedAt).Duration() < Each
            || !(await endpoints.ListRecentAsync(cancellationToken)).Any(
                endpoint => endpoint.Wants(EventTypes.PromiseDue, now)))
        {
            return;
        }

        var zone = accounts.Home.TimeZone;
        var today = zone.DayOf(now);
        var first = today.AddDays(-DaysBack);
        foreach (var old in _told.Where(told => told.Value < first).Select(told => told.Key).ToList())
        {
            _told.Remove(old);
        }

        foreach (var agentId in await AgentsAsync(cancellationToken))
        {
            PageToken? after = null;
            do
            {
                var (due, next) = await promises.ListAsync(
                    DueItemList.OfAgent(agentId),
                    zone.StartOf(today.AddDays(1)),
                    new PageRequest(PageRequest.MaxTake, after),
                    cancellationToken,
                    zone.StartOf(first));
                foreach (var promise in due)
                {
                    await TellAsync(promise, zone.DayOf(promise.DueAt), now, cancellationToken);
                }

                after = null;
                _ = next is not null && PageToken.TryParse(next, out after);
            }
            while (after is not null);
        }

        _lookedAt = now;
    }

    /// <summary>Those who left too: what they left to the supervisors stays in their lists.</summary>
    private async Task<IEnumerable<string>> AgentsAsync(CancellationToken cancellationToken) =>
        (await agents.ReadAsync(cancellationToken)).All.Select(agent => agent.AgentId)
            .Union((await agentStore.ListDeletedAsync(cancellationToken)).Select(agent => agent.AgentId));

    private async Task TellAsync(
        PromiseToPay promise, DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_told.TryGetValue(promise.PromiseId, out var told) && told == day)
        {
            return;
        }

        var message = new EventMessage { Promise = new ToldPromise(promise.PromiseId, day, now) };
        await queue.SendAsync(StorageNames.EventsOut, message.ToMessage(), null, cancellationToken);
        _told[promise.PromiseId] = day;
    }
}

/// <summary>
/// Sends tries again whose message was lost, or whose endpoint has gone on since. Each five minutes; a query for each
/// endpoint.
/// </summary>
public sealed class LostTries(
    EventEndpointStore endpoints, DeliveryStore deliveries, Deliverer deliverer, TimeProvider clock) : IScheduled
{
    /// <summary>How long after its time a try counts as lost.</summary>
    internal static readonly TimeSpan Lost = TimeSpan.FromMinutes(5);

    /// <summary>How many are looked at in a run.</summary>
    private const int Most = 1000;

    private DateTimeOffset _lookedAt;

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if ((now - _lookedAt).Duration() < Lost)
        {
            return;
        }

        _lookedAt = now;
        var open = (await endpoints.ListRecentAsync(cancellationToken))
            .Where(endpoint => endpoint.Enabled && !endpoint.IsPaused);
        foreach (var endpoint in open)
        {
            var waiting = await deliveries.ListWaitingAsync(endpoint.EndpointId, null, Most, cancellationToken);
            var lost = waiting.Where(each => each.Due is not { } due || IsLost(due, now));
            await AtOnce.DoAsync(lost, async each =>
            {
                var delivery = await deliveries.GetAsync(endpoint.EndpointId, each.DeliveryId, cancellationToken);
                if (delivery is { State: DeliveryState.Waiting })
                {
                    // From now on it counts as sent.
                    await deliveries.PostponeAsync(endpoint.EndpointId, each.DeliveryId, now, cancellationToken);
                    await deliverer.SendTryAsync(endpoint, delivery, cancellationToken);
                }
                else
                {
                    await deliveries.ForgetWaitingAsync(endpoint.EndpointId, each.DeliveryId, cancellationToken);
                }

                return true;
            });
        }
    }

    // No try is due that far ahead: the clock was set back.
    private static bool IsLost(DateTimeOffset due, DateTimeOffset now) =>
        now - due > Lost || due - now > DeliveryTimes.LongestWait + ClockSkew.Most;
}
