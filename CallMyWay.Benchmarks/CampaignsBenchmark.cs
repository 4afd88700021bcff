using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Benchmarks;

/// <summary>
/// A campaign of many people: how long its list is built, how long it takes to start, and its pages beside those of the
/// history of as many calls, in one host and in turns. All over HTTP, by an administrator.
/// </summary>
internal static class CampaignsBenchmark
{
    private const int Few = 300;

    private const int Take = 50;

    public static async Task RunAsync(bool quick)
    {
        var many = quick ? 20_000 : 100_000;
        Report.Title($"A campaign of {many:N0} people, beside as many calls");
        using var folder = new TemporaryFolder();
        // A copy: the file of calls is kept for others.
        File.Copy(
            Path.Combine(await CallFile.EnsureAsync(many), SqliteDatabase.FileName),
            Path.Combine(folder.Path, SqliteDatabase.FileName));
        await using var server = await ServerProcess.StartAsync("host", folder.Path);
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Add("X-Requested-With", "benchmark");
        await AskAsync(client, HttpMethod.Post, "/api/session", new { agent = Servers.Administrator, password = Servers.AgentPassword });
        await AskAsync(client, HttpMethod.Put, "/api/campaign-coordination", new { confirmed = true, perMinute = 600 });

        var large = await MakeAsync(client, many);
        var small = await MakeAsync(client, Few);
        await StartsAsync(client, small, large, many, turns: quick ? 5 : 20);
        await PagesAsync(client, small, large, many, turns: quick ? 3 : 10);
    }

    private static async Task<string> MakeAsync(HttpClient client, int people)
    {
        var start = Stopwatch.GetTimestamp();
        var made = await AskAsync(client, HttpMethod.Post, "/api/campaigns", new
        {
            name = $"{people}",
            mode = "preview",
            contacts = new { numbers = Enumerable.Range(0, people).Select(i => $"{People.NumberOf(i)}").ToArray() },
        });
        Report.Line($"{people:N0} people sent and taken", Stopwatch.GetElapsedTime(start).TotalSeconds, "s");
        var id = made.GetProperty("campaignId").GetString()!;
        while ((await AskAsync(client, HttpMethod.Get, $"/api/campaigns/{id}")).GetProperty("state").GetString() == "building")
        {
            await Task.Delay(100);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Report.Line("  until the list is built", seconds, "s");
        Report.Line("  people", people / seconds, "/s");
        return id;
    }

    private static async Task StartsAsync(HttpClient client, string small, string large, int many, int turns)
    {
        var (few, all) = (new Latencies(), new Latencies());
        for (var turn = 0; turn < turns; turn++)
        {
            await StartAsync(client, small, turn == 0 ? null : few);
            await StartAsync(client, large, turn == 0 ? null : all);
        }

        Report.Latencies($"start of {Few:N0} people", few);
        Report.Latencies($"  of {many:N0} people", all);
        Report.Target("  the longest", all.Percentile(100), "ms", 5000, atLeast: false);
    }

    private static async Task StartAsync(HttpClient client, string id, Latencies? latencies)
    {
        var start = Stopwatch.GetTimestamp();
        await AskAsync(client, HttpMethod.Post, $"/api/campaigns/{id}/start", new { });
        latencies?.Add(start);
        await AskAsync(client, HttpMethod.Post, $"/api/campaigns/{id}/pause", new { });
    }

    private static async Task PagesAsync(HttpClient client, string small, string large, int many, int turns)
    {
        var all = $"/api/campaigns/{large}/contacts?take={Take}";
        var deep = await DeepAsync(client, all.Replace($"take={Take}", "take=500", StringComparison.Ordinal));
        var deepOfState = await DeepAsync(
            client, all.Replace($"take={Take}", "take=500&state=waiting", StringComparison.Ordinal));
        var oldest = CallFile.Newest.AddSeconds(-CallFile.Apart * (double)many);
        (string Name, Func<Random, string> Path)[] kinds =
        [
            ("history's, a random month", random =>
            {
                var to = CallFile.Newest.AddSeconds(
                    -CallFile.Apart * random.NextDouble() * Math.Max(0, many - 90_000));
                return $"/api/calls?take={Take}&from={Time(to.AddDays(-31) < oldest ? oldest : to.AddDays(-31))}&to={Time(to)}";
            }),
            ("the campaign's, the first", _ => all),
            ("  of one state", _ => $"{all}&state=waiting"),
            ("  a random one", random => $"{all}&next={deep[random.Next(deep.Count)]}"),
            ("  of one state, a random one", random =>
                $"{all}&state=waiting&next={deepOfState[random.Next(deepOfState.Count)]}"),
            ($"  of {Few:N0} people, the first", _ => $"/api/campaigns/{small}/contacts?take={Take}"),
            ("the campaign with its counts", _ => $"/api/campaigns/{large}"),
        ];
        var latencies = kinds.Select(_ => new Latencies()).ToList();
        for (var turn = 0; turn <= turns; turn++)
        {
            // In turns, so that other users of the machine slow down all. The first warms up the code and the file.
            for (var kind = 0; kind < kinds.Length; kind++)
            {
                await TimesAsync(client, kinds[kind].Path, turn, turn == 0 ? new Latencies() : latencies[kind]);
            }
        }

        Report.Title($"A page of {Take}");
        for (var kind = 0; kind < kinds.Length; kind++)
        {
            Report.Latencies(kinds[kind].Name, latencies[kind]);
            if (kind > 0)
            {
                Report.Target(
                    "  its p50 beside history's",
                    latencies[kind].Percentile(50) / latencies[0].Percentile(50),
                    "times",
                    1,
                    atLeast: false);
                Report.Target(
                    "  its p95 beside history's",
                    latencies[kind].Percentile(95) / latencies[0].Percentile(95),
                    "times",
                    1,
                    atLeast: false);
            }
        }
    }

    private static async Task TimesAsync(HttpClient client, Func<Random, string> path, int seed, Latencies latencies)
    {
        var random = new Random(seed);
        for (var i = 0; i < 40; i++)
        {
            var asked = path(random);
            var start = Stopwatch.GetTimestamp();
            var body = await client.GetByteArrayAsync(asked);
            latencies.Add(start);
            using var page = JsonDocument.Parse(body);
            if (page.RootElement.TryGetProperty("items", out var items) && items.GetArrayLength() < Take - 1)
            {
                throw new InvalidOperationException($"{asked} has {items.GetArrayLength()} items.");
            }
        }
    }

    /// <summary>The positions of all pages but the first and the last.</summary>
    private static async Task<IReadOnlyList<string>> DeepAsync(HttpClient client, string path)
    {
        var positions = new List<string>();
        string? next = null;
        do
        {
            var page = await AskAsync(client, HttpMethod.Get, next is null ? path : $"{path}&next={next}");
            next = page.TryGetProperty("next", out var position) && position.ValueKind == JsonValueKind.String
                ? Uri.EscapeDataString(position.GetString()!)
                : null;
            if (next is not null)
            {
                positions.Add(next);
            }
        }
        while (next is not null);
        return positions;
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return !answer.IsSuccessStatusCode
            ? throw new InvalidOperationException($"{path} was answered with {(int)answer.StatusCode}: {text}")
            : text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static string Time(DateTimeOffset time) =>
        Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture));
}
