using System.Globalization;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CallMyWay.Functions.Tests.Text;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("José Peñalolén", "jose penalolen")]
    [InlineData("JOSÉ ÑANDÚ", "jose nandu")]
    [InlineData("Jose\u0301", "jose")]
    [InlineData("Straße GROẞ", "strasse gross")]
    [InlineData("Søren Łukasz Đorđe", "soren lukasz dorde")]
    [InlineData("Æsir Œuvre Þór", "aesir oeuvre thor")]
    [InlineData("İstanbul IŞIK ılık", "istanbul isik ilik")]
    [InlineData("Ａｎａ ﬁn Ⅷ", "ana fin viii")]
    [InlineData("Nguyễn Thị", "nguyen thi")]
    [InlineData("Ελλάς Οδυσσεύς", "ελλασ οδυσσευσ")]
    [InlineData("Юлия Ёлкина", "юлия елкина")]
    [InlineData("李小龙", "李小龙")]
    [InlineData("", "")]
    public void Names_Lose_Their_Accents_And_Capitals(string text, string folded) =>
        SearchText.Fold(text).ShouldBe(folded);

    [Theory]
    [InlineData("José Rodríguez", "jose rod", true)]
    [InlineData("José Rodríguez", "rod jos", true)]
    [InlineData("José Rodríguez", "RODRÍGUEZ", true)]
    [InlineData("José Peñalolén", "jose penal", true)]
    [InlineData("José Peñalolén", "peña", true)]
    [InlineData("José Rodríguez", "jose perez", false)]
    [InlineData("José Rodríguez", "driguez", false)]
    [InlineData("Café-Bar \"El Gordo\" S.A.", "bar gor", true)]
    [InlineData("O'Brien", "brien", true)]
    [InlineData("李 小龙", "小", true)]
    [InlineData("José Rodríguez", "", false)]
    [InlineData("José Rodríguez", "--", false)]
    [InlineData("", "a", false)]
    public void Any_Word_Is_Found_By_Its_Beginning(string text, string query, bool found) =>
        SearchText.Matches(SearchText.Words(text), SearchText.Words(query)).ShouldBe(found);

    [Fact]
    public void Words_Are_Split_At_All_But_Letters_And_Digits() =>
        SearchText.Words(" Café-Bar, \"7 Mares\" (S.A.) 😀 ").ShouldBe(["cafe", "bar", "7", "mares", "s", "a"]);

    [Fact]
    public void Words_Are_Bounded()
    {
        SearchText.Words(string.Join(' ', Enumerable.Repeat("ana", 100))).Count.ShouldBe(12);
        SearchText.Words(new string('a', 100)).ShouldBe([new string('a', 40)]);
        SearchText.Words(new string('a', 1_000_000)).Count.ShouldBe(1);
    }

    [Fact]
    public void The_Machines_Language_Does_Not_Matter()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new("tr-TR");
            SearchText.Fold("IRIS İRİS").ShouldBe("iris iris");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void No_Text_Makes_Folding_Throw_And_Folding_Twice_Changes_Nothing() => Prop.ForAll<string>(text =>
    {
        var folded = SearchText.Fold(text ?? "");
        var words = SearchText.Words(text ?? "");
        return SearchText.Fold(folded) == folded
            && words.Count <= 12
            && words.All(word => word.Length is > 0 and <= 40);
    }).Check(Properties.Config(1500));
}
