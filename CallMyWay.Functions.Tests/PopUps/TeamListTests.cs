using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>What real clients of the channel are told of a team's calls, and of no other team's.</summary>
public abstract class TeamListTests(TestStorage storage) : IAsyncLifetime
{
    private TestHost _host = null!;

    private HttpClient _admin = null!;

    private HttpClient _ana = null!;

    private HttpClient _sofia = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage);
        _admin = await _host.SignInAsync("admin");
        _ana = await _host.SignInAsync("ana");
        _sofia = await _host.SignInAsync("sofia");
        // Ana and Sofía are of the team "cobros".
        await PutAsync("luis", "agent", "ventas");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task A_Supervisor_Is_Told_Of_Her_Team_s_Calls_And_Of_No_Other_Team_s()
    {
        await using var admins = await TestScreen.OpenAsync(_host, _admin);
        await using var sofias = await TestScreen.OpenAsync(_host, _sofia);

        // One after the other: the first would be told first.
        var other = await _host.RingAsync(_admin, "88881234", endpointId: "1002");
        await HeardAsync(admins, other);
        var own = await _host.RingAsync(_admin, "88881234");
        await HeardAsync(admins, own);

        var call = await sofias.NextListedAsync();
        string[] shown = ["callId", "state", "agentId", "agentName", "contactName"];
        shown.Select(name => call.Text(name))
            .ShouldBe([own, "ringing", "ana", "Ana Solano Vargas", "José Rodríguez Solís"]);
        await _host.RingAsync(_admin, "88881234", action: "callEnd", callId: own);
        (await HeardAsync(sofias, own)).Text("state").ShouldBe("ended");
    }

    [SkippableFact]
    public async Task A_Message_Says_What_The_List_Says()
    {
        await using var sofias = await TestScreen.OpenAsync(_host, _sofia);
        var callId = await _host.RingAsync(_admin, "88881234");
        var told = await HeardAsync(sofias, callId);

        var listed = (await _sofia.ItemsAsync("/api/live-calls")).Single(call => call.Text("callId") == callId);

        // What the list has beside is shown by no row.
        string[] beside = ["agentIds", "currency", "sources", "etag"];
        Fields(told).ShouldBe(Fields(listed).Except(beside), ignoreOrder: true);
        foreach (var field in Fields(told))
        {
            told.GetProperty(field).GetRawText().ShouldBe(listed.GetProperty(field).GetRawText(), field);
        }
    }

    [SkippableFact]
    public async Task The_Contact_And_The_Outcome_That_An_Agent_Writes_Are_Told()
    {
        await using var sofias = await TestScreen.OpenAsync(_host, _sofia);
        var callId = await _host.RingAsync(_admin, "61990042", action: "callEnd");
        (await HeardAsync(sofias, callId)).Text("contactName").ShouldBeNull();

        var (chosen, _) = await _ana.AskAsync(
            HttpMethod.Put,
            $"/api/calls/{callId}/contact",
            new { contact = new { name = "Nueva Clienta", numbers = new[] { "61990042" } } });
        chosen.ShouldBe(HttpStatusCode.OK);
        (await HeardAsync(sofias, callId)).Text("contactName").ShouldBe("Nueva Clienta");

        var outcome = (await _ana.ItemsAsync("/api/outcomes"))[0].Text("code");
        var (sent, answer) = await _ana.AskAsync(
            HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome, notes = "Paga el viernes" });
        sent.ShouldBe(HttpStatusCode.OK, answer.ToString());
        (await HeardAsync(sofias, callId)).Text("outcome").ShouldBe(outcome);

        (await _ana.AskAsync(HttpMethod.Post, $"/api/calls/{callId}/ignore")).Status.ShouldBe(HttpStatusCode.OK);
        var ignored = await HeardAsync(sofias, callId);
        (ignored.Text("ignored"), ignored.Text("contactId")).ShouldBe(("True", null));
    }

    [SkippableFact]
    public async Task An_Agent_Who_Put_The_Pop_Up_Away_Is_Told_How_The_Call_Ends()
    {
        await using var anas = await TestScreen.OpenAsync(_host, _ana);
        var callId = await _host.RingAsync(_admin, "88881234");
        (await _ana.AskAsync(HttpMethod.Post, $"/api/pop-ups/{callId}/acknowledge")).Status
            .ShouldBe(HttpStatusCode.NoContent);

        await _host.RingAsync(_admin, "88881234", action: "callEnd", callId: callId);

        (await HeardAsync(anas, callId)).Text("state").ShouldBe("ended");
    }

    [SkippableFact]
    public async Task Who_Is_No_Supervisor_Any_More_Or_Of_Another_Team_Is_Told_No_More()
    {
        await using var admins = await TestScreen.OpenAsync(_host, _admin);
        await PutAsync("sofia", "agent", "cobros");
        await HeardAsync(admins, await _host.RingAsync(_admin, "88881234"));
        await PutAsync("sofia", "supervisor", "ventas");
        // To become a supervisor, or to be none any more, disconnects the screens.
        await using var sofias = await TestScreen.OpenAsync(_host, _sofia);
        await HeardAsync(admins, await _host.RingAsync(_admin, "88881234"));

        await PutAsync("sofia", "supervisor", "cobros");
        var callId = await _host.RingAsync(_admin, "88881234");

        (await sofias.NextListedAsync()).Text("callId").ShouldBe(callId);
    }

    private static async Task<JsonElement> HeardAsync(TestScreen screen, string callId)
    {
        while (true)
        {
            var call = await screen.NextListedAsync();
            if (call.Text("callId") == callId)
            {
                return call;
            }
        }
    }

    private static IReadOnlyList<string> Fields(JsonElement call) =>
        [.. call.EnumerateObject().Select(field => field.Name)];

    private async Task PutAsync(string agentId, string role, string team)
    {
        var (status, answer) = await _admin.AskAsync(
            HttpMethod.Put, $"/api/agents/{agentId}", new { name = agentId, roles = new[] { role }, team });
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
    }
}

public sealed class TeamListTestsOnSqlite() : TeamListTests(TestStorage.Sqlite);

public sealed class TeamListTestsOnAzurite() : TeamListTests(TestStorage.AzuriteInTheLongRun);
