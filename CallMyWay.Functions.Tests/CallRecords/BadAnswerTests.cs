using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>Whatever the operator answers, no record is lost and none is counted twice.</summary>
public abstract class BadAnswerTests(TestStorage storage)
{
    [SkippableTheory]
    [InlineData("recordsHtml", "unreadable")]
    [InlineData("recordsEmpty", "unreadable")]
    [InlineData("recordsCut", "unreadable")]
    [InlineData("recordsText", "refused")]
    [InlineData("recordsRefused", "refused")]
    [InlineData("recordsError", "failed")]
    [InlineData("recordsAborted", "noAnswer")]
    public async Task The_Administrator_Is_Told_What_Is_Wrong_And_The_Next_Pull_Loses_Nothing(string fault, string result)
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var callId = await desk.CallAsync(Unnotified(1));
        await desk.Desk.PostAsync("faults", new Dictionary<string, object> { [fault] = true });

        await desk.PullAsync();

        var state = await desk.StateAsync();
        state.Text("state").ShouldBe("failing");
        state.GetProperty("lastError").Text("result").ShouldBe(result);
        state.GetProperty("lastError").Text("detail").ShouldNotBeNullOrEmpty();
        state.Text("watermark").ShouldBeNull();
        await desk.WithoutFaultsAsync();
        await desk.PullAsync();
        (await desk.ReadAsync(callId)).Text("state").ShouldBe("ended");
        (await desk.StateAsync()).Text("lastError").ShouldBeNull();
    }

    [SkippableFact]
    public async Task Records_On_Small_Pages_That_Shift_Come_Twice_And_Fail_In_Between_Are_Each_One_Call()
    {
        await using var desk = await RecordDesk.StartAsync(storage, "--CallMyWay:Accounts:0:RecordsPage", "8");
        await desk.Desk.SetAsync("shape", new { recordOrder = "newestFirst", maxRecords = 6 });
        await desk.PullAsync();
        var callIds = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            callIds.Add(await desk.CallAsync(Unnotified(i)));
        }

        await desk.Desk.PostAsync("faults", new { recordsError = 0.3, recordsCut = 0.2, recordsDouble = 0.4, seed = 7 });
        for (var i = 0; i < 30; i++)
        {
            await desk.PullAsync();
            if (i < 3)
            {
                callIds.Add(await desk.CallAsync(Unnotified(100 + i)));
            }
        }

        await desk.WithoutFaultsAsync();
        await desk.PullAsync();
        var calls = await desk.Admin.AllItemsAsync("/api/calls");
        calls.Select(call => call.Text("callId")!).ShouldBe(callIds, ignoreOrder: true);
    }

    [SkippableFact]
    public async Task Pages_With_Many_Records_Of_A_Few_Calls_Hide_None()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.Desk.SetAsync("shape", new { ringGroup = "hunt", maxRecords = 5 });
        var callIds = new List<string>();
        for (var i = 1; i <= 3; i++)
        {
            callIds.Add(await desk.CallAsync(Unnotified(i)));
        }

        // Each phone that they ring at has a record under the call's id: the second page has those of both alone.
        for (var i = 0; i < 2; i++)
        {
            callIds.Add(await desk.CallAsync(new
            {
                from = $"8888123{i}",
                to = "1001",
                type = "in",
                endpoints = new[] { "1001", "1002", "1003" },
                answeredBy = "1003",
                ringSeconds = 2,
                talkSeconds = 5,
                at = DateTimeOffset.UtcNow.AddMinutes(-6),
                notify = false,
            }));
        }

        callIds.Add(await desk.CallAsync(Unnotified(150)));

        await desk.PullAsync();
        await desk.PullAsync();

        var calls = await desk.Admin.AllItemsAsync("/api/calls");
        calls.Select(call => call.Text("callId")!).ShouldBe(callIds, ignoreOrder: true);
    }

    [SkippableFact]
    public async Task An_Operator_That_Ignores_Where_A_Page_Begins_Is_Told_And_Not_Asked_Without_End()
    {
        await using var desk = await RecordDesk.StartAsync(storage, "--CallMyWay:Accounts:0:RecordsPage", "4");
        await desk.PullAsync();
        var callIds = new List<string>();
        for (var i = 1; i <= 9; i++)
        {
            callIds.Add(await desk.CallAsync(Unnotified(i)));
        }

        await desk.Desk.SetAsync("shape", new { ignoresSkip = true, maxRecords = 4 });
        await desk.PullAsync();
        await desk.PullAsync();

        var state = await desk.StateAsync();
        state.Text("state").ShouldBe("failing");
        state.GetProperty("lastError").Text("result").ShouldBe("repeating");
        state.GetProperty("lastError").Text("detail").ShouldNotBeNull().ShouldContain("ini");
        await desk.Desk.SetAsync("shape", new { ignoresSkip = false, maxRecords = 4 });
        await desk.PullAsync();
        (await desk.StateAsync()).Text("lastError").ShouldBeNull();
        (await desk.Admin.AllItemsAsync("/api/calls")).Select(call => call.Text("callId")!)
            .ShouldBe(callIds, ignoreOrder: true);
    }

    [SkippableFact]
    public async Task A_Broken_Record_Is_Listed_With_Its_Reason_And_Others_Go_On()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.CallAsync(Unnotified(1));
        await desk.CallAsync(Unnotified(2));
        await desk.Desk.PostAsync("faults", new { recordsBroken = true });
        await desk.PullAsync();
        await desk.PullAsync();

        var aside = await desk.Admin.ItemsAsync("/api/aside-records");

        aside.Count.ShouldBe(2, "each is listed once, however often it comes");
        aside.ShouldAllBe(record => record.Text("reason")!.Length > 0 && record.Text("raw")!.Length > 0);
        (await desk.StateAsync()).GetProperty("aside").GetInt32().ShouldBe(2);
        (await desk.StateAsync()).Text("lastError").ShouldBeNull();

        // The operator mends them.
        await desk.WithoutFaultsAsync();
        await desk.PullAsync();
        (await desk.Admin.ItemsAsync("/api/aside-records")).ShouldBeEmpty();
        (await desk.StateAsync()).GetProperty("aside").GetInt32().ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_Corrected_Record_Stands_And_Leaves_A_Trace()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var callId = await desk.CallAsync(Unnotified(30));
        await desk.PullAsync();
        await desk.Desk.PostAsync($"calls/{callId}/record", new { cost = 1.5, duration = 12 });

        await desk.PullAsync();

        var call = await desk.ReadAsync(callId);
        call.GetProperty("cost").GetDecimal().ShouldBe(1.5m);
        call.GetProperty("durationSeconds").GetInt32().ShouldBe(12);
        call.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("isCurrent").GetBoolean())
            .ShouldBe([true, false]);
        var records = new List<PricedRecord>();
        await foreach (var record in desk.Host.Get<RecordStore>().ReadAsync(
            DemoHost.Account, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), default))
        {
            records.Add(record);
        }

        records.ShouldHaveSingleItem().Cost.ShouldBe(1.5m);
    }

    [SkippableFact]
    public async Task A_Correction_That_Is_Taken_Back_Stands()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var callId = await desk.CallAsync(Unnotified(30));
        foreach (var cost in new[] { 10m, 0m, 10m })
        {
            await desk.Desk.PostAsync($"calls/{callId}/record", new { cost });
            await desk.PullAsync();

            (await desk.ReadAsync(callId)).GetProperty("cost").GetDecimal().ShouldBe(cost);
        }
    }

    [SkippableFact]
    public async Task An_Id_That_Is_Used_Again_After_Days_Is_Another_Call()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.NotifyAsync(DemoHost.Notification(
            "callEnd",
            "again",
            ("detect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow.AddDays(-6))),
            ("disconnect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow.AddDays(-6).AddMinutes(1)))));
        await desk.ReadAsync("again");
        await desk.CallAsync(new { from = "88881234", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 0, callId = "again", notify = false });

        await desk.PullAsync();

        (await desk.ReadAsync("again")).GetProperty("sources").GetArrayLength().ShouldBe(1);
        (await desk.ReadAsync("again~2")).GetProperty("records").GetArrayLength().ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData("a/b?c#d%2F e")]
    [InlineData("..")]
    [InlineData("ñandú-☎")]
    public async Task An_Id_With_Odd_Characters_Is_An_Id(string callId)
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.CallAsync(new { from = "88881234", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 0, callId, notify = false });

        await desk.PullAsync();

        (await desk.Admin.ItemsAsync("/api/calls")).ShouldHaveSingleItem().Text("callId").ShouldBe(callId);
    }

    private static object Unnotified(int talkSeconds) => new
    {
        from = "88881234",
        to = "1001",
        type = "in",
        ringSeconds = 0,
        talkSeconds,
        at = DateTimeOffset.UtcNow.AddMinutes(-8).AddSeconds(talkSeconds),
        notify = false,
    };
}

public sealed class BadAnswerTestsOnSqlite() : BadAnswerTests(TestStorage.Sqlite);

public sealed class BadAnswerTestsOnAzurite() : BadAnswerTests(TestStorage.AzuriteInTheLongRun);
