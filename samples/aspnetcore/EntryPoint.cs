using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace CallMyWay.Samples.AspNetCore;

/// <summary>The server of an application that works with CallMyWay. README.md says what it answers.</summary>
internal static class EntryPoint
{
    private static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var settings = builder.Configuration.GetSection("CallMyWay");
        var secret = settings["Secret"] ?? throw new InvalidOperationException("CallMyWay:Secret is not set (whsec_…).");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHttpClient<CallMyWayClient>(http =>
        {
            http.BaseAddress = new Uri(settings["Url"] ?? "http://127.0.0.1:7071");
            http.DefaultRequestHeaders.Add(
                "X-CallMyWay-Key", settings["Key"] ?? throw new InvalidOperationException("CallMyWay:Key is not set."));
        });
        await using var app = builder.Build();

        // What CallMyWay refuses, and why, is told to whoever asked.
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (HttpRequestException refused) when (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                await context.Response.WriteAsync(refused.Message);
            }
        });

        // The events by their ids: each comes at least once. A real application has a table for them.
        var events = new ConcurrentDictionary<string, JsonElement>(StringComparer.Ordinal);

        app.MapPost("/contacts", (JsonElement[] contacts, CallMyWayClient callMyWay, CancellationToken cancellationToken) =>
            callMyWay.PushContactsAsync(contacts, cancellationToken));

        // A real application knows by its own session who asks, and which agent that is.
        app.MapPost("/token", (Agent agent, CallMyWayClient callMyWay, CancellationToken cancellationToken) =>
            callMyWay.TokenAsync(agent.AgentId, cancellationToken));

        app.MapPost("/dial", (Click click, CallMyWayClient callMyWay, CancellationToken cancellationToken) =>
            callMyWay.DialAsync(click.AgentId, click.Number, click.Id, cancellationToken));

        app.MapGet("/calls", (string day, CallMyWayClient callMyWay, CancellationToken cancellationToken) =>
            callMyWay.CallsAsync(day, cancellationToken));

        app.MapPost("/callmyway", async (HttpRequest request, TimeProvider clock) =>
        {
            using var reader = new StreamReader(request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            if (!EventSignature.IsRight(request.Headers, body, secret, clock.GetUtcNow()))
            {
                return Results.Unauthorized();
            }

            events[request.Headers["webhook-id"].ToString()] = JsonSerializer.Deserialize<JsonElement>(body);
            return Results.NoContent();
        });

        app.MapGet("/events", () => events.Values);

        await app.StartAsync();
        Console.WriteLine($"Listening on {app.Urls.First()}");
        await app.WaitForShutdownAsync();
    }

    private sealed record Agent(string AgentId);

    private sealed record Click(string AgentId, string Number, string Id);
}
