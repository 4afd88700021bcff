using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>The history by its address: what it can be filtered by, who may ask for what, and what is told of bad input.</summary>
public abstract class HistoryTests(DemoHost demo)
{
    [SkippableFact]
    public async Task A_Missed_Call_And_An_Answered_One_Are_Found_By_State()
    {
        await demo.EndAsync("state-missed", ("ani", "61810001"));
        await demo.EndAsync(
            "state-talked", ("ani", "61810002"), ("connect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow)));
        await demo.CallAsync("state-talked", call => call.Text("state") == "ended");

        (await IdsAsync(demo.Ana, "state=missed&number=6181-0001")).ShouldBe(["state-missed"]);
        (await IdsAsync(demo.Ana, "state=missed")).ShouldContain("state-missed");
        (await IdsAsync(demo.Ana, "state=missed")).ShouldNotContain("state-talked");
        (await IdsAsync(demo.Sofia, "state=ANSWERED&team=cobros")).ShouldContain("state-talked");
        (await IdsAsync(demo.Sofia, "state=answered&number=61810001")).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("state=lost", "state")]
    [InlineData("state=1", "state")]
    [InlineData("direction=in,out", "direction")]
    [InlineData("followUp=done", "followUp")]
    [InlineData("tied=maybe", "tied")]
    [InlineData("from=2026-03-02&to=2026-03-01", "from")]
    [InlineData("from=2016-03-02&to=2026-03-01", "from")]
    [InlineData("next=bm9uc2Vuc2U", "next")]
    [InlineData("agent=nobody-here", "agent")]
    [InlineData("team=nobody-here", "team")]
    [InlineData("contact=nobody-here", "contact")]
    [InlineData("outcome=nothing-such", "outcome")]
    [InlineData("outcome=OTHER&number=61810009", "outcome")]
    public async Task Bad_Input_Is_Told_In_Plain_Words(string query, string field)
    {
        var (status, body) = await demo.Admin.AskAsync(HttpMethod.Get, $"/api/calls?{query}");

        status.ShouldBe(HttpStatusCode.BadRequest, body.ToString());
        body.GetProperty("errors").GetProperty(field)[0].GetString()!.Length.ShouldBeGreaterThan(10);
    }

    [SkippableTheory]
    [InlineData("ana", "team=cobros")]
    [InlineData("ana", "agent=luis")]
    [InlineData("sofia", "team=ventas")]
    public async Task Others_Are_Refused(string who, string query)
    {
        var client = who == "ana" ? demo.Ana : demo.Sofia;

        var (status, body) = await client.AskAsync(HttpMethod.Get, $"/api/calls?{query}");

        status.ShouldBe(HttpStatusCode.Forbidden);
        // Most often a colleague has sent it: nobody is to ask an administrator.
        body.Text("detail").ShouldBe(
            "Este filtro pide llamadas de otro equipo o de otra persona, y usted no puede verlas. "
            + "Sin él verá las suyas.");
    }

    [SkippableFact]
    public async Task Whoever_Left_Is_Still_Named()
    {
        var agents = demo.Host.Get<AgentStore>();
        var eva = (await agents.PutAsync(
            new Agent
            {
                AgentId = "eva",
                Name = "Eva Solano",
                SignInName = "eva",
                Roles = [Role.Agent],
                Team = "cobros",
            },
            default)).Agent.ShouldNotBeNull();
        await demo.Host.Get<MappingStore>().PutAsync(
            new() { EndpointId = "eva-1", Account = DemoHost.Account, AgentId = "eva", Phone = "eva-1" }, default);
        await demo.EndAsync("of-eva", ("ani", "61820001"), ("endpoint_id", "eva-1"));
        await demo.CallAsync("of-eva", call => call.Text("state") == "ended");
        (await agents.DeleteAsync(eva, null, default)).ShouldBeTrue();

        var calls = await demo.Admin.ItemsAsync("/api/calls?agent=eva");

        calls.Single().Text("agentName").ShouldBe("Eva Solano");
        (await demo.CallAsync("of-eva")).Text("agentName").ShouldBe("Eva Solano");
        (await demo.Admin.AskAsync(HttpMethod.Get, "/api/calls?agent=eva&number=61829999")).Status
            .ShouldBe(HttpStatusCode.OK, "she is known");
    }

    [SkippableFact]
    public async Task A_Contact_s_File_Says_Which_Calls_Its_Reader_May_Not_Open()
    {
        var agents = demo.Host.Get<AgentStore>();
        var omar = (await agents.PutAsync(
            new Agent
            {
                AgentId = "omar",
                Name = "Omar Ruiz",
                SignInName = "omar",
                Roles = [Role.Agent],
                Team = "ventas",
            },
            default)).Agent.ShouldNotBeNull();
        await demo.Host.Get<MappingStore>().PutAsync(
            new() { EndpointId = "omar-1", Account = DemoHost.Account, AgentId = "omar", Phone = "omar-1" }, default);
        var (_, rosa) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Rosa Mora", numbers = new[] { "6185-0001" } });
        await demo.EndAsync("file-ana", ("ani", "61850001"));
        await demo.EndAsync("file-omar", ("ani", "61850001"), ("endpoint_id", "omar-1"));
        foreach (var callId in new[] { "file-ana", "file-omar" })
        {
            await demo.CallAsync(callId, call => call.Text("state") == "ended");
            var charge = new { amount = 500, currency = "CRC", concept = "Gestión" };
            (await demo.Admin.AskAsync(
                HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "attended", charge })).Status
                .ShouldBe(HttpStatusCode.OK);
        }

        await agents.DeleteAsync(omar, null, default);

        foreach (var (who, hidden) in new[] { (demo.Sofia, "file-omar"), (demo.Ana, "file-omar"), (demo.Admin, null) })
        {
            foreach (var path in new[] { "calls", "charges" })
            {
                var items = await who.ItemsAsync($"/api/contacts/{rosa.Text("contactId")}/{path}");
                items.Count.ShouldBe(2);
                items.Where(item => item.TryGetProperty("hidden", out var its) && its.GetBoolean())
                    .Select(item => item.Text("callId")).ShouldBe(hidden is null ? [] : [hidden], path);
            }
        }

        (await demo.Sofia.AskAsync(HttpMethod.Get, "/api/calls/file-omar")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task The_Calls_Of_A_Contact_That_Was_Deleted_Are_Found()
    {
        await demo.EndAsync("of-deleted", ("ani", "61840001"));
        await demo.CallAsync("of-deleted", call => call.Text("state") == "ended");
        var rosa = new { contact = new { name = "Rosa Mora", numbers = new[] { "6184-0001" } } };
        var (_, tied) = await demo.Ana.AskAsync(HttpMethod.Put, "/api/calls/of-deleted/contact", rosa);
        var contactId = tied.Text("contactId");
        (await demo.Sofia.AskAsync(HttpMethod.Delete, $"/api/contacts/{contactId}")).Status
            .ShouldBe(HttpStatusCode.NoContent);

        var calls = await demo.Admin.ItemsAsync($"/api/calls?contact={contactId}&tied=true");

        (calls.Single().Text("callId"), calls.Single().Text("contactName")).ShouldBe(("of-deleted", "Rosa Mora"));
    }

    [SkippableFact]
    public async Task A_Call_Tells_What_Was_Heard_And_Done()
    {
        await demo.EndAsync("told", ("ani", "88881234"), ("account_id", DemoHost.Account));
        await demo.CallAsync("told", call => call.Text("state") == "ended");
        foreach (var outcome in new[] { "attended", "paid" })
        {
            (await demo.Ana.AskAsync(HttpMethod.Put, "/api/calls/told/wrap-up", new { outcome, notes = "Sí" })).Status
                .ShouldBe(HttpStatusCode.OK);
        }

        var history = (await demo.CallAsync("told")).GetProperty("history").EnumerateArray().ToList();

        history.Select(entry => entry.Text("kind")).Distinct().ShouldBe(
            ["notification", "routed", "matched", "acknowledged", "outcome", "wrapUp"], ignoreOrder: true);
        history[0].Text("event").ShouldBe("callEnd");
        history.Where(entry => entry.Text("kind") == "wrapUp")
            .Select(entry => (entry.Text("version"), entry.Text("outcome"), entry.Text("agentName")))
            .ShouldBe([("1", "attended", "Ana Solano Vargas"), ("2", "paid", "Ana Solano Vargas")]);
        history.Select(entry => entry.GetProperty("at").GetDateTimeOffset()).ShouldBeInOrder();
    }

    [SkippableFact]
    public async Task The_Way_Back_Is_In_The_Answer()
    {
        foreach (var i in Enumerable.Range(0, 3))
        {
            await demo.EndAsync($"way-{i}", ("ani", "61830001"));
            await demo.CallAsync($"way-{i}", call => call.Text("state") == "ended");
        }

        var first = await PageAsync("");
        first.GetProperty("previous").ValueKind.ShouldBe(JsonValueKind.Null);
        var second = await PageAsync($"&next={first.Text("next")}");
        var back = await PageAsync($"&next={second.Text("previous")}");

        Ids(back).ShouldBe(Ids(first));
        back.GetProperty("previous").ValueKind.ShouldBe(JsonValueKind.Null);
        Ids(await PageAsync($"&next={back.Text("next")}")).ShouldBe(Ids(second));

        async Task<JsonElement> PageAsync(string more) =>
            (await demo.Ana.ReadAsync($"/api/calls?number=61830001&take=2{more}")).ShouldNotBeNull();
    }

    private static async Task<IReadOnlyList<string?>> IdsAsync(HttpClient who, string query) =>
        Ids((await who.ReadAsync($"/api/calls?{query}")).ShouldNotBeNull());

    private static List<string?> Ids(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(call => call.Text("callId"))];
}

public sealed class HistoryTestsOnSqlite(DemoHost demo) : HistoryTests(demo), IClassFixture<DemoHost>;

public sealed class HistoryTestsOnAzurite(DemoHostOnAzurite demo)
    : HistoryTests(demo), IClassFixture<DemoHostOnAzurite>;
