using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>
/// A progressive campaign over an operator with faults, whose host is killed now and then. What the operator was asked
/// is the truth: nobody is called twice for one attempt or more often than the guard allows, nobody is left out, and
/// the pace is kept.
/// </summary>
public sealed class CampaignKillTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Seed = 18;

    private static readonly int People = TestLength.Of(plain: 300, whole: 5000);

    private static readonly int Kills = TestLength.Of(plain: 1, whole: 5);

    private static readonly int PerMinute = TestLength.Of(plain: 250, whole: 600);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(TestLength.Of(plain: 5, whole: 40));

    private readonly string _folder = TestFolder.Create("callmyway-campaigns-");

    private WebApplication _simulator = null!;

    private HttpClient _operator = null!;

    public async Task InitializeAsync()
    {
        var (simulator, address) = await SimulatorApp.CreateAsync(
            [
                "--Click:FirstRingSeconds", "0", "--Click:SecondRingSeconds", "0", "--Click:SecondAnswers", "false",
                "--QuerySeconds", "0",
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
            delayMs = 30,
            clickError = 0.02,
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
            var clients = new List<HttpClient>();
            foreach (var agent in new[] { "sofia", "ana", "luis", "admin" })
            {
                clients.Add(await SignInAsync(host, agent));
            }

            id ??= await BeginAsync(clients[3], clients[0]);
            JsonElement campaign = default;
            while (dials is { } count
                ? await CountAsync() < count
                : (campaign = (await clients[0].ReadAsync($"/api/campaigns/{id}"))!.Value).Text("state") == "running"
                    && (Of("waiting") + Of("offered") + Of("dialling")) > 0)
            {
                began.Elapsed.ShouldBeLessThan(Longest, $"{await CountAsync()} dials so far; {campaign}");
                foreach (var client in clients)
                {
                    await client.ReadAsync("/api/pop-ups");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(dials is null ? 1000 : 100));
            }

            if (dials is null)
            {
                output.WriteLine($"{await CountAsync()} dials in {began.Elapsed}, {Kills} kills: {campaign}");
                await CompareAsync(clients[0], id);
            }

            foreach (var client in clients)
            {
                client.Dispose();
            }

            int Of(string state) => CampaignOffice.Count(campaign, state);
        }
    }

    private async Task CompareAsync(HttpClient supervisor, string id)
    {
        var truth = (await TruthAsync()).Select(call => (
            Number: call.GetProperty("legs").EnumerateArray().Last().Text("dnis")!,
            At: call.GetProperty("legs")[0].GetProperty("detectedAt").GetDateTimeOffset())).ToList();
        var called = truth.ToLookup(call => call.Number);
        var contacts = await supervisor.AllItemsAsync($"/api/campaigns/{id}/contacts");

        contacts.Count.ShouldBe(People);
        called.ShouldAllBe(calls => calls.Count() == 1, "one attempt is one call, and there is one a day");
        foreach (var contact in contacts)
        {
            var calls = called[contact.GetProperty("number").Text("e164")![4..]].Count();
            var attempts = contact.GetProperty("attempts").GetInt32();
            var what = contact.ToString();
            contact.Text("state").ShouldBeOneOf(["held", "unknown"], what);
            attempts.ShouldBe(1, what);
            if (contact.Text("state") == "held")
            {
                calls.ShouldBe(1, what);
            }
        }

        // The clicks that the operator answered with an error, and what was under way at a kill.
        contacts.Count(contact => contact.Text("state") == "unknown").ShouldBeLessThan((People / 25) + (8 * Kills) + 4);
        truth.ShouldAllBe(call => truth.Count(
            other => other.At >= call.At && other.At < call.At.AddMinutes(1)) <= PerMinute);
        (await supervisor.ReadAsync($"/api/campaigns/{id}"))!.Value.GetProperty("counts").GetProperty("total")
            .GetInt32().ShouldBe(People);
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

    private static async Task<HttpClient> SignInAsync(HostProcess host, string agent)
    {
        var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        using var session = await client.PostAsJsonAsync("/api/session", new { agent, password = "demo" });
        session.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return client;
    }

    private async Task<int> CountAsync() => (await TruthAsync()).Count;

    private async Task<IReadOnlyList<JsonElement>> TruthAsync() => await _operator.ItemsAsync("/simulator/calls");

    private async Task ControlAsync(HttpMethod method, string what, object value)
    {
        using var request = new HttpRequestMessage(method, $"/simulator/{what}") { Content = JsonContent.Create(value) };
        using var response = await _operator.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }
}
