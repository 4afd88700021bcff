using System.Net;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Simulator;

public sealed class CallRecordTests
{
    private static readonly string[] NoPace = ["--QuerySeconds", "0"];

    [Fact]
    public async Task A_Record_Has_The_Fields_Of_The_Document()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.PlayAsync(new { callId = "r", from = "1001", to = "9001234567", type = "out", ringSeconds = 3, talkSeconds = 61, at = "2026-03-01 10:00:00" });

        var records = await simulator.RecordsAsync(
            "dateStart=2026-03-01 00:00:00&dateEnd=2026-03-02 00:00:00&ini=0&cant=10");

        records.ToJsonString().ShouldBe(
            """[{"callid":"r","ani":"40001001","dnis":"9001234567","detect_time":"2026-03-01 10:00:00","connect_time":"2026-03-01 10:00:03","duration":"61","ani_user":"8000001","dnis_user":"","cost":"254.1667","access_fee":"75.00","rate":"250.00","route_pattern":"506900","route_name":"Costa Rica - Servicio 900"}]""");
    }

    [Fact]
    public async Task Records_Are_Paged_In_The_Order_Of_Their_Calls()
    {
        await using var simulator = await RunningSimulator.StartAsync(null, NoPace);
        for (var i = 0; i < 25; i++)
        {
            await simulator.PlayAsync(new { callId = $"p-{i:00}", from = "88887777", to = "1001", notify = false, at = $"2026-03-01 10:{i:00}:00" });
        }

        const string Day = "dateStart=2026-03-01 00:00:00&dateEnd=2026-03-01 23:59:59";
        var pages = new[]
        {
            await simulator.RecordsAsync(Day + "&ini=0&cant=10"),
            await simulator.RecordsAsync(Day + "&ini=10&cant=10"),
            await simulator.RecordsAsync(Day + "&ini=20&cant=10")
        };

        pages.Select(page => page.Count).ShouldBe([10, 10, 5]);
        pages.SelectMany(page => page).Select(record => (string)record!["callid"]!)
            .ShouldBe(Enumerable.Range(0, 25).Select(i => $"p-{i:00}"));
        (await simulator.RecordsAsync("dateStart=2026-03-01 10:20:00&dateEnd=2026-03-01 10:21:00")).Count.ShouldBe(2);
        simulator.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recent_Are_The_Last_24_Hours_And_Only_What_Is_Over()
    {
        var time = new ManualTime(new(2026, 3, 2, 16, 0, 0, TimeSpan.Zero));
        await using var simulator = await RunningSimulator.StartAsync(
            time, "--QuerySeconds", "0", "--LiveCallsPath", "/getLiveCalls.php");
        await simulator.PlayAsync(new { callId = "old", from = "88887777", to = "1001", at = "2026-03-01T15:59:59Z" });
        await simulator.PlayAsync(new { callId = "new", from = "88887777", to = "1001", at = "2026-03-01T16:00:00Z" });
        await simulator.PostAsync("/simulator/calls", new { callId = "live", from = "88887777", to = "1001" });
        await time.WaitingAsync(1);

        (await simulator.RecordsAsync("recent=1")).Select(record => (string)record!["callid"]!).ShouldBe(["new"]);
        var live = JsonNode.Parse(
            await simulator.Http.GetStringAsync("/getLiveCalls.php?username=8000001&password=demo"))!.AsArray();
        live.Select(record => $"{record!["callid"]} {record["connect_time"]} {record["duration"]}")
            .ShouldBe(["live 1970-01-01 00:00:00 0"]);
    }

    [Fact]
    public async Task Queries_That_Come_Too_Early_Wait_And_The_Waits_Add_Up()
    {
        var time = new ManualTime(new(2026, 3, 1, 16, 0, 0, TimeSpan.Zero));
        await using var simulator = await RunningSimulator.StartAsync(time);

        await simulator.RecordsAsync("recent=1");
        var waiting = new List<Task>();
        for (var i = 1; i <= 3; i++)
        {
            waiting.Add(simulator.RecordsAsync("recent=1"));
            await time.WaitingAsync(i);
        }

        for (var answered = 0; answered < 3; answered++)
        {
            time.Advance(TimeSpan.FromSeconds(3.999));
            waiting.Skip(answered).ShouldAllBe(query => !query.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(0.001));
            await waiting[answered].WaitAsync(TimeSpan.FromSeconds(30));
        }

        time.Advance(TimeSpan.FromSeconds(4));
        await simulator.RecordsAsync("recent=1").WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("username=8000001&password=wrong&recent=1", HttpStatusCode.Unauthorized)]
    [InlineData("username=nobody&password=demo&recent=1", HttpStatusCode.Unauthorized)]
    [InlineData("recent=1", HttpStatusCode.Unauthorized)]
    [InlineData("username=8000001&password=demo", HttpStatusCode.BadRequest)]
    [InlineData("username=8000001&password=demo&dateStart=2026-03-01&dateEnd=2026-03-02", HttpStatusCode.BadRequest)]
    [InlineData("username=8000001&password=demo&recent=1&cant=-1", HttpStatusCode.BadRequest)]
    public async Task A_Bad_Query_Is_Refused(string query, HttpStatusCode expected)
    {
        await using var simulator = await RunningSimulator.StartAsync();

        using var response = await simulator.Http.GetAsync("/getCdrs.php?" + query);

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task The_Shape_Can_Put_Records_In_An_Object_And_Refuse_With_200()
    {
        await using var simulator = await RunningSimulator.StartAsync(
            null,
            "--QuerySeconds",
            "0",
            "--Shape:RecordShape",
            "Wrapped",
            "--Shape:Refusals",
            "Ok",
            "--Shape:RecordCallId",
            "Prefixed");
        await simulator.PlayAsync(
            new { callId = "x", from = "88887777", to = "1001", ringSeconds = 0, talkSeconds = 0 });

        var wrapped = JsonNode.Parse(
            await simulator.Http.GetStringAsync("/getCdrs.php?username=8000001&password=demo&recent=1"))!;
        using var refused = await simulator.Http.GetAsync("/getCdrs.php?username=8000001&password=wrong&recent=1");

        ((string)wrapped["cdrs"]![0]!["callid"]!).ShouldBe("cdr-x");
        refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await refused.Content.ReadAsStringAsync()).ShouldStartWith("ERROR");
    }

    [Theory]
    [InlineData("Utf8", "Costa Rica - M\u00c3\u00b3vil")]
    [InlineData("Latin1", "Costa Rica - M\u00f3vil")]
    [InlineData("Escaped", "Costa Rica - M\\u00F3vil")]
    public async Task Records_Can_Be_In_Another_Encoding(string encoding, string asLatin1)
    {
        await using var simulator = await RunningSimulator.StartAsync(
            null, "--QuerySeconds", "0", "--Shape:RecordEncoding", encoding);
        await simulator.PlayAsync(new { from = "1001", to = "88887777", type = "out", ringSeconds = 0, talkSeconds = 0 });

        var bytes = await simulator.Http.GetByteArrayAsync("/getCdrs.php?username=8000001&password=demo&recent=1");

        System.Text.Encoding.Latin1.GetString(bytes).ShouldContain(asLatin1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_Under_Way_Can_Be_Among_The_Records(bool have)
    {
        await using var simulator = await RunningSimulator.StartAsync(
            null, "--QuerySeconds", "0", "--Shape:RecordsHaveLive", $"{have}", "--Shape:RecordDelaySeconds", "1000");
        await simulator.PostAsync(
            "/simulator/calls", new { callId = "live", from = "88887777", to = "1001", ringSeconds = 0, talkSeconds = 600 });
        string[] expected = have ? ["live 0"] : [];
        await Eventually.TrueAsync(async () => (await SeenAsync()).SequenceEqual(expected));

        // What was there stays there when the call is over.
        (await simulator.Http.PostAsync("/simulator/hangup/live", null)).IsSuccessStatusCode.ShouldBeTrue();
        await Eventually.TrueAsync(async () => (await simulator.Http.GetStringAsync("/simulator/calls")).Contains("ended", StringComparison.Ordinal));
        (await SeenAsync()).Length.ShouldBe(expected.Length);

        async Task<string[]> SeenAsync() =>
            [.. (await simulator.RecordsAsync("recent=1")).Select(record => $"{record!["callid"]} {record["duration"]}")];
    }

    [Theory]
    [InlineData("88887777", 60, "32.50")]
    [InlineData("+506 2222 3333", 6, "0.85")]
    [InlineData("8001234567", 600, "0.00")]
    [InlineData("80012345", 60, "32.50")]
    [InlineData("0013055551234", 90, "28.125")]
    [InlineData("+4915112345678", 1, "3.00")]
    [InlineData("911", 60, "0.00")]
    public async Task A_Call_Out_Costs_What_The_Table_Says(string number, int seconds, string cost)
    {
        await using var simulator = await RunningSimulator.StartAsync();

        await simulator.PlayAsync(new { from = "1001", to = number, type = "out", ringSeconds = 0, talkSeconds = seconds, at = "2026-03-01 10:00:00" });

        ((string)simulator.Notifications.Last()["data"]!["cost"]!).ShouldBe(cost);
    }
}
