using System.Net;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Notifications;

/// <summary>
/// Bad input to the webhook: a clear error or a tolerant read, never an internal error, never a loss.
/// </summary>
public abstract class WebhookDoorTests(DemoHost demo)
{
    public static TheoryData<string, string> Unreadable { get; } = new()
    {
        { "empty", "" },
        { "spaces", "  \r\n\t " },
        { "NULs", "\0\0\0" },
        { "no JSON", "hello" },
        { "a form", "action=callStart&callid=1" },
        { "XML", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>" },
        { "half of it", """{"action":"callStart","data":{"callid":"1","acc""" },
        { "two", """{"action":"callStart"}{"action":"callEnd"}""" },
        { "null", "null" },
        { "a number", "1" },
        { "a text", "\"callStart\"" },
        { "a list", """[{"action":"callStart","data":{"callid":"refused-1","account_id":"8000001"}}]""" },
        { "nothing in it", "{}" },
        { "no data", """{"action":"callStart"}""" },
        { "data is null", """{"action":"callStart","data":null}""" },
        { "data is a list", """{"action":"callStart","data":["refused-2"]}""" },
        { "unknown action", """{"action":"callPause","data":{"callid":"refused-3","account_id":"8000001"}}""" },
        { "action is an object", """{"action":{"a":1},"data":{"callid":"refused-4","account_id":"8000001"}}""" },
        { "no callid", """{"action":"callStart","data":{"account_id":"8000001"}}""" },
        { "empty callid", """{"action":"callStart","data":{"callid":" ","account_id":"8000001"}}""" },
        { "callid is null", """{"action":"callStart","data":{"callid":null,"account_id":"8000001"}}""" },
        { "callid is a list", """{"action":"callStart","data":{"callid":["refused-5"],"account_id":"8000001"}}""" },
        { "a long account", $$$"""{"action":"callStart","data":{"callid":"refused-6","account_id":"{{{new string('7', 300)}}}"}}""" },
        { "a long callid", $$$"""{"action":"callStart","data":{"callid":"{{{new string('7', 300)}}}","account_id":"8000001"}}""" },
        { "deep", new string('[', 8000) + new string(']', 8000) },
        { "deep objects", string.Concat(Enumerable.Repeat("{\"a\":", 1500)) + "1" + new string('}', 1500) },
        { "deep in the document's form", string.Concat(Enumerable.Repeat("{'a':", 1500)) + "1" + new string('}', 1500) },
        { "quotes only", new string('\'', 9000) },
        { "backslashes", "{'" + new string('\\', 9000) },
    };

    [SkippableTheory]
    [MemberData(nameof(Unreadable))]
    public async Task A_Notification_That_Cannot_Be_Read_Is_Refused_And_Stored(string what, string body)
    {
        var marked = body + new string('\n', 1 + (Math.Abs(StringComparer.Ordinal.GetHashCode(what)) % 7));
        var (status, problem) = await PostAsync(Encoding.UTF8.GetBytes(marked), "application/json");

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Text("title").ShouldBe("El aviso no se aceptó");
        (await RefusedAsync()).ShouldContain(refused => refused.Text("body") == marked);
    }

    [SkippableTheory]
    [InlineData(16 * 1024, HttpStatusCode.BadRequest)]
    [InlineData((16 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(10 * 1024 * 1024, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_Large_Body_Is_Refused_And_Its_Beginning_Stored(int size, HttpStatusCode expected)
    {
        var body = new byte[size];
        Array.Fill(body, (byte)'x');
        var marker = Encoding.UTF8.GetBytes($"size {size} ");
        marker.CopyTo(body, 0);

        var (status, _) = await PostAsync(body, "application/json");

        status.ShouldBe(expected);
        var kept = (await RefusedAsync()).Single(refused => refused.Text("body")?.StartsWith(
            Encoding.UTF8.GetString(marker), StringComparison.Ordinal) == true);
        kept.Text("body")!.Length.ShouldBe(Math.Min(size, 16 * 1024));
    }

    [SkippableFact]
    public async Task A_Body_Without_A_Length_Is_Read_To_Its_End_And_Limited_All_The_Same()
    {
        using var good = new HttpRequestMessage(HttpMethod.Post, demo.Host.Webhook)
        {
            Content = new StreamContent(
                new Unseekable(JsonSerializer.SerializeToUtf8Bytes(DemoHost.Notification("callStart", "chunked"))))
        };
        good.Headers.TransferEncodingChunked = true;
        using var endless = new HttpRequestMessage(HttpMethod.Post, demo.Host.Webhook)
        {
            Content = new StreamContent(new Unseekable(new byte[200_000]))
        };
        endless.Headers.TransferEncodingChunked = true;

        using var acked = await demo.Nobody.SendAsync(good);
        acked.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var refused = await demo.Nobody.SendAsync(endless);
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        await demo.CallAsync("chunked");
    }

    [SkippableFact]
    public async Task A_Body_That_Is_No_Text_Is_Stored_Byte_For_Byte()
    {
        byte[] body = [.. "{\"action\":"u8, 0xFF, 0xFE, 0xC0, 0xAF, .. "}"u8];

        (await PostAsync(body, "application/json")).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await RefusedAsync()).ShouldContain(refused => refused.Text("bodyBase64") == Convert.ToBase64String(body));
    }

    [SkippableFact]
    public async Task An_Old_Refused_Notification_Is_Found_By_Its_Time()
    {
        var now = new DateTimeOffset(2024, 3, 15, 12, 0, 0, TimeSpan.Zero);
        foreach (var days in new[] { 0, 20, 80, 81, 300 })
        {
            var clock = new SetClock(now.AddDays(-days));
            await new RefusedEventStore(demo.Host.Get<ITables>(), clock)
                .KeepAsync(Encoding.UTF8.GetBytes($"{days} days ago"), "A test.", null, default);
        }

        (await BodiesAsync("from=2023-05-01&to=2024-03-15T13:00:00Z"))
            .ShouldBe(["0 days ago", "20 days ago", "80 days ago", "81 days ago", "300 days ago"]);
        (await BodiesAsync("from=2023-12-25T12:00:00Z&to=2024-02-24T12:00:00Z"))
            .ShouldBe(["80 days ago", "81 days ago"], "from is in it, to is not");
        (await demo.Admin.AskAsync(HttpMethod.Get, "/api/refused-events?from=2021-01-01&to=2024-01-01")).Body.Errors()
            .ShouldBe(["from"]);

        async Task<IReadOnlyList<string?>> BodiesAsync(string span)
        {
            var bodies = new List<string?>();
            string? next = null;
            do
            {
                var page = (await demo.Admin.ReadAsync($"/api/refused-events?{span}&take=1&next={next}"))
                    .ShouldNotBeNull();
                bodies.Add(page.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().Text("body"));
                next = page.Text("next");
            }
            while (next is not null);
            return bodies;
        }
    }

    [SkippableFact]
    public async Task Half_A_Letter_Within_A_Value_Does_Not_Lose_The_Call()
    {
        byte[] body = [.. """{"action":"callStart","data":{"callid":"latin-1","account_id":"8000001","endpoint_id":"1001","ani":"Jos"""u8, 0xE9, .. "\",\"type\":\"in\"}}"u8];

        (await PostAsync(body, "application/json")).Status.ShouldBe(HttpStatusCode.OK);

        (await demo.CallAsync("latin-1")).Text("agentId").ShouldBe("ana");
    }

    [SkippableTheory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("application/xml; charset=utf-7")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Any_Content_Type_Is_Accepted(string? contentType)
    {
        var callId = $"type {contentType ?? "none"}";
        (await PostAsync(JsonSerializer.SerializeToUtf8Bytes(DemoHost.Notification("callStart", callId)), contentType))
            .Status.ShouldBe(HttpStatusCode.OK);
        await demo.CallAsync(callId);
    }

    [SkippableTheory]
    [InlineData("demo-key-000000000000000")]
    [InlineData("demo-key-00000000000000000")]
    [InlineData("demo-key-0000000000000001")]
    [InlineData("Demo-key-0000000000000000")]
    [InlineData("demo-key-0000000000000000%20")]
    [InlineData("demo-key-0000000000000000%00")]
    [InlineData("demo-key-0000000000000000%2F")]
    [InlineData("demo-key-0000000000000000/x")]
    [InlineData("..%2F..%2Fetc")]
    [InlineData("%C3%B1%F0%9F%98%80")]
    [InlineData("%FF%FE")]
    [InlineData("%3Cscript%3E")]
    [InlineData("'%20or%201=1")]
    [InlineData("")]
    [InlineData("8000 letters")]
    public async Task A_Wrong_Key_Is_Refused_And_Stores_Nothing(string key)
    {
        var body = DemoHost.Notification("callStart", "no-key");
        var before = (await RefusedAsync()).Count;
        using var response = await demo.Nobody.PostAsync(
            $"/api/webhooks/callmyway/{(key == "8000 letters" ? new string('k', 7000) : key)}",
            new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)));

        // The server itself refuses a NUL in an address.
        response.StatusCode.ShouldBe(
            key.EndsWith("%00", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound);
        (await RefusedAsync()).Count.ShouldBe(before);
    }

    [SkippableTheory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Only_A_Post_Is_Accepted_As_A_Notification(string method)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), demo.Host.Webhook);
        using var response = await demo.Nobody.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    public static TheoryData<string, string?> OddTimes { get; } = new()
    {
        { "empty", "" }, { "zero", "0000-00-00 00:00:00" }, { "epoch", "1970-01-01 00:00:00" }, { "no such day", "2026-02-30 10:00:00" },
        { "no such hour", "2026-01-01 29:61:61" }, { "year 1", "0001-01-01 00:00:00" }, { "far", "9999-12-31 23:59:59" }, { "further", "99999-01-01 00:00:00" },
        { "a word", "ayer" }, { "markup", "<b>2026</b>" }, { "missing", null }, { "ISO", "2026-01-01T00:00:00Z" }, { "next year", "2100-01-01 00:00:00" },
    };

    [SkippableTheory]
    [MemberData(nameof(OddTimes))]
    public async Task An_Absurd_Time_Counts_As_Missing(string what, string? time)
    {
        var callId = $"time {what}";
        var received = DateTimeOffset.UtcNow;
        await demo.EndAsync(callId, ("detect_time", time), ("connect_time", time), ("disconnect_time", time));

        var call = await demo.CallAsync(callId);
        call.Text("state").ShouldBe("ended");
        call.GetProperty("startedAt").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(received.AddSeconds(-1));
    }

    [SkippableTheory]
    [InlineData("numbers", """{"action":"callStart","data":{"callid":77001,"account_id":8000001,"endpoint_id":1001,"ani":88881234,"dnis":40001001,"duration":12,"cost":1.5,"type":"in"}}""", "77001")]
    [InlineData("flat", """{"action":"callStart","callid":"flat","account_id":"8000001","endpoint_id":"1001","ani":"88881234","type":"in"}""", "flat")]
    [InlineData("in the document's form", "{'action': 'callStart', 'data': {'callid': 'single', 'account_id': '8000001', 'endpoint_id': '1001', 'ani': '88881234', 'type': 'in'}}", "single")]
    [InlineData("other cases", """{"Action":"CALLSTART","Data":{"CallID":"cases","Account_ID":"8000001","ENDPOINT_ID":"1001","ANI":"88881234","type":"IN"}}""", "cases")]
    [InlineData("more than we know", """{"action":"callStart","extra":[1,{"a":null}],"data":{"callid":"more","account_id":"8000001","endpoint_id":"1001","ani":"88881234","x":{"y":[]},"type":"in"}}""", "more")]
    [InlineData("wrong types", """{"action":"callStart","data":{"callid":"wrong","account_id":"8000001","endpoint_id":"1001","ani":["88881234"],"dnis":{},"detect_time":12,"connect_time":true,"duration":"many","cost":"NaN","type":7}}""", "wrong")]
    [InlineData("huge numbers", """{"action":"callEnd","data":{"callid":"huge","account_id":"8000001","endpoint_id":"1001","ani":"88881234","duration":1e400,"cost":"99999999999999999999999999999999999999","type":"in"}}""", "huge")]
    [InlineData("negative", """{"action":"callEnd","data":{"callid":"negative","account_id":"8000001","endpoint_id":"1001","ani":"88881234","duration":-5,"cost":"-0.00001","type":"in"}}""", "negative")]
    [InlineData("no account", """{"action":"callStart","data":{"callid":"no-account","endpoint_id":"1001","ani":"88881234","type":"in"}}""", "no-account")]
    [InlineData("an account that is null", """{"action":"callStart","data":{"callid":"null-account","account_id":null,"endpoint_id":"1001","ani":"88881234","type":"in"}}""", "null-account")]
    [InlineData("twice the same name", """{"action":"callStart","data":{"callid":"first","callid":"second","account_id":"8000001","endpoint_id":"1001","ani":"88881234","type":"in"}}""", "second")]
    [InlineData("half a surrogate", """{"action":"callStart","data":{"callid":"half","account_id":"8000001","endpoint_id":"1001","ani":"\ud83d","type":"in"}}""", "half")]
    [InlineData("half a surrogate in a name", """{"\ud83d":1,"action":"callStart","data":{"\udc00":2,"callid":"half-name","account_id":"8000001","endpoint_id":"1001","ani":"88881234","type":"in"}}""", "half-name")]
    [InlineData("half a surrogate for an id", """{"action":"callStart","data":{"callid":"\udc00","account_id":"8000001","endpoint_id":"1001","ani":"88881234","type":"in"}}""", "\\udc00")]
    public async Task Every_Readable_Form_Is_Read(string what, string body, string callId)
    {
        (await PostAsync(Encoding.UTF8.GetBytes(body), "application/json")).Status.ShouldBe(HttpStatusCode.OK, what);
        (await demo.CallAsync(callId)).Text("agentId").ShouldBe("ana");
    }

    [SkippableTheory]
    [InlineData("markup", "<img src=x onerror=alert(1)>")]
    [InlineData("control characters", "\u0001\u0007\u001b[31m\u007f\r\n")]
    [InlineData("NULs", "a\0b")]
    [InlineData("right to left", "\u202e12345678\u2066")]
    [InlineData("a template", "{{7*7}}${7*7}`")]
    [InlineData("a query", "'; DROP TABLE calls; --")]
    [InlineData("pictures", "😀👩‍👩‍👧‍👦")]
    [InlineData("keys' own characters", "a|b~c_d.e/f\\g#h?i%2e%2e")]
    [InlineData("long", "9")]
    public async Task Odd_Text_In_Every_Field_Gives_A_Normal_Call(string what, string text)
    {
        var odd = what == "long" ? new string('9', 250) : text;
        string[] fields = ["account_id", "endpoint_id", "ani", "dnis", "detect_time", "connect_time", "disconnect_time", "duration", "type", "cost"];
        await demo.NotifyAsync(
            DemoHost.Notification("callEnd", $"{what} {odd}", [.. fields.Select(field => (field, (object?)odd))]));
        foreach (var field in fields)
        {
            await demo.NotifyAsync(DemoHost.Notification("callStart", $"{what} in {field}", (field, odd)));
        }

        var all = await demo.CallAsync($"{what} {odd}".Replace("\0", "", StringComparison.Ordinal).Trim());
        all.Text("state").ShouldBe("ended");
        foreach (var field in fields)
        {
            var call = await demo.CallAsync($"{what} in {field}");
            call.Text("state").ShouldBe("ringing", $"{field}: {call}");
        }

        // Each list that has the call can still be read.
        (await demo.Admin.AllItemsAsync("/api/calls")).ShouldContain(call => call.Text("callId") == $"{what} in ani");
        (await demo.Ana.AllItemsAsync("/api/pop-ups")).ShouldContain(call => call.Text("callId") == $"{what} in ani");
        await demo.Admin.ItemsAsync("/api/unmapped-endpoints");
    }

    [SkippableFact]
    public async Task Every_Body_Becomes_A_Call_Or_A_Refused_Notification()
    {
        await using var host = await TestHost.StartAsync(demo.Storage);
        using var admin = await host.SignInAsync("admin");
        using var operatorsSide = host.Anonymous();
        var random = new Random(20_260_131);
        var (acked, refused) = (new List<string>(), 0);
        for (var i = 0; i < TestLength.Of(plain: 100, whole: 600); i++)
        {
            var callId = $"fuzz-{i}";
            var body = Mutation.Of(
                JsonSerializer.SerializeToUtf8Bytes(DemoHost.Notification(
                    i % 3 == 0 ? "callEnd" : "callStart", callId, ("ani", $"8{i:D7}"), ("detect_time", ""))),
                random);
            using var content = new ByteArrayContent(body);
            using var response = await operatorsSide.PostAsync(host.Webhook, content);
            response.StatusCode.ShouldBeOneOf(
                HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                acked.Add(callId);
            }
            else
            {
                refused++;
            }
        }

        acked.Count.ShouldBeGreaterThan(30);
        refused.ShouldBeGreaterThan(30);
        (await admin.AllItemsAsync("/api/refused-events")).Count.ShouldBe(refused);

        // The damage may have changed the id or the time, but each acked notification is in some call's timeline.
        var events = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                var calls = await admin.AllItemsAsync("/api/calls");
                events = 0;
                foreach (var call in calls)
                {
                    var read = await admin.ReadAsync($"/api/calls/{Uri.EscapeDataString(call.Text("callId")!)}?account={Uri.EscapeDataString(call.Text("account")!)}");
                    events += read.ShouldNotBeNull().GetProperty("timeline").GetArrayLength();
                }

                return events == acked.Count;
            },
            () => $"{acked.Count} events, of which {events} are in calls",
            pause: TimeSpan.FromMilliseconds(500));
    }

    private async Task<IReadOnlyList<JsonElement>> RefusedAsync() =>
        await demo.Admin.AllItemsAsync("/api/refused-events");

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(byte[] body, string? contentType)
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await demo.Nobody.PostAsync(demo.Host.Webhook, content);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(
            await response.Content.ReadAsStringAsync()));
    }

    // A stream of unknown length.
    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

/// <summary>Damages a body as networks, programs and people do.</summary>
internal static class Mutation
{
    private static readonly byte[] Tokens = [.. "{}[]\",:'\\<>\0\xFF 09.-eé"u8];

    public static byte[] Of(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (var change = random.Next(0, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.Insert(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at - (at == 0 ? 1 : 0)));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 60), bytes.Count - at)));
                    break;
                case 4:
                    bytes.RemoveRange(Math.Max(1, at), bytes.Count - Math.Max(1, at));
                    break;
                case 5:
                    bytes[at] = Tokens[random.Next(Tokens.Length)];
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)' ', random.Next(20_000)));
                    break;
            }
        }

        return [.. bytes];
    }
}

public sealed class WebhookDoorTestsOnSqlite(DemoHost demo) : WebhookDoorTests(demo), IClassFixture<DemoHost>;

public sealed class WebhookDoorTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : WebhookDoorTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
