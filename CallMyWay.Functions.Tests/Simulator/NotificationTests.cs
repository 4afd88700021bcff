using System.Text.Json.Nodes;

namespace CallMyWay.Functions.Tests.Simulator;

public sealed class NotificationTests
{
    private static readonly string[] Fields =
        ["callid", "account_id", "endpoint_id", "ani", "dnis", "detect_time", "connect_time", "disconnect_time", "duration", "type", "cost"];

    [Fact]
    public async Task A_Notification_Has_The_Names_Order_And_Formats_Of_The_Document()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        await simulator.PlayAsync(new { callId = "c-1", from = "40001001", to = "88887777", type = "out", ringSeconds = 4, talkSeconds = 90, at = "2026-03-01 10:00:00" });

        simulator.Received.Select(each => each.ContentType).ShouldAllBe(type => type == "application/json");
        simulator.Received.Select(each => each.Body).ShouldBe([
            """{"action":"callStart","data":{"callid":"c-1","account_id":"8000001","endpoint_id":"1001","ani":"40001001","dnis":"88887777","detect_time":"2026-03-01 10:00:00","connect_time":"1970-01-01 00:00:00","disconnect_time":"1970-01-01 00:00:00","duration":"0","type":"out","cost":"0.00"}}""",
            """{"action":"callEnd","data":{"callid":"c-1","account_id":"8000001","endpoint_id":"1001","ani":"40001001","dnis":"88887777","detect_time":"2026-03-01 10:00:00","connect_time":"2026-03-01 10:00:04","disconnect_time":"2026-03-01 10:01:34","duration":"90","type":"out","cost":"48.75"}}""",
        ]);
        simulator.Notifications.ShouldAllBe(
            each => each["data"]!.AsObject().Select(field => field.Key).SequenceEqual(Fields));
    }

    [Fact]
    public async Task An_Unanswered_Call_Ends_Without_Having_Connected()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        await simulator.PlayAsync(
            new { from = "22223333", to = "1002", answered = false, ringSeconds = 25, at = "2026-03-01T16:00:00Z" });

        var end = Data(simulator.Notifications.Last());
        end["type"].ShouldBe("in");
        end["endpoint_id"].ShouldBe("1002");
        end["dnis"].ShouldBe("40001002");
        end["connect_time"].ShouldBe("1970-01-01 00:00:00");
        end["disconnect_time"].ShouldBe("2026-03-01 10:00:25");
        end["duration"].ShouldBe("0");
        end["cost"].ShouldBe("0.00");
    }

    [Fact]
    public async Task A_Call_Between_Two_Phones_Of_The_Account_Is_Internal_And_Free()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        await simulator.PlayAsync(
            new { from = "1001", to = "1002", ringSeconds = 0, talkSeconds = 60, at = "2026-03-01T16:00:00Z" });

        var end = Data(simulator.Notifications.Last());
        (end["type"], end["endpoint_id"], end["ani"], end["dnis"], end["cost"])
            .ShouldBe(("internal", "1002", "40001001", "40001002", "0.00"));
    }

    [Fact]
    public async Task In_A_Ring_Group_Each_Phone_Is_Notified_And_The_Others_End_When_One_Answers()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        await simulator.PlayAsync(new { callId = "g", from = "88887777", to = "40005000", endpoints = new[] { "1001", "1002", "1003" }, answeredBy = "1002", ringSeconds = 0, talkSeconds = 0 });

        simulator.Notifications.Select(each => (string)each["action"]! + " " + Data(each)["endpoint_id"])
            .ShouldBe(
                ["callStart 1001", "callStart 1002", "callStart 1003", "callEnd 1001", "callEnd 1003", "callEnd 1002"]);
        simulator.Notifications.ShouldAllBe(each => Data(each)["callid"] == "g");
        Data(simulator.Notifications.Last())["connect_time"].ShouldNotBe("1970-01-01 00:00:00");
        Data(simulator.Notifications.ElementAt(3))["connect_time"].ShouldBe("1970-01-01 00:00:00");
    }

    [Fact]
    public async Task Every_Shape_That_The_Document_Leaves_Open_Can_Be_Set()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.PutAsync("/simulator/shape", new
        {
            startAt = "both",
            ringGroup = "once",
            values = "numbers",
            noTime = "empty",
            numberFormat = "e164",
            privateCallerId = "private",
            durationUnit = "milliseconds",
            contentType = "text/plain",
        });

        await simulator.PlayAsync(new { from = "88887777", to = "1001", endpoints = new[] { "1001", "1002" }, answeredBy = "1002", ringSeconds = 1, talkSeconds = 2, at = "2026-03-01T16:00:00Z" });
        await simulator.PlayAsync(new { to = "1001", ringSeconds = 0, talkSeconds = 0 });

        var all = simulator.Notifications.Select(each => each["data"]!.AsObject()).ToArray();
        all.Take(3).Select(data => (string)data["endpoint_id"]!).ShouldBe(["1001", "1002", "1002"]);
        ((string)all[0]["ani"]!).ShouldBe("+50688887777");
        ((string)all[0]["connect_time"]!).ShouldBe("");
        all[2]["duration"]!.GetValue<int>().ShouldBe(2000);
        ((string)all[3]["ani"]!).ShouldBe("private");
        simulator.Received.ShouldAllBe(each => each.ContentType == "text/plain");
    }

    [Fact]
    public async Task Single_Quotes_Are_As_The_Document_Shows_Them()
    {
        await using var simulator = await RunningSimulator.StartAsync(null, "--Shape:SingleQuotes", "true");

        await simulator.PlayAsync(new { callId = "q", from = """it's "x" \""", to = "1001", answered = false, ringSeconds = 0, at = "2026-03-01 10:00:00" });

        simulator.Received.First().Body.ShouldBe(
            """{'action':'callStart','data':{'callid':'q','account_id':'8000001','endpoint_id':'1001','ani':'it\'s "x" \\','dnis':'40001001','detect_time':'2026-03-01 10:00:00','connect_time':'1970-01-01 00:00:00','disconnect_time':'1970-01-01 00:00:00','duration':'0','type':'in','cost':'0.00'}}""");
    }

    [Fact]
    public async Task A_Call_Takes_Its_Time_And_Can_Be_Hung_Up()
    {
        var time = new ManualTime(new(2026, 3, 1, 16, 0, 0, 500, TimeSpan.Zero));
        await using var simulator = await RunningSimulator.StartAsync(time);

        var callId = (string)(await simulator.PostAsync(
            "/simulator/calls", new { from = "88887777", to = "1001", ringSeconds = 5, talkSeconds = 300 }))["callId"]!;
        await time.WaitingAsync(1);
        time.Advance(TimeSpan.FromSeconds(5));
        await time.WaitingAsync(1);
        ((string)(await simulator.TruthAsync())[0]!["state"]!).ShouldBe("answered");
        time.Advance(TimeSpan.FromSeconds(42));
        using var hungUp = await simulator.Http.PostAsync($"/simulator/hangup/{callId}", null);
        await simulator.SettledAsync();

        var end = Data(simulator.Notifications.Last());
        (end["connect_time"], end["disconnect_time"], end["duration"])
            .ShouldBe(("2026-03-01 10:00:05", "2026-03-01 10:00:47", "42"));
    }

    [Fact]
    public async Task A_Notification_Without_An_Ack_Is_Sent_Again_Only_Where_That_Is_Set()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Answer = count => count == 1 ? (500, "no") : count == 2 ? (200, "<html>") : (200, """{"ack":"ok"}""");

        await simulator.PlayAsync(new { from = "88887777", to = "1001", ringSeconds = 0, talkSeconds = 0 });
        simulator.Received.Count.ShouldBe(2);

        simulator.Received.Clear();
        await simulator.PutAsync("/simulator/shape", new { resends = 3, resendSeconds = 0 });
        await simulator.PlayAsync(new { from = "88887777", to = "1001", ringSeconds = 0, talkSeconds = 0 });

        simulator.Received.Count.ShouldBe(4);
        var deliveries = (await simulator.TruthAsync())[1]!["notifications"]![0]!["deliveries"]!.AsArray();
        deliveries.Select(each => (int)each!["status"]!).ShouldBe([500, 200, 200]);
        deliveries.Select(each => (bool)each!["acked"]!).ShouldBe([false, false, true]);
    }

    [Fact]
    public async Task Failed_Deliveries_Are_Part_Of_The_Truth()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.PutAsync("/simulator/webhook", new { webhook = "http://127.0.0.1:1/" });

        await simulator.PlayAsync(new { from = "88887777", to = "1001", ringSeconds = 0, talkSeconds = 0 });

        var delivery = (await simulator.TruthAsync())[0]!["notifications"]![0]!["deliveries"]![0]!;
        delivery["status"].ShouldBeNull();
        ((string?)delivery["error"]).ShouldNotBeNullOrEmpty();
    }

    private static Dictionary<string, string> Data(JsonNode notification) =>
        notification["data"]!.AsObject()
            .ToDictionary(field => field.Key, field => (string)field.Value!, StringComparer.Ordinal);
}
