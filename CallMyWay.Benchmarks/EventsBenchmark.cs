using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Benchmarks;

/// <summary>
/// How soon events reach another application that fails one in ten, with the host killed in the middle; whether one is
/// lost; and how many notifications are acked while the same events are sent once more.
/// </summary>
internal static class EventsBenchmark
{
    private const int Agents = 200;

    private const int Connections = 32;

    private const int Contacts = 10_000;

    private const int PerMinute = 10_000;

    public static async Task RunAsync(bool quick)
    {
        var events = quick ? 2_000 : 10_000;
        Report.Title($"{events:N0} events out of {events / 2:N0} calls, to a receiver that fails one in ten, with a kill in the middle");
        await using var receiver = await Receiver.StartAsync();
        var quiet = await AcksAsync(quick);
        using var folder = new TemporaryFolder();
        var time = new Stopwatch();
        await using (var server = await ServerProcess.StartAsync("host", folder.Path, "events"))
        {
            await PrepareAsync(server);
            using var client = await SignInAsync(server);
            await CreateAsync(client, receiver.Url);
            time.Start();
            var run = HttpLoad.NewRun();
            receiver.Counts(Notification.IdPrefix(run));
            foreach (var ends in new[] { false, true })
            {
                using var load = new HttpLoad(
                    server.Address, new Notification(ends, run), Connections, Agents, Contacts, events / 2);
                load.Start();
                await load.WhenSentAsync();
            }

            await receiver.WhenTakenAsync(events / 2);
            server.Kill();
        }

        var before = receiver.Taken;
        await using (var server = await ServerProcess.StartAsync("host", folder.Path, "events"))
        {
            await receiver.WhenTakenAsync(events);
            var seconds = time.Elapsed.TotalSeconds;
            Report.Line("taken before the kill", before, $"of {events:N0}");
            Report.Line("requests, of which one in ten was refused", receiver.Requests, "");
            Report.Line("until all were taken, with the restart", seconds, "s");
            Report.Target("lost", events - receiver.Taken, "events", 0, atLeast: false);
            Report.Target("taken in a minute", events / seconds * 60, "events", PerMinute, atLeast: true);
            using var client = await SignInAsync(server);
            await ReplayAsync(server, client, receiver, events, quiet);
        }
    }

    private static async Task ReplayAsync(
        ServerProcess server, HttpClient client, Receiver receiver, int events, double quiet)
    {
        Report.Title("The same events once more, beside as many notifications as are acked");
        await server.AskAsync("drained");
        receiver.Forget();
        using var load = new HttpLoad(server.Address, HttpLoad.NewBody(), Connections, Agents, Contacts);
        load.Start();
        await Task.Delay(TimeSpan.FromSeconds(2));
        var time = Stopwatch.StartNew();
        load.Reset();
        var endpoint = (await client.GetFromJsonAsync<JsonElement>("/api/event-endpoints"))
            .GetProperty("items")[0].GetProperty("endpointId").GetString();
        using var begun = await client.PostAsJsonAsync(
            $"/api/event-endpoints/{endpoint}/replay",
            new { from = DateTimeOffset.UtcNow.AddDays(-1), to = DateTimeOffset.UtcNow.AddMinutes(1) });
        begun.EnsureSuccessStatusCode();
        // What is notified meanwhile is told too.
        await receiver.WhenTakenAsync(events, TimeSpan.FromSeconds(60));
        var seconds = time.Elapsed.TotalSeconds;
        var (perSecond, latencies) = load.Take();
        await load.StopAsync();
        Report.Line("events taken in a minute meanwhile", receiver.Taken / seconds * 60, "events");
        Report.Line("acks meanwhile", perSecond, "acks/s");
        Report.Latencies("  latencies", latencies);
        Report.Target("acks meanwhile / without", perSecond / quiet, "", 0.5, atLeast: true);
    }

    private static async Task PrepareAsync(ServerProcess server)
    {
        await server.AskAsync($"office {Agents} 5");
        await server.AskAsync($"import 0 {Contacts} 200");
    }

    // On a host of its own: what it acks in these seconds takes minutes to be processed.
    private static async Task<double> AcksAsync(bool quick)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync("host", folder.Path, "events");
        await PrepareAsync(server);
        using var load = new HttpLoad(server.Address, HttpLoad.NewBody(), Connections, Agents, Contacts);
        var (perSecond, latencies) = await load.MeasureAsync(
            TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(quick ? 3 : 8));
        Report.Line("acks while no application is told", perSecond, "acks/s");
        Report.Latencies("  latencies", latencies);
        return perSecond;
    }

    private static readonly string[] Events = ["call.started", "call.ended"];

    private static async Task CreateAsync(HttpClient client, string url)
    {
        using var created = await client.PostAsJsonAsync(
            "/api/event-endpoints", new { url, events = Events });
        created.EnsureSuccessStatusCode();
    }

    public static async Task<HttpClient> SignInAsync(ServerProcess server)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Requested-With", "benchmarks");
        using var answer = await client.PostAsJsonAsync(
            "/api/session", new { agent = Servers.Administrator, password = Servers.AgentPassword });
        answer.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>The other application, in this process. It notes the ids that it has taken.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private ConcurrentDictionary<string, bool> _taken = new(StringComparer.Ordinal);

        private readonly ConcurrentDictionary<string, bool> _refused = new(StringComparer.Ordinal);

        private int _requests;

        private string _counted = "";

        private Receiver(WebApplication app) => _app = app;

        public string Url => $"{_app.Urls.First()}/events";

        public int Taken => _taken.Count;

        public int Requests => _requests;

        public static async Task<Receiver> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var receiver = new Receiver(app);
            app.MapPost("/events", receiver.TakeAsync);
            await app.StartAsync();
            return receiver;
        }

        /// <summary>Only events of calls whose id begins so are counted: earlier calls may end meanwhile.</summary>
        public void Counts(string callIds) => _counted = $"\"callId\":\"{callIds}";

        public void Forget() => _taken = new(StringComparer.Ordinal);

        public async Task WhenTakenAsync(int count, TimeSpan? atMost = null)
        {
            var time = Stopwatch.StartNew();
            while (Taken < count && time.Elapsed < (atMost ?? TimeSpan.FromMinutes(5)))
            {
                await Task.Delay(20);
            }
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task<IResult> TakeAsync(HttpRequest request)
        {
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync();
            // Not the same twice: what is refused three times is tried again after five minutes.
            if (Interlocked.Increment(ref _requests) % 10 == 0
                && _refused.TryAdd(request.Headers["webhook-id"].ToString(), true))
            {
                return Results.StatusCode(StatusCodes.Status500InternalServerError);
            }

            if (body.Contains(_counted, StringComparison.Ordinal))
            {
                _taken[request.Headers["webhook-id"].ToString()] = true;
            }

            return Results.NoContent();
        }
    }
}
