using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>
/// The times in dialling: when an agent is free again, in which hours, and how often an agent may dial.
/// </summary>
public abstract class DialTimeTests(TestStorage storage) : IAsyncLifetime
{
    /// <summary>A minute to seven in the morning in Costa Rica, which has no daylight saving: a Monday.</summary>
    private readonly SetClock _clock = new(new DateTimeOffset(2026, 3, 2, 12, 59, 0, TimeSpan.Zero));

    private ClickDesk _desk = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        _desk = await ClickDesk.StartAsync(storage, _clock);
        // The operator sends no events, so the set-up stays one.
        await _desk.SetAsync("webhook", new { webhook = "http://127.0.0.1:9/nobody" });
        _ana = await _desk.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [SkippableFact]
    public async Task A_Dial_Without_Events_Keeps_The_Agent_Busy_For_Two_Minutes()
    {
        var (_, dial) = await ClickDesk.ClickAsync(_ana, new { number = "88881234" });
        dial.Text("state").ShouldBe("placed");

        _clock.Now += TimeSpan.FromSeconds(119);
        var (status, busy) = await ClickDesk.ClickAsync(_ana, new { number = "88881235" });
        (status, busy.Text("dialId"), busy.Text("callId"))
            .ShouldBe((HttpStatusCode.Conflict, dial.Text("dialId"), null));

        _clock.Now += TimeSpan.FromSeconds(1);
        (await ClickDesk.ClickAsync(_ana, new { number = "88881235" })).Status.ShouldBe(HttpStatusCode.Accepted);
        (await ClickDesk.ClickAsync(_ana, new { number = "88881236" })).Status.ShouldBe(HttpStatusCode.Conflict);
        (await ClickDesk.ClickAsync(_ana, new { number = "88881236", force = true }))
            .Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task A_Dial_Made_While_The_Clock_Was_A_Day_Ahead_Keeps_Nobody_Busy()
    {
        (await ClickDesk.ClickAsync(_ana, new { number = "88881234" })).Status.ShouldBe(HttpStatusCode.Accepted);

        _clock.Now -= TimeSpan.FromDays(1);
        using var ana = await _desk.SignInAsync("ana");

        (await ClickDesk.ClickAsync(ana, new { number = "88881235" })).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task The_Allowed_Hours_Are_In_The_Accounts_Zone()
    {
        await RulesAsync(new { allowedPrefixes = new[] { "+506" }, deniedPrefixes = Array.Empty<string>(), hours = new { from = "07:00", to = "19:00", days = new[] { 1 } } });

        foreach (var (minutes, expected) in new[] { (0, HttpStatusCode.Forbidden), (1, HttpStatusCode.Accepted), ((12 * 60) - 1, HttpStatusCode.Accepted), (1, HttpStatusCode.Forbidden), (12 * 60, HttpStatusCode.Forbidden) })
        {
            _clock.Now += TimeSpan.FromMinutes(minutes);
            using var ana = await _desk.SignInAsync("ana");
            var (status, problem) = await ClickDesk.ClickAsync(ana, new { number = "88881234" });
            status.ShouldBe(expected, $"{_clock.Now:u}: {problem}");
            if (expected == HttpStatusCode.Forbidden)
            {
                problem.Text("detail")!.ShouldContain("7:00 a. m.");
            }
        }
    }

    [SkippableTheory]
    [InlineData("perAgentHour", 60)]
    [InlineData("totalHour", 60)]
    // From 06:59 to midnight in Costa Rica. In UTC the day changed six hours earlier.
    [InlineData("perAgentDay", 61_260)]
    [InlineData("totalDay", 61_260)]
    public async Task A_Limit_Starts_Again_With_The_Accounts_Hour_Or_Day(string limit, int seconds)
    {
        await RulesAsync(new Dictionary<string, object> { ["allowedPrefixes"] = Array.Empty<string>(), ["deniedPrefixes"] = Array.Empty<string>(), [limit] = 1 });
        (await ClickAsync()).ShouldBe(HttpStatusCode.Accepted);

        _clock.Now += TimeSpan.FromSeconds(seconds - 1);
        (await ClickAsync()).ShouldBe(HttpStatusCode.TooManyRequests);
        _clock.Now += TimeSpan.FromSeconds(1);
        (await ClickAsync()).ShouldBe(HttpStatusCode.Accepted);
        (await ClickAsync()).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [SkippableTheory]
    [InlineData("perAgentHour", 1)]
    [InlineData("perAgentHour", 24)]
    [InlineData("perAgentDay", 24)]
    [InlineData("totalHour", 1)]
    [InlineData("totalHour", 24)]
    [InlineData("totalDay", 24)]
    public async Task Setting_The_Clock_Back_Gives_No_New_Allowance(string limit, int hours)
    {
        await RulesAsync(new Dictionary<string, object> { ["allowedPrefixes"] = Array.Empty<string>(), ["deniedPrefixes"] = Array.Empty<string>(), [limit] = 1 });
        (await ClickAsync()).ShouldBe(HttpStatusCode.Accepted);

        _clock.Now -= TimeSpan.FromHours(hours);
        (await ClickAsync()).ShouldBe(HttpStatusCode.TooManyRequests);
        _clock.Now += TimeSpan.FromHours(hours);
        (await ClickAsync()).ShouldBe(HttpStatusCode.TooManyRequests);
        _clock.Now += TimeSpan.FromHours(limit.EndsWith("Day", StringComparison.Ordinal) ? 24 : 1);
        (await ClickAsync()).ShouldBe(HttpStatusCode.Accepted);
    }

    private async Task<HttpStatusCode> ClickAsync()
    {
        using var ana = await _desk.SignInAsync("ana");
        return (await ClickDesk.ClickAsync(ana, new { number = "88881234", force = true })).Status;
    }

    private async Task RulesAsync(object rules)
    {
        using var admin = await _desk.SignInAsync("admin");
        (await admin.AskAsync(HttpMethod.Put, "/api/dial-rules", rules)).Status.ShouldBe(HttpStatusCode.OK);
    }
}

public sealed class DialTimeTestsOnSqlite() : DialTimeTests(TestStorage.Sqlite);

public sealed class DialTimeTestsOnAzurite() : DialTimeTests(TestStorage.AzuriteInTheLongRun);
