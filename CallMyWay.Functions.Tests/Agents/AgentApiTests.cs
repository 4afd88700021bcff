using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Agents;

/// <summary>The agents' API.</summary>
public abstract class AgentApiTests(DemoHost demo)
{
    [SkippableFact]
    public async Task An_Agent_Is_Created_Changed_And_Deleted()
    {
        var (status, made) = await demo.Admin.AskAsync(
            HttpMethod.Put,
            "/api/agents/marta",
            new { name = " Marta Soto ", roles = new[] { "agent", "agent" }, team = "ventas" });
        status.ShouldBe(HttpStatusCode.Created);
        made.Text("name").ShouldBe("Marta Soto");
        made.Text("signInName").ShouldBe("marta");
        made.Text("language").ShouldBe("es");
        made.GetProperty("roles").GetArrayLength().ShouldBe(1);

        (status, var changed) = await demo.Admin.AskAsync(
            HttpMethod.Put,
            "/api/agents/marta",
            new { name = "Marta Soto", roles = new[] { "supervisor" }, signInName = "marta.soto", language = "en" },
            made.Text("etag"));
        status.ShouldBe(HttpStatusCode.OK);
        (await demo.Admin.AskAsync(
            HttpMethod.Put,
            "/api/agents/marta",
            new { name = "M", roles = new[] { "agent" } },
            made.Text("etag"))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await demo.Admin.ReadAsync("/api/agents/marta")).ShouldNotBeNull().Text("signInName").ShouldBe("marta.soto");
        (await demo.Admin.ItemsAsync("/api/agents")).Select(item => item.Text("agentId"))
            .ShouldBe(["admin", "ana", "luis", "marta", "sofia"], ignoreOrder: true);

        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/marta", null, made.Text("etag")))
            .Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/marta", null, changed.Text("etag")))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        (await demo.Admin.AskAsync(HttpMethod.Get, "/api/agents/marta")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task Two_Sign_In_Names_That_Look_The_Same_Are_One()
    {
        (await PutAsync("ines", "in\u00e9s.pe\u00f1a")).Status.ShouldBe(HttpStatusCode.Created);

        var (status, problem) = await PutAsync("otra", "ine\u0301s.pen\u0303a");
        (status, problem.GetProperty("errors").TryGetProperty("signInName", out _))
            .ShouldBe((HttpStatusCode.BadRequest, true));
        (await PutAsync("otra", "in\u00e9s.pe\u00f1a\u200b")).Body.GetProperty("errors").GetProperty("signInName")[0]
            .GetString().ShouldBe("Tiene caracteres que no se ven. Escríbalo de nuevo con el teclado.");

        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/ines")).Status.ShouldBe(HttpStatusCode.NoContent);

        Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(string agentId, string signInName) =>
            demo.Admin.AskAsync(
                HttpMethod.Put, $"/api/agents/{agentId}", new { name = agentId, signInName, roles = new[] { "agent" } });
    }

    [SkippableFact]
    public async Task The_Id_Of_A_Deleted_Agent_Is_Given_To_A_New_One_Only_Where_That_Is_Said()
    {
        (await AddAsync("/api/agents/nora", "Nora Vega")).Status.ShouldBe(HttpStatusCode.Created);
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/nora")).Status.ShouldBe(HttpStatusCode.NoContent);

        var (status, problem) = await AddAsync("/api/agents/nora", "Nora Mata");
        status.ShouldBe(HttpStatusCode.Conflict);
        problem.GetProperty("errors").GetProperty("agentId")[0].GetString()
            .ShouldBe("Ese código fue de Nora Vega, y con él se ven sus llamadas, notas y seguimientos. Elija otro.");
        (await demo.Admin.AskAsync(HttpMethod.Get, "/api/agents/nora")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await demo.Admin.AskAsync(
            HttpMethod.Put, "/api/agents/nora?reuse=false", new { name = "Nora Mata", roles = new[] { "agent" } }))
            .Status.ShouldBe(HttpStatusCode.Conflict, "it is said without the header too");

        (await AddAsync("/api/agents/nora?reuse=yes!", "Nora Vega")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await AddAsync("/api/agents/nora?reuse=true", "Nora Vega")).Status.ShouldBe(HttpStatusCode.Created);
        (await AddAsync("/api/agents/nora", "Nora Vega")).Status.ShouldBe(HttpStatusCode.OK, "the request is repeated");
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/nora")).Status.ShouldBe(HttpStatusCode.NoContent);

        async Task<(HttpStatusCode Status, JsonElement Body)> AddAsync(string path, string name)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, path)
            {
                Content = JsonContent.Create(new { name, roles = new[] { "agent" } }),
            };
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
            using var response = await demo.Admin.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
        }
    }

    [SkippableFact]
    public async Task Two_Agents_Cannot_Sign_In_By_One_Name()
    {
        var (status, problem) = await demo.Admin.AskAsync(
            HttpMethod.Put,
            "/api/agents/another",
            new { name = "Otra", roles = new[] { "agent" }, signInName = "ANA" });
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(["signInName"]);
    }

    [SkippableFact]
    public async Task An_Agent_With_A_Phone_And_Oneself_Can_Not_Be_Deleted()
    {
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/ana")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/admin")).Status.ShouldBe(HttpStatusCode.Conflict);
        var (status, problem) = await demo.Admin.AskAsync(
            HttpMethod.Put, "/api/agents/admin", new { name = "Administración", roles = new[] { "agent" } });
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(["roles"]);
    }

    [SkippableFact]
    public async Task A_Deleted_Agent_Leaves_No_Pop_Up()
    {
        (await demo.Admin.AskAsync(
            HttpMethod.Put,
            "/api/agents/temporal",
            new { name = "Temporal", roles = new[] { "agent" } })).Status.ShouldBe(HttpStatusCode.Created);
        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/4001", new { agentId = "temporal" }))
            .Status.ShouldBe(HttpStatusCode.Created);
        await demo.StartAsync("of-one-who-goes", ("endpoint_id", "4001"));
        await demo.CallAsync("of-one-who-goes");
        var popUps = demo.Host.Get<ITables>()[StorageNames.PopUps];
        (await popUps.ReadAsync(new RowRange("temporal"), CancellationToken.None)).ShouldHaveSingleItem();

        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/mappings/4001")).Status.ShouldBe(HttpStatusCode.NoContent);
        var (during, refusal) = await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/temporal");
        during.ShouldBe(HttpStatusCode.Conflict);
        refusal.Text("detail")!.ShouldContain("en una llamada");
        await demo.EndAsync("of-one-who-goes", ("endpoint_id", "4001"));
        await demo.CallAsync("of-one-who-goes", call => call.Text("state") == "ended");
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/temporal"))
            .Status.ShouldBe(HttpStatusCode.NoContent);

        (await popUps.ReadAsync(new RowRange("temporal"), CancellationToken.None)).ShouldBeEmpty();
        (await demo.CallAsync("of-one-who-goes")).GetProperty("agentIds")[0].GetString()
            .ShouldBe("temporal", "the call is still on record");
    }

    [SkippableTheory]
    [InlineData("pedro", "{}", "name", "roles")]
    [InlineData("pedro", """{"name":"Pedro","roles":[]}""", "roles")]
    [InlineData("pedro", """{"name":"Pedro","roles":["agent"],"language":"fr"}""", "language")]
    [InlineData("pedro", """{"name":"Pedro","roles":["agent"],"agentId":"juan"}""", "agentId")]
    [InlineData("Pedro", """{"name":"Pedro","roles":["agent"]}""", "agentId")]
    [InlineData("%C3%B1", """{"name":"Pedro","roles":["agent"]}""", "agentId")]
    [InlineData("a%0Ab", """{"name":"Pedro","roles":["agent"]}""", "agentId")]
    [InlineData("..%2Fx", """{"name":"Pedro","roles":["agent"]}""", "agentId")]
    public async Task Errors_Are_Reported_By_Field(string id, string body, params string[] fields)
    {
        var (status, problem) = await demo.Admin.AskAsync(HttpMethod.Put, $"/api/agents/{id}", body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().Order(StringComparer.Ordinal).ShouldBe(fields);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"name":"Pedro","roles":["root"]}""")]
    [InlineData("""{"name":"Pedro","roles":"agent"}""")]
    [InlineData("""{"name":"Pedro","roles":[3]}""")]
    [InlineData("""{"name":"Pedro","roles":["3"]}""")]
    [InlineData("""{"name":"Pedro","roles":[null]}""")]
    [InlineData("""{"name":{},"roles":["agent"]}""")]
    public async Task A_Body_That_Is_No_Agent_Is_Refused_In_Plain_Words(string body) =>
        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/agents/pedro", body))
            .Status.ShouldBe(HttpStatusCode.BadRequest);

    [SkippableFact]
    public async Task Me_Names_The_Agent_s_Own_Language_Whatever_The_Request_Asks_For()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me")
        {
            Headers = { { "Accept-Language", "en" } }
        };

        using var response = await demo.Ana.SendAsync(request);

        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Text("language").ShouldBe("es");
    }

    [SkippableFact]
    public async Task Me_Has_The_Signed_In_Agent_And_Their_Phones_Primary_First()
    {
        var me = (await demo.Ana.ReadAsync("/api/me")).ShouldNotBeNull();
        me.Text("id").ShouldBe("ana");
        me.Text("language").ShouldBe("es");
        me.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["agent"]);
        me.GetProperty("endpoints").EnumerateArray().Select(endpoint => endpoint.Text("endpointId"))
            .ShouldBe(["1001", "1004"]);
        me.GetProperty("endpoints")[1].GetProperty("callerId")
            .ValueKind.ShouldBe(JsonValueKind.Null, "a field that the contract names is there");
    }
}

public sealed class AgentApiTestsOnSqlite(DemoHost demo) : AgentApiTests(demo), IClassFixture<DemoHost>;

public sealed class AgentApiTestsOnAzurite(DemoHostOnAzurite demo) : AgentApiTests(demo), IClassFixture<DemoHostOnAzurite>;
