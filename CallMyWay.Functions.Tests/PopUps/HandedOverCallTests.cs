using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>A call that goes from one agent's phone to another's under one id, as their screens show it.</summary>
public abstract class HandedOverCallTests(DemoHost demo)
{
    private readonly DateTimeOffset _began = DateTimeOffset.UtcNow.AddMinutes(-3);

    [SkippableFact]
    public async Task Whom_A_Call_Is_Handed_To_Sees_It_And_It_Goes_On_When_The_First_Leaves()
    {
        const string callId = "handed-over";
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await demo.StartAsync(callId, At("detect_time", 0), At("connect_time", 5));
        (await ana.NextOfAsync(callId)).PopUp.Text("state").ShouldBe("connected");

        await demo.StartAsync(callId, ("endpoint_id", "1002"), At("detect_time", 60));

        var (name, rings) = await luis.NextOfAsync(callId);
        (name, rings.Text("state"), rings.Text("contactId")).ShouldBe(
            ("popUp", "ringing", (await demo.CallAsync(callId)).Text("contactId")));
        (await OpenAsync(demo.Luis, callId)).Text("state").ShouldBe("ringing");

        await demo.StartAsync(
            callId, ("endpoint_id", "1002"), At("detect_time", 60), At("connect_time", 70));
        (await luis.NextOfAsync(callId)).PopUp.Text("state").ShouldBe("connected");
        await demo.EndAsync(callId, At("detect_time", 0), At("connect_time", 5), At("disconnect_time", 75));
        (await ana.NextOfAsync(callId)).PopUp.ShouldSatisfyAllConditions(
            popUp => popUp.Text("state").ShouldBe("ended"),
            popUp => popUp.Text("durationSeconds").ShouldBe("70"));
        (await demo.CallAsync(callId)).Text("state").ShouldBe("connected");
        (await demo.Sofia.ItemsAsync("/api/live-calls")).Single(call => call.Text("callId") == callId)
            .Text("agentId").ShouldBe("luis");
        (await demo.Luis.ItemsAsync("/api/live-calls")).ShouldContain(call => call.Text("callId") == callId);
        (await demo.Ana.ItemsAsync("/api/live-calls")).ShouldNotContain(call => call.Text("callId") == callId);

        await demo.EndAsync(
            callId,
            ("endpoint_id", "1002"),
            At("detect_time", 60),
            At("connect_time", 70),
            At("disconnect_time", 100));
        var ended = await demo.CallAsync(callId, call => call.Text("state") == "ended");
        (ended.Text("durationSeconds"), Parts(ended)).ShouldBe(("95", "ana 70, luis 30"));
        RangFor(ended).ShouldBe([("ana", 5), ("luis", 10)]);
        foreach (var (agent, seconds) in new[] { (demo.Ana, "70"), (demo.Luis, "30") })
        {
            (await OpenAsync(agent, callId)).Text("durationSeconds").ShouldBe(seconds);
            (await OfAsync(agent, "")).Text("durationSeconds").ShouldBe(seconds);
        }

        // Who asks for an agent sees that agent's part, who asks for all the whole.
        var ofLuis = await OfAsync(demo.Sofia, "?agent=luis");
        (ofLuis.Text("agentId"), ofLuis.Text("durationSeconds")).ShouldBe(("luis", "30"));
        (await OfAsync(demo.Sofia, "")).Text("durationSeconds").ShouldBe("95");

        async Task<JsonElement> OfAsync(HttpClient agent, string query) =>
            (await agent.ItemsAsync($"/api/calls{query}")).Single(call => call.Text("callId") == callId);
    }

    [SkippableFact]
    public async Task What_Is_Handed_To_A_Phone_That_No_Agent_Has_Is_No_Agent_s_While_It_Goes_On()
    {
        const string callId = "handed-to-nobody";
        await demo.StartAsync(callId, ("endpoint_id", "1004"), At("detect_time", 0), At("connect_time", 5));
        await demo.StartAsync(
            callId, ("endpoint_id", "lobby"), ("dnis", "40007000"), At("detect_time", 60), At("connect_time", 70));
        await demo.EndAsync(
            callId, ("endpoint_id", "1004"), At("detect_time", 0), At("connect_time", 5), At("disconnect_time", 75));
        await demo.CallAsync(callId, call => call.GetProperty("timeline").GetArrayLength() == 3);

        (await demo.Sofia.ItemsAsync("/api/live-calls")).Single(call => call.Text("callId") == callId)
            .Text("agentId").ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_Group_That_Is_Rung_Phone_After_Phone_Rings_And_Is_Missed_Once_The_Last_Has_Stopped()
    {
        const string callId = "hunted";
        var began = DateTimeOffset.UtcNow.AddSeconds(-40);
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await using var sofia = await demo.ScreenAsync(demo.Sofia);
        var at = 0;
        (string, string, TestScreen?)[] phones =
            [("1001", "ana", null), ("1002", "luis", luis), ("1003", "sofia", sofia)];
        foreach (var (endpoint, agentId, screen) in phones)
        {
            var detect = ("detect_time", (object?)DemoHost.OperatorTime(began.AddSeconds(at)));
            await demo.StartAsync(callId, ("endpoint_id", endpoint), detect);
            if (screen is not null)
            {
                var (name, popUp) = await screen.NextOfAsync(callId);
                (name, popUp.Text("state"), popUp.Text("agentId")).ShouldBe(("popUp", "ringing", agentId));
            }

            await demo.CallAsync(callId, call => call.Text("state") == "ringing" && call.GetProperty("agentIds")
                .EnumerateArray().Any(agent => agent.GetString() == agentId));
            (await demo.Sofia.ItemsAsync("/api/missed-calls")).ShouldNotContain(call => call.Text("callId") == callId);
            (await demo.Sofia.ItemsAsync("/api/live-calls")).ShouldContain(call => call.Text("callId") == callId);
            await demo.EndAsync(
                callId,
                ("endpoint_id", endpoint),
                detect,
                ("disconnect_time", DemoHost.OperatorTime(began.AddSeconds(at + 10))));
            await demo.CallAsync(callId, call => call.Text("state") == "ended");
            (await demo.Sofia.ItemsAsync("/api/missed-calls")).ShouldContain(call => call.Text("callId") == callId);
            at += 11;
        }

        foreach (var agent in new[] { demo.Ana, demo.Luis, demo.Sofia })
        {
            (await OpenAsync(agent, callId)).Text("state").ShouldBe("ended");
        }
    }

    [SkippableFact]
    public async Task A_Call_That_Ana_Has_Dismissed_Rings_For_Her_Again_When_The_Group_Comes_Back_To_Her()
    {
        const string callId = "hunted-again";
        var began = DateTimeOffset.UtcNow.AddSeconds(-40);
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await RingAsync("1001", 0);
        (await ana.NextOfAsync(callId)).Name.ShouldBe("popUp");
        (await demo.Ana.AskAsync(HttpMethod.Post, $"/api/calls/{callId}/dismiss")).Status.ShouldBe(HttpStatusCode.OK);
        (await ana.NextOfAsync(callId)).Name.ShouldBe("popUpClosed");
        await StopAsync("1001", 0);
        await demo.CallAsync(callId, call => call.Text("state") == "ended");
        await RingAsync("1002", 11);
        (await luis.NextOfAsync(callId)).Name.ShouldBe("popUp");
        await StopAsync("1002", 11);
        await demo.CallAsync(callId, call => call.Text("state") == "ended");
        // What is told of the first ring and of a colleague's opens nothing.
        await IsWithoutAsync("pop-ups", "live-calls", "missed-calls");

        await RingAsync("1001", 22);

        var (name, popUp) = await ana.NextOfAsync(callId);
        (name, popUp.Text("state")).ShouldBe(("popUp", "ringing"));
        (await OpenAsync(demo.Ana, callId)).Text("state").ShouldBe("ringing");
        (await demo.Ana.ItemsAsync("/api/live-calls")).ShouldContain(call => call.Text("callId") == callId);
        await StopAsync("1001", 22);
        (await ana.NextOfAsync(callId)).PopUp.Text("state").ShouldBe("ended");
        (await OpenAsync(demo.Ana, callId)).Text("state").ShouldBe("ended");
        (await demo.Ana.ItemsAsync("/api/missed-calls")).ShouldContain(call => call.Text("callId") == callId);

        (await demo.Ana.AskAsync(HttpMethod.Post, $"/api/calls/{callId}/dismiss")).Status.ShouldBe(HttpStatusCode.OK);
        (await ana.NextOfAsync(callId)).Name.ShouldBe("popUpClosed");
        await IsWithoutAsync("pop-ups", "missed-calls");

        Task RingAsync(string endpoint, int at) => demo.StartAsync(
            callId,
            ("endpoint_id", endpoint),
            ("detect_time", DemoHost.OperatorTime(began.AddSeconds(at))));

        Task StopAsync(string endpoint, int at) => demo.EndAsync(
            callId,
            ("endpoint_id", endpoint),
            ("detect_time", DemoHost.OperatorTime(began.AddSeconds(at))),
            ("disconnect_time", DemoHost.OperatorTime(began.AddSeconds(at + 10))));

        async Task IsWithoutAsync(params string[] lists)
        {
            foreach (var list in lists)
            {
                (await demo.Ana.ItemsAsync($"/api/{list}"))
                    .ShouldNotContain(call => call.Text("callId") == callId, list);
            }
        }
    }

    [SkippableFact]
    public async Task A_Call_That_Comes_Back_After_The_Wrap_Up_Opens_Again()
    {
        const string callId = "handed-back";
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync(callId, At("detect_time", 0), At("connect_time", 5));
        (await ana.NextOfAsync(callId)).PopUp.Text("state").ShouldBe("connected");
        await demo.StartAsync(
            callId, ("endpoint_id", "1002"), At("detect_time", 60), At("connect_time", 70));
        await demo.EndAsync(callId, At("detect_time", 0), At("connect_time", 5), At("disconnect_time", 75));
        await demo.CallAsync(callId, call => call.GetProperty("timeline").GetArrayLength() == 3);
        (await demo.Ana.AskAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "attended" }))
            .Status.ShouldBe(HttpStatusCode.OK);
        await NextAsync("popUpClosed");

        // Luis answers once more, as it is told twice: that is nothing to her.
        await demo.StartAsync(
            callId, ("endpoint_id", "1002"), At("detect_time", 61), At("connect_time", 70));
        await demo.CallAsync(callId, call => call.GetProperty("timeline").GetArrayLength() == 4);
        (await demo.Ana.ItemsAsync("/api/pop-ups")).ShouldNotContain(popUp => popUp.Text("callId") == callId);

        await demo.StartAsync(callId, At("detect_time", 100));

        (await NextAsync("popUp")).Text("state").ShouldBe("ringing");
        (await OpenAsync(demo.Ana, callId)).Text("state").ShouldBe("ringing");
        (await demo.Ana.AskAsync(HttpMethod.Post, $"/api/pop-ups/{callId}/acknowledge"))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        await NextAsync("popUpClosed");
        (await demo.Ana.ItemsAsync("/api/pop-ups")).ShouldNotContain(popUp => popUp.Text("callId") == callId);

        async Task<JsonElement> NextAsync(string message)
        {
            while (true)
            {
                var (name, popUp) = await ana.NextOfAsync(callId);
                if (name == message)
                {
                    return popUp;
                }
            }
        }
    }

    [SkippableFact]
    public async Task Each_Agent_Who_Talked_Has_A_Wrap_Up_And_A_Follow_Up_Of_Their_Own()
    {
        const string callId = "wrapped-up-twice";
        await demo.EndAsync(callId, At("detect_time", 0), At("connect_time", 5), At("disconnect_time", 40));
        (await demo.CallAsync(callId)).Text("state").ShouldBe("ended");
        // Ana begins hers before the call is known to be handed over.
        await WriteAsync(demo.Ana, "De parte de Ana", "?draft=true");
        await demo.EndAsync(
            callId,
            ("endpoint_id", "1002"),
            At("detect_time", 30),
            At("connect_time", 40),
            At("disconnect_time", 90));
        await demo.CallAsync(
            callId, call => call.TryGetProperty("agents", out var agents) && agents.GetArrayLength() == 2);

        await WriteAsync(demo.Luis, "De parte de Luis");
        await WriteAsync(demo.Ana, "De parte de Ana");
        await WriteAsync(demo.Luis, "De parte de Luis, corregido");

        foreach (var (agent, notes) in new[]
        {
            (demo.Ana, "De parte de Ana"),
            (demo.Luis, "De parte de Luis, corregido"),
            (demo.Sofia, "De parte de Luis, corregido"),
        })
        {
            var call = await demo.CallAsync(callId, by: agent);
            call.GetProperty("wrapUp").Text("notes").ShouldBe(notes);
            call.GetProperty("wrapUps").EnumerateArray().Select(wrapUp => wrapUp.Text("agentId"))
                .ShouldBe(["luis", "ana"]);
        }

        foreach (var agent in new[] { demo.Ana, demo.Luis })
        {
            (await agent.ItemsAsync("/api/follow-ups")).Count(each => each.Text("callId") == callId).ShouldBe(1);
        }

        // A supervisor who did not talk in it writes over nobody's.
        await WriteAsync(demo.Sofia, "De parte de Sofía", status: HttpStatusCode.PreconditionRequired);

        // But she corrects the one that she read, which stays the agent's.
        var dueAt = DateTimeOffset.UtcNow.AddDays(3);
        foreach (var (agent, agentId) in new[] { (demo.Luis, "luis"), (demo.Ana, "ana") })
        {
            var etag = (await demo.CallAsync(callId, by: demo.Sofia)).GetProperty("wrapUps").EnumerateArray()
                .Single(wrapUp => wrapUp.Text("agentId") == agentId).Text("etag")!;
            var correction = new { outcome = "attended", notes = "Corregido", followUp = new { dueAt, note = agentId } };
            foreach (var time in new[] { "once", "again, as the answer was lost" })
            {
                var (status, saved) = await demo.Sofia.AskAsync(
                    HttpMethod.Put, $"/api/calls/{callId}/wrap-up", correction, etag);
                (status, saved.Text("agentId"), saved.Text("ownerId"))
                    .ShouldBe((HttpStatusCode.OK, "sofia", agentId), time);
            }

            (await agent.ItemsAsync("/api/follow-ups")).Single(each => each.Text("callId") == callId).Text("note")
                .ShouldBe(agentId);
            (await demo.CallAsync(callId, by: agent)).GetProperty("wrapUp").Text("notes").ShouldBe("Corregido");
        }

        // What the agent saves after it is still the agent's own, and no third one.
        await WriteAsync(demo.Ana, "Otra vez Ana", status: HttpStatusCode.PreconditionRequired);
        (await demo.Sofia.ItemsAsync("/api/follow-ups")).ShouldNotContain(each => each.Text("callId") == callId);
        (await demo.CallAsync(callId, by: demo.Sofia)).GetProperty("wrapUps").GetArrayLength().ShouldBe(2);

        async Task WriteAsync(
            HttpClient agent, string notes, string query = "", HttpStatusCode status = HttpStatusCode.OK)
        {
            var followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(2), note = notes };
            (await agent.AskAsync(
                HttpMethod.Put, $"/api/calls/{callId}/wrap-up{query}", new { outcome = "attended", notes, followUp }))
                .Status.ShouldBe(status, notes);
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whom_A_Call_Is_Handed_To_Begins_A_Wrap_Up_Of_Their_Own(bool isAnswerTold)
    {
        var callId = $"handed-form-{isAnswerTold}";
        await demo.StartAsync(callId, At("detect_time", 0), At("connect_time", 5));
        await demo.CallAsync(callId);
        await WriteAsync(demo.Ana, "De parte de Ana", draft: true);
        await demo.StartAsync(callId, ("endpoint_id", "1002"), At("detect_time", 60));
        if (isAnswerTold)
        {
            await demo.StartAsync(
                callId, ("endpoint_id", "1002"), At("detect_time", 60), At("connect_time", 70));
        }

        await demo.EndAsync(callId, At("detect_time", 0), At("connect_time", 5), At("disconnect_time", 75));
        await demo.CallAsync(
            callId,
            call => call.TryGetProperty("agents", out var agents)
                && agents.EnumerateArray().Any(agent => agent.Text("state") == "ended"));

        var seen = await demo.CallAsync(callId, by: demo.Luis);
        (seen.GetProperty("wrapUp").Text("notes"), seen.Text("wrapUpToReplace")).ShouldBe(("De parte de Ana", null));
        await WriteAsync(demo.Luis, "De parte de Luis", draft: true);
        await WriteAsync(demo.Ana, "De parte de Ana", draft: false);
        await WriteAsync(demo.Luis, "De parte de Luis", draft: false);

        foreach (var (agent, notes) in new[] { (demo.Ana, "De parte de Ana"), (demo.Luis, "De parte de Luis") })
        {
            var call = await demo.CallAsync(callId, by: agent);
            call.GetProperty("wrapUp").Text("notes").ShouldBe(notes);
            call.Text("wrapUpToReplace").ShouldBe(call.GetProperty("wrapUp").Text("etag"));
            call.GetProperty("wrapUps").GetArrayLength().ShouldBe(2);
        }

        // As the console does: over the version that it was told, or else only where there is none.
        async Task WriteAsync(HttpClient agent, string notes, bool draft)
        {
            var over = (await demo.CallAsync(callId, by: agent)).Text("wrapUpToReplace");
            using var request = new HttpRequestMessage(
                HttpMethod.Put, $"/api/calls/{callId}/wrap-up{(draft ? "?draft=true" : "")}")
            {
                Content = JsonContent.Create(new { outcome = "attended", notes }),
            };
            request.Headers.TryAddWithoutValidation(
                over is null ? "If-None-Match" : "If-Match", over is null ? "*" : $"\"{over}\"");
            using var answer = await agent.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, notes);
        }
    }

    [SkippableFact]
    public async Task What_An_Agent_Recorded_Stays_Where_It_Turns_Out_That_Another_Alone_Talked()
    {
        const string callId = "talked-alone";
        // By its record alone it seems a call between the two.
        await SaveRecordedAsync(callId, ("ana", "1001"), ("luis", "1002"));
        await WriteAsync(demo.Luis, "De parte de Luis");

        await demo.EndAsync(callId, At("detect_time", 0), At("connect_time", 5), At("disconnect_time", 40));
        await demo.CallAsync(callId, call => call.GetProperty("sources").GetArrayLength() == 2);
        await WriteAsync(demo.Ana, "De parte de Ana");
        await WriteAsync(demo.Luis, "De parte de Luis, corregido");

        foreach (var (agent, notes) in new[]
        {
            (demo.Luis, "De parte de Luis, corregido"),
            (demo.Ana, "De parte de Ana"),
        })
        {
            var call = await demo.CallAsync(callId, by: agent);
            call.GetProperty("wrapUp").Text("notes").ShouldBe(notes);
            call.GetProperty("wrapUps").GetArrayLength().ShouldBe(2);
        }

        async Task WriteAsync(HttpClient agent, string notes) =>
            (await agent.AskAsync(
                HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "attended", notes }))
                .Status.ShouldBe(HttpStatusCode.OK, notes);
    }

    private async Task SaveRecordedAsync(string callId, params (string AgentId, string EndpointId)[] agents)
    {
        var fact = new RecordFact
        {
            At = _began.AddSeconds(41),
            Mark = "record",
            CallId = callId,
            Ani = "88881234",
            Dnis = "40001000",
            DetectedAt = _began,
            ConnectedAt = _began.AddSeconds(5),
            Duration = 35,
            Direction = CallDirection.Internal,
            Agents = [.. agents.Select(agent => new CallAgent(agent.AgentId, agent.EndpointId))],
        };
        var facts = CallFacts.Begin(callId, demo.Host.Get<Accounts>().Home, fact).With(fact);
        (await demo.Host.Get<CallWriter>().Begin().SaveAsync(CallDerivation.Derive(facts), null, [], default))
            .ShouldNotBeNull();
    }

    private static IEnumerable<(string?, int)> RangFor(JsonElement call) => call.GetProperty("agents").EnumerateArray()
        .Select(part => (part.Text("agentId"), (int)(part.GetProperty("connectedAt").GetDateTimeOffset()
            - part.GetProperty("startedAt").GetDateTimeOffset()).TotalSeconds));

    private static string Parts(JsonElement call) => string.Join(
        ", ",
        call.GetProperty("agents").EnumerateArray()
            .Select(agent => $"{agent.Text("agentId")} {agent.Text("durationSeconds")}"));

    private static async Task<JsonElement> OpenAsync(HttpClient agent, string callId) =>
        (await agent.ItemsAsync("/api/pop-ups")).Single(popUp => popUp.Text("callId") == callId);

    private (string Field, object? Value) At(string field, int seconds) =>
        (field, DemoHost.OperatorTime(_began.AddSeconds(seconds)));
}

public sealed class HandedOverCallTestsOnSqlite(DemoHost demo)
    : HandedOverCallTests(demo), IClassFixture<DemoHost>;

public sealed class HandedOverCallTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : HandedOverCallTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
