using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>A phone that is mapped later, through the whole host: its earlier calls become its agent's.</summary>
public abstract class EarlierCallTieTests(TestStorage storage)
{
    [SkippableFact]
    public async Task The_Earlier_Calls_Of_A_Phone_Become_Its_Agents_Whoever_Told_Of_Them()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var mappings = await desk.Admin.ItemsAsync("/api/mappings");
        foreach (var mapping in mappings)
        {
            (await desk.Admin.AskAsync(HttpMethod.Delete, $"/api/mappings/{mapping.Text("endpointId")}"))
                .Status.ShouldBe(HttpStatusCode.NoContent);
        }

        var notified = await desk.CallAsync(
            new { from = "88881234", to = "1002", type = "in", ringSeconds = 0, talkSeconds = 1 });
        await desk.HeardAsync(notified);
        var recorded = await desk.CallAsync(
            new { from = "1002", to = "88885678", type = "out", ringSeconds = 0, talkSeconds = 1, notify = false });
        var old = await desk.CallAsync(new
        {
            from = "88889999",
            to = "1002",
            type = "in",
            ringSeconds = 5,
            talkSeconds = 20,
            notify = false,
            at = DateTimeOffset.UtcNow.AddHours(-30),
        });
        var others = await desk.CallAsync(
            new { from = "88881234", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 1 });
        await desk.HeardAsync(others);
        await desk.PullAsync();
        await desk.Admin.AskAsync(
            HttpMethod.Post,
            "/api/call-records/backfill",
            new
            {
                account = DemoHost.Account,
                from = DateTimeOffset.UtcNow.AddHours(-40).ToString("O"),
                to = DateTimeOffset.UtcNow.AddHours(-20).ToString("O"),
            });
        string[] own = [notified, recorded, old];
        foreach (var callId in own)
        {
            (await desk.ReadAsync(callId)).Text("agentId").ShouldBeNull();
        }

        var (status, _) = await desk.Admin.AskAsync(
            HttpMethod.Put,
            "/api/mappings/1002",
            new { agentId = "luis", phone = mappings.Single(each => each.Text("endpointId") == "1002").Text("phone") });

        status.ShouldBe(HttpStatusCode.Created);
        JsonElement tie = default;
        await Eventually.TrueAsync(
            // Each mapping that was deleted has a job too.
            async () => (tie = (await desk.Admin.ItemsAsync("/api/mapping-ties"))
                .Single(each => each.Text("agentId") is not null)).Text("state") == "done",
            () => $"the end of the job {tie}");
        (tie.Text("endpointId"), tie.Text("agentId"), tie.Text("createdBy")).ShouldBe(("1002", "luis", "admin"));
        (tie.GetProperty("calls").GetInt32(), tie.GetProperty("tied").GetInt32()).ShouldBe((4, 3));
        tie.GetProperty("reachedAt").GetDateTimeOffset().ShouldBeLessThan(DateTimeOffset.UtcNow.AddHours(-29));
        foreach (var callId in own)
        {
            (await desk.ReadAsync(callId)).Text("agentId").ShouldBe("luis");
        }

        (await desk.ReadAsync(others)).Text("agentId").ShouldBeNull();
        var luis = await desk.Desk.SignInAsync("luis");
        (await luis.ItemsAsync($"/api/calls?from={DateTimeOffset.UtcNow.AddDays(-3):yyyy-MM-dd}"))
            .Select(call => call.Text("callId")).Order().ShouldBe(own.Order());
        (await luis.ItemsAsync("/api/pop-ups")).ShouldBeEmpty();
        (await luis.AskAsync(HttpMethod.Get, "/api/mapping-ties")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}

public sealed class EarlierCallTieTestsOnSqlite() : EarlierCallTieTests(TestStorage.Sqlite);

public sealed class EarlierCallTieTestsOnAzurite() : EarlierCallTieTests(TestStorage.Azurite);
