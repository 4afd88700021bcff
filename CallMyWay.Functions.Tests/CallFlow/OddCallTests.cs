using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>What the operator's document leaves open: each case ends right, over HTTP and on the screens.</summary>
public abstract class OddCallTests(DemoHost demo)
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [SkippableFact]
    public async Task A_Call_Id_That_Is_Used_Again_Is_Another_Call()
    {
        const string callId = "used-again";
        foreach (var (id, hours) in new[] { (callId, -5.0), ($"{callId}~2", -3), ($"{callId}~3", -1) })
        {
            var began = _now.AddHours(hours);
            // The end comes first: also then it is of its own call.
            await demo.EndAsync(
                callId,
                ("detect_time", DemoHost.OperatorTime(began)),
                ("connect_time", DemoHost.OperatorTime(began.AddSeconds(5))),
                ("disconnect_time", DemoHost.OperatorTime(began.AddSeconds(65))));
            await demo.StartAsync(callId, ("detect_time", DemoHost.OperatorTime(began)));
            var call = await demo.CallAsync(id, call => call.GetProperty("timeline").GetArrayLength() == 2);
            (call.Text("state"), call.Text("durationSeconds")).ShouldBe(("ended", "60"));
            call.GetProperty("startedAt").GetDateTimeOffset().ShouldBe(_now.AddHours(hours), TimeSpan.FromSeconds(1));
        }

        // Within the hour it is the same call: another phone rings.
        await demo.StartAsync(
            callId, ("endpoint_id", "1002"), ("detect_time", DemoHost.OperatorTime(_now.AddMinutes(-10))));
        await demo.CallAsync($"{callId}~3", call => call.Text("state") == "connected");
        (await demo.Luis.ItemsAsync("/api/pop-ups"))
            .ShouldContain(popUp => popUp.Text("callId") == $"{callId}~3" && popUp.Text("state") == "ringing");
    }

    [SkippableFact]
    public async Task A_Call_Id_That_Is_Used_Again_After_A_Lost_End_Is_Another_Call()
    {
        const string callId = "used-after-a-lost-end";
        await using var ana = await demo.ScreenAsync(demo.Ana);
        var (first, second) = (_now.AddHours(-6), _now.AddSeconds(-20));
        await demo.StartAsync(
            callId,
            ("detect_time", DemoHost.OperatorTime(first)),
            ("connect_time", DemoHost.OperatorTime(first.AddSeconds(5))));
        await demo.CallAsync(callId);

        await demo.StartAsync(callId, ("ani", "87124455"), ("detect_time", DemoHost.OperatorTime(second)));

        var (name, popUp) = await ana.NextOfAsync($"{callId}~2");
        (name, popUp.Text("state"), popUp.GetProperty("number").Text("e164"))
            .ShouldBe(("popUp", "ringing", "+50687124455"));
        // An end that comes after all is of its own call.
        foreach (var (began, ani) in new[] { (first, "88881234"), (second, "87124455") })
        {
            await demo.EndAsync(
                callId,
                ("ani", ani),
                ("detect_time", DemoHost.OperatorTime(began)),
                ("connect_time", DemoHost.OperatorTime(began.AddSeconds(5))),
                ("disconnect_time", DemoHost.OperatorTime(began.AddSeconds(15))));
        }

        foreach (var id in new[] { callId, $"{callId}~2" })
        {
            (await demo.CallAsync(id, call => call.Text("state") == "ended"
                && call.GetProperty("timeline").GetArrayLength() == 2)).Text("durationSeconds").ShouldBe("10");
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Call_That_Seemed_Internal_Shows_The_Caller_From_Outside(bool isOutsideFirst)
    {
        var callId = $"clearer-{isOutsideFirst}";
        (string, object?)[] inside =
            [("type", "internal"), ("ani", "1001"), ("dnis", "1002"), ("endpoint_id", "1001")];
        (string, object?)[] outside = [("ani", "88881234"), ("dnis", "40001002"), ("endpoint_id", "1002")];
        foreach (var data in isOutsideFirst ? new[] { outside, inside } : [inside, outside])
        {
            await demo.StartAsync(callId, data);
        }

        var call = await demo.CallAsync(callId, call => call.GetProperty("timeline").GetArrayLength() == 2);
        (call.Text("direction"), call.GetProperty("number").Text("e164"), call.Text("contactName"))
            .ShouldBe(("in", "+50688881234", "José Rodríguez Solís"));
        var popUp = (await demo.Luis.ItemsAsync("/api/pop-ups")).Single(popUp => popUp.Text("callId") == callId);
        (popUp.GetProperty("number").Text("e164"), popUp.Text("colleague")).ShouldBe(("+50688881234", null));
    }

    [SkippableTheory]
    [InlineData("1001", "1002")]
    [InlineData("sip:1001@pbx.example", "<sip:40001002@10.0.0.7;transport=udp>")]
    [InlineData("40001001", "1002@pbx.example:5060")]
    public async Task An_Internal_Call_Shows_On_Both_Screens_By_Name(string ani, string dnis)
    {
        var callId = $"internal-{ani.Length}-{dnis.Length}";
        await demo.StartAsync(callId, ("type", "internal"), ("ani", ani), ("dnis", dnis), ("endpoint_id", null));

        await demo.CallAsync(callId);
        foreach (var (agent, colleague) in new[] { (demo.Ana, "Luis Mora Jiménez"), (demo.Luis, "Ana Solano Vargas") })
        {
            (await agent.ItemsAsync("/api/pop-ups")).Single(popUp => popUp.Text("callId") == callId)
                .GetProperty("colleague").Text("name").ShouldBe(colleague);
        }
    }

    [SkippableFact]
    public async Task A_Phone_That_Is_Called_By_Its_Id_Or_Its_Address_Is_Its_Agent_s()
    {
        foreach (var (callId, dnis) in new[] { ("by-id", "1002"), ("by-address", "sip:1002@pbx.example") })
        {
            await demo.StartAsync(callId, ("endpoint_id", null), ("dnis", dnis));

            (await demo.CallAsync(callId)).Text("agentId").ShouldBe("luis");
        }
    }

    [SkippableTheory]
    [InlineData("pjsip", "PJSIP/1002-0000001c")]
    [InlineData("sip", "SIP/1002-b7f0a3c8")]
    [InlineData("local", "Local/1002@from-internal-0000001c;1")]
    [InlineData("number", "PJSIP/40001002-0000001c")]
    public async Task A_Phone_That_Is_Told_By_Its_Channel_Is_Its_Agent_s(string id, string channel)
    {
        await demo.StartAsync($"channel-{id}-dnis", ("endpoint_id", null), ("dnis", channel));
        (await demo.CallAsync($"channel-{id}-dnis")).Text("agentId").ShouldBe("luis");
        await demo.StartAsync(
            $"channel-{id}-ani", ("type", null), ("endpoint_id", null), ("ani", channel), ("dnis", "88881234"));
        var own = await demo.CallAsync($"channel-{id}-ani");
        (own.Text("agentId"), own.Text("direction")).ShouldBe(("luis", "out"));

        (string, object?)[] endpoint = [("endpoint_id", channel), ("dnis", "40007777")];
        await demo.StartAsync($"channel-{id}-endpoint", endpoint);
        await demo.EndAsync($"channel-{id}-endpoint", endpoint);
        (await demo.CallAsync($"channel-{id}-endpoint", call => call.Text("state") == "ended"))
            .Text("agentId").ShouldBe("luis");
    }

    [SkippableTheory]
    [InlineData("ep-77", "EP-77")]
    [InlineData("EP-78", "ep-78")]
    [InlineData("Ep-79", "eP-79")]
    public async Task An_Endpoint_Is_Found_In_Capital_And_In_Small_Letters(string endpointId, string told)
    {
        var path = $"/api/mappings/{endpointId}";
        (await demo.Admin.AskAsync(HttpMethod.Put, path, new { account = "8000001", agentId = "luis" }))
            .Status.ShouldBe(HttpStatusCode.Created);
        foreach (var (name, data) in new (string, (string, object?)[])[]
        {
            ("dnis", [("endpoint_id", null), ("dnis", told)]),
            ("ani", [("type", "callout"), ("endpoint_id", null), ("ani", told), ("dnis", "88881234")]),
            ("endpoint", [("endpoint_id", told), ("dnis", "40007777")]),
        })
        {
            await demo.StartAsync($"letters-{told}-{name}", data);
            (await demo.CallAsync($"letters-{told}-{name}")).Text("agentId").ShouldBe("luis", name);
        }

        (await demo.Admin.AskAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NoContent);
        await demo.StartAsync($"letters-{told}-gone", ("endpoint_id", null), ("dnis", told));
        (await demo.CallAsync($"letters-{told}-gone", by: demo.Sofia)).Text("agentId").ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_Call_Of_A_Queue_That_Nobody_Has_Is_In_Every_Supervisor_s_Lists()
    {
        const string callId = "of-a-queue";
        (string, object?)[] queue = [("endpoint_id", "queue-7"), ("dnis", "40007777")];
        await demo.StartAsync(callId, queue);
        await demo.CallAsync(callId);
        (await demo.Sofia.ItemsAsync("/api/live-calls")).ShouldContain(call => call.Text("callId") == callId);
        (await demo.Ana.ItemsAsync("/api/live-calls")).ShouldNotContain(call => call.Text("callId") == callId);

        await demo.EndAsync(callId, queue);

        await demo.CallAsync(callId, call => call.Text("state") == "ended", demo.Sofia);
        foreach (var list in new[] { "missed-calls", "calls" })
        {
            (await demo.Sofia.ItemsAsync($"/api/{list}")).ShouldContain(call => call.Text("callId") == callId, list);
            (await demo.Ana.ItemsAsync($"/api/{list}")).ShouldNotContain(call => call.Text("callId") == callId, list);
        }

        (await demo.Ana.AskAsync(HttpMethod.Get, $"/api/calls/{callId}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task A_Call_Whose_Detect_Time_Lies_Far_Back_Rings_As_Now_Until_Its_Agent_Is_Done()
    {
        const string callId = "far-back";
        await using var ana = await demo.ScreenAsync(demo.Ana);
        var began = _now.AddDays(-2);
        await demo.StartAsync(callId, ("detect_time", DemoHost.OperatorTime(began)));

        (await ana.NextOfAsync(callId)).Name.ShouldBe("popUp");
        (await demo.Ana.ItemsAsync("/api/pop-ups")).ShouldContain(popUp => popUp.Text("callId") == callId);
        (await demo.Sofia.ItemsAsync("/api/live-calls")).ShouldContain(call => call.Text("callId") == callId);

        await demo.EndAsync(
            callId,
            ("detect_time", DemoHost.OperatorTime(began)),
            ("connect_time", DemoHost.OperatorTime(began.AddSeconds(5))),
            ("disconnect_time", DemoHost.OperatorTime(began.AddSeconds(65))));
        (await ana.NextOfAsync(callId)).PopUp.Text("state").ShouldBe("ended");
        (await demo.Ana.ItemsAsync("/api/pop-ups")).ShouldContain(popUp => popUp.Text("callId") == callId);
        // Its day is the operator's.
        var day = Uri.EscapeDataString(began.AddMinutes(-1).ToString("O"));
        var to = Uri.EscapeDataString(began.AddMinutes(1).ToString("O"));
        (await demo.Ana.ItemsAsync($"/api/calls?from={day}&to={to}"))
            .ShouldContain(call => call.Text("callId") == callId);
    }

    [SkippableFact]
    public async Task A_Call_That_Is_Told_Long_After_Its_End_Is_No_Pop_Up_Any_More()
    {
        const string callId = "long-over";
        var began = _now.AddDays(-2);
        await demo.EndAsync(
            callId,
            ("detect_time", DemoHost.OperatorTime(began)),
            ("disconnect_time", DemoHost.OperatorTime(began.AddSeconds(20))));
        // Two messages are processed in any order, and a start that is known first rings as now.
        await demo.CallAsync(callId, call => call.Text("state") == "ended");
        await demo.StartAsync(callId, ("detect_time", DemoHost.OperatorTime(began)));

        await demo.CallAsync(callId, call => call.GetProperty("timeline").GetArrayLength() == 2);
        (await demo.Ana.ItemsAsync("/api/pop-ups")).ShouldNotContain(popUp => popUp.Text("callId") == callId);
    }

    [SkippableFact]
    public async Task A_Time_Of_More_Than_Seven_Days_Ago_Is_Marked_And_Ours_Stands()
    {
        const string callId = "of-last-month";
        await demo.StartAsync(callId, ("detect_time", DemoHost.OperatorTime(_now.AddDays(-30))));

        var call = await demo.CallAsync(callId);

        call.GetProperty("startedAt").GetDateTimeOffset().ShouldBe(_now, TimeSpan.FromMinutes(2));
        call.Text("isOurTime").ShouldBe("True");
    }

    [SkippableFact]
    public async Task A_Call_Whose_End_Has_Another_Id_Is_Over_When_Its_Phone_Has_Talked()
    {
        var began = _now.AddSeconds(-50);
        var detect = ("detect_time", (object?)DemoHost.OperatorTime(began));
        await demo.StartAsync("its-start", ("endpoint_id", "1003"), detect);
        await demo.CallAsync("its-start", call => call.Text("state") == "ringing");

        await demo.EndAsync(
            "its-end",
            ("endpoint_id", "1003"),
            detect,
            ("connect_time", DemoHost.OperatorTime(began.AddSeconds(5))),
            ("disconnect_time", DemoHost.OperatorTime(began.AddSeconds(45))));

        (await demo.CallAsync("its-end")).Text("durationSeconds").ShouldBe("40");
        var lost = await demo.CallAsync("its-start", call => call.Text("state") == "ended");
        (lost.Text("connectedAt"), lost.Text("missed")).ShouldBe((null, null), "nobody knows whether it was taken");
        foreach (var list in new[] { "live-calls", "missed-calls" })
        {
            (await demo.Sofia.ItemsAsync($"/api/{list}"))
                .ShouldNotContain(call => call.Text("callId") == "its-start", list);
        }

        var rows = (await demo.Sofia.GetStringAsync("/api/exports/calls.csv")).Split("\r\n");
        rows.Single(row => row.Contains(",its-start,", StringComparison.Ordinal)).ShouldContain(",Terminada,");
    }

    // The phone talks in the call from when it was handed over, not from when the first phone took the call.
    [SkippableFact]
    public async Task A_Call_That_Is_Handed_To_A_Phone_Ends_The_One_Whose_End_Was_Lost()
    {
        var began = _now.AddMinutes(-30);
        await demo.StartAsync("handed", At("detect_time", 0), At("connect_time", 5));
        await demo.CallAsync("handed", call => call.Text("state") == "connected");
        await demo.StartAsync("stuck", ("endpoint_id", "1003"), At("detect_time", 720), At("connect_time", 725));
        await demo.CallAsync("stuck", call => call.Text("state") == "connected");

        await demo.StartAsync("handed", ("endpoint_id", "1003"), At("detect_time", 1200), At("connect_time", 1205));

        await demo.CallAsync("stuck", call => call.Text("state") == "ended");
        (await demo.CallAsync("handed")).Text("state").ShouldBe("connected");

        (string, object?) At(string field, int seconds) => (field, DemoHost.OperatorTime(began.AddSeconds(seconds)));
    }

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(6)]
    public async Task A_Missed_Call_Of_An_Operator_Whose_Clock_Is_Days_Ahead_Is_Listed(int days)
    {
        var callId = $"ahead-{days}";
        var told = _now.AddDays(days);
        await demo.StartAsync(callId, ("detect_time", DemoHost.OperatorTime(told)));
        await demo.EndAsync(
            callId,
            ("detect_time", DemoHost.OperatorTime(told)),
            ("disconnect_time", DemoHost.OperatorTime(told.AddSeconds(20))));
        await demo.CallAsync(callId, call => call.Text("state") == "ended");

        foreach (var list in new[] { "missed-calls", "calls", "calls?direction=in&state=ended", "work-list" })
        {
            (await demo.Ana.ItemsAsync($"/api/{list}")).ShouldContain(call => call.Text("callId") == callId, list);
        }
    }

    [SkippableFact]
    public async Task The_Other_Side_Of_An_Internal_Call_That_Was_An_Outside_One_Did_Not_Talk_In_It()
    {
        const string callId = "outside-after-all";
        var detect = ("detect_time", (object?)DemoHost.OperatorTime(_now.AddSeconds(-70)));
        await demo.StartAsync(callId, ("type", "internal"), ("ani", "1001"), ("dnis", "1002"), detect);
        (string, object?)[] talk = [detect, ("connect_time", DemoHost.OperatorTime(_now.AddSeconds(-65)))];
        await demo.StartAsync(callId, talk);
        await demo.EndAsync(callId, [.. talk, ("disconnect_time", DemoHost.OperatorTime(_now.AddSeconds(-5)))]);

        // Another call at this phone may have ended it before its end is told.
        var call = await demo.CallAsync(callId, call => call.GetProperty("timeline").GetArrayLength() == 3);

        (call.Text("state"), call.Text("durationSeconds")).ShouldBe(("ended", "60"));
        call.GetProperty("agents").EnumerateArray()
            .Select(agent => (agent.Text("agentId"), agent.Text("durationSeconds"), agent.Text("connectedAt") is null))
            .ShouldBe([("ana", "60", false), ("luis", "0", true)], ignoreOrder: true);
        (await demo.Luis.ItemsAsync("/api/pop-ups")).ShouldNotContain(popUp => popUp.Text("callId") == callId);
        (await demo.Luis.ItemsAsync("/api/missed-calls")).ShouldNotContain(call => call.Text("callId") == callId);
    }

    [SkippableTheory]
    [InlineData("odd/1", "~b2RkLzE")]
    [InlineData(".", "~Lg")]
    [InlineData("..", "~Li4")]
    [InlineData("~odd", "~fm9kZA")]
    [InlineData("odd%2F2", "~b2RkJTJGMg")]
    // As it would stand there by itself: hosts leave an encoded slash as it is.
    [InlineData("odd%2F3", "odd%252F3")]
    public async Task A_Call_Whose_Id_Can_t_Stand_In_A_Path_Is_Opened(string callId, string part)
    {
        await demo.StartAsync(callId);
        JsonElement? call = null;
        await Eventually.TrueAsync(async () => (call = await demo.Ana.ReadAsync($"/api/calls/{part}")) is not null);
        call.ShouldNotBeNull().Text("callId").ShouldBe(callId);

        (await demo.Ana.AskAsync(HttpMethod.Post, $"/api/pop-ups/{part}/acknowledge")).Status
            .ShouldBe(HttpStatusCode.NoContent);
        (await demo.Ana.ItemsAsync("/api/pop-ups")).ShouldNotContain(popUp => popUp.Text("callId") == callId);
    }

    [SkippableFact]
    public async Task An_Id_With_A_Literal_Encoded_Slash_Is_Not_Taken_For_One_With_A_Slash()
    {
        await demo.StartAsync("alike/1");
        await demo.StartAsync("alike%2F1");

        // ~ and the base64url of alike%2F1
        await Eventually.TrueAsync(async () => await demo.Ana.ReadAsync("/api/calls/~YWxpa2UlMkYx") is not null);
        var call = await demo.Ana.ReadAsync("/api/calls/alike%252F1");

        call.ShouldNotBeNull().Text("callId").ShouldBe("alike%2F1");
    }
}

public sealed class OddCallTestsOnSqlite(DemoHost demo) : OddCallTests(demo), IClassFixture<DemoHost>;

public sealed class OddCallTestsOnAzurite(DemoHostOnAzurite demo)
    : OddCallTests(demo), IClassFixture<DemoHostOnAzurite>;
