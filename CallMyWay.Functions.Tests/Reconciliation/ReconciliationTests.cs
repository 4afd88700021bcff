using System.Text.Json;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Tests.CallRecords;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Reconciliation;

/// <summary>A day is asked for again, compared and put right, through the whole host.</summary>
public abstract class ReconciliationTests(TestStorage storage)
{
    private static readonly DateTimeOffset At = DateTimeOffset.UtcNow.AddMinutes(-11);

    private static DateOnly Day => DateOnly.FromDateTime(LocalOf(At));

    [SkippableFact]
    public async Task A_Day_Whose_Calls_Are_Known_From_Both_Sides_Is_Green()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var callId = await desk.CallAsync(Call("88881234", "1001", "in", At));
        await desk.HeardAsync(callId);
        await desk.PullAsync();
        (await desk.Admin.ReadAsync($"/api/reconciliation/{Day:O}"))!.Value.Text("state").ShouldBe("pending");

        var day = await WorkOutAsync(desk);

        day.Text("state").ShouldBe("green", $"{day}");
        day.GetProperty("matched").GetInt32().ShouldBe(1);
        day.GetProperty("calls").GetArrayLength().ShouldBe(0);
        var month = await desk.Admin.ItemsAsync($"/api/reconciliation?from={Day.AddDays(-2):O}&to={Day:O}");
        month.Select(each => each.Text("state")).ShouldBe(["pending", "pending", "green"]);
    }

    [SkippableFact]
    public async Task What_Was_Never_Notified_Or_Never_Pulled_Is_Healed()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var silent = await desk.CallAsync(Call("88881234", "1001", "in", At, notify: false));
        await desk.PullAsync();
        var unpulled = await desk.CallAsync(Call("88885678", "1002", "in", At.AddSeconds(20)));
        await desk.HeardAsync(unpulled);
        // The start alone comes: the operator's record closes it.
        var stuck = await desk.CallAsync(Call("22223333", "1003", "in", At.AddSeconds(40), notify: false));
        await desk.NotifyAsync(DemoHost.Notification(
            "callStart",
            stuck,
            ("ani", "22223333"),
            ("dnis", "1003"),
            ("endpoint_id", "1003"),
            ("detect_time", DemoHost.OperatorTime(At.AddSeconds(40)))));
        await desk.ReadAsync(stuck);

        var day = await WorkOutAsync(desk);

        day.Text("state").ShouldBe("healed", $"{day}");
        day.GetProperty("healed").GetInt32().ShouldBe(3, $"{day}");
        var calls = day.GetProperty("calls").EnumerateArray().ToDictionary(call => call.Text("callId")!);
        (calls[silent].Text("kind"), calls[silent].Text("healedBy")).ShouldBe(("recordOnly", "record"));
        (calls[unpulled].Text("kind"), calls[unpulled].Text("healedBy")).ShouldBe(("webhookOnly", "pull"));
        calls[stuck].Text("healedBy").ShouldBe("pull");
        (await desk.ReadAsync(stuck)).Text("state").ShouldBe("ended");
        // Worked out again, it says the same.
        (await WorkOutAsync(desk)).GetProperty("healed").GetInt32().ShouldBe(3);
    }

    [SkippableFact]
    public async Task A_Call_Without_A_Record_Leaves_The_Day_Open_And_A_Noted_One_Does_Not_Count()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.NotifyAsync(DemoHost.Notification("callStart", "lost", ("detect_time", DemoHost.OperatorTime(At))));
        await desk.NotifyAsync(DemoHost.Notification("callEnd", "lost", ("detect_time", DemoHost.OperatorTime(At))));
        await desk.HeardAsync("lost");

        var day = await WorkOutAsync(desk);

        day.Text("state").ShouldBe("open", $"{day}");
        (day.GetProperty("webhookOnly").GetInt32(), day.GetProperty("total").GetInt32()).ShouldBe((1, 1));
        day.GetProperty("calls")[0].Text("callId").ShouldBe("lost");
    }

    [SkippableFact]
    public async Task A_Record_That_Can_Not_Be_Read_Leaves_The_Day_Open_Until_The_Operator_Mends_It()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.CallAsync(Call("88881234", "1001", "in", At, notify: false));
        await desk.Desk.PostAsync("faults", new { recordsBroken = 1.0, seed = 1 });

        var broken = await WorkOutAsync(desk);

        (broken.Text("state"), broken.GetProperty("aside").GetInt32()).ShouldBe(("open", 1), $"{broken}");
        await desk.Desk.PostAsync("faults", new { recordsBroken = 0.0 });
        var mended = await WorkOutAsync(desk);
        (mended.Text("state"), mended.GetProperty("aside").GetInt32()).ShouldBe(("healed", 0), $"{mended}");
    }

    [SkippableFact]
    public async Task Two_Halves_Of_A_Call_Are_Joined()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var recordId = await desk.CallAsync(Call("88881234", "1001", "in", At, notify: false));
        await desk.PullAsync();
        Sources(await desk.ReadAsync(recordId)).ShouldBe(["record"]);
        foreach (var action in new[] { "callStart", "callEnd" })
        {
            await desk.NotifyAsync(DemoHost.Notification(
                action,
                "other-id",
                ("ani", "88881234"),
                ("dnis", "1001"),
                ("endpoint_id", "1001"),
                ("detect_time", DemoHost.OperatorTime(At.AddSeconds(2)))));
        }

        await desk.HeardAsync("other-id");
        (await desk.Admin.ItemsAsync("/api/calls")).Count.ShouldBe(2);

        var day = await WorkOutAsync(desk);

        day.GetProperty("total").GetInt32().ShouldBe(1, $"{day}");
        day.GetProperty("calls")[0].Text("healedBy").ShouldBe("record");
        var call = (await desk.Admin.ItemsAsync("/api/calls")).ShouldHaveSingleItem();
        Sources(call).ShouldBe(["webhook", "record"]);
        (await desk.ReadAsync(recordId)).Text("callId").ShouldBe("other-id");
        (await desk.ReadAsync("other-id")).GetProperty("record").GetProperty("byLikeness").GetBoolean().ShouldBeTrue();
        // The same record once more finds the one call.
        await desk.PullAsync();
        (await WorkOutAsync(desk)).GetProperty("total").GetInt32().ShouldBe(1);
    }

    [SkippableFact]
    public async Task An_Operator_That_Refuses_Leaves_The_Day_Open_And_Is_Named()
    {
        await using var desk = await RecordDesk.StartAsync(storage, "--CallMyWay:Accounts:0:Password", "wrong");

        var day = await WorkOutAsync(desk);

        day.Text("state").ShouldBe("open");
        day.Text("error").ShouldBe("El operador rechaza el usuario o la contraseña");
    }

    [SkippableFact]
    public async Task Days_That_Were_Missed_Are_Worked_Out_By_Themselves()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var account = desk.Host.Get<Accounts>().Home;
        await desk.Host.Get<DayStore>().PutNextAsync(account.Username, Day.AddDays(-4), default);

        foreach (var scheduled in desk.Host.App.Services.GetServices<IScheduled>())
        {
            await scheduled.RunDueAsync(default);
        }

        await Eventually.TrueAsync(
            async () => (await desk.Admin.ItemsAsync($"/api/reconciliation?from={Day.AddDays(-4):O}&to={Day:O}"))
                .Take(3).All(day => day.Text("state") == "green"),
            () => "three green days");
        (await desk.Host.Get<DayStore>().GetNextAsync(account.Username, default)).ShouldBe(Day.AddDays(-1));
    }

    [SkippableTheory]
    [InlineData("2026-02-30")]
    [InlineData("2100-01-01")]
    public async Task A_Day_That_Is_None_Or_Still_To_Come_Is_Refused(string date)
    {
        await using var desk = await RecordDesk.StartAsync(storage);

        (await desk.Admin.SendJsonAsync(HttpMethod.Post, $"/api/reconciliation/{date}", null)).Status.ShouldBe(400);
    }

    private static async Task<JsonElement> WorkOutAsync(RecordDesk desk)
    {
        var path = $"/api/reconciliation/{Day:O}";
        var (status, started) = await desk.Admin.SendJsonAsync(HttpMethod.Post, path, null);
        status.ShouldBe(202, $"{started}");
        ((string?)started!["state"]).ShouldBe("pending");
        JsonElement day = default;
        await Eventually.TrueAsync(
            async () => (day = (await desk.Admin.ReadAsync(path))!.Value).Text("state") != "pending",
            () => "a day that is worked out");
        return day;
    }

    private static object Call(string from, string to, string type, DateTimeOffset at, bool notify = true) =>
        new { from, to, type, ringSeconds = 1, talkSeconds = 10, at, notify };

    private static IEnumerable<string?> Sources(JsonElement call) =>
        call.GetProperty("sources").EnumerateArray().Select(source => source.GetString());

    private static DateTime LocalOf(DateTimeOffset time) => TimeZoneInfo.ConvertTime(
        time, TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica")).DateTime;
}

public sealed class ReconciliationTestsOnSqlite() : ReconciliationTests(TestStorage.Sqlite);

public sealed class ReconciliationTestsOnAzurite() : ReconciliationTests(TestStorage.Azurite);
