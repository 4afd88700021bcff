using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Queues;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>What callers get while the storage does not answer: a clear 503, and above all no ack.</summary>
public sealed class StorageDownTests
{
    [SkippableFact]
    public async Task A_Service_That_Is_Busy_For_A_Moment_Costs_The_Caller_A_Moment()
    {
        await using var storage = await FlakyStorage.StartAsync();
        await using var host = await StartAsync(storage);
        using var admin = await host.SignInAsync("admin");
        var left = 2;
        storage.Fail(request => request.Method == "POST" && request.Path.Value!.Contains("call-events/messages", StringComparison.Ordinal) && Interlocked.Decrement(ref left) >= 0 ? (503, "ServerBusy") : null);

        using var answer = await NotifyAsync(host, "busy-1");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        storage.Failed.ShouldBe(2);
        await Eventually.TrueAsync(async () => await admin.ReadAsync("/api/calls/busy-1") is not null);
    }

    [SkippableTheory]
    [InlineData(503, "ServerBusy", "busy or down (503 ServerBusy)")]
    // An identity whose token ran out, or whose role was taken away.
    [InlineData(403, "AuthenticationFailed", "may not be used by this identity or key (AuthenticationFailed)")]
    public async Task While_A_Service_Is_Down_Nothing_Is_Acked_And_All_Is_Well_After_It(int status, string code, string words)
    {
        await using var storage = await FlakyStorage.StartAsync();
        await using var host = await StartAsync(storage);
        using var admin = await host.SignInAsync("admin");
        storage.Fail(status, code);

        // At once, as each takes the client library's own tries. What can't be read can't be kept either now: that is no refusal yet.
        using var nobody = host.Anonymous();
        var health = nobody.GetAsync("/api/health");
        foreach (var answer in await Task.WhenAll(NotifyAsync(host, "down-1"), nobody.PostAsync(host.Webhook, new StringContent("nonsense")), admin.GetAsync("/api/calls")))
        {
            await ShouldBeUnavailableAsync(answer);
            answer.Dispose();
        }

        (await health).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        host.Log.Entries(LogLevel.Error).ShouldContain(entry => entry.Contains(words, StringComparison.Ordinal));

        storage.Recover();
        using (var answer = await NotifyAsync(host, "down-1"))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await Eventually.TrueAsync(async () => await admin.ReadAsync("/api/calls/down-1") is not null);
        (await admin.ItemsAsync("/api/poison")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Table_That_Is_Just_Being_Deleted_Keeps_The_Host_From_Starting_And_It_Says_So()
    {
        await using var storage = await FlakyStorage.StartAsync();
        storage.Fail(request => request.Method == "POST" && request.Path.Value!.EndsWith("/Tables", StringComparison.Ordinal) ? (409, "TableBeingDeleted") : null);

        var failure = await Should.ThrowAsync<StorageException>(() => StartAsync(storage));

        StartException.Explain(failure).ShouldNotBeNull().ShouldContain("409 TableBeingDeleted");
        failure.IsUnavailable.ShouldBeFalse();
    }

    [SkippableFact]
    public async Task What_Is_There_Already_Is_No_Trouble_At_The_Next_Start()
    {
        await using var storage = await FlakyStorage.StartAsync();
        await (await StartAsync(storage)).DisposeAsync();
        await using var host = await StartAsync(storage);

        using var answer = await NotifyAsync(host, "again-1");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_The_Disk_Is_Full_Nothing_Is_Acked_And_All_Is_Well_After_It()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        using var admin = await host.SignInAsync("admin");
        await LimitAsync(host, 1);

        // Some pages that are in the file already take the first of them.
        HttpResponseMessage answer;
        var sent = 0;
        while ((answer = await NotifyAsync(host, $"full-{++sent}", new string('x', 12_000))).StatusCode == HttpStatusCode.OK && sent < 200)
        {
            answer.Dispose();
        }

        await ShouldBeUnavailableAsync(answer);
        answer.Dispose();
        host.Log.Entries(LogLevel.Error).ShouldContain(entry => entry.Contains("full", StringComparison.Ordinal));
        await HealthAsync(host, HttpStatusCode.ServiceUnavailable);

        await LimitAsync(host, 1_000_000);
        await HealthAsync(host, HttpStatusCode.OK);
        (await NotifyAsync(host, $"full-{sent}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var i = 1; i <= sent; i++)
        {
            var callId = $"full-{i}";
            await Eventually.TrueAsync(async () => await admin.ReadAsync($"/api/calls/{callId}") is not null, () => callId);
        }

        // SQLite's own way of having no room.
        static Task LimitAsync(TestHost host, int pages) => host.Get<SqliteDatabase>().Writer.WriteAsync(WriteLane.Rows, writer =>
        {
            writer.Session.Scalar($"PRAGMA max_page_count={pages}");
            return true;
        });
    }

    [Fact]
    public async Task While_The_Disk_Hangs_In_A_Checkpoint_The_Health_Page_And_The_Log_Say_So()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        var database = host.Get<SqliteDatabase>();
        using var disk = new ManualResetEventSlim();
        var run = database.Checkpoints.Run;
        database.Checkpoints.Run = () =>
        {
            disk.Wait();
            return run();
        };
        try
        {
            // A first piece begins a checkpoint. With the second the log is as long as it may get.
            await WriteAsync(10);
            await WriteAsync(40);

            using var nobody = host.Anonymous();
            foreach (var answer in await Task.WhenAll(nobody.GetAsync("/api/health"), nobody.GetAsync("/api/health")))
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
                (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("reason").ShouldBe("storageSilent");
                answer.Dispose();
            }

            Errors("does not finish a checkpoint").ShouldBe(1);
            Errors("has not answered a write").ShouldBe(1);
        }
        finally
        {
            disk.Set();
        }

        await HealthAsync(host, HttpStatusCode.OK);

        Task<bool> WriteAsync(int megabytes) => database.Writer.WriteAsync(WriteLane.Rows, writer =>
        {
            writer.Session.Execute("CREATE TABLE IF NOT EXISTS large (x)");
            writer.Session.Execute($"INSERT INTO large VALUES (zeroblob({megabytes * 1024 * 1024}))");
            return true;
        });

        int Errors(string words) => host.Log.Entries(LogLevel.Error)
            .Count(entry => entry.Contains(words, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Once_The_Data_Folder_Is_Removed_Nothing_Is_Acked_And_The_Health_Page_Says_So()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows lets nobody remove an open file.");
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        using var nobody = host.Anonymous();
        await HealthAsync(host, HttpStatusCode.OK);
        Directory.Delete(host.DataPath, recursive: true);

        for (var i = 0; i < 20; i++)
        {
            using var answer = await NotifyAsync(host, $"gone-{i}");
            await ShouldBeUnavailableAsync(answer);
        }

        await HealthAsync(host, HttpStatusCode.ServiceUnavailable);
        host.Log.Entries(LogLevel.Critical).ShouldHaveSingleItem().ShouldContain(Path.Combine(host.DataPath, SqliteDatabase.FileName));
        await host.App.StopAsync();
        Directory.Exists(host.DataPath).ShouldBeFalse("an empty office in its place would hide the loss");
        // For the host's own end.
        Directory.CreateDirectory(host.DataPath);
    }

    // By the first an identity may read the queue and not send; by the second it may send and not delete.
    [SkippableTheory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task A_Queue_That_Alone_Refuses_Messages_Is_Told_By_The_Health_Page(string method)
    {
        await using var storage = await FlakyStorage.StartAsync();
        await using var host = await StartAsync(storage);
        await HealthAsync(host, HttpStatusCode.OK);
        (await WaitingAsync(host)).ShouldBe(0, "what the health page sends is taken back");

        storage.Fail(request => request.Method == method
            && request.Path.Value!.Contains("call-events/messages", StringComparison.Ordinal)
            ? (403, "AuthorizationPermissionMismatch") : null);
        await HealthAsync(host, HttpStatusCode.ServiceUnavailable);
        host.Log.Entries(LogLevel.Error)
            .ShouldContain(entry => entry.Contains("AuthorizationPermissionMismatch", StringComparison.Ordinal));

        storage.Recover();
        await HealthAsync(host, HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task A_Queue_That_Was_Deleted_Is_Told_By_The_Health_Page()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Azurite);
        await HealthAsync(host, HttpStatusCode.OK);

        await host.Get<QueueServiceClient>().DeleteQueueAsync(StorageNames.CallEvents);

        await HealthAsync(host, HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_Queue_That_Alone_Refuses_Messages_Is_Told_By_The_Health_Page_Of_A_Data_Folder()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        await HealthAsync(host, HttpStatusCode.OK);

        await ExecuteAsync(
            host,
            "CREATE TRIGGER refuse BEFORE INSERT ON \"queue_call-events\" BEGIN SELECT RAISE(ABORT, 'refused'); END");
        using (var refused = await NotifyAsync(host, "refused-1"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.InternalServerError, "this does not pass by itself");
        }

        await HealthAsync(host, HttpStatusCode.ServiceUnavailable);
        await ExecuteAsync(host, "DROP TRIGGER refuse");
        await HealthAsync(host, HttpStatusCode.OK);

        static Task ExecuteAsync(TestHost host, string sql) => host.Get<SqliteDatabase>().Writer.WriteAsync(
            WriteLane.Rows,
            writer =>
            {
                writer.Session.Execute(sql);
                return true;
            });
    }

    [SkippableFact]
    public async Task A_Probe_That_Could_Not_Be_Taken_Back_Is_No_Notification()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        using var admin = await host.SignInAsync("admin");
        await host.Get<IQueue>().SendAsync(StorageNames.CallEvents, IQueueAdmin.ProbeBody, null, default);

        using (var answer = await NotifyAsync(host, "after-1"))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await Eventually.TrueAsync(async () => await admin.ReadAsync("/api/calls/after-1") is not null
            && (await host.Get<IQueueAdmin>().StateAsync(StorageNames.CallEvents, default)).OldestSince is null);
        host.Log.Entries(LogLevel.Warning).ShouldBeEmpty();
        (await admin.ItemsAsync("/api/refused-events")).ShouldBeEmpty();
    }

    [Fact]
    public async Task However_Many_Ask_For_The_Health_The_Storage_Is_Written_Once()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { Time = new FakeTimeProvider(DateTimeOffset.UtcNow) });
        using var nobody = host.Anonymous();
        (await nobody.GetAsync("/api/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var before = host.Get<SqliteDatabase>().CommitCount.Writes;

        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => nobody.GetAsync("/api/health"))))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        // The pumps of a demo at rest claim what is not there each second of a clock that stands.
        host.Get<SqliteDatabase>().CommitCount.Writes.ShouldBeLessThan(before + 50);
        (await host.Get<ITables>()[StorageNames.Agents].GetAsync("health", "health", default)).ShouldBeNull();
    }

    /// <summary>What the health page says, once the answer of a moment ago is forgotten.</summary>
    private static async Task HealthAsync(TestHost host, HttpStatusCode expected)
    {
        using var nobody = host.Anonymous();
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await nobody.GetAsync("/api/health");
                return answer.StatusCode == expected;
            },
            () => $"the health page to answer {expected}");
    }

    /// <summary>How many messages the queue holds, hidden ones among them.</summary>
    private static async Task<int> WaitingAsync(TestHost host) =>
        (await host.Get<QueueServiceClient>().GetQueueClient(StorageNames.CallEvents).GetPropertiesAsync())
            .Value.ApproximateMessagesCount;

    private static async Task ShouldBeUnavailableAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromSeconds(10));
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.Text("title").ShouldBe("El almacenamiento no responde");
    }

    private static Task<TestHost> StartAsync(FlakyStorage storage) =>
        TestHost.StartAsync(TestStorage.Sqlite, new() { Settings = ["--Storage", "azure", "--AzureWebJobsStorage", storage.ConnectionString, "--Queues:RetryDelay", "00:00:01"] });

    private static async Task<HttpResponseMessage> NotifyAsync(TestHost host, string callId, string filler = "")
    {
        using var nobody = host.Anonymous();
        return await nobody.PostAsJsonAsync(host.Webhook, DemoHost.Notification("callStart", callId, ("filler", filler)));
    }
}
