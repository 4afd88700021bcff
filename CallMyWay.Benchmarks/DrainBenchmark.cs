using System.Globalization;

namespace CallMyWay.Benchmarks;

/// <summary>
/// How fast a full queue is drained: starts and ends of calls, each matched with its contact, stored with all its rows,
/// and sent to its agent.
/// </summary>
internal static class DrainBenchmark
{
    private const int Agents = 200;
    private const int Screens = 20;
    private const int WarmUps = 3;

    public static async Task RunAsync(bool quick)
    {
        var (calls, contacts) = quick ? (5_000, 10_000) : (50_000, 20_000);
        Report.Title($"Draining {2 * calls:N0} notifications of {calls:N0} calls, {Agents} agents of whom {Screens} have a screen, {contacts:N0} contacts");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync("host", folder.Path, "paused");
        var tokens = (await server.AskAsync($"agents {Agents}")).Split(' ');
        await server.AskAsync($"import 0 {contacts} 200");
        await using var screens = await Benchmarks.Screens.ConnectAsync(
            tokens.Take(Screens).Select(token => (new Uri(server.Address, "/hubs/pop-ups"), (string?)token)));
        // Small drains first, so that the code is as warm as in a host that runs all day: the JIT compiles it a second
        // time once it was used a little, and what that led to once more.
        for (var i = 0; i < WarmUps; i++)
        {
            await DrainAsync(server, 2_000, contacts);
            await WhenIdleAsync(server);
        }

        var before = screens.Count;
        var (filled, drained, processor) = await DrainAsync(server, calls, contacts);
        Report.Line("acked while the queue filled", 2 * calls / filled, "acks/s");
        Report.Line(
            "pop-ups and changes that reached the screens",
            screens.Count - before,
            $"of {2 * calls * Screens / Agents}");
        Report.Line("resident memory of the host", server.WorkingSet, "MB");
        Report.Line("processor time of the host", processor.TotalMicroseconds / (2 * calls), "µs for an event");
        Report.Line("  processors that it got", processor.TotalSeconds / drained, $"of {Environment.ProcessorCount}");
        Report.Target("drained", 2 * calls / drained, "events/s", 3500, atLeast: true);
    }

    /// <summary>Waits, half a minute at most, until the host takes less than a tenth of a processor.</summary>
    private static async Task WhenIdleAsync(ServerProcess server)
    {
        var step = TimeSpan.FromMilliseconds(500);
        for (var i = 0; i < 60; i++)
        {
            var before = server.ProcessorTime;
            await Task.Delay(step);
            if (server.ProcessorTime - before < step / 10)
            {
                return;
            }
        }
    }

    private static async Task<(double Filled, double Drained, TimeSpan Processor)> DrainAsync(
        ServerProcess server, int calls, int contacts)
    {
        var time = System.Diagnostics.Stopwatch.StartNew();
        var run = HttpLoad.NewRun();
        foreach (var ends in new[] { false, true })
        {
            using var load = new HttpLoad(server.Address, new Notification(ends, run), 32, Agents, contacts, calls);
            load.Start();
            await load.WhenSentAsync();
        }

        var filled = time.Elapsed.TotalSeconds;
        var processor = server.ProcessorTime;
        var drained = double.Parse(await server.AskAsync("drain"), CultureInfo.InvariantCulture);
        return (filled, drained, server.ProcessorTime - processor);
    }
}
