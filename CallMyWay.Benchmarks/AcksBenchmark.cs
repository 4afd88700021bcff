namespace CallMyWay.Benchmarks;

/// <summary>
/// How many notifications are durably acked in a second. The host and the floor take turns, as the machine may be
/// shared.
/// </summary>
internal static class AcksBenchmark
{
    private const int Connections = 32;
    private const int Agents = 200;
    private const int Contacts = 10_000;

    public static async Task RunAsync(bool quick, string[] args)
    {
        var (warmUp, duration) = quick
            ? (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3))
            : (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(8));
        if (args is [var address, ..])
        {
            using var load = new HttpLoad(
                new Uri(address),
                HttpLoad.NewBody(),
                Connections,
                Agents,
                Contacts,
                path: new Uri(address).PathAndQuery);
            var (perSecond, latencies) = await load.MeasureAsync(warmUp, duration);
            Report.Line(address, perSecond, "acks/s");
            Report.Latencies("  latencies", latencies);
            return;
        }

        var (floors, hosts, paused) = (new List<double>(), new List<double>(), new List<double>());
        for (var pair = 0; pair < (quick ? 1 : 3); pair++)
        {
            Report.Title($"Durable acks, {Connections} connections, pair {pair + 1}");
            floors.Add(await FloorAsync(warmUp, duration));
            hosts.Add(await HostAsync("host, its queue being drained meanwhile", isPaused: false, warmUp, duration));
            paused.Add(await HostAsync("host, its queue left alone", isPaused: true, warmUp, duration));
        }

        Report.Target(
            "acks of the host / floor, median of pairs",
            Report.Median(hosts.Zip(floors, (host, floor) => host / floor)),
            "",
            0.6,
            atLeast: true);
        Report.Line(
            "the same with the queue left alone", Report.Median(paused.Zip(floors, (host, floor) => host / floor)), "");
        await ImportAsync(quick, Report.Median(hosts), warmUp);
    }

    private static async Task<double> FloorAsync(TimeSpan warmUp, TimeSpan duration)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync("floor", folder.Path);
        return await MeasureAsync("floor: bare Kestrel and one INSERT", server, warmUp, duration);
    }

    private static async Task<double> HostAsync(string name, bool isPaused, TimeSpan warmUp, TimeSpan duration)
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartHostAsync(folder, isPaused);
        return await MeasureAsync(name, server, warmUp, duration);
    }

    private static async Task ImportAsync(bool quick, double quiet, TimeSpan warmUp)
    {
        var rows = quick ? 20_000 : 100_000;
        Report.Title($"The same while {rows:N0} contacts are imported");
        using var folder = new TemporaryFolder();
        await using var server = await StartHostAsync(folder, isPaused: false);
        using var load = new HttpLoad(server.Address, HttpLoad.NewBody(), Connections, Agents, Contacts);
        load.Start();
        await Task.Delay(warmUp);
        load.Reset();
        var seconds = double.Parse(
            await server.AskAsync($"import {Contacts} {rows} 6"), System.Globalization.CultureInfo.InvariantCulture);
        var (perSecond, latencies) = load.Take();
        await load.StopAsync();
        Report.Line("contacts imported meanwhile", rows / seconds, "contacts/s");
        Report.Line("acks", perSecond, "acks/s");
        Report.Latencies("  latencies", latencies);
        Report.Target("acks during the import / without", perSecond / quiet, "", 0.5, atLeast: true);
        Report.Target("their p99", latencies.Percentile(99), "ms", 100, atLeast: false);
    }

    private static async Task<ServerProcess> StartHostAsync(TemporaryFolder folder, bool isPaused)
    {
        var server = isPaused
            ? await ServerProcess.StartAsync("host", folder.Path, "paused")
            : await ServerProcess.StartAsync("host", folder.Path);
        await server.AskAsync($"agents {Agents}");
        await server.AskAsync($"import 0 {Contacts} 200");
        return server;
    }

    private static async Task<double> MeasureAsync(
        string name, ServerProcess server, TimeSpan warmUp, TimeSpan duration)
    {
        using var load = new HttpLoad(server.Address, HttpLoad.NewBody(), Connections, Agents, Contacts);
        load.Start();
        await Task.Delay(warmUp);
        load.Reset();
        var processor = server.ProcessorTime;
        await Task.Delay(duration);
        var (perSecond, latencies) = load.Take();
        processor = server.ProcessorTime - processor;
        await load.StopAsync();
        Report.Line(name, perSecond, "acks/s");
        Report.Latencies("  latencies", latencies);
        Report.Line("  processor time of the server for each", processor.TotalMicroseconds / latencies.Count, "µs");
        Report.Line("  processors that it used", processor / duration, $"of {Environment.ProcessorCount}");
        return perSecond;
    }
}
