using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CallMyWay.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Simulator;

/// <summary>A simulator on a free port, and a webhook on another port that receives its notifications.</summary>
internal sealed class RunningSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly WebApplication _webhook;

    private RunningSimulator(WebApplication app, Uri address, WebApplication webhook)
    {
        (_app, _webhook) = (app, webhook);
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>The notifications that the webhook received, in order.</summary>
    public ConcurrentQueue<(string ContentType, string Body)> Received { get; } = [];

    /// <summary>The webhook's answer. The argument counts the requests.</summary>
    public Func<int, (int Status, string Body)> Answer { get; set; } = _ => (200, """{"ack":"ok"}""");

    public IEnumerable<JsonNode> Notifications => Received.Select(each => JsonNode.Parse(each.Body)!);

    public static async Task<RunningSimulator> StartAsync(TimeProvider? time = null, params string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var webhook = builder.Build();
        RunningSimulator? running = null;
        webhook.MapPost("/hook", async (HttpContext context) =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            running!.Received.Enqueue((context.Request.ContentType!, body));
            (context.Response.StatusCode, var answer) = running.Answer(running.Received.Count);
            await context.Response.WriteAsync(answer);
        });
        await webhook.StartAsync();
        var hook = new Uri(new Uri(webhook.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/hook");

        var (app, address) = await SimulatorApp.CreateAsync(["--Webhook", hook.ToString(), .. args], simulator =>
        {
            simulator.Logging.ClearProviders();
            if (time is not null)
            {
                simulator.Services.AddSingleton(time);
            }
        });
        return running = new RunningSimulator(app, address, webhook);
    }

    /// <summary>Plays a call to its end, and sends all its notifications.</summary>
    public Task<JsonNode> PlayAsync(object call) => PostAsync("/simulator/calls?wait=true", call);

    public async Task<JsonNode> PostAsync(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!;
    }

    public async Task PutAsync(string path, object body)
    {
        using var response = await Http.PutAsJsonAsync(path, body);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    public async Task<JsonArray> TruthAsync() =>
        JsonNode.Parse(await Http.GetStringAsync("/simulator/calls"))!["items"]!.AsArray();

    public Task<HttpResponseMessage> ClickAsync(string first, string second, string password = "demo") =>
        Http.GetAsync(
            $"/Welcome/ClickToDialExtenal?username=8000001&password={password}&first_num={first}&second_num={second}");

    public async Task<JsonArray> RecordsAsync(string query) =>
        JsonNode.Parse(await Http.GetStringAsync("/getCdrs.php?username=8000001&password=demo&" + query))!.AsArray();

    /// <summary>Waits until all calls are over and all notifications were sent.</summary>
    public async Task SettledAsync()
    {
        foreach (var call in _app.Services.GetRequiredService<CallBook>().All())
        {
            await call.Done.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await _webhook.DisposeAsync();
    }
}
