using System.Text;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Notifications;

public sealed class CallEventReaderTests
{
    [Theory]
    [InlineData("call-start-in.json")]
    [InlineData("call-start-document.txt")]
    public void The_Documents_Form_And_Real_Json_Are_Read_Alike(string file)
    {
        var callEvent = Read(Payload.Text(file)).Event.ShouldNotBeNull();

        callEvent.ShouldBe(new CallEvent
        {
            Action = CallAction.Start,
            CallId = "c-1001",
            AccountId = "8000001",
            EndpointId = "ep-1",
            Ani = "88887777",
            Dnis = "40001000",
            DetectTime = new DateTime(2026, 3, 2, 9, 15, 0),
            Duration = 0,
            Type = CallDirection.In,
            Cost = 0,
        });
    }

    [Theory]
    [InlineData("ani")]
    [InlineData("callid")]
    [InlineData("Jos@")]
    public void Latin_1_Is_Read_With_What_Can_t_Be_Read_Replaced(string field)
    {
        var body = Encoding.Latin1.GetBytes($$$"""{"action":"callStart","data":{"callid":"7","account_id":"1","{{{field.Replace('@', 'é')}}}":"José"} }""");

        CallEventReader.Read(body).Event.ShouldNotBeNull().AccountId.ShouldBe("1");
    }

    [Fact]
    public void A_Field_Name_With_Invalid_Unicode_Is_An_Unknown_Field() =>
        Read("""{"\ud800":1,"action":"callStart","callid":"7","account_id":"1"}""").Event.ShouldNotBeNull().CallId.ShouldBe("7");

    [Theory]
    [InlineData("2028-02-29 23:59:59", "2028-02-29T23:59:59")]
    [InlineData("2000-01-01 00:00:00", "2000-01-01T00:00:00")]
    [InlineData("2026-03-02T09:15:07", "2026-03-02T09:15:07")]
    [InlineData("2026-03-02 09:15:07.25", "2026-03-02T09:15:07.25")]
    [InlineData("2026-03-02 09:15", "2026-03-02T09:15:00")]
    public void A_Time_Is_Read_In_Each_Of_Its_Forms(string text, string time) =>
        Read(Start(("detect_time", text))).Event.ShouldNotBeNull().DetectTime
            .ShouldBe(DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("callid")]
    [InlineData("CALLID")]
    [InlineData("c\\u0061llid")]
    [InlineData("C\\u0061LLID")]
    public void A_Field_Name_May_Be_Escaped(string name) =>
        Read($$$"""{"action":"callStart","data":{"{{{name}}}":"7","account_id":"1","callidé":"8","çallid":"9"}}""").Event
            .ShouldNotBeNull().CallId.ShouldBe("7");

    [Fact]
    public void An_End_Has_Its_Times_And_Its_Cost()
    {
        var callEvent = Read(Payload.Text("call-end-in.json")).Event.ShouldNotBeNull();

        callEvent.Action.ShouldBe(CallAction.End);
        callEvent.ConnectTime.ShouldBe(new DateTime(2026, 3, 2, 9, 15, 8));
        callEvent.DisconnectTime.ShouldBe(new DateTime(2026, 3, 2, 9, 17, 20));
        callEvent.Duration.ShouldBe(132);
        callEvent.Cost.ShouldBe(12.50m);
    }

    [Theory]
    [InlineData("""{"action":"CALLSTART","DATA":{"CallId":7,"Account_ID":8000001,"duration":12,"cost":1.5}}""")]
    [InlineData("""{"action":"callStart","data":{"callid":"7","account_id":"8000001","duration":"12","cost":"1,5","more":{"deep":[1]}},}""")]
    [InlineData("""{"action":"callStart","callid":"7","account_id":"8000001","duration":"12.9","cost":"1.5"}""")]
    [InlineData("\uFEFF{\"action\":\"callStart\",\"data\":{\"callid\":\"7\",\"account_id\":\"8000001\",\"duration\":\"12\",\"cost\":\"1.50\"}}")]
    [InlineData("{ 'action' : 'callStart', 'data' : { 'callid' : 7, 'account_id' : '8000001', 'duration':'12', 'cost':'1.5' } }")]
    public void Numbers_Any_Case_And_Unknown_Fields_Are_Accepted(string body)
    {
        var callEvent = Read(body).Event.ShouldNotBeNull();

        callEvent.CallId.ShouldBe("7");
        callEvent.AccountId.ShouldBe("8000001");
        callEvent.Duration.ShouldBe(12);
        callEvent.Cost.ShouldBe(1.5m);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("1970-01-01 00:00:00")]
    [InlineData("9999-12-31 23:59:59")]
    [InlineData("2026-02-30 10:00:00")]
    [InlineData("2026-13-02 09:15:00")]
    [InlineData("2026-03-00 09:15:00")]
    [InlineData("2027-02-29 09:15:00")]
    [InlineData("2026-03-02 24:00:00")]
    [InlineData("2026-03-02 09:60:00")]
    [InlineData("2026-03-02 09:15:60")]
    [InlineData("2026-03-0x 09:15:00")]
    [InlineData("2026-03-02 09:15:0-")]
    [InlineData("-026-03-02 09:15:00")]
    [InlineData("2026-03-02 09-15-00")]
    [InlineData("٢٠٢٦-03-02 09:15:00")]
    [InlineData("yesterday")]
    public void A_Meaningless_Time_Counts_As_Missing(string time) =>
        Read(Start(("detect_time", time))).Event.ShouldNotBeNull().DetectTime.ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"callStart\"")]
    [InlineData("{")]
    [InlineData("{'action': 'callStart'")]
    [InlineData("""{"action":"callHold","data":{"callid":"1","account_id":"1"}}""")]
    [InlineData("""{"action":{},"data":{"callid":"1","account_id":"1"}}""")]
    [InlineData("""{"action":"callStart","data":{"account_id":"1"}}""")]
    [InlineData("""{"action":"callStart","data":{"callid":["1"],"account_id":"1"}}""")]
    [InlineData("""{"action":"callStart","data":"x"}""")]
    public void An_Unusable_Notification_Is_Refused_In_Both_Languages(string body)
    {
        var reading = Read(body);

        reading.Event.ShouldBeNull();
        reading.Refusal.Es.ShouldNotBeNullOrEmpty();
        reading.Refusal.En.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Deep_Nesting_Is_Refused() =>
        Read(string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000)).Event.ShouldBeNull();

    [Fact]
    public void Quotes_And_Escapes_In_The_Documents_Form_Survive()
    {
        var callEvent = Read("""{'action':'callStart','data':{'callid':'a"b\'c\\d','account_id':'1','ani':'José "Pepe"'}}""").Event.ShouldNotBeNull();

        callEvent.CallId.ShouldBe("""a"b'c\d""");
        callEvent.Ani.ShouldBe("José \"Pepe\"");
    }

    [Fact]
    public void The_Words_Of_Python_For_What_Is_No_Text_Are_Read()
    {
        const string body =
            """{'action':'callStart','data':{'callid':'True None','account_id':None,'ani':None,'dnis':True,'on':False}}""";

        var callEvent = Read(body).Event.ShouldNotBeNull();

        (callEvent.CallId, callEvent.AccountId, callEvent.Ani, callEvent.Dnis)
            .ShouldBe(("True None", "", "", "true"));
        Read("""{"action":"callStart","data":{"callid":"7","account_id":"1","ani":None}}""").Event
            .ShouldNotBeNull().CallId.ShouldBe("7");
        Read("""{'action':'callStart','data':{'callid':'7','account_id':'1','ani':'Jos\xe9'}}""").Event
            .ShouldNotBeNull().Ani.ShouldBe("José");
        Read("""{'action':'callStart','data':{'callid':'7','account_id':'1','ani':Nonesuch}}""").Event.ShouldBeNull();
    }

    [Theory]
    [InlineData("65", 65)]
    [InlineData("0", 0)]
    [InlineData("000065", 65)]
    [InlineData("9999999", 9_999_999)]
    [InlineData("10000001", null)]
    [InlineData("65.5", 65)]
    [InlineData("65,5", 65)]
    [InlineData("01:05", 65)]
    [InlineData("1:01:05", 3665)]
    [InlineData("75:00", 4500)]
    [InlineData("00:01:05,5", 65)]
    [InlineData("01:65", null)]
    [InlineData("1:1:1:1", null)]
    [InlineData("1:", null)]
    [InlineData("-5", null)]
    [InlineData("9999999999999999999999999999:59", null)]
    [InlineData("soon", null)]
    public void A_Duration_Is_Read_As_It_Is_Written(string text, int? seconds) =>
        Read(Start(("duration", text))).Event.ShouldNotBeNull().Duration.ShouldBe(seconds);

    [Fact]
    public void Half_A_Surrogate_Pair_Breaks_Nothing() =>
        Read("""{"action":"callStart","data":{"callid":"x","account_id":"1","ani":"\ud800"}}""").Event.ShouldNotBeNull().CallId.ShouldBe("x");

    [Fact]
    public void No_Bytes_Make_The_Reader_Throw()
    {
        var random = new Random(20260302);
        var seed = Encoding.UTF8.GetBytes(Payload.Text("call-start-document.txt"));
        for (var i = 0; i < 2_000; i++)
        {
            var body = seed.ToArray();
            for (var changes = random.Next(1, 8); changes > 0; changes--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            Should.NotThrow(() => CallEventReader.Read(body));
        }
    }

    private static CallEventReading Read(string body) => CallEventReader.Read(Encoding.UTF8.GetBytes(body));

    private static string Start(params (string Name, string Value)[] fields) =>
        $$$"""{"action":"callStart","data":{"callid":"1","account_id":"1",{{{string.Join(',', fields.Select(field => $"\"{field.Name}\":\"{field.Value}\""))}}}}}""";
}
