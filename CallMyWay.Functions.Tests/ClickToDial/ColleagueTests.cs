using System.Net;
using System.Net.Http.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>Colleagues are found by name or extension, and called, through the whole host.</summary>
public abstract class ColleagueTests(TestStorage storage)
{
    [SkippableFact]
    public async Task A_Colleague_Is_Found_By_Name_Or_Extension()
    {
        await using var host = await TestHost.StartAsync(storage);
        using var ana = await host.SignInAsync("ana");

        foreach (var search in new[] { "luis", "MORA lu", "jiménez", "1002", "40001002", "4000-1002", "esc luis", "luiz" })
        {
            var found = (await ana.ItemsAsync($"/api/colleagues?search={Uri.EscapeDataString(search)}"))
                .ShouldHaveSingleItem(search);
            // Nothing else of a colleague is an agent's to know.
            found.ToString().ShouldBe(
                """{"name":"Luis Mora Jiménez","endpointId":"1002","label":"Escritorio"}""", search);
        }

        (await ana.ItemsAsync("/api/colleagues?search=esc")).Select(each => each.Text("endpointId"))
            .ShouldBe(["1002", "1003"], "in the order of names, and without one's own");
        foreach (var search in new[] { "solano", "1001", "nadie", "002" })
        {
            (await ana.ItemsAsync($"/api/colleagues?search={search}")).ShouldBeEmpty(search);
        }
    }

    [SkippableFact]
    public async Task A_Phone_Of_Another_Account_Or_Of_Nobody_Is_No_Colleagues()
    {
        await using var host = await TestHost.StartAsync(storage, new()
        {
            Settings =
            [
                "--CallMyWay:Accounts:1:Username", "8000002", "--CallMyWay:Accounts:1:Password", "secret",
            ],
        });
        using var admin = await host.SignInAsync("admin");
        using var ana = await host.SignInAsync("ana");
        (await admin.AskAsync(HttpMethod.Put, "/api/mappings/2001", new { account = "8000002", agentId = "luis", label = "Otra cuenta" }))
            .Status.ShouldBe(HttpStatusCode.Created);

        (await ana.ItemsAsync("/api/colleagues?search=otra")).ShouldBeEmpty();
        (await admin.ItemsAsync("/api/colleagues?search=luis")).ShouldBeEmpty("who has no phone calls nobody");
        foreach (var path in new[] { "/api/colleagues", "/api/colleagues?search=%20-", $"/api/colleagues?search={new string('a', 101)}" })
        {
            var (status, problem) = await ana.AskAsync(HttpMethod.Get, path);
            status.ShouldBe(HttpStatusCode.BadRequest, path);
            problem.Errors().ShouldBe(["search"]);
        }

        await ShouldBeRefusedAsync(ana, new { colleagueEndpointId = "2001" });
        await ShouldBeRefusedAsync(ana, new { colleagueEndpointId = "9999" });
        await ShouldBeRefusedAsync(ana, new { colleagueEndpointId = "1004" });
        await ShouldBeRefusedAsync(ana, new { colleagueEndpointId = "1002", number = "8888-1234" });
    }

    [SkippableFact]
    public async Task A_Shared_Phone_Is_The_Colleagues_Whose_Shift_It_Is()
    {
        // Ten in the morning of a Monday in Costa Rica.
        var time = new SetClock(new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero));
        await using var host = await TestHost.StartAsync(storage, new() { Time = time });
        using var admin = await host.SignInAsync("admin");
        using var ana = await host.SignInAsync("ana");
        using var luis = await host.SignInAsync("luis");
        (await admin.AskAsync(HttpMethod.Put, "/api/mappings/3100", new
        {
            agentId = "luis",
            phone = "4000-3100",
            label = "Recepción",
            shifts = new[] { new { agentId = "ana", days = new[] { 1 }, from = "08:00", to = "12:00" } },
        })).Status.ShouldBe(HttpStatusCode.Created);

        (await ana.ItemsAsync("/api/colleagues?search=recepcion")).ShouldBeEmpty("it is hers now");
        (await luis.ItemsAsync("/api/colleagues?search=recepcion")).ShouldHaveSingleItem().Text("endpointId")
            .ShouldBe("3100");
        await ShouldBeRefusedAsync(ana, new { colleagueEndpointId = "3100" });
        (await ClickDesk.ClickAsync(luis, new { colleagueEndpointId = "3100" })).Status
            .ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableTheory]
    [InlineData("one", "internal")]
    [InlineData("two", "internal")]
    [InlineData("two", "in")]
    public async Task A_Colleague_Is_Called_However_The_Operator_Reports_It(string legs, string agentLegType)
    {
        await using var desk = await ClickDesk.StartAsync(storage);
        await desk.SetAsync("shape", new { clickLegs = legs, agentLegType, startAt = "both" });
        await desk.SetAsync("click", new { firstAnswers = true, secondAnswers = true, firstRingSeconds = 0, secondRingSeconds = 1, talkSeconds = 1 });
        using var admin = await desk.SignInAsync("admin");
        using var ana = await desk.SignInAsync("ana");
        using var luis = await desk.SignInAsync("luis");
        // The rules are about numbers outside.
        var rules = (await admin.ReadAsync("/api/dial-rules")).ShouldNotBeNull();
        (await admin.AskAsync(
            HttpMethod.Put,
            "/api/dial-rules",
            new { enabled = true, allowedPrefixes = new[] { "+5062" }, deniedPrefixes = Array.Empty<string>() },
            rules.Text("etag"))).Status.ShouldBe(HttpStatusCode.OK);

        var (status, dial) = await ClickDesk.ClickAsync(ana, new { colleagueEndpointId = "1002" }, "click");

        status.ShouldBe(HttpStatusCode.Accepted, dial.ToString());
        (await ClickDesk.ClickAsync(ana, new { colleagueEndpointId = "1002" }, "click")).Body.Text("dialId")
            .ShouldBe(dial.Text("dialId"));
        (await ClickDesk.ClickAsync(ana, new { colleagueEndpointId = "1003" }, "click")).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        var ended = await ClickDesk.DialAsync(ana, dial.Text("dialId")!, "ended");
        (await desk.TruthAsync()).ShouldHaveSingleItem();
        var callId = ended.Text("callId");
        await Eventually.TrueAsync(async () =>
            (await ana.ReadAsync($"/api/calls/{callId}")).ShouldNotBeNull().Text("connectedAt") is not null);
        foreach (var (agent, other) in new[] { (ana, "Luis Mora Jiménez"), (luis, "Ana Solano Vargas") })
        {
            var call = (await agent.ReadAsync($"/api/calls/{callId}")).ShouldNotBeNull();
            (call.Text("direction"), call.GetProperty("colleague").Text("name"), call.Text("dialId"), call.Text("match"))
                .ShouldBe(("internal", other, dial.Text("dialId"), "none"));
            (await agent.ItemsAsync("/api/calls")).ShouldHaveSingleItem();
        }
    }

    [SkippableFact]
    public async Task A_Phone_Is_Asked_For_As_The_Mapping_Names_It()
    {
        await using var scripted = await ScriptedOperator.StartAsync();
        await using var host = await TestHost.StartAsync(
            storage, new() { Settings = ["--CallMyWay:BaseUrl", scripted.Address.ToString()] });
        using var admin = await host.SignInAsync("admin");
        using var ana = await host.SignInAsync("ana");
        (await admin.AskAsync(
            HttpMethod.Put, "/api/mappings/1002", new { account = "8000001", agentId = "luis", phone = "luis.mora" }))
            .Status.ShouldBe(HttpStatusCode.OK);

        var (status, dial) = await ClickDesk.ClickAsync(ana, new { colleagueEndpointId = "1002" });

        status.ShouldBe(HttpStatusCode.Accepted, dial.ToString());
        scripted.Asked.ShouldBe([("40001001", "luis.mora")]);
        dial.GetProperty("number").Text("kind").ShouldBe("extension");
        dial.GetProperty("number").Text("display").ShouldBe("luis.mora");
        using var nobody = host.Anonymous();
        using var told = await nobody.PostAsJsonAsync(host.Webhook, new
        {
            action = "callStart",
            data = new { callid = "internal-1", account_id = "8000001", endpoint_id = "1001", ani = "40001001", dnis = "luis.mora", type = "internal" },
        });
        told.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () =>
            (await ana.ReadAsync($"/api/dials/{dial.Text("dialId")}")).ShouldNotBeNull().Text("callId") == "internal-1");
    }

    private static async Task ShouldBeRefusedAsync(HttpClient agent, object click)
    {
        var (status, problem) = await ClickDesk.ClickAsync(agent, click);
        status.ShouldBe(HttpStatusCode.BadRequest, problem.ToString());
        problem.Errors().ShouldBe(["colleagueEndpointId"]);
    }
}

public sealed class ColleagueTestsOnSqlite() : ColleagueTests(TestStorage.Sqlite);

public sealed class ColleagueTestsOnAzurite() : ColleagueTests(TestStorage.AzuriteInTheLongRun);
