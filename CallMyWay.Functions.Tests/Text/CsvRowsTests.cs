using System.Text;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.Text;

/// <summary>Tables of text as they come from outside.</summary>
public sealed class CsvRowsTests
{
    [Theory]
    [InlineData("a;b\n1;2\n", ';', 0)]
    [InlineData("a,b\n1,2\n", ',', 0)]
    [InlineData("a\tb\n1\t2\n", '\t', 0)]
    [InlineData("nombre;saldo\n\"Mora, Ana\";1,5\nLeo;2,5\n", ';', 0)]
    [InlineData("nombre,nota\nAna,\"a;b;c\"\n", ',', 0)]
    [InlineData("sep=|\na|b\n", '|', 1)]
    [InlineData("nombre\nAna, Leo\n", ';', 0)]
    [InlineData("teléfono\n8888-1234\n8888-1235; 2222-3333\n", ',', 0)]
    [InlineData("nombre\nMora; Ana\nMora, Leo\n", '\t', 0)]
    [InlineData("sep=\"\na,b\n1,2\n", ';', 0)]
    public void The_Separator_Is_Told_By_The_Rows(string text, char separator, int linesBefore)
    {
        CsvRows.SeparatorOf(text, out var before).ShouldBe(separator);
        before.ShouldBe(linesBefore);
    }

    [Fact]
    public void Quotes_Line_Breaks_And_Blank_Rows_Are_Read_And_Rows_Are_Counted_As_A_Sheet_Does()
    {
        using var rows = new CsvRows(new StringReader("a,b\r\n\"x\r\ny\",\"di \"\"hola\"\"\"\r\n\r\nSoda \"La U\",2,3\r\n"), ',');
        var read = new List<string>();
        while (rows.Read())
        {
            read.Add($"{rows.Row}: {string.Join('|', rows.Cells)}{(rows.IsBlank ? "(blank)" : "")}");
        }

        read.ShouldBe(["1: a|b", "2: x\r\ny|di \"hola\"", "3: (blank)", "4: Soda \"La U\"|2|3"]);
    }

    [Theory]
    [InlineData("a;b\n1;2\n\"Ana;8\nLuis;9\n", 3)]
    [InlineData("a;b\nAna;\"8\nLuis;9", 2)]
    [InlineData("a;b\nAna;\"8", 2)]
    [InlineData("a;b\nAna;\"8\"\"", 2)]
    [InlineData("a;b\n\"Ana;8\n\"Luis\";9\nLeo;7\n", 2)]
    [InlineData("\"a\";\"b\"\n\"Ana;\"8\"\n\"Luis\";\"9\"\n", 2)]
    public void Quotes_That_Are_Not_Closed_Are_Told_With_Their_Row(string text, int row)
    {
        using var rows = new CsvRows(new StringReader(text), ';');

        Should.Throw<CsvFormatException>(() => All(rows)).Row.ShouldBe(row);
    }

    [Theory]
    [InlineData("a;\"b\"")]
    [InlineData("a;\"\"\n")]
    [InlineData("a;\"b \"\"c\"\"\"\n\"\"\"d\"\"\";e\n")]
    [InlineData("\"Ana\" Rojas;8\n5\" pipe;x\n")]
    [InlineData("\"Ana\r\nRojas\" ;8\r\n; \"b\r\n")]
    public void Quotes_That_Are_Closed_Or_Ordinary_Are_No_Fault(string text)
    {
        using var rows = new CsvRows(new StringReader(text), ';');

        All(rows).ShouldBePositive();
    }

    [Fact]
    public void A_Text_That_Goes_On_May_Break_Off_Within_Quotes_And_Only_There()
    {
        using var end = new CsvRows(new StringReader("a;b\nAna;\"8\nLu"), ';', isPart: true);
        using var middle = new CsvRows(new StringReader("a;b\n\"Ana;8\n\"Luis\";9\nLeo;7\n"), ';', isPart: true);

        All(end).ShouldBe(2);
        Should.Throw<CsvFormatException>(() => All(middle)).Row.ShouldBe(2);
    }

    private static int All(CsvRows rows)
    {
        var count = 0;
        while (rows.Read())
        {
            count++;
        }

        return count;
    }

    [Fact]
    public async Task Bytes_Are_Read_Piece_By_Piece_And_Not_More_Than_Wanted()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("ñandú ", 30_000)));
        using var read = (await ByteChunks.ReadAsync(new MemoryStream(bytes), bytes.Length, default)).ShouldNotBeNull();
        using var again = new MemoryStream();
        await read.OpenRead().CopyToAsync(again);

        again.ToArray().ShouldBe(bytes);
        FileFormat.Of(read).Name.ShouldBe("utf-8", "also where a character stands in two pieces");
        (await ByteChunks.ReadAsync(new MemoryStream(bytes), bytes.Length - 1, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("", FileKind.Empty)]
    [InlineData("  \r\n", FileKind.Empty)]
    [InlineData("<?xml version=\"1.0\"?>", FileKind.Markup)]
    [InlineData("a\u0001\u0002\u0003\u0004\u0005b", FileKind.Binary)]
    [InlineData("a,b\u0000", FileKind.Binary)]
    [InlineData("a", FileKind.Text)]
    public async Task What_A_File_Is_Is_Told_By_Its_Bytes(string text, FileKind kind)
    {
        using var bytes = await ByteChunks.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), 1000, default);

        FileFormat.Of(bytes!).Kind.ShouldBe(kind);
    }
}
