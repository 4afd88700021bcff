using System.Net;
using System.Net.Http.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>An account that is taken out of the settings: what is its own stays its own.</summary>
public abstract class FormerAccountTests(TestStorage storage) : IAsyncLifetime
{
    private const string Former = "8000002";

    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-former-").FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [SkippableFact]
    public async Task Its_Calls_Stay_Its_Own_In_Its_Currency_And_One_Under_Way_Stays_One()
    {
        await using (var host = await StartWithBothAsync())
        {
            using var admin = await host.SignInAsync("admin");
            await admin.AskAsync(HttpMethod.Put, "/api/mappings/2001", new { agentId = "ana", account = Former });
            await NotifyAsync(host, "callStart", "under-way", Former);
            await Eventually.TrueAsync(async () => await admin.ReadAsync("/api/calls/under-way") is not null);
        }

        await using var then = await StartAsync();
        using var their = await then.SignInAsync("admin");
        await NotifyAsync(then, "callEnd", "under-way", Former, ("cost", "1.50"));
        await NotifyAsync(then, "callStart", "next", "acc-2");
        await NotifyAsync(then, "callEnd", "next", "acc-2", ("cost", "1.50"));
        await NotifyAsync(then, "callStart", "alias", "never-listed");

        foreach (var callId in new[] { "under-way", "next" })
        {
            await Eventually.TrueAsync(async () =>
                (await their.ReadAsync($"/api/calls/{callId}"))?.Text("state") == "ended", () => callId);
            var call = (await their.ReadAsync($"/api/calls/{callId}")).ShouldNotBeNull();
            (call.Text("account"), call.Text("currency")).ShouldBe((Former, "USD"));
        }

        await Eventually.TrueAsync(async () => await their.ReadAsync("/api/calls/alias") is not null);
        (await their.ReadAsync("/api/calls/alias")).ShouldNotBeNull().Text("account").ShouldBe(DemoHost.Account);
        (await their.ItemsAsync("/api/calls")).Count.ShouldBe(3);
        var told = then.Log.Entries(LogLevel.Warning)
            .Where(entry => entry.StartsWith("Notifications name", StringComparison.Ordinal)).ToList();
        told.Count.ShouldBe(3);
        told.Count(entry => entry.Contains($"go on counting for the account {Former}")).ShouldBe(2);
    }

    [SkippableFact]
    public async Task Its_Last_Invoice_Can_Be_Entered_And_Its_Days_Be_Read()
    {
        await using (await StartWithBothAsync())
        {
        }

        await using var then = await StartAsync();
        using var their = await then.SignInAsync("admin");
        (await their.AskAsync(HttpMethod.Put, $"/api/statements/2026-01?account={Former}", new { invoiceTotal = 12.5 }))
            .Status.ShouldBe(HttpStatusCode.OK);
        var statement = (await their.ReadAsync($"/api/statements/2026-01?account={Former}")).ShouldNotBeNull();
        (statement.Text("account"), statement.Text("currency")).ShouldBe((Former, "USD"));
        (await their.AskAsync(HttpMethod.Get, $"/api/reconciliation?account={Former}")).Status.ShouldBe(HttpStatusCode.OK);
        (await their.AskAsync(HttpMethod.Get, $"/api/reconciliation/2026-01-05?account={Former}"))
            .Status.ShouldBe(HttpStatusCode.OK);
        (await their.AskAsync(HttpMethod.Post, $"/api/reconciliation/2026-01-05?account={Former}"))
            .Status.ShouldBe(HttpStatusCode.BadRequest, "the operator can't be asked any more");
        (await their.AskAsync(HttpMethod.Get, "/api/statements/2026-01?account=never-listed"))
            .Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private Task<TestHost> StartWithBothAsync() => StartAsync(
        "--CallMyWay:Accounts:1:Username", Former,
        "--CallMyWay:Accounts:1:AccountIds:0", "acc-2",
        "--CallMyWay:Accounts:1:Currency", "USD");

    private Task<TestHost> StartAsync(params string[] settings) => TestHost.StartAsync(storage, new()
    {
        DataPath = _folder,
        Settings = ["--CallMyWay:Accounts:0:Username", DemoHost.Account, .. settings],
    });

    private static async Task NotifyAsync(
        TestHost host, string action, string callId, string accountId, params (string, string?)[] more)
    {
        using var sender = host.Anonymous();
        using var response = await sender.PostAsJsonAsync(host.Webhook, DemoHost.Notification(
            action, callId, [("account_id", accountId), ("endpoint_id", "2001"), .. more]));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}

public sealed class FormerAccountTestsOnSqlite() : FormerAccountTests(TestStorage.Sqlite);

public sealed class FormerAccountTestsOnAzurite() : FormerAccountTests(TestStorage.Azurite);
