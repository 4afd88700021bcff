using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace CallMyWay.Benchmarks;

/// <summary>
/// How long a page of the history takes among many calls and among few, asked over HTTP by an administrator; how much
/// memory the export of all of them takes; and how long a report of the year takes.
/// </summary>
internal static class HistoryBenchmark
{
    private const int Few = 100_000;

    private static readonly string[] Kinds = ["date", "agent", "team", "contact", "number"];

    private static readonly string[] Reports = ["day", "hour", "agent", "team", "outcome", "contact"];

    public static async Task RunAsync(bool quick, bool onlyExport)
    {
        var many = quick ? 200_000 : 1_000_000;
        Report.Title($"The history of {many:N0} calls, beside {Few:N0}");
        var (small, large) = (await CallFile.EnsureAsync(Few), await CallFile.EnsureAsync(many));
        if (!onlyExport)
        {
            await using var few = await Office.OpenAsync(small, Few);
            await using var all = await Office.OpenAsync(large, many);
            foreach (var kind in Kinds)
            {
                await PagesAsync(kind, few, all, turns: quick ? 3 : 10);
            }

            await ReportsAsync(all);
        }

        // In a host that has done nothing else.
        await using var idle = await Office.OpenAsync(large, many);
        await ExportAsync(idle);
    }

    private static async Task PagesAsync(string kind, Office few, Office all, int turns)
    {
        const int pages = 40;
        // Warms up the code and the file.
        await few.PagesAsync(kind, pages, seed: -1);
        await all.PagesAsync(kind, pages, seed: -1);
        var (ofFew, ofAll) = (new List<Latencies>(), new List<Latencies>());
        // In turns, so that other users of the machine slow down both.
        for (var turn = 0; turn < turns; turn++)
        {
            ofFew.Add(await few.PagesAsync(kind, pages, turn));
            ofAll.Add(await all.PagesAsync(kind, pages, turn));
        }

        var (small, large) = (Latencies.Sum(ofFew), Latencies.Sum(ofAll));
        Report.Latencies($"a page of 50 by {kind} of {few.Calls:N0} calls", small);
        Report.Latencies($"  of {all.Calls:N0} calls", large);
        Report.Target("  its p95", large.Percentile(95), "ms", 20, atLeast: false);
        Report.Target("  beside few", large.Percentile(95) / small.Percentile(95), "times", 1.3, atLeast: false);
    }

    private static async Task ReportsAsync(Office office)
    {
        Report.Title($"A year's report of {office.Calls:N0} calls");
        foreach (var by in Reports)
        {
            // The first brings the sums up to date.
            Report.Line($"by {by}, the first time", await office.ReportAsync(by), "ms");
            var times = new List<double>();
            for (var i = 0; i < 20; i++)
            {
                times.Add(await office.ReportAsync(by));
            }

            Report.Target(
                $"by {by}, median of {times.Count}",
                Report.Median(times),
                "ms",
                by == "contact" ? 2000 : 200,
                atLeast: false);
        }
    }

    private static async Task ExportAsync(Office office)
    {
        Report.Title($"The export of {office.Calls:N0} calls");
        var idle = await office.MemoryAsync();
        var (rows, seconds, most) = await office.ExportAsync();
        Report.Line("rows of the export", rows, "rows");
        Report.Line("  written", rows / seconds, "rows/s");
        Report.Target("memory of the host, more than idle", most - idle, "MB", 100, atLeast: false);
    }

    /// <summary>A host with a file of calls, and its administrator.</summary>
    private sealed class Office : IAsyncDisposable
    {
        private readonly ServerProcess _server;

        private readonly HttpClient _client;

        private Office(ServerProcess server, int calls) =>
            (_server, Calls, _client) = (server, calls, new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromHours(1) });

        public int Calls { get; }

        private DateTimeOffset Oldest => CallFile.Newest.AddSeconds(-CallFile.Apart * (double)Calls);

        public static async Task<Office> OpenAsync(string folder, int calls)
        {
            var office = new Office(await ServerProcess.StartAsync("host", folder, "paused"), calls);
            office._client.DefaultRequestHeaders.Add("X-Requested-With", "benchmark");
            using var signedIn = await office._client.PostAsJsonAsync(
                "/api/session", new { agent = Servers.Administrator, password = Servers.AgentPassword });
            signedIn.EnsureSuccessStatusCode();
            return office;
        }

        public async Task<Latencies> PagesAsync(string kind, int count, int seed)
        {
            var random = new Random(seed);
            var latencies = new Latencies();
            for (var i = 0; i < count; i++)
            {
                // A month that ends at some moment; all that a contact or a number had.
                var to = CallFile.Newest.AddSeconds(-CallFile.Apart * random.NextDouble() * (Calls - 90_000));
                var contact = random.Next(CallFile.Contacts);
                var (from, which) = kind switch
                {
                    "agent" => (to.AddDays(-31), $"&agent=agent-{random.Next(CallFile.Agents):D3}"),
                    "team" => (to.AddDays(-31), $"&team=team-{random.Next(CallFile.Teams)}"),
                    "contact" => (Oldest, $"&contact=c-{contact:D7}"),
                    "number" => (Oldest, $"&number={People.NumberOf(contact)}"),
                    _ => (to.AddDays(-31), ""),
                };
                var path = $"/api/calls?take=50&from={Time(from)}&to={Time(kind is "contact" or "number" ? CallFile.Newest.AddDays(1) : to)}{which}";
                var start = Stopwatch.GetTimestamp();
                var body = await _client.GetByteArrayAsync(path);
                latencies.Add(start);
                using var page = JsonDocument.Parse(body);
                var found = page.RootElement.GetProperty("items").GetArrayLength();
                if (found < 49)
                {
                    throw new InvalidOperationException($"{path} has {found} calls.");
                }
            }

            return latencies;
        }

        public async Task<double> ReportAsync(string by)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await _client.GetAsync(
                $"/api/reports/daily?from={CallFile.Newest.AddDays(-365):yyyy-MM-dd}&to={CallFile.Newest:yyyy-MM-dd}&by={by}");
            var body = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException(body);
            }

            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        public async Task<double> MemoryAsync() =>
            double.Parse(await _server.AskAsync("memory"), CultureInfo.InvariantCulture);

        /// <summary>How many rows it had, in how many seconds, and the most memory meanwhile, in MB.</summary>
        public async Task<(long Rows, double Seconds, double Most)> ExportAsync()
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await _client.GetAsync(
                $"/api/exports/calls.csv?from={Time(Oldest.AddDays(-1))}&to={Time(CallFile.Newest.AddDays(1))}",
                HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync();
            var buffer = new byte[1 << 16];
            var (rows, most, looked) = (-1L, 0.0, 0L);
            while (await body.ReadAsync(buffer) is > 0 and var read)
            {
                rows += buffer.AsSpan(0, read).Count((byte)'\n');
                if (rows - looked > 5_000)
                {
                    (looked, most) = (rows, Math.Max(most, _server.WorkingSet));
                }
            }

            return (rows, Stopwatch.GetElapsedTime(start).TotalSeconds, most);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _server.DisposeAsync();
        }

        private static string Time(DateTimeOffset time) =>
            Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture));
    }
}
