using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>The calls from before their contact was known, which are tied to it by one request.</summary>
public abstract class EarlierCallTests(DemoHost demo)
{
    [SkippableFact]
    public async Task Earlier_Calls_Are_Counted_And_Tied_And_Those_Of_Others_Are_Not()
    {
        const string number = "60612001";
        foreach (var callId in new[] { "earlier-1", "earlier-2", "earlier-3", "earlier-ignored" })
        {
            await MissedAsync(callId, ("ani", number));
        }

        await MissedAsync("earlier-luis", ("ani", number), ("endpoint_id", "1002"));
        await MissedAsync("earlier-tied", ("ani", number));
        await MissedAsync("earlier-foreign", ("ani", "+34660612001"));
        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/calls/earlier-ignored/ignore"))
            .Status.ShouldBe(HttpStatusCode.OK);
        (await demo.Ana.AskAsync(HttpMethod.Put, "/api/calls/earlier-tied/contact", new { contactId = "demo-09" }))
            .Status.ShouldBe(HttpStatusCode.OK);
        var contactId = await CreateAsync("Anterior", "2290-2001", "+506 6061-2001");
        await using var ana = await demo.ScreenAsync(demo.Ana);

        (await EarlierAsync(demo.Ana, contactId)).ShouldBe(["earlier-3", "earlier-2", "earlier-1"]);
        (await EarlierAsync(demo.Luis, contactId)).ShouldBe(["earlier-luis"]);
        (await EarlierAsync(demo.Sofia, contactId))
            .ShouldBe(["earlier-luis", "earlier-3", "earlier-2", "earlier-1"], "a supervisor sees the team's");
        (await EarlierAsync(demo.Ana, contactId, "number=22902001")).ShouldBeEmpty();
        (await EarlierAsync(demo.Ana, contactId, "number=60612001")).Count.ShouldBe(3);
        var soon = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(1).ToString("O"));
        (await EarlierAsync(demo.Ana, contactId, $"from={soon}")).ShouldBeEmpty();

        (await TieAsync(demo.Ana, contactId)).ShouldBe((3, null));

        // The agent's lists are told.
        while ((await ana.NextListedAsync()).Text("contactId") != contactId)
        {
            // It is of what was decided before.
        }

        (await EarlierAsync(demo.Ana, contactId)).ShouldBeEmpty();
        (await TieAsync(demo.Ana, contactId)).ShouldBe((0, null), "a repeated request finds nothing more");
        (await demo.Ana.ItemsAsync($"/api/contacts/{contactId}/calls")).Select(call => call.Text("callId"))
            .ShouldBe(["earlier-3", "earlier-2", "earlier-1"]);
        (await demo.CallAsync("earlier-luis")).Text("contactId").ShouldBeNull();
        (await demo.CallAsync("earlier-tied")).Text("contactId").ShouldBe("demo-09");
        (await demo.CallAsync("earlier-ignored")).GetProperty("ignored").GetBoolean().ShouldBeTrue();

        // Nothing is learned of it: the number is in the file.
        await demo.StartAsync("earlier-next", ("ani", number));
        (await ana.NextOfAsync("earlier-next")).PopUp.GetProperty("candidates")[0].Text("reason")
            .ShouldBe("otherNumber");
    }

    [SkippableFact]
    public async Task Earlier_Calls_Come_By_Pages_Over_Several_Numbers()
    {
        for (var i = 0; i < 5; i++)
        {
            await MissedAsync($"paged-{i}", ("ani", i < 3 ? "60612011" : "60612012"));
        }

        var contactId = await CreateAsync("Por Páginas", "6061-2011", "6061-2012");
        var seen = new List<string>();
        string? next = null;
        var pages = 0;
        do
        {
            var page = (await demo.Ana.ReadAsync(
                $"/api/contacts/{contactId}/earlier-calls?take=2{(next is null ? "" : $"&next={next}")}"))
                .ShouldNotBeNull();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(call => call.Text("callId")!));
            next = page.Text("next");
            (++pages).ShouldBeLessThan(10);
        }
        while (next is not null);
        seen.Order(StringComparer.Ordinal).ShouldBe(["paged-0", "paged-1", "paged-2", "paged-3", "paged-4"]);

        var tied = 0;
        next = null;
        do
        {
            (var some, next) = await TieAsync(demo.Ana, contactId, $"take=2{(next is null ? "" : $"&next={next}")}");
            tied += some;
        }
        while (next is not null);
        tied.ShouldBe(5);
    }

    // The office's own number is in each of its calls, but nobody calls from it.
    [SkippableFact]
    public async Task A_Number_That_Was_Called_And_Not_The_Callers_Makes_No_Earlier_Call()
    {
        await MissedAsync("called", ("ani", "60612021"), ("dnis", "22902021"));
        var contactId = await CreateAsync("La Oficina", "2290-2021");

        (await EarlierAsync(demo.Ana, contactId)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Follow_Up_Of_An_Earlier_Call_Goes_Along()
    {
        await MissedAsync("earlier-follow", ("ani", "60612031"));
        (await demo.Ana.AskAsync(
            HttpMethod.Put,
            "/api/calls/earlier-follow/wrap-up",
            new
            {
                outcome = "call-back",
                notes = "x",
                followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(1), note = "devolver" },
            })).Status.ShouldBe(HttpStatusCode.OK);
        var contactId = await CreateAsync("Con Seguimiento", "6061-2031");

        (await TieAsync(demo.Ana, contactId)).ShouldBe((1, null));

        (await demo.Ana.ItemsAsync($"/api/follow-ups?contact={contactId}"))
            .ShouldHaveSingleItem().Text("note").ShouldBe("devolver");
    }

    [SkippableTheory]
    [InlineData("demo-01", "take=0", HttpStatusCode.BadRequest)]
    [InlineData("demo-01", "from=ayer", HttpStatusCode.BadRequest)]
    [InlineData("demo-01", "next=%2B", HttpStatusCode.BadRequest)]
    [InlineData("demo-01", "next=YSBi", HttpStatusCode.OK)]
    [InlineData("demo-01", "number=nadie", HttpStatusCode.OK)]
    [InlineData("nobody", "take=5", HttpStatusCode.NotFound)]
    public async Task Odd_Questions_Are_Answered_In_Plain_Words(string contactId, string query, HttpStatusCode expected)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            (await demo.Ana.AskAsync(method, $"/api/contacts/{contactId}/earlier-calls?{query}"))
                .Status.ShouldBe(expected);
        }
    }

    private async Task MissedAsync(string callId, params (string Field, object? Value)[] data)
    {
        await demo.StartAsync(callId, data);
        await demo.EndAsync(callId, data);
        await demo.CallAsync(callId, call => call.Text("state") == "ended");
        foreach (var agent in new[] { demo.Ana, demo.Luis })
        {
            await agent.AskAsync(HttpMethod.Post, $"/api/pop-ups/{callId}/acknowledge");
        }

        // So that the next has a later key.
        await Task.Delay(TimeSpan.FromSeconds(1));
    }

    private async Task<string> CreateAsync(string name, params string[] numbers)
    {
        var (status, made) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", new { name, numbers });
        status.ShouldBe(HttpStatusCode.Created);
        return made.Text("contactId")!;
    }

    private static async Task<List<string>> EarlierAsync(HttpClient agent, string contactId, string query = "") =>
    [
        .. (await agent.ItemsAsync($"/api/contacts/{contactId}/earlier-calls?{query}"))
            .Select(call => call.Text("callId")!),
    ];

    private static async Task<(int Tied, string? Next)> TieAsync(HttpClient agent, string contactId, string query = "")
    {
        var (status, body) = await agent.AskAsync(
            HttpMethod.Post, $"/api/contacts/{contactId}/earlier-calls?{query}");
        status.ShouldBe(HttpStatusCode.OK);
        return (body.GetProperty("tied").GetInt32(), body.Text("next"));
    }
}

public sealed class EarlierCallTestsOnSqlite(DemoHost demo) : EarlierCallTests(demo), IClassFixture<DemoHost>;

public sealed class EarlierCallTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : EarlierCallTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
