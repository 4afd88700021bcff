using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.CallRecords;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Reconciliation;

/// <summary>A day is asked for again, compared and put right, through the whole host.</summary>
public abstract class ReconciliationTests(TestStorage storage)
{
    private static readonly DateTimeOffset At = DateTimeOffset.UtcNow.AddMinutes(-11);

    private static readonly object[] Shapes =
    [
        new { },
        new { startAt = "answer", numberFormat = "international" },
        new { startAt = "both", numberFormat = "e164", values = "numbers" },
        new { ringGroup = "once", phoneForm = "id" },
        new { ringGroup = "hunt", phoneForm = "sip", durationUnit = "milliseconds" },
        new { transferId = "new", durationUnit = "clock" },
        new { transferStart = "internalFirst", noText = "none", noTime = "zero" },
        new { privateCallerId = "", numberFormat = "zeroZero", singleQuotes = true },
        new { clockMinutes = 7, noTime = "empty", numberFormat = "national" },
    ];

    private static readonly Func<DateTimeOffset, object>[] Calls =
    [
        at => new { from = "88881234", to = "1001", type = "in", ringSeconds = 4, talkSeconds = 11, at },
        at => new { from = "88881235", to = "1001", type = "in", ringSeconds = 9, answered = false, at },
        at => new { to = "1002", type = "in", @private = true, ringSeconds = 2, talkSeconds = 5, at },
        at => new
        {
            from = "88881236",
            to = "1001",
            type = "in",
            endpoints = new[] { "1001", "1002" },
            answeredBy = "1002",
            ringSeconds = 5,
            talkSeconds = 13,
            at,
        },
        at => new
        {
            from = "88881237",
            to = "1001",
            type = "in",
            transferTo = "1002",
            transferAfterSeconds = 6,
            ringSeconds = 3,
            talkSeconds = 20,
            at,
        },
        at => new { from = "1001", to = "88881238", type = "out", ringSeconds = 6, talkSeconds = 17, at },
        at => new { from = "1001", to = "+17865550100", type = "out", ringSeconds = 6, talkSeconds = 31, at },
        at => new { from = "1001", to = "88881239", type = "out", ringSeconds = 6, answered = false, at },
        at => new { from = "1001", to = "1002", type = "internal", ringSeconds = 2, talkSeconds = 7, at },
    ];

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
        month.Select(each => each.TryGetProperty("unscheduled", out _)).ShouldBe([true, true, false]);
        var asked = $"/api/reconciliation?from={Day.AddDays(-2):O}&to={Day:O}&take=2";
        var first = (await desk.Admin.ReadAsync(asked)).ShouldNotBeNull();
        var rest = await desk.Admin.ReadAsync($"{asked}&next={first.Text("next")}");
        first.GetProperty("items").EnumerateArray().Concat(rest.ShouldNotBeNull().GetProperty("items").EnumerateArray())
            .Select(each => each.Text("date")).ShouldBe(month.Select(each => each.Text("date")));
        rest.Value.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
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
        using (var ana = await desk.Desk.SignInAsync("ana"))
        {
            ana.DefaultRequestHeaders.Add("Idempotency-Key", "noted");
            var noted = new { direction = "out", at = At, minutes = 3, number = "22223333" };
            (await ana.SendJsonAsync(HttpMethod.Post, "/api/noted-calls", noted)).Status.ShouldBe(201);
        }

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
    public async Task No_Way_In_Which_The_Operator_May_Tell_A_Call_Makes_It_Differ()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var noon = DateTimeOffset.UtcNow.AddDays(-1);
        noon -= LocalOf(noon).TimeOfDay - TimeSpan.FromHours(12);
        var made = 0;
        foreach (var shape in Shapes)
        {
            await desk.Desk.SetAsync("shape", shape);
            foreach (var call in Calls)
            {
                await desk.CallAsync(call(noon.AddMinutes(made++)));
            }
        }

        // The records are told in the plainest form, whatever the notifications were.
        await desk.Desk.SetAsync("shape", new { });
        await Eventually.TrueAsync(
            async () => (await desk.Admin.AllItemsAsync($"/api/calls?from={LocalOf(noon):yyyy-MM-dd}"))
                .Count(call => call.Text("state") == "ended") >= made,
            () => $"{made} calls that are over");

        var day = await WorkOutAsync(desk, DateOnly.FromDateTime(LocalOf(noon)));

        day.GetProperty("calls").EnumerateArray()
            .Where(call => (call.Text("kind"), call.Text("healedBy")) != ("webhookOnly", "pull"))
            .ShouldBeEmpty($"{day}");
        day.GetProperty("matched").GetInt32().ShouldBeGreaterThanOrEqualTo(made);
    }

    [SkippableTheory]
    [InlineData("one", "internal")]
    [InlineData("two", "internal")]
    [InlineData("two", "in")]
    public async Task A_Click_Is_One_Call_However_Many_Legs_Are_Told(string clickLegs, string agentLegType)
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.Desk.SetAsync("shape", new { clickLegs, agentLegType });
        await desk.Desk.SetAsync("click", new { firstRingSeconds = 0, secondRingSeconds = 0, talkSeconds = 3 });
        using var ana = await desk.Desk.SignInAsync("ana");
        var (_, body) = await ClickDesk.ClickAsync(ana, new { number = "8888-1234" });
        var dial = await ClickDesk.DialAsync(ana, body.Text("dialId")!, "ended");
        await desk.PullAsync();
        var call = await desk.ReadAsync(dial.Text("callId")!);

        var day = await WorkOutAsync(
            desk, DateOnly.FromDateTime(LocalOf(call.GetProperty("startedAt").GetDateTimeOffset())));

        day.Text("state").ShouldBe("green", $"{day}");
        day.GetProperty("total").GetInt32().ShouldBe(1);
    }

    [SkippableFact]
    public async Task Two_Halves_Of_A_Call_Are_Joined()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var recordId = await desk.CallAsync(Call("88881234", "1001", "in", At, notify: false));
        await desk.PullAsync();
        Sources(await desk.ReadAsync(recordId)).ShouldBe(["record"]);
        var statement = await TotalsAsync();
        ((int)statement["calls"]!).ShouldBe(1);
        await SaveNotifiedAsync(desk, "other-id", "88881234", "1001", At.AddSeconds(2));
        await desk.HeardAsync("other-id");
        (await desk.Admin.ItemsAsync("/api/calls")).Count.ShouldBe(2);

        var day = await WorkOutAsync(desk);

        day.GetProperty("total").GetInt32().ShouldBe(1, $"{day}");
        day.GetProperty("calls")[0].Text("healedBy").ShouldBe("record");
        var call = (await desk.Admin.ItemsAsync("/api/calls")).ShouldHaveSingleItem();
        Sources(call).ShouldBe(["webhook", "record"]);
        (await desk.ReadAsync(recordId)).Text("callId").ShouldBe("other-id");
        (await desk.ReadAsync("other-id")).GetProperty("record").GetProperty("byLikeness").GetBoolean().ShouldBeTrue();
        (await TotalsAsync()).ToJsonString().ShouldBe(statement.ToJsonString());
        // The same record once more finds the one call.
        await desk.PullAsync();
        (await WorkOutAsync(desk)).GetProperty("total").GetInt32().ShouldBe(1);
        (await TotalsAsync()).ToJsonString().ShouldBe(statement.ToJsonString());

        async Task<JsonNode> TotalsAsync() =>
            (await desk.Admin.GetObjectAsync($"/api/statements/{Day:yyyy-MM}"))["totals"]!;
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

    [SkippableFact]
    public async Task An_Account_Whose_Schedule_Fails_Does_Not_Keep_Another_From_Its_Days_Nor_The_Metric_From_Counting()
    {
        // More than the hosts of other tests, which record into the same metric, have open.
        const int open = 17;
        var counts = new ConcurrentQueue<long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, its) =>
            {
                if (instrument.Name == "callmyway.reconciliation.open")
                {
                    its.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => counts.Enqueue(count));
        listener.Start();
        await using var desk = await RecordDesk.StartAsync(
            storage,
            "--CallMyWay:Accounts:1:Username", "8000002", "--CallMyWay:Accounts:1:Password", "another");
        var account = desk.Host.Get<Accounts>().Home;
        var table = desk.Host.Get<ITables>()[StorageNames.Reconciliations];
        await table.UpsertAsync(new Row(Keys.Encode(account.Username), "next").Set("json", "{ unreadable"), default);
        var days = desk.Host.Get<DayStore>();
        foreach (var date in Enumerable.Range(1, open).Select(back => Day.AddDays(-back)))
        {
            await days.PutAsync(new DayReconciliation("8000002", date) { State = DayState.Open }, default);
        }

        var schedule = desk.Host.App.Services.GetServices<IScheduled>().OfType<ReconciliationSchedule>().Single();

        await Should.ThrowAsync<AggregateException>(() => schedule.RunDueAsync(default));

        (await days.GetNextAsync("8000002", default)).ShouldNotBeNull();
        counts.ShouldContain(open);
    }

    [SkippableTheory]
    [InlineData("2026-02-30")]
    [InlineData("2100-01-01")]
    public async Task A_Day_That_Is_None_Or_Still_To_Come_Is_Refused(string date)
    {
        await using var desk = await RecordDesk.StartAsync(storage);

        (await desk.Admin.SendJsonAsync(HttpMethod.Post, $"/api/reconciliation/{date}", null)).Status.ShouldBe(400);
    }

    /// <summary>Stores a call of notifications, as one does that comes in the same moment as its record.</summary>
    private static async Task SaveNotifiedAsync(
        RecordDesk desk, string callId, string ani, string dnis, DateTimeOffset at)
    {
        var fact = new NotificationFact
        {
            At = at,
            Mark = "end",
            CallId = callId,
            Action = CallAction.End,
            EndpointId = dnis,
            Ani = ani,
            Dnis = dnis,
            DetectedAt = at,
            ConnectedAt = at.AddSeconds(1),
            DisconnectedAt = at.AddSeconds(11),
            Type = CallDirection.In,
        };
        var call = CallDerivation.Derive(CallFacts.Begin(callId, desk.Host.Get<Accounts>().Home, fact).With(fact));
        (await desk.Host.Get<CallWriter>().Begin().SaveAsync(call, null, [], default)).ShouldNotBeNull();
    }

    private static async Task<JsonElement> WorkOutAsync(RecordDesk desk, DateOnly? date = null)
    {
        var path = $"/api/reconciliation/{date ?? Day:O}";
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

public sealed class ReconciliationTestsOnAzurite() : ReconciliationTests(TestStorage.AzuriteInTheLongRun);
