using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Api;

/// <summary>What all lists have in common.</summary>
public abstract class ListTests(DemoHost demo)
{
    public static TheoryData<string> Lists => new()
    {
        "/api/agents", "/api/mappings", "/api/unmapped-endpoints", "/api/contacts", "/api/contacts?query=brenes", "/api/contacts?phone=2222-3344", "/api/contacts/demo-01/calls",
        "/api/calls", "/api/live-calls", "/api/missed-calls", "/api/pop-ups", "/api/follow-ups", "/api/refused-events",
    };

    [SkippableTheory]
    [MemberData(nameof(Lists))]
    public async Task The_Last_Page_Of_A_List_Has_No_Next(string path)
    {
        var page = (await demo.Admin.ReadAsync(With(path, "take=500"))).ShouldNotBeNull();

        page.GetProperty("items").ValueKind.ShouldBe(JsonValueKind.Array);
        page.GetProperty("next")
            .ValueKind.ShouldBe(JsonValueKind.Null, "the field is there, so that a program need not ask whether it is");
    }

    [SkippableTheory]
    [MemberData(nameof(Lists))]
    public async Task A_List_Refuses_An_Invalid_Page(string path)
    {
        foreach (var (query, field) in new[] { ("take=501", "take"), ("take=0", "take"), ("next=not-a-token", "next") })
        {
            var (status, problem) = await demo.Admin.AskAsync(HttpMethod.Get, With(path, query));
            status.ShouldBe(HttpStatusCode.BadRequest, $"{path} {query}");
            problem.Errors().ShouldBe([field]);
        }
    }

    [SkippableTheory]
    [InlineData("/api/agents", "agentId")]
    [InlineData("/api/mappings", "endpointId")]
    [InlineData("/api/unmapped-endpoints", "endpointId")]
    [InlineData("/api/contacts?phone=2222-3344", "contactId")]
    [InlineData("/api/pop-ups", "callId")]
    public async Task A_List_That_Is_Read_Whole_Is_Answered_In_Pages(string path, string id)
    {
        foreach (var endpoint in new[] { "9001", "9002", "9003" })
        {
            await demo.StartAsync($"rings-{endpoint}", ("endpoint_id", endpoint), ("dnis", $"4000{endpoint}"));
            await demo.StartAsync($"at-the-supervisor-{endpoint}", ("endpoint_id", "1003"));
            await demo.CallAsync($"rings-{endpoint}");
            await demo.CallAsync($"at-the-supervisor-{endpoint}");
        }

        var client = path == "/api/pop-ups" ? demo.Sofia : demo.Admin;
        var whole = (await client.ItemsAsync(path)).Select(item => item.Text(id)).ToList();
        var inPages = new List<string?>();
        string? next = null;
        do
        {
            var page = (await client.ReadAsync(With(path, next is null ? "take=2" : $"take=2&next={next}")))
                .ShouldNotBeNull();
            var ids = page.GetProperty("items").EnumerateArray().Select(item => item.Text(id)).ToList();
            ids.Count.ShouldBeInRange(1, 2);
            inPages.AddRange(ids);
            next = page.Text("next");
        }
        while (next is not null && inPages.Count < 100);

        whole.Count.ShouldBeGreaterThan(2);
        inPages.ShouldBe(whole);
    }

    private static string With(string path, string query) =>
        path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;
}

public sealed class ListTestsOnSqlite(DemoHost demo) : ListTests(demo), IClassFixture<DemoHost>;

public sealed class ListTestsOnAzurite(DemoHostOnAzurite demo) : ListTests(demo), IClassFixture<DemoHostOnAzurite>;
