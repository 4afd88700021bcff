using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Supervision;

/// <summary>The wallboard through the front door: what a supervisor reads, and what the channel tells.</summary>
public abstract class WallboardTests(TestStorage storage) : IAsyncLifetime
{
    private const string Jose = "88881234";

    private readonly string _folder = TestFolder.Create("callmyway-wallboard-");

    private TestHost _host = null!;

    private HttpClient _admin = null!;

    private HttpClient _ana = null!;

    private HttpClient _sofia = null!;

    private int _heard;

    public async Task InitializeAsync() => await StartAsync();

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [SkippableFact]
    public async Task An_Agent_Goes_From_Offline_Through_A_Call_Back_To_Free()
    {
        await using var screen = await TestScreen.OpenAsync(_host, _sofia);
        (await StateAsync("ana")).ShouldBe("offline");
        await _ana.ReadAsync("/api/pop-ups");
        (await StateAsync("ana")).ShouldBe("free");

        var callId = await _host.RingAsync(_admin, Jose);
        var ringing = await HeardAsync(screen, "ana", "ringing");
        (ringing.GetProperty("call").Text("contactName"), ringing.GetProperty("call").Text("direction"))
            .ShouldBe(("José Rodríguez Solís", "in"));
        await _host.RingAsync(_admin, Jose, callId: callId, connected: true);
        await HeardAsync(screen, "ana", "inCall");
        (await BoardAsync(_sofia)).GetProperty("calls").EnumerateArray().Single().Text("agentName")
            .ShouldBe("Ana Solano Vargas");
        await _host.RingAsync(_admin, Jose, action: "callEnd", callId: callId, connected: true);
        await HeardAsync(screen, "ana", "wrapUp");

        // A second process, and one that has just started, know it from the tables alone.
        await RestartAsync();
        await using var other = await TestScreen.OpenAsync(_host, _sofia);
        (await StateAsync("ana")).ShouldBe("wrapUp");
        (await BoardAsync(_sofia)).GetProperty("calls").GetArrayLength().ShouldBe(0);
        var (status, answer) = await _ana.AskAsync(
            HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "attended", notes = "Paga el viernes." });
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        (await HeardAsync(other, "ana", "free")).Text("since").ShouldNotBeNull();
        (await StateAsync("ana")).ShouldBe("free");
    }

    [SkippableFact]
    public async Task A_Card_That_Is_Closed_Without_An_Outcome_Ends_The_Wrap_Up()
    {
        await using var screen = await TestScreen.OpenAsync(_host, _sofia);
        await BoardAsync(_sofia);
        await _ana.ReadAsync("/api/pop-ups");
        var callId = await _host.RingAsync(_admin, Jose, connected: true);
        await _host.RingAsync(_admin, Jose, action: "callEnd", callId: callId, connected: true);
        await HeardAsync(screen, "ana", "wrapUp");

        (await _ana.AskAsync(HttpMethod.Post, $"/api/pop-ups/{callId}/acknowledge")).Status
            .ShouldBe(HttpStatusCode.NoContent);

        await HeardAsync(screen, "ana", "free");
    }

    [SkippableFact]
    public async Task A_Pause_Is_Told_With_Its_Reason_And_A_Call_In_It_Wins()
    {
        await using var screen = await TestScreen.OpenAsync(_host, _sofia);
        // Who reads the wallboard is told what changes in it.
        await BoardAsync(_sofia, "");
        await _ana.ReadAsync("/api/pop-ups");

        await _ana.AskAsync(HttpMethod.Put, "/api/me/presence", new { paused = true, reason = "almuerzo" });
        (await HeardAsync(screen, "ana", "paused")).Text("reason").ShouldBe("almuerzo");
        await _host.RingAsync(_admin, Jose);
        await HeardAsync(screen, "ana", "ringing");
    }

    [SkippableFact]
    public async Task A_Call_That_Rings_At_Nobody_s_Phone_Waits_In_The_Queue_And_Is_Then_Missed_Once()
    {
        await using var screen = await TestScreen.OpenAsync(_host, _sofia);
        await BoardAsync(_sofia);
        var callId = await _host.RingAsync(_admin, "61990042", endpointId: "cola-1");
        await HeardCallAsync(screen, callId);

        var board = await BoardAsync(_sofia);
        board.GetProperty("queue").EnumerateArray().Single().Text("callId").ShouldBe(callId);
        board.GetProperty("counts").GetProperty("queue").GetInt32().ShouldBe(1);
        // A second phone of the queue rings for the same call.
        await _host.RingAsync(_admin, "61990042", endpointId: "cola-2", callId: callId);
        using var nobody = _host.Anonymous();
        using var ack = await nobody.PostAsJsonAsync(_host.Webhook, DemoHost.Notification(
            "callEnd", callId, ("endpoint_id", "cola-1"), ("ani", "61990042"), ("dnis", "cola-1")));
        ack.EnsureSuccessStatusCode();
        await _host.RingAsync(_admin, "61990042", endpointId: "cola-2", action: "callEnd", callId: callId);

        var missed = await screen.NextBoardAsync(message => message.TryGetProperty("missed", out _));
        missed.GetProperty("missed").EnumerateArray().Single().Text("callId").ShouldBe(callId);
        board = await BoardAsync(_sofia);
        board.GetProperty("queue").GetArrayLength().ShouldBe(0);
        board.GetProperty("missed").EnumerateArray().Single(call => call.Text("callId") == callId)
            .GetProperty("open").GetBoolean().ShouldBeTrue();
        board.GetProperty("counts").GetProperty("missedOpen").GetInt32().ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_Missed_Call_That_Is_Returned_Says_By_Whom_And_After_How_Long()
    {
        await using var screen = await TestScreen.OpenAsync(_host, _sofia);
        await BoardAsync(_sofia);
        var missed = await _host.RingAsync(_admin, Jose);
        await _host.RingAsync(_admin, Jose, action: "callEnd", callId: missed);
        await screen.NextBoardAsync(message => message.TryGetProperty("missed", out _));

        await Task.Delay(TimeSpan.FromSeconds(1.1));
        var again = await _host.RingAsync(_admin, Jose, connected: true);
        await _host.RingAsync(_admin, Jose, action: "callEnd", callId: again, connected: true);

        var told = (await screen.NextBoardAsync(message => message.TryGetProperty("missed", out _)))
            .GetProperty("missed").EnumerateArray().Single();
        (told.Text("callId"), told.GetProperty("open").GetBoolean(), told.Text("returnedBy"), told.Text("returnedByName"))
            .ShouldBe((missed, false, "ana", "Ana Solano Vargas"));
        told.GetProperty("returnedAfterSeconds").GetInt32().ShouldBeInRange(0, 60);
    }

    [SkippableFact]
    public async Task A_Supervisor_Sees_The_Team_And_Whose_Team_Changes_Sees_The_New_One_Only()
    {
        await PutAgentAsync("luis", "agent", "ventas");
        await using var screen = await TestScreen.OpenAsync(_host, _sofia);
        (await AgentsAsync(_sofia)).ShouldBe(["ana"]);
        (await AgentsAsync(_admin)).ShouldBe(["ana", "luis"]);
        (await AgentsAsync(_admin, "?team=ventas")).ShouldBe(["luis"]);
        (await AgentsAsync(_sofia, "?team=ventas")).ShouldBeEmpty();
        var (status, problem) = await _admin.AskAsync(HttpMethod.Get, "/api/wallboard?team=nobody-here");
        (status, problem.GetProperty("errors").GetProperty("team")[0].GetString())
            .ShouldBe((HttpStatusCode.BadRequest, "No hay nadie en un equipo con ese nombre."));

        await PutAgentAsync("sofia", "supervisor", "ventas");
        await screen.NextBoardAsync(message => message.TryGetProperty("reset", out _));

        (await AgentsAsync(_sofia)).ShouldBe(["luis"]);
        var others = await _host.RingAsync(_admin, Jose);
        var own = await _host.RingAsync(_admin, Jose, endpointId: "1002");
        var told = await screen.NextBoardAsync(message => message.GetRawText().Contains(own, StringComparison.Ordinal));
        told.GetRawText().ShouldNotContain(others);
        told.GetRawText().ShouldNotContain("ana");
    }

    [SkippableFact]
    public async Task Who_Changes_Teams_In_A_Call_Is_Seen_In_It_And_Not_With_Whom()
    {
        await PutAgentAsync("luis", "agent", "ventas");
        await using var screen = await TestScreen.OpenAsync(_host, _sofia);
        await BoardAsync(_sofia);
        var callId = await _host.RingAsync(_admin, Jose, endpointId: "1002", connected: true);

        await PutAgentAsync("luis", "agent", "cobros");

        (await HeardAsync(screen, "luis", "inCall")).TryGetProperty("call", out _).ShouldBeFalse();
        var board = await BoardAsync(_sofia);
        board.GetRawText().ShouldNotContain(callId);
        (await StateAsync("luis")).ShouldBe("inCall");
        // Who sees all calls sees this one with either team.
        var admins = (await BoardAsync(_admin, "?team=cobros")).GetProperty("agents").EnumerateArray();
        admins.Single(agent => agent.Text("agentId") == "luis").GetProperty("call").Text("callId").ShouldBe(callId);
    }

    [SkippableFact]
    public async Task Who_Left_Is_Named_With_Their_Missed_Calls_And_With_Those_That_They_Returned()
    {
        await PutAgentAsync("luis", "agent", "cobros");
        await using var screen = await TestScreen.OpenAsync(_host, _sofia);
        await BoardAsync(_sofia);
        var returned = await MissAsync("61990001");
        var talked = await _host.RingAsync(_admin, "61990001", endpointId: "1002", connected: true);
        await _host.RingAsync(
            _admin, "61990001", action: "callEnd", endpointId: "1002", callId: talked, connected: true);
        var missed = await MissAsync("61990002");
        (await _admin.AskAsync(HttpMethod.Delete, "/api/mappings/1002")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _admin.AskAsync(HttpMethod.Delete, "/api/agents/luis?leave=true")).Status
            .ShouldBe(HttpStatusCode.NoContent);

        var board = (await BoardAsync(_sofia)).GetProperty("missed").EnumerateArray().ToList();
        board.Select(call => (call.Text("callId"), call.Text("agentName"), call.Text("returnedByName")))
            .ShouldBe([(missed, "luis", null), (returned, "luis", "luis")]);
        var listed = (await _sofia.ReadAsync("/api/missed-calls"))!.Value.GetProperty("items").EnumerateArray();
        listed.Single().Text("agentName").ShouldBe("luis");

        // What is told of such a call later names them too.
        talked = await _host.RingAsync(_admin, "61990002", connected: true);
        await _host.RingAsync(_admin, "61990002", action: "callEnd", callId: talked, connected: true);
        var told = await screen.NextBoardAsync(
            message => message.TryGetProperty("missed", out var calls)
                && calls.EnumerateArray().Any(
                    call => call.Text("callId") == missed && !call.GetProperty("open").GetBoolean()));
        told.GetProperty("missed").EnumerateArray().Single().Text("agentName").ShouldBe("luis");

        async Task<string> MissAsync(string number)
        {
            var callId = await _host.RingAsync(_admin, number, endpointId: "1002");
            await _host.RingAsync(_admin, number, action: "callEnd", endpointId: "1002", callId: callId);
            await screen.NextBoardAsync(
                message => message.TryGetProperty("missed", out _)
                    && message.GetRawText().Contains(callId, StringComparison.Ordinal));
            return callId;
        }
    }

    [SkippableFact]
    public async Task Who_Has_No_Wallboard_Open_Is_Told_Nothing()
    {
        await using var screen = await TestScreen.OpenAsync(_host, _sofia);
        await using var admins = await TestScreen.OpenAsync(_host, _admin);
        await _sofia.ReadAsync("/api/wallboard?live=false");
        await BoardAsync(_admin);

        var callId = await _host.RingAsync(_admin, Jose);
        await HeardCallAsync(admins, callId);

        screen.BoardCount.ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_Storm_Of_Changes_Is_At_Most_One_Message_A_Second_And_Supervisor()
    {
        await using var screen = await TestScreen.OpenAsync(_host, _sofia);
        await BoardAsync(_sofia);
        var started = TimeProvider.System.GetTimestamp();

        var calls = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _host.RingAsync(_admin, Jose)));
        await Task.WhenAll(calls.Select(
            callId => _host.RingAsync(_admin, Jose, action: "callEnd", callId: callId)));
        await _ana.AskAsync(HttpMethod.Put, "/api/me/presence", new { paused = false });
        await _ana.ReadAsync("/api/pop-ups");
        await HeardAsync(screen, "ana", "free");

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        _heard.ShouldBeLessThanOrEqualTo((int)seconds + 2);
        _heard.ShouldBeLessThan(24);
        // Once all is told, nothing more comes.
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        var left = screen.BoardCount;
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        screen.BoardCount.ShouldBe(left);
    }

    private async Task<JsonElement> HeardAsync(TestScreen screen, string agentId, string state)
    {
        JsonElement found = default;
        await screen.NextBoardAsync(message =>
        {
            _heard++;
            found = message.TryGetProperty("agents", out var agents)
                ? agents.EnumerateArray().FirstOrDefault(agent => agent.Text("agentId") == agentId && agent.Text("state") == state)
                : default;
            return found.ValueKind != JsonValueKind.Undefined;
        });
        return found;
    }

    private static Task<JsonElement> HeardCallAsync(TestScreen screen, string callId) => screen.NextBoardAsync(
        message => message.TryGetProperty("calls", out var calls)
            && calls.EnumerateArray().Any(call => call.Text("callId") == callId));

    private static async Task<JsonElement> BoardAsync(HttpClient supervisor, string query = "?live=true") =>
        (await supervisor.ReadAsync($"/api/wallboard{query}")).ShouldNotBeNull();

    private static async Task<IReadOnlyList<string?>> AgentsAsync(HttpClient supervisor, string query = "?live=true") =>
        [.. (await BoardAsync(supervisor, query)).GetProperty("agents").EnumerateArray().Select(agent => agent.Text("agentId"))];

    private async Task<string?> StateAsync(string agentId) =>
        (await BoardAsync(_sofia)).GetProperty("agents").EnumerateArray()
            .Single(agent => agent.Text("agentId") == agentId).Text("state");

    private async Task StartAsync()
    {
        _host = await TestHost.StartAsync(storage, new() { DataPath = _folder });
        _admin = await _host.SignInAsync("admin");
        _ana = await _host.SignInAsync("ana");
        _sofia = await _host.SignInAsync("sofia");
    }

    private async Task RestartAsync()
    {
        await _host.DisposeAsync();
        await StartAsync();
    }

    private async Task PutAgentAsync(string agentId, string role, string team)
    {
        var (status, answer) = await _admin.AskAsync(
            HttpMethod.Put, $"/api/agents/{agentId}", new { name = agentId, roles = new[] { role }, team });
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
    }
}

public sealed class WallboardTestsOnSqlite() : WallboardTests(TestStorage.Sqlite);

public sealed class WallboardTestsOnAzurite() : WallboardTests(TestStorage.AzuriteInTheLongRun);
