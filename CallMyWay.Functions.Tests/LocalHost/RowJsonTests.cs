using System.Text;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Functions.Tests.LocalHost;

public sealed class RowJsonTests
{
    private const string Awkward = "Ñandú \"<&>\" \\ \t \u007F \u0001 \u2028 🎈 {[";

    private static readonly StoredJson<Agent> Agents = new(AgentsJson.Default);

    [Theory]
    [InlineData("")]
    [InlineData(Awkward)]
    [InlineData("{" + Awkward)]
    [InlineData("[\"")]
    [InlineData("{\"a\":1}")]
    [InlineData("{}")]
    public void A_Text_Comes_Back_As_It_Was_Whatever_It_Looks_Like(string text)
    {
        var row = new Row("p", "k").Set("text", text).Set("number", 7);

        var read = Read(RowJson.Write(row));

        read.Text("text").ShouldBe(text);
        read.Columns["text"].ShouldBe(text);
        read.Columns.Values.OfType<string>().ShouldBe([text]);
        read.HoldsTheSameAs(row).ShouldBeTrue();
        read.Size.ShouldBe(row.Size);
    }

    [Fact]
    public void A_Record_Is_Stored_Like_Its_Text_And_Read_Like_It()
    {
        var agent = NewAgent(Awkward);
        var asRecord = Agents.ToRow("p", "k", agent);
        var asText = new Row("p", "k").Set("json", Agents.Serialize(agent));

        RowJson.Write(asRecord).ShouldBe(RowJson.Write(asText));
        asRecord.HoldsTheSameAs(asText).ShouldBeTrue();
        asText.HoldsTheSameAs(asRecord).ShouldBeTrue();
        asText.HoldsTheSameAs(Agents.ToRow("p", "k", NewAgent("other"))).ShouldBeFalse();
        asRecord.HoldsTheSameAs(Agents.ToRow("p", "k", NewAgent("other"))).ShouldBeFalse();
        asRecord.Size.ShouldBe(asText.Size);
        asRecord.Columns["json"].ShouldBe(Agents.Serialize(agent));
        Agents.IsIn(asRecord).ShouldBeTrue();
        Agents.FromRow(asText)!.Name.ShouldBe(Awkward);
        Agents.FromRow(Read(RowJson.Write(asRecord)))!.Name.ShouldBe(Awkward);
    }

    // One character less than a column holds, just as many, one more, and more than two columns hold.
    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(Row.MaxTextLength + 1, 3)]
    public void A_Long_Record_Goes_On_In_The_Next_Column(int more, int columns)
    {
        var rest = Agents.Serialize(NewAgent("")).Length;
        // A letter of two bytes: the limit counts characters.
        var agent = NewAgent(new string('ñ', Row.MaxTextLength + more - rest));

        var row = Agents.ToRow("p", "k", agent);

        row.Columns.Count.ShouldBe(columns);
        Agents.FromRow(row)!.Name.ShouldBe(agent.Name);
        Agents.FromRow(Read(RowJson.Write(row)))!.Name.ShouldBe(agent.Name);
    }

    [Fact]
    public void What_Is_Stored_Can_Be_Read_In_The_Shell() =>
        Encoding.UTF8.GetString(RowJson.Write(new Row("p", "k").Set("json", "{\"a\":\"ñ\"}").Set("legof", "x")))
            .ShouldBe("""{"json":"{\"a\":\"ñ\"}","legof":"x"}""");

    private static Row Read(byte[] columns) => RowJson.Read("p", "k", 1, columns);

    private static Agent NewAgent(string name) =>
        new() { AgentId = "ana", Name = name, SignInName = "ana", Roles = [Role.Agent] };
}
