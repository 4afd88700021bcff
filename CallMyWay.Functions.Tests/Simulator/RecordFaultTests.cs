using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CallMyWay.Functions.Tests.Simulator;

/// <summary>Answers to a query for records that are damaged, late, or in another form.</summary>
public sealed class RecordFaultTests
{
    private const string Day = "/getCdrs.php?username=8000001&password=demo"
        + "&dateStart=2026-03-01 00:00:00&dateEnd=2026-03-02 00:00:00";

    [Theory]
    [InlineData("recordsError", HttpStatusCode.InternalServerError, "text/plain", "ERROR")]
    [InlineData("recordsRefused", HttpStatusCode.Forbidden, "text/plain", "ERROR")]
    [InlineData("recordsHtml", HttpStatusCode.OK, "text/html", "<!doctype html>")]
    [InlineData("recordsText", HttpStatusCode.OK, "text/plain", "ERROR")]
    [InlineData("recordsEmpty", HttpStatusCode.OK, "application/json", "")]
    public async Task A_Fault_Answers_Instead_Of_The_Records(
        string fault, HttpStatusCode status, string contentType, string begins)
    {
        await using var simulator = await WithCallsAsync(2);
        await FaultAsync(simulator, fault);

        using var response = await simulator.Http.GetAsync(Day);
        var body = await response.Content.ReadAsStringAsync();

        (response.StatusCode, response.Content.Headers.ContentType!.MediaType).ShouldBe((status, contentType));
        body.ShouldStartWith(begins);
        (body.Length > 0).ShouldBe(begins.Length > 0);
    }

    [Fact]
    public async Task A_Share_Hits_Some_Queries_And_The_Same_Ones_With_The_Same_Seed()
    {
        var first = await StatusesAsync(3);

        first.Distinct().Count().ShouldBe(2);
        (await StatusesAsync(3)).ShouldBe(first);

        static async Task<HttpStatusCode[]> StatusesAsync(int seed)
        {
            await using var simulator = await WithCallsAsync(1);
            await simulator.PostAsync("/simulator/faults", new { recordsRefused = 0.5, seed });
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; i < 12; i++)
            {
                using var response = await simulator.Http.GetAsync(Day);
                statuses.Add(response.StatusCode);
            }

            return [.. statuses];
        }
    }

    [Fact]
    public async Task An_Answer_That_Is_Cut_Is_Whole_As_Http_And_Broken_As_Json()
    {
        await using var simulator = await WithCallsAsync(3);
        var whole = await simulator.Http.GetStringAsync(Day);
        await FaultAsync(simulator, "recordsCut");

        var cut = await simulator.Http.GetStringAsync(Day);

        cut.ShouldBe(whole[..(whole.Length / 2)]);
    }

    [Fact]
    public async Task An_Answer_Can_End_With_Its_Connection()
    {
        await using var simulator = await WithCallsAsync(3);
        await FaultAsync(simulator, "recordsAborted");

        await Should.ThrowAsync<HttpRequestException>(() => simulator.Http.GetStringAsync(Day));
    }

    [Fact]
    public async Task An_Answer_Can_Have_A_Hundred_Megabytes()
    {
        await using var simulator = await WithCallsAsync(1);
        await FaultAsync(simulator, "recordsHuge");

        using var response = await simulator.Http.GetAsync(Day, HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentLength.ShouldBeNull();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 20];
        var total = 0L;
        for (var read = 1; read > 0; total += read)
        {
            read = await body.ReadAsync(buffer);
        }

        total.ShouldBe(100_000_000);
    }

    [Fact]
    public async Task An_Answer_Can_Be_Late()
    {
        var time = new ManualTime(new(2026, 3, 2, 16, 0, 0, TimeSpan.Zero));
        await using var simulator = await WithCallsAsync(1, time);
        await simulator.PostAsync("/simulator/faults", new { recordsLateMs = 30_000 });

        var answer = simulator.Http.GetStringAsync(Day);
        await time.WaitingAsync(1);
        time.Advance(TimeSpan.FromSeconds(29.999));
        answer.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(0.001));

        (await answer.WaitAsync(TimeSpan.FromSeconds(30))).ShouldContain("c-0");
    }

    [Fact]
    public async Task A_Share_Of_The_Records_Has_One_Broken_Field_Until_The_Fault_Is_Cleared()
    {
        await using var simulator = await WithCallsAsync(60);
        var whole = await RecordsAsync(simulator);
        await simulator.PostAsync("/simulator/faults", new { recordsBroken = 0.3, seed = 1 });

        var broken = await RecordsAsync(simulator);

        broken.Count.ShouldBe(60);
        var changed = whole.Zip(broken).Where(pair => pair.First!.ToJsonString() != pair.Second!.ToJsonString())
            .Select(pair => pair.Second!).ToArray();
        changed.Length.ShouldBeInRange(8, 30);
        changed.Count(record => Text(record, "callid") == "").ShouldBeGreaterThan(0);
        changed.Count(record => Text(record, "detect_time") == "" && Text(record, "connect_time") == "")
            .ShouldBeGreaterThan(0);
        changed.Count(record => Text(record, "duration") == "abc").ShouldBeGreaterThan(0);
        using var cleared = await simulator.Http.DeleteAsync("/simulator/faults");
        (await RecordsAsync(simulator)).ToJsonString().ShouldBe(whole.ToJsonString());
    }

    [Fact]
    public async Task A_Record_Can_Be_Listed_Twice_Also_On_Two_Pages()
    {
        await using var simulator = await WithCallsAsync(40);
        await simulator.PostAsync("/simulator/faults", new { recordsDouble = 0.5, seed = 2 });

        var pages = new List<string[]>();
        do
        {
            pages.Add(Ids(await RecordsAsync(simulator, $"&ini={pages.Sum(page => page.Length)}&cant=10")));
        }
        while (pages[^1].Length == 10);

        var doubled = pages.SelectMany(page => page).CountBy(id => id).Where(id => id.Value == 2).ToArray();
        pages.SelectMany(page => page).Distinct(StringComparer.Ordinal).Count().ShouldBe(40);
        doubled.Length.ShouldBeInRange(10, 30);
        doubled.Any(id => pages.Any(page => page.Count(each => each == id.Key) == 2)).ShouldBeTrue();
        doubled.Any(id => pages.Count(page => page.Contains(id.Key)) == 2).ShouldBeTrue();
    }

    [Fact]
    public async Task A_Record_Can_Be_Missing()
    {
        await using var simulator = await WithCallsAsync(40);
        await simulator.PostAsync("/simulator/faults", new { recordsMissing = 0.5, seed = 2 });

        (await RecordsAsync(simulator)).Count.ShouldBeInRange(10, 30);
        using var cleared = await simulator.Http.DeleteAsync("/simulator/faults");
        (await RecordsAsync(simulator)).Count.ShouldBe(40);
    }

    [Fact]
    public async Task An_Answer_Has_At_Most_As_Many_Records_As_The_Shape_Says()
    {
        await using var simulator = await WithCallsAsync(5, null, "--Shape:MaxRecords", "3");

        (await RecordsAsync(simulator, "&ini=0&cant=100")).Count.ShouldBe(3);
        (await RecordsAsync(simulator, "&ini=3&cant=100")).Count.ShouldBe(2);
        (await RecordsAsync(simulator, "&ini=0&cant=2")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_Newest_Record_Can_Come_First()
    {
        await using var simulator = await WithCallsAsync(3, null, "--Shape:RecordOrder", "NewestFirst");

        Ids(await RecordsAsync(simulator)).ShouldBe(["c-2", "c-1", "c-0"]);
    }

    [Fact]
    public async Task A_Range_Can_Go_By_The_Calls_End_And_Leave_Out_Its_Own()
    {
        await using var simulator = await WithCallsAsync(2);
        const string FromTheStart = "dateStart=2026-03-01 10:00:00&dateEnd=2026-03-01 10:01:00";
        const string ToTheEnd = "dateStart=2026-03-01 10:01:00&dateEnd=2026-03-01 10:01:25";

        // The first call goes from 10:00:00 to 10:00:25, the second from 10:01:00 to 10:01:25.
        Ids(await simulator.RecordsAsync(FromTheStart)).ShouldBe(["c-0", "c-1"]);
        await simulator.PutAsync("/simulator/shape", new { recordEndIncluded = false });
        Ids(await simulator.RecordsAsync(FromTheStart)).ShouldBe(["c-0"]);
        await simulator.PutAsync("/simulator/shape", new { recordTime = "end" });
        Ids(await simulator.RecordsAsync(FromTheStart)).ShouldBe(["c-0"]);
        Ids(await simulator.RecordsAsync(ToTheEnd)).ShouldBe(["c-1"]);
        await simulator.PutAsync("/simulator/shape", new { recordTime = "end", recordEndIncluded = false });
        Ids(await simulator.RecordsAsync(ToTheEnd)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Record_Can_Appear_Some_Time_After_Its_Call()
    {
        var time = new ManualTime(new(2026, 3, 1, 16, 0, 0, TimeSpan.Zero));
        await using var simulator = await WithCallsAsync(1, time, "--Shape:RecordDelaySeconds", "60");

        time.Advance(TimeSpan.FromSeconds(84));
        (await RecordsAsync(simulator)).ShouldBeEmpty();
        time.Advance(TimeSpan.FromSeconds(1));
        (await RecordsAsync(simulator)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Strings", "false", """
        "duration":"61","ani_user":"8000001","dnis_user":"","cost":"254.1667","access_fee":"75.00","rate":"250.00"
        """)]
    [InlineData("Strings", "true", """
        "duration":"61","ani_user":"8000001","dnis_user":"","cost":"254,1667","access_fee":"75,00","rate":"250,00"
        """)]
    [InlineData("Numbers", "true", """
        "duration":61,"ani_user":"8000001","dnis_user":"","cost":254.1667,"access_fee":75,"rate":250
        """)]
    public async Task Values_Can_Be_Numbers_Or_Have_A_Decimal_Comma(string values, string comma, string expected)
    {
        await using var simulator = await WithCallsAsync(
            0, null, "--Shape:RecordValues", values, "--Shape:DecimalComma", comma);
        await simulator.PlayAsync(new
        {
            from = "1001",
            to = "9001234567",
            type = "out",
            ringSeconds = 3,
            talkSeconds = 61,
            at = "2026-03-01 10:00:00",
        });

        (await RecordsAsync(simulator)).ToJsonString().ShouldContain(expected.Trim());
    }

    [Fact]
    public async Task A_Record_Can_Be_Corrected_And_The_Truth_With_It()
    {
        await using var simulator = await WithCallsAsync(2);

        await simulator.PostAsync(
            "/simulator/calls/c-1/record", new { duration = 7, cost = 1.5, accessFee = 2, routeName = "otra" });

        var records = await RecordsAsync(simulator);
        Ids(records).ShouldBe(["c-0", "c-1"]);
        Text(records[0]!, "duration").ShouldBe("20");
        new[] { "duration", "cost", "access_fee", "route_name", "ani" }.Select(field => Text(records[1]!, field))
            .ShouldBe(["7", "1.50", "2.00", "otra", "88887777"]);
        var leg = (await simulator.TruthAsync())[1]!["legs"]![0]!;
        ((int)leg["durationSeconds"]!, (string)leg["disconnectedAt"]!).ShouldBe((7, "2026-03-01T16:01:12+00:00"));
    }

    [Theory]
    [InlineData("c-0", """{"duration":-1}""", HttpStatusCode.BadRequest)]
    [InlineData("c-0", """{"cost":-1}""", HttpStatusCode.BadRequest)]
    [InlineData("c-0", """{"price":1}""", HttpStatusCode.BadRequest)]
    [InlineData("nobody", """{"cost":1}""", HttpStatusCode.NotFound)]
    [InlineData("live", """{"cost":1}""", HttpStatusCode.Conflict)]
    public async Task A_Correction_That_Fits_No_Record_Is_Refused(string callId, string body, HttpStatusCode expected)
    {
        await using var simulator = await WithCallsAsync(1);
        await simulator.PostAsync(
            "/simulator/calls", new { callId = "live", from = "88887777", to = "1001", ringSeconds = 3600 });

        using var response = await simulator.Http.PostAsJsonAsync(
            $"/simulator/calls/{callId}/record", JsonNode.Parse(body));

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task The_State_Tells_How_Close_Together_The_Queries_Of_Each_Account_Arrived()
    {
        var time = new ManualTime(new(2026, 3, 1, 16, 0, 0, TimeSpan.Zero));
        await using var simulator = await RunningSimulator.StartAsync(
            time,
            "--QuerySeconds", "4", "--Accounts:0:Username", "one", "--Accounts:0:Password", "p",
            "--Accounts:1:Username", "two", "--Accounts:1:Password", "p");
        async Task AskAsync(string account, string password = "p")
        {
            using var response = await simulator.Http.GetAsync(
                $"/getCdrs.php?username={account}&password={password}&recent=1");
        }

        await AskAsync("one");
        (await TrafficAsync()).ShouldBe("""[{"account":"one","requests":1,"shortestGapSeconds":null},{"account":"two","requests":0,"shortestGapSeconds":null}]""");
        time.Advance(TimeSpan.FromSeconds(5));
        await AskAsync("one");
        await AskAsync("two");
        time.Advance(TimeSpan.FromSeconds(3.5));

        // The third arrives too early. The simulator delays its answer, and still counts when it arrived.
        var early = AskAsync("one");
        await time.WaitingAsync(1);
        time.Advance(TimeSpan.FromSeconds(0.5));
        await early;
        time.Advance(TimeSpan.FromSeconds(9));
        await AskAsync("one");
        await AskAsync("nobody");
        await AskAsync("two", "wrong");

        (await TrafficAsync()).ShouldBe("""[{"account":"one","requests":4,"shortestGapSeconds":3.5},{"account":"two","requests":2,"shortestGapSeconds":13}]""");

        async Task<string> TrafficAsync() => JsonNode.Parse(
            await simulator.Http.GetStringAsync("/simulator/state"))!["recordRequests"]!.ToJsonString();
    }

    // Calls of 25 seconds, a minute apart, from 10:00 on: c-0, c-1, and so on.
    private static async Task<RunningSimulator> WithCallsAsync(
        int count, TimeProvider? time = null, params string[] settings)
    {
        var simulator = await RunningSimulator.StartAsync(time, ["--QuerySeconds", "0", .. settings]);
        for (var i = 0; i < count; i++)
        {
            await simulator.PostAsync("/simulator/calls" + (time is null ? "?wait=true" : ""), new
            {
                callId = $"c-{i}",
                from = "88887777",
                to = "1001",
                notify = false,
                ringSeconds = 5,
                talkSeconds = 20,
                at = $"2026-03-01 10:{i:00}:00",
            });
        }

        return simulator;
    }

    private static Task<JsonNode> FaultAsync(RunningSimulator simulator, string fault) =>
        simulator.PostAsync("/simulator/faults", new Dictionary<string, bool> { [fault] = true });

    private static async Task<JsonArray> RecordsAsync(RunningSimulator simulator, string page = "") =>
        JsonNode.Parse(await simulator.Http.GetStringAsync(Day + page))!.AsArray();

    private static string[] Ids(JsonArray records) => [.. records.Select(record => Text(record!, "callid")!)];

    private static string? Text(JsonNode record, string field) => (string?)record[field];
}
