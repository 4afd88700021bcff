using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>The list of calls and single calls, for agents, supervisors and administrators.</summary>
public abstract class CallApiTests(CallApiTests.Calls calls)
{
    private DemoHost Demo => calls.Demo;

    private static string Span => $"from={Uri.EscapeDataString(Calls.Base.AddHours(-1).ToString("O"))}&to={Uri.EscapeDataString(Calls.Base.AddHours(1).ToString("O"))}";

    [SkippableFact]
    public async Task The_List_Is_Newest_First_And_Paged()
    {
        var seen = new List<string>();
        string? next = null;
        var pages = 0;
        do
        {
            var page = (await Demo.Admin.ReadAsync($"/api/calls?{Span}&take=3{(next is null ? "" : $"&next={next}")}"))
                .ShouldNotBeNull();
            page.GetProperty("items").GetArrayLength().ShouldBeLessThanOrEqualTo(3);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("callId")!));
            next = page.Text("next");
            pages++;
        }
        while (next is not null);

        seen.ShouldBe(Enumerable.Range(0, Calls.Count).Reverse().Select(Calls.IdOf));
        pages.ShouldBe(4);
    }

    [SkippableFact]
    public async Task A_Span_Includes_Its_First_Instant_And_Excludes_Its_Last()
    {
        var from = Uri.EscapeDataString(Calls.Base.AddMinutes(2).ToString("O"));
        var to = Uri.EscapeDataString(Calls.Base.AddMinutes(5).ToString("O"));

        (await IdsAsync(Demo.Admin, $"from={from}&to={to}")).ShouldBe([Calls.IdOf(4), Calls.IdOf(3), Calls.IdOf(2)]);
        (await IdsAsync(Demo.Ana, $"from={from}&to={to}")).ShouldBe([Calls.IdOf(4), Calls.IdOf(2)]);
    }

    [SkippableFact]
    public async Task A_Bare_Date_Is_A_Day_In_The_Accounts_Zone()
    {
        var day = DemoHost.OperatorTime(Calls.Base)[..10];
        var dayBefore = DemoHost.OperatorTime(Calls.Base.AddDays(-1))[..10];
        var dayAfter = DemoHost.OperatorTime(Calls.Base.AddDays(1))[..10];

        // The last day of a span is part of it.
        (await OfThemAsync($"from={day}&to={day}")).ShouldBe(Calls.Count);
        (await OfThemAsync($"from={day}&to={dayAfter}")).ShouldBe(Calls.Count);
        (await OfThemAsync($"from={dayBefore}&to={dayBefore}")).ShouldBe(0);

        async Task<int> OfThemAsync(string span) =>
            (await IdsAsync(Demo.Admin, span)).Intersect(Enumerable.Range(0, Calls.Count).Select(Calls.IdOf)).Count();
    }

    [SkippableTheory]
    [InlineData("direction=out", 9)]
    [InlineData("state=ended", 8)]
    [InlineData("state=ringing&direction=in", 0, 1, 2, 3, 4, 5, 6, 7)]
    [InlineData("number=8712-4455", 1)]
    [InlineData("number=%2B50687124455", 1)]
    [InlineData("contact=demo-02", 1)]
    [InlineData("agent=luis&direction=in", 1, 3, 5, 7)]
    [InlineData("agent=luis&direction=out", 9)]
    public async Task A_Filter_Returns_The_Matching_Calls(string filter, params int[] expected) =>
        (await IdsAsync(Demo.Sofia, $"{Span}&{filter}")).ShouldBe(expected.OrderDescending().Select(Calls.IdOf));

    [SkippableFact]
    public async Task Agents_See_Their_Own_Calls_And_A_Supervisor_The_Teams()
    {
        (await IdsAsync(Demo.Ana, Span)).ShouldBe(new[] { 8, 6, 4, 2, 0 }.Select(Calls.IdOf));
        (await IdsAsync(Demo.Luis, Span)).ShouldBe(new[] { 9, 7, 5, 3, 1 }.Select(Calls.IdOf));
        (await IdsAsync(Demo.Sofia, Span)).Count.ShouldBe(Calls.Count);
        (await IdsAsync(Demo.Ana, $"{Span}&agent=ana")).Count.ShouldBe(5);
        (await Demo.Ana.AskAsync(HttpMethod.Get, "/api/calls?agent=luis", null))
            .Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Demo.Sofia.AskAsync(HttpMethod.Get, "/api/calls?agent=admin", null))
            .Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableFact]
    public async Task A_Supervisor_Chooses_Among_The_Team_And_An_Administrator_Among_All()
    {
        var team = await Demo.Sofia.ItemsAsync("/api/team-agents");
        team.Select(agent => agent.Text("agentId")).ShouldBe(["ana", "luis", "sofia"], ignoreOrder: true);
        team.ShouldAllBe(agent => agent.Text("team") == "cobros");
        team.Select(agent => agent.Text("name")).ShouldBeInOrder();
        (await Demo.Admin.ItemsAsync("/api/team-agents")).Select(agent => agent.Text("agentId"))
            .ShouldBe(["admin", "ana", "luis", "sofia"], ignoreOrder: true);
        (await Demo.Ana.AskAsync(HttpMethod.Get, "/api/team-agents", null))
            .Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableFact]
    public async Task Another_Agents_Call_Is_Not_Found()
    {
        (await Demo.Ana.AskAsync(HttpMethod.Get, $"/api/calls/{Calls.IdOf(1)}", null))
            .Status.ShouldBe(HttpStatusCode.NotFound);
        (await Demo.Ana.AskAsync(HttpMethod.Get, "/api/calls/never-was", null))
            .Status.ShouldBe(HttpStatusCode.NotFound);
        (await Demo.Luis.AskAsync(HttpMethod.Get, $"/api/calls/{Calls.IdOf(1)}", null))
            .Status.ShouldBe(HttpStatusCode.OK);
        (await Demo.Sofia.AskAsync(HttpMethod.Get, $"/api/calls/{Calls.IdOf(1)}", null))
            .Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [InlineData("take=0", "take")]
    [InlineData("take=501", "take")]
    [InlineData("take=-1", "take")]
    [InlineData("take=ten", "take")]
    [InlineData("take=99999999999999999999", "take")]
    [InlineData("take=", "take")]
    [InlineData("take=1&take=2", "take")]
    [InlineData("next=%00", "next")]
    [InlineData("next=not-a-token", "next")]
    [InlineData("next=a&next=b", "next")]
    [InlineData("next=IA", "next")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-13-45", "from")]
    [InlineData("to=0001-01-01", "to")]
    [InlineData("to=9999-12-31T23:59:59Z", "to")]
    [InlineData("from=2026-01-02&to=2026-01-01", "from")]
    [InlineData("from=2026-01-02T00:00&to=2026-01-02T00:00", "from")]
    [InlineData("from=2001-01-01&to=2026-01-01", "from")]
    [InlineData("direction=sideways", "direction")]
    [InlineData("direction=0", "direction")]
    [InlineData("direction=in,out", "direction")]
    [InlineData("state=%00", "state")]
    [InlineData("contact=%00", "contact")]
    [InlineData("contact=../../x", "contact")]
    public async Task An_Invalid_Query_Names_Its_Parameter(string query, string field)
    {
        var (status, problem) = await Demo.Ana.AskAsync(HttpMethod.Get, $"/api/calls?{query}", null);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe([field]);
        problem.Text("title").ShouldNotBeNullOrEmpty();
    }

    [SkippableTheory]
    [InlineData("number=%00%00")]
    [InlineData("number=<script>")]
    [InlineData("number=%E2%80%AE12345678")]
    [InlineData("from=2026-01-01T00:00:00%2B14:00&to=2026-01-02T00:00:00-12:00")]
    [InlineData("nonsense=1")]
    public async Task An_Odd_Question_Has_An_Answer(string query) =>
        (await Demo.Ana.AskAsync(HttpMethod.Get, $"/api/calls?{query}", null)).Status.ShouldBe(HttpStatusCode.OK);

    [SkippableFact]
    public async Task Very_Long_Queries_Cause_No_Internal_Error()
    {
        var lengthy = new string('9', 6000);
        foreach (var name in new[] { "number", "contact", "agent", "next", "from", "take", "direction", "state" })
        {
            var (status, _) = await Demo.Sofia.AskAsync(HttpMethod.Get, $"/api/calls?{name}={lengthy}", null);
            ((int)status).ShouldBeLessThan(500);
        }
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(HttpClient client, string query) =>
        [.. (await client.AllItemsAsync($"/api/calls?{query}")).Select(item => item.Text("callId")!)];

    /// <summary>Ten calls, a minute apart, for ana and luis in turn.</summary>
    public abstract class Calls(DemoHost demo) : IAsyncLifetime
    {
        public const int Count = 10;

        // Noon of yesterday in the account's zone: all are on one day, and no other test's calls come in between.
        public static DateTimeOffset Base { get; } = new(
            DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(-6)).Date.AddDays(-1).AddHours(12),
            TimeSpan.FromHours(-6));

        public DemoHost Demo => demo;

        public static string IdOf(int call) => $"list-{call}";

        public async Task InitializeAsync()
        {
            await Demo.InitializeAsync();
            if (Demo.Storage.WhyNot() is not null)
            {
                return;
            }

            for (var i = 0; i < Count; i++)
            {
                var mine = i % 2 == 0;
                var isOut = i == 9;
                var (phone, number) = (mine ? "40001001" : "40001002", i == 1 ? "87124455" : "88881234");
                var data = new (string, object?)[]
                {
                    ("endpoint_id", mine ? "1001" : "1002"),
                    ("ani", isOut ? phone : number),
                    ("dnis", isOut ? number : phone),
                    ("type", isOut ? "out" : "in"),
                    ("detect_time", DemoHost.OperatorTime(Base.AddMinutes(i))),
                };
                await (i == 8 ? Demo.EndAsync(IdOf(i), data) : Demo.StartAsync(IdOf(i), data));
                await Demo.CallAsync(IdOf(i));
            }
        }

        public Task DisposeAsync() => Demo.DisposeAsync();
    }
}

public sealed class CallApiTestsOnSqlite(
    CallApiTestsOnSqlite.Sqlite sqlite) : CallApiTests(sqlite), IClassFixture<CallApiTestsOnSqlite.Sqlite>
{
    public sealed class Sqlite() : Calls(new DemoHost());
}

public sealed class CallApiTestsOnAzurite(
    CallApiTestsOnAzurite.Azurite azurite) : CallApiTests(azurite), IClassFixture<CallApiTestsOnAzurite.Azurite>
{
    public sealed class Azurite() : Calls(new DemoHostOnAzurite());
}
