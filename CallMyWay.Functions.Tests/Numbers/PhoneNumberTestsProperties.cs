using System.Globalization;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Lib = PhoneNumbers;

namespace CallMyWay.Functions.Tests.Numbers;

public sealed class PhoneNumberTestsProperties
{
    private static readonly PhoneNumberParser Parser = PhoneNumberTests.From("CR");
    private static readonly Config Many = Properties.Config(1500);

    // Digits and separators, so that many of the texts are numbers.
    private static readonly Arbitrary<string> Numberlike = Gen.Elements(
        "0123456789+ -()./x#,;*@:eEtT\u00a0\u200e\u202e\uff18٨\0".ToCharArray())
        .ArrayOf().Select(chars => new string(chars)).ToArbitrary();

    private static readonly Arbitrary<string> EightDigits = Gen.Choose(0, 99_999_999)
        .Select(n => n.ToString("D8", CultureInfo.InvariantCulture)).ToArbitrary();

    [Fact]
    public void No_Text_Makes_The_Parser_Throw_Or_Display_Odd_Characters()
    {
        Prop.ForAll<string>(text => IsSound(text)).Check(Many);
        Prop.ForAll(Numberlike, text => IsSound(text)).Check(Many);
    }

    [Fact]
    public void A_Numbers_E164_Is_Parsed_As_The_Same_Number() => Prop.ForAll(Numberlike, text =>
    {
        var number = Parser.Parse(text);
        return number.E164 is null || (Parser.Parse(number.E164).E164 == number.E164
            && Parser.Compare(number, Parser.Parse(number.E164)) == NumberMatch.Exact
            && Parser.Parse(number.E164).MatchKey == number.MatchKey);
    }).Check(Many);

    [Fact]
    public void What_Is_Dialled_At_Home_Means_The_Same_Number() => Prop.ForAll(Numberlike, EightDigits, (text, digits) =>
    {
        foreach (var e164 in new[] { text, digits, $"+506 {digits}", $"+506 {digits}12", $"+506 1900 {digits}", $"+{digits}{digits[..3]}" }.Select(each => Parser.Parse(each).E164).OfType<string>())
        {
            // In foreign numbers that no plan has, a 0 behind the country code may be parsed as a prefix; then it also
            // is in the whole number.
            Parser.Parse(Parser.DialledAtHome(e164)).E164.ShouldBe(
                e164.StartsWith(Parser.HomePrefix, StringComparison.Ordinal) ? e164 : Parser.Parse(e164).E164);
        }
    }).Check(Many);

    [Theory]
    [InlineData("CR")]
    [InlineData("GT")]
    [InlineData("NI")]
    public void The_Shortcut_The_Full_Parse_And_The_Library_Agree(string country)
    {
        var parser = PhoneNumberTests.From(country);
        var library = Lib.PhoneNumberUtil.GetInstance();
        var code = library.GetCountryCodeForRegion(country).ToString(CultureInfo.InvariantCulture);
        Prop.ForAll(EightDigits, digits =>
        {
            foreach (var text in new[]
            {
                digits, $"{digits[..4]} {digits[4..]}", $"{digits[..4]}-{digits[4..]}", $"+{code}{digits}", $"+{code} {digits[..4]}-{digits[4..]}",
                $"{code}{digits}", $"{code} {digits[..4]} {digits[4..]}", $" {digits} ", $"+ {code} {digits}-",
            })
            {
                var number = parser.Parse(text);
                number.ShouldBe(parser.ReadAny(text, fromOperator: false), text);
                parser.ParseCaller(text).ShouldBe(parser.ReadAny(text, fromOperator: true), text);
                if (digits[0] is >= '2' and <= '8'
                    && library.Parse(text, country) is var same
                    && library.IsValidNumber(same))
                {
                    number.E164.ShouldBe(library.Format(same, Lib.PhoneNumberFormat.E164), text);
                    number.Country.ShouldBe(library.GetRegionCodeForNumber(same), text);
                }
            }
        }).Check(Properties.Config(300));
    }

    [Fact]
    public void Numbers_That_Match_Share_Their_Key() => Prop.ForAll(Numberlike, Numberlike, (a, b) =>
    {
        var (x, y) = (Parser.Parse(a), Parser.Parse(b));
        return Parser.Compare(x, y) == Parser.Compare(y, x)
            && (Parser.Compare(x, y) == NumberMatch.None
                || Parser.KeysOf(x).Contains(y.MatchKey) || Parser.KeysOf(y).Contains(x.MatchKey));
    }).Check(Many);

    [Fact]
    public void Two_Complete_Numbers_Of_A_Country_Are_Each_Other_Only_Where_They_Are_The_Same()
    {
        var spanish = Gen.Elements("912", "612", "722", "931").ToArbitrary();
        Prop.ForAll(spanish, spanish, EightDigits, (a, b, digits) =>
        {
            foreach (var (home, prefix) in new[] { ("CR", "+34"), ("ES", "") })
            {
                var parser = PhoneNumberTests.From(home);
                var (x, y) = (parser.Parse($"{prefix}{a}{digits[2..]}"), parser.Parse($"{prefix}{b}{digits[2..]}"));
                parser.Compare(x, y).ShouldBe(a == b ? NumberMatch.Exact : NumberMatch.None, $"{x} {y}");
            }
        }).Check(Properties.Config(300));
    }

    [Fact]
    public void A_Caller_Without_Digits_Is_Never_Found_By_A_Number() => Prop.ForAll<string>(text =>
    {
        var caller = Parser.ParseCaller(string.Concat((text ?? "").Where(c => !char.IsDigit(c))));
        return caller.Kind == PhoneNumberKind.Private
            || (caller.Kind == PhoneNumberKind.Extension && caller.NeedsMapping);
    }).Check(Many);

    [Fact]
    public void One_Digit_Again_And_Again_Is_A_Number_Only_In_The_Plan()
    {
        var library = Lib.PhoneNumberUtil.GetInstance();
        foreach (var text in "123456789".SelectMany(digit => Enumerable.Range(8, 8).Select(n => new string(digit, n))))
        {
            var caller = Parser.ParseCaller(text);
            if (caller.E164 is null)
            {
                caller.Kind.ShouldBe(PhoneNumberKind.Private, text);
            }
            else
            {
                library.IsValidNumber(library.Parse(caller.E164, null)).ShouldBeTrue(text);
            }
        }
    }

    [Fact]
    public void A_Letter_In_Place_Of_A_Digit_Never_Gives_A_Number() =>
        Prop.ForAll(EightDigits, Gen.Choose(0, 7).ToArbitrary(), Gen.Elements("OoIl".ToCharArray()).ToArbitrary(), (digits, at, letter) =>
        {
            foreach (var text in new[] { digits, $"+506{digits}", $"506{digits}" })
            {
                var place = text.Length - 8 + at;
                var slip = $"{text[..place]}{letter}{text[(place + 1)..]}";
                Parser.Parse(slip).E164.ShouldBeNull(slip);
                Parser.Parse(slip).MatchKey.ShouldBeEmpty(slip);
                var dashed = $"{slip[..^4]}-{slip[^4..]}";
                Parser.Parse(dashed).E164.ShouldBeNull(dashed);
            }
        }).Check(Properties.Config(500));

    [Fact]
    public void Two_Numbers_With_Any_Separator_Are_Both_Read()
    {
        var home = Gen.Choose(60_000_000, 72_999_999)
            .Select(n => n.ToString(CultureInfo.InvariantCulture)).ToArbitrary();
        var separators = Gen.Elements(" / ", "/", ", ", "; ", " y ", " o ", " | ", " & ", " - ", " ", "\n", " casa ",
            ":", " : ", "·", "_", "*", " tel2 ", " 2) ", " 2. ")
            .ToArbitrary();
        Prop.ForAll(home, home, separators, (a, b, separator) =>
        {
            var library = Lib.PhoneNumberUtil.GetInstance();
            if (!library.IsValidNumber(library.Parse(a, "CR")) || !library.IsValidNumber(library.Parse(b, "CR")))
            {
                return;
            }

            foreach (var text in new[]
            {
                $"{a}{separator}{b}",
                $"{a[..4]}-{a[4..]}{separator}{b[..4]} {b[4..]}",
                $"+506 {a}{separator}+506{b}",
            })
            {
                var read = Parser.ParseAll(text);
                read.Select(number => number.E164)
                    .ShouldBe(new[] { $"+506{a}", $"+506{b}" }.Distinct(), text);
            }
        }).Check(Properties.Config(500));
    }

    [Fact]
    public void A_Field_With_One_Number_At_Most_Is_Never_Unclear() => Prop.ForAll<long>(n =>
    {
        var digits = Math.Abs(n % 1_000_000_000_000_000).ToString(CultureInfo.InvariantCulture);
        var middle = digits.Length / 2;
        foreach (var text in new[] { digits, $"+{digits}", $"{digits[..middle]}-{digits[middle..]}", $"tel {digits}" })
        {
            Parser.IsUnclear(text).ShouldBeFalse(text);
        }
    }).Check(Many);

    [Fact]
    public void All_Of_A_Field_Has_The_Number_That_Is_Read_Of_It()
    {
        // A slash within a number, beside other numbers of an address.
        HasTheNumber("T/\u200e*x280.// \u200e5８237T#2٨.*.#00８2T )+* -7t(1,6８e9x51E-e٨ \u200e*tet9(+- (٨８-@\0(3 9@)4\0")
            .ShouldBeTrue();
        Prop.ForAll(Numberlike, HasTheNumber).Check(Many);

        static bool HasTheNumber(string text) =>
            Parser.Parse(text).E164 is not { } e164 || Parser.ParseAll(text).Any(number => number.E164 == e164);
    }

    private static bool IsSound(string? text)
    {
        foreach (var number in new[] { Parser.Parse(text), Parser.ParseCaller(text) })
        {
            var display = Parser.View(number).Display;
            if (!IsPlain(display) || !IsPlain(number.Received) || number.Received.Length > 64 || number.E164 is { Length: > 16 }
                || number.MatchKey is not "" && !Functions.Storage.Keys.IsValid(number.MatchKey))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlain(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return false;
            }
        }

        return true;
    }
}
