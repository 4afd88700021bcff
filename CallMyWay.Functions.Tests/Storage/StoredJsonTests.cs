using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Calls;
using CallMyWay.LocalHost.Sqlite;

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

    [Theory]
    [InlineData(Row.MaxTextLength - 1, 1)]
    [InlineData(Row.MaxTextLength, 1)]
    [InlineData(Row.MaxTextLength + 1, 2)]
    [InlineData(2 * Row.MaxTextLength, 2)]
    [InlineData((2 * Row.MaxTextLength) + 1, 3)]
    public void A_Record_Is_Read_Whole_Where_It_Just_Fits_Its_Columns_Or_Just_Does_Not(int length, int columns)
    {
        var agent = new Agent { AgentId = "ana", Name = "", SignInName = "ana", Roles = [Role.Agent] };
        agent = agent with { Name = new string('ñ', length - Agents.Serialize(agent).Length) };
        var row = Agents.ToRow("agent", "ana", agent);

        Agents.Serialize(agent).Length.ShouldBe(length);
        row.Columns.Count.ShouldBe(columns);
        Agents.FromRow(row).Name.ShouldBe(agent.Name);
        Agents.FromRow(RowJson.Read("agent", "ana", 1, RowJson.Write(row))).Name.ShouldBe(agent.Name);
    }

    [Fact]
    public void The_Compiler_Makes_A_Writing_That_Says_What_The_Serializer_Says()
    {
        var start = CallFactsBuilder.Start(0, 8) with { Ani = "\"Ñandú\" <88887777> 🎈", Later = new(null, null, null) };
        var facts = CallFactsBuilder.Of(
            start, CallFactsBuilder.End(60, 8, 60, 12.5m), CallFactsBuilder.Record(200, 8, 52, 13));
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter() },
        };

        Is(CallDerivation.Derive(facts));
        Is(facts);

        void Is<T>(T record)
            where T : class
        {
            var stored = new StoredJson<T>(CallsJson.Default);
            var written = stored.Serialize(record);
            JsonNode.DeepEquals(JsonNode.Parse(written), JsonSerializer.SerializeToNode(record, options))
                .ShouldBeTrue(written);
            stored.Serialize(stored.Deserialize(written)).ShouldBe(written);
        }
    }

    // Stored as numbers, enums would change their meaning when a value is inserted before others.
    [Fact]
    public void Every_Feature_Stores_Enums_By_Name() => typeof(CallMyWayServices).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)))
        .ShouldAllBe(type => type.GetCustomAttribute<JsonSourceGenerationOptionsAttribute>()!.UseStringEnumConverter);
}
