using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Api;

/// <summary>What is told of a body that is not of the expected shape, and of a query that is no flag.</summary>
public abstract class JsonBodyTests(DemoHost demo)
{
    [SkippableTheory]
    [InlineData("agents/x", """{"name":"X","roles":["agent","chef"]}""", "roles[1]", "Choose agent, supervisor or admin.")]
    [InlineData("agents/x", """{"NAME":[],"roles":["agent"]}""", "name", "Write a text.")]
    [InlineData("agents/x", """{"name":"X","roles":"agent"}""", "roles", "Send a list.")]
    [InlineData("dial-rules", """{"enabled":"yes"}""", "enabled", "Write true or false.")]
    [InlineData("dial-rules", """{"perAgentHour":1.5}""", "perAgentHour", "Write a whole number.")]
    [InlineData("dial-rules", """{"hours":[]}""", "hours", "Send an object.")]
    [InlineData("statements/2026-09", """{"invoiceTotal":"much"}""", "invoiceTotal", "Write a number.")]
    [InlineData("mappings/1001", """{"agentId":"ana","private":null}""", "private", "Write true or false.")]
    [InlineData("contacts/x", """{"name":"X","fields":{"a.b":1}}""", "fields.a.b", "Write a text.")]
    [InlineData("campaign-coordination", """{"confirmed":true,"until":"9999-12-31T23:59:59"}""", "until", "Write a date such as 2026-01-31 or 2026-01-31T08:00:00-06:00.")]
    public async Task A_Value_Of_The_Wrong_Kind_Is_Told_By_Its_Field(
        string path, string body, string field, string words)
    {
        var (status, problem) = await PutAsync(path, body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (JsonObject)problem["errors"]!;
        errors.Select(error => error.Key).ShouldBe([field]);
        ((string?)errors[field]![0]).ShouldBe(words);
    }

    [SkippableTheory]
    [InlineData("""{"name":"X","roles":["agent",""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Of_What_Is_No_Object_No_Field_Is_Told(string body)
    {
        var (status, problem) = await PutAsync("agents/x", body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem["errors"].ShouldBeNull();
    }

    [SkippableTheory]
    [InlineData("", "The content is missing: send JSON.")]
    [InlineData("hello", "The content is not the JSON expected.")]
    [InlineData("null", "The content is not the JSON expected.")]
    [InlineData("""{"name":"X","roles":[1]}""", "The content is not the JSON expected (at roles[0]).")]
    public async Task Where_The_Content_Is_Wrong_Is_Told_By_Names(string body, string detail)
    {
        var (status, problem) = await PutAsync("agents/x", body);

        (status, (string?)problem["detail"]).ShouldBe((HttpStatusCode.BadRequest, detail));
    }

    // Read as false, each of them would do in earnest what was only to be tried.
    [SkippableTheory]
    [InlineData("PUT", "calls/nothing/wrap-up?draft=1", "draft")]
    [InlineData("PUT", "calls/nothing/wrap-up?draft=yes", "draft")]
    [InlineData("POST", "mapping-imports?preview=1", "preview")]
    [InlineData("POST", "campaigns?preview=1", "preview")]
    [InlineData("POST", "contact-imports?preview=1", "preview")]
    [InlineData("POST", "contact-imports?preview", "preview")]
    [InlineData("POST", "campaigns?preview=", "preview")]
    [InlineData("PUT", "calls/nothing/wrap-up?draft=", "draft")]
    [InlineData("GET", "wallboard?live=1", "live")]
    [InlineData("GET", "calls?tied", "tied")]
    [InlineData("GET", "calls?tied=", "tied")]
    [InlineData("GET", "exports/calls.csv?tied=", "tied")]
    [InlineData("DELETE", "agents/luis?leave=1", "leave")]
    public async Task A_Flag_That_Is_Neither_True_Nor_False_Is_Refused(string method, string path, string field)
    {
        var type = path.Contains("imports", StringComparison.Ordinal) ? "text/csv" : "application/json";
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/{path}");
        request.Content = method == "GET" ? null : new StringContent("{}", Encoding.UTF8, type);
        using var response = await demo.Admin.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![field].ShouldNotBeNull();
    }

    private async Task<(HttpStatusCode Status, JsonNode Problem)> PutAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/{path}");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.AcceptLanguage.ParseAdd("en");
        using var response = await demo.Admin.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}

public sealed class JsonBodyTestsOnSqlite(DemoHost demo) : JsonBodyTests(demo), IClassFixture<DemoHost>;

public sealed class JsonBodyTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : JsonBodyTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
