using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>A request that another application got.</summary>
internal sealed record ReceivedEvent(string Id, string Timestamp, string Signature, string Body)
{
    public JsonElement Json { get; } = JsonSerializer.Deserialize<JsonElement>(Body);

    public string Type => Json.GetProperty("type").GetString()!;

    public JsonElement Data => Json.GetProperty("data");

    public string? CallId => Data.Text("callId");

    /// <summary>
    /// True where one of the signatures is made with this secret, as
    /// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md says.
    /// </summary>
    public bool IsSignedWith(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signature = Convert.ToBase64String(
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}")));
        return Signature.Split(' ').Contains($"v1,{signature}");
    }
}

/// <summary>The other application: a real server that is told of events.</summary>
internal sealed class EventReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly ConcurrentQueue<ReceivedEvent> _received = [];

    private EventReceiver(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/events";

    /// <summary>What it does with a request, which is kept before. It answers 204 by default.</summary>
    public Func<ReceivedEvent, HttpContext, Task> Answer { get; set; } = (_, context) => Status(context, 204);

    /// <summary>All requests, in the order in which they came.</summary>
    public IReadOnlyList<ReceivedEvent> Received => [.. _received];

    public static async Task<EventReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new EventReceiver(app);
        app.MapPost("/events", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public static Task Status(HttpContext context, int status, string? text = null)
    {
        context.Response.StatusCode = status;
        return text is null ? Task.CompletedTask : context.Response.WriteAsync(text);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = context.Request.Headers;
        var received = new ReceivedEvent(
            headers["webhook-id"].ToString(),
            headers["webhook-timestamp"].ToString(),
            headers["webhook-signature"].ToString(),
            await reader.ReadToEndAsync());
        _received.Enqueue(received);
        await Answer(received, context);
    }
}
