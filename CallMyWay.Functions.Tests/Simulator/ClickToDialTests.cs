using System.Net;
using CallMyWay.Simulator;

namespace CallMyWay.Functions.Tests.Simulator;

public sealed class ClickToDialTests
{
    private static readonly string[] Instant =
        ["--Click:FirstRingSeconds", "0", "--Click:SecondRingSeconds", "0", "--Click:TalkSeconds", "0"];

    [Fact]
    public async Task A_Click_Is_Answered_Before_The_Call_Takes_Place()
    {
        await using var simulator = await RunningSimulator.StartAsync(null, Instant);

        using var response = await simulator.ClickAsync("40001001", "8888-7777");
        await simulator.SettledAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBe("OK");
        simulator.Notifications.Select(each => $"{each["action"]} {each["data"]!["type"]} {each["data"]!["endpoint_id"]} {each["data"]!["ani"]} {each["data"]!["dnis"]}")
            .ShouldBe(["callStart out 1001 40001001 8888-7777", "callEnd out 1001 40001001 8888-7777"]);
    }

    [Fact]
    public async Task A_Click_With_Two_Legs_Has_Two_Call_Ids()
    {
        await using var simulator = await RunningSimulator.StartAsync(null, Instant);
        await simulator.PutAsync("/simulator/shape", new { clickLegs = "two" });

        using var response = await simulator.ClickAsync("8000001", "88887777");
        await simulator.SettledAsync();

        simulator.Notifications.Select(each => $"{each["action"]} {each["data"]!["type"]}")
            .ShouldBe(["callStart internal", "callStart out", "callEnd out", "callEnd internal"]);
        simulator.Notifications.Select(each => (string)each["data"]!["callid"]!).Distinct(StringComparer.Ordinal)
            .Count().ShouldBe(2);
        (await simulator.RecordsAsync("recent=1")).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("number", "40001001")]
    [InlineData("id", "1001")]
    [InlineData("sip", "sip:1001@pbx.callmyway.example")]
    public async Task The_Phones_Of_A_Click_Have_The_Form_Of_The_Shape(string form, string phone)
    {
        await using var simulator = await RunningSimulator.StartAsync(null, Instant);
        await simulator.PutAsync("/simulator/shape", new { clickLegs = "two", phoneForm = form });

        using var response = await simulator.ClickAsync("1001", "88887777");
        await simulator.SettledAsync();

        simulator.Notifications.Where(each => (string?)each["action"] == "callStart")
            .Select(each => $"{each["data"]!["ani"]} {each["data"]!["dnis"]}")
            .ShouldBe([$"88887777 {phone}", $"{phone} 88887777"]);
    }

    [Fact]
    public void The_Latest_Clicks_Are_Kept_And_Earlier_Ones_Are_Not()
    {
        var clicks = new ClickRequests(TimeProvider.System);
        for (var i = 0; i < ClickRequests.Most + 2; i++)
        {
            clicks.Note("1001", $"{i}", 200);
        }

        var all = clicks.All();
        (all.Count, all[0].Second, all[^1].Second).ShouldBe((ClickRequests.Most, "2", $"{ClickRequests.Most + 1}"));
        clicks.Clear();
        clicks.All().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("one", 1)]
    [InlineData("two", 1)]
    public async Task When_The_Agent_Does_Not_Answer_The_Contact_Is_Not_Called(string legs, int expected)
    {
        await using var simulator = await RunningSimulator.StartAsync(null, Instant);
        await simulator.PutAsync("/simulator/shape", new { clickLegs = legs });
        await simulator.PutAsync("/simulator/click", new { firstAnswers = false, firstRingSeconds = 0 });

        using var response = await simulator.ClickAsync("1001", "88887777");
        await simulator.SettledAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var records = await simulator.RecordsAsync("recent=1");
        records.Count.ShouldBe(expected);
        records.ShouldAllBe(record => (string)record!["connect_time"]! == "1970-01-01 00:00:00");
    }

    [Fact]
    public async Task The_Contact_Can_Be_Called_First()
    {
        await using var simulator = await RunningSimulator.StartAsync(null, Instant);

        using var response = await simulator.ClickAsync("88887777", "1002");
        await simulator.SettledAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string)simulator.Notifications.Last()["data"]!["endpoint_id"]!).ShouldBe("1002");
        ((string)simulator.Notifications.Last()["data"]!["dnis"]!).ShouldBe("88887777");
    }

    [Fact]
    public async Task A_User_Has_One_Active_Call()
    {
        await using var simulator = await RunningSimulator.StartAsync(
            new ManualTime(new(2026, 3, 1, 16, 0, 0, TimeSpan.Zero)));

        var clicks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => simulator.ClickAsync("1001", "88887777")));
        using var another = await simulator.ClickAsync("1002", "88887777");
        await simulator.PostAsync("/simulator/calls", new { from = "22223333", to = "1003" });
        using var called = await simulator.ClickAsync("1003", "88887777");

        clicks.Count(click => click.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        clicks.Count(click => click.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
        another.StatusCode.ShouldBe(HttpStatusCode.OK);
        called.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("1001", "88887777", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("99998888", "88887777", "demo", HttpStatusCode.Forbidden)]
    [InlineData("1001", "", "demo", HttpStatusCode.BadRequest)]
    [InlineData("1001", "%3Cscript%3E", "demo", HttpStatusCode.BadRequest)]
    public async Task A_Bad_Click_Is_Refused_And_No_Call_Is_Made(
        string first, string second, string password, HttpStatusCode expected)
    {
        await using var simulator = await RunningSimulator.StartAsync();

        using var response = await simulator.ClickAsync(first, second, password);

        response.StatusCode.ShouldBe(expected);
        (await simulator.TruthAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_Enabled_Addresses_Are_Answered()
    {
        await using var simulator = await RunningSimulator.StartAsync(null, "--EnabledAddresses:0", "203.0.113.0/24");

        using var click = await simulator.ClickAsync("1001", "88887777");
        using var records = await simulator.Http.GetAsync("/getCdrs.php?username=8000001&password=demo&recent=1");

        click.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        records.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task When_One_Phone_Of_A_Ring_Group_Answers_The_Others_Are_Free()
    {
        var time = new ManualTime(new(2026, 3, 1, 16, 0, 0, TimeSpan.Zero));
        await using var simulator = await RunningSimulator.StartAsync(time);
        await simulator.PostAsync(
            "/simulator/calls",
            new { from = "22223333", to = "40005000", endpoints = new[] { "1001", "1002" }, ringSeconds = 5 });
        await time.WaitingAsync(1);

        using var ringing = await simulator.ClickAsync("1002", "88887777");
        time.Advance(TimeSpan.FromSeconds(5));
        await time.WaitingAsync(1);
        using var free = await simulator.ClickAsync("1002", "88887777");
        using var speaking = await simulator.ClickAsync("1001", "88887777");

        ringing.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        free.StatusCode.ShouldBe(HttpStatusCode.OK);
        speaking.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("--Accounts:0:Endpoints:0:Id", "1001", "1001")]
    [InlineData("--Accounts:0:Currency", "USD", "8000001")]
    public async Task The_Account_Can_Be_First_By_Its_User_Name(string setting, string value, string endpoint)
    {
        await using var simulator = await RunningSimulator.StartAsync(
            null, [.. Instant, "--Accounts:0:Username", "8000001", "--Accounts:0:Password", "demo", setting, value]);

        using var response = await simulator.ClickAsync("8000001", "88887777");
        await simulator.SettledAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string)simulator.Notifications.First()["data"]!["endpoint_id"]!).ShouldBe(endpoint);
        ((string)simulator.Notifications.First()["data"]!["type"]!).ShouldBe("out");
    }

    [Fact]
    public async Task A_Late_Answer_Belongs_To_A_Call_That_Takes_Place()
    {
        var time = new ManualTime(new(2026, 3, 1, 16, 0, 0, TimeSpan.Zero));
        await using var simulator = await RunningSimulator.StartAsync(time, Instant);
        await simulator.PostAsync("/simulator/faults", new { clickDelayMs = 60000 });

        var click = simulator.ClickAsync("1001", "88887777");
        await time.WaitingAsync(1);
        await simulator.SettledAsync();

        click.IsCompleted.ShouldBeFalse();
        simulator.Received.Count.ShouldBe(2);
        time.Advance(TimeSpan.FromMinutes(1));
        (await click).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
