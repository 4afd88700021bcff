using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ContactGuard;

/// <summary>Clicks of agents, as the guard lets them through or not.</summary>
public abstract class GuardedClickTests(TestStorage storage) : IAsyncLifetime
{
    /// <summary>A Monday, a minute to six in the evening in Costa Rica.</summary>
    private readonly SetClock _clock = new(new DateTimeOffset(2026, 3, 2, 23, 59, 0, TimeSpan.Zero));

    private readonly StorageGate _gate = new();

    private ClickDesk _desk = null!;

    private HttpClient _ana = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _desk = await ClickDesk.StartAsync(storage, _gate, _clock);
        // The operator sends no events: the set-ups of calls are all that there is.
        await _desk.SetAsync("webhook", new { webhook = "http://127.0.0.1:9/nobody" });
        _ana = await _desk.SignInAsync("ana");
        _admin = await _desk.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [SkippableFact]
    public async Task The_Demos_Guard_Starts_Open()
    {
        var guard = (await _admin.ReadAsync("/api/contact-guard")).ShouldNotBeNull();

        guard.TryGetProperty("hours", out _).ShouldBeFalse();
        guard.GetProperty("holidays").GetProperty("observed").GetBoolean().ShouldBeFalse();
        guard.Text("etag").ShouldNotBeNull();
        guard.GetProperty("upcoming").EnumerateArray().Select(day => day.Text("date")).ShouldContain("2027-03-26");
        (await PressAsync("88881234")).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task Outside_The_Hours_A_Click_Is_Refused_With_The_Time_From_Which_It_Is_Allowed()
    {
        await PutAsync(new { hours = new[] { new { days = new[] { 1, 2, 3, 4, 5 }, from = "08:00", to = "18:00" } } });
        (await PressAsync("88881234")).Status.ShouldBe(HttpStatusCode.Accepted);

        _clock.Now += TimeSpan.FromMinutes(1);
        var (status, problem) = await PressAsync("88881235");

        (status, problem.Text("reason"), problem.GetProperty("allowedFrom").GetDateTimeOffset()).ShouldBe((
            HttpStatusCode.Forbidden, "outsideHours", new DateTimeOffset(2026, 3, 3, 14, 0, 0, TimeSpan.Zero)));
        problem.Text("detail")!.ShouldContain("6:00 p. m.");
        problem.Text("detail")!.ShouldContain("3 mar 2026, 8:00 a. m.");
        (await _desk.TruthAsync()).Count.ShouldBe(1);

        // The page says so before the press.
        var check = (await _ana.ReadAsync("/api/dial-checks?number=88881235")).ShouldNotBeNull();
        (check.GetProperty("allowed").GetBoolean(), check.Text("message")).ShouldBe((false, problem.Text("detail")));
    }

    // Whoever must not be called has no such time.
    [SkippableFact]
    public async Task A_Click_On_A_Listed_Number_Is_Refused_Without_A_Time()
    {
        var (added, _) = await _admin.AskAsync(
            HttpMethod.Post, "/api/do-not-call", new { number = "88881236", reason = "Lo pidió." });
        added.ShouldBe(HttpStatusCode.Created);

        var (status, problem) = await PressAsync("88881236");

        (status, problem.Text("reason")).ShouldBe((HttpStatusCode.Forbidden, "doNotCall"));
        problem.TryGetProperty("allowedFrom", out _).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task The_Closing_Hour_That_Comes_Between_The_Check_And_The_Call_Stops_It()
    {
        await PutAsync(new { hours = new[] { new { days = new[] { 1, 2, 3, 4, 5 }, from = "08:00", to = "18:00" } } });
        // The dial is stored; the last check comes after it.
        var held = _gate.Hold("batch dials");
        var click = PressAsync("88881234", force: false);
        await held.Reached;
        _clock.Now += TimeSpan.FromMinutes(1);
        held.Release();

        var (status, dial) = await click;

        (status, dial.Text("state"), dial.Text("problem")).ShouldBe((HttpStatusCode.Accepted, "refused", "contactGuard"));
        dial.Text("message")!.ShouldContain("6:00 p. m.");
        (await _desk.TruthAsync()).ShouldBeEmpty();
        // It keeps nobody busy, and counts for nobody.
        await PutAsync(OfDay(1));
        (await PressAsync("88881234", force: false)).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task A_Click_That_Slow_Storage_Held_Up_After_It_Was_Counted_Is_Not_Sent()
    {
        await PutAsync(OfDay(1));
        // The person is counted; the dial is marked as being sent after it.
        var held = _gate.Hold("replace dials dial");
        var click = PressAsync("88881234", force: false);
        await held.Reached;
        _clock.Now += TimeSpan.FromSeconds(4);
        held.Release();

        var (status, dial) = await click;

        (status, dial.Text("state"), dial.Text("problem")).ShouldBe((HttpStatusCode.Accepted, "refused", "notSent"));
        (await _desk.TruthAsync()).ShouldBeEmpty();
        // It keeps nobody busy, and counts for nobody.
        (await PressAsync("88881234", force: false)).Body.Text("state").ShouldBe("placed");
    }

    [SkippableFact]
    public async Task What_Is_Written_Before_The_Operator_Is_Asked_Outlasts_A_Power_Cut()
    {
        var written = new ConcurrentQueue<(string What, bool IsLasting)>();
        _gate.Watch(operation =>
        {
            if (!operation.StartsWith("get", StringComparison.Ordinal))
            {
                written.Enqueue((operation, LastingWrites.IsAsked));
            }
        });

        var (_, dial) = await PressAsync("88881234");

        // A synced write takes all before it along. Behind it only the operator's answer is stored.
        var writes = written.SkipWhile(write => write.What != "batch dials").ToList();
        writes.Select(write => (write.What.Split('~')[0], write.IsLasting)).ShouldBe(
        [
            ("batch dials", false),
            ("insert dials latest", false),
            ("insert contactguard number", false),
            ("replace dials dial", true),
            ("replace dials dial", false),
        ]);
        dial.Text("state").ShouldBe("placed");
    }

    [SkippableFact]
    public async Task The_Calls_To_A_Contact_Count_For_The_One_That_It_Is_Merged_Into()
    {
        await PutAsync(OfDay(1));
        (await ClickDesk.ClickAsync(_ana, new { contactId = "demo-02", force = true })).Status
            .ShouldBe(HttpStatusCode.Accepted);
        (await _admin.AskAsync(HttpMethod.Post, "/api/contact-merges", new { keep = "demo-03", merge = "demo-02" }))
            .Status.ShouldBe(HttpStatusCode.Created);

        var (status, problem) = await ClickDesk.ClickAsync(_ana, new { contactId = "demo-03", force = true });

        (status, problem.Text("reason")).ShouldBe((HttpStatusCode.Forbidden, "perDay"));
    }

    [SkippableFact]
    public async Task The_Calls_To_A_Person_Count_Over_Agents_And_Numbers()
    {
        await PutAsync(OfDay(2));
        using var luis = await _desk.SignInAsync("luis");
        // José Rodríguez has both numbers. The second click says no contact.
        (await ClickDesk.ClickAsync(_ana, new { contactId = "demo-01", force = true })).Status
            .ShouldBe(HttpStatusCode.Accepted);
        (await ClickDesk.ClickAsync(luis, new { number = "22345678", force = true })).Status
            .ShouldBe(HttpStatusCode.Accepted);

        var (status, problem) = await PressAsync("88881234");

        (status, problem.Text("reason")).ShouldBe((HttpStatusCode.Forbidden, "perDay"));
        (await PressAsync("88881299")).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task What_The_Operator_Refuses_Is_No_Call_And_Counts_For_Nobody()
    {
        await using var scripted = await ScriptedOperator.StartAsync();
        await using var host = await TestHost.StartAsync(
            storage, new() { Settings = ["--CallMyWay:BaseUrl", scripted.Address.ToString()] });
        using var admin = await host.SignInAsync("admin");
        using var ana = await host.SignInAsync("ana");
        (await admin.AskAsync(HttpMethod.Put, "/api/contact-guard", OfDay(1))).Status.ShouldBe(HttpStatusCode.OK);
        scripted.Answer = (403, "not your address");
        (await ClickDesk.ClickAsync(ana, new { number = "88881234" })).Body.Text("state").ShouldBe("refused");
        (await ClickDesk.ClickAsync(ana, new { number = "88881234" })).Body.Text("state").ShouldBe("refused");

        scripted.Answer = (200, "inserted");
        (await ClickDesk.ClickAsync(ana, new { number = "88881234" })).Body.Text("state").ShouldBe("placed");
        var (status, problem) = await ClickDesk.ClickAsync(ana, new { number = "88881234", force = true });
        (status, problem.Text("reason")).ShouldBe((HttpStatusCode.Forbidden, "perDay"));
    }

    [SkippableFact]
    public async Task What_Is_Wrong_With_The_Rules_Is_Said_Beside_Each_Field_And_Nothing_Changes()
    {
        var before = (await _admin.ReadAsync("/api/contact-guard")).ShouldNotBeNull().ToString();
        using var response = await _admin.PutAsJsonAsync("/api/contact-guard", new
        {
            hours = new object[]
            {
                new { days = Array.Empty<int>(), from = "08:00", to = "18:00" },
                new { days = new[] { 7 }, from = "8", to = "18:00" },
                new { days = new[] { 1 }, from = "18:00", to = "08:00" },
            },
            holidays = new
            {
                added = new object[] { new { date = "24/12/2026", name = "" } },
                worked = new[] { "2026-02-30" },
            },
            perDay = -1,
            perWeek = 1001,
            gapMinutes = 20_000,
        });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        errors.EnumerateObject().Select(error => error.Name).ShouldBe(
            [
                "hours[0].days", "hours[1].days", "hours[1].from", "hours[2].to", "holidays.added[0].date",
                "holidays.added[0].name", "holidays.worked[0]", "perDay", "perWeek", "gapMinutes",
            ],
            ignoreOrder: true);
        (await _admin.ReadAsync("/api/contact-guard")).ToString().ShouldBe(before);
    }

    [SkippableFact]
    public async Task Of_Two_Administrators_The_Second_Is_Told_And_The_Audit_Has_The_First()
    {
        var etag = (await _admin.ReadAsync("/api/contact-guard"))!.Value.Text("etag")!;
        (await PutAsync(OfDay(1), etag)).ShouldBe(HttpStatusCode.OK);

        (await PutAsync(OfDay(9), etag)).ShouldBe(HttpStatusCode.PreconditionFailed);

        (await _admin.ReadAsync("/api/contact-guard"))!.Value.GetProperty("perDay").GetInt32().ShouldBe(1);
        var entries = (await _admin.ReadAsync("/api/audit?what=contact-guard.changed"))!.Value.GetProperty("items");
        entries.GetArrayLength().ShouldBe(1);
        entries[0].GetProperty("after").GetProperty("perDay").GetInt32().ShouldBe(1);
    }

    // Hours and holidays don't matter.
    private static object OfDay(int calls) => new { perDay = calls, holidays = new { observed = false } };

    private async Task<HttpStatusCode> PutAsync(object guard, string? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/contact-guard")
        {
            Content = JsonContent.Create(guard),
        };
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        using var response = await _admin.SendAsync(request);
        return response.StatusCode;
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> PressAsync(string number, bool force = true) =>
        ClickDesk.ClickAsync(_ana, new { number, force });
}

public sealed class GuardedClickTestsOnSqlite() : GuardedClickTests(TestStorage.Sqlite);

public sealed class GuardedClickTestsOnAzurite() : GuardedClickTests(TestStorage.AzuriteInTheLongRun);
