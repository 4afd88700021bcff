using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// What each change does with the version that it is meant for: of two who write the first one, the second is refused,
/// and a change that comes twice is answered as the first time.
/// </summary>
public abstract class VersionTests(DemoHost demo)
{
    /// <summary>What an administrator sets for everybody, and two that can be set.</summary>
    private static readonly Dictionary<string, (string Path, object One, object Other)> Settings =
        new(StringComparer.Ordinal)
        {
            ["PutCampaignCoordination"] = (
                "campaign-coordination",
                new { confirmed = true, perMinute = 20 },
                new { confirmed = true, perMinute = 30 }),
            ["PutContactFields"] = (
                "contact-fields",
                new { fields = new[] { new { key = "plan", label = new { es = "Plan", en = "Plan" }, kind = "text" } } },
                new { fields = new[] { new { key = "saldo", label = new { es = "Saldo", en = "Owed" }, kind = "text" } } }),
            ["PutContactGuard"] = ("contact-guard", new { perDay = 400 }, new { perDay = 500 }),
            ["PutContactLookup"] = (
                "contact-lookup",
                new { url = "https://8.8.8.8/one", enabled = false, timeoutMs = 500, source = "crm" },
                new { url = "https://8.8.8.8/other", enabled = false, timeoutMs = 500, source = "crm" }),
            ["PutDeskRules"] = ("desk-rules", new { outcomeRequired = true }, new { outcomeRequired = false }),
            ["PutDialRules"] = (
                "dial-rules",
                new { enabled = true, allowedPrefixes = new[] { "+506" }, deniedPrefixes = Array.Empty<string>() },
                new { enabled = true, allowedPrefixes = new[] { "+506" }, deniedPrefixes = new[] { "+506900" } }),
            ["PutEmbedOrigins"] = (
                "embed-origins",
                new { origins = new[] { "https://one.example.com" } },
                new { origins = new[] { "https://other.example.com" } }),
            ["PutOutcomes"] = (
                "outcomes",
                new
                {
                    items = new object[]
                    {
                        new { code = "attended", es = "Atendido", en = "Handled" },
                        new
                        {
                            code = "promise-to-pay", es = "Promesa", en = "Promise", requires = new { promise = true },
                        },
                    },
                },
                new { items = new[] { new { code = "attended", es = "Atendida", en = "Handled" } } }),
            ["PutPauseReasons"] = (
                "pause-reasons",
                new { items = new[] { new { code = "almuerzo", es = "Almuerzo", en = "Lunch" } } },
                new { items = new[] { new { code = "cafe", es = "Café", en = "Coffee" } } }),
            ["PutRetention"] = (
                "retention",
                new { callDays = (int?)null, eventDays = 400 },
                new { callDays = (int?)null, eventDays = 500 }),
            ["PutStatement"] = ("statements/2026-09", new { invoiceTotal = 100 }, new { invoiceTotal = 200 }),
            ["PutWrapUpFields"] = (
                "wrap-up-fields",
                new { items = new[] { new { key = "motivo", es = "Motivo", en = "Reason", kind = "text" } } },
                new { items = new[] { new { key = "tema", es = "Tema", en = "Subject", kind = "text" } } }),
        };

    /// <summary>There are many of them, and their own tests write the first.</summary>
    private static readonly string[] OfMany = ["PutAgent", "PutMapping", "PutWrapUp"];

    public static TheoryData<string> FirstOnes { get; } = [.. Settings.Keys];

    public static TheoryData<string> Changes { get; } = [.. Put(_ => true)];

    [SkippableFact]
    public void What_Is_Set_For_All_Can_Be_Written_As_The_First() =>
        Put(takes => takes.OrNone).Except(OfMany).ShouldBe(Settings.Keys, ignoreOrder: true);

    [SkippableTheory]
    [MemberData(nameof(FirstOnes))]
    public async Task Of_Two_Who_Write_The_First_One_The_Second_Is_Refused(string function)
    {
        var (path, one, other) = Settings[function];
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        using var admin = await host.SignInAsync("admin");
        if ((await admin.GetObjectAsync($"/api/{path}"))["etag"] is null)
        {
            (await PutAsync(admin, path, one, isFirst: true)).Status.ShouldBe(200);
        }
        else
        {
            // The demo comes with one.
            (await PutAsync(admin, path, one)).Status.ShouldBe(200);
        }

        (await PutAsync(admin, path, other, isFirst: true)).Status.ShouldBe(412);

        // Who says what is stored already is answered as the first time.
        (await PutAsync(admin, path, one, isFirst: true)).Status.ShouldBe(200);
        (await PutAsync(admin, path, other)).Status.ShouldBe(200);
    }

    [SkippableTheory]
    [MemberData(nameof(Changes))]
    public async Task A_Change_That_Comes_Twice_Is_Answered_As_The_First_Time(string function)
    {
        var (path, body, etag) = await BeginAsync(function);
        var client = function is "PutWrapUp" or "PutPromise" or "PutContact" ? demo.Ana : demo.Admin;

        var first = await PutAsync(client, path, body, etag);
        first.Status.ShouldBe(200, $"{first.Body}");
        var entries = await EntriesAsync();
        var second = await PutAsync(client, path, body, etag);

        second.Status.ShouldBe(200, $"{second.Body}");
        (await EntriesAsync()).ShouldBe(entries, "what changes nothing is no entry of the audit");
    }

    [SkippableTheory]
    [MemberData(nameof(Changes))]
    public Task A_Change_That_Comes_Five_Times_At_Once_And_Names_No_Version_Is_Made(string function) =>
        PutFiveTimesAsync(function, isNamed: false);

    // What people and applications change all day. A setting is read again by who gets the 412.
    [SkippableTheory]
    [InlineData("PutContact")]
    [InlineData("PutWrapUp")]
    [InlineData("PutCampaign")]
    [InlineData("PutEventEndpoint")]
    [InlineData("PutCampaignCoordination")]
    public Task A_Change_That_Comes_Five_Times_At_Once_Is_Answered_As_The_First_Time(string function) =>
        PutFiveTimesAsync(function, isNamed: true);

    private async Task PutFiveTimesAsync(string function, bool isNamed)
    {
        var (path, body, etag) = await BeginAsync(function);
        var client = function is "PutWrapUp" or "PutPromise" or "PutContact" ? demo.Ana : demo.Admin;

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => PutAsync(client, path, body, isNamed ? etag : null)));

        answers.Select(answer => answer.Status).ShouldBe([200, 200, 200, 200, 200]);
    }

    private static IEnumerable<string> Put(Func<TakesIfMatchAttribute, bool> which) =>
        from function in FunctionMethods.Everywhere
        where function.Http is not null && function.Http.Methods!.Contains("put", StringComparer.OrdinalIgnoreCase)
        let takes = function.Method.GetCustomAttribute<TakesIfMatchAttribute>()
        where takes is not null && which(takes)
        select function.Name;

    private static async Task<(int Status, JsonNode? Body)> PutAsync(
        HttpClient client, string path, object body, string? etag = null, bool isFirst = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/{path}") { Content = JsonContent.Create(body) };
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{etag}\"");
        }

        if (isFirst)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        }

        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Something to change, a change of it, and its version before.</summary>
    private async Task<(string Path, object Body, string Etag)> BeginAsync(string function)
    {
        if (Settings.TryGetValue(function, out var setting))
        {
            var (status, stored) = await PutAsync(demo.Admin, setting.Path, setting.Other);
            status.ShouldBe(200, $"{stored}");
            return (setting.Path, setting.One, (string)stored!["etag"]!);
        }

        switch (function)
        {
            case "PutAgent":
                return ("agents/luis", new { name = "Luis", roles = new[] { "agent" }, team = "Otro" }, await OfAsync("agents/luis"));
            case "PutMapping":
                return (
                    "mappings/1001",
                    new { endpointId = "1001", agentId = "ana", label = "Otro nombre" },
                    await OfAsync("mappings/1001"));
            case "PutContact":
                var contact = await MadeAsync(demo.Ana, "contacts", new { name = "Rita Mora", numbers = new[] { "88120001" } });
                return (
                    $"contacts/{contact["contactId"]}",
                    new { name = "Rita Mora Solís", numbers = new[] { "88120001" } },
                    (string)contact["etag"]!);
            case "PutCampaign":
                var campaign = await MadeAsync(
                    demo.Admin,
                    "campaigns",
                    new { name = "Una", mode = "preview", contacts = new { numbers = new[] { "88120002" } } });
                var path = $"campaigns/{campaign["campaignId"]}";
                await Eventually.TrueAsync(async () =>
                    (string?)(await demo.Admin.GetObjectAsync($"/api/{path}"))["state"] is "draft" or "ready");
                return (path, new { name = "Otra" }, await OfAsync(path));
            case "PutEventEndpoint":
                var made = await MadeAsync(
                    demo.Admin,
                    "event-endpoints",
                    new { url = "https://8.8.8.8/events", events = new[] { "call.ended" } });
                return (
                    $"event-endpoints/{made["endpointId"]}",
                    new { url = "https://8.8.8.8/events", events = new[] { "call.missed" }, enabled = false },
                    (string)made["endpoint"]!["etag"]!);
            case "PutWrapUp":
                var call = $"calls/{await demo.Host.RingAsync(demo.Ana, "88120003", action: "callEnd")}/wrap-up";
                var (_, wrapUp) = await PutAsync(demo.Ana, call, new { outcome = "attended", notes = "Una" });
                return (call, new { outcome = "attended", notes = "Otra" }, (string)wrapUp!["etag"]!);
            case "PutPromise":
                var promised = await demo.Host.RingAsync(demo.Ana, "88120004", action: "callEnd");
                await PutAsync(demo.Ana, $"calls/{promised}/wrap-up", new
                {
                    outcome = "promise-to-pay",
                    promise = new { amount = 100, currency = "CRC", dueAt = DateTimeOffset.UtcNow.AddDays(3) },
                });
                var promise = (await demo.Ana.GetItemsAsync("/api/promises"))
                    .Single(each => (string?)each["callId"] == promised);
                return ($"promises/{promise["promiseId"]}", new { state = "kept" }, (string)promise["etag"]!);
            default:
                throw new InvalidOperationException($"Say here how {function} is tried.");
        }
    }

    private static async Task<JsonNode> MadeAsync(HttpClient client, string path, object body)
    {
        var (status, made) = await client.SendJsonAsync(HttpMethod.Post, $"/api/{path}", body);
        status.ShouldBeInRange(200, 299, $"{made}");
        return made!;
    }

    private async Task<string> OfAsync(string path) => (string)(await demo.Admin.GetObjectAsync($"/api/{path}"))["etag"]!;

    private async Task<IReadOnlyList<string>> EntriesAsync() =>
        [.. (await demo.Admin.GetItemsAsync("/api/audit")).Select(entry => (string)entry["entryId"]!)];
}

public sealed class VersionTestsOnSqlite(DemoHost demo) : VersionTests(demo), IClassFixture<DemoHost>;

public sealed class VersionTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : VersionTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
