using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Benchmarks;

/// <summary>
/// The time from the webhook's POST to the agent's screen while a CRM is asked at each call who calls: one that tells
/// after 300 ms whom it has told before, as it mostly does; one that tells somebody new at each call; and one that hangs.
/// Turn by turn with the same host that asks nobody.
/// </summary>
internal static class LookupBenchmark
{
    private const int Agents = 200;

    private static readonly TimeSpan Answering = TimeSpan.FromMilliseconds(300);

    public static async Task RunAsync(bool quick)
    {
        Report.Title($"Webhook to screen, {ScreensBenchmark.CallsPerSecond} calls/s, {Agents} connected agents, with a CRM that is asked who calls");
        await using var crm = await Crm.StartAsync();
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync("host", folder.Path, "lookup");
        await server.AskAsync($"office {Agents} 5");
        var tokens = (await server.AskAsync($"agents {Agents}")).Split(' ');
        await using var screens = await Screens.ConnectAsync(
            tokens.Select(token => (new Uri(server.Address, "/hubs/pop-ups"), (string?)token)));
        using var client = await EventsBenchmark.SignInAsync(server);
        var (turns, duration) = (quick ? 2 : 8, TimeSpan.FromSeconds(5));
        // Each call has a caller of its own: one that nobody ends stays open.
        var callers = (duration.Seconds + 1) * ScreensBenchmark.CallsPerSecond;
        var contacts = callers * ((turns * 4) + 1);
        await PushAsync(client, contacts);
        await SetAsync(client, crm.Url, enabled: true);
        // Warms up the code, that of the asking too.
        _ = await ScreensBenchmark.SendAsync(server, screens, contacts, TimeSpan.FromSeconds(5));
        var first = callers;

        // Turn by turn, as a busy machine is so for all of them.
        List<Latencies> off = [], known = [], hanging = [], @new = [];
        for (var turn = 0; turn < turns; turn++)
        {
            off.Add(await MeasureAsync("nobody is asked", null));
            known.Add(await MeasureAsync("the CRM tells after 300 ms whom it told before", CrmKind.Known));
            hanging.Add(await MeasureAsync("the CRM hangs", CrmKind.Hanging));
            @new.Add(await MeasureAsync("the CRM tells after 300 ms somebody new", CrmKind.New));
        }

        Report.Title("All turns together");
        var without = Latencies.Sum(off);
        Report.Latencies("nobody is asked", without);
        Compare("the CRM tells whom it told before", Latencies.Sum(known));
        Compare("the CRM hangs", Latencies.Sum(hanging));
        Compare("the CRM tells somebody new", Latencies.Sum(@new));

        void Compare(string name, Latencies with)
        {
            Report.Latencies(name, with);
            Report.Target("its p99 / the p99 where nobody is asked", with.Percentile(99) / without.Percentile(99), "", 1.2, atLeast: false);
        }

        async Task<Latencies> MeasureAsync(string name, CrmKind? kind)
        {
            crm.Kind = kind ?? crm.Kind;
            // Other settings each time: what was answered in an earlier turn is asked again.
            await SetAsync(client, crm.Url, enabled: kind is not null);
            var before = crm.Asked;
            var (latencies, missing) = await ScreensBenchmark.SendAsync(server, screens, contacts, duration, first);
            first += callers;
            Report.Latencies(name, latencies);
            Report.Line("  asked", crm.Asked - before, "times");
            if (missing > 0)
            {
                Report.Line("  calls that reached no screen, or a wrong one", missing, "");
            }

            // What the CRM has told is stored before the next turn begins.
            await server.AskAsync("drained");
            await Task.Delay(TimeSpan.FromSeconds(1));
            return latencies;
        }
    }

    private static async Task SetAsync(HttpClient client, string url, bool enabled)
    {
        using var off = await client.PutAsJsonAsync("/api/contact-lookup", new { url, enabled = !enabled });
        off.EnsureSuccessStatusCode();
        using var set = await client.PutAsJsonAsync("/api/contact-lookup", new { url, enabled });
        set.EnsureSuccessStatusCode();
    }

    /// <summary>Whom the CRM has told before: it has pushed them.</summary>
    private static async Task PushAsync(HttpClient client, int contacts)
    {
        using var made = await client.PostAsJsonAsync("/api/api-keys", new { name = "CRM", scopes = Scopes });
        made.EnsureSuccessStatusCode();
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString();
        using var crm = new HttpClient { BaseAddress = client.BaseAddress };
        crm.DefaultRequestHeaders.Add("X-CallMyWay-Key", key);
        foreach (var some in Enumerable.Range(0, contacts).Chunk(500))
        {
            using var pushed = await crm.PostAsJsonAsync("/api/external-contacts", new
            {
                contacts = some.Select(i =>
                {
                    var number = $"+506{People.NumberOf(i)}";
                    return Person(number, number);
                }),
            });
            pushed.EnsureSuccessStatusCode();
        }
    }

    private static object Person(string? id, string? number) =>
        new { source = "lookup", id, name = $"Del CRM {number}", numbers = new[] { number } };

    private static readonly string[] Scopes = ["contacts"];

    /// <summary>What a CRM does.</summary>
    private enum CrmKind
    {
        /// <summary>It tells whom it has told before.</summary>
        Known,

        /// <summary>It tells somebody new.</summary>
        New,

        /// <summary>It does not answer.</summary>
        Hanging,
    }

    /// <summary>The CRM, in this process. It knows each number.</summary>
    private sealed class Crm : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private int _asked;

        private Crm(WebApplication app) => _app = app;

        public string Url => $"{_app.Urls.First()}/contacts";

        public int Asked => _asked;

        public CrmKind Kind { get; set; }

        public static async Task<Crm> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var crm = new Crm(app);
            app.MapPost("/contacts", crm.AnswerAsync);
            await app.StartAsync();
            return crm;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task<IResult> AnswerAsync(HttpRequest request)
        {
            Interlocked.Increment(ref _asked);
            var question = await request.ReadFromJsonAsync<JsonElement>();
            var number = question.GetProperty("number").GetString();
            await Task.Delay(Kind == CrmKind.Hanging ? TimeSpan.FromSeconds(30) : Answering, request.HttpContext.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var id = Kind == CrmKind.New ? $"new-{number}" : number;
            return Results.Json(new { contacts = new[] { Person(id, number) } });
        }
    }
}
