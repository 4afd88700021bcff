using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>Clicks that are refused, and the rules.</summary>
public abstract class RefusedClickTests(TestStorage storage) : IAsyncLifetime
{
    private ClickDesk _desk = null!;
    private HttpClient _ana = null!;
    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _desk = await ClickDesk.StartAsync(storage);
        _ana = await _desk.SignInAsync("ana");
        _admin = await _desk.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [SkippableFact]
    public async Task What_A_Click_Would_Lead_To_Is_Said_Before_It()
    {
        (await CheckAsync("8888 1234")).ShouldBe((true, null));
        (await CheckAsync("911")).Message.ShouldNotBeNull().ShouldStartWith("Los números de emergencia");
        (await CheckAsync("900 1234567")).ShouldBe(
            (false, "Las reglas de marcado no permiten llamar a este número."));
        (await CheckAsync("+1 202 555 0143")).Allowed.ShouldBeFalse("the rules allow the office's own country alone");
        (await _ana.AskAsync(HttpMethod.Get, "/api/dial-checks?number=Jos%C3%A9")).Status
            .ShouldBe(HttpStatusCode.BadRequest);

        var rules = new { allowedPrefixes = Array.Empty<string>(), deniedPrefixes = Array.Empty<string>() };
        (await _admin.AskAsync(HttpMethod.Put, "/api/dial-rules", rules)).Status.ShouldBe(HttpStatusCode.OK);
        (await CheckAsync("+1 202 555 0143")).ShouldBe((true, "Es una llamada internacional (US)."));

        async Task<(bool Allowed, string? Message)> CheckAsync(string number)
        {
            var answer = (await _ana.ReadAsync($"/api/dial-checks?number={Uri.EscapeDataString(number)}")).ShouldNotBeNull();
            return (answer.GetProperty("allowed").GetBoolean(), answer.Text("message"));
        }
    }

    private static readonly (string Click, int Status, string Field)[] BadClicks =
    [
        ("""{}""", 400, "number"),
        ("""{"number":"   "}""", 400, "number"),
        ("""{"number":"José"}""", 400, "number"),
        ("""{"number":"123"}""", 400, "number"),
        ("""{"number":"1002"}""", 400, "number"),
        ("""{"number":"anonymous"}""", 400, "number"),
        ("""{"number":"8888\u0000"}""", 400, "number"),
        ("""{"number":"4000-1001"}""", 400, "number"),
        ("""{"number":"+506 4000 1004"}""", 400, "number"),
        // These begin with the allowed +506. As dialled, without the country code, they would be a foreign number and
        // 911.
        ("""{"number":"+506 00 682 12345"}""", 400, "number"),
        ("""{"number":"00506 00 682 12345"}""", 400, "number"),
        ("""{"number":"tel:00 682 12345;phone-context=+506"}""", 400, "number"),
        ("""{"number":"+506 1900 00 682 12345"}""", 400, "number"),
        ("""{"number":"+506 9110 0000"}""", 400, "number"),
        ("""{"number":"9110-0000"}""", 400, "number"),
        // More digits than a number has, two numbers, and no number.
        ("""{"number":"4111 1111 1111 1111"}""", 400, "number"),
        ("""{"number":"8888 1234 5"}""", 400, "number"),
        ("""{"number":"8888-1234 / 2222-3333"}""", 400, "number"),
        ("""{"number":"20/05/2024"}""", 400, "number"),
        ("""{"number":"₡25.000.000"}""", 400, "number"),
        ("""{"number":"1-1234-0567"}""", 400, "number"),
        ("""{"number":"8888 casa"}""", 400, "number"),
        ("""{"contactId":"nobody"}""", 400, "contactId"),
        ("""{"number":"8888-1234","contactId":"nobody"}""", 400, "contactId"),
        ("""{"number":"911"}""", 403, "number"),
        ("""{"number":"900-123-4567"}""", 403, "number"),
        ("""{"number":"905 123 4567"}""", 403, "number"),
        ("""{"number":"+506 909 123 4567"}""", 403, "number"),
        ("""{"number":"+1 305 555 0142"}""", 403, "number"),
        ("""{"number":"8888-1234","endpointId":"1002"}""", 403, "endpointId"),
        ("""{"number":"8888-1234","endpointId":"no-such"}""", 403, "endpointId"),
    ];

    [SkippableFact]
    public async Task What_Can_Not_Be_Dialled_Is_Reported_By_Field()
    {
        foreach (var (click, status, field) in BadClicks)
        {
            var sentences = new HashSet<string>(StringComparer.Ordinal);
            foreach (var language in new[] { "es", "en" })
            {
                var body = JsonSerializer.Deserialize<JsonElement>(click);
                var (answer, problem) = await ClickDesk.ClickAsync(_ana, body, language: language);

                ((int)answer).ShouldBe(status, $"{click} {problem}");
                problem.Errors().ShouldBe([field], $"{click} {problem}");
                sentences.Add(problem.GetProperty("errors").GetProperty(field)[0].GetString()!)
                    .ShouldBeTrue($"{click}: each language has a sentence of its own");
            }
        }

        (await _desk.TruthAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Click_Without_A_Key_Is_Refused()
    {
        using var response = await _ana.PostAsJsonAsync("/api/calls", new { number = "88881234" });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).Errors().ShouldBe(["Idempotency-Key"]);
    }

    [SkippableFact]
    public async Task An_Agent_Without_A_Phone_Is_Told_So() =>
        (await ClickDesk.ClickAsync(_admin, new { number = "88881234" })).Status.ShouldBe(HttpStatusCode.Forbidden);

    [SkippableFact]
    public async Task Without_The_Accounts_Password_Nothing_Is_Sent()
    {
        await using var desk = await ClickDesk.StartAsync(storage, null, "--CallMyWay:Accounts:0:Username", "8000001");
        using var ana = await desk.SignInAsync("ana");

        var (status, problem) = await ClickDesk.ClickAsync(ana, new { number = "88881234" });

        (status, problem.Errors().Single()).ShouldBe((HttpStatusCode.Forbidden, "endpointId"));
    }

    [SkippableFact]
    public async Task A_Contact_Who_Was_Deleted_Meanwhile_Is_Not_Called()
    {
        using var sofia = await _desk.SignInAsync("sofia");
        (await sofia.DeleteAsync("/api/contacts/demo-02")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var (status, problem) = await ClickDesk.ClickAsync(_ana, new { contactId = "demo-02" });

        (status, problem.Errors().Single()).ShouldBe((HttpStatusCode.BadRequest, "contactId"));
    }

    [SkippableFact]
    public async Task A_Contact_With_Two_Numbers_In_One_Field_Is_Not_Called()
    {
        var contact = new { name = "Dos Números", numbers = new[] { "8888-1234 / 2222-3333", "8888-1235" } };
        var (_, created) = await _admin.AskAsync(HttpMethod.Post, "/api/contacts", contact);

        var (status, problem) = await ClickDesk.ClickAsync(_ana, new { contactId = created.Text("contactId") });

        (status, problem.Errors().Single()).ShouldBe((HttpStatusCode.BadRequest, "contactId"));
        (await _desk.TruthAsync()).ShouldBeEmpty();
        var (chosen, _) = await ClickDesk.ClickAsync(
            _ana, new { contactId = created.Text("contactId"), number = "2222-3333" });
        chosen.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task A_Number_Of_Another_Contact_Is_Not_Called_Into_This_Ones_File()
    {
        var (_, created) = await _admin.AskAsync(
            HttpMethod.Post,
            "/api/contacts",
            new { name = "Beto Dueño", numbers = new[] { "6100-0001", "6100-0002" } });
        var owner = created.Text("contactId")!;

        var (status, problem) = await ClickDesk.ClickAsync(_ana, new { number = "61000002", contactId = "demo-01" });

        (status, problem.Errors().Single()).ShouldBe((HttpStatusCode.BadRequest, "number"));
        problem.GetProperty("errors").GetProperty("number")[0].GetString()!.ShouldContain("Beto Dueño");
        problem.GetProperty("owners").EnumerateArray().Select(each => (each.Text("contactId"), each.Text("name")))
            .ShouldBe([(owner, "Beto Dueño")]);
        (await _desk.TruthAsync()).ShouldBeEmpty();
        (await ClickDesk.ClickAsync(_ana, new { number = "6100 0002", contactId = owner })).Status
            .ShouldBe(HttpStatusCode.Accepted);
    }

    // What an agent chose once counts only while the file agrees.
    [SkippableFact]
    public async Task A_Contact_That_Was_Once_Chosen_For_Anothers_Number_Is_Not_Called_By_It()
    {
        await _admin.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Beto Dueño", numbers = new[] { "6100-0012" } });
        foreach (var number in new[] { "6100-0012", "6100-0013" })
        {
            await _desk.Host.Get<ContactChoices>().RememberAsync(
                _desk.Host.Get<PhoneNumberParser>().Parse(number),
                "demo-01",
                DateTimeOffset.UtcNow,
                CancellationToken.None);
        }

        var (status, problem) = await ClickDesk.ClickAsync(_ana, new { number = "6100 0012", contactId = "demo-01" });

        (status, problem.Errors().Single()).ShouldBe((HttpStatusCode.BadRequest, "number"));
        (await ClickDesk.ClickAsync(_ana, new { number = "6100 0013", contactId = "demo-01" })).Status
            .ShouldBe(HttpStatusCode.Accepted, "it is nobody else's");
    }

    [SkippableFact]
    public async Task A_Contact_Is_Called_By_Their_Own_Number_However_Many_Share_It()
    {
        var ids = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            var (_, created) = await _admin.AskAsync(
                HttpMethod.Post, "/api/contacts", new { name = $"Extensión {i}", numbers = new[] { "6100-0003" } });
            ids.Add(created.Text("contactId")!);
        }

        // The last of the index, which is not read as far as there.
        var (status, answer) = await ClickDesk.ClickAsync(
            _ana, new { number = "6100 0003", contactId = ids.Max(StringComparer.Ordinal) });

        status.ShouldBe(HttpStatusCode.Accepted, answer.ToString());
        (await ClickDesk.ClickAsync(_ana, new { number = "6100 0003", contactId = "demo-01" })).Status
            .ShouldBe(HttpStatusCode.BadRequest);
    }

    [SkippableFact]
    public async Task A_Number_That_Nobody_Has_Is_Called_For_A_Contact() =>
        (await ClickDesk.ClickAsync(_ana, new { number = "6100-0009", contactId = "demo-01" })).Status
            .ShouldBe(HttpStatusCode.Accepted);

    [SkippableFact]
    public async Task Another_Agents_Dial_Is_Not_Found()
    {
        using var luis = await _desk.SignInAsync("luis");
        var (_, dial) = await ClickDesk.ClickAsync(_ana, new { number = "88881234" });

        (await luis.ReadAsync($"/api/dials/{dial.Text("dialId")}")).ShouldBeNull();
    }

    [SkippableFact]
    public async Task The_Switch_Stops_All_Dialling()
    {
        await PutRulesAsync(
            new { enabled = false, allowedPrefixes = Array.Empty<string>(), deniedPrefixes = Array.Empty<string>() });

        (await ClickDesk.ClickAsync(_ana, new { number = "88881234" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _desk.TruthAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task The_Rules_Say_Which_Numbers_May_Be_Dialled()
    {
        await PutRulesAsync(
            new { allowedPrefixes = new[] { "+506", "+1" }, deniedPrefixes = new[] { "8888", "+1 900" } });

        (await ClickDesk.ClickAsync(_ana, new { number = "8888-1234" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await ClickDesk.ClickAsync(_ana, new { number = "+1 305 555 0142" })).Status.ShouldBe(HttpStatusCode.Accepted);
        (await _desk.TruthAsync()).ShouldHaveSingleItem().GetProperty("legs")[0].Text("dnis").ShouldBe("0013055550142");
    }

    [SkippableFact]
    public async Task A_Foreign_Prefix_May_Be_Written_With_00()
    {
        var rules = await PutRulesAsync(
            new { allowedPrefixes = new[] { "+506", "00 1" }, deniedPrefixes = new[] { "001900", "8888" } });

        rules.GetProperty("allowedPrefixes").EnumerateArray().Select(prefix => prefix.GetString())
            .ShouldBe(["+506", "+1"]);
        rules.GetProperty("deniedPrefixes").EnumerateArray().Select(prefix => prefix.GetString())
            .ShouldBe(["+1900", "+5068888"]);
        (await ClickDesk.ClickAsync(_ana, new { number = "+1 900 555 0142" }))
            .Status.ShouldBe(HttpStatusCode.Forbidden);
        (await ClickDesk.ClickAsync(_ana, new { number = "+1 305 555 0142" })).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task Premium_Numbers_Are_Denied_By_Default() =>
        (await _admin.ReadAsync("/api/dial-rules")).ShouldNotBeNull().GetProperty("deniedPrefixes").EnumerateArray()
            .Select(prefix => prefix.GetString()).ShouldBe(["+506900", "+506905", "+506909"]);

    [SkippableFact]
    public async Task No_Call_Is_Placed_Outside_The_Allowed_Hours()
    {
        // In the account's zone, whatever the time is now: one minute of yesterday.
        var today = (int)TimeZoneInfo.ConvertTime(
            DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica")).DayOfWeek;
        await PutRulesAsync(new { allowedPrefixes = Array.Empty<string>(), deniedPrefixes = Array.Empty<string>(), hours = new { from = "00:00", to = "00:00", days = new[] { (today + 3) % 7 } } });

        (await ClickDesk.ClickAsync(_ana, new { number = "88881234" })).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory]
    [InlineData("perAgentHour")]
    [InlineData("perAgentDay")]
    [InlineData("totalHour")]
    [InlineData("totalDay")]
    public async Task A_Limit_Says_When_To_Come_Back_And_Holds_For_Many_At_Once(string limit)
    {
        await WallClock.WithinAnHourAsync();
        await PutRulesAsync(new Dictionary<string, object> { ["allowedPrefixes"] = Array.Empty<string>(), ["deniedPrefixes"] = Array.Empty<string>(), [limit] = 2 });
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            var (status, dial) = await ClickDesk.ClickAsync(_ana, new { number = "88881234" });
            statuses.Add(status);
            if (status == HttpStatusCode.Accepted)
            {
                await ClickDesk.DialAsync(_ana, dial.Text("dialId")!, "ended");
            }
        }

        statuses.ShouldBe([HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/calls")
        {
            Content = JsonContent.Create(new { number = "88881234" })
        };
        request.Headers.Add("Idempotency-Key", "one too many");
        using var response = await _ana.SendAsync(request);
        response.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(0, 86_400);

        using var luis = await _desk.SignInAsync("luis");
        (await ClickDesk.ClickAsync(luis, new { number = "88881234" })).Status.ShouldBe(limit.StartsWith("total", StringComparison.Ordinal) ? HttpStatusCode.TooManyRequests : HttpStatusCode.Accepted);
        (await _desk.TruthAsync()).Count.ShouldBe(limit.StartsWith("total", StringComparison.Ordinal) ? 2 : 3);
    }

    [SkippableFact]
    public async Task Rules_Without_The_Switch_Do_Not_Begin_Again_What_Was_Stopped()
    {
        await PutRulesAsync(new { enabled = false, allowedPrefixes = new[] { "+506" }, deniedPrefixes = Array.Empty<string>() });
        var later = await PutRulesAsync(new { allowedPrefixes = Array.Empty<string>(), deniedPrefixes = new[] { "900" } });

        later.GetProperty("enabled").GetBoolean().ShouldBeFalse();
        (await ClickDesk.ClickAsync(_ana, new { number = "88881234" })).Status.ShouldBe(HttpStatusCode.Forbidden);

        await PutRulesAsync(new { enabled = true, allowedPrefixes = Array.Empty<string>(), deniedPrefixes = new[] { "900" } });
        (await ClickDesk.ClickAsync(_ana, new { number = "88881234" })).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task Rules_Replace_Only_The_Version_That_Was_Read()
    {
        var first = await PutRulesAsync(
            new { allowedPrefixes = new[] { "+506" }, deniedPrefixes = Array.Empty<string>() });
        await PutRulesAsync(new { allowedPrefixes = new[] { "+507" }, deniedPrefixes = Array.Empty<string>() });

        var (status, _) = await _admin.AskAsync(
            HttpMethod.Put,
            "/api/dial-rules",
            new { allowedPrefixes = Array.Empty<string>(), deniedPrefixes = Array.Empty<string>() },
            ifMatch: first.Text("etag"));

        status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await _admin.ReadAsync("/api/dial-rules")).ShouldNotBeNull().GetProperty("allowedPrefixes")[0].GetString()
            .ShouldBe("+507");
    }

    [SkippableFact]
    public async Task Invalid_Rules_Are_Reported_By_Field()
    {
        (string Rules, string Field)[] cases =
        [
            ("""{}""", "allowedPrefixes"),
            ("""{"allowedPrefixes":["x"],"deniedPrefixes":[]}""", "allowedPrefixes[0]"),
            ("""{"allowedPrefixes":[],"deniedPrefixes":["+"]}""", "deniedPrefixes[0]"),
            ("""{"allowedPrefixes":[null],"deniedPrefixes":[]}""", "allowedPrefixes[0]"),
            ("""{"allowedPrefixes":[],"deniedPrefixes":["900","0900"]}""", "deniedPrefixes[1]"),
            ("""{"allowedPrefixes":["00"],"deniedPrefixes":[]}""", "allowedPrefixes[0]"),
            ("""{"allowedPrefixes":["+0506"],"deniedPrefixes":[]}""", "allowedPrefixes[0]"),
            ("""{"allowedPrefixes":[],"deniedPrefixes":["011900"]}""", "deniedPrefixes[0]"),
            ("""{"allowedPrefixes":[],"deniedPrefixes":[],"perAgentHour":-1}""", "perAgentHour"),
            ("""{"allowedPrefixes":[],"deniedPrefixes":[],"hours":{"from":"25:00","to":"10:00"}}""", "hours.from"),
            ("""{"allowedPrefixes":[],"deniedPrefixes":[],"hours":{"from":"10:00","to":"09:00"}}""", "hours.to"),
            ("""{"allowedPrefixes":[],"deniedPrefixes":[],"hours":{"from":"10:00","to":"12:00","days":[7]}}""", "hours.days"),
            ("""{"allowedPrefixes":[],"deniedPrefixes":[],"hours":{"from":"10:00","to":"12:00","days":[]}}""", "hours.days"),
        ];
        foreach (var (rules, field) in cases)
        {
            var (status, problem) = await _admin.AskAsync(HttpMethod.Put, "/api/dial-rules", rules);

            status.ShouldBe(HttpStatusCode.BadRequest, rules);
            problem.Errors().ShouldContain(field, rules);
        }
    }

    private async Task<JsonElement> PutRulesAsync(object rules)
    {
        var (status, body) = await _admin.AskAsync(HttpMethod.Put, "/api/dial-rules", rules);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }
}

public sealed class RefusedClickTestsOnSqlite() : RefusedClickTests(TestStorage.Sqlite);

public sealed class RefusedClickTestsOnAzurite() : RefusedClickTests(TestStorage.AzuriteInTheLongRun);
