using System.Reflection;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

public sealed class StoredJsonTests
{
    private static readonly StoredJson<Agent> Agents = new(AgentsJson.Default);

    [Fact]
    public void A_Record_Is_Stored_As_Earlier_Releases_Stored_It()
    {
        var agent = new Agent { AgentId = "ana", Name = "Ana \"Peña\" <&>", SignInName = "ana", Roles = [Role.Agent, Role.Admin] };

        Agents.Serialize(agent).ShouldBe(
            """{"agentId":"ana","name":"Ana \"Peña\" <&>","signInName":"ana","roles":["Agent","Admin"],"team":null,"language":"es"}""");
    }

    [Fact]
    public void A_Row_Of_Another_Release_Can_Be_Read()
    {
        var agent = Agents.Deserialize("""{"agentId":"ana","name":"Ana","signInName":"ana","roles":["Supervisor"],"later":{"x":1}}""");

        agent.Roles.ShouldBe([Role.Supervisor]);
        agent.Team.ShouldBeNull();
    }

    // Stored as numbers, enums would change their meaning when a value is inserted before others.
    [Fact]
    public void Every_Feature_Stores_Enums_By_Name() => typeof(CallMyWayServices).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)))
        .ShouldAllBe(type => type.GetCustomAttribute<JsonSourceGenerationOptionsAttribute>()!.UseStringEnumConverter);
}
