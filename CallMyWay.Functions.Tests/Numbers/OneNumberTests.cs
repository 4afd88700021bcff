using System.Globalization;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace CallMyWay.Functions.Tests.Numbers;

/// <summary>Which texts a click dials without asking.</summary>
public sealed class OneNumberTests
{
    private static readonly PhoneNumberParser Parser = PhoneNumberTests.From("CR");

    private static readonly Arbitrary<string> Numbers = Gen.Choose(20_000_000, 89_999_999)
        .Select(n => n.ToString(CultureInfo.InvariantCulture)).ToArbitrary();

    // No plus, as another number begins with it, and nothing that begins an extension.
    private static readonly Arbitrary<string> Separators = Gen
        .Elements(
            "", " ", "-", ".", "/", ",", " / ", ", ", "; ", " y ", " - ", " (", ":", "_", "\n", "\u00a0", " casa ")
        .ToArbitrary();

    private static readonly Arbitrary<int> More = Gen.Choose(0, 99_999_999).ToArbitrary();

    [Theory]
    [InlineData("88881234")]
    [InlineData("8888 1234")]
    [InlineData("8888-1234")]
    [InlineData("8888.1234")]
    [InlineData("8888/1234")]
    [InlineData("88 88 12 34")]
    [InlineData("+506 8888-1234")]
    [InlineData("(506) 8888 1234")]
    [InlineData("(+506) 8888-1234")]
    [InlineData("50688881234")]
    [InlineData("00506 8888 1234")]
    [InlineData("011 506 8888 1234")]
    [InlineData("0 8888-1234")]
    [InlineData("８８８８－１２３４")]
    [InlineData("٨٨٨٨١٢٣٤")]
    [InlineData("8888\u00a01234")]
    [InlineData("\u202a+506 8888 1234\u202c")]
    [InlineData("tel:+506-8888-1234")]
    [InlineData("tel:8888-1234;phone-context=+506")]
    [InlineData("tel:+506-8888-1234;ext=5")]
    [InlineData("sips:+50688881234@callmyway.com:5061;transport=tls")]
    [InlineData("\"Ana\" <sip:88881234@callmyway.com>")]
    [InlineData("Cel: 8888-1234")]
    [InlineData("8888-1234 (casa)")]
    [InlineData("8888-1234 ext. 5")]
    [InlineData("8888-1234 x5")]
    [InlineData("8888-1234 #5")]
    [InlineData("8888-1234 extensión 5")]
    [InlineData("8888-1234 (ext. 5)")]
    [InlineData("8888-1234;ext=5")]
    public void A_Single_Number_Is_Dialled_In_Any_Form(string text)
    {
        Parser.Parse(text).E164.ShouldBe("+50688881234");
        IsDialled(text).ShouldBeTrue();
    }

    [Theory]
    [InlineData("800-123-4567")]
    [InlineData("800-CALL-NOW")]
    [InlineData("+1 800 FLOWERS")]
    [InlineData("+1 305 555 0142")]
    [InlineData("1-305-555-0142")]
    [InlineData("+44 (0)20 7946 0958")]
    [InlineData("+52 1 55 1234 5678")]
    [InlineData("911")]
    [InlineData("9-1-1")]
    public void A_Number_Of_Unusual_Length_Is_Dialled_Too(string text) => IsDialled(text).ShouldBeTrue();

    [Theory]
    // More digits than a number has.
    [InlineData("4111 1111 1111 1111")]
    [InlineData("5555 5555 5555 4444")]
    [InlineData("6011-1111-1111-1117")]
    [InlineData("4904 3620 5859 1092")]
    [InlineData("4904362058591092")]
    [InlineData("3782 822463 10005")]
    [InlineData("8888 1234 5")]
    [InlineData("8888 1234 56")]
    [InlineData("8888-1234-5")]
    [InlineData("8888-1234 5")]
    [InlineData("8888-1234 (2)")]
    [InlineData("8888-1234 opción 5")]
    [InlineData("8888-1234 ext. 5 piso 2")]
    [InlineData("1 8888 1234")]
    [InlineData("2: 8888-1234")]
    [InlineData("casa 8, 8888-1234")]
    [InlineData("Tel 2 8888-1234")]
    [InlineData("\"Oficina 2\" <8888-1234>")]
    // Two numbers.
    [InlineData("8888-1234 / 2222-3333")]
    [InlineData("8888-1234, 2222-3333")]
    [InlineData("8888-1234 y 2222-3333")]
    [InlineData("8888-1234 2222-3333")]
    [InlineData("88881234 22223333")]
    [InlineData("8888-1234+2222-3333")]
    [InlineData("8888-1234/35")]
    [InlineData("8888-1234\n2222-3333")]
    [InlineData("8888-1234 ext. 5 / 2222-3333")]
    [InlineData("8888-1234 8888-1234")]
    [InlineData("\"2222-3333\" <sip:88881234@callmyway.com>")]
    // What may be an extension or something else.
    [InlineData("8888-1234,5")]
    [InlineData("88881234,50")]
    // Dates and times.
    [InlineData("20/05/2024")]
    [InlineData("31-12-2024")]
    [InlineData("2024-05-12")]
    [InlineData("2024.5.12 10:30")]
    [InlineData("22 10 2020")]
    // Amounts.
    [InlineData("25.000.000")]
    [InlineData("88,881,234")]
    [InlineData("₡88881234")]
    [InlineData("$ 8888 1234")]
    [InlineData("88881234 €")]
    [InlineData("222222.50")]
    [InlineData("88881234%")]
    // Identity cards and accounts.
    [InlineData("1-1234-0567")]
    [InlineData("2-345-0678")]
    [InlineData("3-101-123456")]
    [InlineData("8888123-4")]
    // What is not written as digits.
    [InlineData("8888 casa")]
    [InlineData("2222 Juan")]
    [InlineData("888 uno 12")]
    [InlineData("800 casa 123")]
    [InlineData("8888-123④")]
    [InlineData("8888 1234½")]
    [InlineData("8888 1234²")]
    [InlineData("8️⃣8️⃣8️⃣8️⃣1️⃣2️⃣3️⃣4️⃣")]
    [InlineData("8888:1234")]
    [InlineData("8888_1234")]
    public void A_Text_That_Is_Not_Exactly_One_Number_Is_Not_Dialled(string text) => IsDialled(text).ShouldBeFalse();

    [Fact]
    public void A_Text_That_Is_Longer_Than_A_Number_Is_Not_Cut() =>
        IsDialled($"8888-1234{new string(' ', 300)}5").ShouldBeFalse();

    [Fact]
    public void Digits_Behind_Or_Before_A_Number_Are_Never_Cut_Off() => Prop.ForAll(Numbers, Separators, More, (number, separator, more) =>
    {
        string[] texts =
        [
            $"{number[..4]}-{number[4..]}{separator}{more}", $"{number}{separator}{more}", $"{more}{separator}{number}", $"+506 {number}{separator}{more}",
        ];
        foreach (var text in texts.Where(IsDialled))
        {
            var digits = string.Concat(text.Where(char.IsAsciiDigit));
            var e164 = Parser.Parse(text).E164!;
            // All digits may be a foreign number, and people add a single 0 to home numbers out of habit.
            if (e164.StartsWith("+506", StringComparison.Ordinal))
            {
                digits.ShouldBeOneOf(e164[4..], $"0{e164[4..]}", e164[1..]);
            }
            else
            {
                (digits.Length <= 13 || digits[0] == '0').ShouldBeTrue(text);
                digits.Length.ShouldBeLessThanOrEqualTo(e164.Length + 3, text);
            }
        }
    }).Check(Properties.Config(1500));

    [Fact]
    public void Every_Number_Is_Dialled_As_The_Parser_Writes_It() => Prop.ForAll(Numbers, digits =>
    {
        var number = Parser.Parse(digits);
        return number.E164 is null || new[] { digits, number.E164, Parser.View(number).Display, Parser.DialledAtHome(number.E164) }.All(IsDialled);
    }).Check(Properties.Config(500));

    private static bool IsDialled(string text) =>
        Parser.Parse(text) is { Kind: PhoneNumberKind.Number } number
        && (number.E164 is not null || number.IsShortCode)
        && OneNumber.IsAlone(text, number);
}
