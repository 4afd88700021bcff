using System.Net;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Status;

/// <summary>The status, and what an administrator does with refused notifications, on a whole host.</summary>
public abstract class StatusTests(TestStorage storage) : IAsyncLifetime
{
    private TestHost _host = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        // Of two accounts nobody knows whose a notification is that names neither.
        _host = await TestHost.StartAsync(storage, new()
        {
            Settings =
            [
                "--CallMyWay:Accounts:0:Username", DemoHost.Account, "--CallMyWay:Accounts:1:Username", "8000002",
                "--Queues:RetryDelay", "00:00:00",
            ],
        });
        _admin = await _host.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);

    [SkippableFact]
    public async Task Each_Part_Says_How_It_Is_And_What_To_Do()
    {
        using var ana = await _host.SignInAsync("ana");
        await using var screen = await TestScreen.OpenAsync(_host, ana);
        await _host.RingAsync(ana, "88881234");

        await Eventually.TrueAsync(async () => (await StatusAsync()).GetProperty("webhook").Text("lastAt") is not null);
        var status = await StatusAsync();

        status.GetProperty("webhook").Text("state").ShouldBe("good");
        status.GetProperty("storage").Text("state").ShouldBe("good");
        status.Text("version").ShouldNotBeNullOrEmpty();
        status.GetProperty("records").EnumerateArray().Select(part => part.Text("account"))
            .ShouldBe([DemoHost.Account, "8000002"]);
        // The tests turn the pull off.
        var off = status.GetProperty("records")[0];
        (off.Text("state"), off.Text("advice")!.Contains("CallRecords:Enabled", StringComparison.Ordinal))
            .ShouldBe(("warning", true));
        status.GetProperty("queues").EnumerateArray().Select(part => part.Text("name")).ShouldBe(StorageNames.Queues);
        status.GetProperty("queues").EnumerateArray().ShouldAllBe(part => part.Text("state") == "good");
        status.GetProperty("screens").GetProperty("connected").GetInt32().ShouldBe(1);
        status.GetProperty("reconciliation").GetArrayLength().ShouldBe(2);
        status.GetProperty("disk").GetProperty("freeBytes").GetInt64()
            .ShouldBeInRange(1, status.GetProperty("disk").GetProperty("totalBytes").GetInt64());
        status.GetProperty("disk").TryGetProperty("databaseBytes", out _)
            .ShouldBe(storage == TestStorage.Sqlite, "the database is a file of the host only on SQLite");
        status.Text("state").ShouldNotBe("good");
        var english = (await _admin.AskAsync(HttpMethod.Get, "/api/status", language: "en")).Body;
        english.GetProperty("records")[0].Text("advice").ShouldNotBeNull().ShouldStartWith("The records");
    }

    [SkippableFact]
    public async Task A_Message_That_Was_Set_Aside_Is_What_Is_Wrong()
    {
        await _host.Get<IQueue>().SendAsync(StorageNames.CallEvents, "no notification", null, default);

        await Eventually.TrueAsync(
            async () => (await StatusAsync()).GetProperty("queues")[0].GetProperty("poison").GetInt32() == 1);

        var status = await StatusAsync();
        (status.Text("state"), status.GetProperty("queues")[0].Text("state")).ShouldBe(("bad", "bad"));
    }

    [SkippableFact]
    public async Task A_Refused_Notification_Is_Retried_Once_Its_Cause_Is_Put_Right()
    {
        await NotifyAsync("""{"action":"callStart","data":{"callid":"again-1","account_id":"foreign","endpoint_id":"5005","ani":"88881234","dnis":"5005","type":"in"}}""");
        var kept = await RefusedAsync();
        (await StatusAsync()).GetProperty("refused").GetProperty("lastDay").GetInt32().ShouldBe(1);
        var reference = kept.Text("reference");

        (await _admin.AskAsync(HttpMethod.Put, "/api/mappings/5005", new { agentId = "ana", account = DemoHost.Account })).Status
            .ShouldBe(HttpStatusCode.Created);
        (await _admin.AskAsync(HttpMethod.Post, $"/api/refused-events/{reference}/replay")).Status
            .ShouldBe(HttpStatusCode.NoContent);

        await Eventually.TrueAsync(async () => await _admin.ReadAsync("/api/calls/again-1") is not null);
        (await _admin.ItemsAsync("/api/refused-events")).ShouldBeEmpty();
        (await _admin.AskAsync(HttpMethod.Post, $"/api/refused-events/{reference}/replay")).Status
            .ShouldBe(HttpStatusCode.NotFound);
        (await _admin.ItemsAsync("/api/audit?what=refused")).ShouldHaveSingleItem().Text("what").ShouldBe("refused.replayed");
    }

    [SkippableFact]
    public async Task What_Can_Still_Not_Be_Read_Is_Not_Sent_Again_And_Is_Deleted_With_A_Trace()
    {
        await NotifyAsync("{\"action\":\"callStart\",");
        var kept = await RefusedAsync();
        var path = $"/api/refused-events/{kept.Text("reference")}";

        var (status, problem) = await _admin.AskAsync(HttpMethod.Post, $"{path}/replay");
        (status, problem.Text("title")).ShouldBe((HttpStatusCode.Conflict, "Este aviso no se puede reintentar"));
        (await RefusedAsync()).Text("id").ShouldBe(kept.Text("id"));

        (await _admin.AskAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _admin.AskAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _admin.ItemsAsync("/api/refused-events")).ShouldBeEmpty();
        (await _admin.ItemsAsync("/api/audit?what=refused.deleted")).ShouldHaveSingleItem()
            .GetProperty("before").Text("body").ShouldBe("{\"action\":\"callStart\",");
    }

    private async Task<JsonElement> StatusAsync() => (await _admin.ReadAsync("/api/status")).ShouldNotBeNull();

    private async Task<JsonElement> RefusedAsync()
    {
        await Eventually.TrueAsync(async () => (await _admin.ItemsAsync("/api/refused-events")).Count > 0);
        return (await _admin.ItemsAsync("/api/refused-events")).ShouldHaveSingleItem();
    }

    private async Task NotifyAsync(string body)
    {
        using var nobody = _host.Anonymous();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await nobody.PostAsync(_host.Webhook, content);
        ((int)answer.StatusCode).ShouldBeOneOf(200, 400);
    }
}

public sealed class StatusTestsOnSqlite() : StatusTests(TestStorage.Sqlite);

public sealed class StatusTestsOnAzurite() : StatusTests(TestStorage.AzuriteInTheLongRun);
