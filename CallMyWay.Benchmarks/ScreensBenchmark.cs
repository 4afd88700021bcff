using System.Collections.Concurrent;
using System.Diagnostics;

namespace CallMyWay.Benchmarks;

/// <summary>
/// The time from the webhook's POST to the message on the right agent's screen, compared with a bare hub that only
/// forwards the body.
/// </summary>
internal static class ScreensBenchmark
{
    private const int Agents = 200;
    public const int CallsPerSecond = 100;

    public static async Task RunAsync(bool quick)
    {
        var contacts = ContactFile.Size(quick);
        var folder = await ContactFile.EnsureAsync(contacts);
        var (warmUp, duration) = (TimeSpan.FromSeconds(quick ? 5 : 30), TimeSpan.FromSeconds(quick ? 5 : 20));
        Report.Title($"Webhook to screen, {CallsPerSecond} calls/s, {Agents} connected agents, {contacts:N0} contacts");
        var (floors, hosts) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < (quick ? 1 : 3); pair++)
        {
            floors.Add(await FloorAsync(contacts, warmUp, duration));
            hosts.Add(await HostAsync(folder, contacts, warmUp, duration));
        }

        Report.Target(
            "p99 of the host / of the bare hub, median of pairs",
            Report.Median(hosts.Zip(floors, (host, floor) => host / floor)),
            "",
            3,
            atLeast: false);
        Report.Target("p99 of the host, median", Report.Median(hosts), "ms", 50, atLeast: false);
    }

    private static async Task<double> FloorAsync(int contacts, TimeSpan warmUp, TimeSpan duration)
    {
        await using var server = await ServerProcess.StartAsync("hub");
        await using var screens = await Screens.ConnectAsync(
            Enumerable.Range(0, Agents).Select(agent => (new Uri(server.Address, $"/hub?user=agent-{agent:D3}"), (string?)null)));
        return (await MeasureAsync("floor: bare hub", server, screens, contacts, warmUp, duration)).P99;
    }

    private static async Task<double> HostAsync(string folder, int contacts, TimeSpan warmUp, TimeSpan duration)
    {
        await using var server = await ServerProcess.StartAsync("host", folder);
        var tokens = (await server.AskAsync($"agents {Agents}")).Split(' ');
        await using var screens = await Screens.ConnectAsync(
            tokens.Select(token => (new Uri(server.Address, "/hubs/pop-ups"), (string?)token)));
        var (p99, runs) = await MeasureAsync("host", server, screens, contacts, WithTick(warmUp), duration);
        foreach (var (run, calls) in runs)
        {
            await HttpLoad.EndAsync(server, Agents, contacts, run, calls);
        }

        return p99;
    }

    /// <summary>
    /// Extends a warm-up of half a minute or more past the beginning of a minute. The first run of the minute's work
    /// compiles its code, which a host that runs all day has behind it.
    /// </summary>
    private static TimeSpan WithTick(TimeSpan warmUp)
    {
        var tick = TimeSpan.FromSeconds(65 - DateTimeOffset.UtcNow.Second);
        return warmUp < TimeSpan.FromSeconds(30) || tick < warmUp ? warmUp : tick;
    }

    private static async Task<(double P99, IReadOnlyList<(int Run, int Calls)> Runs)> MeasureAsync(
        string name, ServerProcess server, Screens screens, int contacts, TimeSpan warmUp, TimeSpan duration)
    {
        // The JIT compiles the code a second time once it was used a little, which takes a host half a minute at this
        // rate. A host that runs all day has that behind it. The connections stay, as the operator's do.
        using var client = new HttpClient { BaseAddress = server.Address };
        var (first, second) = (HttpLoad.NewRun(), HttpLoad.NewRun());
        var warm = await SendAsync(client, screens, contacts, warmUp, run: first);
        var (latencies, missing) = await SendAsync(client, screens, contacts, duration, run: second);
        Report.Latencies(name, latencies);
        if (missing > 0)
        {
            Report.Line("  calls that reached no screen, or a wrong one", missing, "");
        }

        return (
            latencies.Percentile(99),
            [(first, (int)warm.Latencies.Count + warm.Missing), (second, (int)latencies.Count + missing)]);
    }

    /// <summary>Sends calls for so long, to the next agent in turn.</summary>
    /// <param name="client">To the host, or to the floor.</param>
    /// <param name="screens">The agents'.</param>
    /// <param name="contacts">From how many callers.</param>
    /// <param name="duration">How long.</param>
    /// <param name="before">How many calls there were before: the callers begin with the next one.</param>
    /// <param name="callsPerSecond">At which rate.</param>
    /// <param name="run">What the calls' ids are made of; by default one that no other run has.</param>
    public static async Task<(Latencies Latencies, int Missing)> SendAsync(
        HttpClient client,
        Screens screens,
        int contacts,
        TimeSpan duration,
        int before = 0,
        int callsPerSecond = CallsPerSecond,
        int? run = null)
    {
        var posted = new ConcurrentDictionary<string, (int Agent, long Start)>(StringComparer.Ordinal);
        var latencies = new Latencies();
        var gate = new Lock();
        screens.Arrived = (agent, callId) =>
        {
            if (posted.TryGetValue(callId, out var call) && call.Agent == agent && posted.TryRemove(callId, out _))
            {
                lock (gate)
                {
                    latencies.Add(call.Start);
                }
            }
        };
        var body = new Notification(ends: false, run ?? HttpLoad.NewRun());
        var time = Stopwatch.StartNew();
        var posts = new List<Task>();
        for (var call = 1; time.Elapsed < duration; call++)
        {
            posts.Add(PostAsync(before + call));
            var wait = TimeSpan.FromSeconds(call / (double)callsPerSecond) - time.Elapsed;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        }

        await Task.WhenAll(posts);
        for (var patience = 0; !posted.IsEmpty && patience < 100; patience++)
        {
            await Task.Delay(50);
        }

        return (latencies, posted.Count);

        async Task PostAsync(int call)
        {
            var bytes = new byte[body.Length];
            body.Write(bytes, call, Agents, contacts);
            var id = System.Text.Json.JsonDocument.Parse(bytes).RootElement.GetProperty("data").GetProperty("callid")
                .GetString()!;
            using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } };
            posted[id] = (call % Agents, Stopwatch.GetTimestamp());
            using var response = await client.PostAsync(new Uri(Servers.WebhookPath, UriKind.Relative), content);
            response.EnsureSuccessStatusCode();
        }
    }
}
