using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Events;

/// <summary>
/// The features with an application that is told of events. The queue is worked on when the test says.
/// </summary>
internal sealed class EventDesk(Features features, EventReceiver receiver) : IAsyncDisposable
{
    public Features Features { get; } = features;

    public EventReceiver Receiver { get; } = receiver;

    public static async Task<EventDesk> StartAsync() =>
        new(await Features.StartAsync(), await EventReceiver.StartAsync());

    /// <summary>An endpoint that is told of these events; of all where none is named.</summary>
    public async Task<EventEndpoint> ListenAsync(EventReceiver? at = null, params string[] events) =>
        (await Features.Get<EventEndpointStore>().SaveAsync(
            new EventEndpoint
            {
                EndpointId = Guid.CreateVersion7().ToString("N"),
                Url = (at ?? Receiver).Url,
                Events = events.Length == 0 ? EventTypes.All : events,
                Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                CreatedAt = Features.Clock.Now,
            },
            CancellationToken.None)).ShouldNotBeNull();

    public async Task<EventEndpoint> EndpointAsync(EventEndpoint endpoint) =>
        (await Features.Get<EventEndpointStore>().GetAsync(endpoint.EndpointId, CancellationToken.None))
            .ShouldNotBeNull();

    /// <summary>Works on what is due in the queue, as the hosts do, until nothing is.</summary>
    public async Task DrainAsync()
    {
        var queue = Features.Get<IQueueReceiver>();
        while (await queue.ReceiveAsync(
            StorageNames.EventsOut, 32, TimeSpan.FromMinutes(1), CancellationToken.None) is { Count: > 0 } messages)
        {
            await Task.WhenAll(messages.Select(async message =>
            {
                await RunAsync(message.Body);
                await queue.DeleteAsync(message, CancellationToken.None);
            }));
        }
    }

    public Task RunAsync(string message) =>
        ActivatorUtilities.CreateInstance<SendEvents>(Features.Get<IServiceProvider>())
            .Run(message, CancellationToken.None);

    /// <summary>How many messages wait, whenever they are due.</summary>
    public async Task<long> WaitingAsync() =>
        await Features.Get<IQueueAdmin>().CountAsync(StorageNames.EventsOut, CancellationToken.None);

    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync(EventEndpoint endpoint) =>
        (await Features.Get<DeliveryStore>().ListAsync(
            endpoint.EndpointId,
            new DeliveryFilter(null, null, null, null),
            new PageRequest(500, null),
            CancellationToken.None)).Items;

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await Features.DisposeAsync();
    }
}
