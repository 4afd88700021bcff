using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>What waits for an agent today, in one list.</summary>
public abstract class WorkListTests(TestStorage storage) : IAsyncLifetime
{
    private SetClock _clock = null!;

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        // Noon in Costa Rica, so that what is due in an hour is due today.
        _clock = new SetClock(new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddHours(18), TimeSpan.Zero));
        _host = await TestHost.StartAsync(storage, new() { Time = _clock });
        _ana = await _host.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task It_Has_What_Is_Due_What_Was_Missed_And_What_Has_No_Outcome()
    {
        var expected = await FillAsync();

        var items = await _ana.GetItemsAsync("/api/work-list");

        items.Select(item => ((string?)item["kind"], (string?)item["callId"])).ShouldBe(expected, ignoreOrder: true);
        items.Select(item => (DateTimeOffset)item["at"]!).ShouldBeInOrder();
        var promise = items.Single(item => (string?)item["kind"] == "promise");
        ((string?)promise["state"], (decimal)promise["amount"]!, (string?)promise["contactId"])
            .ShouldBe(("open", 100, "demo-01"));
        ((string?)promise["number"]!["e164"]).ShouldBe("+50688881234");
        ((string?)items.Single(item => (string?)item["kind"] == "draft")["note"]).ShouldBe("a medias");

        // What is done leaves it.
        var followUp = items.Single(item => (string?)item["kind"] == "followUp");
        ((string?)followUp["note"]).ShouldBe("hoy");
        await AskAsync(HttpMethod.Post, $"/api/follow-ups/{followUp["id"]}/done", null, 204);
        await AskAsync(HttpMethod.Put, $"/api/promises/{promise["id"]}", new { state = "kept" }, 200);
        foreach (var (kind, callId) in expected.Where(entry => entry.Kind is "undocumented" or "draft"))
        {
            await AskAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "attended" }, 200);
        }

        await AskAsync(HttpMethod.Post, $"/api/calls/{expected.Single(entry => entry.Kind == "missed").CallId}/dismiss", null, 200);
        (await _ana.GetItemsAsync("/api/work-list")).ShouldBeEmpty();

        // Whom the agent has put away, nobody has called back.
        using var sofia = await _host.SignInAsync("sofia");
        ((string?)(await sofia.GetItemsAsync("/api/work-list")).ShouldHaveSingleItem()["kind"]).ShouldBe("missed");
    }

    [SkippableFact]
    public async Task A_Supervisor_Sees_The_Teams_By_Name_And_An_Agent_Only_Their_Own()
    {
        var expected = await FillAsync();
        using var luis = await _host.SignInAsync("luis");
        using var sofia = await _host.SignInAsync("sofia");

        (await luis.GetItemsAsync("/api/work-list")).ShouldBeEmpty();
        (await luis.SendJsonAsync(HttpMethod.Get, "/api/work-list?agent=ana", null)).Status.ShouldBe(403);
        foreach (var query in new[] { "", "?agent=ana" })
        {
            var items = await sofia.GetItemsAsync("/api/work-list" + query);
            items.Select(item => ((string?)item["kind"], (string?)item["callId"]))
                .ShouldBe(expected, ignoreOrder: true, query);
            items.ShouldAllBe(item => (string?)item["agentName"] == "Ana Solano Vargas");
        }

        (await sofia.GetItemsAsync("/api/work-list?agent=luis")).ShouldBeEmpty();
        using var admin = await _host.SignInAsync("admin");
        var (status, problem) = await admin.SendJsonAsync(HttpMethod.Get, "/api/work-list?agent=nobody-here", null);
        status.ShouldBe(400);
        ((string?)problem!["errors"]!["agent"]![0]).ShouldBe("No hay un agente con ese código.");
    }

    [SkippableFact]
    public async Task What_A_Deleted_Agent_Left_Open_Is_The_Supervisors()
    {
        await FillAsync();
        using var sofia = await _host.SignInAsync("sofia");
        using var admin = await _host.SignInAsync("admin");
        foreach (var mapping in await admin.GetItemsAsync("/api/mappings"))
        {
            if ((string?)mapping["agentId"] == "ana")
            {
                await AskAsync(HttpMethod.Delete, $"/api/mappings/{mapping["endpointId"]}", null, 204, admin);
            }
        }

        foreach (var live in await admin.GetItemsAsync("/api/live-calls"))
        {
            await _host.RingAsync(
                _ana, "61990006", action: "callEnd", callId: (string?)live["callId"], connected: true);
        }

        // Not by mistake.
        var (status, problem) = await admin.SendJsonAsync(HttpMethod.Delete, "/api/agents/ana", null);
        status.ShouldBe(409);
        ((string?)problem!["detail"])!.ShouldStartWith("El agente tiene pendientes: 2 seguimientos y 2 promesas.");
        await AskAsync(HttpMethod.Delete, "/api/agents/ana?leave=true", null, 204, admin);

        var items = await sofia.GetItemsAsync("/api/work-list");
        items.ShouldAllBe(item => (string?)item["agentName"] == "Ana Solano Vargas");
        var promise = items.Single(item => (string?)item["kind"] == "promise");
        var followUp = items.Single(item => (string?)item["kind"] == "followUp");
        await AskAsync(HttpMethod.Put, $"/api/promises/{promise["id"]}", new { state = "kept" }, 200, sofia);
        await AskAsync(HttpMethod.Post, $"/api/follow-ups/{followUp["id"]}/done", null, 204, sofia);
        (await sofia.GetItemsAsync("/api/work-list?agent=ana"))
            .ShouldNotContain(item => (string?)item["kind"] == "promise" || (string?)item["kind"] == "followUp");
    }

    [SkippableFact]
    public async Task Its_Pages_Have_Each_Entry_Once()
    {
        await FillAsync();
        var whole = (await _ana.GetItemsAsync("/api/work-list")).Select(item => item.ToJsonString()).ToList();

        var parts = new List<string>();
        string? next = null;
        do
        {
            var page = await _ana.GetObjectAsync($"/api/work-list?take=2&next={next}");
            parts.AddRange(((JsonArray)page["items"]!).Select(item => item!.ToJsonString()));
            next = (string?)page["next"];
        }
        while (next is not null);

        parts.ShouldBe(whole);
    }

    [SkippableFact]
    public async Task Its_Pages_Go_On_Behind_Calls_With_The_Longest_Ids()
    {
        var ids = Enumerable.Range(0, 3).Select(i => $"{i}".PadRight(256, 'ñ')).ToList();
        foreach (var id in ids)
        {
            await _host.RingAsync(_ana, "61990003", callId: id);
            await _host.RingAsync(_ana, "61990003", action: "callEnd", callId: id);
        }

        var seen = new List<string?>();
        string? next = null;
        do
        {
            next?.Length.ShouldBeLessThanOrEqualTo(1024);
            var page = await _ana.GetObjectAsync($"/api/work-list?take=1&next={next}");
            seen.Add((string?)page["items"]!.AsArray().ShouldHaveSingleItem()!["callId"]);
            next = (string?)page["next"];
        }
        while (next is not null);

        seen.ShouldBe(ids, ignoreOrder: true);
    }

    /// <summary>Fills the list of Ana, and makes calls that are not to be in it. Returns what is.</summary>
    private async Task<IReadOnlyList<(string? Kind, string? CallId)>> FillAsync()
    {
        var now = _clock.GetUtcNow();
        var undocumented = await TalkAsync("61990001");
        // A draft whose text was discarded is none.
        foreach (var written in new object[] { new { notes = "descartado" }, new { } })
        {
            await AskAsync(HttpMethod.Put, $"/api/calls/{undocumented}/wrap-up?draft=true", written, 200);
        }

        var draft = await TalkAsync("61990002");
        await AskAsync(HttpMethod.Put, $"/api/calls/{draft}/wrap-up?draft=true", new { notes = "a medias" }, 200);
        var missed = await _host.RingAsync(_ana, "61990003");
        await _host.RingAsync(_ana, "61990003", action: "callEnd", callId: missed);
        var followUp = await SentAsync(new { outcome = "call-back", followUp = new { dueAt = now.AddHours(1), note = "hoy" } });
        await SentAsync(new { outcome = "call-back", followUp = new { dueAt = now.AddDays(1), note = "mañana" } });
        var promise = await SentAsync(
            new { outcome = "promise-to-pay", promise = new { amount = 100, currency = "CRC", dueAt = now.AddHours(2) } });
        await SentAsync(
            new { outcome = "promise-to-pay", promise = new { amount = 7, currency = "CRC", dueAt = now.AddDays(1) } });
        var ignored = await TalkAsync("61990004");
        await AskAsync(HttpMethod.Post, $"/api/calls/{ignored}/ignore", null, 200);
        var dismissed = await TalkAsync("61990005");
        await AskAsync(HttpMethod.Post, $"/api/calls/{dismissed}/dismiss", null, 200);
        await _host.RingAsync(_ana, "61990006", connected: true);
        return
        [
            ("undocumented", undocumented), ("draft", draft), ("missed", missed), ("followUp", followUp),
            ("promise", promise),
        ];
    }

    private async Task<string> SentAsync(object wrapUp)
    {
        var callId = await TalkAsync("88881234");
        await AskAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", wrapUp, 200);
        return callId;
    }

    private async Task<string> TalkAsync(string number)
    {
        var callId = await _host.RingAsync(_ana, number, connected: true);
        return await _host.RingAsync(_ana, number, action: "callEnd", callId: callId, connected: true);
    }

    private async Task AskAsync(HttpMethod method, string path, object? body, int expected, HttpClient? client = null)
    {
        var (status, answer) = await (client ?? _ana).SendJsonAsync(method, path, body);
        status.ShouldBe(expected, $"{path}: {answer}");
    }
}

public sealed class WorkListTestsOnSqlite() : WorkListTests(TestStorage.Sqlite);

public sealed class WorkListTestsOnAzurite() : WorkListTests(TestStorage.AzuriteInTheLongRun);
