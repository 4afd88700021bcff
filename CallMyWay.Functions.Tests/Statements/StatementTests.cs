using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.CallRecords;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Statements;

/// <summary>The statement of a month, from the operator's records to the spreadsheet.</summary>
public abstract class StatementTests(TestStorage storage)
{
    private static string Month => TimeZoneInfo.ConvertTime(
        DateTimeOffset.UtcNow.AddMinutes(-10), TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"))
        .ToString("yyyy-MM", CultureInfo.InvariantCulture);

    [SkippableFact]
    public async Task A_Month_Is_What_The_Operators_Records_Add_Up_To()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        await TalkAsync(desk, "88881234", 61);
        await TalkAsync(desk, "88885678", 30);
        await TalkAsync(desk, "+17865550100", 120);
        await desk.PullAsync();

        var statement = await desk.Admin.GetObjectAsync($"/api/statements/{Month}");

        var truth = (await desk.Desk.Operator.GetFromJsonAsync<JsonArray>(
            "/getCdrs.php?username=8000001&password=demo&recent=1"))!;
        var totals = statement["totals"]!;
        ((int)totals["calls"]!).ShouldBe(3);
        ((int)totals["connected"]!).ShouldBe(3);
        ((long)totals["seconds"]!).ShouldBe(211);
        ((decimal)totals["minutes"]!).ShouldBe(3.52m);
        ((decimal)totals["cost"]!).ShouldBe(truth.Sum(record => MoneyOf(record!["cost"]!)));
        ((decimal)totals["accessFees"]!).ShouldBe(truth.Sum(record => MoneyOf(record!["access_fee"]!)));
        ((decimal)totals["total"]!).ShouldBe((decimal)totals["cost"]! + (decimal)totals["accessFees"]!);
        ((string?)statement["currency"]).ShouldBe("CRC");
        ((JsonArray)statement["routes"]!).Sum(route => (int)route!["calls"]!).ShouldBe(3);
        ((JsonArray)statement["routes"]!).Count.ShouldBe(2);
        statement["difference"].ShouldBeNull();

        using var csv = await desk.Admin.GetAsync($"/api/exports/statements.csv?month={Month}");
        csv.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var bytes = await csv.Content.ReadAsByteArrayAsync();
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(4);
        lines[0].ShouldStartWith("mes,cuenta,moneda,patrón,");
        lines[^1].ShouldStartWith($"{Month},8000001,CRC,,TOTAL,,3,3,211,");
    }

    [SkippableFact]
    public async Task The_Invoices_Total_Is_Kept_And_Its_Difference_Explained()
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var dear = await TalkAsync(desk, "+17865550100", 600);
        await TalkAsync(desk, "88881234", 60);
        await desk.PullAsync();
        var path = $"/api/statements/{Month}";
        var ours = (decimal)(await desk.Admin.GetObjectAsync(path))["totals"]!["total"]!;
        var record = (await desk.ReadAsync(dear)).GetProperty("record");
        var amount = record.GetProperty("cost").GetDecimal() + record.GetProperty("accessFee").GetDecimal();
        amount.ShouldBeGreaterThan(0);

        var (status, statement) = await desk.Admin.SendJsonAsync(
            HttpMethod.Put, path, new { invoiceTotal = ours - amount });

        status.ShouldBe(200);
        ((decimal)statement!["difference"]!).ShouldBe(-amount);
        var clue = ((JsonArray)statement["clues"]!).Single(each => (string?)each!["kind"] == "oneCall")!;
        ((bool)clue["isExact"]!).ShouldBeTrue();
        ((string?)clue["calls"]![0]!["callId"]).ShouldBe(dear);
        ((string?)clue["text"]).ShouldStartWith("El monto de una sola llamada");

        var etag = (string)statement["etag"]!;
        // The same again is answered as the first time; another over what has changed is not.
        (await desk.Admin.SendJsonAsync(HttpMethod.Put, path, new { invoiceTotal = ours }, etag)).Status.ShouldBe(200);
        (await desk.Admin.SendJsonAsync(HttpMethod.Put, path, new { invoiceTotal = ours }, etag)).Status.ShouldBe(200);
        (await desk.Admin.SendJsonAsync(HttpMethod.Put, path, new { invoiceTotal = 1 }, etag)).Status.ShouldBe(412);
        var equal = await desk.Admin.GetObjectAsync(path);
        ((decimal)equal["difference"]!).ShouldBe(0);
        equal["clues"].ShouldBeNull();
        // A body that names something else takes nothing away.
        var (slip, problem) = await desk.Admin.SendJsonAsync(HttpMethod.Put, path, new { total = 1 });
        (slip, problem!["errors"]!["invoiceTotal"] is null).ShouldBe((400, false));
        (await desk.Admin.GetObjectAsync(path))["invoice"].ShouldNotBeNull();
        (await desk.Admin.SendJsonAsync(HttpMethod.Put, path, new { invoiceTotal = (decimal?)null }))
            .Body!["invoice"].ShouldBeNull();
    }

    [SkippableTheory]
    [InlineData("2026-13", "month", null)]
    [InlineData("2026-1", "month", null)]
    [InlineData("2026-01", "invoiceTotal", "-1")]
    [InlineData("2026-01", "invoiceTotal", "1.00001")]
    [InlineData("2026-01", "invoiceTotal", "1000000000000.01")]
    [InlineData("2026-01?account=other", "account", "1")]
    public async Task What_Is_No_Month_Account_Or_Amount_Is_Refused(string asked, string field, string? total)
    {
        await using var desk = await RecordDesk.StartAsync(storage);
        var given = total is null ? 1 : decimal.Parse(total, CultureInfo.InvariantCulture);

        var (status, problem) = await desk.Admin.SendJsonAsync(
            HttpMethod.Put, $"/api/statements/{asked}", new { invoiceTotal = given });

        status.ShouldBe(400);
        problem!["errors"]![field].ShouldNotBeNull();
    }

    private static Task<string> TalkAsync(RecordDesk desk, string to, int seconds) => desk.CallAsync(new
    {
        from = "1001",
        to,
        type = "out",
        ringSeconds = 0,
        talkSeconds = seconds,
        at = DateTimeOffset.UtcNow.AddMinutes(-11),
        notify = false,
    });

    private static decimal MoneyOf(JsonNode value) => decimal.Parse(value.ToString(), CultureInfo.InvariantCulture);
}

public sealed class StatementTestsOnSqlite() : StatementTests(TestStorage.Sqlite);

public sealed class StatementTestsOnAzurite() : StatementTests(TestStorage.AzuriteInTheLongRun);
