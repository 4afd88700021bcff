using System.Text.Json.Nodes;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.SignIn;

namespace CallMyWay.Functions.Tests.FirstSteps;

/// <summary>What an empty installation still needs is worked out by what is there.</summary>
public abstract class FirstStepsTests(TestStorage storage) : IAsyncLifetime
{
    private const string Path = "/api/first-steps";

    private TestHost _host = null!;

    private HttpClient _eva = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage, new()
        {
            Demo = false,
            Settings =
            [
                "--CallMyWay:Accounts:0:Username", "8000001",
                "--Webhook:Keys:0", "demo-key-0000000000000000",
            ],
        });
        _eva = _host.Browser();
        (await _eva.SendJsonAsync(HttpMethod.Post, "/api/setup", new
        {
            token = _host.Get<Setup>().Token,
            agentId = "eva",
            name = "Eva Mora",
            password = Password,
        })).Status.ShouldBeInRange(200, 204);
        (await _eva.SendJsonAsync(HttpMethod.Post, "/api/session", new { agent = "eva", password = Password }))
            .Status.ShouldBe(204);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task Each_Step_Is_Done_Once_What_It_Asks_For_Is_There()
    {
        (await OpenAsync()).ShouldBe(["account", "webhook", "people", "phones", "contacts", "call"]);
        (await LandsAsync()).ShouldBeTrue();

        // A call of a phone that is nobody's yet.
        await RingAsync("first");
        await Eventually.TrueAsync(async () => !(await OpenAsync()).Contains("webhook"));
        (await _eva.SendJsonAsync(HttpMethod.Put, "/api/agents/ana", new
        {
            name = "Ana",
            signInName = "ana",
            roles = new[] { "agent" },
            language = "es",
        })).Status.ShouldBe(201);
        (await _eva.SendJsonAsync(HttpMethod.Put, "/api/mappings/1001", new { agentId = "ana", account = "8000001" }))
            .Status.ShouldBe(201);
        (await _eva.SendJsonAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Rosa", numbers = new[] { "88881234" } })).Status.ShouldBe(201);
        (await OpenAsync()).ShouldBe(["account", "call"], "the earlier call was on nobody's screen");

        await RingAsync("second");
        await Eventually.TrueAsync(async () => !(await OpenAsync()).Contains("call"));
        await ForgetNotificationsAsync();
        (await OpenAsync()).ShouldBe(["account"], "the call is one that a notification told of");
        (await LandsAsync()).ShouldBeTrue("an account is untested");

        var (status, skipped) = await _eva.SendJsonAsync(HttpMethod.Put, Path, new { skipped = new[] { "account" } });
        (status, (bool)skipped!["done"]!).ShouldBe((200, true));
        (await LandsAsync()).ShouldBeFalse();
        ((bool)(await _eva.GetObjectAsync(Path))["hidden"]!).ShouldBeTrue("what was done once is not asked for again");
    }

    [SkippableFact]
    public async Task It_Can_Be_Hidden_And_Others_Have_None()
    {
        (await _eva.SendJsonAsync(HttpMethod.Put, Path, new { hidden = true })).Status.ShouldBe(200);
        (await LandsAsync()).ShouldBeFalse();
        (await OpenAsync()).Count.ShouldBe(6, "it is still there to go on");
        (await _eva.SendJsonAsync(HttpMethod.Put, Path, new { skipped = new[] { "3" } })).Status.ShouldBe(400);
    }

    /// <summary>As an upgraded office: an earlier release did not note when a key was used.</summary>
    private async Task ForgetNotificationsAsync()
    {
        var table = _host.Get<ITables>()[StorageNames.WebhookUse];
        foreach (var row in await table.ReadAsync(new RowRange("key"), default))
        {
            await table.DeleteAsync(row.Partition, row.Key, null, default);
        }
    }

    private const string Password = "una clave larga y rara";

    private async Task RingAsync(string callId)
    {
        using var nobody = _host.Anonymous();
        using var content = new StringContent(
            new JsonObject
            {
                ["action"] = "callStart",
                ["data"] = new JsonObject
                {
                    ["callid"] = callId,
                    ["account_id"] = "8000001",
                    ["endpoint_id"] = "1001",
                    ["ani"] = "88881234",
                    ["dnis"] = "1001",
                    ["type"] = "in",
                    ["detect_time"] = DemoHost.OperatorTime(DateTimeOffset.UtcNow),
                },
            }.ToJsonString(),
            System.Text.Encoding.UTF8,
            "application/json");
        using var response = await nobody.PostAsync(_host.Webhook, content);
        response.EnsureSuccessStatusCode();
    }

    private async Task<IReadOnlyList<string>> OpenAsync() =>
    [
        .. ((JsonArray)(await _eva.GetObjectAsync(Path))["steps"]!)
            .Where(step => (string?)step!["state"] == "open")
            .Select(step => (string)step!["step"]!),
    ];

    private async Task<bool> LandsAsync() => (bool?)(await _eva.GetObjectAsync("/api/me"))["firstSteps"] == true;
}

public sealed class FirstStepsTestsOnSqlite() : FirstStepsTests(TestStorage.Sqlite);

public sealed class FirstStepsTestsOnAzurite() : FirstStepsTests(TestStorage.AzuriteInTheLongRun);
