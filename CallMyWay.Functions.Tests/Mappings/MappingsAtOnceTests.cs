using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Mappings;

/// <summary>Two administrators change the same phone at the same moment.</summary>
public abstract class MappingsAtOnceTests(DemoHost demo, ITestOutputHelper output)
{
    private static readonly int Rounds = TestLength.Of(plain: 30, whole: 200);

    [SkippableFact]
    public async Task A_Phone_Moved_Twice_At_Once_Is_In_The_List_Of_The_Agent_Who_Has_It()
    {
        const string Path = "/api/mappings/moved-twice";
        await PutAsync(Path, "ana");
        var lost = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(PutAsync(Path, "luis"), PutAsync(Path, "ana"));

            var agentId = (await demo.Admin.ItemsAsync("/api/mappings"))
                .Single(item => item.Text("endpointId") == "moved-twice").Text("agentId");
            var (ana, luis) = (await HasAsync(demo.Ana), await HasAsync(demo.Luis));
            (ana && luis).ShouldBeFalse();
            lost += (agentId == "ana" ? ana : luis) ? 0 : 1;
        }

        output.WriteLine($"{lost} of {Rounds} rounds left the agent without the phone.");
        lost.ShouldBe(0);
    }

    private async Task PutAsync(string path, string agentId)
    {
        var (status, _) = await demo.Admin.AskAsync(HttpMethod.Put, path, new { agentId });
        status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
    }

    private static async Task<bool> HasAsync(HttpClient agent) =>
        (await agent.ReadAsync("/api/me")).ShouldNotBeNull().GetProperty("endpoints").EnumerateArray()
            .Any(endpoint => endpoint.Text("endpointId") == "moved-twice");
}

public sealed class MappingsAtOnceTestsOnSqlite(DemoHost demo, ITestOutputHelper output)
    : MappingsAtOnceTests(demo, output), IClassFixture<DemoHost>;

public sealed class MappingsAtOnceTestsOnAzurite(DemoHostOnAzurite demo, ITestOutputHelper output)
    : MappingsAtOnceTests(demo, output), IClassFixture<DemoHostOnAzurite>;
