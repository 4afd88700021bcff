using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Simulator;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>
/// Our calls are the same as the operator's, even if its notifications come twice and in the wrong order.
/// </summary>
public abstract class SimulatedTruthTests(DemoHost demo)
{
    private static readonly int Count = TestLength.Of(plain: 50, whole: 200);

    [SkippableFact]
    public async Task Our_Calls_Match_The_Operators_Truth()
    {
        var (simulator, address) = await SimulatorApp.CreateAsync(
            ["--Webhook", demo.Host.Webhook.ToString()], builder => builder.Logging.ClearProviders());
        await using var stopped = simulator;
        using var http = new HttpClient { BaseAddress = address };
        await PostAsync(
            http,
            "/simulator/faults",
            new { duplicate = 0.3, reorder = 0.3, singleQuotes = 0.2, delayMs = 20, seed = 20_260_131 });
        await PostAsync(
            http,
            "/simulator/calls/batch?wait=true",
            new { calls = Plan(new Random(20_260_131)).ToArray(), parallel = 32 });

        var truth = (await http.GetFromJsonAsync<JsonElement>("/simulator/calls")).GetProperty("items").EnumerateArray()
            .SelectMany(call => call.GetProperty("legs").EnumerateArray()).ToList();
        truth.Count.ShouldBe(Count);
        var span = $"?from={Uri.EscapeDataString(DateTimeOffset.UtcNow.AddDays(-3).ToString("O"))}";
        IReadOnlyList<JsonElement> known = [];
        var expected = truth.Select(Truth).Order(StringComparer.Ordinal).ToList();
        List<string> ours = [];
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    known = await demo.Admin.AllItemsAsync("/api/calls" + span);
                    ours = [.. known.Select(Ours).Order(StringComparer.Ordinal)];
                    return ours.SequenceEqual(expected);
                },
                () => $"{known.Count} calls",
                pause: TimeSpan.FromMilliseconds(200));
        }
        catch (ShouldAssertException) when (ours.Count > 0)
        {
            ours.Except(expected).ShouldBe(expected.Except(ours), "ours that differ, and the truth of them");
            throw;
        }
    }

    // Calls of the last days, which take no time to play: incoming and outgoing, answered and not, some on two phones
    // at once.
    private static IEnumerable<object> Plan(Random random)
    {
        var begin = DateTimeOffset.UtcNow.AddDays(-2);
        for (var i = 0; i < Count; i++)
        {
            var phone = $"100{random.Next(1, 5)}";
            var number = $"8{random.Next(1_000_000, 9_999_999)}";
            var isIn = random.NextDouble() < 0.6;
            var isGroup = isIn && random.NextDouble() < 0.2;
            yield return new
            {
                from = isIn ? number : phone,
                to = isIn ? phone : number,
                type = isIn ? "in" : "out",
                endpoint = isGroup ? null : phone,
                endpoints = isGroup ? new[] { "1001", "1002" } : null,
                at = begin.AddSeconds(i * 300)
                    .ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
                ringSeconds = random.Next(0, 20),
                talkSeconds = random.Next(1, 200),
                answered = random.NextDouble() < 0.8,
            };
        }
    }

    private static string Truth(JsonElement leg) => string.Join(
        ' ',
        leg.Text("callId"),
        leg.Text("type"),
        string.Join('+', leg.GetProperty("endpoints").EnumerateArray().Select(endpoint => endpoint.GetString() switch { "1002" => "luis", "1003" => "sofia", _ => "ana" }).Distinct().Order(StringComparer.Ordinal)),
        Seconds(leg, "detectedAt"),
        Seconds(leg, "connectedAt"),
        Seconds(leg, "disconnectedAt"),
        leg.GetProperty("durationSeconds").GetInt32(),
        leg.GetProperty("cost").GetDecimal().ToString("0.######", System.Globalization.CultureInfo.InvariantCulture),
        "ended");

    private static string Ours(JsonElement call) => string.Join(
        ' ',
        call.Text("callId"),
        call.Text("direction"),
        string.Join('+', call.GetProperty("agentIds").EnumerateArray().Select(agent => agent.GetString()).Order(StringComparer.Ordinal)),
        Seconds(call, "startedAt"),
        Seconds(call, "connectedAt"),
        Seconds(call, "endedAt"),
        call.TryGetProperty("durationSeconds", out var duration) ? duration.GetInt32() : 0,
        call.TryGetProperty("cost", out var cost)
            ? cost.GetDecimal().ToString("0.######", System.Globalization.CultureInfo.InvariantCulture)
            : "none",
        call.Text("state"));

    private static string Seconds(JsonElement element, string name) =>
        element.Text(name) is null ? "-" : element.GetProperty(name).GetDateTimeOffset()
            .UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }
}

public sealed class SimulatedTruthTestsOnSqlite(DemoHost demo) : SimulatedTruthTests(demo), IClassFixture<DemoHost>;

public sealed class SimulatedTruthTestsOnAzurite(DemoHostOnAzurite demo) : SimulatedTruthTests(demo), IClassFixture<DemoHostOnAzurite>;
