using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>
/// A progressive campaign over an operator with faults, whose host is killed now and then. What the operator was asked
/// is the truth: nobody is called twice for one attempt or more often than the guard allows, nobody is left out, the
/// pace is kept, and whatever is not known at the end has a reason. Hours, and clocks that jump, are in
/// <c>CampaignProofTests</c>: a process of its own has the machine's clock.
/// </summary>
public sealed class CampaignKillTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Seed = 18;

    /// <summary>A click whose answer is not known keeps its agent for two minutes: others go on meanwhile.</summary>
    private const int Phones = 12;

    private const string Password = "una frase larga";

    private static readonly int People = TestLength.Of(plain: 300, whole: 5000);

    private static readonly int Kills = TestLength.Of(plain: 1, whole: 5);

    // In the plain run there would be a minute to wait for: CampaignProofTests and CampaignPaceTests have it.
    private static readonly int PerMinute = TestLength.Of(plain: 600, whole: 300);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(TestLength.Of(plain: 5, whole: 50));

    /// <summary>What was under way when the process ended can have begun so long before.</summary>
    private static readonly TimeSpan AtKill = TimeSpan.FromSeconds(10);

    private readonly string _folder = TestFolder.Create("callmyway-campaigns-");

    private readonly Dictionary<string, CookieContainer> _cookies = new(StringComparer.Ordinal);

    private readonly List<DateTimeOffset> _killed = [];

    private WebApplication _simulator = null!;

    private HttpClient _operator = null!;

    public async Task InitializeAsync()
    {
        string[] lines = [.. Enumerable.Range(1001, Phones).SelectMany((id, i) => (string[])
        [
            $"--Accounts:0:Endpoints:{i}:Id", $"{id}", $"--Accounts:0:Endpoints:{i}:Number", $"4000{id}",
        ])];
        var (simulator, address) = await SimulatorApp.CreateAsync(
            [
                "--Click:FirstRingSeconds", "0", "--Click:SecondRingSeconds", "0", "--Click:SecondAnswers", "false",
                "--QuerySeconds", "0", "--Accounts:0:Username", "8000001", "--Accounts:0:Password", "demo", .. lines,
            ],
            builder => builder.Logging.ClearProviders());
        _simulator = simulator;
        _operator = new HttpClient { BaseAddress = address };
    }

    public void Dispose() => _operator.Dispose();

    public async Task DisposeAsync()
    {
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Nobody_Is_Called_Twice_For_One_Attempt_And_Nobody_Is_Left_Out()
    {
        await ControlAsync(HttpMethod.Post, "faults", new
        {
            seed = Seed,
            duplicate = 0.2,
            reorder = 0.1,
            drop = 0.005,
            delayMs = 30,
            clickError = 0.01,
        });
        var began = Stopwatch.StartNew();
        var random = new Random(Seed);
        var killAt = Enumerable.Range(1, Kills).Select(i => (People * i / (Kills + 1)) + random.Next(10)).ToList();
        string? id = null;
        foreach (var dials in killAt.Cast<int?>().Append(null))
        {
            await using var host = await HostProcess.StartAsync(
                [],
                [
                    "--DataPath", _folder, "--Queues:Visibility", "00:00:05", "--CallRecords:Enabled", "true",
                    "--CallMyWay:BaseUrl", _operator.BaseAddress!.ToString(),
                ]);
            await ControlAsync(HttpMethod.Put, "webhook", new { webhook = host.Webhook.ToString() });
            using var supervisor = await SignInAsync(host, "sofia");
            if (id is null)
            {
                using var admin = await SignInAsync(host, "admin");
                await AddAgentsAsync(admin);
                id = await BeginAsync(admin, supervisor);
            }

            using var stop = new CancellationTokenSource();
            var screens = StayAsync(host, stop.Token);
            var isDone = false;
            while (!isDone)
            {
                began.Elapsed.ShouldBeLessThan(
                    Longest, $"{Clicks.Count} dials so far; {await supervisor.ReadAsync($"/api/campaigns/{id}")}");
                await Task.Delay(TimeSpan.FromMilliseconds(dials is null ? 500 : 50));
                isDone = dials is { } count ? Clicks.Count >= count : await IsOverAsync(supervisor, id);
            }

            if (dials is null)
            {
                output.WriteLine($"{Clicks.Count} dials in {began.Elapsed}, {Kills} kills");
                await CompareAsync(supervisor, id);
            }
            else
            {
                await host.KillAsync();
                _killed.Add(DateTimeOffset.UtcNow);
            }

            await stop.CancelAsync();
            await screens;
        }
    }

    private IReadOnlyList<ClickRequest> Clicks => _simulator.Services.GetRequiredService<ClickRequests>().All();

    /// <summary>
    /// True once each person was called, and it is known what became of it. Where the notification of the end never came,
    /// the record tells: the plain run does not wait for it.
    /// </summary>
    private async Task<bool> IsOverAsync(HttpClient supervisor, string id)
    {
        var campaign = (await supervisor.ReadAsync($"/api/campaigns/{id}"))!.Value;
        if (CampaignOffice.Count(campaign, "waiting") > 0 || CampaignOffice.Count(campaign, "offered") > 0
            || (CampaignOffice.Count(campaign, "dialling") > 0 && TestLength.IsWhole))
        {
            return false;
        }

        var contacts = await supervisor.AllItemsAsync($"/api/campaigns/{id}/contacts");
        var untold = Untold();
        // Whose click was refused is dialled again later. In the long run each call has its record in the end.
        return contacts.All(contact => IsCutShort(contact) || contact.GetProperty("attempts").GetInt32() > 0
            && contact.Text("state") switch
            {
                "held" => true,
                "dialling" => untold.Contains(NumberOf(contact)),
                _ => !TestLength.IsWhole || Clicks.All(click => click.Second != NumberOf(contact) || click.Status != 200),
            });
    }

    private async Task CompareAsync(HttpClient supervisor, string id)
    {
        var clicks = Clicks;
        var called = clicks.ToLookup(click => click.Second, StringComparer.Ordinal);
        var untold = Untold();
        var contacts = await supervisor.AllItemsAsync($"/api/campaigns/{id}/contacts");

        var cutShort = 0;
        contacts.Count.ShouldBe(People);
        called.Select(number => number.Key).Except(contacts.Select(NumberOf), StringComparer.Ordinal).ShouldBeEmpty();
        foreach (var contact in contacts)
        {
            var asked = called[NumberOf(contact)].ToList();
            var what = $"{contact}: {string.Join(", ", asked)}; killed at {string.Join(", ", _killed)}";
            // A refusal is no call. Of any other answer it must be thought that there was one.
            var calls = asked.Where(click => click.Status is not (>= 400 and < 500)).ToList();
            calls.Count.ShouldBeLessThanOrEqualTo(1, what);
            if (IsCutShort(contact))
            {
                cutShort++;
                continue;
            }

            contact.GetProperty("attempts").GetInt32().ShouldBe(1, what);
            if (contact.Text("state") == "held")
            {
                calls.ShouldHaveSingleItem(what).Status.ShouldBe(200, what);
                contact.Text("refusedBecause")!.ShouldContain("hoy", Case.Sensitive, what);
                continue;
            }

            contact.Text("state").ShouldBeOneOf(["unknown", "dialling"], what);
            var isCut = _killed.Any(at => contact.GetProperty("lastAt").GetDateTimeOffset() is var lastAt
                && lastAt < at && lastAt > at - AtKill);
            (calls is [{ Status: 500 }] || isCut || (!TestLength.IsWhole && untold.Contains(NumberOf(contact))))
                .ShouldBeTrue(what);
        }

        cutShort.ShouldBeLessThanOrEqualTo(Phones * Kills);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{clicks.Count(click => click.Status == 200)} calls, {clicks.Count(click => click.Status == 500)} errors, {clicks.Count(click => click.Status == 409)} refused, {untold.Count} without their end; {string.Join(", ", contacts.CountBy(contact => contact.Text("state")!).Select(each => $"{each.Value} {each.Key}"))}"));
        var times = clicks.Select(click => click.At).Order().ToList();
        times.Index().ShouldAllBe(each => each.Index < PerMinute
            || each.Item - times[each.Index - PerMinute] >= TimeSpan.FromMinutes(1));
        CampaignOffice.Count((await supervisor.ReadAsync($"/api/campaigns/{id}"))!.Value, "total").ShouldBe(People);
    }

    /// <summary>
    /// True where the process ended between counting the call for the person and counting it for the campaign. Nobody was
    /// asked, and the guard holds the person until tomorrow: that is the safe side.
    /// </summary>
    private bool IsCutShort(JsonElement contact) =>
        contact.Text("state") == "held" && contact.GetProperty("attempts").GetInt32() == 0
        && contact.Text("refusedBecause")!.Contains("hoy", StringComparison.Ordinal)
        && Clicks.All(click => click.Second != NumberOf(contact));

    /// <summary>The numbers of the calls whose end was never acked.</summary>
    private HashSet<string> Untold()
    {
        var untold = new HashSet<string>(StringComparer.Ordinal);
        foreach (var call in _simulator.Services.GetRequiredService<CallBook>().All())
        {
            lock (call)
            {
                if (call.Legs.Any(leg => !call.Notifications.Any(each => each.CallId == leg.CallId
                    && each.Action == "callEnd" && each.Deliveries.Any(delivery => delivery.Acked))))
                {
                    untold.Add(call.Legs[^1].Dnis);
                }
            }
        }

        return untold;
    }

    private static string NumberOf(JsonElement contact) => contact.GetProperty("number").Text("e164")![4..];

    /// <summary>The agents' screens, which are asked for as an open page asks.</summary>
    private async Task StayAsync(HostProcess host, CancellationToken cancellationToken)
    {
        var agents = new List<HttpClient>();
        try
        {
            foreach (var agent in (string[])["sofia", "ana", "luis", .. Added.Select(each => each.Agent)])
            {
                agents.Add(await SignInAsync(host, agent));
            }

            while (!cancellationToken.IsCancellationRequested)
            {
                foreach (var agent in agents)
                {
                    await agent.ReadAsync("/api/pop-ups");
                    // Nobody answers here: without a sign of theirs, the dialler takes them for absent.
                    await agent.SendJsonAsync(HttpMethod.Put, "/api/me/presence", new { paused = true });
                    await agent.SendJsonAsync(HttpMethod.Put, "/api/me/presence", new { paused = false });
                }

                await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException)
        {
            // The host was killed.
        }
        finally
        {
            agents.ForEach(agent => agent.Dispose());
        }
    }

    private static IEnumerable<(string Agent, string Phone)> Added =>
        Enumerable.Range(1005, Phones - 4).Select(id => ($"agente-{id}", $"{id}"));

    private static async Task AddAgentsAsync(HttpClient admin)
    {
        foreach (var (agent, phone) in Added)
        {
            (await admin.AskAsync(HttpMethod.Put, $"/api/agents/{agent}", new
            {
                name = agent,
                roles = new[] { "agent" },
            })).Status.ShouldBe(HttpStatusCode.Created);
            (await admin.AskAsync(HttpMethod.Put, $"/api/agents/{agent}/password", new { password = Password })).Status
                .ShouldBe(HttpStatusCode.NoContent);
            var (status, body) = await admin.AskAsync(HttpMethod.Put, $"/api/mappings/{phone}", new
            {
                account = "8000001",
                agentId = agent,
                phone = $"4000-{phone}",
                primary = true,
            });
            status.ShouldBe(HttpStatusCode.Created, body.ToString());
        }
    }

    private static async Task<string> BeginAsync(HttpClient admin, HttpClient supervisor)
    {
        (await admin.AskAsync(HttpMethod.Put, "/api/dial-rules", new
        {
            enabled = true,
            allowedPrefixes = new[] { "+506" },
            deniedPrefixes = Array.Empty<string>(),
        })).Status.ShouldBe(HttpStatusCode.OK);
        // A second attempt would be at once: the guard holds it until tomorrow.
        (await admin.AskAsync(HttpMethod.Put, "/api/contact-guard", new
        {
            hours = (object?)null,
            holidays = new { observed = false },
            perDay = 1,
        })).Status.ShouldBe(HttpStatusCode.OK);
        (await admin.AskAsync(
            HttpMethod.Put, "/api/campaign-coordination", new { confirmed = true, perMinute = PerMinute })).Status
            .ShouldBe(HttpStatusCode.OK);
        var (status, made) = await supervisor.AskAsync(HttpMethod.Post, "/api/campaigns", new
        {
            name = "Noviembre",
            mode = "progressive",
            order = "agentFirst",
            contacts = new { numbers = Enumerable.Range(0, People).Select(i => $"8{7_000_000 + i}").ToArray() },
            attempts = 2,
            gapMinutes = 0,
            perMinute = 600,
        });
        status.ShouldBe(HttpStatusCode.Created, made.ToString());
        var id = made.Text("campaignId")!;
        await Eventually.TrueAsync(async () =>
            (await supervisor.AskAsync(HttpMethod.Post, $"/api/campaigns/{id}/start")).Status == HttpStatusCode.OK);
        return id;
    }

    /// <summary>Signs in once: the session outlasts the host.</summary>
    private async Task<HttpClient> SignInAsync(HostProcess host, string agent)
    {
        var isKnown = _cookies.TryGetValue(agent, out var cookies);
        _cookies[agent] = cookies ??= new CookieContainer();
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        if (!isKnown)
        {
            var password = agent.StartsWith("agente", StringComparison.Ordinal) ? Password : "demo";
            using var session = await client.PostAsJsonAsync("/api/session", new { agent, password });
            session.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        return client;
    }

    private async Task ControlAsync(HttpMethod method, string what, object value)
    {
        using var request = new HttpRequestMessage(method, $"/simulator/{what}") { Content = JsonContent.Create(value) };
        using var response = await _operator.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }
}
