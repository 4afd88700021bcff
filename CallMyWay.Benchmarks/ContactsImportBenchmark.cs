using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CallMyWay.Benchmarks;

/// <summary>
/// How long a file of contacts takes: its preview, and its import, each contact with a name, a number or two and a
/// document. Beside it the least that it can be: the same contacts, in memory, only stored. Then the same while
/// notifications come and are processed.
/// </summary>
internal static class ContactsImportBenchmark
{
    private const int Agents = 200;

    private const int Known = 10_000;

    private const int Connections = 32;

    private const int PerSecond = 500;

    public static async Task RunAsync(bool quick)
    {
        var count = quick ? 20_000 : 100_000;
        Report.Title($"An import of {count:N0} contacts");
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder);
        using var client = await SignInAsync(server);
        // The code is as warm then as in a host that runs all day.
        await ImportAsync(client, FileOf(500_000, 3000), server);
        await PreviewAsync(client, quick);

        var floor = Number(await server.AskAsync($"store 300000 {count}"));
        Report.Line("floor: the same number of contacts in memory, only stored", count / floor, "contacts/s");
        var before = server.WorkingSet;
        var processor = server.ProcessorTime;
        var (seconds, upload, largest) = await ImportAsync(client, FileOf(Known, count), server);
        processor = server.ProcessorTime - processor;
        Report.Line("the upload until it is stored and answered", upload, "s");
        Report.Line("processor time of the host", processor.TotalMicroseconds / count, "µs for a contact");
        Report.Target("import until it is done", seconds, "s", 30.0 * count / 100_000, atLeast: false);
        Report.Line("import / floor", seconds / floor, "times");
        Report.Line("memory before", before, "MB");
        Report.Line("  the most meanwhile", largest, "MB");
        (seconds, _, largest) = await ImportAsync(client, FileOf(Known, count), server);
        Report.Line("the same file once more, all known", seconds, "s");
        Report.Line("  the most memory meanwhile", largest, "MB");

        Report.Title($"The same beside {PerSecond} notifications a second");
        using var load = new HttpLoad(server.Address, HttpLoad.NewBody(), Connections, Agents, Known);
        load.Start(PerSecond);
        await Task.Delay(TimeSpan.FromSeconds(5));
        load.Reset();
        await Task.Delay(TimeSpan.FromSeconds(5));
        Report.Latencies("acks without an import", load.Take().Latencies);
        load.Reset();
        (seconds, _, largest) = await ImportAsync(client, FileOf(Known + count, count), server);
        var (perSecond, latencies) = load.Take();
        await load.StopAsync();
        Report.Target("import until it is done", seconds, "s", 90.0 * count / 100_000, atLeast: false);
        Report.Line("acks meanwhile", perSecond, "acks/s");
        Report.Latencies("  latencies", latencies);
        Report.Target("their p99", latencies.Percentile(99), "ms", 100, atLeast: false);
        Report.Line("the most memory meanwhile", largest, "MB");
    }

    private static async Task<ServerProcess> StartAsync(TemporaryFolder folder)
    {
        var server = await ServerProcess.StartAsync("host", folder.Path);
        await server.AskAsync($"office {Agents} 5");
        await server.AskAsync($"import 0 {Known} 200");
        return server;
    }

    private static async Task<HttpClient> SignInAsync(ServerProcess server)
    {
        var client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Add("X-Requested-With", "benchmarks");
        using var answer = await client.PostAsJsonAsync(
            "/api/session", new { agent = Servers.Administrator, password = Servers.AgentPassword });
        answer.EnsureSuccessStatusCode();
        return client;
    }

    private static async Task PreviewAsync(HttpClient client, bool quick)
    {
        var file = FileOf(400_000, quick ? 100_000 : 500_000);
        var time = Stopwatch.StartNew();
        using var answer = await client.PostAsync("/api/contact-imports?preview=true", new ByteArrayContent(file));
        var rows = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rows").GetInt32();
        Report.Target(
            $"preview of a file of {file.Length / 1048576.0:N0} MB with {rows:N0} rows, all counted",
            time.Elapsed.TotalSeconds,
            "s",
            1,
            atLeast: false);
    }

    /// <summary>Until it is done, until the upload is answered, and the most memory meanwhile.</summary>
    private static async Task<(double Seconds, double Upload, double Memory)> ImportAsync(
        HttpClient client, byte[] file, ServerProcess server)
    {
        var time = Stopwatch.StartNew();
        using var answer = await client.PostAsync("/api/contact-imports", new ByteArrayContent(file));
        answer.EnsureSuccessStatusCode();
        var upload = time.Elapsed.TotalSeconds;
        var path = answer.Headers.Location!;
        var largest = 0.0;
        while (true)
        {
            var import = await client.GetFromJsonAsync<JsonElement>(path);
            largest = Math.Max(largest, server.WorkingSet);
            if (import.GetProperty("state").GetString() is "done")
            {
                return (time.Elapsed.TotalSeconds, upload, largest);
            }

            await Task.Delay(100);
        }
    }

    private static byte[] FileOf(int from, int count)
    {
        var file = new StringBuilder("Nombre;Cédula;Teléfono;Correo\r\n");
        for (var i = from; i < from + count; i++)
        {
            var contact = People.WithDocument(i, default);
            file.Append(contact.Name).Append(';').Append(contact.Document).Append(';')
                .AppendJoin(" / ", contact.Numbers).Append(";\r\n");
        }

        return Encoding.UTF8.GetBytes(file.ToString());
    }

    private static double Number(string text) =>
        double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
