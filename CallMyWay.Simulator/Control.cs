using System.Text.Json;

namespace CallMyWay.Simulator;

/// <summary>The simulator's own addresses: for playing calls, setting faults, and reading the truth.</summary>
public static class Control
{
    public static void MapControl(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/simulator");

        routes.MapPost("/calls", async (HttpContext context, CallPlayer player, Lines lines, TimeProvider time, bool wait = false) =>
        {
            var (request, problem) = await ReadAsync<CallRequest>(
                context, body => body.Failures(lines, time.GetUtcNow()));
            if (request is null)
            {
                return problem!;
            }

            if (player.Start(request) is not { } call)
            {
                return Results.Problem(
                    $"There is a call with the id '{request.CallId}' already.",
                    statusCode: 409,
                    title: "The call id is taken");
            }

            if (wait)
            {
                await call.Done.WaitAsync(context.RequestAborted);
            }

            return Results.Json(new { callId = call.CallId, number = call.Number, state = call.State, endpoints = call.Legs[0].Endpoints }, statusCode: wait ? 200 : 202);
        });
        routes.MapPost("/calls/batch", async (HttpContext context, CallPlayer player, Lines lines, TimeProvider time, bool wait = false) =>
        {
            var (batch, problem) = await ReadAsync<BatchRequest>(
                context, body => body.Failures(lines, time.GetUtcNow()));
            if (batch is null)
            {
                return problem!;
            }

            var playing = batch.PlayAsync(player, lines, time, wait ? context.RequestAborted : CancellationToken.None);
            return wait ? Results.Json(await playing) : Results.Json(new { calls = batch.Count }, statusCode: 202);
        });
        routes.MapGet("/calls", (HttpContext context, CallBook book, int skip = 0, int take = int.MaxValue) =>
            WriteCallsAsync(context, book.All().Skip(skip).Take(take)));
        routes.MapGet("/calls/{callId}", (string callId, CallBook book) => book.Find(callId) is { } call
            ? Results.Bytes(Serialize(call), "application/json")
            : NoSuchCall());
        routes.MapPost("/calls/{callId}/record", async (string callId, HttpContext context, CallBook book) =>
        {
            var (correction, problem) = await ReadAsync<RecordCorrection>(context, body => body.Failures());
            return correction is null ? problem!
                : book.Find(callId) is not { } call ? NoSuchCall()
                : correction.TryCorrect(call, callId) ? Results.Bytes(Serialize(call), "application/json")
                : Results.Problem("A call has a record when it is over.", statusCode: 409, title: "The call goes on");
        });
        routes.MapGet("/clicks", (ClickRequests clicks) => Results.Json(new { items = clicks.All() }, Json.Options));
        routes.MapDelete("/calls", (CallBook book, ClickRequests clicks) =>
        {
            book.Clear();
            clicks.Clear();
            return Results.NoContent();
        });
        routes.MapPost("/hangup/{callId}", (string callId, CallBook book) =>
        {
            if (book.Find(callId) is not { } call)
            {
                return NoSuchCall();
            }

            call.HangUp();
            return Results.NoContent();
        });

        routes.MapGet("/faults", (Behaviour behaviour) => Results.Json(behaviour.Faults, Json.Options));
        routes.MapPost("/faults", async (HttpContext context, Behaviour behaviour) =>
            await ChangeAsync<Faults>(context, faults => faults.Failures(), faults => behaviour.Faults = faults));
        routes.MapDelete(
            "/faults", (Behaviour behaviour) => Results.Json(behaviour.Faults = Faults.None, Json.Options));
        routes.MapGet("/shape", (Behaviour behaviour) => Results.Json(behaviour.Shape, Json.Options));
        routes.MapPut("/shape", async (HttpContext context, Behaviour behaviour) =>
            await ChangeAsync<Shape>(context, shape => shape.Failures(), shape => behaviour.Shape = shape));
        routes.MapGet("/click", (Behaviour behaviour) => Results.Json(behaviour.Click, Json.Options));
        routes.MapPut("/click", async (HttpContext context, Behaviour behaviour) =>
            await ChangeAsync<ClickBehaviour>(context, click => click.Failures(), click => behaviour.Click = click));
        routes.MapGet(
            "/webhook", (Behaviour behaviour) => Results.Json(new WebhookRequest(behaviour.Webhook), Json.Options));
        routes.MapPut("/webhook", async (HttpContext context, Behaviour behaviour) =>
            await ChangeAsync<WebhookRequest>(context, webhook => webhook.Failures(), webhook => behaviour.Webhook = webhook.Webhook));
        routes.MapGet("/state", (CallBook book, Behaviour behaviour, Lines lines, RecordRequests requests) => Results.Json(
            Overview.Of(book, behaviour, lines, requests), Json.Options));
    }

    private static IResult NoSuchCall() => Results.Problem("No call has this id.", statusCode: 404, title: "Not found");

    private static byte[] Serialize(SimulatedCall call)
    {
        lock (call)
        {
            return JsonSerializer.SerializeToUtf8Bytes(call, Json.Options);
        }
    }

    // Written one call at a time, so that the truth of ten thousand calls is not in memory twice.
    private static async Task WriteCallsAsync(HttpContext context, IEnumerable<SimulatedCall> calls)
    {
        context.Response.ContentType = "application/json";
        var separator = "{\"items\":["u8.ToArray();
        foreach (var call in calls)
        {
            await context.Response.Body.WriteAsync(separator, context.RequestAborted);
            await context.Response.Body.WriteAsync(Serialize(call), context.RequestAborted);
            separator = ","u8.ToArray();
        }

        if (separator.Length > 1)
        {
            await context.Response.Body.WriteAsync(separator, context.RequestAborted);
        }

        await context.Response.Body.WriteAsync("]}"u8.ToArray(), context.RequestAborted);
    }

    private static async Task<IResult> ChangeAsync<T>(
        HttpContext context, Func<T, IEnumerable<(string, string)>> failures, Action<T> change)
        where T : class
    {
        var (value, problem) = await ReadAsync(context, failures);
        if (value is null)
        {
            return problem!;
        }

        change(value);
        return Results.Json(value, Json.Options);
    }

    private static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(
        HttpContext context, Func<T, IEnumerable<(string Field, string Message)>> failures)
        where T : class
    {
        try
        {
            if (await JsonSerializer.DeserializeAsync<T>(
                context.Request.Body, Json.Options, context.RequestAborted) is not { } value)
            {
                return (null, Results.Problem(
                    "The body must be a JSON object.", statusCode: 400, title: "Check the body"));
            }

            var errors = failures(value)
                .GroupBy(failure => failure.Field, failure => failure.Message, StringComparer.Ordinal)
                .ToDictionary(field => field.Key, field => field.ToArray(), StringComparer.Ordinal);
            return errors.Count == 0
                ? (value, null)
                : (null, Results.ValidationProblem(errors, title: "Check the fields"));
        }
        catch (JsonException wrong)
        {
            return (null, Results.Problem($"The body has a mistake at {wrong.Path ?? "$"}, line {wrong.LineNumber + 1}: it is no JSON, or a field is unknown here, or a value is of the wrong kind.", statusCode: 400, title: "Check the body"));
        }
    }
}

/// <summary>Where notifications go from now on; null stops them.</summary>
public sealed record WebhookRequest(Uri? Webhook)
{
    internal IEnumerable<(string, string)> Failures() => Webhook is null
        || SimulatorOptionsValidator.IsWebAddress(Webhook) ? [] : [("webhook", "must be an http or https address.")];
}
