using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Outgoing;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Events;

/// <summary>The addresses of other applications that are told of events, for an administrator.</summary>
[Tags("Events")]
public sealed class EventEndpointFunctions(
    EventEndpointStore endpoints,
    DeliveryStore deliveries,
    EventBodyStore bodies,
    EventSender sender,
    EventResume resume,
    AuditLog audit,
    OutgoingAddress addresses,
    IOptions<EventsOptions> options,
    TimeProvider clock)
{
    internal static readonly Phrase NoSuchEndpoint = new(
        "No hay un receptor de eventos con ese código.", "There is no event endpoint with that id.");

    /// <summary>How many waiting deliveries are counted.</summary>
    private const int MostWaiting = 1000;

    [Function("ListEventEndpoints"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<EventEndpointView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "event-endpoints")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var (now, language) = (clock.GetUtcNow(), request.Language());
        var views = await AtOnce.DoAsync(await endpoints.ListAsync(cancellationToken), async endpoint =>
        {
            var waiting = await deliveries.ListWaitingAsync(
                endpoint.EndpointId, null, MostWaiting, cancellationToken);
            return EventEndpointView.Of(endpoint, now, language, waiting.Count);
        });
        // The ids grow with the time.
        return TypedResults.Ok(Page.Cut(views, page, view => view.EndpointId));
    }

    [Function("CreateEventEndpoint"), Allow(Role.Admin), Audits("event-endpoint.created")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Takes(typeof(EventEndpointInput)), Answers(StatusCodes.Status201Created, typeof(EventEndpointCreated))]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "event-endpoints")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<EventEndpointInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = await input.CheckAsync(
            addresses, options.Value.AllowPrivateAddresses, cancellationToken);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if ((await endpoints.ListAsync(cancellationToken)).Count >= EventEndpointStore.Most)
        {
            return request.Problem(
                StatusCodes.Status409Conflict,
                new("Hay demasiados receptores", "There are too many endpoints"),
                new(
                    $"Puede haber {EventEndpointStore.Most} como máximo. Elimine uno que ya no se use.",
                    $"There can be {EventEndpointStore.Most} at most. Delete one that is not used any more."));
        }

        var now = clock.GetUtcNow();
        var endpoint = input.In(new EventEndpoint
        {
            EndpointId = Guid.CreateVersion7(now).ToString("N"),
            Url = "",
            Events = [],
            Secret = SignedRequest.NewSecret(),
            CreatedAt = now,
        });
        var view = EventEndpointView.Of(endpoint, now, request.Language());
        var saved = await audit.ChangeAsync(
            request,
            AuditChange.Of("event-endpoint.created", endpoint.EndpointId, null, Audited(endpoint)),
            () => endpoints.SaveAsync(endpoint, cancellationToken),
            made => made is not null);
        return saved is null
            ? request.Changed()
            : TypedResults.Created(
                $"/api/event-endpoints/{endpoint.EndpointId}",
                new EventEndpointCreated(endpoint.EndpointId, endpoint.Secret, view with { ETag = saved.ETag }));
    }

    [Function("PutEventEndpoint"), Allow(Role.Admin), Audits("event-endpoint.changed")]
    [TakesIfMatch]
    [Takes(typeof(EventEndpointInput)), Answers(StatusCodes.Status200OK, typeof(EventEndpointView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "event-endpoints/{endpointId}")] HttpRequest request,
        string endpointId,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<EventEndpointInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        if (await endpoints.GetAsync(endpointId, cancellationToken) is null)
        {
            return request.NotFound(NoSuchEndpoint);
        }

        var errors = await input.CheckAsync(
            addresses, options.Value.AllowPrivateAddresses, cancellationToken);
        return errors.Any
            ? request.Invalid(errors)
            : await LastOneWins.ChangeAsync(
                request, () => ChangeAsync(request, endpointId, input, cancellationToken));
    }

    private async Task<IResult?> ChangeAsync(
        HttpRequest request, string endpointId, EventEndpointInput input, CancellationToken cancellationToken)
    {
        if (await endpoints.GetAsync(endpointId, cancellationToken) is not { } before)
        {
            return request.NotFound(NoSuchEndpoint);
        }

        var endpoint = input.In(before);
        var change = AuditChange.Of(
            "event-endpoint.changed", endpointId, Audited(before), Audited(endpoint));
        if (!change.SaysNothingNew)
        {
            if (LastOneWins.NamesAnother(request, before.ETag))
            {
                return request.Changed();
            }

            var saved = await audit.ChangeAsync(
                request,
                change,
                () => endpoints.SaveAsync(endpoint, cancellationToken),
                made => made is not null);
            if (saved is null)
            {
                return null;
            }

            endpoint = saved;
        }

        // Who saves it wants it to go on, also where nothing else is new.
        if (endpoint.Enabled)
        {
            endpoint = await resume.RunAsync(
                endpoint, request.HttpContext.User.RequiredAgentId(), CancellationToken.None);
        }

        return TypedResults.Ok(EventEndpointView.Of(endpoint, clock.GetUtcNow(), request.Language()));
    }

    [Function("DeleteEventEndpoint"), Allow(Role.Admin), Audits("event-endpoint.deleted")]
    [TakesIfMatch]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "event-endpoints/{endpointId}")] HttpRequest request,
        string endpointId,
        CancellationToken cancellationToken)
    {
        if (await endpoints.GetAsync(endpointId, cancellationToken) is not { } endpoint)
        {
            return request.NotFound(NoSuchEndpoint);
        }

        if (IfMatch.Of(request) is { } etag && etag != endpoint.ETag)
        {
            return request.Changed();
        }

        // Its row stays for a while, without the secret, so that what was sent can be found and swept.
        var deleted = endpoint with
        {
            DeletedAt = clock.GetUtcNow(),
            Secret = "",
            PreviousSecret = null,
            PreviousUntil = null,
            EarlierSecrets = null,
            Health = null,
        };
        if (await audit.ChangeAsync(
            request,
            AuditChange.Of("event-endpoint.deleted", endpointId, Audited(endpoint), null),
            () => endpoints.SaveAsync(deleted, cancellationToken),
            made => made is not null) is null)
        {
            return request.Changed();
        }

        await endpoints.SetHealthAsync(endpointId, null, CancellationToken.None);
        return TypedResults.NoContent();
    }

    /// <summary>
    /// Makes a new secret. For a day both sign, so that the receiver can be given the new one without a gap.
    /// </summary>
    [Function("RotateEventSecret"), Allow(Role.Admin), Audits("event-endpoint.secret-changed")]
    [Answers(StatusCodes.Status200OK, typeof(EventSecret))]
    public async Task<IResult> Rotate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "event-endpoints/{endpointId}/secret")] HttpRequest request,
        string endpointId,
        CancellationToken cancellationToken)
    {
        if (await endpoints.GetAsync(endpointId, cancellationToken) is not { } endpoint)
        {
            return request.NotFound(NoSuchEndpoint);
        }

        var rotated = endpoint.WithSecret(SignedRequest.NewSecret(), clock.GetUtcNow());
        return await audit.ChangeAsync(
            request,
            AuditChange.Of("event-endpoint.secret-changed", endpointId, null, null),
            () => endpoints.SaveAsync(rotated, cancellationToken),
            made => made is not null) is null
            ? request.Changed()
            : TypedResults.Ok(new EventSecret(rotated.Secret, rotated.PreviousUntil!.Value));
    }

    /// <summary>
    /// Sends a test at once, and answers what the receiver said. Where it has taken it, the endpoint goes on.
    /// </summary>
    [Function("TestEventEndpoint"), Allow(Role.Admin), Audits("event-endpoint.tested")]
    [Answers(StatusCodes.Status200OK, typeof(EventTestResult))]
    public async Task<IResult> Test(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "event-endpoints/{endpointId}/test")] HttpRequest request,
        string endpointId,
        CancellationToken cancellationToken)
    {
        if (await endpoints.GetAsync(endpointId, cancellationToken) is not { } endpoint)
        {
            return request.NotFound(NoSuchEndpoint);
        }

        await audit.WriteAsync(
            request,
            AuditChange.Of("event-endpoint.tested", endpointId, null, new { endpoint.Url }),
            cancellationToken);
        var now = clock.GetUtcNow();
        var eventId = $"evt_test_{Guid.CreateVersion7(now):N}";
        var body = new EventBody(
            EventContent.TestType, now, null, EventContent.OfTest(endpointId, now), [endpointId]);
        var made = await sender.SendAsync(endpoint, eventId, body.Json, cancellationToken);
        await KeepAsync(endpointId, eventId, body, made);
        if (made.Error is null && endpoint.Enabled)
        {
            endpoint = await resume.RunAsync(
                endpoint, request.HttpContext.User.RequiredAgentId(), CancellationToken.None);
        }

        var language = request.Language();
        return TypedResults.Ok(new EventTestResult(
            made.Error is null,
            DeliveryTryView.Of(made, language),
            new DeliveryRequest(endpoint.Url, body.Json),
            EventEndpointView.Of(endpoint, clock.GetUtcNow(), language)));
    }

    // A test is tried once: whoever asked for it sees what came of it.
    private async Task KeepAsync(string endpointId, string eventId, EventBody body, DeliveryTry made)
    {
        await bodies.InsertAsync(eventId, body, CancellationToken.None);
        var delivery = new Delivery
        {
            DeliveryId = DeliveryStore.IdOf(body.At, eventId),
            EventId = eventId,
            Type = body.Type,
            At = body.At,
            State = made.Error is null ? DeliveryState.Delivered : DeliveryState.Failed,
            Tries = 1,
            RoundTries = 1,
            Turn = 1,
            RoundAt = made.At,
            Log = [made],
        };
        await deliveries.SaveAsync(endpointId, delivery, CancellationToken.None);
    }

    // What an administrator enters, and no secret.
    private static object Audited(EventEndpoint endpoint) => new
    {
        endpoint.Url,
        endpoint.Events,
        endpoint.Description,
        endpoint.Enabled,
    };
}
