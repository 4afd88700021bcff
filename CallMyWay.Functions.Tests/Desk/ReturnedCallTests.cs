using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>Missed calls whose callers somebody has reached since.</summary>
public abstract class ReturnedCallTests(DemoHost demo)
{
    private readonly DateTimeOffset _began = DateTimeOffset.UtcNow.AddMinutes(-30);

    [SkippableTheory]
    [InlineData("out", "61700001")]
    [InlineData("in", "61700002")]
    public async Task A_Missed_Call_Leaves_The_Lists_Once_Somebody_Has_Talked_With_The_Caller(string type, string number)
    {
        var other = number.Replace("6170", "6171", StringComparison.Ordinal);
        var (first, second, talk) = ($"missed-1-{type}", $"missed-2-{type}", $"talk-{type}");
        await MissedAsync(first, number, 0);
        await MissedAsync(second, number, 60);
        await MissedAsync($"other-{type}", other, 0);
        (await MissedOfAsync(demo.Ana, number)).ShouldBe([second, first]);
        (await WorkAsync(demo.Ana, number)).ShouldBe(["missed", "missed"]);
        await using var screen = await demo.ScreenAsync(demo.Ana);

        // A call that nobody takes reaches nobody.
        await TalkAsync($"unanswered-{type}", type, number, 200, null);
        (await MissedOfAsync(demo.Ana, number)).ShouldContain(first);
        await TalkAsync(talk, type, number, 300, 310);

        await Eventually.TrueAsync(async () => (await MissedOfAsync(demo.Ana, number)).Count == 0);
        (await MissedOfAsync(demo.Sofia, number)).ShouldBeEmpty();
        (await WorkAsync(demo.Ana, number)).ShouldNotContain("missed");
        (await MissedOfAsync(demo.Ana, other)).Count.ShouldBe(1, "that is another caller");
        foreach (var call in new[]
        {
            await demo.CallAsync(first),
            (await demo.Ana.ItemsAsync("/api/calls")).Single(each => each.Text("callId") == second),
        })
        {
            var returned = call.GetProperty("returned");
            var (who, name) = (returned.Text("agentId"), returned.Text("agentName"));
            (returned.Text("callId"), who, name, returned.Text("durationSeconds")).ShouldBe((talk, "luis", "Luis Mora Jiménez", "271"));
            (call.Text("returnedBy"), call.Text("returnedAt")).ShouldBe(("luis", returned.Text("at")));
        }

        // Her card of it is still there, and says so.
        JsonElement shown;
        while (!(shown = (await screen.NextOfAsync(first)).PopUp).TryGetProperty("returned", out _))
        {
            // It is of what was heard before.
        }

        shown.GetProperty("returned").Text("agentName").ShouldBe("Luis Mora Jiménez");
        (await demo.Ana.ItemsAsync("/api/pop-ups")).Single(popUp => popUp.Text("callId") == second)
            .GetProperty("returned").Text("agentName").ShouldBe("Luis Mora Jiménez");
    }

    [SkippableFact]
    public async Task A_Call_That_Was_Missed_After_It_Waits()
    {
        const string number = "61700021";
        await TalkAsync("talked-before", "out", number, 0, 10);
        await MissedAsync("missed-after", number, 400);

        await demo.EndAsync("talked-before", [.. TalkOf("out", number, 0, 10)]);

        (await MissedOfAsync(demo.Ana, number)).ShouldBe(["missed-after"]);
    }

    [SkippableFact]
    public async Task A_Call_That_Is_Known_To_Be_Missed_After_Its_Caller_Was_Reached_Does_Not_Wait()
    {
        const string number = "61700041";
        await demo.StartAsync("told-late", ("ani", number), At("detect_time", 0));
        await demo.CallAsync("told-late", call => call.Text("state") == "ringing");
        await TalkAsync("reached-before", "out", number, 100, 110);
        await TalkAsync("reached-again", "in", number, 500, 510);

        await MissedAsync("told-late", number, 0);

        var missed = await demo.CallAsync("told-late", call => call.TryGetProperty("returned", out _));
        (missed.GetProperty("returned").Text("callId"), missed.GetProperty("returned").Text("agentId"))
            .ShouldBe(("reached-before", "luis"));
        (await MissedOfAsync(demo.Ana, number)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Callers_Who_Hide_Their_Number_Are_Not_Taken_For_Each_Other()
    {
        await MissedAsync("hidden-missed", "anonymous", 0);

        await TalkAsync("hidden-talk", "in", "anonymous", 300, 310);

        (await demo.Ana.ItemsAsync("/api/missed-calls")).Select(call => call.Text("callId"))
            .ShouldContain("hidden-missed");
    }

    [SkippableFact]
    public async Task A_Call_By_Another_Phone_Counts_As_Well()
    {
        const string number = "61700031";
        await MissedAsync("missed-noted", number, 0);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/noted-calls")
        {
            Content = JsonContent.Create(new { direction = "out", number, minutes = 3 }),
        };
        request.Headers.Add("Idempotency-Key", "returned");

        using var response = await demo.Ana.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await MissedOfAsync(demo.Ana, number)).ShouldBeEmpty();
        var returned = (await demo.CallAsync("missed-noted")).GetProperty("returned");
        (returned.Text("agentId"), returned.Text("durationSeconds")).ShouldBe(("ana", "180"));
    }

    private async Task MissedAsync(string callId, string number, int at)
    {
        await demo.EndAsync(callId, ("ani", number), At("detect_time", at), At("disconnect_time", at + 20));
        await demo.CallAsync(callId, call => call.Text("state") == "ended");
    }

    private async Task TalkAsync(string callId, string type, string number, int at, int? connected)
    {
        await demo.EndAsync(callId, [.. TalkOf(type, number, at, connected)]);
        await demo.CallAsync(callId, call => call.Text("state") == "ended");
    }

    private IEnumerable<(string Field, object? Value)> TalkOf(string type, string number, int at, int? connected)
    {
        yield return ("type", type);
        yield return ("ani", type == "in" ? number : "40001002");
        yield return ("dnis", type == "in" ? "40001002" : number);
        yield return ("endpoint_id", "1002");
        yield return At("detect_time", at);
        yield return connected is { } seconds ? At("connect_time", seconds) : ("connect_time", "");
        yield return At("disconnect_time", (connected ?? at) + 271);
    }

    private static async Task<IReadOnlyList<string?>> MissedOfAsync(HttpClient who, string number) =>
    [
        .. (await who.ItemsAsync("/api/missed-calls"))
            .Where(call => call.GetProperty("number").Text("e164") == $"+506{number}").Select(call => call.Text("callId")),
    ];

    private static async Task<IReadOnlyList<string?>> WorkAsync(HttpClient who, string number) =>
    [
        .. (await who.ItemsAsync("/api/work-list"))
            .Where(entry => entry.GetProperty("number").Text("e164") == $"+506{number}").Select(entry => entry.Text("kind")),
    ];

    private (string Field, object? Value) At(string field, int seconds) =>
        (field, DemoHost.OperatorTime(_began.AddSeconds(seconds)));
}

public sealed class ReturnedCallTestsOnSqlite(DemoHost demo) : ReturnedCallTests(demo), IClassFixture<DemoHost>;

public sealed class ReturnedCallTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : ReturnedCallTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
