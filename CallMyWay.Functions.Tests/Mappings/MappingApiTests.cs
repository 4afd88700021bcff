using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Mappings;

/// <summary>The API of the agents' phones.</summary>
public abstract class MappingApiTests(DemoHost demo)
{
    [SkippableFact]
    public async Task A_Mapping_Is_Created_Changed_And_Deleted()
    {
        var (status, made) = await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/2001", new { agentId = "ana" });
        status.ShouldBe(HttpStatusCode.Created);
        made.Text("phone").ShouldBe("2001", "the endpoint's id, where none is given");
        made.Text("account").ShouldBe(DemoHost.Account);

        (status, var changed) = await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/2001", new { agentId = "luis", phone = "4000-2001", label = "Bodega", callerId = "2222-0000", @private = true, primary = true }, made.Text("etag"));
        status.ShouldBe(HttpStatusCode.OK);
        changed.Text("label").ShouldBe("Bodega");
        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/2001", new { agentId = "ana" }, made.Text("etag")))
            .Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await demo.Admin.AskAsync(
            HttpMethod.Put,
            "/api/mappings/never-was",
            new { agentId = "ana" },
            made.Text("etag"))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);

        var listed = (await demo.Admin.ItemsAsync("/api/mappings")).Single(item => item.Text("endpointId") == "2001");
        listed.Text("agentId").ShouldBe("luis");
        listed.Text("etag").ShouldBe(changed.Text("etag"));

        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/mappings/2001", null, made.Text("etag")))
            .Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/mappings/2001", null, changed.Text("etag")))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/mappings/2001")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await demo.Admin.ItemsAsync("/api/mappings")).ShouldNotContain(item => item.Text("endpointId") == "2001");
    }

    [SkippableFact]
    public async Task An_Agent_Has_One_Main_Phone_That_Which_Was_Named_Last()
    {
        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/agents/dora", new { name = "Dora", roles = new[] { "agent" } }))
            .Status.ShouldBe(HttpStatusCode.Created);
        foreach (var endpointId in new[] { "main-1", "main-2" })
        {
            (await demo.Admin.AskAsync(
                HttpMethod.Put, $"/api/mappings/{endpointId}", new { agentId = "dora", primary = true }))
                .Status.ShouldBe(HttpStatusCode.Created);
        }

        var phones = (await demo.Admin.ItemsAsync("/api/mappings")).Where(phone => phone.Text("agentId") == "dora")
            .ToDictionary(phone => phone.Text("endpointId")!, phone => phone.GetProperty("primary").GetBoolean());
        (phones["main-1"], phones["main-2"]).ShouldBe((false, true));
        var entry = (await demo.Admin.ItemsAsync("/api/audit?what=mapping.changed")).First(each => each.Text("id") == "main-1");
        entry.GetProperty("after").GetProperty("primary").GetBoolean().ShouldBeFalse();
        (entry.Text("who"), entry.Text("address")).ShouldBe(("admin", "127.0.0.1"));
    }

    [SkippableFact]
    public async Task The_Main_Phone_That_Another_Agent_Shares_In_Shifts_Stays_Its_Owner_s()
    {
        await AgentAsync("olga");
        await AgentAsync("rita");
        var shifts = new[] { new { agentId = "rita", days = new[] { 1 }, from = "14:00", to = "22:00" } };
        await MainAsync("shared-main", new { agentId = "olga", primary = true, shifts });
        await MainAsync("own-main", new { agentId = "rita", primary = true });

        (await IsMainAsync("shared-main"), await IsMainAsync("own-main")).ShouldBe((true, true));
    }

    [SkippableFact]
    public async Task A_Repeated_Request_Takes_The_Mark_That_The_First_Has_Left_To_Another_Phone()
    {
        await AgentAsync("elsa");
        await MainAsync("left-1", new { agentId = "elsa", primary = true });
        // A process ended after it had stored the phone.
        (await demo.Host.Get<MappingStore>().PutAsync(
            new Mapping
            {
                EndpointId = "left-2",
                Account = DemoHost.Account,
                AgentId = "elsa",
                Phone = "left-2",
                Primary = true,
            },
            default)).ShouldNotBeNull();

        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/left-2", new { agentId = "elsa", primary = true }))
            .Status.ShouldBe(HttpStatusCode.OK);

        (await IsMainAsync("left-1"), await IsMainAsync("left-2")).ShouldBe((false, true));
    }

    [SkippableFact]
    public async Task An_Unmapped_Phone_Is_Listed_Until_It_Is_Mapped_And_Then_Rings_At_Its_Agent()
    {
        await demo.StartAsync("unmapped-1", ("endpoint_id", "3001"), ("dnis", "40003001"));
        (await demo.CallAsync("unmapped-1")).GetProperty("agentIds").GetArrayLength().ShouldBe(0);
        var unmapped = (await demo.Admin.ItemsAsync("/api/unmapped-endpoints"))
            .Single(item => item.Text("endpointId") == "3001");
        unmapped.Text("account").ShouldBe(DemoHost.Account);
        unmapped.Text("phone").ShouldBe("40003001");

        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/3001", new { agentId = "luis", phone = "4000-3001" }))
            .Status.ShouldBe(HttpStatusCode.Created);

        (await demo.Admin.ItemsAsync("/api/unmapped-endpoints"))
            .ShouldNotContain(item => item.Text("endpointId") == "3001");
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await demo.StartAsync("mapped-1", ("endpoint_id", "3001"), ("dnis", "40003001"));
        (await luis.NextOfAsync("mapped-1")).PopUp.Text("endpointId").ShouldBe("3001");

        // The phone's number decides if the operator names no endpoint, or one without a mapping.
        await demo.StartAsync("mapped-2", ("endpoint_id", null), ("dnis", "+506 4000-3001"));
        (await luis.NextOfAsync("mapped-2")).PopUp.Text("endpointId").ShouldBe("3001");
    }

    [SkippableFact]
    public async Task A_Phone_That_Is_Mapped_By_Its_Number_Is_Not_Listed_As_Unmapped()
    {
        // Before it is mapped and after, with each id that the operator may give it.
        await demo.StartAsync("number-0", ("endpoint_id", null), ("dnis", "40003009"));
        await demo.StartAsync("number-1", ("endpoint_id", "3008"), ("dnis", "40003009"));
        await demo.CallAsync("number-1");
        await Eventually.TrueAsync(async () => (await UnmappedAsync()).Count == 2);

        (await demo.Admin.AskAsync(
            HttpMethod.Put,
            "/api/mappings/by-number",
            new { agentId = "luis", phone = "4000-3009" })).Status.ShouldBe(HttpStatusCode.Created);
        (await UnmappedAsync()).ShouldBeEmpty();
        await demo.StartAsync("number-2", ("endpoint_id", "3009"), ("dnis", "40003009"));
        await demo.StartAsync("number-3", ("endpoint_id", "40003009"), ("dnis", "40003009"));
        await demo.StartAsync("number-4", ("endpoint_id", null), ("dnis", "40003009"));
        foreach (var callId in new[] { "number-2", "number-3", "number-4" })
        {
            (await demo.CallAsync(callId)).Text("agentId").ShouldBe("luis");
        }

        (await UnmappedAsync()).ShouldBeEmpty();
        // Its id is known from its calls.
        (await demo.CallAsync("number-2")).GetProperty("timeline")[0].Text("endpointId").ShouldBe("3009");

        async Task<IReadOnlyList<string?>> UnmappedAsync() =>
        [
            .. (await demo.Admin.ItemsAsync("/api/unmapped-endpoints"))
                .Select(item => item.Text("phone"))
                .Where(phone => phone == "40003009"),
        ];
    }

    [SkippableFact]
    public async Task An_Unmapped_Row_That_A_Race_Leaves_Behind_Is_Not_Listed()
    {
        await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/raced", new { agentId = "luis" });
        var late = new UnmappedEndpoint("raced", DemoHost.Account, null, DateTimeOffset.UtcNow);
        await demo.Host.Get<MappingStore>().NoteUnmappedAsync(late, CancellationToken.None);

        (await IsListedAsync()).ShouldBeFalse();

        // Without its mapping it is again a phone that rang and has no agent.
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/mappings/raced")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await IsListedAsync()).ShouldBeTrue();

        async Task<bool> IsListedAsync() =>
            (await demo.Admin.ItemsAsync("/api/unmapped-endpoints")).Any(item => item.Text("endpointId") == "raced");
    }

    [SkippableFact]
    public async Task An_Endpoint_Id_May_Have_Any_Characters()
    {
        foreach (var endpointId in new[] { "SIP/3003", "a b%c", "ñ~_.|x" })
        {
            var path = $"/api/mappings/{Uri.EscapeDataString(endpointId)}";
            (await demo.Admin.AskAsync(HttpMethod.Put, path, new { endpointId, agentId = "ana" }))
                .Status.ShouldBe(HttpStatusCode.Created);
            await using var ana = await demo.ScreenAsync(demo.Ana);
            await demo.StartAsync($"at {endpointId}", ("endpoint_id", endpointId), ("dnis", ""));
            (await ana.NextOfAsync($"at {endpointId}")).PopUp.Text("endpointId").ShouldBe(endpointId);
            (await demo.Admin.AskAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NoContent);
        }
    }

    [SkippableFact]
    public async Task A_Shared_Phone_Rings_At_Whose_Shift_It_Is_When_The_Call_Begins()
    {
        await WallClock.WithinAnHourAsync();
        var now = TimeZoneInfo.ConvertTime(
            DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));
        var (status, made) = await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/3100", new
        {
            agentId = "ana",
            phone = "4000-3100",
            shifts = new[] { ShiftOf("luis", now.AddHours(-1), now.AddHours(1)) },
        });
        status.ShouldBe(HttpStatusCode.Created);
        made.GetProperty("shifts")[0].Text("agentId").ShouldBe("luis");
        await demo.StartAsync("shift-1", ("endpoint_id", "3100"));
        (await demo.CallAsync("shift-1")).Text("agentId").ShouldBe("luis");
        // What began before the shift is whose it was then, however late it is told.
        await demo.StartAsync(
            "shift-2", ("endpoint_id", "3100"), ("detect_time", DemoHost.OperatorTime(now.AddHours(-2))));
        (await demo.CallAsync("shift-2")).Text("agentId").ShouldBe("ana");

        // In force at the next call; a call that goes on stays with its agent.
        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/3100", new
        {
            agentId = "luis",
            phone = "4000-3100",
            shifts = new[] { ShiftOf("ana", now.AddHours(-1), now.AddHours(1)) },
        })).Status.ShouldBe(HttpStatusCode.OK);
        await demo.EndAsync("shift-1", ("endpoint_id", "3100"));
        await demo.StartAsync("shift-3", ("endpoint_id", null), ("dnis", "40003100"));
        (await demo.CallAsync("shift-3")).Text("agentId").ShouldBe("ana");
        (await demo.CallAsync("shift-1")).GetProperty("agentIds").EnumerateArray()
            .Select(id => id.GetString()).ShouldBe(["luis"]);

        // It is a phone of both, and calls for whose it is.
        foreach (var (agent, isOf) in new[] { (demo.Ana, true), (demo.Luis, false) })
        {
            (await agent.AskAsync(HttpMethod.Get, "/api/me")).Body.GetProperty("endpoints").EnumerateArray()
                .ShouldContain(endpoint => endpoint.Text("endpointId") == "3100");
            using var click = new HttpRequestMessage(HttpMethod.Post, "/api/calls")
            {
                Content = JsonContent.Create(new { number = "911", endpointId = "3100" }),
            };
            click.Headers.Add("Idempotency-Key", $"shift-{isOf}");
            using var answer = await agent.SendAsync(click);
            var refusal = JsonSerializer.Deserialize<JsonElement>(
                await answer.Content.ReadAsStringAsync());
            refusal.Errors().ShouldBe([isOf ? "number" : "endpointId"], "911 is never dialled by a click");
        }

        // Who has a shift of it still has a phone.
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/luis")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/mappings/3100")).Status.ShouldBe(HttpStatusCode.NoContent);

        static object ShiftOf(string agentId, DateTimeOffset from, DateTimeOffset to) => new
        {
            agentId,
            days = new[] { (int)from.DayOfWeek },
            from = from.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture),
            to = to.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    [SkippableFact]
    public async Task A_Phone_That_Is_Mapped_Is_Not_Added_Again()
    {
        var (_, made) = await AddAsync("Taken-1", new { agentId = "ana", phone = "4000-3201" });
        // A repeated request says what is stored.
        (await AddAsync("Taken-1", new { agentId = "ana", phone = "4000-3201" })).Status.ShouldBe(HttpStatusCode.OK);
        var (status, refusal) = await AddAsync("Taken-1", new { agentId = "luis", phone = "4000-3201" });
        status.ShouldBe(HttpStatusCode.Conflict);
        refusal.Errors().ShouldBe(["endpointId"]);
        refusal.GetProperty("errors").GetProperty("endpointId")[0].GetString()!.ShouldContain("Ana Solano");
        (await AddAsync("taken-1", new { agentId = "luis" })).Status.ShouldBe(HttpStatusCode.Conflict);
        var (_, read) = await demo.Admin.AskAsync(HttpMethod.Get, "/api/mappings/Taken-1");
        read.Text("agentId").ShouldBe("ana");
        read.Text("etag").ShouldBe(made.Text("etag"), "the repeated request has changed nothing");

        // Several may share a phone's number, as a group of phones does. It is told.
        var (_, other) = await AddAsync("taken-2", new { agentId = "luis", phone = "+506 4000 3201" });
        other.GetProperty("sharesPhoneWith")[0].GetString().ShouldBe("Taken-1");
        (await demo.Admin.ItemsAsync("/api/mappings")).Single(item => item.Text("endpointId") == "Taken-1")
            .GetProperty("sharesPhoneWith")[0].GetString().ShouldBe("taken-2");

        async Task<(HttpStatusCode Status, JsonElement Body)> AddAsync(string endpointId, object mapping)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/mappings/{endpointId}")
            {
                Content = JsonContent.Create(mapping),
            };
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
            using var answer = await demo.Admin.SendAsync(request);
            return (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(
                await answer.Content.ReadAsStringAsync()));
        }
    }

    [SkippableFact]
    public async Task A_Phone_Mapped_To_Another_Agent_Rings_There()
    {
        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/3002", new { agentId = "ana", phone = "4000-3002" }))
            .Status.ShouldBe(HttpStatusCode.Created);
        await demo.StartAsync("hands-1", ("endpoint_id", "3002"));
        (await demo.CallAsync("hands-1")).Text("agentId").ShouldBe("ana");

        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/3002", new { agentId = "luis", phone = "4000-3003" }))
            .Status.ShouldBe(HttpStatusCode.OK);
        await demo.StartAsync("hands-2", ("endpoint_id", "3002"));
        (await demo.CallAsync("hands-2")).Text("agentId").ShouldBe("luis");
        await demo.StartAsync("hands-3", ("endpoint_id", null), ("dnis", "40003002"));
        (await demo.CallAsync("hands-3")).GetProperty("agentIds").GetArrayLength()
            .ShouldBe(0, "the phone it had before is nobody's");
        (await demo.CallAsync("hands-1")).Text("agentId").ShouldBe("ana", "what was hers stays hers");
    }

    [SkippableTheory]
    [InlineData("{}", "agentId")]
    [InlineData("""{"agentId":"nobody"}""", "agentId")]
    [InlineData("""{"agentId":"../x"}""", "agentId")]
    [InlineData("""{"agentId":"a\u0000b"}""", "agentId")]
    [InlineData("""{"agentId":"ana","endpointId":"other"}""", "endpointId")]
    [InlineData("""{"agentId":"ana","account":"8000099"}""", "account")]
    [InlineData("""{"agentId":"ana","shifts":[null]}""", "shifts[0].agentId,shifts[0].days,shifts[0].from,shifts[0].to")]
    [InlineData("""{"agentId":"ana","shifts":[{"agentId":"nobody","days":[1],"from":"08:00","to":"9"}]}""", "shifts[0].agentId,shifts[0].to")]
    [InlineData("""{"agentId":"ana","shifts":[{"agentId":"luis","days":[1],"from":"08:00","to":"12:00"},{"agentId":"ana","days":[1],"from":"11:00","to":"13:00"}]}""", "shifts[1].from")]
    public async Task Errors_Are_Reported_By_Field(string body, string field)
    {
        var (status, problem) = await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/4001", body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(field.Split(','));
    }

    [SkippableFact]
    public async Task An_Account_That_The_Settings_No_Longer_Have_Stays_Where_It_Is()
    {
        await demo.Host.Get<MappingStore>().PutAsync(
            new Mapping { EndpointId = "former", Account = "8000077", AgentId = "ana", Phone = "former" },
            CancellationToken.None);

        var (status, changed) = await demo.Admin.AskAsync(
            HttpMethod.Put, "/api/mappings/former", new { agentId = "luis", account = "8000077" });
        (status, changed.Text("account"), changed.Text("agentId")).ShouldBe((HttpStatusCode.OK, "8000077", "luis"));

        // Who does not name the account does not move the phone to another one.
        (status, changed) = await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/former", new { agentId = "ana" });
        (status, changed.Text("account"), changed.Text("agentId")).ShouldBe((HttpStatusCode.OK, "8000077", "ana"));

        (status, var problem) = await demo.Admin.AskAsync(
            HttpMethod.Put, "/api/mappings/former", new { agentId = "luis", account = "8000078" });
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(["account"]);
        problem.GetProperty("errors").GetProperty("account")[0].GetString()!.ShouldContain(DemoHost.Account);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"agentId":1}""")]
    [InlineData("""{"agentId":"ana","private":"yes"}""")]
    [InlineData("""{"agentId":"ana","label":["a"]}""")]
    public async Task A_Body_That_Is_No_Mapping_Is_Refused_In_Plain_Words(string body) =>
        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/4002", body))
            .Status.ShouldBe(HttpStatusCode.BadRequest);

    [SkippableTheory]
    [InlineData("a b")]
    [InlineData("sip:ana@example.com")]
    [InlineData("ñ😀")]
    [InlineData("<b>")]
    [InlineData("a%b")]
    public async Task An_Endpoint_May_Be_Named_As_The_Operator_Likes(string endpointId)
    {
        var path = $"/api/mappings/{Uri.EscapeDataString(endpointId)}";
        (await demo.Admin.AskAsync(HttpMethod.Put, path, new { agentId = "ana" }))
            .Status.ShouldBe(HttpStatusCode.Created);
        await demo.StartAsync($"named {endpointId}", ("endpoint_id", endpointId));
        (await demo.CallAsync($"named {endpointId}")).Text("agentId").ShouldBe("ana");
        (await demo.Admin.AskAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [SkippableFact]
    public async Task A_Very_Long_Endpoint_Is_Refused() =>
        (await demo.Admin.AskAsync(HttpMethod.Put, $"/api/mappings/{new string('x', 129)}", new { agentId = "ana" }))
            .Status.ShouldBe(HttpStatusCode.BadRequest);

    private async Task AgentAsync(string agentId) => (await demo.Admin.AskAsync(
        HttpMethod.Put, $"/api/agents/{agentId}", new { name = agentId, roles = new[] { "agent" } })).Status
        .ShouldBe(HttpStatusCode.Created);

    private async Task MainAsync(string endpointId, object mapping) =>
        (await demo.Admin.AskAsync(HttpMethod.Put, $"/api/mappings/{endpointId}", mapping)).Status
            .ShouldBe(HttpStatusCode.Created);

    private async Task<bool> IsMainAsync(string endpointId) =>
        (await demo.Admin.ReadAsync($"/api/mappings/{endpointId}")).ShouldNotBeNull()
            .GetProperty("primary").GetBoolean();
}

public sealed class MappingApiTestsOnSqlite(DemoHost demo) : MappingApiTests(demo), IClassFixture<DemoHost>;

public sealed class MappingApiTestsOnAzurite(DemoHostOnAzurite demo) : MappingApiTests(demo), IClassFixture<DemoHostOnAzurite>;
