using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>
/// The way of a call through the whole host: a notification is posted, and the agent's screen shows the call.
/// </summary>
public abstract class CallPathTests(DemoHost demo)
{
    [SkippableFact]
    public async Task Only_The_Right_Agents_Screen_Shows_The_Contact()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await using var luis = await demo.ScreenAsync(demo.Luis);

        await demo.StartAsync("path-1");

        var (name, popUp) = await ana.NextOfAsync("path-1");
        name.ShouldBe("popUp");
        popUp.Text("direction").ShouldBe("in");
        popUp.Text("state").ShouldBe("ringing");
        popUp.Text("match").ShouldBe("one");
        popUp.Text("agentId").ShouldBe("ana");
        popUp.GetProperty("number").Text("e164").ShouldBe("+50688881234");
        popUp.GetProperty("candidates")[0].Text("name").ShouldBe("José Rodríguez Solís");
        popUp.GetProperty("candidates")[0].Text("reason").ShouldBe("mainNumber");
        popUp.Text("contactId").ShouldBe(popUp.GetProperty("candidates")[0].Text("contactId"));

        // Luis's first message is about his own, later call: so he got none about hers.
        await demo.StartAsync("path-1-luis", ("endpoint_id", "1002"), ("dnis", "40001002"));
        // Late messages about other calls may come in between.
        var told = new List<string?>();
        do
        {
            told.Add((await luis.NextAsync()).PopUp.Text("callId"));
        }
        while (told[^1] != "path-1-luis");
        told.ShouldNotContain("path-1");

        var listed = (await demo.Ana.ItemsAsync("/api/pop-ups")).Single(item => item.Text("callId") == "path-1");
        // What is read was not sent.
        popUp.TryGetProperty("sentAt", out _).ShouldBeTrue();
        Bare(listed).ShouldBe(Bare(popUp));

        static string Bare(JsonElement popUp) => string.Join(
            ", ", popUp.EnumerateObject().Where(field => field.Name != "sentAt").Select(field => $"{field}"));
        (await demo.Luis.ItemsAsync("/api/pop-ups")).Select(item => item.Text("callId")).ShouldNotContain("path-1");
    }

    [SkippableFact]
    public async Task One_Acknowledgement_Clears_The_Pop_Up_On_All_Of_The_Agents_Screens()
    {
        await using var first = await demo.ScreenAsync(demo.Ana);
        await using var second = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("ack-1");
        (await first.NextOfAsync("ack-1")).Name.ShouldBe("popUp");
        (await second.NextOfAsync("ack-1")).Name.ShouldBe("popUp");

        (await demo.Luis.AskAsync(HttpMethod.Post, "/api/pop-ups/ack-1/acknowledge", null))
            .Status.ShouldBe(HttpStatusCode.NotFound);
        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/pop-ups/ack-1/acknowledge", null))
            .Status.ShouldBe(HttpStatusCode.NoContent);

        (await first.NextOfAsync("ack-1")).Name.ShouldBe("popUpClosed");
        (await second.NextOfAsync("ack-1")).Name.ShouldBe("popUpClosed");
        (await demo.Ana.ItemsAsync("/api/pop-ups")).Select(item => item.Text("callId")).ShouldNotContain("ack-1");

        // Acknowledging twice is no error, and later events of the call don't open its pop-up again.
        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/pop-ups/ack-1/acknowledge", null))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        await demo.EndAsync("ack-1");
        await demo.CallAsync("ack-1", call => call.Text("state") == "ended");
        (await demo.Ana.ItemsAsync("/api/pop-ups")).Select(item => item.Text("callId")).ShouldNotContain("ack-1");
    }

    [SkippableFact]
    public async Task An_Acknowledgement_Of_A_Ring_Group_Clears_It_For_That_Agent_Alone()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await using var luis = await demo.ScreenAsync(demo.Luis);

        await demo.StartAsync("group-1");
        await demo.StartAsync("group-1", ("endpoint_id", "1002"), ("dnis", "40001002"));
        (await ana.NextOfAsync("group-1")).PopUp.Text("endpointId").ShouldBe("1001");
        (await luis.NextOfAsync("group-1")).PopUp.Text("endpointId").ShouldBe("1002");

        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/pop-ups/group-1/acknowledge", null))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        (await demo.Ana.ItemsAsync("/api/pop-ups")).Select(item => item.Text("callId")).ShouldNotContain("group-1");
        (await demo.Luis.ItemsAsync("/api/pop-ups")).Select(item => item.Text("callId")).ShouldContain("group-1");

        var call = await demo.CallAsync("group-1");
        call.GetProperty("agentIds").EnumerateArray().Select(id => id.GetString())
            .ShouldBe(["ana", "luis"], ignoreOrder: true);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task If_One_Of_A_Group_Answers_The_Call_Ends_With_The_Conversation(bool othersEndComesLast)
    {
        var callId = $"group-answered-{othersEndComesLast}";
        var rang = DateTimeOffset.UtcNow.AddMinutes(-5);
        var (detected, connected) = (("detect_time", (object?)DemoHost.OperatorTime(rang)), ("connect_time", (object?)DemoHost.OperatorTime(rang.AddSeconds(8))));
        (string, object?)[] luiss = [("endpoint_id", "1002"), ("dnis", "40001002"), detected];
        var hisEnd = DemoHost.Notification(
            "callEnd", callId, [.. luiss, ("disconnect_time", DemoHost.OperatorTime(rang.AddSeconds(8)))]);
        await demo.StartAsync(callId, detected);
        await demo.StartAsync(callId, luiss);
        await demo.CallAsync(callId, call => call.GetProperty("timeline").GetArrayLength() == 2);

        if (!othersEndComesLast)
        {
            await demo.NotifyAsync(hisEnd);
            var going = await demo.CallAsync(callId, call => call.GetProperty("timeline").GetArrayLength() == 3);
            going.Text("state").ShouldBe("ringing", "it rings on, or is spoken on, at ana's phone");
            going.Text("endedAt").ShouldBeNull();
        }

        await demo.EndAsync(
            callId,
            detected,
            connected,
            ("disconnect_time", DemoHost.OperatorTime(rang.AddSeconds(70))),
            ("duration", "62"),
            ("cost", "41.5"));
        if (othersEndComesLast)
        {
            await demo.CallAsync(callId, call => call.Text("state") == "ended");
            await demo.NotifyAsync(hisEnd);
        }

        var call = await demo.CallAsync(callId, call => call.GetProperty("timeline").GetArrayLength() == 4);
        call.Text("state").ShouldBe("ended");
        call.GetProperty("durationSeconds").GetInt32().ShouldBe(62);
        call.GetProperty("cost").GetDecimal().ShouldBe(41.5m);
        call.GetProperty("endedAt").GetDateTimeOffset().ShouldBe(rang.AddSeconds(70), TimeSpan.FromSeconds(1));
    }

    [SkippableFact]
    public async Task A_Calls_Progress_And_End_Are_Shown()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        var started = DateTimeOffset.UtcNow.AddMinutes(-5);
        var (detected, connected) = (("detect_time", (object?)DemoHost.OperatorTime(started)), ("connect_time", (object?)DemoHost.OperatorTime(started.AddSeconds(8))));

        await demo.StartAsync("goes-on", detected);
        (await ana.NextOfAsync("goes-on")).PopUp.Text("state").ShouldBe("ringing");
        await demo.StartAsync("goes-on", detected, connected);
        var (name, popUp) = await ana.NextOfAsync("goes-on");
        name.ShouldBe("popUpChanged");
        popUp.Text("state").ShouldBe("connected");
        await demo.EndAsync(
            "goes-on",
            detected,
            connected,
            ("disconnect_time", DemoHost.OperatorTime(started.AddSeconds(70))),
            ("duration", "62"),
            ("cost", "41.5"));
        (name, popUp) = await ana.NextOfAsync("goes-on");
        name.ShouldBe("popUpChanged");
        popUp.Text("state").ShouldBe("ended");
        popUp.GetProperty("durationSeconds").GetInt32().ShouldBe(62);

        // An ended call stays on the screen until the agent is done with it.
        (await demo.Ana.ItemsAsync("/api/pop-ups")).Select(item => item.Text("callId")).ShouldContain("goes-on");
        var call = await demo.CallAsync("goes-on", by: demo.Ana);
        call.GetProperty("cost").GetDecimal().ShouldBe(41.5m);
        call.Text("currency").ShouldBe("CRC");
        call.GetProperty("contact").Text("name").ShouldBe("José Rodríguez Solís");
        call.GetProperty("timeline").EnumerateArray().Select(entry => entry.Text("what"))
            .ShouldBe(["callStart", "callStart", "callEnd"]);
        call.GetProperty("startedAt").GetDateTimeOffset().ShouldBe(started, TimeSpan.FromSeconds(1));
        call.GetProperty("endedAt").GetDateTimeOffset().ShouldBe(started.AddSeconds(70), TimeSpan.FromSeconds(1));
        call.Text("startedAt").ShouldNotBeNull().ShouldEndWith("Z");
    }

    [SkippableFact]
    public async Task A_Duplicate_Event_Changes_Nothing()
    {
        var start = DemoHost.Notification("callStart", "twice");
        var end = DemoHost.Notification("callEnd", "twice");
        foreach (var notification in new[] { start, start, end, end, start, end })
        {
            await demo.NotifyAsync(notification);
        }

        await using var ana = await demo.ScreenAsync(demo.Ana);
        var call = await demo.CallAsync(
            "twice", call => call.GetProperty("timeline").GetArrayLength() == 2 && call.Text("state") == "ended");
        await demo.StartAsync("twice-marker");
        await ana.NextOfAsync("twice-marker");
        JsonElement.DeepEquals((await demo.CallAsync("twice")).GetProperty("timeline"), call.GetProperty("timeline"))
            .ShouldBeTrue();
        (await demo.Ana.ItemsAsync("/api/calls")).Count(item => item.Text("callId") == "twice").ShouldBe(1);
    }

    [SkippableFact]
    public async Task An_End_Before_Its_Start_Is_An_Ended_Call_Even_After_The_Start()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.EndAsync("backwards");
        var (name, popUp) = await ana.NextOfAsync("backwards");
        name.ShouldBe("popUp");
        popUp.Text("state").ShouldBe("ended");
        popUp.GetProperty("candidates")[0].Text("name").ShouldBe("José Rodríguez Solís");

        await demo.StartAsync("backwards");
        var call = await demo.CallAsync("backwards", call => call.GetProperty("timeline").GetArrayLength() == 2);
        call.Text("state").ShouldBe("ended");
    }

    [SkippableFact]
    public async Task Unknown_Private_And_Shared_Numbers_Are_Shown_As_Such()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("unknown", ("ani", "60001234"));
        await demo.StartAsync("private", ("ani", "anonymous"));
        await demo.StartAsync("several", ("ani", "22223344"));
        await demo.StartAsync("empty", ("ani", ""));

        var popUps = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        while (popUps.Count < 4)
        {
            var (_, popUp) = await ana.NextAsync();
            if (popUp.Text("callId") is "unknown" or "private" or "several" or "empty")
            {
                popUps[popUp.Text("callId")!] = popUp;
            }
        }

        popUps["unknown"].Text("match").ShouldBe("none");
        popUps["unknown"].GetProperty("candidates").GetArrayLength().ShouldBe(0);
        popUps["private"].Text("match").ShouldBe("private");
        popUps["private"].GetProperty("number").Text("kind").ShouldBe("private");
        popUps["empty"].Text("match").ShouldBe("private");
        popUps["several"].Text("match").ShouldBe("many");
        popUps["several"].Text("contactId").ShouldBeNull();
        popUps["several"].GetProperty("candidates").GetArrayLength().ShouldBe(3);
    }

    [SkippableFact]
    public async Task Two_Calls_At_Once_Are_Two_Pop_Ups()
    {
        await Task.WhenAll(demo.StartAsync("at-once-1"), demo.StartAsync("at-once-2", ("ani", "87124455")));
        await demo.CallAsync("at-once-1");
        await demo.CallAsync("at-once-2");

        var open = (await demo.Ana.ItemsAsync("/api/pop-ups")).ToDictionary(item => item.Text("callId")!);
        open["at-once-1"].GetProperty("candidates")[0].Text("name").ShouldBe("José Rodríguez Solís");
        open["at-once-2"].GetProperty("candidates")[0].Text("name").ShouldBe("María Fernanda Quirós");
    }

    [SkippableFact]
    public async Task A_Reconnected_Screen_Reads_What_It_Missed_And_Gets_New_Messages()
    {
        await using (var before = await demo.ScreenAsync(demo.Ana))
        {
            await demo.StartAsync("away-seen");
            await before.NextOfAsync("away-seen");
        }

        await demo.StartAsync("away-missed");
        await demo.CallAsync("away-missed");
        await using var again = await demo.ScreenAsync(demo.Ana);
        (await demo.Ana.ItemsAsync("/api/pop-ups")).Select(item => item.Text("callId"))
            .Intersect(["away-seen", "away-missed"]).Count().ShouldBe(2);
        await demo.EndAsync("away-missed");
        // The message about the start may still come, as the call can be read before the screens get it.
        (string Name, JsonElement PopUp) message;
        do
        {
            message = await again.NextOfAsync("away-missed");
        }
        while (message.PopUp.Text("state") != "ended");
        message.Name.ShouldBe("popUpChanged");
    }

    [SkippableFact]
    public async Task An_Outgoing_Call_Shows_The_Called_Contact()
    {
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await demo.StartAsync(
            "out-1", ("endpoint_id", "1002"), ("ani", "40001002"), ("dnis", "50687124455"), ("type", "out"));

        var (_, popUp) = await luis.NextOfAsync("out-1");
        popUp.Text("direction").ShouldBe("out");
        popUp.GetProperty("candidates")[0].Text("name").ShouldBe("María Fernanda Quirós");
    }

    [SkippableFact]
    public async Task An_Internal_Call_Is_On_Both_Agents_Screens_Each_With_The_Other()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await demo.StartAsync("internal-1", ("ani", "40001001"), ("dnis", "40001002"), ("type", "internal"));

        var hers = (await ana.NextOfAsync("internal-1")).PopUp;
        var his = (await luis.NextOfAsync("internal-1")).PopUp;
        hers.GetProperty("number").Text("e164").ShouldBe("+50640001002");
        his.GetProperty("number").Text("e164").ShouldBe("+50640001001");
        hers.GetProperty("colleague").Text("name").ShouldBe("Luis Mora Jiménez");
        his.GetProperty("colleague").Text("name").ShouldBe("Ana Solano Vargas");
        (await demo.Luis.ItemsAsync("/api/calls")).Single(call => call.Text("callId") == "internal-1")
            .GetProperty("colleague").Text("agentId").ShouldBe("ana");
        (await demo.CallAsync("internal-1", by: demo.Luis)).GetProperty("number").Text("e164").ShouldBe("+50640001001");
    }

    [SkippableFact]
    public async Task A_Call_Id_May_Have_Any_Characters()
    {
        const string CallId = "ñ <b>1</b> a/b?c#d%25+e'\" 😀";
        await demo.StartAsync(CallId);

        var call = await demo.CallAsync(CallId, by: demo.Ana);
        call.Text("callId").ShouldBe(CallId);
        (await demo.Ana.AskAsync(HttpMethod.Post, $"/api/pop-ups/{Uri.EscapeDataString(CallId)}/acknowledge", null))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        (await demo.Ana.ItemsAsync("/api/pop-ups")).Select(item => item.Text("callId")).ShouldNotContain(CallId);
    }
}

public sealed class CallPathTestsOnSqlite(DemoHost demo) : CallPathTests(demo), IClassFixture<DemoHost>;

public sealed class CallPathTestsOnAzurite(DemoHostOnAzurite demo) : CallPathTests(demo), IClassFixture<DemoHostOnAzurite>;
