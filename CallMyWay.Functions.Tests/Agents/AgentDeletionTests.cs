using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Agents;

/// <summary>An agent who is changed while somebody deletes them.</summary>
public sealed class AgentDeletionTests
{
    [Fact]
    public async Task Who_Becomes_An_Administrator_Meanwhile_Is_Not_Deleted_As_An_Agent()
    {
        var gate = new StorageGate();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { Services = gate.Before });
        using var admin = await host.SignInAsync("admin");
        var made = await admin.SendJsonAsync(
            HttpMethod.Put, "/api/agents/nueva", new { name = "Nueva", roles = new[] { "agent" } });
        made.Status.ShouldBe(201);
        var agents = host.Get<AgentStore>();
        gate.Before($"insert {StorageNames.Audit}", async () =>
        {
            gate.Open();
            var agent = (await agents.GetAsync("nueva", default)).ShouldNotBeNull();
            (await agents.PutAsync(agent with { Roles = [Role.Admin] }, default)).Agent.ShouldNotBeNull();
        });

        (await admin.SendJsonAsync(HttpMethod.Delete, "/api/agents/nueva", null)).Status.ShouldBe(412);

        (await agents.GetAsync("nueva", default)).ShouldNotBeNull().Roles.ShouldBe([Role.Admin]);
    }
}
