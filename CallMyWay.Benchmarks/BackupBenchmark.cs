using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Benchmarks;

/// <summary>
/// How long a backup takes while notifications come in, and how long their acks take meanwhile. Beside it the least that
/// it can be: a plain copy of the file. Then the backup is restored, and all its indexes are checked.
/// </summary>
internal static class BackupBenchmark
{
    private const int Agents = 200;

    private const int Connections = 32;

    private const int PerSecond = 500;

    public static async Task RunAsync(bool quick)
    {
        var contacts = quick ? 100_000 : 1_000_000;
        Report.Title($"A backup of {contacts:N0} contacts beside {PerSecond} notifications a second");
        using var folder = new TemporaryFolder();
        string backup;
        await using (var server = await ServerProcess.StartAsync("host", folder.Path))
        {
            await server.AskAsync($"office {Agents} 5");
            await server.AskAsync($"store 0 {contacts}");
            using var client = await SignInAsync(server);
            using var load = new HttpLoad(server.Address, HttpLoad.NewBody(), Connections, Agents, contacts);
            load.Start(PerSecond);
            await Task.Delay(TimeSpan.FromSeconds(5));
            load.Reset();
            await Task.Delay(TimeSpan.FromSeconds(quick ? 5 : 15));
            Report.Latencies("acks without a backup", load.Take().Latencies);
            load.Reset();
            var time = Stopwatch.StartNew();
            using var begun = await client.PostAsync("/api/backups", null);
            begun.EnsureSuccessStatusCode();
            await WhenDoneAsync(client);
            var seconds = time.Elapsed.TotalSeconds;
            var (perSecond, latencies) = load.Take();
            await load.StopAsync();
            backup = Directory.GetDirectories(Path.Combine(folder.Path, "backups")).Single();
            Report.Line("the backup's size", Length(backup) / 1e6, "MB");
            Report.Line("until it is done, synced and checked", seconds, "s");
            Report.Line("  for each of its megabytes", seconds * 1000 / (Length(backup) / 1e6), "ms");
            Report.Line("acks meanwhile", perSecond, "acks/s");
            Report.Latencies("  latencies", latencies);
            Report.Target("their p99", latencies.Percentile(99), "ms", 100, atLeast: false);
            await server.AskAsync("drained");
        }

        var copying = Stopwatch.StartNew();
        File.Copy(DatabaseOf(backup), DatabaseOf(backup) + ".copy");
        Report.Line("floor: a plain copy of the file, while nothing else runs", copying.Elapsed.TotalSeconds, "s");
        File.Delete(DatabaseOf(backup) + ".copy");
        await CheckRestoredAsync(backup);
    }

    private static async Task CheckRestoredAsync(string backup)
    {
        using var folder = new TemporaryFolder();
        var time = Stopwatch.StartNew();
        var code = await RestoreCommand.RunAsync(
            ["--from", backup, "--DataPath", folder.Path, "--replace"], TextWriter.Null, Console.Error);
        Report.Line("the restore, with its check", time.Elapsed.TotalSeconds, "s");
        if (code != 0)
        {
            throw new InvalidOperationException("The backup was not restored.");
        }

        await using var server = await ServerProcess.StartAsync("host", folder.Path);
        using var client = await SignInAsync(server);
        time.Restart();
        var (read, written) = (0L, 0L);
        string? next = "";
        while (next is not null)
        {
            using var answer = await client.PostAsync(
                $"/api/index-repairs?next={Uri.EscapeDataString(next)}", null);
            answer.EnsureSuccessStatusCode();
            var step = await answer.Content.ReadFromJsonAsync<JsonElement>();
            foreach (var table in step.GetProperty("items").EnumerateArray())
            {
                read += table.GetProperty("indexRows").GetInt64() + table.GetProperty("records").GetInt64();
                written += table.GetProperty("written").GetInt64() + table.GetProperty("unreadable").GetInt64();
            }

            next = step.GetProperty("next").GetString();
        }

        Report.Line($"the check of {read:N0} rows of the indexes", time.Elapsed.TotalSeconds, "s");
        Report.Target("rows that were missing or unreadable", written, "", 0, atLeast: false);
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

    private static async Task WhenDoneAsync(HttpClient client)
    {
        while (true)
        {
            var newest = (await client.GetFromJsonAsync<JsonElement>("/api/backups")).GetProperty("items")[0];
            switch (newest.GetProperty("state").GetString())
            {
                case "running":
                    await Task.Delay(100);
                    break;
                case "failed":
                    throw new InvalidOperationException(newest.GetProperty("error").GetString());
                default:
                    return;
            }
        }
    }

    private static string DatabaseOf(string backup) => Path.Combine(backup, SqliteDatabase.FileName);

    private static long Length(string backup) => new FileInfo(DatabaseOf(backup)).Length;
}
