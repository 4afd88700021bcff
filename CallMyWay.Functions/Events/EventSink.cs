using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Events;

/// <summary>
/// Sends what happens to calls to the queue <c>events-out</c>, where an endpoint wants to hear of it.
/// </summary>
public sealed class EventSink(EventEndpointStore endpoints, IQueue queue, TimeProvider clock) : IEventSink
{
    public async ValueTask<bool> IsAwaitedAsync(CancellationToken cancellationToken) =>
        (await endpoints.ListRecentAsync(cancellationToken)).Count > 0;

    public async ValueTask TellAsync(
        CallKey call, IReadOnlyList<CallHappening> happened, TimeSpan? delay, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = await endpoints.ListRecentAsync(cancellationToken);
        List<CallHappening> wanted =
            [.. happened.Where(each => known.Any(endpoint => endpoint.Wants(each.Type, now)))];
        if (wanted.Count > 0)
        {
            var message = new EventMessage { Call = new ToldCall(call, wanted, now, 0) };
            await queue.SendAsync(StorageNames.EventsOut, message.ToMessage(), delay, cancellationToken);
        }
    }
}
