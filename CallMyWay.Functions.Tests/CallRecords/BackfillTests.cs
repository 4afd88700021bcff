using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>Backfills through the whole host, from the simulator's records to the calls.</summary>
public abstract class BackfillTests(TestStorage storage)
{
    // Calls of three days, some weeks ago: the pull does not reach so far back.
    private static readonly DateTimeOffset First = DateTimeOffset.UtcNow.AddDays(-40);

    [SkippableFact]
    public async Task The_Records_Of_A_Range_Are_Read_Page_By_Page()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.Desk.SetAsync("shape", new { maxRecords = 15 });
        var ids = await CallsAsync(desk, 50);

        var started = await StartAsync(desk, First.AddHours(-1), First.AddDays(3));
        started.Text("state").ShouldBe("queued");
        started.GetProperty("estimatedSeconds").GetInt32().ShouldBeGreaterThanOrEqualTo(0);
        var done = await OverAsync(desk, started);

        done.Text("state").ShouldBe("done");
        done.GetProperty("records").GetInt64().ShouldBe(50);
        done.GetProperty("requests").GetInt64().ShouldBeGreaterThan(4);
        Time(done, "reachedAt").ShouldBe(Time(done, "to"));
        done.GetProperty("estimatedSeconds").GetInt32().ShouldBe(0);
        done.Text("createdBy").ShouldBe("admin");
        foreach (var callId in ids)
        {
            (await desk.Admin.ReadAsync($"/api/calls/{callId}")).ShouldNotBeNull(callId)
                .Text("state").ShouldBe("ended");
        }

        (await KnownAsync(desk)).ShouldBe(50);
        (await desk.Admin.ItemsAsync("/api/backfills")).ShouldHaveSingleItem()
            .Text("backfillId").ShouldBe(started.Text("backfillId"));
    }

    [SkippableFact]
    public async Task A_Second_Backfill_Changes_Nothing()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var ids = await CallsAsync(desk, 3);
        await OverAsync(desk, await StartAsync(desk, First.AddHours(-1), First.AddDays(3)));
        var before = (await desk.ReadAsync(ids[1])).Text("etag");

        var again = await OverAsync(desk, await StartAsync(desk, First.AddHours(-1), First.AddDays(3)));

        again.GetProperty("records").GetInt64().ShouldBe(3);
        (await desk.ReadAsync(ids[1])).Text("etag").ShouldBe(before);
        (await KnownAsync(desk)).ShouldBe(3);
    }

    [SkippableFact]
    public async Task While_Answers_Are_No_Records_The_Reason_Is_Shown_And_Nothing_Is_Lost()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.Desk.SetAsync("shape", new { maxRecords = 15 });
        await CallsAsync(desk, 30);
        foreach (var fault in new[] { "recordsHtml", "recordsCut", "recordsAborted" })
        {
            await desk.Desk.PostAsync("faults", new Dictionary<string, bool> { [fault] = true });
            var started = await StartAsync(desk, First.AddHours(-1), First.AddDays(3));
            await Eventually.TrueAsync(
                async () => (await ReadAsync(desk, started)).Text("error") is not null, () => $"an error by {fault}");

            await desk.Desk.PostAsync("faults", new { });
            var done = await OverAsync(desk, started);

            (done.Text("state"), done.Text("error")).ShouldBe(("done", null));
            done.GetProperty("records").GetInt64().ShouldBe(30);
        }

        (await KnownAsync(desk)).ShouldBe(30);
    }

    [SkippableFact]
    public async Task Records_That_Are_Listed_Twice_Or_Shift_Become_One_Call_Each()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.Desk.SetAsync("shape", new { maxRecords = 15, recordOrder = "newestFirst" });
        await CallsAsync(desk, 40);
        await desk.Desk.PostAsync("faults", new { recordsDouble = 0.4, seed = 2 });

        var done = await OverAsync(desk, await StartAsync(desk, First.AddHours(-1), First.AddDays(3)));

        done.Text("state").ShouldBe("done");
        (await KnownAsync(desk)).ShouldBe(40);
    }

    [SkippableFact]
    public async Task While_The_Operator_Refuses_The_Reason_Is_Shown_And_A_Cancelled_Backfill_Asks_No_More()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await CallsAsync(desk, 1);
        await desk.Desk.PostAsync("faults", new { recordsRefused = true });
        var started = await StartAsync(desk, First.AddHours(-1), First.AddDays(3));
        JsonElement failing = default;
        await Eventually.TrueAsync(async () =>
            (failing = await ReadAsync(desk, started)).GetProperty("requests").GetInt64() > 0);

        failing.Text("state").ShouldBe("running");
        failing.Text("error").ShouldBe("El operador no acepta consultas desde esta dirección IP");
        failing.GetProperty("records").GetInt64().ShouldBe(0);

        var path = $"/api/backfills/{started.Text("backfillId")}";
        var (status, cancelled) = await desk.Admin.AskAsync(HttpMethod.Delete, path);
        (status, cancelled.Text("state")).ShouldBe((HttpStatusCode.OK, "cancelled"));
        var asked = await RequestsAsync(desk);
        await Task.Delay(TimeSpan.FromSeconds(7));
        (await RequestsAsync(desk)).ShouldBe(asked);
        (await desk.Admin.AskAsync(HttpMethod.Delete, path)).Body.Text("state").ShouldBe("cancelled");
    }

    [SkippableFact]
    public async Task A_Backfill_Waits_In_The_Queue_While_Another_Caller_Has_The_Next_Moment()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        // The account's next moment is half a minute away, and somebody has it.
        (await desk.Host.Get<OperatorPace>().ReserveAsync(DemoHost.Account, TimeSpan.FromSeconds(30), default))
            .ShouldNotBeNull();
        var asked = await RequestsAsync(desk);

        var started = await StartAsync(desk, First, First.AddDays(3));

        await Eventually.TrueAsync(async () => await StepAsync(desk, started) >= 2);
        (await RequestsAsync(desk)).ShouldBe(asked);
        (await ReadAsync(desk, started)).GetProperty("requests").GetInt64().ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_Backfill_And_The_Pull_Keep_The_Operators_Pace_Together()
    {
        Skip.If(
            storage != TestStorage.Sqlite && !TestLength.IsWhole,
            "The plain run measures the pace on SQLite; .ci/run --long does so on Azurite as well.");
        var clicks = await ClickDesk.StartWithAsync(storage, new(), ["--QuerySeconds", "0"]);
        await using var desk = new RecordDesk(clicks, await clicks.SignInAsync("admin"));
        await CallsAsync(desk, 30);
        using var stop = new CancellationTokenSource();
        var pulling = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await desk.PullAsync();
                await Task.Delay(TimeSpan.FromSeconds(9), stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });

        var started = await StartAsync(desk, First.AddHours(-1), First.AddDays(2));
        started.GetProperty("estimatedSeconds").GetInt32().ShouldBeGreaterThan(10);
        var done = await OverAsync(desk, started);
        await stop.CancelAsync();
        await pulling;

        (done.Text("state"), done.GetProperty("records").GetInt64()).ShouldBe(("done", 30));
        var traffic = await TrafficAsync(desk);
        traffic.GetProperty("requests").GetInt32().ShouldBeGreaterThan(
            (int)done.GetProperty("requests").GetInt64(), "the pull asked in between");
        // Each is sent 4.2 seconds after the one before; a slow machine's delays come on top of both.
        traffic.GetProperty("shortestGapSeconds").GetDouble().ShouldBeGreaterThan(3.5);
    }

    [SkippableFact]
    public async Task A_Backfill_That_Has_Failed_For_Two_Hours_Gives_Up()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await desk.Desk.PostAsync("faults", new { recordsRefused = true });
        var kind = desk.Host.Get<IEnumerable<IJobKind>>().Single(kind => kind.Kind == BackfillJob.Name);
        var now = DateTimeOffset.UtcNow;

        (await StepAsync(now.AddMinutes(-119))).State.ShouldBe(JobState.Running);
        var failed = await StepAsync(now.AddMinutes(-121));

        (failed.State, failed.Error?.En).ShouldBe(
            (JobState.Failed, "The operator accepts no requests from this IP address"));
        (await StepAsync(null, "gone")).State.ShouldBe(JobState.Failed);

        Task<JobStep> StepAsync(DateTimeOffset? failingSince, string account = DemoHost.Account) => kind.RunAsync(
            new Job
            {
                JobId = Guid.CreateVersion7().ToString("N"),
                Kind = BackfillJob.Name,
                CreatedAt = now,
                MovedAt = now,
                Account = account,
                Payload = new BackfillWork(First, First.AddDays(1)) { PageSize = 500, FailingSince = failingSince }
                    .ToJson(),
            },
            default);
    }

    [SkippableFact]
    public async Task A_Bad_Range_Is_Refused_By_Its_Field_In_Both_Languages()
    {
        const string Own = DemoHost.Account;
        (string? Account, string? From, string? To, string Field)[] cases =
        [
            ("nobody", "2026-01-01", "2026-01-02", "account"),
            (null, "2026-01-01", "2026-01-02", "account"),
            (Own, null, "2026-01-02", "from"),
            (Own, "2026-01-01", null, "to"),
            (Own, "yesterday", "2026-01-02", "from"),
            (Own, "2026-01-02T08:00:00", "2026-01-02T08:00:00", "from"),
            (Own, "2026-01-03", "2026-01-02", "from"),
            (Own, "2024-01-01", "2025-06-01", "from"),
            (Own, "2026-01-01", "2150-01-01", "to"),
            (Own, "2150-01-01", "2150-01-02", "from"),
        ];
        await using var desk = await RecordDesk.StartAsync(storage);
        foreach (var (account, from, to, field) in cases)
        {
            var spanish = await RefusalAsync(desk, new { account, from, to }, field, "es");
            var english = await RefusalAsync(desk, new { account, from, to }, field, "en");
            english.ShouldNotBe(spanish, $"{account} {from} {to}");
        }

        (await desk.Admin.ItemsAsync("/api/backfills")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Today_Can_Be_Asked_For_And_Is_Read_Up_To_Now()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var zone = desk.Host.Get<Accounts>().Home;
        var today = zone.LocalTime(DateTimeOffset.UtcNow).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var (status, started) = await desk.Admin.AskAsync(
            HttpMethod.Post,
            "/api/call-records/backfill",
            new { account = DemoHost.Account, from = today, to = today });

        status.ShouldBe(HttpStatusCode.Accepted);
        Time(started, "to").ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        (await OverAsync(desk, started)).Text("state").ShouldBe("done");
    }

    [SkippableFact]
    public async Task Days_Are_Those_Of_The_Account_That_Is_Asked_For()
    {
        await using var desk = await RecordDesk.StartAsync(
            storage,
            "--CallMyWay:Accounts:1:Username", "8000002",
            "--CallMyWay:Accounts:1:Password", "another",
            "--CallMyWay:Accounts:1:TimeZone", "America/New_York");

        // The clocks of New York were set back on this day, and it had 25 hours.
        var (status, started) = await desk.Admin.AskAsync(
            HttpMethod.Post,
            "/api/call-records/backfill",
            new { account = "8000002", from = "2025-11-02", to = "2025-11-02" });

        status.ShouldBe(HttpStatusCode.Accepted);
        (Time(started, "from"), Time(started, "to")).ShouldBe((
            new DateTimeOffset(2025, 11, 2, 4, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2025, 11, 3, 5, 0, 0, TimeSpan.Zero)));
    }

    [SkippableFact]
    public async Task A_Backfill_That_Is_Not_There_Is_Not_Found()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            foreach (var id in new[] { "nothing", Guid.CreateVersion7().ToString("N") })
            {
                (await desk.Admin.AskAsync(method, $"/api/backfills/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
            }
        }
    }

    private static async Task<string> RefusalAsync(RecordDesk desk, object body, string field, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/call-records/backfill");
        request.Content = JsonContent.Create(body);
        request.Headers.Add("Accept-Language", language);
        using var response = await desk.Admin.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return problem.GetProperty("errors").GetProperty(field)[0].GetString().ShouldNotBeNull();
    }

    /// <summary>Calls that no notification told of, an hour and some apart.</summary>
    private static async Task<List<string>> CallsAsync(RecordDesk desk, int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await desk.CallAsync(new
            {
                callId = $"b-{i}",
                from = "88881234",
                to = "1001",
                type = "in",
                ringSeconds = 5,
                talkSeconds = 20,
                notify = false,
                at = First.AddMinutes(i * 80),
            }));
        }

        return ids;
    }

    private static async Task<JsonElement> StartAsync(RecordDesk desk, DateTimeOffset from, DateTimeOffset to)
    {
        var (status, body) = await desk.Admin.AskAsync(
            HttpMethod.Post,
            "/api/call-records/backfill",
            new { account = DemoHost.Account, from = from.ToString("O"), to = to.ToString("O") });
        status.ShouldBe(HttpStatusCode.Accepted, body.ToString());
        return body;
    }

    private static async Task<JsonElement> ReadAsync(RecordDesk desk, JsonElement backfill) =>
        (await desk.Admin.ReadAsync($"/api/backfills/{backfill.Text("backfillId")}")).ShouldNotBeNull();

    private static async Task<JsonElement> OverAsync(RecordDesk desk, JsonElement backfill)
    {
        JsonElement now = default;
        await Eventually.TrueAsync(
            async () => (now = await ReadAsync(desk, backfill)).Text("state") is not ("queued" or "running"),
            () => $"the end of the backfill {now}");
        return now;
    }

    private static async Task<int> StepAsync(RecordDesk desk, JsonElement backfill) => (await desk.Host.Get<JobStore>()
        .GetAsync(BackfillJob.Name, backfill.Text("backfillId")!, default)).ShouldNotBeNull().Step;

    private static async Task<int> KnownAsync(RecordDesk desk) => (await desk.Admin.ItemsAsync(
        $"/api/calls?take=500&from={First.AddDays(-1):yyyy-MM-dd}&to={First.AddDays(5):yyyy-MM-dd}")).Count;

    private static async Task<int> RequestsAsync(RecordDesk desk) =>
        (await TrafficAsync(desk)).GetProperty("requests").GetInt32();

    private static async Task<JsonElement> TrafficAsync(RecordDesk desk)
    {
        var state = await desk.Desk.Operator.GetFromJsonAsync<JsonElement>("/simulator/state");
        return state.GetProperty("recordRequests").EnumerateArray()
            .Single(account => account.Text("account") == DemoHost.Account);
    }

    private static DateTimeOffset Time(JsonElement backfill, string field) =>
        backfill.GetProperty(field).GetDateTimeOffset();
}

public sealed class BackfillTestsOnSqlite() : BackfillTests(TestStorage.Sqlite);

public sealed class BackfillTestsOnAzurite() : BackfillTests(TestStorage.AzuriteInTheLongRun);
