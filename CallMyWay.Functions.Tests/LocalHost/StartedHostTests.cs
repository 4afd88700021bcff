using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Demo;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Start;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>What a start reads and writes in the storage.</summary>
public abstract class StartedHostTests(TestStorage storage) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-start-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Demo_And_Real_Data_Never_Share_A_Folder(bool demoFirst)
    {
        await using (await TestHost.StartAsync(storage, new() { DataPath = _folder, Demo = demoFirst }))
        {
        }

        var error = await Should.ThrowAsync<StartException>(() => TestHost.StartAsync(storage, new() { DataPath = _folder, Demo = !demoFirst }));
        error.Message.ShouldContain("DataPath");
        await using (await TestHost.StartAsync(storage, new() { DataPath = _folder, Demo = demoFirst }))
        {
        }
    }

    [SkippableFact]
    public async Task A_New_Office_Has_A_Link_That_Creates_The_First_Administrator_Once()
    {
        await using var host = await TestHost.StartAsync(storage, new() { Demo = false });
        var token = host.Get<Setup>().Token.ShouldNotBeNull();
        var browser = host.Browser();
        (await browser.GetFromJsonAsync<JsonElement>("/api/host")).GetProperty("setUp").GetBoolean().ShouldBeTrue();
        (await browser.PostAsJsonAsync("/api/session", new { agent = "admin", password = "demo" })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var admin = new { token, agentId = "jefa", name = "La Jefa", password = "una frase larga" };
        (await browser.PostAsJsonAsync("/api/setup", admin with { token = "made-up" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.PostAsJsonAsync("/api/setup", admin with { password = "corta" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.PostAsJsonAsync("/api/setup", admin)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await browser.GetFromJsonAsync<JsonElement>("/api/me")).GetProperty("roles")[0].GetString().ShouldBe("admin");
        (await browser.PostAsJsonAsync("/api/setup", admin)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetFromJsonAsync<JsonElement>("/api/host")).GetProperty("setUp").GetBoolean().ShouldBeFalse();
        (await browser.PostAsJsonAsync("/api/demo/calls", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.PostAsync("/api/demo/month", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task A_First_Administrator_With_A_Taken_Sign_In_Name_Is_Refused_And_The_Link_Stays_Valid()
    {
        await using var host = await TestHost.StartAsync(storage, new() { Demo = false });
        // Such agents come with a copy of an office's tables, which has no accounts.
        await host.Get<AgentStore>().PutAsync(new Agent { AgentId = "otra", Name = "Otra", SignInName = "jefa", Roles = [Role.Agent] }, default);
        var browser = host.Browser();
        var admin = new { token = host.Get<Setup>().Token.ShouldNotBeNull(), agentId = "jefa", name = "La Jefa", password = "una frase larga" };

        var (status, problem) = await browser.AskAsync(HttpMethod.Post, "/api/setup", admin);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(["agentId"]);
        (await browser.PostAsJsonAsync("/api/setup", admin with { agentId = "la.jefa" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.GetFromJsonAsync<JsonElement>("/api/me")).GetProperty("id").GetString().ShouldBe("la.jefa");
    }

    [SkippableFact]
    public async Task A_Session_And_A_Lock_Survive_A_Restart()
    {
        Uri cookieOf;
        CookieContainer cookies;
        // A lock that lasts longer than any restart.
        string[] settings = ["--SignIn:FirstLock", "01:00:00", "--SignIn:LongestAccountLock", "02:00:00"];
        await using (var first = await TestHost.StartAsync(storage, new() { DataPath = _folder, Settings = settings }))
        {
            cookieOf = first.Address;
            cookies = first.CookiesOf(await first.SignInAsync("ana"));
            for (var i = 0; i < 5; i++)
            {
                await first.Anonymous().PostAsJsonAsync("/api/session", new { agent = "luis", password = "wrong" });
            }
        }

        await using var second = await TestHost.StartAsync(storage, new() { DataPath = _folder, Settings = settings });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.Add("Cookie", cookies.GetCookieHeader(cookieOf));
        (await second.Anonymous().SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.Anonymous().PostAsJsonAsync("/api/session", new { agent = "luis", password = "demo" })).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [SkippableFact]
    public async Task The_Demo_Starts_Its_Operator_Which_Places_A_Call_And_Ends_With_The_Host()
    {
        await using var host = await TestHost.StartAsync(storage, new()
        {
            // The operator writes its times in the zone in which this host reads them.
            Settings = ["--Demo:Simulator", "true", "--CallMyWay:Accounts:0:TimeZone", "Europe/Madrid"],
        });
        var ana = await host.SignInAsync("ana");

        // The simulator is still starting; the request waits for it.
        (await ana.PostAsJsonAsync("/api/demo/calls", new { kind = "several" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        JsonElement popUps = default;
        await Eventually.TrueAsync(async () => (popUps = (await ana.GetFromJsonAsync<JsonElement>("/api/pop-ups")).GetProperty("items")).GetArrayLength() > 0);
        popUps[0].GetProperty("match").GetString().ShouldBe("many");
        popUps[0].GetProperty("startedAt").GetDateTimeOffset()
            .ShouldBe(DateTimeOffset.UtcNow, tolerance: TimeSpan.FromMinutes(5));

        // The operator has the calls of a month, once, however often they are asked for. A backfill reads them.
        var sofia = await host.SignInAsync("sofia");
        (await ana.PostAsync("/api/demo/month", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await sofia.PostAsync("/api/demo/month", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await sofia.PostAsync("/api/demo/month", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var toOperator = new HttpClient { BaseAddress = new Uri(host.Get<DemoSimulator>().Address!) };
        var truth = (await toOperator.GetFromJsonAsync<JsonElement>("/simulator/calls")).GetProperty("items");
        var ids = truth.EnumerateArray().Select(call => call.GetProperty("callId").GetString()!).ToList();
        ids.Count(id => id.StartsWith("month-", StringComparison.Ordinal)).ShouldBeGreaterThan(500);
        ids.ShouldBeUnique();
        var (readings, _) = await host.Get<JobStore>().ListAsync(BackfillJob.Name, new PageRequest(10, null), default);
        readings.ShouldNotBeEmpty();

        var simulator = host.Get<DemoSimulator>();
        await using var said = new StringWriter();
        await Announcement.WriteAsync(host.App, said);
        said.ToString().ShouldContain(simulator.Address.ShouldNotBeNull(), Case.Sensitive, "who tries it out is told where the operator is");

        var process = Process.GetProcessById(simulator.ProcessId!.Value);
        await host.App.StopAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }
}

public sealed class StartedHostTestsOnSqlite() : StartedHostTests(TestStorage.Sqlite);

public sealed class StartedHostTestsOnAzurite() : StartedHostTests(TestStorage.Azurite);
