using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>An office can ask for an outcome of each call that was talked.</summary>
public abstract class DeskRulesTests(TestStorage storage) : IAsyncLifetime
{
    private const string Number = "88881234";

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage);
        _ana = await _host.SignInAsync("ana");
        _admin = await _host.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task Everybody_Reads_Them_And_An_Administrator_Writes_Them()
    {
        ((bool)(await _ana.GetObjectAsync("/api/desk-rules"))["outcomeRequired"]!).ShouldBeFalse("as the desk was before");
        (await _ana.SendJsonAsync(HttpMethod.Put, "/api/desk-rules", new { outcomeRequired = true })).Status.ShouldBe(403);

        (await PopUpsAskAsync()).ShouldBeFalse();
        var (status, stored) = await _admin.SendJsonAsync(
            HttpMethod.Put, "/api/desk-rules", new { outcomeRequired = true });

        status.ShouldBe(200);
        (await PopUpsAskAsync()).ShouldBeTrue("an open desk learns of it with the minute's reading");
        var read = await _ana.GetObjectAsync("/api/desk-rules");
        ((bool)read["outcomeRequired"]!, (string?)read["etag"]).ShouldBe((true, (string?)stored!["etag"]));
        (await _admin.SendJsonAsync(HttpMethod.Put, "/api/desk-rules", new { outcomeRequired = false }, "old"))
            .Status.ShouldBe(412);
        (await _admin.SendJsonAsync(HttpMethod.Put, "/api/desk-rules", new { })).Status.ShouldBe(400);
        ((bool)(await _ana.GetObjectAsync("/api/desk-rules"))["outcomeRequired"]!).ShouldBeTrue();
    }

    [SkippableFact]
    public async Task A_Call_That_Was_Talked_Is_Closed_Only_With_An_Outcome()
    {
        var before = await TalkedAsync();
        (await AcknowledgeAsync(before)).Status.ShouldBe(204, "nothing is asked yet");
        await AskForOutcomesAsync();
        var callId = await TalkedAsync();

        foreach (var (status, problem) in new[] { await AcknowledgeAsync(callId), await DismissAsync(callId) })
        {
            (status, (string?)problem!["title"]).ShouldBe((409, "Falta el resultado"));
        }

        (await AcknowledgeAsync(before)).Status.ShouldBe(204, "it is closed already");
        (await _ana.GetItemsAsync("/api/pop-ups")).ShouldHaveSingleItem();
        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up?draft=true", new { outcome = "attended" }))
            .Status.ShouldBe(200);
        (await AcknowledgeAsync(callId)).Status.ShouldBe(409, "a draft is no outcome");
        var (saved, wrapUp) = await _ana.SendJsonAsync(
            HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "attended" });
        saved.ShouldBe(200);
        (await AcknowledgeAsync(callId)).Status.ShouldBe(204);

        // One that is taken back is asked for again.
        (await _ana.SendJsonAsync(
            HttpMethod.Post, $"/api/calls/{callId}/wrap-up/undo", null, (string?)wrapUp!["etag"])).Status.ShouldBe(200);
        (await AcknowledgeAsync(callId)).Status.ShouldBe(409);

        var admins = await _admin.SendJsonAsync(HttpMethod.Put, "/api/desk-rules", new { outcomeRequired = false });
        admins.Status.ShouldBe(200);
        (await DismissAsync(callId)).Status.ShouldBe(200);
    }

    [SkippableFact]
    public async Task Calls_Without_A_Conversation_And_Calls_Of_Others_Are_Closed_Without()
    {
        await AskForOutcomesAsync();
        var missed = await _host.RingAsync(_ana, Number, action: "callEnd");
        (await DismissAsync(missed)).Status.ShouldBe(200);
        var rings = await _host.RingAsync(_ana, Number);
        (await AcknowledgeAsync(rings)).Status.ShouldBe(204);

        var ignored = await TalkedAsync();
        (await _ana.SendJsonAsync(HttpMethod.Post, $"/api/calls/{ignored}/ignore", null)).Status.ShouldBe(200);
        (await AcknowledgeAsync(ignored)).Status.ShouldBe(204, "it concerns nobody");

        var talked = await TalkedAsync();
        using var sofia = await _host.SignInAsync("sofia");
        (await sofia.SendJsonAsync(HttpMethod.Post, $"/api/calls/{talked}/dismiss", null)).Status.ShouldBe(200);
    }

    [SkippableFact]
    public async Task A_Desk_Learns_Within_A_Minute_That_Its_Roles_Are_Others()
    {
        RolesOf(await _ana.GetObjectAsync("/api/pop-ups")).ShouldBe(["agent"]);

        var (status, body) = await _admin.SendJsonAsync(
            HttpMethod.Put,
            "/api/agents/ana",
            new { name = "Ana", roles = new[] { "supervisor", "agent" }, team = "cobros" });

        status.ShouldBe(200, body?.ToString());
        var roles = RolesOf(await _ana.GetObjectAsync("/api/pop-ups")).ToList();
        roles.ShouldContain("supervisor");
        roles.ShouldBe(RolesOf(await _ana.GetObjectAsync("/api/me")));

        static IEnumerable<string?> RolesOf(System.Text.Json.Nodes.JsonObject answer) =>
            answer["roles"]!.AsArray().Select(role => (string?)role);
    }

    private async Task<bool> PopUpsAskAsync() =>
        (bool)(await _ana.GetObjectAsync("/api/pop-ups"))["outcomeRequired"]!;

    private async Task AskForOutcomesAsync() =>
        (await _admin.SendJsonAsync(HttpMethod.Put, "/api/desk-rules", new { outcomeRequired = true }))
            .Status.ShouldBe(200);

    private async Task<string> TalkedAsync()
    {
        var callId = await _host.RingAsync(_ana, Number, connected: true);
        return await _host.RingAsync(_ana, Number, action: "callEnd", callId: callId, connected: true);
    }

    private Task<(int Status, System.Text.Json.Nodes.JsonObject? Body)> AcknowledgeAsync(string callId) =>
        _ana.SendJsonAsync(HttpMethod.Post, $"/api/pop-ups/{callId}/acknowledge", null);

    private Task<(int Status, System.Text.Json.Nodes.JsonObject? Body)> DismissAsync(string callId) =>
        _ana.SendJsonAsync(HttpMethod.Post, $"/api/calls/{callId}/dismiss", null);
}

public sealed class DeskRulesTestsOnSqlite() : DeskRulesTests(TestStorage.Sqlite);

public sealed class DeskRulesTestsOnAzurite() : DeskRulesTests(TestStorage.AzuriteInTheLongRun);
