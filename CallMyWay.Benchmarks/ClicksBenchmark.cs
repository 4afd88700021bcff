using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using CallMyWay.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Benchmarks;

/// <summary>
/// The time from the agent's click to the request at the operator (the simulator), compared with a bare endpoint that
/// only forwards it.
/// </summary>
internal static class ClicksBenchmark
{
    private const int Agents = 20;
    private const int ClicksPerSecond = 20;

    public static async Task RunAsync(bool quick)
    {
        var duration = TimeSpan.FromSeconds(quick ? 5 : 20);
        Report.Title($"Click to the operator's door, {ClicksPerSecond} clicks/s of {Agents} agents");
        var arrivals = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var (simulator, address) = await SimulatorApp.CreateAsync(
            ["--Accounts:0:Username", Servers.Account, "--Accounts:0:Password", Servers.Password, "--Click:FirstRingSeconds", "0", "--Click:SecondRingSeconds", "0", "--Click:TalkSeconds", "0"],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<IStartupFilter>(new Doorman(arrivals));
            });
        await using var ended = simulator;
        var added = new List<double>();
        for (var pair = 0; pair < (quick ? 1 : 3); pair++)
        {
            var floor = await FloorAsync(address, arrivals, duration);
            var host = await HostAsync(address, arrivals, duration);
            added.Add(host.Percentile(99) - floor.Percentile(99));
        }

        Report.Target(
            "p99 that the host adds to the bare endpoint's, median of pairs",
            Report.Median(added),
            "ms",
            25,
            atLeast: false);
    }

    private static async Task<Latencies> FloorAsync(
        Uri address, ConcurrentDictionary<string, long> arrivals, TimeSpan duration)
    {
        await using var server = await ServerProcess.StartAsync("click-floor", address.ToString());
        using var client = new HttpClient { BaseAddress = server.Address };
        return await MeasureAsync("floor: bare endpoint", [.. Enumerable.Repeat(client, Agents)], arrivals, duration);
    }

    private static async Task<Latencies> HostAsync(
        Uri address, ConcurrentDictionary<string, long> arrivals, TimeSpan duration)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync("host", folder.Path, "operator", address.ToString());
        await server.AskAsync($"agents {Agents}");
        await server.AskAsync($"passwords {Agents}");
        await server.AskAsync("any-hour");
        using (var control = new HttpClient { BaseAddress = address })
        using (var set = await control.PutAsJsonAsync(
            "/simulator/webhook", new { webhook = new Uri(server.Address, Servers.WebhookPath).ToString() }))
        {
            set.EnsureSuccessStatusCode();
        }

        var clients = new List<HttpClient>();
        for (var i = 0; i < Agents; i++)
        {
            var client = new HttpClient { BaseAddress = server.Address };
            client.DefaultRequestHeaders.Add("X-Requested-With", "benchmark");
            using var signedIn = await client.PostAsJsonAsync(
                "/api/session", new { agent = $"agent-{i:D3}", password = Servers.AgentPassword });
            signedIn.EnsureSuccessStatusCode();
            clients.Add(client);
        }

        var latencies = await MeasureAsync("host", clients, arrivals, duration);
        clients.ForEach(client => client.Dispose());
        return latencies;
    }

    private static async Task<Latencies> MeasureAsync(
        string name, IReadOnlyList<HttpClient> agents, ConcurrentDictionary<string, long> arrivals, TimeSpan duration)
    {
        // Warms up the code. No number is called twice: a person may not be called again within the hour.
        _ = await ClickForAsync(agents, arrivals, 83_000_000, TimeSpan.FromSeconds(3));
        var latencies = await ClickForAsync(agents, arrivals, 84_000_000, duration);
        Report.Latencies(name, latencies);
        return latencies;
    }

    private static async Task<Latencies> ClickForAsync(
        IReadOnlyList<HttpClient> agents,
        ConcurrentDictionary<string, long> arrivals,
        int firstNumber,
        TimeSpan duration)
    {
        var clicked = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var time = Stopwatch.StartNew();
        var clicks = new List<Task>();
        for (var click = 0; time.Elapsed < duration; click++)
        {
            clicks.Add(SendClickAsync(
                agents[click % agents.Count],
                click % agents.Count,
                (firstNumber + click).ToString(CultureInfo.InvariantCulture)));
            var wait = TimeSpan.FromSeconds((click + 1) / (double)ClicksPerSecond) - time.Elapsed;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        }

        await Task.WhenAll(clicks);
        var latencies = new Latencies();
        foreach (var (number, start) in clicked)
        {
            latencies.Add(Stopwatch.GetElapsedTime(start, arrivals[number]));
        }

        arrivals.Clear();
        return latencies;

        async Task SendClickAsync(HttpClient agent, int i, string number)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/calls")
            {
                Content = JsonContent.Create(new { endpointId = $"ep-{i:D3}", number })
            };
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
            clicked[number] = Stopwatch.GetTimestamp();
            using var response = await agent.SendAsync(request);
            if (!arrivals.ContainsKey(number))
            {
                throw new InvalidOperationException($"A click did not get through: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }
        }
    }

    /// <summary>Records when each request arrived at the operator.</summary>
    private sealed class Doorman(ConcurrentDictionary<string, long> arrivals) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((HttpContext context, RequestDelegate go) =>
            {
                if (context.Request.Query["second_num"].ToString() is { Length: > 0 } number)
                {
                    arrivals[number] = Stopwatch.GetTimestamp();
                }

                return go(context);
            });
            next(app);
        };
    }
}
