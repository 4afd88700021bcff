using CallMyWay.Functions.Numbers;
using Lib = PhoneNumbers;

namespace CallMyWay.Functions.Tests.Numbers;

public sealed class PhoneNumberTestsCountries
{
    private static readonly Lib.PhoneNumberUtil Library = Lib.PhoneNumberUtil.GetInstance();
    private static readonly PhoneNumberParser Parser = PhoneNumberTests.From("CR");

    [Theory]
    [InlineData("AR", "+541143215678", "+54 11 4321-5678", "0054 11 4321 5678")]
    [InlineData("AU", "+61412345678", "+61 412 345 678", "0061 (0)412 345 678")]
    [InlineData("AT", "+431234567890", "+43 1 234567890", "0043-1-234567890")]
    [InlineData("BE", "+32470123456", "+32 470 12 34 56", "0032 470/12.34.56")]
    [InlineData("BO", "+59171234567", "+591 71234567", "591 7123 4567")]
    [InlineData("BR", "+5511961234567", "+55 (11) 96123-4567", "0055 11 961234567")]
    [InlineData("BZ", "+5016221234", "+501 622-1234", "00501 6221234")]
    [InlineData("CA", "+15062345678", "+1 (506) 234-5678", "1-506-234-5678")]
    [InlineData("CH", "+41781234567", "+41 (0)78 123 45 67", "0041 78 123 45 67")]
    [InlineData("CL", "+56221234567", "+56 2 2123 4567", "0056 221234567")]
    [InlineData("CN", "+8613123456789", "+86 131 2345 6789", "0086 13123456789")]
    [InlineData("CO", "+573211234567", "+57 321 123 4567", "57 3211234567")]
    [InlineData("CU", "+5351234567", "+53 5 1234567", "0053 51234567")]
    [InlineData("DE", "+4915123456789", "+49 (0)1512 3456789", "0049 1512/3456789")]
    [InlineData("DO", "+18092345678", "+1 809-234-5678", "1 (809) 234 5678")]
    [InlineData("EC", "+593991234567", "+593 99 123 4567", "00593 991234567")]
    [InlineData("ES", "+34612345678", "+34 612 34 56 78", "34612345678")]
    [InlineData("FR", "+33612345678", "+33 (0)6 12 34 56 78", "0033 6.12.34.56.78")]
    [InlineData("GB", "+447400123456", "+44 (0)7400 123456", "011 44 7400 123456")]
    [InlineData("GT", "+50251234567", "+502 5123-4567", "502 51234567")]
    [InlineData("HN", "+50491234567", "+504 9123-4567", "00504 91234567")]
    [InlineData("HT", "+50934101234", "+509 34 10 1234", "509 3410 1234")]
    [InlineData("IL", "+972502345678", "+972 50-234-5678", "00972502345678")]
    [InlineData("IN", "+918123456789", "+91 81234 56789", "0091 8123456789")]
    [InlineData("IT", "+390212345678", "+39 02 1234 5678", "0039 02 12345678")]
    [InlineData("JM", "+18762101234", "+1 876-210-1234", "1.876.210.1234")]
    [InlineData("JP", "+819012345678", "+81 90-1234-5678", "0081 (0)90 1234 5678")]
    [InlineData("KR", "+821020001234", "+82 10-2000-1234", "0082 10 2000 1234")]
    [InlineData("MX", "+522221234567", "+52 1 222 123 4567", "0052 222 123 4567")]
    [InlineData("NI", "+50581234567", "+505 8123 4567", "505-8123-4567")]
    [InlineData("NL", "+31612345678", "+31 (0)6 12345678", "0031 6 12345678")]
    [InlineData("PA", "+50761234567", "+507 6123-4567", "507 61234567")]
    [InlineData("PE", "+51912345678", "+51 912 345 678", "0051 912345678")]
    [InlineData("PR", "+17872345678", "+1 787-234-5678", "1 787 234 5678")]
    [InlineData("PT", "+351912345678", "+351 912 345 678", "00351912345678")]
    [InlineData("PY", "+595961456789", "+595 961 456789", "00595 961456789")]
    [InlineData("RU", "+79123456789", "+7 912 345-67-89", "007 912 3456789")]
    [InlineData("SE", "+46701234567", "+46 (0)70 123 45 67", "0046 701234567")]
    [InlineData("SV", "+50370123456", "+503 7012 3456", "503 70123456")]
    [InlineData("US", "+13055551234", "+1 (305) 555-1234", "001 305.555.1234")]
    [InlineData("UY", "+59894231234", "+598 94 231 234", "00598 94231234")]
    [InlineData("VE", "+584121234567", "+58 412-1234567", "0058 412 1234567")]
    [InlineData("ZA", "+27711234567", "+27 71 123 4567", "0027 711234567")]
    public void Numbers_Of_The_World_Are_Parsed_In_Costa_Rica(
        string country, string e164, string written, string dialled)
    {
        foreach (var text in new[] { e164, written, dialled })
        {
            var number = Parser.Parse(text);
            number.Kind.ShouldBe(PhoneNumberKind.Number, text);
            number.E164.ShouldBe(e164, text);
            number.Country.ShouldBe(country, text);
        }
    }

    [Fact]
    public void The_Librarys_Examples_Of_Every_Country_Are_Parsed_In_Costa_Rica()
    {
        foreach (var (region, example) in Examples())
        {
            var e164 = Library.Format(example, Lib.PhoneNumberFormat.E164);
            string[] forms =
            [
                e164, "00" + e164[1..], "011" + e164[1..], Library.Format(example, Lib.PhoneNumberFormat.INTERNATIONAL),
                Library.Format(example, Lib.PhoneNumberFormat.RFC3966),
            ];
            foreach (var form in forms)
            {
                Parser.Parse(form).E164.ShouldBe(e164, $"{region} {form}");
            }

            Parser.Parse(Parser.DialledAtHome(e164)).E164.ShouldBe(e164, $"{region} as it is dialled");
        }
    }

    [Fact]
    public void A_Contact_Of_Every_Country_Is_Offered_Where_The_Plus_Is_Missing()
    {
        foreach (var (region, example) in Examples())
        {
            var e164 = Library.Format(example, Lib.PhoneNumberFormat.E164);
            var (contact, caller) = (Parser.Parse(e164), Parser.ParseCaller(e164[1..]));
            Parser.Compare(contact, caller).ShouldNotBe(NumberMatch.None, $"{region} {e164}");
            Parser.KeysOf(contact).ShouldContain(caller.MatchKey, $"{region} {e164}");
            if (caller.E164 is null)
            {
                // Also where the contact's number was typed without the plus, unless it is a number at home.
                Parser.Compare(caller, contact).ShouldNotBe(NumberMatch.None, $"{region} {e164}");
                Parser.KeysOf(caller).ShouldContain(contact.MatchKey, $"{region} {e164}");
            }
        }
    }

    [Fact]
    public void Every_Countrys_Examples_Are_Parsed_At_Home_As_Its_People_Write_Them()
    {
        foreach (var region in Examples().GroupBy(example => example.Region, StringComparer.Ordinal))
        {
            var home = PhoneNumberTests.From(region.Key);
            foreach (var (_, example) in region)
            {
                var e164 = Library.Format(example, Lib.PhoneNumberFormat.E164);
                var national = Library.Format(example, Lib.PhoneNumberFormat.NATIONAL);
                if (Library.GetNationalSignificantNumber(example).Length < 6)
                {
                    // It is written like an extension: only the whole form is certain.
                    continue;
                }

                var number = home.Parse(national);
                number.E164.ShouldBe(e164, $"{region.Key} {national}");
                // Where every number has eight digits, people write a hyphen between the groups.
                home.View(number).Display.ShouldBe(
                    region.Key is "CR" or "GT" or "NI" ? national.Replace(' ', '-') : national, region.Key);
            }
        }
    }

    [Theory]
    [InlineData("MX", "5512345678", "+525512345678", "55 1234 5678")]
    [InlineData("MX", "01 55 1234 5678", "+525512345678", "55 1234 5678")]
    [InlineData("MX", "044 55 1234 5678", "+525512345678", "55 1234 5678")]
    [InlineData("MX", "1 55 1234 5678", "+525512345678", "55 1234 5678")]
    [InlineData("MX", "521 55 1234 5678", "+525512345678", "55 1234 5678")]
    [InlineData("MX", "00 506 8888 8888", "+50688888888", "+506 8888 8888")]
    [InlineData("US", "(305) 555-1234", "+13055551234", "(305) 555-1234")]
    [InlineData("US", "1-305-555-1234", "+13055551234", "(305) 555-1234")]
    [InlineData("US", "1-800-FLOWERS", "+18003569377", "(800) 356-9377")]
    [InlineData("US", "011 506 8888 8888", "+50688888888", "+506 8888 8888")]
    [InlineData("US", "50688888888", "+50688888888", "+506 8888 8888")]
    [InlineData("US", "+1 416 555 1234", "+14165551234", "(416) 555-1234")]
    [InlineData("ES", "912 34 56 78", "+34912345678", "912 34 56 78")]
    [InlineData("ES", "0034 912345678", "+34912345678", "912 34 56 78")]
    [InlineData("ES", "34912345678", "+34912345678", "912 34 56 78")]
    [InlineData("PA", "264-1234", "+5072641234", "264-1234")]
    [InlineData("PA", "2641234", "+5072641234", "264-1234")]
    [InlineData("PA", "507 6123 4567", "+50761234567", "6123-4567")]
    [InlineData("NI", "8888 8888", "+50588888888", "8888-8888")]
    [InlineData("NI", "1800 1234", "+50518001234", "1800-1234")]
    [InlineData("CO", "300 123 4567", "+573001234567", "300 1234567")]
    [InlineData("CO", "601 234 5678", "+576012345678", "(601) 2345678")]
    [InlineData("CO", "03 300 1234567", "+573001234567", "300 1234567")]
    [InlineData("AR", "011 15-2345-6789", "+5491123456789", "011 15-2345-6789")]
    public void The_Home_Country_Is_A_Setting(string country, string text, string e164, string display)
    {
        var home = PhoneNumberTests.From(country);
        var number = home.Parse(text);
        number.E164.ShouldBe(e164);
        home.View(number).Display.ShouldBe(display);
    }

    [Theory]
    [InlineData("US", "+1 911 555 1234")]
    [InlineData("US", "+1 011 506 8888")]
    [InlineData("MX", "+52 0050 688888")]
    [InlineData("MX", "+52 9110 000000")]
    [InlineData("GT", "+502 1200 0000")]
    [InlineData("NI", "+505 0011 2345")]
    [InlineData("ES", "+34 112 000 000")]
    public void Digits_That_Another_Home_Country_Would_Dial_As_Something_Else_Are_No_Number(string country, string text)
    {
        PhoneNumberTests.From(country).Parse(text).E164.ShouldBeNull();
        // In another country it is a country code and as many digits as that country's numbers have.
        PhoneNumberTests.From("CR").Parse(text).E164.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("MX", "911")]
    [InlineData("US", "911")]
    [InlineData("US", "411")]
    [InlineData("ES", "112")]
    [InlineData("CO", "123")]
    [InlineData("NI", "128")]
    public void Short_Codes_Are_Those_Of_The_Home_Country(string country, string code) =>
        PhoneNumberTests.From(country).Parse(code).IsShortCode.ShouldBeTrue();

    [Fact]
    public void Only_Countries_With_A_Numbering_Plan_Are_Known()
    {
        PhoneNumberParser.Knows("CR").ShouldBeTrue();
        PhoneNumberParser.Knows("ZZ").ShouldBeFalse();
    }

    private static IEnumerable<(string Region, Lib.PhoneNumber Example)> Examples() =>
        from region in Library.GetSupportedRegions()
        from type in new[] { Lib.PhoneNumberType.FIXED_LINE, Lib.PhoneNumberType.MOBILE }
        let example = Library.GetExampleNumberForType(region, type)
        where example is not null
        select (region, example);
}
