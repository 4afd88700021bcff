using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Benchmarks;

/// <summary>
/// The time from the webhook's POST to the agent's screen while a CRM is asked at each call who calls: one that tells
/// after 300 ms whom it has told before, as it mostly does; one that tells somebody new at each call; and one that
/// hangs. Beside it the same host that asks nobody, alone and while that CRM answers another as often: it runs on the
/// same processors. Short turns, each round in another order; the median of each kind's p99 counts.
/// </summary>
internal static class LookupBenchmark
{
    private const int Agents = 200;

    private static readonly TimeSpan Answering = TimeSpan.FromMilliseconds(300);

    private static readonly (TurnKind Kind, string Name)[] Kinds =
    [
        (TurnKind.Off, "nobody is asked"),
        (TurnKind.Beside, "nobody is asked, and the CRM answers another as often"),
        (TurnKind.Known, "the CRM tells whom it told before"),
        (TurnKind.Hanging, "the CRM hangs"),
        (TurnKind.New, "the CRM tells somebody new"),
    ];

    public static async Task RunAsync(bool quick, int callsPerSecond)
    {
        Report.Title(
            $"Webhook to screen, {callsPerSecond} calls/s, {Agents} connected agents, a CRM is asked who calls");
        await using var crm = await Crm.StartAsync();
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync("host", folder.Path, "lookup");
        await server.AskAsync($"office {Agents} 5");
        var tokens = (await server.AskAsync($"agents {Agents}")).Split(' ');
        await using var screens = await Screens.ConnectAsync(
            tokens.Select(token => (new Uri(server.Address, "/hubs/pop-ups"), (string?)token)));
        using var client = await EventsBenchmark.SignInAsync(server);
        using var notifying = new HttpClient { BaseAddress = server.Address };
        var (rounds, duration) = (quick ? 5 : 16, TimeSpan.FromSeconds(3));
        // Each call has a caller of its own: one that nobody ends stays open.
        var callers = (duration.Seconds + 1) * callsPerSecond;
        var contacts = callers * Kinds.Length * (rounds + 2);
        await PushAsync(client, contacts);
        var first = 0;
        // A host that has just started is slower, and slower still at what it does for the first time.
        foreach (var (kind, _) in Kinds.Concat(Kinds))
        {
            _ = await MeasureAsync(kind);
        }

        var turns = Kinds.ToDictionary(each => each.Kind, _ => new List<(Latencies Latencies, double Processor)>());
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < Kinds.Length; i++)
            {
                // Each comes as often behind each other one, and as often first.
                var step = round % 2 == 0 ? i : Kinds.Length - 1 - i;
                var kind = Kinds[(round + step) % Kinds.Length].Kind;
                turns[kind].Add(await MeasureAsync(kind));
            }
        }

        var without = P99(TurnKind.Off);
        var beside = P99(TurnKind.Beside);
        foreach (var (kind, name) in Kinds)
        {
            Report.Title($"{char.ToUpperInvariant(name[0])}{name[1..]}");
            Report.Latencies("all turns together", Latencies.Sum(turns[kind].Select(turn => turn.Latencies)));
            Report.Line("p50, median of the turns", Median(kind, 50), "ms");
            Report.Line("p99, median of the turns", P99(kind), "ms");
            Report.Line(
                "the same in its turns, the lowest", turns[kind].Min(turn => turn.Latencies.Percentile(99)), "ms");
            Report.Line("the same, the highest", turns[kind].Max(turn => turn.Latencies.Percentile(99)), "ms");
            Report.Line(
                "processor time of the host for each call",
                Report.Median(turns[kind].Select(turn => turn.Processor)),
                "ms");
            if (kind is not (TurnKind.Off or TurnKind.Beside))
            {
                Report.Target("its p99 / the p99 where nobody is asked", P99(kind) / without, "", 1.2, atLeast: false);
                Report.Line("its p99 / the p99 beside a CRM that answers another", P99(kind) / beside, "");
            }
        }

        double P99(TurnKind kind) => Median(kind, 99);

        double Median(TurnKind kind, double percent) =>
            Report.Median(turns[kind].Select(turn => turn.Latencies.Percentile(percent)));

        async Task<(Latencies Latencies, double Processor)> MeasureAsync(TurnKind kind)
        {
            crm.Kind = kind;
            // Other settings each time: what was answered in an earlier turn is asked again.
            await SetAsync(client, crm.Url, enabled: kind is not (TurnKind.Off or TurnKind.Beside));
            using var done = new CancellationTokenSource();
            var another = kind == TurnKind.Beside
                ? AskAsAnotherAsync(crm.Url, callsPerSecond, done.Token)
                : Task.CompletedTask;
            var before = server.ProcessorTime;
            var (latencies, missing) = await ScreensBenchmark.SendAsync(
                notifying, screens, contacts, duration, first, callsPerSecond);
            first += callers;
            // What the CRM has told is stored before the next turn begins.
            await server.AskAsync("drained");
            await done.CancelAsync();
            await another;
            await Task.Delay(Answering * 2);
            if (missing > 0)
            {
                Report.Line("  calls that reached no screen, or a wrong one", missing, "");
            }

            return (latencies, (server.ProcessorTime - before).TotalMilliseconds / latencies.Count);
        }
    }

    /// <summary>Asks the CRM as often as the host does, of whom the host knows nothing.</summary>
    private static async Task AskAsAnotherAsync(string url, int perSecond, CancellationToken done)
    {
        using var client = new HttpClient();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        var asked = new List<Task>();
        try
        {
            for (var i = 0; await timer.WaitForNextTickAsync(done); i++)
            {
                asked.Add(AskAsync($"+506{People.NumberOf(i)}"));
            }
        }
        catch (OperationCanceledException)
        {
            // The turn is over.
        }

        await Task.WhenAll(asked);

        async Task AskAsync(string number)
        {
            using var answer = await client.PostAsJsonAsync(url, new { number }, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            _ = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
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

    /// <summary>What is asked in a turn, and what the CRM does.</summary>
    private enum TurnKind
    {
        /// <summary>Nothing is asked.</summary>
        Off,

        /// <summary>Nothing is asked by the host, and as much by another.</summary>
        Beside,

        /// <summary>The CRM tells whom it has told before.</summary>
        Known,

        /// <summary>It does not answer.</summary>
        Hanging,

        /// <summary>It tells somebody new.</summary>
        New,
    }

    /// <summary>The CRM, in this process. It knows each number.</summary>
    private sealed class Crm : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Crm(WebApplication app) => _app = app;

        public string Url => $"{_app.Urls.First()}/contacts";

        public TurnKind Kind { get; set; }

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
            var question = await request.ReadFromJsonAsync<JsonElement>();
            var number = question.GetProperty("number").GetString();
            var wait = Kind == TurnKind.Hanging ? TimeSpan.FromSeconds(30) : Answering;
            await Task.Delay(wait, request.HttpContext.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var id = Kind == TurnKind.New ? $"new-{number}" : number;
            return Results.Json(new { contacts = new[] { Person(id, number) } });
        }
    }
}
