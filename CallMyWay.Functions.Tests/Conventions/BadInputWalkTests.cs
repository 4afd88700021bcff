using System.Text;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// Sends every HTTP function input that our own clients never send. Each must answer, and never with an internal error.
/// </summary>
public abstract class BadInputWalkTests(DemoHost demo)
{
    private static readonly string[] Ids =
        ["nothing-of-this-name", "%0A", "%F0%9F%98%80", "..%2F..", "%25%32%46", new('x', 2000), "2026-99-99", "-1"];

    private static readonly string[] Queries =
    [
        "take=0", "take=x&next=x", "next=%00", "next=AAAA", "from=x&to=y", "from=0001-01-01", "to=9999-12-31", "due=x", "query=%00", "phone=%F0%9F%98%80", "account=%00",
        "draft=perhaps", "preview=1", "live=1", "leave=1", "by=%00", "agent=%F0%9F%98%80", "take=1&take=2&from=2026-01-01&from=2026-01-02", "=", "%00=%00", "query=" + new string('~', 3000),
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "null", "[]", "1", "\"a\"", "{}", "{\"\\ud800\":1}", "\0", "\uFEFF{}", new('[', 5000),
        """{"agentId":"\u0000","name":"\u0000","password":"\u0000","agent":"\u0000","contactId":"\u0000","notes":"\u0000","outcome":"\u0000","token":"\u0000"}""",
        """{"agentId":[],"name":{},"password":1,"agent":{},"contactId":[],"contact":[],"notes":{},"outcome":1,"token":[],"fields":[],"followUp":[],"charge":"x"}""",
        $$"""{"agentId":"{{new string('x', 50_000)}}","name":"{{new string('x', 50_000)}}","password":"{{new string('x', 50_000)}}","agent":"{{new string('x', 50_000)}}"}""",
        """{"contactId":"\ud83d","agent":"\ud83d","password":"\ud83d","name":"\ud83d","notes":"\ud83d"}""",
        """{"charge":{"amount":1e400},"promise":{"amount":-79228162514264337593543950335,"dueAt":"9999-12-31T23:59:59-12:00"},"followUp":{"dueAt":"0001-01-01T00:00:00+14:00"}}""",
        """{"promise":{"amount":1,"dueAt":"9999-12-31T23:59:59"},"until":"9999-12-31T23:59:59","paidAt":"9999-12-31T23:59:59"}""",
    ];

    // Without a simulator it answers that the service is missing, as it should.
    private static readonly string[] NeedASimulator = ["PlaceDemoCall", "PlaceDemoMonth"];

    public static TheoryData<string> Functions { get; } =
        [.. FunctionMethods.Everywhere.Where(function => function.Http is not null).Select(function => function.Name).Except(NeedASimulator).Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Functions))]
    public async Task No_Input_Causes_An_Internal_Error(string name)
    {
        // Each repair reads whole tables, for which Azurite needs more than a second.
        Skip.If(
            name == "RepairIndexes" && demo.Storage != TestStorage.Sqlite && !TestLength.IsWhole,
            "The plain run sends it bad input on SQLite; .ci/run --long does so on Azurite as well.");
        var function = FunctionMethods.Everywhere.Single(function => function.Name == name);
        foreach (var method in function.Http!.Methods!.Select(method => new HttpMethod(method)))
        {
            foreach (var path in Ids.Select(id => PathOf(function, id)).Distinct(StringComparer.Ordinal))
            {
                await ShouldBeAnAnswerAsync(method, path, method == HttpMethod.Get ? null : "{}");
            }

            foreach (var query in Queries)
            {
                await ShouldBeAnAnswerAsync(
                    method, $"{PathOf(function, Ids[0])}?{query}", method == HttpMethod.Get ? null : "{}");
            }

            foreach (var body in method == HttpMethod.Get ? [] : Bodies)
            {
                await ShouldBeAnAnswerAsync(method, PathOf(function, Ids[0]), body);
            }
        }
    }

    private async Task ShouldBeAnAnswerAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        // Signing out is a function too, so each request has a session of its own.
        using var response = await (path.StartsWith("/api/session", StringComparison.Ordinal) || path.StartsWith("/api/setup", StringComparison.Ordinal) ? demo.Nobody : demo.Admin).SendAsync(request);
        ((int)response.StatusCode).ShouldBeLessThan(500, $"{method} {path} with {body?[..Math.Min(100, body.Length)]}: {await response.Content.ReadAsStringAsync()}");
    }

    private static string PathOf(FunctionMethod function, string id) => "/api/" + string.Join('/', RoutePatternFactory.Parse(function.Http!.Route!).PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : id))));
}

public sealed class BadInputWalkTestsOnSqlite(DemoHost demo) : BadInputWalkTests(demo), IClassFixture<DemoHost>;

public sealed class BadInputWalkTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : BadInputWalkTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
