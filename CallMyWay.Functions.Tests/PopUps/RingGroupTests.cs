using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>A call that rings on several phones, one of which answers.</summary>
public abstract class RingGroupTests(DemoHost demo)
{
    [SkippableTheory]
    // The document leaves open which phone's notification tells it: that of the phone that connects, or those of the
    // phones that stop.
    [InlineData("callStart", "1001", true)]
    [InlineData("callEnd", "1002", false)]
    public async Task When_One_Answers_The_Others_Are_Told_Who(string action, string endpoint, bool isConnected)
    {
        var callId = $"group-{action}";
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await using var luis = await demo.ScreenAsync(demo.Luis);
        foreach (var each in new[] { "1001", "1002" })
        {
            await demo.StartAsync(callId, ("endpoint_id", each));
            (await (each == "1001" ? ana : luis).NextOfAsync(callId)).Name.ShouldBe("popUp");
        }

        await demo.NotifyAsync(DemoHost.Notification(
            action,
            callId,
            ("endpoint_id", endpoint),
            ("connect_time", isConnected ? DemoHost.OperatorTime(DateTimeOffset.UtcNow) : "1970-01-01 00:00:00")));

        while (true)
        {
            var (name, popUp) = await luis.NextOfAsync(callId);
            if (name == "popUpClosed")
            {
                (popUp.GetProperty("answeredBy").Text("agentId"), popUp.GetProperty("answeredBy").Text("name"))
                    .ShouldBe(("ana", "Ana Solano Vargas"));
                break;
            }
        }

        (await demo.Luis.ItemsAsync("/api/pop-ups")).ShouldNotContain(popUp => popUp.Text("callId") == callId);
        (await demo.Ana.ItemsAsync("/api/pop-ups")).ShouldContain(popUp => popUp.Text("callId") == callId);
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
            (await agent.ItemsAsync("/api/pop-ups")).ShouldContain(popUp => popUp.Text("callId") == callId);
        }
    }
}

public sealed class RingGroupTestsOnSqlite(DemoHost demo) : RingGroupTests(demo), IClassFixture<DemoHost>;

public sealed class RingGroupTestsOnAzurite(DemoHostOnAzurite demo) : RingGroupTests(demo), IClassFixture<DemoHostOnAzurite>;
