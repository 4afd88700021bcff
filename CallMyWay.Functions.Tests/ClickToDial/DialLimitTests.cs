using System.Net;
using System.Net.Http.Json;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>What counts towards the limits: only requests that were sent to the operator.</summary>
public abstract class DialLimitTests(TestStorage storage)
{
    private static readonly string[] Agents = ["ana", "luis", "sofia"];

    /// <summary>Half past nine in Costa Rica.</summary>
    private readonly SetClock _clock = new(new DateTimeOffset(2026, 3, 2, 15, 30, 0, TimeSpan.Zero));

    [SkippableFact]
    public async Task Simultaneous_Clicks_Use_Up_No_More_Of_The_Total_Than_Is_Asked()
    {
        await using var desk = await ClickDesk.StartAsync(storage, _clock);
        // Without events, each set-up keeps its agent busy.
        await desk.SetAsync("webhook", new { webhook = "http://127.0.0.1:9/nobody" });
        await RulesAsync(desk.Host, ("totalHour", Agents.Length), ("totalDay", Agents.Length), ("perAgentHour", 2));
        var clients = new List<HttpClient>();
        foreach (var agent in Agents)
        {
            clients.Add(await desk.SignInAsync(agent));
        }

        var clicks =
            from client in clients from i in Enumerable.Range(0, 8) select (Client: client, Number: $"8888123{i}");
        var answers = await Task.WhenAll(
            clicks.Select(click => ClickDesk.ClickAsync(click.Client, new { number = click.Number })));

        answers.Count(answer => answer.Status == HttpStatusCode.Accepted).ShouldBe(Agents.Length);
        // A click after all have called is refused because of the total. The others are refused because of their own
        // call.
        answers.Count(answer => answer.Status is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests)
            .ShouldBe(Agents.Length * 7);
        (await TotalAsync(desk.Host)).ShouldBe(Agents.Length);
        foreach (var agent in Agents)
        {
            (await CountDialsAsync(desk.Host, agent)).ShouldBe(1);
        }

        // Now the total is used up. Clicks that it refuses don't change the agents' own counts.
        foreach (var client in clients)
        {
            var (status, _) = await ClickDesk.ClickAsync(client, new { number = "88881239", force = true });
            status.ShouldBe(HttpStatusCode.TooManyRequests);
        }

        (await TotalAsync(desk.Host)).ShouldBe(Agents.Length);
        (await CountDialsAsync(desk.Host, "ana")).ShouldBe(1);
    }

    [SkippableFact]
    public async Task If_Many_Agents_Click_At_Once_As_Many_Call_As_The_Total_Allows()
    {
        await using var desk = await ClickDesk.StartAsync(storage, _clock);
        await desk.SetAsync("webhook", new { webhook = "http://127.0.0.1:9/nobody" });
        await RulesAsync(desk.Host, ("totalHour", 2));
        var clients = await Task.WhenAll(Agents.Select(desk.SignInAsync));

        var answers = await Task.WhenAll(
            clients.Select(client => ClickDesk.ClickAsync(client, new { number = "88881234" })));

        var statuses = answers.Select(answer => answer.Status).Order();
        statuses.ShouldBe([HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests]);
        (await TotalAsync(desk.Host)).ShouldBe(2);
        (await desk.TruthAsync()).Count.ShouldBe(2);
        // An agent whom the total refused has used up nothing, and is not busy.
        await RulesAsync(desk.Host, ("totalHour", 3), ("perAgentHour", 1));
        var refused = clients[Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.TooManyRequests)];
        (await ClickDesk.ClickAsync(refused, new { number = "88881234" })).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task A_Click_That_Does_Not_Reach_The_Operator_Is_Not_Counted()
    {
        await using var desk = await ClickDesk.StartAsync(
            storage, _clock, null, "--CallMyWay:BaseUrl", "http://127.0.0.1:9");
        await RulesAsync(desk.Host, ("totalHour", 1), ("perAgentHour", 1), ("totalDay", 1), ("perAgentDay", 1));
        using var ana = await desk.SignInAsync("ana");

        for (var i = 0; i < 3; i++)
        {
            (await ClickDesk.ClickAsync(ana, new { number = "88881234" })).Body.Text("problem").ShouldBe("notReached");
        }

        (await TotalAsync(desk.Host)).ShouldBe(0);
        (await CountDialsAsync(desk.Host, "ana")).ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_Click_That_The_Operator_Refuses_Is_Counted()
    {
        await using var scripted = await ScriptedOperator.StartAsync();
        scripted.Answer = (403, "no");
        await using var desk = await ClickDesk.StartAsync(
            storage, _clock, null, "--CallMyWay:BaseUrl", scripted.Address.ToString());
        using var ana = await desk.SignInAsync("ana");

        (await ClickDesk.ClickAsync(ana, new { number = "88881234" })).Body.Text("state").ShouldBe("refused");

        (await TotalAsync(desk.Host)).ShouldBe(1);
        (await CountDialsAsync(desk.Host, "ana")).ShouldBe(1);
    }

    [SkippableFact]
    public async Task If_The_Clock_Is_Set_Back_A_Limit_Holds_Until_The_Reached_Hour_Is_Over()
    {
        await using var desk = await ClickDesk.StartAsync(storage, _clock);
        await RulesAsync(desk.Host, ("perAgentHour", 1));
        using var ana = await desk.SignInAsync("ana");
        await ClickDesk.ClickAsync(ana, new { number = "88881234", force = true });

        _clock.Now -= TimeSpan.FromHours(1);
        var click = new { number = "88881234", force = true };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/calls")
        {
            Content = JsonContent.Create(click)
        };
        request.Headers.Add("Idempotency-Key", "set back");
        using var again = await desk.SignInAsync("ana");
        using var response = await again.SendAsync(request);

        response.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromMinutes(90));
    }

    private static async Task<int> TotalAsync(TestHost host) =>
        (await host.Get<DialTotals>().GetAsync(CancellationToken.None)).Count.Hours.Sum();

    private static async Task<int> CountDialsAsync(TestHost host, string agent) =>
        (await host.Get<DialStore>().GetRecentAsync(agent, CancellationToken.None)).Dials.Count.Hours.Sum();

    private static async Task RulesAsync(TestHost host, params (string Limit, object Most)[] limits)
    {
        using var admin = await host.SignInAsync("admin");
        var rules = limits.ToDictionary(limit => limit.Limit, limit => limit.Most, StringComparer.Ordinal);
        rules["allowedPrefixes"] = new[] { "+506" };
        rules["deniedPrefixes"] = Array.Empty<string>();
        (await admin.AskAsync(HttpMethod.Put, "/api/dial-rules", rules)).Status.ShouldBe(HttpStatusCode.OK);
    }
}

public sealed class DialLimitTestsOnSqlite() : DialLimitTests(TestStorage.Sqlite);

public sealed class DialLimitTestsOnAzurite() : DialLimitTests(TestStorage.AzuriteInTheLongRun);
