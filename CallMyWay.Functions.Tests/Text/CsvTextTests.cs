using System.Text;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.Text;

/// <summary>Tables as CSV, as spreadsheets read them.</summary>
public sealed class CsvTextTests
{
    [Fact]
    public void It_Is_UTF8_With_A_Mark_And_Rows_That_End_As_The_RFC_Says()
    {
        var bytes = CsvText.Of(CsvForm.Comma, csv =>
        {
            csv.Texts("país", "n").EndRow();
            csv.Text("Panamá").Number(1.50m).EndRow();
        });

        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        Encoding.UTF8.GetString(bytes[3..]).ShouldBe("país,n\r\nPanamá,1.50\r\n");
    }

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("a \"b\"\nc", "\"a \"\"b\"\"\nc\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+506", "'+506")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a;=1+1;b", "a;'=1+1;b")]
    [InlineData("a;\"=1+1\"", "\"a;'\"\"=1+1\"\"\"")]
    [InlineData("a\n=1+1", "\"a\n'=1+1\"")]
    [InlineData("a\r\n@b", "\"a\r\n'@b\"")]
    [InlineData("a\t-1", "a\t'-1")]
    [InlineData("a;b - c=d", "a;b - c=d")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_Text_Is_Quoted_Where_It_Must_And_Is_No_Formula(string? text, string expected) =>
        Written(csv => csv.Text(text).Text("x")).ShouldBe($"{expected},x\r\n");

    [Theory]
    [InlineData("Soto;=cmd|'/C calc'!A0;x")]
    [InlineData("+506 8888 1234\n+506 8888 1235")]
    [InlineData("=a;\"-b\";;@c\t\t+d\r\n＝e")]
    [InlineData("O'Neill; D'Alolio")]
    [InlineData("Soto,=1+1,\"-b\"")]
    public void What_Is_Read_Again_Is_What_Was_Written(string text)
    {
        foreach (var form in Enum.GetValues<CsvForm>())
        {
            var field = Written(csv => csv.Text(text), form)[..^2];
            var cell = field.StartsWith('"') ? field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : field;

            CsvText.WithoutApostrophe(cell).ShouldBe(text);
        }
    }

    [Fact]
    public void A_Number_Below_Zero_Stays_A_Number() =>
        Written(csv => csv.Number(-1.25m).Number(null).Number(7)).ShouldBe("-1.25,,7\r\n");

    [Fact]
    public void With_Semicolons_A_Number_Has_A_Comma_And_A_Text_With_A_Semicolon_Is_Quoted() =>
        Written(csv => csv.Texts("Soto; Mora", "8,5", "1.5").Number(-1234.50m).Number(null).Number(7), CsvForm.Semicolon)
            .ShouldBe("\"Soto; Mora\";8,5;1.5;-1234,50;;7\r\n");

    [Fact]
    public void With_Semicolons_No_Formula_Begins_Behind_A_Comma_Either() =>
        Written(csv => csv.Texts("a,=1+1;b", "c,\"=1+1", "d, -1"), CsvForm.Semicolon)
            .ShouldBe("\"a,'=1+1;b\";\"c,'\"\"=1+1\";d, -1\r\n");

    private static string Written(Action<CsvText> write, CsvForm form = CsvForm.Comma) => Encoding.UTF8.GetString(CsvText.Of(form, csv =>
    {
        write(csv);
        csv.EndRow();
    })[3..]);
}
