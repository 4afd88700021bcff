using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Tests.Numbers;

public sealed class PhoneNumberTests
{
    private static readonly PhoneNumberParser Parser = From("CR");

    internal static PhoneNumberParser From(string country) => new(country);

    [Theory]
    [InlineData("88888888")]
    [InlineData("8888 8888")]
    [InlineData("8888-8888")]
    [InlineData("8888.8888")]
    [InlineData("8888/8888")]
    [InlineData("88 88 88 88")]
    [InlineData(" 8888-8888 ")]
    [InlineData("+50688888888")]
    [InlineData("+506 8888-8888")]
    [InlineData("++506 8888 8888")]
    [InlineData("+ 506 8888 8888")]
    [InlineData("+00506 8888 8888")]
    [InlineData("(506)88888888")]
    [InlineData("(506) 8888-8888")]
    [InlineData("(+506) 8888-8888")]
    [InlineData("506 8888 8888")]
    [InlineData("50688888888")]
    [InlineData("00506 8888 8888")]
    [InlineData("011 506 8888 8888")]
    [InlineData("0 8888-8888")]
    [InlineData("８８８８－８８８８")]
    [InlineData("＋５０６８８８８８８８８")]
    [InlineData("٨٨٨٨٨٨٨٨")]
    [InlineData("۸۸۸۸ ۸۸۸۸")]
    [InlineData("८८८८८८८८")]
    [InlineData("8888–8888")]
    [InlineData("8888−8888")]
    [InlineData("8888\u00a08888")]
    [InlineData("8888\u202f8888")]
    [InlineData("\u200e+506 8888\u200b-8888\u202c")]
    [InlineData("\u202a+506 8888 8888\u202c\ufeff")]
    [InlineData("8888\t8888\r\n")]
    [InlineData("8888\08888")]
    [InlineData("tel:88888888")]
    [InlineData("TEL:+506-8888-8888")]
    [InlineData("tel:8888-8888;phone-context=+506")]
    [InlineData("tel:88888888;phone-context=example.com")]
    [InlineData("callto://+50688888888")]
    [InlineData("sip:88888888@callmyway.com")]
    [InlineData("sips:+50688888888@callmyway.com:5061;transport=tls")]
    [InlineData("sip:%2B50688888888;user=phone@callmyway.com")]
    [InlineData("\"Ana\" <sip:88888888@callmyway.com>")]
    [InlineData("Ana <8888-8888>")]
    [InlineData("88888888@callmyway.com")]
    [InlineData("Cel: 8888-8888")]
    [InlineData("Tel. 8888-8888 trabajo")]
    [InlineData("8888-8888 (casa)")]
    [InlineData("José 8888 8888")]
    public void Every_Way_Of_Writing_A_Number_Gives_The_Same_Number(string text)
    {
        var number = Parser.Parse(text);
        number.Kind.ShouldBe(PhoneNumberKind.Number);
        number.E164.ShouldBe("+50688888888");
        number.Country.ShouldBe("CR");
        number.MatchKey.ShouldBe("88888888");
        number.Extension.ShouldBeNull();
        number.IsShortCode.ShouldBeFalse();
        Parser.ParseCaller(text).E164.ShouldBe("+50688888888");
    }

    [Theory]
    [InlineData("8888-8888 ext 12")]
    [InlineData("8888-8888 Ext. 12")]
    [InlineData("8888-8888 extensión 12")]
    [InlineData("8888-8888 EXTENSION: 12")]
    [InlineData("8888-8888 (ext. 12)")]
    [InlineData("8888-8888, ext 12")]
    [InlineData("8888-8888x12")]
    [InlineData("8888-8888 x 12")]
    [InlineData("8888-8888 #12")]
    [InlineData("8888-8888,12")]
    [InlineData("8888-8888,,12")]
    [InlineData("8888-8888;ext=12")]
    [InlineData("8888-8888 int. 12")]
    [InlineData("8888-8888 anexo 12")]
    [InlineData("+506 8888 8888 x12")]
    [InlineData("tel:+506-8888-8888;ext=12")]
    [InlineData("8888-8888 ext. 12 / 2222-2222")]
    public void An_Extension_Behind_A_Number_Is_Kept_Beside_It(string text)
    {
        var number = Parser.Parse(text);
        number.E164.ShouldBe("+50688888888");
        number.Extension.ShouldBe("12");
        number.Kind.ShouldBe(PhoneNumberKind.Number);
        Parser.View(number).Display.ShouldBe("8888-8888 ext. 12");
    }

    [Theory]
    [InlineData("8888-8888 / 2222-2222")]
    [InlineData("8888-8888/2222-2222")]
    [InlineData("8888-8888, 2222-2222")]
    [InlineData("8888-8888; 2222-2222")]
    [InlineData("8888-8888 y 2222-2222")]
    [InlineData("8888-8888 o 2222-2222")]
    [InlineData("8888-8888 and 2222-2222")]
    [InlineData("8888-8888 | 2222-2222")]
    [InlineData("8888-8888+2222-2222")]
    [InlineData("88888888 22222222")]
    [InlineData("8888 8888 2222 2222")]
    [InlineData("8888-8888\n2222-2222")]
    [InlineData("8888-8888/89")]
    [InlineData("WhatsApp 8888 8888 / casa 2222 2222")]
    public void The_First_Of_Several_Numbers_In_A_Field_Is_Taken(string text) =>
        Parser.Parse(text).E164.ShouldBe("+50688888888");

    [Theory]
    [InlineData("800-123-4567", "+5068001234567", "800-123-4567")]
    [InlineData("8001234567", "+5068001234567", "800-123-4567")]
    [InlineData("+506 800 123 4567", "+5068001234567", "800-123-4567")]
    [InlineData("506 800 123 4567", "+5068001234567", "800-123-4567")]
    [InlineData("00506 900 123 4567", "+5069001234567", "900-123-4567")]
    [InlineData("905 123 4567", "+5069051234567", "905-123-4567")]
    [InlineData("800-CALL-NOW", "+5068002255669", "800-225-5669")]
    [InlineData("2222-2222", "+50622222222", "2222-2222")]
    [InlineData("4001 1234", "+50640011234", "4001-1234")]
    [InlineData("6012 3456", "+50660123456", "6012-3456")]
    [InlineData("7012 3456", "+50670123456", "7012-3456")]
    public void The_Costa_Rican_Plan_Is_Known(string text, string e164, string display)
    {
        var number = Parser.Parse(text);
        number.E164.ShouldBe(e164);
        number.Country.ShouldBe("CR");
        Parser.View(number).Display.ShouldBe(display);
    }

    [Theory]
    [InlineData("79999999", "7999-9999")]
    [InlineData("3123 4567", "3123-4567")]
    [InlineData("+506 8111 1111", "8111-1111")]
    [InlineData("00506 3123 4567", "3123-4567")]
    [InlineData("506 3123 4567", "3123-4567")]
    public void A_Range_That_Is_Not_Assigned_Yet_Is_A_Number(string text, string display)
    {
        var number = Parser.Parse(text);
        number.Kind.ShouldBe(PhoneNumberKind.Number);
        number.Country.ShouldBe("CR");
        Parser.View(number).Display.ShouldBe(display);
    }

    [Theory]
    [InlineData("911")]
    [InlineData("112")]
    [InlineData("1022")]
    [InlineData("1113")]
    [InlineData("1119")]
    [InlineData("9-1-1")]
    public void A_Short_Code_Is_A_Number_Without_E164(string text)
    {
        var number = Parser.ParseCaller(text);
        number.Kind.ShouldBe(PhoneNumberKind.Number);
        number.IsShortCode.ShouldBeTrue();
        number.E164.ShouldBeNull();
        number.MatchKey.ShouldBe(text.Replace("-", "", StringComparison.Ordinal));
        Parser.View(number).Display.ShouldBe(number.MatchKey);
    }

    [Theory]
    [InlineData("12", "12")]
    [InlineData("100", "100")]
    [InlineData("2001", "2001")]
    [InlineData("123456", "123456")]
    [InlineData("8000001", "8000001")]
    [InlineData("x12", "12")]
    [InlineData("#12", "12")]
    [InlineData("ext. 12", "12")]
    [InlineData("Extensión 2001", "2001")]
    [InlineData("sip:2001@pbx.example", "2001")]
    [InlineData("２００１", "2001")]
    public void An_Extension_Is_Told_From_A_Number(string text, string extension)
    {
        var number = Parser.Parse(text);
        number.Kind.ShouldBe(PhoneNumberKind.Extension);
        number.Extension.ShouldBe(extension);
        number.E164.ShouldBeNull();
        number.MatchKey.ShouldBe("x" + extension);
        Parser.View(number).ShouldBe(new NumberView(null, extension, PhoneNumberKind.Extension));
    }

    [Theory]
    [InlineData("ana.zoiper", "ana.zoiper", "xana.zoiper")]
    [InlineData("Ana", "Ana", "xana")]
    [InlineData("agente-01", "agente-01", "xagente-01")]
    [InlineData("user_1", "user_1", "xuser_5F1")]
    [InlineData("sip:ana@callmyway.com", "ana", "xana")]
    [InlineData("private.ana", "private.ana", "xprivate.ana")]
    public void A_Name_Is_An_Endpoint_If_The_Operator_Sends_It_And_Invalid_If_A_Person_Types_It(
        string text, string name, string key)
    {
        var caller = Parser.ParseCaller(text);
        caller.Kind.ShouldBe(PhoneNumberKind.Extension);
        caller.Extension.ShouldBe(name);
        caller.MatchKey.ShouldBe(key);
        Parser.Parse(text).Kind.ShouldBe(PhoneNumberKind.Invalid);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-")]
    [InlineData("0")]
    [InlineData("00000000")]
    [InlineData("null")]
    [InlineData("anonymous")]
    [InlineData("Anonymous")]
    [InlineData("ANÓNIMO")]
    [InlineData("anónimo")]
    [InlineData("PRIVATE")]
    [InlineData("Private number")]
    [InlineData("Número privado")]
    [InlineData("NUMERO OCULTO")]
    [InlineData("restricted")]
    [InlineData("unknown")]
    [InlineData("Unknown caller")]
    [InlineData("unavailable")]
    [InlineData("not available")]
    [InlineData("no disponible")]
    [InlineData("No Caller ID")]
    [InlineData("privado")]
    [InlineData("desconocido")]
    [InlineData("withheld")]
    [InlineData("blocked")]
    [InlineData("+266696687")]
    [InlineData("266696687")]
    [InlineData("sip:anonymous@anonymous.invalid")]
    [InlineData("\"Anonymous\" <sip:anonymous@callmyway.com;user=phone>")]
    [InlineData("anonymous;tag=1")]
    [InlineData("sip:anonymous@asterisk.local")]
    [InlineData("asterisk")]
    [InlineData("Asterisk PBX unknown")]
    [InlineData("OutOfArea")]
    [InlineData("Out of area")]
    [InlineData("FUERA DE ÁREA")]
    [InlineData("Coin line/payphone")]
    [InlineData("Interaction with other service")]
    [InlineData("<unknown>")]
    [InlineData("identidad oculta")]
    [InlineData("Cliente sin número")]
    [InlineData("Nombre: ninguno")]
    [InlineData("PJSIP/anonymous-0000001c")]
    [InlineData("-1")]
    [InlineData("\u22121")]
    [InlineData("-2")]
    [InlineData("sip:-1@10.0.0.1")]
    [InlineData("+7378742833")]
    [InlineData("7378742833")]
    [InlineData("007378742833")]
    [InlineData("5067378742833")]
    [InlineData("sip:+7378742833@callmyway.com")]
    [InlineData("86282452253")]
    [InlineData("+86282452253")]
    [InlineData("1266696687")]
    [InlineData("00266696687")]
    [InlineData("1")]
    [InlineData("99999999")]
    [InlineData("+506 9999 9999")]
    [InlineData("33333333")]
    [InlineData("+50633333333")]
    [InlineData("1111111111")]
    [InlineData("+999999999999999")]
    public void A_Hidden_Caller_Is_Private_If_The_Operator_Sends_It_And_Not_If_A_Person_Types_It(string? text)
    {
        var caller = Parser.ParseCaller(text);
        caller.Kind.ShouldBe(PhoneNumberKind.Private);
        caller.MatchKey.ShouldBeEmpty();
        caller.E164.ShouldBeNull();
        Parser.View(caller).Display.ShouldBeEmpty();
        Parser.Parse(text).Kind.ShouldNotBe(PhoneNumberKind.Private);
    }

    [Theory]
    [InlineData("88888888", "+50688888888")]
    [InlineData("+506 2222 2222", "+50622222222")]
    [InlineData("+17378742833", "+17378742833")]
    [InlineData("+266 5012 3456", "+26650123456")]
    [InlineData("8666-9668", "+50686669668")]
    public void A_Number_That_Looks_Like_A_Hidden_Caller_Is_A_Number(string text, string e164) =>
        Parser.ParseCaller(text).E164.ShouldBe(e164);

    [Theory]
    [InlineData("SOPORTE-88881234")]
    [InlineData("soporte_88881234")]
    [InlineData("Q1-88881234")]
    [InlineData("cola.ventas-8888-1234")]
    [InlineData("SOPORTE:88881234")]
    [InlineData("SOPORTE 8888 1234")]
    [InlineData("VENTAS-50688881234")]
    [InlineData("VENTAS-+50688881234")]
    [InlineData("88881234-SOPORTE")]
    [InlineData("sip:SOPORTE-88881234@callmyway.com")]
    [InlineData("PJSIP/88881234-0000001c")]
    [InlineData("SIP/88881234-b7f0a3c8")]
    [InlineData("PJSIP/+50688881234-0000001c")]
    [InlineData("pjsip/troncal/88881234-0000001c")]
    [InlineData("PJSIP/SOPORTE-88881234-0000001c")]
    [InlineData("Local/88881234@from-internal-0000001c;2")]
    [InlineData("IAX2/88881234-4711")]
    [InlineData("DAHDI/i1/88881234-5")]
    [InlineData("\"Cola\" <PJSIP/88881234-0000001c>")]
    public void A_Number_With_A_Label_Or_In_A_Channels_Name_Is_Read(string text) =>
        Parser.ParseCaller(text).E164.ShouldBe("+50688881234");

    [Fact]
    public void A_Phone_Of_The_Office_Is_Known_By_Its_Whole_Name()
    {
        var phone = Parser.ParsePhone("ana-88881234");
        (phone.Kind, phone.Extension, phone.E164).ShouldBe((PhoneNumberKind.Extension, "ana-88881234", null));
        Parser.ParsePhone("8888-1234").E164.ShouldBe("+50688881234");
    }

    [Theory]
    [InlineData("PJSIP/2001-0000001c", "2001")]
    [InlineData("SIP/ana.zoiper-0000001c", "ana.zoiper")]
    [InlineData("agente-01", "agente-01")]
    [InlineData("a1b2c3-12345678", "a1b2c3-12345678")]
    [InlineData("8700OO13", "8700OO13")]
    public void An_Endpoint_Stays_One(string text, string name)
    {
        var caller = Parser.ParseCaller(text);
        (caller.Kind, caller.Extension).ShouldBe((PhoneNumberKind.Extension, name));
    }

    [Theory]
    [InlineData("\"Juan Pérez\" <88881234>", "Juan Pérez")]
    [InlineData("Juan Pérez <sip:88881234@callmyway.com>", "Juan Pérez")]
    [InlineData("\"Juan \\\"Tito\\\" Pérez\" <88881234>", "Juan \"Tito\" Pérez")]
    [InlineData("\"Juan Pérez\" 88881234", "Juan Pérez")]
    [InlineData("\"8888 1234\" <88881234>", null)]
    [InlineData("\"88881234\"", null)]
    [InlineData("\"Unknown\" <88881234>", null)]
    [InlineData("\"\" <88881234>", null)]
    [InlineData("<88881234>", null)]
    [InlineData("88881234", null)]
    public void A_Name_Beside_The_Number_Is_The_Callers_Own_Word(string text, string? name)
    {
        var caller = Parser.ParseCaller(text);
        (caller.E164, Parser.View(caller).Name).ShouldBe(("+50688881234", name));
        Parser.View(Parser.ParseCaller($"{text} ")).Name.ShouldBe(name);
    }

    [Fact]
    public void A_Name_Beside_A_Hidden_Number_Is_Kept()
    {
        var caller = Parser.ParseCaller("\"Juan Pérez\" <sip:anonymous@anonymous.invalid>");
        Parser.View(caller).ShouldBe(new NumberView(null, "", PhoneNumberKind.Private, "Juan Pérez"));
    }

    [Theory]
    [InlineData("\"Anonymous\" <sip:trunk01@10.0.0.1>", true)]
    [InlineData("\"Restricted\" <trunk01>", true)]
    [InlineData("Privado <sip:2301@10.0.0.1>", true)]
    [InlineData("sip:user1@anonymous.invalid", true)]
    [InlineData("<sip:user1@anonymous.invalid:5060;transport=udp>", true)]
    [InlineData("sip:user1@anonymous", true)]
    [InlineData("\"Juan\" <sip:trunk01@10.0.0.1>", false)]
    [InlineData("sip:user1@pbx.example", false)]
    [InlineData("\"Unknown\" <2001555>", false)]
    public void Whoever_Hides_Behind_A_Trunk_Is_Nobody(string text, bool isHidden)
    {
        var caller = Parser.ParseCaller(text);
        (caller.Kind, caller.NeedsMapping).ShouldBe((PhoneNumberKind.Extension, isHidden));
    }

    [Theory]
    [InlineData("\"Anonymous\" <sip:88881234@10.0.0.1>")]
    [InlineData("sip:+50688881234@anonymous.invalid")]
    public void A_Number_That_Came_All_The_Same_Is_The_Callers(string text) =>
        Parser.ParseCaller(text).E164.ShouldBe("+50688881234");

    [Theory]
    [InlineData("recepcion", true)]
    [InlineData("s", true)]
    [InlineData("O", true)]
    [InlineData("2222", true)]
    [InlineData("ana.zoiper", true)]
    [InlineData("agente-01", false)]
    [InlineData("2001", false)]
    [InlineData("8000001", false)]
    [InlineData("1113", false)]
    public void A_Name_Or_One_Digit_Again_And_Again_Is_Somebody_Only_As_A_Phone_Of_The_Office(
        string text, bool needsMapping) =>
        Parser.ParseCaller(text).NeedsMapping.ShouldBe(needsMapping);

    [Theory]
    [InlineData("", "")]
    [InlineData("hola", "")]
    [InlineData("+", "")]
    [InlineData("1", "1")]
    [InlineData("+506", "506")]
    [InlineData("+50688", "50688")]
    [InlineData("+999 1234567", "91234567")]
    [InlineData("*67 8888 8888", "88888888")]
    [InlineData("0123 4567", "01234567")]
    [InlineData("3055551234", "55551234")]
    [InlineData("88888888888888888888", "88888888")]
    [InlineData("<script>alert(1)</script>", "")]
    // At home these would be dialled as something else: a foreign call, a carrier's prefix, an emergency number.
    [InlineData("+506 00 682 12345", "68212345")]
    [InlineData("+5060068212345", "68212345")]
    [InlineData("00506 00 682 12345", "68212345")]
    [InlineData("+506 (0)0 682 12345", "68212345")]
    [InlineData("tel:00 682 12345;phone-context=+506", "68212345")]
    [InlineData("+506 1900 00 682 12345", "68212345")]
    [InlineData("+506 1900 0068 2123", "00682123")]
    [InlineData("+506 0800 1234", "08001234")]
    [InlineData("+506 9110 0000", "91100000")]
    [InlineData("9110 0000", "91100000")]
    [InlineData("506 9110 0000", "91100000")]
    [InlineData("+506 1120 0000", "11200000")]
    [InlineData("+506 1111 1111", "11111111")]
    [InlineData("99999999", "99999999")]
    // These have the length of 800 and 900 services, which begin differently.
    [InlineData("+506 8888 8888 88", "88888888")]
    [InlineData("+506 2100000000", "00000000")]
    public void What_Is_No_Number_Is_Kept_As_It_Came(string text, string key)
    {
        var number = Parser.Parse(text);
        number.Kind.ShouldBe(PhoneNumberKind.Invalid);
        number.E164.ShouldBeNull();
        number.MatchKey.ShouldBe(key);
        Parser.View(number).Display.ShouldBe(number.Received);
        number.Received.ShouldBe(text);
        Parser.ParseCaller(text).E164.ShouldBeNull();
    }

    [Theory]
    [InlineData("8700OO13")]
    [InlineData("87OO-1234")]
    [InlineData("8700 OO13")]
    [InlineData("8700-123O")]
    [InlineData("8700123O")]
    [InlineData("870O1234")]
    [InlineData("8700l234")]
    [InlineData("O8700123")]
    [InlineData("+506 8700 OO13")]
    [InlineData("8700OO1312")]
    [InlineData("87001312OO")]
    [InlineData("8700S1234")]
    [InlineData("800OO1234")]
    [InlineData("800-OOO-1234")]
    [InlineData("8001O34567")]
    [InlineData("2222 Juan")]
    [InlineData("8888 casa")]
    [InlineData("+506 8888 CASA")]
    public void A_Letter_Among_Digits_Or_A_Remark_Makes_No_Other_Number(string text)
    {
        var number = Parser.Parse(text);
        number.Kind.ShouldBe(PhoneNumberKind.Invalid);
        number.MatchKey.ShouldBeEmpty();
        Parser.View(number).Display.ShouldBe(text);
        Parser.ParseCaller(text).E164.ShouldBeNull();
    }

    [Theory]
    [InlineData("800-CALL-NOW", "+5068002255669")]
    [InlineData("800 callnow", "+5068002255669")]
    [InlineData("800CALLNOW", "+5068002255669")]
    [InlineData("(800) CALL-NOW", "+5068002255669")]
    [InlineData("+506 800 CALL NOW", "+5068002255669")]
    [InlineData("900-CALL-123", "+5069002255123")]
    [InlineData("1-800-FLOWERS", "+18003569377")]
    [InlineData("+1 (800) FLOWERS", "+18003569377")]
    [InlineData("+1 305 LAWYERS", "+13055299377")]
    [InlineData("Tel. 8888-8888 trabajo", "+50688888888")]
    [InlineData("8888-8888casa", "+50688888888")]
    [InlineData("cel8888-8888", "+50688888888")]
    public void A_Number_In_Letters_Is_Read_Where_It_Is_Written_As_Such(string text, string e164) =>
        Parser.Parse(text).E164.ShouldBe(e164);

    [Theory]
    [InlineData("8700-0001 / 2200-0001")]
    [InlineData("8700-0001/2200-0001")]
    [InlineData("87000001 22000001")]
    [InlineData("8700 0001 2200 0001")]
    [InlineData("8700-0001 - 2200-0001")]
    [InlineData("8700-0001-2200-0001")]
    [InlineData("8700-0001, 2200-0001")]
    [InlineData("8700-0001; 2200-0001")]
    [InlineData("8700-0001 y 2200-0001")]
    [InlineData("8700-0001 o 2200-0001")]
    [InlineData("8700-0001\n2200-0001")]
    [InlineData("8700-0001 (2200-0001)")]
    [InlineData("8700-0001+506 2200-0001")]
    [InlineData("+506 8700 0001 +506 2200 0001")]
    [InlineData("+506 8700 0001 2200 0001")]
    [InlineData("Cel 8700-0001 casa 2200-0001")]
    [InlineData("cel. 8700-0001 / tel. 2200-0001 (oficina)")]
    [InlineData("8700-0001 ext. 5 / 2200-0001")]
    [InlineData("8700/0001 y 2200/0001")]
    [InlineData("8700-0001 / 2200-0001 / 8700 0001")]
    [InlineData("tel1 8700-0001 tel2 2200-0001")]
    [InlineData("Cel 1: 8700-0001, Cel 2: 2200-0001")]
    [InlineData("tel.1 8700-0001 ext. 5 tel.2 2200-0001")]
    [InlineData("1) 8700-0001 2) 2200-0001")]
    [InlineData("(1) 8700 0001 (2) 2200 0001")]
    [InlineData("1. 8700-0001 2. 2200-0001")]
    [InlineData("1.8700-0001 2.2200-0001")]
    [InlineData("8700-0001:2200-0001")]
    [InlineData("8700-0001.2200-0001")]
    [InlineData("8700-0001·2200-0001")]
    [InlineData("8700-0001_2200-0001")]
    [InlineData("8700-0001*2200-0001")]
    [InlineData("8700-0001:+506 2200-0001")]
    [InlineData("8700000122000001")]
    [InlineData("5068700000150622000001")]
    public void Several_Numbers_In_A_Field_Are_All_Read(string text) =>
        Parser.ParseAll(text).Select(number => number.E164).ShouldBe(["+50687000001", "+50622000001"]);

    [Theory]
    [InlineData("8700-7003 / 7004", "+50687007003", "+50687007004")]
    [InlineData("8700-7001/02", "+50687007001", "+50687007002")]
    [InlineData("Tel. 8700-7001/02/03", "+50687007001", "+50687007002", "+50687007003")]
    [InlineData("8700-7001 y 03", "+50687007001", "+50687007003")]
    [InlineData("8700-7001 - 02", "+50687007001", "+50687007002")]
    [InlineData("8700-7005 al 07", "+50687007005", "+50687007006", "+50687007007")]
    [InlineData("8700-7005 hasta 7007", "+50687007005", "+50687007006", "+50687007007")]
    [InlineData("+1 305 555 0198/99", "+13055550198", "+13055550199")]
    [InlineData("8700-7001/02 / 2200-0001", "+50687007001", "+50687007002", "+50622000001")]
    public void The_Ending_Of_A_Neighbouring_Number_Is_Read_As_That_Number(string text, params string[] e164)
    {
        Parser.ParseAll(text).Select(number => number.E164).ShouldBe(e164);
        Parser.IsUnclear(text).ShouldBeFalse();
    }

    [Theory]
    [InlineData("8700-7003 / 2001")]
    [InlineData("8700-0001/89")]
    [InlineData("8700-7005 - 07")]
    [InlineData("2200-0001, 8700-7009/05")]
    [InlineData("8700-0001 99999999")]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("8700000199999999")]
    [InlineData("8700000150622000001")]
    public void Several_Numbers_That_Can_t_Be_Told_Apart_Are_Unclear(string text) =>
        Parser.IsUnclear(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("8700-0001")]
    [InlineData("8700-0001 ext 12")]
    [InlineData("8700-0001, 12")]
    [InlineData("8700-0001 (2)")]
    [InlineData("8700-0001 (oficina 12)")]
    [InlineData("8700-0001 8:00-17:00")]
    [InlineData("(305) 555-0143")]
    [InlineData("8700OO13")]
    [InlineData("+506 8888 8888 88")]
    [InlineData("123456789012345")]
    [InlineData("011 123 456 789 012 345")]
    [InlineData("030/1234567")]
    [InlineData("+32 470/12.34.56")]
    [InlineData("sip:87000001@10.0.0.1:5060")]
    [InlineData("casa 12, 300 m al sur")]
    [InlineData("8700-0001 / (305) 555-0143")]
    [InlineData("(305) 555-0143 / (305) 555-0144")]
    public void A_Single_Number_Is_Never_Unclear(string text) => Parser.IsUnclear(text).ShouldBeFalse();

    [Theory]
    [InlineData("8700-0001:99999999", "8700-0001", "99999999")]
    [InlineData("8700-0001 / 1234567", "8700-0001", "1234567")]
    [InlineData("cel 8700-0001 casa 9999-9999", "8700-0001", "9999-9999")]
    [InlineData("(305) 555-0143 / (305) 555-0144", "(305) 555-0143", "(305) 555-0144")]
    public void Each_Of_Several_Is_Found_By_Its_Own_Digits(string text, params string[] each)
    {
        var numbers = Parser.ParseAll(text);
        numbers.Select(number => number.Received).ShouldBe(each);
        numbers.Select(number => number.MatchKey).ShouldBeUnique();
        numbers.ShouldAllBe(number => number.MatchKey.Length > 0);
    }

    [Fact]
    public void What_Is_Not_Understood_Beside_A_Number_Is_Kept() =>
        Parser.ParseAll("8700-0001 / (305) 555-0143").Select(number => (number.Kind, number.Received))
            .ShouldBe([(PhoneNumberKind.Number, "8700-0001"), (PhoneNumberKind.Invalid, "(305) 555-0143")]);

    [Theory]
    [InlineData("8700-0001")]
    [InlineData("8700-0001 ext 12")]
    [InlineData("8700-0001/89")]
    [InlineData("8700-0001 (2)")]
    [InlineData("030/1234567")]
    [InlineData("+32 470/12.34.56")]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("2001")]
    [InlineData("hola")]
    [InlineData("")]
    public void A_Field_With_One_Number_Or_None_Is_Read_As_Before(string text) =>
        Parser.ParseAll(text).ShouldBe([Parser.Parse(text)]);

    [Theory]
    [InlineData("88881234.0")]
    [InlineData("88881234,0")]
    [InlineData("50688881234.0")]
    [InlineData("+50688881234.0")]
    [InlineData("+506 8888-1234.0")]
    [InlineData("8888-1234.0")]
    [InlineData("8.8881234E7")]
    [InlineData("8,8881234E+07")]
    [InlineData("5.0688881234E10")]
    public void A_Number_That_A_Spreadsheet_Took_For_An_Amount_Is_Read(string text)
    {
        var number = Parser.Parse(text);
        number.E164.ShouldBe("+50688881234");
        number.Received.ShouldBe(text);
        OneNumber.IsAlone(text, number).ShouldBeTrue();
    }

    [Theory]
    [InlineData("88881234.00", "+50688881234")]
    [InlineData("22001234,00", "+50622001234")]
    public void Two_Zero_Decimals_Behind_A_Number_Of_The_Plan_Are_A_Spreadsheet_s(string text, string e164)
    {
        var number = Parser.Parse(text);
        (number.E164, number.Received).ShouldBe((e164, text));
        Parser.ParseAll(text).ShouldHaveSingleItem().E164.ShouldBe(e164);
        OneNumber.IsAlone(text, number).ShouldBeFalse("an amount is written so too, and is not dialled without asking");
    }

    [Theory]
    [InlineData("15000000.00")]
    [InlineData("00001234.00")]
    [InlineData("8888123.00")]
    [InlineData("88881234.000")]
    public void Two_Zero_Decimals_Behind_Other_Digits_Are_An_Amount_s(string text) =>
        Parser.Parse(text).E164.ShouldBeNull();

    [Theory]
    [InlineData("8.8881E7")]
    [InlineData("5.07E+10")]
    [InlineData("88881234.50")]
    public void A_Number_Whose_Digits_A_Spreadsheet_Lost_Is_Not_Understood(string text) =>
        Parser.Parse(text).E164.ShouldBeNull();

    [Fact]
    public void What_Was_Received_Is_Kept_Short_And_Clean()
    {
        Parser.Parse("8888\u202e\08888\u200f").Received.ShouldBe("88888888");
        Parser.Parse("\ud8008888\udc00").Received.ShouldBe("8888");
        Parser.Parse(new string('9', 1_000_000)).Received.Length.ShouldBe(64);
        Parser.Parse(new string('a', 63) + "😀😀").Received.ShouldBe(new string('a', 63));
    }

    [Theory]
    [InlineData("13055551234", "+13055551234", "+1 305-555-1234")]
    [InlineData("1-800-FLOWERS", "+18003569377", "+1 800-356-9377")]
    [InlineData("+1 800 FLOWERS", "+18003569377", "+1 800-356-9377")]
    [InlineData("505 8888 8888", "+50588888888", "+505 8888 8888")]
    [InlineData("34 912 34 56 78", "+34912345678", "+34 912 34 56 78")]
    [InlineData("+44 (0)20 7946 0958", "+442079460958", "+44 20 7946 0958")]
    [InlineData("+34 (0)912 34 56 78", "+34912345678", "+34 912 34 56 78")]
    [InlineData("+52 1 55 1234 5678", "+525512345678", "+52 55 1234 5678")]
    [InlineData("00 52 1 55 1234 5678", "+525512345678", "+52 55 1234 5678")]
    [InlineData("+54 9 11 2345 6789", "+5491123456789", "+54 9 11 2345-6789")]
    [InlineData("+800 1234 5678", "+80012345678", "+800 1234 5678")]
    public void A_Number_Of_Another_Country_Is_Shown_With_Its_Code(string text, string e164, string display)
    {
        var number = Parser.Parse(text);
        number.E164.ShouldBe(e164);
        Parser.View(number).Display.ShouldBe(display);
    }

    [Theory]
    [InlineData("+50688881234", "8888 1234", "8888-1234")]
    [InlineData("+50688881234", "8888-1234", "8888-1234")]
    [InlineData("+50688881234", "88881234", "8888-1234")]
    [InlineData("+50688881234", "8888 1234 ext. 12", "8888-1234 ext. 12")]
    [InlineData("+5068001234567", "800-123-4567", "800-123-4567")]
    [InlineData("+50588881234", "+505 8888 1234", "+505 8888 1234")]
    [InlineData("+4588881234", "88 88 12 34", "88 88 12 34")]
    [InlineData(null, "8888 1234 5", "8888 1234 5")]
    public void A_Number_That_An_Earlier_Release_Stored_Is_Shown_With_Its_Hyphen(
        string? e164, string stored, string shown) =>
        new NumberView(e164, stored, PhoneNumberKind.Number).Display.ShouldBe(shown);

    [Theory]
    [InlineData("8888 8888", "+506 8888-8888", NumberMatch.Exact)]
    [InlineData("8888 8888 ext 3", "88888888", NumberMatch.Exact)]
    [InlineData("+52 1 55 1234 5678", "+52 55 1234 5678", NumberMatch.Exact)]
    [InlineData("+54 9 11 2345 6789", "+54 11 2345 6789", NumberMatch.Exact)]
    [InlineData("911", "9-1-1", NumberMatch.Exact)]
    [InlineData("x2001", "2001", NumberMatch.Exact)]
    [InlineData("305 555 1234", "+1 305 555 1234", NumberMatch.National)]
    [InlineData("020 7946 0958", "+44 20 7946 0958", NumberMatch.National)]
    [InlineData("01 55 1234 5678", "+52 55 1234 5678", NumberMatch.National)]
    [InlineData("305 555 1234", "(305) 555-1234", NumberMatch.National)]
    [InlineData("8888 8888", "+505 8888 8888", NumberMatch.LastDigits)]
    [InlineData("8888 8888", "+34 688 888 888", NumberMatch.LastDigits)]
    [InlineData("5072001234", "+507 200-1234", NumberMatch.LastDigits)]
    [InlineData("507-200-1234", "+507 200 1234", NumberMatch.LastDigits)]
    [InlineData("2476 2889", "+247 62889", NumberMatch.LastDigits)]
    [InlineData("6561234567", "+65 6123 4567", NumberMatch.LastDigits)]
    [InlineData("2391234567", "+239 123 4567", NumberMatch.LastDigits)]
    [InlineData("2391234567", "+239 123 4568", NumberMatch.None)]
    [InlineData("2391234568", "2391234567", NumberMatch.None)]
    [InlineData("2902 2222", "+290 22222", NumberMatch.LastDigits)]
    [InlineData("5002 1234", "+500 21234", NumberMatch.LastDigits)]
    [InlineData("+44 121 7946 0958", "+44 20 7946 0958", NumberMatch.None)]
    [InlineData("+54 9 351 2345 6789", "+54 9 11 2345 6789", NumberMatch.None)]
    [InlineData("0121 7946 0958", "+44 20 7946 0958", NumberMatch.LastDigits)]
    [InlineData("+1 305 555 1234", "+1 405 555 1234", NumberMatch.None)]
    [InlineData("+34 912 345 678", "+34 612 345 678", NumberMatch.None)]
    [InlineData("0034 912 345 678", "34612345678", NumberMatch.None)]
    [InlineData("+34 912 345 678", "612 345 678", NumberMatch.None)]
    [InlineData("+506 8888 8888", "+505 8888 8888", NumberMatch.None)]
    [InlineData("50688888888", "505 8888 8888", NumberMatch.None)]
    [InlineData("305 555 1234", "405 555 1234", NumberMatch.None)]
    [InlineData("5072001234", "+507 300-1234", NumberMatch.None)]
    [InlineData("305 555 1234", "5555 1234", NumberMatch.LastDigits)]
    [InlineData("8888 8888", "8888 8889", NumberMatch.None)]
    [InlineData("911", "x911", NumberMatch.None)]
    [InlineData("2001", "2002", NumberMatch.None)]
    [InlineData("+507 264 1234", "+1 305 264 1234", NumberMatch.None)]
    [InlineData("", "", NumberMatch.None)]
    [InlineData("hola", "hola", NumberMatch.None)]
    public void Two_Numbers_Are_Compared(string a, string b, NumberMatch match)
    {
        Parser.Compare(Parser.Parse(a), Parser.Parse(b)).ShouldBe(match);
        Parser.Compare(Parser.Parse(b), Parser.Parse(a)).ShouldBe(match);
    }

    [Fact]
    public void A_Foreign_Number_That_Is_Possible_And_In_No_Range_Is_Kept_As_Written_And_Found_With_Its_Plus()
    {
        var (contact, caller) = (Parser.Parse("+2391234567"), Parser.ParseCaller("2391234567"));

        (caller.Kind, Parser.View(caller).Display).ShouldBe((PhoneNumberKind.Invalid, "2391234567"));
        Parser.KeysOf(contact).ShouldContain(caller.MatchKey);
    }

    [Fact]
    public void Hidden_Callers_Are_Never_The_Same()
    {
        Parser.Compare(Parser.ParseCaller("anonymous"), Parser.ParseCaller("anonymous")).ShouldBe(NumberMatch.None);
    }
}
