using CallMyWay.Functions.ContactImports;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;

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
        ImportCells.Own(cell, Field(ContactFieldKind.Amount), "CRC").ShouldBe(amount);

    [Theory]
    [InlineData("CRC 15.557,50", "CRC", "15557.50")]
    [InlineData("15.557,50 CRC", "CRC", "15557.50")]
    [InlineData("CRC\u00A015557.50", null, "15557.50")]
    [InlineData("¢15.557,50", "CRC", "15557.50")]
    [InlineData("₡ 1 500,50 CRC", "CRC", "1500.50")]
    [InlineData("-₡20", "CRC", "-20")]
    [InlineData("₡-20", "CRC", "-20")]
    [InlineData("$12.50", "USD", "12.50")]
    [InlineData("US$ 1,099.90", "USD", "1099.90")]
    [InlineData("USD 12", "USD", "12")]
    [InlineData("€5", "EUR", "5")]
    [InlineData("5,50 €", "EUR", "5.50")]
    [InlineData("EUR5", "EUR", "5")]
    [InlineData("GTQ 1.500", "GTQ", "1500")]
    public void An_Amount_Has_The_Currency_Of_Its_Field(string cell, string? currency, string amount) =>
        ImportCells.Own(cell, Field(ContactFieldKind.Amount) with { Currency = currency }, "CRC").ShouldBe(amount);

    [Theory]
    [InlineData("$12.50", null, "CRC", "USD")]
    [InlineData("US$ 99.90", "CRC", "CRC", "USD")]
    [InlineData("USD 12", "CRC", "CRC", "USD")]
    [InlineData("€5", "CRC", "CRC", "EUR")]
    [InlineData("GBP 5", "CRC", "CRC", "GBP")]
    [InlineData("₡ 5 USD", "CRC", "CRC", "USD")]
    [InlineData("¢1.500", "USD", "USD", "CRC")]
    [InlineData("CRC 1.500", "EUR", "EUR", "CRC")]
    public void An_Amount_In_Another_Currency_Is_Refused_In_Words(
        string cell, string? currency, string own, string other)
    {
        var field = Field(ContactFieldKind.Amount) with { Currency = currency };

        ImportCells.Own(cell, field, "CRC").ShouldBe(cell);

        RefusalOf(cell, field).Es.ShouldBe($"«Propio» es un monto en {own} y la celda está en {other}: conviértalo, o "
            + $"impórtelo en un campo en {other}.");
        RefusalOf(cell, field).En.ShouldStartWith($"“Own” is an amount in {own}, and the cell is in {other}:");
    }

    [Fact]
    public void A_Number_Has_No_Currency()
    {
        ImportCells.Own("₡1.500", Field(ContactFieldKind.Number), "CRC").ShouldBe("₡1.500");
        ImportCells.Own("1.500", Field(ContactFieldKind.Number), "CRC").ShouldBe("1500");

        RefusalOf("₡1.500", Field(ContactFieldKind.Number)).Es.ShouldBe(
            "«Propio» es un número sin moneda y la celda está en CRC: para dinero, defina el campo como monto.");
    }

    [Theory]
    [InlineData("mucho")]
    [InlineData("₡mucho")]
    [InlineData("CRC 1.50.000")]
    public void What_Is_No_Amount_Is_Refused_As_The_Form_Does(string cell) =>
        RefusalOf(cell, Field(ContactFieldKind.Amount)).ShouldBe(Field(ContactFieldKind.Amount).Refusal());

    [Theory]
    [InlineData("12.345", "012.345")]
    [InlineData("-1.500", "-01.500")]
    [InlineData("0.125", "0.125")]
    [InlineData("1500.375", "1500.375")]
    [InlineData("12.3450", "12.3450")]
    [InlineData("999.123456", "999.123456")]
    [InlineData("12345", "12345")]
    [InlineData("007", "007")]
    [InlineData("-0", "-0")]
    [InlineData("012.345", "0012.345")]
    [InlineData("-0012.345", "-00012.345")]
    [InlineData("00.500", "00.500")]
    [InlineData("123456789012345.123456", "123456789012345.123456")]
    [InlineData("nada", "nada")]
    public void An_Amount_Is_Written_So_That_The_Same_Is_Read_Again(string amount, string cell)
    {
        ImportCells.OfOwn(amount, Field(ContactFieldKind.Amount), CsvForm.Comma).ShouldBe(cell);
        ImportCells.Own(cell, Field(ContactFieldKind.Amount), "CRC").ShouldBe(amount);
        ImportCells.OfOwn(amount, Field(ContactFieldKind.Text), CsvForm.Semicolon).ShouldBe(amount);
        var withComma = ImportCells.OfOwn(amount, Field(ContactFieldKind.Amount), CsvForm.Semicolon);
        ImportCells.Own(withComma, Field(ContactFieldKind.Amount), "CRC").ShouldBe(amount);
    }

    [Theory]
    [InlineData("1500.375", "1500,375")]
    [InlineData("-0.50", "-0,50")]
    [InlineData("12.345", "012,345")]
    [InlineData("00.500", "00.500")]
    public void With_Semicolons_An_Amount_Has_A_Comma_Unless_It_Would_Be_Read_As_Another(string amount, string cell) =>
        ImportCells.OfOwn(amount, Field(ContactFieldKind.Amount), CsvForm.Semicolon).ShouldBe(cell);

    [Theory]
    [InlineData("3/11/2026", "2026-11-03")]
    [InlineData("2026-11-03 00:00:00", "2026-11-03")]
    [InlineData("03-11-2026", "2026-11-03")]
    [InlineData("pronto", "pronto")]
    public void A_Day_Is_Read(string cell, string day) =>
        ImportCells.Own(cell, Field(ContactFieldKind.Date), "CRC").ShouldBe(day);

    [Theory]
    [InlineData("ORO", "Oro")]
    [InlineData("plomo", "plomo")]
    public void A_Choice_Is_Read(string cell, string choice) => ImportCells
        .Own(cell, Field(ContactFieldKind.Choice) with { Choices = ["Plata", "Oro"] }, "CRC").ShouldBe(choice);

    private static Phrase RefusalOf(string value, ContactFieldDefinition field) =>
        ImportCells.Refusal(new ContactFieldList([field], null), _ => value, null, "CRC").ShouldNotBeNull();

    private static ContactFieldDefinition Field(ContactFieldKind kind) =>
        new("own", new ContactFieldLabel("Propio", "Own"), kind);
}
