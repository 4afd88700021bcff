using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>To take a call off the lists.</summary>
public abstract class DismissTests(DemoHost demo)
{
    [SkippableFact]
    public async Task A_Dismissed_Call_Leaves_The_Agents_Own_Lists_And_Teaches_Nothing()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("dismissed-0", ("ani", "60609001"));
        await demo.CallAsync("dismissed-0");
        (await demo.Ana.AskAsync(
            HttpMethod.Put, "/api/calls/dismissed-0/contact", new { contactId = "demo-09" }))
            .Status.ShouldBe(HttpStatusCode.OK);
        await demo.StartAsync("dismissed-1", ("ani", "60609001"));
        await ana.NextOfAsync("dismissed-1");
        (await LiveAsync(demo.Ana)).ShouldContain("dismissed-1");
        await demo.EndAsync("dismissed-1", ("ani", "60609001"));
        await demo.CallAsync("dismissed-1", call => call.Text("state") == "ended");
        (await MissedAsync(demo.Ana)).ShouldContain("dismissed-1");

        (await demo.Luis.AskAsync(HttpMethod.Post, "/api/calls/dismissed-1/dismiss"))
            .Status.ShouldBe(HttpStatusCode.NotFound, "it is not theirs");
        for (var time = 0; time < 2; time++)
        {
            var (status, call) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/calls/dismissed-1/dismiss");
            (status, call.GetProperty("dismissed").GetBoolean()).ShouldBe((HttpStatusCode.OK, true));
        }

        (await MissedAsync(demo.Ana)).ShouldNotContain("dismissed-1");
        (await demo.Ana.ItemsAsync("/api/pop-ups")).Select(popUp => popUp.Text("callId"))
            .ShouldNotContain("dismissed-1");
        (await demo.Ana.ItemsAsync("/api/calls")).Select(call => call.Text("callId")).ShouldContain("dismissed-1");
        (await MissedAsync(demo.Sofia)).ShouldContain("dismissed-1", "a supervisor's lists are others'");
        (await demo.CallAsync("dismissed-1")).GetProperty("ignored").GetBoolean().ShouldBeFalse();

        await demo.StartAsync("dismissed-2", ("ani", "60609001"));
        (await ana.NextOfAsync("dismissed-2")).PopUp.GetProperty("candidates")[0].Text("reason")
            .ShouldBe("chosenBefore", "what was learned stays");
        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/calls/dismissed-2/dismiss"))
            .Status.ShouldBe(HttpStatusCode.OK);
        (await LiveAsync(demo.Ana)).ShouldNotContain("dismissed-2");
    }

    [SkippableFact]
    public async Task What_A_Supervisor_Dismisses_Leaves_Everybodys_Lists()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("dismissed-3", ("ani", "60609002"));
        await demo.EndAsync("dismissed-3", ("ani", "60609002"));
        await demo.CallAsync("dismissed-3", call => call.Text("state") == "ended");

        (await demo.Sofia.AskAsync(HttpMethod.Post, "/api/calls/dismissed-3/dismiss"))
            .Status.ShouldBe(HttpStatusCode.OK);

        foreach (var agent in new[] { demo.Ana, demo.Sofia, demo.Admin })
        {
            (await MissedAsync(agent)).ShouldNotContain("dismissed-3");
        }

        // The pop-up is open on the agent's screen, and says it.
        JsonElement told;
        do
        {
            told = (await ana.NextOfAsync("dismissed-3")).PopUp;
        }
        while (!told.TryGetProperty("dismissed", out _));
        told.GetProperty("dismissed").GetBoolean().ShouldBeTrue();
        (await demo.Ana.ItemsAsync("/api/pop-ups")).First(popUp => popUp.Text("callId") == "dismissed-3")
            .GetProperty("dismissed").GetBoolean().ShouldBeTrue();
    }

    [SkippableFact]
    public async Task Several_Calls_Are_Dismissed_By_One_Request_And_Those_Of_Others_Stay()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        string[] own = ["dismissed-several-1", "dismissed/several 2", "~dismissed-several-3"];
        foreach (var callId in own)
        {
            await demo.StartAsync(callId, ("ani", "60609003"));
            await demo.EndAsync(callId, ("ani", "60609003"));
        }

        (string, object?)[] ofLuis = [("ani", "60609004"), ("endpoint_id", "1002"), ("dnis", "40001002")];
        await demo.StartAsync("dismissed-others", ofLuis);
        await demo.EndAsync("dismissed-others", ofLuis);
        await Eventually.TrueAsync(async () => (await MissedAsync(demo.Admin)).Intersect([.. own, "dismissed-others"]).Count() == 4);
        object?[] asked =
            [.. own.Select(callId => new { callId, account = DemoHost.Account }), new { callId = "dismissed-others" }, new { callId = "no such call" }, null];

        for (var time = 0; time < 2; time++)
        {
            var (status, body) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/dismissed-calls", new { calls = asked });
            status.ShouldBe(HttpStatusCode.OK);
            body.GetProperty("items").EnumerateArray().Select(call => call.Text("callId")).ShouldBe(own);
        }

        (await MissedAsync(demo.Ana)).Intersect(own).ShouldBeEmpty();
        (await demo.Ana.ItemsAsync("/api/pop-ups")).Select(popUp => popUp.Text("callId")).Intersect(own).ShouldBeEmpty();
        (await MissedAsync(demo.Luis)).ShouldContain("dismissed-others");
    }

    [SkippableTheory]
    [InlineData("""{}""")]
    [InlineData("""{"calls":[]}""")]
    [InlineData("""{"calls":[null]}""")]
    [InlineData("""{"calls":[{"callId":"a"},{"account":"8000001"}]}""")]
    public async Task A_Request_That_Names_No_Call_Is_Refused_At_Its_Field(string body)
    {
        var (status, problem) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/dismissed-calls", body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(["calls"]);
    }

    [SkippableFact]
    public async Task A_Request_That_Names_Too_Many_Calls_Is_Refused_And_Dismisses_None()
    {
        var (status, problem) = await demo.Ana.AskAsync(
            HttpMethod.Post,
            "/api/dismissed-calls",
            new { calls = Enumerable.Range(0, 101).Select(number => new { callId = $"many-{number}" }) });

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(["calls"]);
    }

    private static async Task<IEnumerable<string?>> LiveAsync(HttpClient agent) =>
        (await agent.ItemsAsync("/api/live-calls?take=500")).Select(call => call.Text("callId"));

    private static async Task<IEnumerable<string?>> MissedAsync(HttpClient agent) =>
        (await agent.ItemsAsync("/api/missed-calls?take=500")).Select(call => call.Text("callId"));
}

public sealed class DismissTestsOnSqlite(DemoHost demo) : DismissTests(demo), IClassFixture<DemoHost>;

public sealed class DismissTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : DismissTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
