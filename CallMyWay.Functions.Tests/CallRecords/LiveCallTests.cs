using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>Calls that go on and whose start was lost, from the simulator's list through the whole host.</summary>
public abstract class LiveCallTests(TestStorage storage)
{
    private static readonly string[] On = ["--CallMyWay:LiveCallsPath", RecordDesk.LiveCallsPath];

    [SkippableFact]
    public async Task A_Call_Whose_Start_Was_Lost_Rings_At_Its_Agent_And_Its_Record_Closes_It()
    {
        await using var desk = await RecordDesk.StartAsync(storage, On);
        var luis = await desk.Desk.SignInAsync("luis");
        var screen = await desk.Desk.ScreenAsync(luis);
        var callId = await BeginAsync(desk, "live-1", notify: false);
        (await desk.Admin.ReadAsync($"/api/calls/{callId}")).ShouldBeNull();

        await desk.PullAsync();

        var popUp = (await screen.NextOfAsync(callId)).PopUp;
        (popUp.Text("state"), popUp.Text("endpointId")).ShouldBe(("ringing", "1002"));
        var live = await desk.ReadAsync(callId);
        Sources(live).ShouldBe(["live"]);
        (live.Text("state"), live.Text("direction"), live.Text("agentId")).ShouldBe(("ringing", "in", "luis"));
        live.GetProperty("number").Text("e164").ShouldBe("+50688881234");
        live.GetProperty("contactName").GetString().ShouldNotBeNull();

        await desk.Desk.PostAsync($"hangup/{callId}", new { });
        await desk.PullAsync();

        var over = await desk.ReadAsync(callId);
        Sources(over).ShouldBe(["live", "record"]);
        over.Text("state").ShouldBe("ended");
        (await luis.ItemsAsync("/api/live-calls")).ShouldBeEmpty();
        (await desk.Admin.ItemsAsync("/api/calls")).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task A_Call_That_Is_Known_Stays_As_It_Is()
    {
        await using var desk = await RecordDesk.StartAsync(storage, On);
        var notified = await BeginAsync(desk, "live-2", notify: true);
        var found = await BeginAsync(desk, "live-3", notify: false, from: "88885678");
        var known = (await desk.ReadAsync(notified)).Text("etag");
        await desk.PullAsync();
        var first = (await desk.ReadAsync(found)).Text("etag");

        await desk.PullAsync();
        // What was queued before this is worked on by then.
        var after = await BeginAsync(desk, "live-4", notify: true, from: "88880004");
        await desk.ReadAsync(after);

        Sources(await desk.ReadAsync(notified)).ShouldBe(["webhook"]);
        (await desk.ReadAsync(notified)).Text("etag").ShouldBe(known);
        (await desk.ReadAsync(found)).Text("etag").ShouldBe(first);
    }

    [SkippableFact]
    public async Task A_Call_That_Is_Notified_After_All_Is_One_Call_And_Says_So()
    {
        await using var desk = await RecordDesk.StartAsync(storage, On);
        var callId = await BeginAsync(desk, "live-5", notify: false);
        await desk.PullAsync();
        Sources(await desk.ReadAsync(callId)).ShouldBe(["live"]);

        await desk.NotifyAsync(DemoHost.Notification(
            "callEnd",
            callId,
            ("endpoint_id", "1002"),
            ("dnis", "40001002"),
            // After its ring: an end before it would be that of an earlier one.
            ("disconnect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow.AddSeconds(5)))));

        (await desk.HeardAsync(callId)).Text("agentId").ShouldBe("luis");
        Sources(await desk.ReadAsync(callId)).ShouldBe(["webhook"]);
        (await desk.Admin.ItemsAsync("/api/calls")).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task A_List_That_Cannot_Be_Read_Hurts_No_Record_And_Has_An_Error_Of_Its_Own()
    {
        await using var desk = await RecordDesk.StartAsync(storage, "--CallMyWay:LiveCallsPath", "/nothing-here.php");
        var callId = await desk.CallAsync(
            new { from = "88881234", to = "1002", type = "in", ringSeconds = 0, talkSeconds = 1, notify = false });

        await desk.PullAsync();

        Sources(await desk.ReadAsync(callId)).ShouldBe(["record"]);
        var state = await desk.StateAsync();
        state.TryGetProperty("lastError", out _).ShouldBeFalse();
        state.GetProperty("watermark").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-2));
        var error = state.GetProperty("liveError");
        (error.Text("result"), error.GetProperty("status").GetInt32()).ShouldBe(("refused", 404));
        error.Text("detail").ShouldNotBeNull().ShouldContain("CallMyWay:LiveCallsPath");
        var since = state.GetProperty("liveFailingSince").GetDateTimeOffset();

        await desk.PullAsync();
        (await desk.StateAsync()).GetProperty("liveFailingSince").GetDateTimeOffset().ShouldBe(since);
    }

    [SkippableFact]
    public async Task Without_The_Setting_Nothing_Is_Asked_For()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var callId = await BeginAsync(desk, "live-6", notify: false);

        await desk.PullAsync();
        var after = await BeginAsync(desk, "live-7", notify: true, from: "88880007");
        await desk.ReadAsync(after);

        (await desk.Admin.ReadAsync($"/api/calls/{callId}")).ShouldBeNull();
        (await desk.StateAsync()).TryGetProperty("liveError", out _).ShouldBeFalse();
    }

    /// <summary>A call that begins now and goes on when this returns.</summary>
    private static async Task<string> BeginAsync(
        RecordDesk desk, string callId, bool notify, string from = "88881234")
    {
        await desk.Desk.PostAsync(
            "calls", new { callId, from, to = "1002", type = "in", ringSeconds = 600, talkSeconds = 1, notify });
        await Eventually.TrueAsync(async () => (await desk.Desk.Operator.GetStringAsync(
            $"{RecordDesk.LiveCallsPath}?username={DemoHost.Account}&password=demo")).Contains($"\"{callId}\""));
        return callId;
    }

    private static IEnumerable<string?> Sources(JsonElement call) =>
        call.GetProperty("sources").EnumerateArray().Select(source => source.GetString());
}

public sealed class LiveCallTestsOnSqlite() : LiveCallTests(TestStorage.Sqlite);

public sealed class LiveCallTestsOnAzurite() : LiveCallTests(TestStorage.AzuriteInTheLongRun);
