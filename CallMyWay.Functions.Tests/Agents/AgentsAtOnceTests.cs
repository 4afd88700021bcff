using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Agents;

/// <summary>Agents who are created or renamed at the same moment.</summary>
public abstract class AgentsAtOnceTests(DemoHost demo, ITestOutputHelper output)
{
    private static readonly int Rounds = TestLength.Of(plain: 20, whole: 100);

    [SkippableFact]
    public async Task If_Eight_Agents_Are_Created_At_Once_With_One_Sign_In_Name_One_Succeeds()
    {
        var (most, rounds) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var name = $"one{round}@office.example";
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PutAsync($"one{round}-{i}", name)));

            var created = answers.Count(status => status == HttpStatusCode.Created);
            (await CountAsync(name)).ShouldBe(created);
            most = Math.Max(most, created);
            rounds += created == 1 ? 0 : 1;
        }

        output.WriteLine($"{rounds} of {Rounds} rounds made more or less than one; the most that one made are {most}.");
        rounds.ShouldBe(0);
    }

    [SkippableFact]
    public async Task If_Two_Agents_Take_One_Sign_In_Name_At_Once_One_Gets_It()
    {
        foreach (var agentId in new[] { "taker-1", "taker-2" })
        {
            (await PutAsync(agentId, agentId)).ShouldBe(HttpStatusCode.Created);
        }

        for (var round = 0; round < Rounds; round++)
        {
            var name = $"taken{round}@office.example";

            var answers = await Task.WhenAll(PutAsync("taker-1", name), PutAsync("taker-2", name));

            answers.ShouldBe([HttpStatusCode.OK, HttpStatusCode.BadRequest], ignoreOrder: true);
            (await CountAsync(name)).ShouldBe(1);
        }
    }

    private async Task<HttpStatusCode> PutAsync(string agentId, string signInName)
    {
        var agent = new { name = agentId, roles = new[] { "agent" }, signInName };
        var (status, problem) = await demo.Admin.AskAsync(HttpMethod.Put, $"/api/agents/{agentId}", agent);
        if (status == HttpStatusCode.BadRequest)
        {
            problem.Errors().ShouldBe(["signInName"]);
        }

        return status;
    }

    private async Task<int> CountAsync(string signInName) =>
        (await demo.Admin.AllItemsAsync("/api/agents")).Count(item => item.Text("signInName") == signInName);
}

public sealed class AgentsAtOnceTestsOnSqlite(DemoHost demo, ITestOutputHelper output)
    : AgentsAtOnceTests(demo, output), IClassFixture<DemoHost>;

public sealed class AgentsAtOnceTestsOnAzurite(DemoHostOnAzurite demo, ITestOutputHelper output)
    : AgentsAtOnceTests(demo, output), IClassFixture<DemoHostOnAzurite>;
