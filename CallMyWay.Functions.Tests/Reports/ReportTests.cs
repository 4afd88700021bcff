using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Reports;

/// <summary>Reports through the front door, from the operator's notifications to the spreadsheet.</summary>
public abstract class ReportTests(DemoHost demo)
{
    private static readonly DateTimeOffset Began = DateTimeOffset.UtcNow.AddMinutes(-40);

    private static readonly TimeZoneInfo CostaRica = TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica");

    private static string Day => TimeZoneInfo.ConvertTime(Began, CostaRica)
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [SkippableFact]
    public async Task A_Day_Is_What_Its_Calls_And_Their_Wrap_Ups_Add_Up_To()
    {
        var before = await RowAsync(demo.Sofia, "day");
        await TalkAsync("rep-talk", "61800001", 10, 70);
        await MissAsync("rep-missed", "61800002");
        await PutWrapUpAsync("rep-talk", new
        {
            outcome = "promise-to-pay",
            charge = new { amount = 2500, currency = "CRC", concept = "gestión" },
            promise = new { amount = 40000, currency = "CRC", dueAt = DateTimeOffset.UtcNow.AddDays(3) },
        });

        var after = await RowAsync(demo.Sofia, "day");

        Added("in").ShouldBe(2);
        Added("answered").ShouldBe(1);
        Added("answeredWithin20").ShouldBe(1);
        Added("missed").ShouldBe(1);
        Added("talkSeconds").ShouldBe(60);
        Added("wrapUps").ShouldBe(1);
        Added("wrapUpSeconds").ShouldBe(900);
        Added("charges").ShouldBe(2500);
        Added("promises").ShouldBe(1);
        Added("promisesMade").ShouldBe(1);
        Added("promisedAmount").ShouldBe(40000);
        Added("promisesKept").ShouldBe(0);
        Added("cost").ShouldBe(12.5m);
        (await RowAsync(demo.Sofia, "agent", "ana")).GetProperty("label").GetString().ShouldBe("Ana Solano Vargas");
        (await RowAsync(demo.Sofia, "outcome", "promise-to-pay")).GetProperty("label").GetString()
            .ShouldBe("Promesa de pago");
        (await RowsAsync(demo.Sofia, "contact")).ShouldContain(row => row.Text("label") == "Sin contacto");
        (await RowAsync(demo.Sofia, "team", "cobros")).GetProperty("in").GetInt32().ShouldBeGreaterThanOrEqualTo(2);

        // A correction is not another wrap-up, and does not make it a later one.
        var first = (await demo.CallAsync("rep-talk", by: demo.Ana)).GetProperty("wrapUp");
        await PutWrapUpAsync("rep-talk", new
        {
            outcome = "promise-to-pay",
            notes = "Paga en dos días.",
            charge = new { amount = 2500, currency = "CRC", concept = "gestión" },
            promise = new { amount = 40000, currency = "CRC", dueAt = first.GetProperty("promise").Text("dueAt") },
        });
        var corrected = (await demo.CallAsync("rep-talk", by: demo.Ana)).GetProperty("wrapUp");
        corrected.Text("notes").ShouldBe("Paga en dos días.");
        corrected.Text("sentAt").ShouldBe(first.Text("sentAt"));
        corrected.Text("updatedAt").ShouldNotBe(first.Text("updatedAt"));
        after = await RowAsync(demo.Sofia, "day");
        (Added("wrapUps"), Added("charges"), Added("promises")).ShouldBe((1, 2500, 1));

        // What became of the promise counts where it was made.
        var promise = (await demo.Ana.ItemsAsync("/api/promises")).Single(each => each.Text("callId") == "rep-talk");
        var kept = await demo.Ana.AskAsync(
            HttpMethod.Put, $"/api/promises/{promise.Text("promiseId")}", new { state = "kept" });
        kept.Status.ShouldBe(HttpStatusCode.OK, kept.Body.ToString());
        after = await RowAsync(demo.Sofia, "day");
        Added("promisesKept").ShouldBe(1);
        Added("paidAmount").ShouldBe(40000);

        // A wrap-up that is taken back counts for nothing.
        await PutWrapUpAsync("rep-missed", new { outcome = "other", notes = "x", charge = new { amount = 10, currency = "CRC", concept = "x" } });
        after = await RowAsync(demo.Sofia, "day");
        Added("charges").ShouldBe(2510);
        var etag = (await demo.CallAsync("rep-missed", by: demo.Ana)).GetProperty("wrapUp").Text("etag");
        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/calls/rep-missed/wrap-up/undo", ifMatch: etag))
            .Status.ShouldBe(HttpStatusCode.OK);
        after = await RowAsync(demo.Sofia, "day");
        Added("charges").ShouldBe(2500);

        decimal Added(string name) => Number(after, name) - Number(before, name);
    }

    [SkippableFact]
    public async Task The_Same_Is_A_Spreadsheet_In_The_Askers_Language()
    {
        await TalkAsync("rep-csv", "61800011", 5, 25);

        foreach (var (language, head, total) in new[] { ("es", "agente,entrantes,", "Total,"), ("en", "agent,in,", "Total,") })
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, $"/api/exports/reports.csv?from={Day}&to={Day}&by=agent");
            request.Headers.AcceptLanguage.ParseAdd(language);
            using var csv = await demo.Sofia.SendAsync(request);
            csv.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
            var bytes = await csv.Content.ReadAsByteArrayAsync();
            bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
            var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            lines[0].ShouldStartWith(head);
            lines[^1].ShouldStartWith(total);
            lines.ShouldContain(line => line.StartsWith("Ana Solano Vargas,", StringComparison.Ordinal));
            lines.ShouldAllBe(line => line.Split(',').Length == lines[0].Split(',').Length);
        }
    }

    [SkippableFact]
    public async Task A_Supervisor_Has_The_Figures_Of_The_Team_And_An_Administrator_All()
    {
        // Nobody has this phone.
        await demo.EndAsync("rep-nobody", [.. At("61800021", 5, 25), ("endpoint_id", "9999"), ("dnis", "40009999")]);
        await demo.CallAsync("rep-nobody", call => call.Text("state") == "ended");

        var teams = await RowsAsync(demo.Admin, "team");
        teams.ShouldContain(row => row.Text("label") == "Sin equipo" && row.GetProperty("in").GetInt32() > 0);
        (await RowsAsync(demo.Sofia, "team")).ShouldAllBe(row => row.Text("key") == "cobros");
        (await demo.Ana.AskAsync(HttpMethod.Get, "/api/reports/daily")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await demo.Nobody.AskAsync(HttpMethod.Get, "/api/exports/reports.csv")).Status
            .ShouldBe(HttpStatusCode.Unauthorized);
    }

    [SkippableTheory]
    [InlineData("from=2016-01-01&to=2025-12-31", "from")]
    [InlineData("from=2024-01-01&to=2026-01-02", "from")]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("to=yesterday", "to")]
    [InlineData("by=week", "by")]
    [InlineData("by=day,hour", "by")]
    [InlineData("by=1", "by")]
    public async Task What_Is_No_Span_And_No_Kind_Of_Row_Is_Refused(string query, string field)
    {
        foreach (var path in new[] { "reports/daily", "exports/reports.csv" })
        {
            var (status, problem) = await demo.Sofia.AskAsync(HttpMethod.Get, $"/api/{path}?{query}");
            status.ShouldBe(HttpStatusCode.BadRequest);
            problem.Errors().ShouldContain(field);
        }
    }

    [SkippableFact]
    public async Task Days_Without_Calls_Are_No_Error()
    {
        var report = (await demo.Sofia.ReadAsync("/api/reports/daily?from=2101-01-01&to=2101-01-31&by=contact"))!.Value;

        report.GetProperty("items").GetArrayLength().ShouldBe(0);
        report.GetProperty("totals").GetProperty("in").GetInt32().ShouldBe(0);
        report.GetProperty("totals").GetProperty("answeredRate").ValueKind.ShouldBe(JsonValueKind.Null);
        (report.Text("from"), report.Text("to"), report.Text("by")).ShouldBe(("2101-01-01", "2101-01-31", "contact"));
    }

    [SkippableFact]
    public async Task A_Screen_Tells_How_Soon_The_Card_Was_There()
    {
        await using var screen = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("rep-screen", ("ani", "61800041"));
        var popUp = (await screen.NextOfAsync("rep-screen")).PopUp;
        var (notified, sent) = (
            popUp.GetProperty("notifiedAt").GetDateTimeOffset(), popUp.GetProperty("sentAt").GetDateTimeOffset());
        (sent - notified).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(1));

        // cmVwLXNjcmVlbg is rep-screen, and ODAwMDAwMQ the account.
        var open = (await demo.Ana.ReadAsync(
            "/api/pop-ups?painted=1000.400.20.30.1200.cmVwLXNjcmVlbg.ODAwMDAwMQ"))!.Value;

        (DateTimeOffset.UtcNow - open.GetProperty("now").GetDateTimeOffset())
            .ShouldBeInRange(TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        var speed = (await demo.Sofia.ReadAsync("/api/reports/desk-speed"))!.Value;
        var ana = speed.GetProperty("items").EnumerateArray().Single(row => row.Text("agentId") == "ana");
        ana.Text("agentName").ShouldBe("Ana Solano Vargas");
        var measured = ana.GetProperty("speed");
        (measured.GetProperty("count").GetInt32(), measured.GetProperty("p95").GetInt32(), measured.Text("lateMost"))
            .ShouldBe((1, 1250, "browser"));
        speed.GetProperty("days").GetArrayLength().ShouldBe(1);
        (await demo.Ana.AskAsync(HttpMethod.Get, "/api/pop-ups?painted=1.2")).Status
            .ShouldBe(HttpStatusCode.BadRequest);
        (await demo.Sofia.AskAsync(HttpMethod.Get, "/api/reports/desk-speed?from=2026-01-01&to=2026-02-01")).Status
            .ShouldBe(HttpStatusCode.BadRequest);
        (await demo.Ana.AskAsync(HttpMethod.Get, "/api/reports/desk-speed")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableFact]
    public async Task All_Calls_Can_Be_Counted_Anew()
    {
        await TalkAsync("rep-recount", "61800031", 5, 25);
        var before = await RowAsync(demo.Admin, "day");

        var (status, started) = await demo.Admin.AskAsync(HttpMethod.Post, "/api/reports/recounts");

        status.ShouldBe(HttpStatusCode.Accepted);
        JsonElement recount = default;
        await Eventually.TrueAsync(async () => (recount = (await demo.Admin.ItemsAsync("/api/reports/recounts"))
            .Single(each => each.Text("recountId") == started.Text("recountId"))).Text("state") == "done");
        recount.GetProperty("calls").GetInt32().ShouldBeGreaterThan(0);
        var after = await RowAsync(demo.Admin, "day");
        Number(after, "in").ShouldBeGreaterThanOrEqualTo(Number(before, "in"));
        (await demo.Sofia.AskAsync(HttpMethod.Post, "/api/reports/recounts")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static (string Field, object? Value)[] At(string number, int? connected, int ended) =>
    [
        ("ani", number),
        ("detect_time", DemoHost.OperatorTime(Began)),
        ("connect_time", connected is { } at ? DemoHost.OperatorTime(Began.AddSeconds(at)) : ""),
        ("disconnect_time", DemoHost.OperatorTime(Began.AddSeconds(ended))),
        ("duration", (connected is { } from ? ended - from : 0).ToString(CultureInfo.InvariantCulture)),
        ("cost", connected is null ? "0" : "12.5"),
    ];

    private async Task TalkAsync(string callId, string number, int connected, int ended)
    {
        await demo.StartAsync(callId, [.. At(number, connected, ended)[..3]]);
        await demo.EndAsync(callId, At(number, connected, ended));
        await demo.CallAsync(callId, call => call.Text("state") == "ended");
    }

    private async Task MissAsync(string callId, string number)
    {
        await demo.EndAsync(callId, At(number, null, 30));
        await demo.CallAsync(callId, call => call.Text("state") == "ended");
    }

    private async Task PutWrapUpAsync(string callId, object wrapUp)
    {
        var (status, body) = await demo.Ana.AskAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", wrapUp);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
    }

    private static async Task<IReadOnlyList<JsonElement>> RowsAsync(HttpClient who, string by)
    {
        // On a busy machine figures that took long to work out are shown again for a while: the report says of when.
        var asked = DateTimeOffset.UtcNow;
        JsonElement report = default;
        await Eventually.TrueAsync(async () =>
        {
            report = (await who.ReadAsync($"/api/reports/daily?from={Day}&to={Day}&by={by}"))!.Value;
            return report.GetProperty("asOf").GetDateTimeOffset() >= asked;
        });
        report.GetProperty("pending").GetInt32().ShouldBe(0);
        return [.. report.GetProperty("items").EnumerateArray()];
    }

    private static async Task<JsonElement> RowAsync(HttpClient who, string by, string? key = null) =>
        (await RowsAsync(who, by)).FirstOrDefault(row => row.Text("key") == (key ?? Day));

    private static decimal Number(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Undefined ? 0 : row.GetProperty(name).GetDecimal();
}

public sealed class ReportTestsOnSqlite(DemoHost demo) : ReportTests(demo), IClassFixture<DemoHost>;

public sealed class ReportTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : ReportTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
