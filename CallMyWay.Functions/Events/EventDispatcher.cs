using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Events;

/// <summary>
/// Makes events of what was told, and sends them. Every step can be repeated: an event is stored under its id before
/// the first request, and a delivery after each. Where a process ends in between, the message comes again, and the
/// receiver may get the same event a second time, under the same id.
/// </summary>
public sealed partial class EventDispatcher(
    CallStore calls,
    PromiseStore promises,
    EventContent content,
    EventEndpointStore endpoints,
    EventBodyStore bodies,
    Deliverer deliverer,
    IQueue queue,
    Accounts accounts,
    TimeProvider clock,
    ILogger<EventDispatcher> logger)
{
    /// <summary>
    /// What was told stands in the storage a moment later. Who asks for the call before that waits so long.
    /// </summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// After that it is asked for again, and others have the place meanwhile. No write takes as long as these together.
    /// </summary>
    private static readonly TimeSpan[] Looks =
    [
        TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
    ];

    public async Task HandleAsync(EventMessage message, CancellationToken cancellationToken)
    {
        if (message.Call is { } told)
        {
            await TellAsync(told, cancellationToken);
        }

        if (message.Promise is { } due)
        {
            await TellAsync(due, cancellationToken);
        }

        if (message.Try is { } again)
        {
            await deliverer.TryAgainAsync(again, cancellationToken);
        }
    }

    private async Task TellAsync(ToldCall told, CancellationToken cancellationToken)
    {
        var (call, missing) = await FindAsync(told, cancellationToken);
        if (call is not null)
        {
            await Task.WhenAll(told.Happened.Except(missing).Select(async happened =>
            {
                if (await content.OfAsync(call, happened, told.At, cancellationToken) is { } json)
                {
                    await PublishAsync(
                        EventIds.Of(told.Key, happened),
                        new EventBody(happened.Type, told.At, told.Key, json, []),
                        told.At,
                        cancellationToken);
                }
            }));
        }

        if (missing.Count == 0)
        {
            return;
        }

        if (told.Looks < Looks.Length)
        {
            var later = new EventMessage { Call = told with { Happened = missing, Looks = told.Looks + 1 } };
            await queue.SendAsync(
                StorageNames.EventsOut, later.ToMessage(), Looks[told.Looks], cancellationToken);
        }
        else
        {
            // The change was refused, or its process ended: then whoever began it tells it again.
            Log.NeverStored(logger, missing.Count);
        }
    }

    /// <summary>The call, and what was told of it and does not stand in the storage yet.</summary>
    private async Task<(Call? Call, IReadOnlyList<CallHappening> Missing)> FindAsync(
        ToldCall told, CancellationToken cancellationToken)
    {
        for (var isSecond = false; ; isSecond = true)
        {
            var call = await calls.GetAsync(told.Key, cancellationToken);
            List<CallHappening> missing =
            [
                .. told.Happened.Where(happened =>
                    call is null || (!IsOfWrapUp(happened) && !CallHappenings.Has(call, happened))),
            ];
            if (missing.Count == 0 || isSecond)
            {
                return (call, missing);
            }

            await Task.Delay(Moment, cancellationToken);
        }

        // Told a minute before: it stands by now, or it was undone.
        static bool IsOfWrapUp(CallHappening happened) => happened.Type == EventTypes.CallWrappedUp;
    }

    private async Task TellAsync(ToldPromise due, CancellationToken cancellationToken)
    {
        var zone = accounts.Home.TimeZone;
        if (await promises.GetAsync(due.PromiseId, cancellationToken) is not { DoneAt: null } promise
            || zone.DayOf(promise.DueAt) != due.Day)
        {
            // It was kept, or is due on another day by now, and is told then.
            return;
        }

        var at = zone.StartOf(due.Day);
        var dayIsOver = zone.StartOf(due.Day.AddDays(1));
        var now = clock.GetUtcNow();
        await PublishAsync(
            EventIds.OfPromise(due.PromiseId, due.Day),
            new EventBody(
                EventTypes.PromiseDue, at, new CallKey(promise.CallId, promise.Account), content.Of(promise, at), []),
            now < dayIsOver ? now : dayIsOver,
            cancellationToken);
    }

    /// <param name="eventId">Its id.</param>
    /// <param name="body">The event.</param>
    /// <param name="since">Endpoints that came later are not told.</param>
    /// <param name="cancellationToken">The caller's.</param>
    private async Task PublishAsync(
        string eventId, EventBody body, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var known = await endpoints.ListRecentAsync(cancellationToken);
        body = body with
        {
            Endpoints = [.. known.Where(endpoint => endpoint.Wants(body.Type, since)).Select(each => each.EndpointId)],
        };
        if (body.Endpoints.Count == 0)
        {
            return;
        }

        (body, var isNew) = await bodies.InsertAsync(eventId, body, cancellationToken);
        await Task.WhenAll(known.IntersectBy(body.Endpoints, endpoint => endpoint.EndpointId)
            .Select(endpoint => deliverer.BeginAsync(endpoint, eventId, body, isNew, cancellationToken)));
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "{Count} events of a call that were announced have not come to be: the change was not stored.")]
        public static partial void NeverStored(ILogger logger, int count);
    }
}
