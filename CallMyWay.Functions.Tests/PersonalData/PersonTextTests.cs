using CallMyWay.Functions.PersonalData;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.PersonalData;

/// <summary>How a person is found in stored text, by the rule alone.</summary>
public sealed class PersonTextTests
{
    private static readonly PersonText Zenobia = new(new Person
    {
        ContactIds = ["0191a0000000700080000000000000aa", "7"],
        Names = ["Zenobia Quirós"],
        Numbers = ["+50661239874", "+13055550147", "20261127"],
        MatchKeys = ["61239874"],
        Documents = ["1-0578-0342", "C02718345"],
        Emails = ["zenobia.q@correo.test"],
    });

    [Theory]
    [InlineData("61239874", "xxxxxxxx")]
    [InlineData("+506 6123-9874", "+506 xxxx-xxxx")]
    [InlineData("{\"ani\":\"50661239874\"}", "{\"ani\":\"506xxxxxxxx\"}")]
    [InlineData("(305) 555-0147", "(30x) xxx-xxxx")]
    [InlineData("dial~_2B50661239874", "dial~_2B506xxxxxxxx")]
    [InlineData("Llame al 6123 98 74, por favor", "Llame al xxxx xx xx, por favor")]
    [InlineData("6123 – 9874", "xxxx – xxxx")]
    [InlineData("6123–98–74", "xxxx–xx–xx")]
    [InlineData("6123 - 9874", "xxxx - xxxx")]
    [InlineData("6123\u22129874", "xxxx\u2212xxxx")]
    [InlineData("6123\u00A09874", "xxxx\u00A0xxxx")]
    [InlineData("\"Tel.\\u00A06123\\u202F9874\\u00A0\"", "\"Tel.\\u00A0xxxx\\u202Fxxxx\\u00A0\"")]
    [InlineData("(506) 6123 — 9874.", "(506) xxxx — xxxx.")]
    [InlineData("105780342", "xxxxxxxxx")]
    [InlineData("1 – 0578 – 0342", "x – xxxx – xxxx")]
    [InlineData("Cédula 1–578–342", "Cédula x–xxx–xxx")]
    [InlineData("Cédula 1-578-342", "Cédula x-xxx-xxx")]
    [InlineData("0105780342", "0xxxxxxxxx")]
    [InlineData("c-02718345", "x-xxxxxxxx")]
    [InlineData("Zenobia.Q@Correo.test;", "xxxxxxx.x@xxxxxx.xxxx;")]
    public void Each_Way_To_Write_A_Detail_Is_Found_And_Masked(string text, string masked)
    {
        Zenobia.HasDetail(text).ShouldBeTrue();
        Zenobia.Masked(text).ShouldBe(masked);
    }

    [Theory]
    [InlineData("61239875")]
    [InlineData("612398741")]
    [InlineData("2517661239874000000")]
    [InlineData("a61239874b")]
    [InlineData("2026-11-27")]
    [InlineData("20261127T083000Z")]
    [InlineData("otrazenobia.q@correo.test")]
    [InlineData("1-0578-03421")]
    [InlineData("6123 – 98741")]
    [InlineData("6123–9875")]
    [InlineData("6123 y 9874")]
    [InlineData("1–578–3421")]
    public void What_Only_Looks_Like_It_Is_Left(string text)
    {
        Zenobia.HasDetail(text).ShouldBeFalse();
        Zenobia.Masked(text).ShouldBeSameAs(text);
    }

    [Theory]
    [InlineData("José María Peñaranda Ugalde", "Oficio de José Peñaranda", true)]
    [InlineData("José María Peñaranda Ugalde", "Peñaranda Ugalde, José María", true)]
    [InlineData("José María Peñaranda Ugalde", "PENARANDA-UGALDE 2026", true)]
    [InlineData("José María Peñaranda Ugalde", "Oficio 2026-014, José", false)]
    [InlineData("María de la Cruz", "Solicitud de la oficina 14", false)]
    [InlineData("María de la O", "Oficio de la señora María", false)]
    [InlineData("Li Wu", "Solicitud de Li Wu", true)]
    [InlineData("Li Wu", "Solicitud de Wu", false)]
    public void Two_Words_Of_A_Name_Tell_Of_The_Person_In_Any_Order(string name, string text, bool tells) =>
        new PersonText(new Person { ContactIds = [], Names = [name] }).HasMuchOfName(text).ShouldBe(tells);

    [Theory]
    [InlineData("{\"contactId\":\"0191a0000000700080000000000000aa\"}", true)]
    [InlineData("contact~0191a0000000700080000000000000aa", true)]
    [InlineData("0191a0000000700080000000000000aab", false)]
    [InlineData("{\"contactId\":\"7\",\"a\":1}", true)]
    [InlineData("{\"count\":\"7\"}", false)]
    public void An_Id_Is_Found_As_One_Of_A_Contact(string text, bool isFound) => Zenobia.HasId(text).ShouldBe(isFound);

    [Theory]
    [InlineData("{\"query\":\"ZENOBIA quiros\"}", true)]
    [InlineData("{\"query\":\"Zenobia\"}", false)]
    [InlineData("{\"query\":\"Quirós Zenobia\"}", false)]
    public void A_Name_Is_Found_Whatever_Its_Accents(string text, bool isFound) => Zenobia.HasName(text).ShouldBe(isFound);

    [Fact]
    public void The_Document_Says_Of_Each_Table_What_Becomes_Of_It()
    {
        var document = SourceFiles.Read("docs/personal-data.md");
        StorageNames.Tables.Where(table => !document.Contains($"`{table}`", StringComparison.Ordinal)).ShouldBeEmpty();
        ErasedTables.Without.Where(table => !StorageNames.Tables.Contains(table)).ShouldBeEmpty();
    }
}
