using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Events;

/// <summary>Delivers events to endpoints, and keeps what came of it.</summary>
public sealed class Deliverer(
    EventEndpointStore endpoints,
    EventBodyStore bodies,
    DeliveryStore deliveries,
    EventSender sender,
    EndpointGates gates,
    EndpointWatch watch,
    IQueue queue,
    TimeProvider clock)
{
    /// <summary>A message that comes earlier than this before its time is sent back to wait.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(2);

    /// <summary>Tries an event at an endpoint for the first time.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="eventId">The event's id.</param>
    /// <param name="body">The event.</param>
    /// <param name="isNew">False where the event was found out before: then it may be delivered already.</param>
    /// <param name="cancellationToken">The host's, when it stops.</param>
    public async Task BeginAsync(
        EventEndpoint endpoint, string eventId, EventBody body, bool isNew, CancellationToken cancellationToken)
    {
        var delivery = new Delivery
        {
            DeliveryId = DeliveryStore.IdOf(body.At, eventId),
            EventId = eventId,
            Type = body.Type,
            At = body.At,
            Call = body.Call,
            State = DeliveryState.Waiting,
            NextAt = clock.GetUtcNow(),
        };
        if (!isNew
            && await deliveries.GetAsync(endpoint.EndpointId, delivery.DeliveryId, cancellationToken) is { } known)
        {
            // The message for its next try may not have been sent.
            await SendTryAsync(endpoint, known, cancellationToken);
            return;
        }

        if (endpoint.IsPaused)
        {
            // Another process may have let it go on a moment ago, and have sent what waited by then. It is read after
            // the delivery is stored: who lets it go on later finds the delivery.
            if (await deliveries.SaveAsync(endpoint.EndpointId, delivery, cancellationToken) is { } waiting
                && await endpoints.GetAsync(endpoint.EndpointId, cancellationToken) is { } now)
            {
                await SendTryAsync(now, waiting, cancellationToken);
            }

            return;
        }

        if (await gates.Of(endpoint.EndpointId).EnterAsync(cancellationToken) is { } place)
        {
            await TryAsync(place, endpoint, delivery, body.Json, cancellationToken);
            return;
        }

        delivery = delivery with { NextAt = clock.GetUtcNow() + gates.Of(endpoint.EndpointId).ComeBackIn() };
        if (await deliveries.SaveAsync(endpoint.EndpointId, delivery, cancellationToken) is { } saved)
        {
            await SendTryAsync(endpoint, saved, cancellationToken);
        }
    }

    /// <summary>Tries a delivery that is due.</summary>
    public async Task TryAgainAsync(DueTry due, CancellationToken cancellationToken)
    {
        var known = await endpoints.ListRecentAsync(cancellationToken);
        var endpoint = known.FirstOrDefault(each => each.EndpointId == due.EndpointId);
        if (endpoint is null or { Enabled: false } or { IsPaused: true })
        {
            // Another process may have added it a moment ago, or let it go on.
            endpoint = await endpoints.GetAsync(due.EndpointId, cancellationToken);
        }

        var delivery = endpoint is null
            ? null
            : await deliveries.GetAsync(due.EndpointId, due.DeliveryId, cancellationToken);
        if (endpoint is null || delivery is not { State: DeliveryState.Waiting })
        {
            await deliveries.ForgetWaitingAsync(due.EndpointId, due.DeliveryId, cancellationToken);
            return;
        }

        var now = clock.GetUtcNow();
        if (!endpoint.Enabled || endpoint.IsPaused || delivery.Turn > due.Turn + 1)
        {
            // It waits until the endpoint goes on, or another message has tried it since.
            return;
        }

        if (delivery.Turn == due.Turn + 1 || WaitOf(delivery, now) > Early)
        {
            // This message comes again: its first run may have ended before it sent the next one.
            await SendTryAsync(endpoint, delivery, cancellationToken);
            return;
        }

        if (await bodies.GetAsync(delivery.EventId, delivery.At, cancellationToken) is not { } body)
        {
            var made = new DeliveryTry(now, 0, null, DeliveryError.NoContent, null);
            await deliveries.SaveAsync(endpoint.EndpointId, After(delivery, made, now), cancellationToken);
        }
        else if (await gates.Of(endpoint.EndpointId).EnterAsync(cancellationToken) is { } place)
        {
            await TryAsync(place, endpoint, delivery, body.Json, cancellationToken);
        }
        else
        {
            var pause = gates.Of(endpoint.EndpointId).ComeBackIn();
            await deliveries.PostponeAsync(due.EndpointId, due.DeliveryId, now + pause, cancellationToken);
            await queue.SendAsync(
                StorageNames.EventsOut, new EventMessage { Try = due }.ToMessage(), pause, cancellationToken);
        }
    }

    /// <summary>Begins a delivery anew, with all its tries, whatever became of it.</summary>
    public async Task RestartAsync(EventEndpoint endpoint, Delivery delivery, CancellationToken cancellationToken)
    {
        var restarted = delivery with
        {
            State = DeliveryState.Waiting,
            Turn = delivery.Turn + 1,
            RoundAt = null,
            RoundTries = 0,
            NextAt = clock.GetUtcNow(),
        };
        if (await deliveries.SaveAsync(endpoint.EndpointId, restarted, cancellationToken) is { } saved)
        {
            await SendTryAsync(endpoint, saved, cancellationToken);
        }
    }

    /// <summary>
    /// Sends the message of a delivery's next try, to come when it is due; nothing where there is none.
    /// </summary>
    public async Task SendTryAsync(EventEndpoint endpoint, Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.State != DeliveryState.Waiting || endpoint.IsPaused || !endpoint.Enabled)
        {
            return;
        }

        var message = new EventMessage { Try = new DueTry(endpoint.EndpointId, delivery.DeliveryId, delivery.Turn) };
        var delay = WaitOf(delivery, clock.GetUtcNow());
        await queue.SendAsync(
            StorageNames.EventsOut, message.ToMessage(), delay > TimeSpan.Zero ? delay : null, cancellationToken);
    }

    /// <summary>The delivery after a try.</summary>
    internal static Delivery After(Delivery delivery, DeliveryTry made, DateTimeOffset now)
    {
        var (first, tries) = (delivery.RoundAt ?? made.At, delivery.RoundTries + 1);
        var next = made.Error is null or DeliveryError.Gone or DeliveryError.NoContent
            ? null
            : DeliveryTimes.NextAfter(first, tries, now);
        return delivery with
        {
            State = made.Error is null ? DeliveryState.Delivered
                : next is null ? DeliveryState.Failed
                : DeliveryState.Waiting,
            Tries = delivery.Tries + 1,
            Turn = delivery.Turn + 1,
            RoundAt = first,
            RoundTries = tries,
            NextAt = next,
            Log = [.. delivery.Log.Append(made).TakeLast(DeliveryStore.MostTries)],
        };
    }

    private static TimeSpan WaitOf(Delivery delivery, DateTimeOffset now) =>
        DeliveryTimes.WaitUntil(delivery.NextAt, delivery.RoundTries, now);

    private async Task TryAsync(
        IDisposable place,
        EventEndpoint endpoint,
        Delivery delivery,
        string json,
        CancellationToken cancellationToken)
    {
        DeliveryTry made;
        // The receiver is free again before what came of it is stored.
        using (place)
        {
            made = await sender.SendAsync(endpoint, delivery.EventId, json, cancellationToken);
            watch.Count(endpoint.EndpointId, made);
        }

        // What came of it is kept although the host stops: the receiver may have taken it.
        var after = After(delivery, made, clock.GetUtcNow());
        if (await deliveries.SaveAsync(endpoint.EndpointId, after, CancellationToken.None) is { } saved)
        {
            await SendTryAsync(endpoint, saved, CancellationToken.None);
        }

        await watch.NoteAsync(endpoint, made, CancellationToken.None);
    }
}
