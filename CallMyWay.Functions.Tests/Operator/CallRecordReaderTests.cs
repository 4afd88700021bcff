using System.Globalization;
using System.Text;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.Operator;

/// <summary>An answer with records is read whatever its shape, and one record is in no other's way.</summary>
public sealed class CallRecordReaderTests
{
    private const string One =
        """
        {"callid":"c1","ani":"1001","dnis":"88881234","detect_time":"2026-11-03 10:00:00",
        "connect_time":"2026-11-03 10:00:05","duration":"65","ani_user":"8000001","dnis_user":"","cost":"12.50",
        "access_fee":"1.25","rate":"11.5","route_pattern":"8","route_name":"Costa Rica móvil"}
        """;

    [Theory]
    [InlineData("[ONE]")]
    [InlineData("ONE")]
    [InlineData("""{"cdrs":[ONE]}""")]
    [InlineData("""{"status":"ok","total":1,"data":[ONE]}""")]
    [InlineData("""{"data":{"cdrs":[ONE]}}""")]
    [InlineData("""{"c1":ONE}""")]
    [InlineData("""{"status":"ok","c1":ONE}""")]
    [InlineData("""{"errors":[],"warnings":[],"cdrs":[ONE]}""")]
    [InlineData("""{"columns":["callid","ani"],"cdrs":[ONE]}""")]
    [InlineData("""{"cdrs":[ONE],"notes":[{"text":"2 pages"}]}""")]
    [InlineData("""{"errors":[],"data":{"page":{"number":1},"cdrs":[ONE]}}""")]
    [InlineData("""{"in":[ONE],"out":[]}""")]
    [InlineData("\uFEFF [ONE,] \r\n")]
    public void A_Record_Is_Found_In_Any_Shape(string shape)
    {
        var reading = Read(shape.Replace("ONE", One, StringComparison.Ordinal));

        reading.Form.ShouldBe(RecordsForm.Records);
        reading.Aside.ShouldBeEmpty();
        var record = reading.Records.ShouldHaveSingleItem();
        record.RecordId.ShouldBe("c1");
        record.ConnectTime.ShouldBe(new DateTime(2026, 11, 3, 10, 0, 5));
        record.Duration.ShouldBe(65);
        record.AniUser.ShouldBe("8000001");
        record.DnisUser.ShouldBeNull();
        record.Cost.ShouldBe(12.50m);
        record.AccessFee.ShouldBe(1.25m);
        record.Rate.ShouldBe(11.5m);
        record.RoutePattern.ShouldBe("8");
        record.RouteName.ShouldBe("Costa Rica móvil");
        record.Other.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"in":[ONE],"out":[TWO]}""")]
    [InlineData("""{"status":"ok","c1":ONE,"c2":TWO}""")]
    public void The_Records_Of_All_Fields_Are_Read(string shape) =>
        Read(shape.Replace("ONE", One, StringComparison.Ordinal)
            .Replace("TWO", One.Replace("c1", "c2", StringComparison.Ordinal), StringComparison.Ordinal))
            .Records.Select(record => record.RecordId).ShouldBe(["c1", "c2"]);

    [Theory]
    [InlineData("""{"c1":ONE,"c2":{"ani":"1001"}}""")]
    [InlineData("""{"errors":[],"cdrs":[ONE,{"ani":"1001"}]}""")]
    [InlineData("""{"errors":[],"cdrs":[{"ani":"1001"}]}""")]
    public void A_Record_Without_An_Id_Is_Set_Aside_In_Any_Shape(string shape) =>
        Read(shape.Replace("ONE", One, StringComparison.Ordinal)).Aside.ShouldHaveSingleItem().Field.ShouldBe("callid");

    [Fact]
    public void Single_Quotes_And_Latin_1_Are_Read()
    {
        var text = $"[{One.Replace('"', '\'')}]";

        Read(text).Records.ShouldHaveSingleItem().RouteName.ShouldBe("Costa Rica móvil");
        CallRecordReader.Read(Encoding.Latin1.GetBytes($"[{One}]")).Records.ShouldHaveSingleItem()
            .RouteName.ShouldBe("Costa Rica móvil");
    }

    [Theory]
    [InlineData("", RecordsForm.Empty)]
    [InlineData(" \r\n", RecordsForm.Empty)]
    [InlineData("<!DOCTYPE html><html><body>[]</body></html>", RecordsForm.Page)]
    [InlineData("ERROR: invalid password", RecordsForm.Refusal)]
    [InlineData("Acceso denegado", RecordsForm.Refusal)]
    [InlineData("""{"error":"IP no permitida"}""", RecordsForm.Refusal)]
    [InlineData("""["ERROR: usuario inválido"]""", RecordsForm.Refusal)]
    [InlineData("""{"error":"Invalid password","cdrs":[]}""", RecordsForm.Refusal)]
    [InlineData("""{"status":"error","message":"Acceso denegado: IP no permitida","data":[]}""", RecordsForm.Refusal)]
    [InlineData("""{"success":false,"message":"Clave incorrecta","data":[]}""", RecordsForm.Refusal)]
    [InlineData("""{"error":{"code":7,"details":[]}}""", RecordsForm.Refusal)]
    [InlineData("""{"errors":["Clave incorrecta"],"cdrs":[]}""", RecordsForm.Refusal)]
    [InlineData("""{"errors":[{"code":7}],"cdrs":[]}""", RecordsForm.Refusal)]
    [InlineData("""[{"error":"IP no permitida"}]""", RecordsForm.Refusal)]
    [InlineData("""[{"callid":"c1","ani":"10""", RecordsForm.Broken)]
    [InlineData("OK", RecordsForm.Other)]
    [InlineData("""{"status":"ok","total":0}""", RecordsForm.Other)]
    [InlineData("[]", RecordsForm.Records)]
    [InlineData("{}", RecordsForm.Records)]
    [InlineData("null", RecordsForm.Records)]
    [InlineData("""{"cdrs":[]}""", RecordsForm.Records)]
    [InlineData("""{"cdrs":null}""", RecordsForm.Records)]
    [InlineData("""{"error":null,"errors":0,"cdrs":[]}""", RecordsForm.Records)]
    [InlineData("""{"error":null,"success":true,"cdrs":[],}""", RecordsForm.Records)]
    [InlineData("""{"errors":[],"warnings":[],"cdrs":[]}""", RecordsForm.Records)]
    [InlineData("""{"error_code":"00","error_message":"OK","cdrs":[]}""", RecordsForm.Records)]
    [InlineData("""{"error":{"code":0,"message":"Success"},"cdrs":[]}""", RecordsForm.Records)]
    [InlineData("""{"message":"Sin errores","data":[]}""", RecordsForm.Records)]
    [InlineData("""{"error":"No records found","cdrs":[]}""", RecordsForm.Records)]
    [InlineData("""{"message":"No hay llamadas.","data":[]}""", RecordsForm.Records)]
    [InlineData("""{"error":"No hay saldo","cdrs":[]}""", RecordsForm.Refusal)]
    [InlineData("""{"error":"No call permission","cdrs":[]}""", RecordsForm.Refusal)]
    [InlineData("""{"error":"Sin datos de acceso","cdrs":[]}""", RecordsForm.Refusal)]
    [InlineData("""{"message":"No data: access denied","data":[]}""", RecordsForm.Refusal)]
    [InlineData("""{"columns":["callid","ani"],"cdrs":[]}""", RecordsForm.Records)]
    public void What_Is_No_List_Of_Records_Is_None(string text, RecordsForm form)
    {
        var reading = Read(text);

        reading.Form.ShouldBe(form);
        reading.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("\"callid\":\"c1\"", "\"callid\":\"\"", "callid")]
    [InlineData("\"callid\":\"c1\",", "", "callid")]
    [InlineData("2026-11-03 10:00:00", "ayer", "detect_time")]
    [InlineData("2026-11-03 10:00:05", "2026-13-41 10:00:05", "connect_time")]
    [InlineData("\"65\"", "\"abc\"", "duration")]
    [InlineData("\"65\"", "\"-1\"", "duration")]
    [InlineData("12.50", "12.x", "cost")]
    [InlineData("\"1.25\"", "\"no\"", "access_fee")]
    [InlineData("11.5", "1.1.1", "rate")]
    public void A_Record_With_A_Broken_Field_Is_Set_Aside_And_In_Nobodys_Way(string from, string to, string field)
    {
        var broken = One.Replace(from, to, StringComparison.Ordinal);

        var reading = Read($"[{broken},{One.Replace("c1", "c2", StringComparison.Ordinal)},7]");

        reading.Form.ShouldBe(RecordsForm.Records);
        reading.Records.ShouldHaveSingleItem().RecordId.ShouldBe("c2");
        reading.Aside.Count.ShouldBe(2);
        reading.Aside[0].Field.ShouldBe(field);
        reading.Aside[0].Raw.ShouldBe(broken);
        reading.Aside[0].Reason.Es.ShouldNotBeNullOrEmpty();
        reading.Count.ShouldBe(3);
    }

    [Fact]
    public void A_Record_That_Is_Set_Aside_Makes_No_Refusal_Of_Its_List()
    {
        var reading = Read("""[{"callid":"c1","detect_time":"ayer","route_name":"Error de ruta"}]""");

        reading.Form.ShouldBe(RecordsForm.Records);
        reading.Aside.ShouldHaveSingleItem().RecordId.ShouldBe("c1");
    }

    [Fact]
    public void An_Id_Has_No_Character_That_No_Address_Can_Have() =>
        Read(One.Replace("\"c1\"", "\" c\\u00001 \"", StringComparison.Ordinal)).Records.ShouldHaveSingleItem()
            .RecordId.ShouldBe("c1");

    [Fact]
    public void Two_Records_Without_A_Detect_Time_Are_Told_Apart_By_When_They_Connected()
    {
        var record = new CallRecord { RecordId = "c1", ConnectTime = new DateTime(2026, 11, 3, 10, 0, 5) };

        (record with { Cost = 5m }).Identity().ShouldBe(record.Identity());
        (record with { ConnectTime = new DateTime(2026, 11, 3, 10, 0, 6) }).Identity().ShouldNotBe(record.Identity());
    }

    [Fact]
    public void A_Record_Without_Any_Time_Is_Set_Aside()
    {
        var reading = Read(
            """[{"callid":"c1","detect_time":"0000-00-00 00:00:00","connect_time":"1970-01-01 00:00:00"}]""");

        reading.Aside.ShouldHaveSingleItem().Field.ShouldBe("detect_time");
    }

    [Theory]
    [InlineData("1970-01-01 00:00:00")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("")]
    public void A_Connect_Time_That_Did_Not_Happen_Is_None(string time) =>
        Read($"[{One.Replace("2026-11-03 10:00:05", time, StringComparison.Ordinal)}]")
            .Records.ShouldHaveSingleItem().ConnectTime.ShouldBeNull();

    [Fact]
    public void Numbers_And_Decimal_Commas_Are_Read()
    {
        var record = Read(
            """[{"CallId":17,"detect_time":"2026-11-03 10:00:00","duration":65,"cost":"1,5","access_fee":0.25}]""")
            .Records.ShouldHaveSingleItem();

        record.RecordId.ShouldBe("17");
        record.Duration.ShouldBe(65);
        record.Cost.ShouldBe(1.5m);
        record.AccessFee.ShouldBe(0.25m);
    }

    [Theory]
    [InlineData("6.667e-05", "0.00006667")]
    [InlineData("\"1.2E+1\"", "12")]
    [InlineData("\"6,7e-5\"", "0.000067")]
    public void A_Number_With_An_Exponent_Is_Read(string cost, string amount) =>
        Read($"[{One.Replace("\"12.50\"", cost, StringComparison.Ordinal)}]")
            .Records.ShouldHaveSingleItem().Cost.ShouldBe(decimal.Parse(amount, CultureInfo.InvariantCulture));

    [Fact]
    public void Unknown_Fields_Are_Kept()
    {
        var record = Read($"[{One[..^1]},\"Trunk\":\"T7\",\"empty\":\"\",\"codec\":8}}]").Records.ShouldHaveSingleItem();

        record.Other.ShouldNotBeNull().ShouldBe(
            new Dictionary<string, string> { ["codec"] = "8", ["trunk"] = "T7" }, ignoreOrder: true);
    }

    [Fact]
    public void Each_Field_Changes_The_Mark()
    {
        var mark = Read($"[{One}]").Records[0].Mark();
        string[] others =
        [
            .. new[]
            {
                ("c1", "c9"), ("\"1001\"", "\"1002\""), ("88881234", "88881235"), ("10:00:00", "10:00:01"),
                ("10:00:05", "10:00:06"), ("\"65\"", "\"66\""), ("8000001", "8000002"),
                ("\"dnis_user\":\"\"", "\"dnis_user\":\"x\""), ("12.50", "12.51"), ("1.25", "1.26"), ("11.5", "11.6"),
                ("\"8\"", "\"9\""), ("móvil", "fijo"), ("\"route_name\"", "\"trunk\":\"1\",\"route_name\""),
            }.Select(change => Read($"[{One.Replace(change.Item1, change.Item2, StringComparison.Ordinal)}]").Records[0].Mark()),
        ];

        others.ShouldNotContain(mark);
        others.Distinct().Count().ShouldBe(others.Length);
        Read($"[{One.Replace('"', '\'')}]").Records[0].Mark().ShouldBe(mark);
    }

    private static RecordsReading Read(string text) => CallRecordReader.Read(Encoding.UTF8.GetBytes(text));
}
