using System.Net;
using System.Net.Sockets;
using CallMyWay.Functions.Homologation;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.CallRecords;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Homologation;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>What the operator's 4 seconds count for, as two accounts that ask at once find it out.</summary>
public sealed class PaceScopeTests
{
    private static readonly string[] TwoAccounts =
    [
        "--Accounts:0:Username", "8000001", "--Accounts:0:Password", "demo", "--Accounts:0:Endpoints:0:Id", "1001",
        "--Accounts:1:Username", "8000009", "--Accounts:1:Password", "demo9", "--Accounts:1:Endpoints:0:Id", "1009",
    ];

    private static readonly string[] TheirSettings =
    [
        "--CallMyWay:Accounts:0:Username", "8000001", "--CallMyWay:Accounts:0:Password", "demo",
        "--CallMyWay:Accounts:1:Username", "8000009", "--CallMyWay:Accounts:1:Password", "demo9",
    ];

    [Theory]
    [InlineData("account", 0.1, 0.2, 0.3, 0.1)]
    [InlineData("address", 0.1, 4.1, 4.2, 0.1)]
    [InlineData(null, 0.1, 4.1, 0.1, 0.2)]
    public void It_Is_Told_By_Which_Answers_Are_Late(string? scope, double own, double other, double own2, double other2)
    {
        var verdict = PaceScope.Evaluate([Round(own, other), Round(own2, other2)]);

        (verdict.State, verdict.Answers.SingleOrDefault()).ShouldBe(scope is null
            ? (CaseState.Open, null)
            : (CaseState.Passed, new CaseAnswer("pace-scope", scope, scope)));
        verdict.Seen.Count.ShouldBe(2);
    }

    [Fact]
    public void One_Round_Or_A_Refused_Account_Tells_Nothing()
    {
        PaceScope.Evaluate([Round(0, 4)]).State.ShouldBe(CaseState.Open);
        PaceScope.Evaluate([Round(0, 4), Round(0, 4) with { AreRead = false }]).State.ShouldBe(CaseState.Open);
    }

    [Fact]
    public async Task A_Run_Tells_It_As_The_Operator_Counts()
    {
        var desk = await ClickDesk.StartWithAsync(
            TestStorage.Sqlite,
            new()
            {
                Settings = TheirSettings,
                Services = services => services.AddSingleton(
                    new PaceRule(TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(0.2))),
            },
            ["--QuerySeconds", "1.4", .. TwoAccounts]);
        await using var house = new HomologationDesk(new RecordDesk(desk, await desk.SignInAsync("admin")));
        foreach (var scope in new[] { "address", "account" })
        {
            await desk.SetAsync("shape", new { paceBy = scope });
            var run = await house.BeginAsync();
            await house.StartAsync(run, "pace-scope");
            HomologationDesk.AnswerOf(await house.PassedAsync(run, "pace-scope"), "pace-scope").ShouldBe(scope);
        }
    }

    [Fact]
    public async Task With_One_Account_It_Is_Asked_Of_The_Operator()
    {
        await using var house = await HomologationDesk.StartAsync(TestStorage.Sqlite);
        var run = await house.BeginAsync();
        await house.StartAsync(run, "pace-scope");
        var settled = await house.SettledAsync(run, "pace-scope");
        ((string?)settled["state"], settled["advice"]!.ToString().Contains("dos cuentas", StringComparison.Ordinal))
            .ShouldBe(("open", true));
        var (status, body) = await house.DoAsync(run, "pace-scope", new
        {
            @do = "decide",
            state = "passed",
            told = new Dictionary<string, string> { ["pace-scope"] = "path" },
        });
        status.ShouldBe(200, body?.ToJsonString());
        // The host would not start with it.
        var question = body!["questions"]!.AsArray().Single(each => (string)each!["question"]! == "pace-scope")!;
        ((string?)question["answer"], question["setting"]).ShouldBe(("path", null));
    }

    [Fact]
    public async Task An_Operator_That_Answers_Nothing_At_All_Is_Told_And_Nothing_Is_Dialled_Twice()
    {
        // It takes connections, and that is all.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(64);
        var address = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/";
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new()
        {
            Settings = ["--CallMyWay:BaseUrl", address, "--CallMyWay:TimeoutSeconds", "1"],
            Services = services => services.AddSingleton(RecordDesk.NoPace),
        });
        using var admin = await host.SignInAsync("admin");
        var (_, run) = await admin.SendJsonAsync(HttpMethod.Post, "/api/homologation", new { });
        var path = $"/api/homologation/{run!["runId"]}";

        await admin.SendJsonAsync(HttpMethod.Post, $"{path}/cases/credentials", new { @do = "start" });
        await Eventually.TrueAsync(async () => $"{(await CaseAsync("credentials"))["state"]}" == "failed");
        (await CaseAsync("credentials"))["advice"]!.ToString().ShouldContain("no respondió");
        var (status, body) = await admin.SendJsonAsync(
            HttpMethod.Post,
            $"{path}/cases/click-agent-first",
            new { @do = "start", confirmed = true, number = "88881234", endpointId = "1001" });
        status.ShouldBeOneOf(200, 202);
        // Nobody knows whether it was sent: it is watched, and the click is not sent again.
        body!["cases"]!.AsArray().Single(each => $"{each!["case"]}" == "click-agent-first")!["state"]!.ToString()
            .ShouldBe("open");

        async Task<System.Text.Json.Nodes.JsonNode> CaseAsync(string code) =>
            (await admin.GetObjectAsync(path))["cases"]!.AsArray().Single(each => $"{each!["case"]}" == code)!;
    }

    [Fact]
    public async Task The_Command_Goes_On_With_The_Run_Of_The_First_Account_Where_None_Is_Named()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { Settings = TheirSettings });
        using var admin = await host.SignInAsync("admin");
        var (_, first) = await admin.SendJsonAsync(HttpMethod.Post, "/api/homologation", new { account = "8000001" });
        // The newest ones are another account's, on more than a page.
        for (var i = 0; i < HomologationStore.MostRuns + 1; i++)
        {
            await admin.SendJsonAsync(HttpMethod.Post, "/api/homologation", new { account = "8000009" });
        }

        (await RunAsync()).ShouldContain($"Going on with the run of {first!["startedAt"]}, account 8000001");
        (await RunAsync("--account", "8000009")).ShouldContain("account 8000009");

        async Task<string> RunAsync(params string[] arguments)
        {
            var output = new StringWriter();
            // The input ends at the first question.
            await HomologationCommand.RunAsync(
                ["--url", admin.BaseAddress!.ToString(), .. arguments], new StringReader("demo\n"), output, output);
            return output.ToString();
        }
    }

    private static PaceRound Round(double own, double other) =>
        new(DateTimeOffset.UnixEpoch, "8000009", own, other, 4.2, AreRead: true);
}
