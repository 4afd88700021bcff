using CallMyWay.Functions.ContactImports;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Tests.ContactImports;

/// <summary>How cells are read.</summary>
public sealed class ImportCellsTests
{
    private static readonly PhoneNumberParser Parser = new("CR");

    [Theory]
    [InlineData("8888-1234", "8888-1234")]
    [InlineData("'+506 8888 1234", "+506 8888 1234")]
    [InlineData("88881234.0", "88881234")]
    [InlineData("50688881234,00", "50688881234")]
    [InlineData("8.8881234E7", "88881234")]
    [InlineData("8,8881234E+07", "88881234")]
    [InlineData("8888-1234 / 2222-3333", "8888-1234|2222-3333")]
    [InlineData("8888-1234; 2222-3333", "8888-1234|2222-3333")]
    [InlineData("8888-1234\r\n2222-3333", "8888-1234|2222-3333")]
    [InlineData("2222-3333 / 2222-4444\n", "2222-3333 / 2222-4444")]
    [InlineData("8700-7003/04", "8700-7003|+50687007004")]
    [InlineData("2222-3333 ext. 12", "2222-3333 ext. 12")]
    [InlineData("no tiene", "")]
    [InlineData("N/A", "")]
    [InlineData("-", "")]
    public void A_Cell_Of_Numbers_Is_Read(string cell, string numbers)
    {
        var read = new List<string>();

        ImportCells.Numbers(cell, Parser, read).ShouldBeNull();

        string.Join('|', read).ShouldBe(numbers);
    }

    [Theory]
    [InlineData("5,06889E+10")]
    [InlineData("8.89E+07")]
    [InlineData("9E7")]
    [InlineData("8888-1234\n5.06889E+10")]
    public void A_Number_That_Lost_Digits_Is_None(string cell) =>
        ImportCells.Numbers(cell, Parser, []).ShouldNotBeNull().Es.ShouldContain("perdió cifras");

    [Theory]
    [InlineData("1-0456-0789", "1-0456-0789")]
    [InlineData("109870654.0", "109870654")]
    [InlineData("1.09870654E8", "109870654")]
    [InlineData("'0109870654", "0109870654")]
    [InlineData("1.09871E+08", null)]
    [InlineData("n/a", "")]
    public void A_Document_Is_Read(string cell, string? document) => ImportCells.Document(cell).ShouldBe(document);

    [Theory]
    [InlineData("₡1.500,50", "1500.50")]
    [InlineData("1,500.50", "1500.50")]
    [InlineData("1.500.000", "1500000")]
    [InlineData("1500,5", "1500.5")]
    [InlineData("12.345", "12345")]
    [InlineData("12,345", "12345")]
    [InlineData("-20", "-20")]
    [InlineData("1500.0000", "1500.0000")]
    [InlineData("1500,0000", "1500.0000")]
    [InlineData("1.500,0000", "1500.0000")]
    [InlineData("1,500.125", "1500.125")]
    [InlineData("1.234.567,123456", "1234567.123456")]
    [InlineData("0.125", "0.125")]
    [InlineData("-0,125", "-0.125")]
    [InlineData("1500.375", "1500.375")]
    [InlineData("012.345", "12.345")]
    [InlineData("1234567.5", "1234567.5")]
    [InlineData("₡ 1 500,50", "1500.50")]
    [InlineData("1.50.000", "1.50.000")]
    [InlineData("1.2,3.4", "1.2,3.4")]
    [InlineData("1500.000,50", "1500.000,50")]
    [InlineData("5.", "5.")]
    [InlineData("mucho", "mucho")]
    public void An_Amount_Is_Read(string cell, string amount) =>
        ImportCells.Own(cell, Field(ContactFieldKind.Amount)).ShouldBe(amount);

    [Theory]
    [InlineData("12.345", "012.345")]
    [InlineData("-1.500", "-01.500")]
    [InlineData("0.125", "0.125")]
    [InlineData("1500.375", "1500.375")]
    [InlineData("12.3450", "12.3450")]
    [InlineData("999.123456", "999.123456")]
    [InlineData("12345", "12345")]
    [InlineData("nada", "nada")]
    public void An_Amount_Is_Written_So_That_The_Same_Is_Read_Again(string amount, string cell)
    {
        ImportCells.OfOwn(amount, Field(ContactFieldKind.Amount)).ShouldBe(cell);
        ImportCells.Own(cell, Field(ContactFieldKind.Amount)).ShouldBe(amount);
        ImportCells.OfOwn(amount, Field(ContactFieldKind.Text)).ShouldBe(amount);
    }

    [Theory]
    [InlineData("3/11/2026", "2026-11-03")]
    [InlineData("2026-11-03 00:00:00", "2026-11-03")]
    [InlineData("03-11-2026", "2026-11-03")]
    [InlineData("pronto", "pronto")]
    public void A_Day_Is_Read(string cell, string day) => ImportCells.Own(cell, Field(ContactFieldKind.Date)).ShouldBe(day);

    [Theory]
    [InlineData("ORO", "Oro")]
    [InlineData("plomo", "plomo")]
    public void A_Choice_Is_Read(string cell, string choice) => ImportCells
        .Own(cell, Field(ContactFieldKind.Choice) with { Choices = ["Plata", "Oro"] }).ShouldBe(choice);

    private static ContactFieldDefinition Field(ContactFieldKind kind) =>
        new("own", new ContactFieldLabel("Propio", "Own"), kind);
}
