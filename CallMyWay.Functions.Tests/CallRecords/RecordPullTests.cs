using System.Collections.Concurrent;
using System.Text.Json;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>The operator's records reach their calls, from the simulator through the whole host.</summary>
public abstract class RecordPullTests(TestStorage storage)
{
    private static readonly string[] HaveLive = ["--CallMyWay:Accounts:0:RecordsHaveLive", "true"];

    [SkippableFact]
    public async Task A_Record_And_The_Notifications_Of_A_Call_Become_One_Call()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var callId = await desk.CallAsync(new { from = "1001", to = "88881234", type = "out", ringSeconds = 0, talkSeconds = 1 });
        var heard = await desk.HeardAsync(callId);
        Sources(heard).ShouldBe(["webhook"]);

        await desk.PullAsync();

        var call = await desk.ReadAsync(callId);
        Sources(call).ShouldBe(["webhook", "record"]);
        var record = call.GetProperty("record");
        record.Text("recordId").ShouldBe(callId);
        record.GetProperty("byLikeness").GetBoolean().ShouldBeFalse();
        record.Text("routeName").ShouldNotBeNullOrEmpty();
        call.GetProperty("cost").GetDecimal().ShouldBe(record.GetProperty("cost").GetDecimal());
        call.Text("agentId").ShouldBe("ana");
        (await desk.Admin.ItemsAsync("/api/calls")).Count.ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData("in", "88881234", "1002", "luis")]
    [InlineData("out", "1001", "88881234", "ana")]
    [InlineData("internal", "1001", "1002", "ana")]
    public async Task A_Call_That_Was_Never_Notified_Comes_With_Its_Record(string type, string from, string to, string agent)
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var callId = await desk.CallAsync(new { from, to, type, ringSeconds = 0, talkSeconds = 1, notify = false });

        await desk.PullAsync();

        var call = await desk.ReadAsync(callId);
        Sources(call).ShouldBe(["record"]);
        call.Text("direction").ShouldBe(type);
        call.Text("state").ShouldBe("ended");
        call.Text("agentId").ShouldBe(agent);
        if (type != "internal")
        {
            call.GetProperty("number").Text("e164").ShouldBe("+50688881234");
        }
    }

    [SkippableFact]
    public async Task A_Record_Of_A_Call_Under_Way_Does_Not_End_It()
    {
        await using var desk = await RecordDesk.StartAsync(storage, HaveLive);
        await BeginAsync(desk, "live-1", notify: true);
        await desk.ReadAsync("live-1");

        await desk.PullAsync();

        var live = await desk.ReadAsync("live-1");
        live.Text("state").ShouldNotBe("ended");
        Sources(live).ShouldBe(["webhook"]);
        await desk.Desk.PostAsync("hangup/live-1", new { });
        await desk.HeardAsync("live-1");
        await desk.PullAsync();
        var over = await desk.ReadAsync("live-1");
        Sources(over).ShouldBe(["webhook", "record"]);
        over.GetProperty("record").GetProperty("cost").GetDecimal().ShouldBe(over.GetProperty("cost").GetDecimal());
    }

    [SkippableFact]
    public async Task A_Call_Under_Way_That_Was_Never_Notified_Is_Not_Over_By_Its_Record_Which_Is_Taken_Later()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var settings = desk.Host.Get<AccountSettings>();
        (await settings.ChangeAsync(DemoHost.Account, [new("RecordsHaveLive", "false", "true")], default))
            .ShouldBe(SettingsChange.Made);
        await BeginAsync(desk, "live-2", notify: false);

        await desk.PullAsync();

        (await desk.Admin.ReadAsync("/api/calls/live-2")).ShouldBeNull();
        // What was left out is not known as taken: the same is taken where it closes the call.
        (await settings.ChangeAsync(DemoHost.Account, [new("RecordsHaveLive", "true", null)], default))
            .ShouldBe(SettingsChange.Made);
        await desk.PullAsync();
        (await desk.ReadAsync("live-2")).Text("state").ShouldBe("ended");
    }

    [SkippableTheory]
    [InlineData(10, "ringing")]
    [InlineData(16, "ended")]
    public async Task A_Call_Without_An_Answer_Whose_End_Was_Lost_Is_Closed_Once_None_Can_Ring(
        int minutes, string state)
    {
        await using var desk = await RecordDesk.StartAsync(storage, HaveLive);
        await desk.Desk.SetAsync("shape", new { recordsHaveLive = true });
        var at = DateTimeOffset.UtcNow.AddMinutes(-minutes);
        await desk.Desk.PostAsync("faults", new { drop = 1.0, seed = 1 });
        var callId = await desk.CallAsync(
            new { from = "88881234", to = "1001", type = "in", ringSeconds = 5, answered = false, at });
        await desk.NotifyAsync(DemoHost.Notification("callStart", callId, ("detect_time", DemoHost.OperatorTime(at))));
        (await desk.ReadAsync(callId)).Text("state").ShouldBe("ringing");

        await desk.PullAsync();

        (await desk.ReadAsync(callId)).Text("state").ShouldBe(state);
    }

    [SkippableFact]
    public async Task What_A_Power_Cut_May_Take_Of_Records_Is_Written_Before_The_Note_That_They_Are_Read()
    {
        var gate = new StorageGate();
        await using var desk = await RecordDesk.StartAsync(storage, gate);
        await desk.CallAsync(
            new { from = "1001", to = "88881234", type = "out", ringSeconds = 0, talkSeconds = 1, notify = false });
        var written = new ConcurrentQueue<(string Table, bool IsRepeatable)>();
        gate.Watch(operation =>
        {
            if (operation.Split(' ') is [not ("get" or "query" or "scan"), var table, ..])
            {
                written.Enqueue((table, RepeatableWrites.AreUnderWay));
            }
        });

        await desk.PullAsync();

        gate.Open();
        var writes = written.ToList();
        var calls = writes.FindLastIndex(write => write.Table is "calls" or "callindex");
        writes.Where(write => write.Table is "calls" or "callindex")
            .Select(write => write.IsRepeatable).Distinct().ShouldBe([true]);
        // A synced write takes all before it along.
        writes.FindLastIndex(write => write == ("recordpulls", false)).ShouldBeGreaterThan(calls);
        writes.ShouldNotContain(("recordpulls", true));
    }

    [SkippableFact]
    public async Task A_Record_With_Another_Id_Is_Joined_By_Likeness_And_Found_By_Its_Id_From_Then_On()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.Desk.SetAsync("shape", new { recordCallId = "prefixed" });
        var callId = await desk.CallAsync(new { from = "88881234", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 1 });
        await desk.HeardAsync(callId);

        await desk.PullAsync();

        var call = await desk.ReadAsync(callId);
        Sources(call).ShouldBe(["webhook", "record"]);
        call.GetProperty("record").GetProperty("byLikeness").GetBoolean().ShouldBeTrue();
        call.GetProperty("record").Text("recordId").ShouldBe($"cdr-{callId}");
        (await desk.Admin.ItemsAsync("/api/calls")).Count.ShouldBe(1);
        (await desk.ReadAsync($"cdr-{callId}")).Text("callId").ShouldBe(callId);
    }

    [SkippableFact]
    public async Task A_Notification_That_Comes_After_The_Record_With_Another_Id_Is_Of_The_Same_Call()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.Desk.SetAsync("shape", new { recordCallId = "prefixed" });
        var at = DateTimeOffset.UtcNow.AddMinutes(-2);
        var callId = await desk.CallAsync(new { from = "88881234", to = "1001", type = "in", ringSeconds = 5, talkSeconds = 30, at, notify = false });
        await desk.PullAsync();
        Sources(await desk.ReadAsync($"cdr-{callId}")).ShouldBe(["record"]);
        var detected = ("detect_time", (object?)DemoHost.OperatorTime(at));

        await desk.NotifyAsync(DemoHost.Notification("callStart", callId, detected));
        await desk.NotifyAsync(DemoHost.Notification(
            "callEnd",
            callId,
            detected,
            ("connect_time", DemoHost.OperatorTime(at.AddSeconds(5))),
            ("disconnect_time", DemoHost.OperatorTime(at.AddSeconds(35)))));

        await Eventually.TrueAsync(
            async () => (await desk.Admin.ReadAsync($"/api/calls/{callId}"))?.GetProperty("timeline").GetArrayLength() == 2);
        var call = await desk.ReadAsync(callId);
        Sources(call).ShouldBe(["webhook", "record"]);
        call.GetProperty("durationSeconds").GetInt32().ShouldBe(30);
        (await desk.Admin.ItemsAsync("/api/calls")).Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_Record_With_The_Prefix_Of_The_Settings_Is_Found_By_Its_Id()
    {
        await using var desk = await RecordDesk.StartAsync(storage, "--CallMyWay:Accounts:0:RecordIdPrefix", "cdr-");
        await desk.Desk.SetAsync("shape", new { recordCallId = "prefixed" });
        var callId = await desk.CallAsync(new { from = "88881234", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 1 });
        await desk.HeardAsync(callId);

        await desk.PullAsync();

        var call = await desk.ReadAsync(callId);
        call.GetProperty("record").GetProperty("byLikeness").GetBoolean().ShouldBeFalse();
        Sources(call).ShouldBe(["webhook", "record"]);
    }

    [SkippableFact]
    public async Task A_Call_Whose_End_Was_Lost_Is_Closed_By_Its_Record()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var at = DateTimeOffset.UtcNow.AddSeconds(-40);
        await desk.Desk.PostAsync("faults", new { drop = 1.0, seed = 1 });
        var callId = await desk.CallAsync(new { from = "88881234", to = "1001", type = "in", ringSeconds = 1, talkSeconds = 30, at });
        await desk.NotifyAsync(DemoHost.Notification("callStart", callId, ("detect_time", DemoHost.OperatorTime(at))));
        (await desk.ReadAsync(callId)).Text("state").ShouldBe("ringing");

        await desk.PullAsync();

        var call = await desk.ReadAsync(callId);
        call.Text("state").ShouldBe("ended");
        call.GetProperty("durationSeconds").GetInt32().ShouldBe(30);
        (await desk.Admin.ItemsAsync("/api/live-calls")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Both_Legs_Of_A_Click_Have_A_Record_And_Are_One_Call()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.Desk.SetAsync("shape", new { clickLegs = "two" });
        var ana = await desk.Desk.SignInAsync("ana");
        var (_, body) = await ClickDesk.ClickAsync(ana, new { number = "8888-1234" });
        var dial = await ClickDesk.DialAsync(ana, body.Text("dialId")!, "ended");

        await desk.PullAsync();

        var call = await desk.ReadAsync(dial.Text("callId")!);
        Sources(call).ShouldBe(["webhook", "record"]);
        call.GetProperty("records").GetArrayLength().ShouldBe(2);
        call.Text("match").ShouldBe("one");
        (await desk.Admin.ItemsAsync("/api/calls")).Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_Second_Pull_Changes_Nothing()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var callId = await desk.CallAsync(new { from = "88881234", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 0, notify = false });
        await desk.PullAsync();
        var before = await desk.ReadAsync(callId);

        await desk.PullAsync();

        (await desk.ReadAsync(callId)).Text("etag").ShouldBe(before.Text("etag"));
    }

    [SkippableFact]
    public async Task The_State_Tells_That_The_Operator_Refuses_And_Since_When()
    {
        await using var desk = await RecordDesk.StartAsync(storage, "--CallMyWay:Accounts:0:Password", "wrong");
        await desk.PullAsync();

        var state = await desk.StateAsync();

        state.Text("state").ShouldBe("failing");
        state.GetProperty("lastError").Text("result").ShouldBe("refused");
        state.GetProperty("lastError").GetProperty("status").GetInt32().ShouldBe(401);
        state.GetProperty("lastError").Text("title").ShouldBe("El operador rechaza el usuario o la contraseña");
        state.Text("failingSince").ShouldNotBeNull();
        desk.Host.Log.Entries().ShouldAllBe(entry => !entry.Contains("wrong", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task The_State_Tells_How_Far_The_Records_Are_Read()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        (await desk.StateAsync()).Text("watermark").ShouldBeNull();
        var before = DateTimeOffset.UtcNow;

        await desk.PullAsync();

        var state = await desk.StateAsync();
        state.GetProperty("watermark").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(before);
        state.Text("lastError").ShouldBeNull();
        state.GetProperty("secondsBehind").GetInt32().ShouldBeInRange(0, 60);
    }

    /// <summary>A call that is answered at once, goes on when this returns, and is among the records.</summary>
    private static async Task BeginAsync(RecordDesk desk, string callId, bool notify)
    {
        await desk.Desk.SetAsync("shape", new { recordsHaveLive = true });
        await desk.Desk.PostAsync(
            "calls",
            new
            {
                callId,
                from = "1001",
                to = "88881234",
                type = "out",
                ringSeconds = 0,
                talkSeconds = 600,
                answered = true,
                notify,
            });
        await Eventually.TrueAsync(async () => (await desk.Desk.Operator.GetStringAsync(
            $"{RecordDesk.LiveCallsPath}?username={DemoHost.Account}&password=demo")).Contains($"\"{callId}\""));
    }

    private static IEnumerable<string?> Sources(JsonElement call) =>
        call.GetProperty("sources").EnumerateArray().Select(source => source.GetString());
}

public sealed class RecordPullTestsOnSqlite() : RecordPullTests(TestStorage.Sqlite);

public sealed class RecordPullTestsOnAzurite() : RecordPullTests(TestStorage.AzuriteInTheLongRun);
