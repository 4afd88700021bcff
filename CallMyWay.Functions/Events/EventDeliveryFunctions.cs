using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Events;

/// <summary>What was sent to an endpoint and what it answered; sends it once more.</summary>
[Tags("Events")]
public sealed class EventDeliveryFunctions(
    EventEndpointStore endpoints,
    DeliveryStore deliveries,
    EventBodyStore bodies,
    Deliverer deliverer,
    JobQueue jobs,
    AuditLog audit,
    Accounts accounts)
{
    private static readonly Phrase NoSuchDelivery = new(
        "Ese envío no existe o ya no se conserva.", "That delivery does not exist, or is not kept any more.");

    [Function("ListEventDeliveries"), Allow(Role.Admin), AllowKey(KeyScope.Events)]
    [Asks("from", "to", "state", "type", "take", "next"), AsksOneOf("state", typeof(DeliveryState))]
    [Answers(StatusCodes.Status200OK, typeof(DeliveryPage))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "event-endpoints/{endpointId}/deliveries")] HttpRequest request,
        string endpointId,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var filter = ReadFilter(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if (await endpoints.GetAsync(endpointId, cancellationToken) is not { } endpoint)
        {
            return request.NotFound(EventEndpointFunctions.NoSuchEndpoint);
        }

        var found = await deliveries.ListAsync(endpointId, filter, page, cancellationToken);
        var sent = await bodies.GetManyAsync(found.Items, cancellationToken);
        var language = request.Language();
        return TypedResults.Ok(new DeliveryPage(
            [.. found.Items.Zip(sent, (delivery, body) => DeliveryView.Of(endpoint, delivery, body, language))],
            found.Next,
            found.LookedUntil));
    }

    [Function("ReplayEvents"), Allow(Role.Admin), Audits("event-endpoint.replayed")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Takes(typeof(EventReplayInput)), Answers(StatusCodes.Status202Accepted, typeof(EventReplayStarted))]
    public async Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "event-endpoints/{endpointId}/replay")] HttpRequest request,
        string endpointId,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<EventReplayInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        if (await endpoints.GetAsync(endpointId, cancellationToken) is not { } endpoint)
        {
            return request.NotFound(EventEndpointFunctions.NoSuchEndpoint);
        }

        var errors = new FieldErrors();
        var filter = ReadSpan(input, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if (!endpoint.Enabled || endpoint.IsPaused)
        {
            return request.Problem(
                StatusCodes.Status409Conflict,
                new("No se le envía nada ahora", "Nothing is sent to it now"),
                new(
                    "Actívelo o pruébelo primero, y repita el envío después.",
                    "Turn it on or test it first, and repeat the replay then."));
        }

        var delivery = filter is null
            ? await deliveries.GetAsync(endpointId, input.DeliveryId!, cancellationToken)
            : null;
        if (filter is null && delivery is null)
        {
            return request.NotFound(NoSuchDelivery);
        }

        await audit.WriteAsync(
            request, AuditChange.Of("event-endpoint.replayed", endpointId, null, input), cancellationToken);
        if (delivery is not null)
        {
            await deliverer.RestartAsync(endpoint, delivery, CancellationToken.None);
            return TypedResults.Accepted((string?)null, new EventReplayStarted(null));
        }

        var job = await jobs.StartAsync(
            EventReplayJob.Name,
            new EventReplay(endpointId, filter, null).ToJson(),
            account: null,
            createdBy: request.HttpContext.User.RequiredAgentId(),
            cancellationToken);
        return TypedResults.Accepted((string?)null, new EventReplayStarted(job.JobId));
    }

    private DeliveryFilter ReadFilter(HttpRequest request, FieldErrors errors)
    {
        var zone = accounts.Home.TimeZone;
        var from = TimeQuery.Read(request, "from", zone, errors);
        var to = TimeQuery.ReadEnd(request, "to", zone, errors);
        CheckOrder(from, to, errors);
        DeliveryState? state = null;
        if (request.Query["state"].ToString() is { Length: > 0 } text)
        {
            state = Enum.GetValues<DeliveryState>().Cast<DeliveryState?>().FirstOrDefault(
                each => string.Equals(each.ToString(), text, StringComparison.OrdinalIgnoreCase));
            if (state is null)
            {
                errors.Add(
                    "state", "Indique waiting, delivered o failed.", "Give waiting, delivered or failed.");
            }
        }

        var type = request.Query["type"].ToString();
        if (type.Length > 0 && type != EventContent.TestType && !EventTypes.All.Contains(type))
        {
            errors.Add("type", "No hay un evento con ese nombre.", "There is no event of that name.");
        }

        return new DeliveryFilter(from, to, state, type.Length > 0 ? type : null);
    }

    /// <summary>The span of a replay; null where it is one delivery.</summary>
    private DeliveryFilter? ReadSpan(EventReplayInput input, FieldErrors errors)
    {
        var isSpan = input.From is not null || input.To is not null;
        if (isSpan == (input.DeliveryId is not null))
        {
            errors.Add(
                isSpan ? "deliveryId" : "from",
                "Indique un envío, o desde cuándo y hasta cuándo.",
                "Give one delivery, or from when to when.");
            return null;
        }

        if (!isSpan)
        {
            return null;
        }

        var zone = accounts.Home.TimeZone;
        var from = TimeQuery.Parse(input.From, "from", zone, errors);
        var to = TimeQuery.ParseEnd(input.To, "to", zone, errors);
        CheckOrder(from, to, errors);
        return new DeliveryFilter(from, to, input.State, null);
    }

    private static void CheckOrder(DateTimeOffset? from, DateTimeOffset? to, FieldErrors errors)
    {
        if (from >= to)
        {
            errors.Add("from", "Debe ser antes del final del período.", "It must be before the end of the period.");
        }
    }
}
