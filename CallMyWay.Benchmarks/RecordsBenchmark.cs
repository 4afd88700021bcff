using System.Globalization;

namespace CallMyWay.Benchmarks;

/// <summary>
/// How fast call records are taken: of calls that nothing else has told of, each routed, matched with its contact and
/// stored with all its rows; then the same while notifications are acked.
/// </summary>
internal static class RecordsBenchmark
{
    private const int Agents = 200;
    private const int Connections = 32;

    public static async Task RunAsync(bool quick)
    {
        var (records, contacts) = quick ? (10_000, 10_000) : (100_000, 20_000);
        var warmUp = TimeSpan.FromSeconds(quick ? 3 : 5);
        Report.Title($"Taking {records:N0} call records, {Agents} agents, {contacts:N0} contacts");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync("host", folder.Path, "paused");
        await server.AskAsync($"agents {Agents}");
        await server.AskAsync($"import 0 {contacts} 200");
        // A small part first, so that the code is as warm as in a host that runs all day.
        await TakeAsync(server, 0, 4_000, contacts);
        var processor = server.ProcessorTime;
        var seconds = await TakeAsync(server, 4_000, records, contacts);
        processor = server.ProcessorTime - processor;
        Report.Line("processor time of the host", processor.TotalMicroseconds / records, "µs for a record");
        Report.Line("  processors that it got", processor.TotalSeconds / seconds, $"of {Environment.ProcessorCount}");
        Report.Target("records of new calls taken", records / seconds, "records/s", 2500, atLeast: true);
        seconds = await TakeAsync(server, 4_000, records, contacts);
        Report.Line("the same records once more", records / seconds, "records/s");

        Report.Title("The same while notifications are acked");
        using var load = new HttpLoad(server.Address, HttpLoad.NewBody(), Connections, Agents, contacts);
        load.Start();
        await Task.Delay(warmUp);
        load.Reset();
        await Task.Delay(warmUp);
        var (quiet, _) = load.Take();
        load.Reset();
        seconds = await TakeAsync(server, 4_000 + records, records, contacts);
        var (meanwhile, latencies) = load.Take();
        await load.StopAsync();
        Report.Line("records of new calls taken", records / seconds, "records/s");
        Report.Line("acks", meanwhile, "acks/s");
        Report.Latencies("  latencies", latencies);
        Report.Target("acks meanwhile / without", meanwhile / quiet, "", 0.5, atLeast: true);
    }

    private static async Task<double> TakeAsync(ServerProcess server, int from, int count, int contacts) =>
        double.Parse(
            await server.AskAsync($"records {from} {count} {Agents} {contacts} 3"), CultureInfo.InvariantCulture);
}
