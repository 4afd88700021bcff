using System.Text.Json.Nodes;
using CallMyWay.Functions.Audit;

namespace CallMyWay.Functions.Tests.Audit;

/// <summary>What is too long for a column is cut by field, and says so.</summary>
public sealed class AuditedTextTests
{
    private const int Most = 2000;

    [Fact]
    public void What_Fits_Stays_As_It_Is()
    {
        var text = AuditedText.Of(new JsonObject { ["name"] = "Peña «Ñ»", ["gone"] = null }, Most);

        text.Json.ShouldBe("""{"name":"Peña «Ñ»","gone":null}""");
        text.Cut.ShouldBeEmpty();
        AuditedText.Of(null, Most).Json.ShouldBeNull();
    }

    [Fact]
    public void The_Longest_Fields_Are_Cut_And_The_Others_Are_Whole()
    {
        var text = AuditedText.Of(
            new JsonObject { ["name"] = "Ana", ["notes"] = new string('x', 5000), ["items"] = new JsonArray("a", "b") },
            Most);

        text.Cut.ShouldBe(["notes"]);
        var kept = JsonNode.Parse(text.Json!)!;
        ((string?)kept["name"], kept["items"]!.ToJsonString()).ShouldBe(("Ana", """["a","b"]"""));
        ((string?)kept["notes"])!.ShouldBe(new string('x', 500) + "…");
    }

    [Fact]
    public void A_List_Is_Cut_As_Text_And_No_Character_In_Two()
    {
        var faces = new JsonArray([.. Enumerable.Repeat(0, 400).Select(_ => (JsonNode)"😀")]);
        var odd = "x" + string.Concat(Enumerable.Repeat("😀", 900));
        var text = AuditedText.Of(new JsonObject { ["items"] = faces, ["odd"] = odd }, 4 * Most);

        text.Json!.Length.ShouldBeLessThanOrEqualTo(4 * Most);
        text.Cut.ShouldBe(["odd", "items"], ignoreOrder: true);
        ((string?)JsonNode.Parse(text.Json)!["odd"])!.ShouldEndWith("😀…");
    }

    [Theory]
    [InlineData(2000, 3)]
    [InlineData(30, 600)]
    public void However_Many_Fields_There_Are_It_Fits(int fields, int length)
    {
        var value = new JsonObject();
        foreach (var i in Enumerable.Range(0, fields))
        {
            value[$"field{i}"] = new string('y', length);
        }

        var text = AuditedText.Of(value, Most);

        text.Json!.Length.ShouldBeLessThanOrEqualTo(Most);
        text.Cut.ShouldNotBeEmpty();
        text.Cut.Count.ShouldBeLessThanOrEqualTo(100);
    }
}
