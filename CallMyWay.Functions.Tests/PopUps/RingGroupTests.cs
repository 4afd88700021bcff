using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>A call that rings on several phones, one of which answers.</summary>
public abstract class RingGroupTests(DemoHost demo)
{
    [SkippableFact]
    public async Task When_One_Answers_The_Others_Are_Told_Who()
    {
        const string callId = "group-answered";
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await RingBothAsync(callId, ana, luis);

        await demo.StartAsync(callId, ("connect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow)));

        var closed = await ClosedAsync(luis, callId);
        (closed.GetProperty("answeredBy").Text("agentId"), closed.GetProperty("answeredBy").Text("name"))
            .ShouldBe(("ana", "Ana Solano Vargas"));
        closed.Text("missed").ShouldBeNull();
        (await demo.Luis.ItemsAsync("/api/pop-ups")).ShouldNotContain(popUp => popUp.Text("callId") == callId);
        (await demo.Ana.ItemsAsync("/api/pop-ups")).ShouldContain(popUp => popUp.Text("callId") == callId);
    }

    [SkippableFact]
    public async Task A_Phone_That_Stops_Says_Nothing_Of_Who_Answers_And_Is_Told_Nothing_More()
    {
        const string callId = "group-stopped";
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await RingBothAsync(callId, ana, luis);

        await demo.EndAsync(callId, ("endpoint_id", "1002"));

        (await ClosedAsync(luis, callId)).Text("answeredBy").ShouldBeNull();
        (await demo.CallAsync(callId)).Text("state").ShouldBe("ringing");
        (await demo.Luis.ItemsAsync("/api/pop-ups")).ShouldNotContain(popUp => popUp.Text("callId") == callId);

        await demo.StartAsync(callId, ("connect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow)));
        (await ana.NextOfAsync(callId)).PopUp.Text("state").ShouldBe("connected");

        // The next that Luis hears of is another call.
        await demo.StartAsync("group-next", ("endpoint_id", "1002"));
        (await luis.NextAsync()).PopUp.Text("callId").ShouldBe("group-next");
    }

    [SkippableFact]
    public async Task Who_Answers_A_Moment_Later_Is_Said_In_The_Lists_Of_Those_Whose_Phones_Had_Stopped()
    {
        const string callId = "group-stopped-first";
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await RingBothAsync(callId, ana, luis);
        await demo.EndAsync(callId, ("endpoint_id", "1002"));
        (await ClosedAsync(luis, callId)).Text("answeredBy").ShouldBeNull("nobody has answered yet");
        (await OfAsync(demo.Luis)).Text("answeredBy").ShouldBeNull();

        await demo.StartAsync(callId, ("connect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow)));

        JsonElement told;
        do
        {
            told = await luis.NextListedAsync();
        }
        while (told.Text("callId") != callId || told.Text("answeredBy") is null);

        foreach (var row in new[] { told, await OfAsync(demo.Luis) })
        {
            (row.GetProperty("answeredBy").Text("agentId"), row.GetProperty("answeredBy").Text("name"))
                .ShouldBe(("ana", "Ana Solano Vargas"));
        }

        await demo.EndAsync(callId, ("connect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow)));
        await demo.CallAsync(callId, call => call.Text("state") == "ended");
        (await OfAsync(demo.Luis)).GetProperty("answeredBy").Text("name").ShouldBe("Ana Solano Vargas");
        // She took it herself, and others' lists name the agent.
        foreach (var other in new[] { demo.Ana, demo.Sofia })
        {
            (await OfAsync(other)).Text("answeredBy").ShouldBeNull();
        }

        (await demo.Luis.ItemsAsync("/api/missed-calls")).ShouldNotContain(call => call.Text("callId") == callId);

        async Task<JsonElement> OfAsync(HttpClient agent) =>
            (await agent.ItemsAsync("/api/calls")).Single(call => call.Text("callId") == callId);
    }

    [SkippableFact]
    public async Task What_Is_Decided_Of_A_Call_Is_Not_Told_To_Whose_Pop_Up_Is_Closed()
    {
        const string callId = "group-decided";
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await RingBothAsync(callId, ana, luis);
        await demo.StartAsync(callId, ("connect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow)));
        await ClosedAsync(luis, callId);

        foreach (var (agent, method, path, body) in new (HttpClient, HttpMethod, string, object?)[]
        {
            (demo.Ana, HttpMethod.Put, "contact", new { contactId = "demo-09" }),
            (demo.Ana, HttpMethod.Post, "ignore", null),
            (demo.Sofia, HttpMethod.Post, "dismiss", null),
        })
        {
            (await agent.AskAsync(method, $"/api/calls/{callId}/{path}", body)).Status
                .ShouldBe(System.Net.HttpStatusCode.OK, path);
        }

        // What Luis hears of next is another call, or one of a test before.
        await demo.StartAsync("group-undecided", ("endpoint_id", "1002"));
        string? told;
        while ((told = (await luis.NextAsync()).PopUp.Text("callId")) != "group-undecided")
        {
            told.ShouldNotBe(callId);
        }
    }

    [SkippableFact]
    public async Task If_Nobody_Answers_All_Keep_The_Pop_Up()
    {
        const string callId = "group-missed";
        foreach (var action in new[] { "callStart", "callEnd" })
        {
            foreach (var each in new[] { "1001", "1002" })
            {
                await demo.NotifyAsync(DemoHost.Notification(action, callId, ("endpoint_id", each)));
            }
        }

        await demo.CallAsync(
            callId, call => call.Text("state") == "ended" && call.GetProperty("timeline").GetArrayLength() == 4);
        foreach (var agent in new[] { demo.Ana, demo.Luis })
        {
            foreach (var list in new[] { "pop-ups", "calls" })
            {
                (await agent.ItemsAsync($"/api/{list}")).Single(call => call.Text("callId") == callId)
                    .Text("missed").ShouldBe("True", list);
            }
        }
    }

    private async Task RingBothAsync(string callId, TestScreen ana, TestScreen luis)
    {
        foreach (var each in new[] { "1001", "1002" })
        {
            await demo.StartAsync(callId, ("endpoint_id", each));
            (await (each == "1001" ? ana : luis).NextOfAsync(callId)).Name.ShouldBe("popUp");
        }
    }

    private static async Task<JsonElement> ClosedAsync(TestScreen screen, string callId)
    {
        while (true)
        {
            var (name, popUp) = await screen.NextOfAsync(callId);
            if (name == "popUpClosed")
            {
                return popUp;
            }
        }
    }
}

public sealed class RingGroupTestsOnSqlite(DemoHost demo) : RingGroupTests(demo), IClassFixture<DemoHost>;

public sealed class RingGroupTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : RingGroupTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
