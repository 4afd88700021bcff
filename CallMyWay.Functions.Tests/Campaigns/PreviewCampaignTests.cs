using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>Campaigns in which the agent presses.</summary>
public abstract class PreviewCampaignTests(TestStorage storage)
{
    [SkippableFact]
    public async Task Nothing_Starts_Before_The_Coordination_Is_Confirmed_Or_After_Its_End()
    {
        await using var office = await CampaignOffice.StartAsync(storage, perMinute: null);
        var id = (await office.MakeAsync(Campaign("88880001"))).Text("campaignId");

        var (status, problem) = await office.Sofia.AskAsync(HttpMethod.Post, $"/api/campaigns/{id}/start", new { });
        (status, problem.Text("detail")!.Contains("coordinaron", StringComparison.Ordinal))
            .ShouldBe((HttpStatusCode.Conflict, true), problem.ToString());
        (await office.Sofia.AskAsync(HttpMethod.Put, "/api/campaign-coordination", new { confirmed = true })).Status
            .ShouldBe(HttpStatusCode.Forbidden);

        // Until a day: it is valid for all of that day.
        var tomorrow = TimeZoneInfo.ConvertTime(
            DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica")).Date.AddDays(1);
        await office.CoordinateAsync(new { confirmed = true, perMinute = 10, until = $"{tomorrow:yyyy-MM-dd}" });
        (await office.Admin.ReadAsync("/api/campaign-coordination")).ShouldNotBeNull().Text("until")
            .ShouldBe($"{tomorrow.AddDays(1):yyyy-MM-dd}T06:00:00Z");
        var until = DateTimeOffset.UtcNow.AddHours(1);
        await office.CoordinateAsync(new { confirmed = true, perMinute = 10, until });
        (await office.DoAsync(id!, "start")).Text("state").ShouldBe("running");
        var card = await CampaignOffice.CardAsync(office.Ana);

        await office.CoordinateAsync(new { confirmed = false });
        var (pressed, dial) = await CampaignOffice.PressAsync(office.Ana, card);
        (pressed, dial.Text("problem") ?? dial.Text("detail")).ShouldSatisfyAllConditions(
            each => each.Item1.ShouldBeOneOf(HttpStatusCode.Accepted, HttpStatusCode.Forbidden),
            each => each.Item2.ShouldNotBeNull());
        (await office.Desk.TruthAsync()).ShouldBeEmpty();
        var paused = await office.UntilAsync(id!, each => each.Text("state") == "paused", "the campaign to pause");
        paused.Text("why")!.ShouldContain("operador");
        (await office.Sofia.AskAsync(HttpMethod.Post, $"/api/campaigns/{id}/start", new { })).Status
            .ShouldBe(HttpStatusCode.Conflict);
    }

    [SkippableFact]
    public async Task Who_Can_Not_Be_Called_Is_Refused_One_By_One_And_The_Rest_Goes_On()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        await office.ListAsync("88880002");
        var asked = new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new
            {
                numbers = new[]
                {
                    "8888-0001", "88880002", "+506 8888 0001", "no es", "+1 305 555 0142", "4000-1001", "911",
                    "8888 0003",
                },
            },
        };

        var (previewed, preview) = await office.Sofia.AskAsync(HttpMethod.Post, "/api/campaigns?preview=true", asked);
        previewed.ShouldBe(HttpStatusCode.OK, preview.ToString());
        (await office.Sofia.GetItemsAsync("/api/campaigns")).ShouldBeEmpty();
        var made = await office.MakeAsync(asked);

        foreach (var view in new[] { preview, made })
        {
            new[] { "total", "waiting", "refused" }.Select(state => CampaignOffice.Count(view, state))
                .ShouldBe([8, 2, 6]);
            view.GetProperty("refused").EnumerateArray().Select(each => each.Text("reason")).ShouldBe(
                ["doNotCall", "repeated", "invalid", "foreign", "ownPhone", "invalid"]);
        }

        (await office.ContactsAsync(made.Text("campaignId")!, "waiting"))
            .Select(each => each.GetProperty("number").Text("e164")).ShouldBe(["+50688880001", "+50688880003"]);
    }

    [SkippableFact]
    public async Task A_Card_Is_One_Agents_Until_It_Is_Pressed_And_Its_Call_Settles_It()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(Campaign("88880001", "88880002"));

        var card = await CampaignOffice.CardAsync(office.Ana);
        (await CampaignOffice.CardAsync(office.Ana)).Text("entryId").ShouldBe(card.Text("entryId"));
        var other = await CampaignOffice.CardAsync(office.Luis);
        other.Text("entryId").ShouldNotBe(card.Text("entryId"));

        // Only the card's own number, and only by who has it.
        (await CampaignOffice.PressAsync(office.Luis, card)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await ClickDesk.ClickAsync(office.Ana, new { campaignId = id, number = "88889999" })).Status
            .ShouldBe(HttpStatusCode.Forbidden);

        var (status, dial) = await CampaignOffice.PressAsync(office.Ana, card, "the press");
        status.ShouldBe(HttpStatusCode.Accepted, dial.ToString());
        dial.Text("campaignId").ShouldBe(id);
        (await CampaignOffice.PressAsync(office.Ana, card, "the press")).Body.Text("dialId")
            .ShouldBe(dial.Text("dialId"));

        var campaign = await office.UntilAsync(
            id, each => CampaignOffice.Count(each, "done") == 1, "the call to settle the card");
        CampaignOffice.Count(campaign, "offered").ShouldBe(1);
        (await office.Desk.TruthAsync()).Count.ShouldBe(1);
        var entry = (await office.ContactsAsync(id, "done")).ShouldHaveSingleItem();
        (entry.GetProperty("attempts").GetInt32(), entry.Text("lastDialId")).ShouldBe((1, dial.Text("dialId")));
    }

    [SkippableFact]
    public async Task An_Outcome_Of_The_Offices_Own_That_Means_Not_Reached_Lets_The_Person_Be_Called_Again()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var outcomes = await office.Admin.GetObjectAsync("/api/outcomes");
        outcomes["items"]!.AsArray().Add(new JsonObject
        {
            ["code"] = "voicemail",
            ["es"] = "Contestadora",
            ["en"] = "Voicemail",
            ["means"] = "notReached",
        });
        (await office.Admin.SendJsonAsync(HttpMethod.Put, "/api/outcomes", outcomes, (string?)outcomes["etag"])).Status
            .ShouldBe(200);
        var id = await office.StartAsync(Campaign("88880001", "88880002", "88880003"));
        var voicemail = await CalledAsync(office.Ana);
        var talked = await CalledAsync(office.Luis);
        await office.UntilAsync(id, each => CampaignOffice.Count(each, "done") == 2, "both calls to be over");

        await SaveAsync(office.Ana, voicemail.CallId, "voicemail");
        await SaveAsync(office.Luis, talked.CallId, "attended");

        await office.UntilAsync(id, each => CampaignOffice.Count(each, "waiting") == 2, "the outcome to count");
        var entry = (await office.ContactsAsync(id, "waiting"))
            .Single(each => each.Text("entryId") == voicemail.EntryId);
        (entry.GetProperty("attempts").GetInt32(), entry.Text("lastOutcome")).ShouldBe((1, "voicemail"));
        (await office.ContactsAsync(id, "done")).ShouldHaveSingleItem().Text("entryId").ShouldBe(talked.EntryId);

        // Corrected: somebody was reached after all.
        await SaveAsync(office.Ana, voicemail.CallId, "attended");
        await office.UntilAsync(id, each => CampaignOffice.Count(each, "done") == 2, "the correction to count");

        // The last one is called, and only then it is said that nobody was reached.
        var last = await CalledAsync(office.Luis);
        await office.UntilAsync(id, each => each.Text("state") == "done", "all to have been called");
        await SaveAsync(office.Luis, last.CallId, "voicemail");
        var open = await office.UntilAsync(id, each => each.Text("state") == "running", "the campaign to go on");
        (CampaignOffice.Count(open, "waiting"), open.Text("endedAt")).ShouldBe((1, null));
    }

    [SkippableFact]
    public async Task A_Listed_Number_Is_The_Contacts_Whose_It_Is_When_The_Card_Is_Given()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(Campaign("87124455", "61990042", "61990043"));
        // Made after the list.
        var (status, made) = await office.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Rosa Mora", numbers = new[] { "6199-0042" } });
        status.ShouldBe(HttpStatusCode.Created, made.ToString());

        var cards = new[]
        {
            await CampaignOffice.CardAsync(office.Ana),
            await CampaignOffice.CardAsync(office.Luis),
            await CampaignOffice.CardAsync(office.Sofia),
        };

        cards.Select(card => card.Text("contactId")).ShouldBe(["demo-02", made.Text("contactId"), null]);
        cards[1].Text("name").ShouldBe("Rosa Mora");
        (await office.ContactsAsync(id)).Select(each => each.Text("contactId"))
            .ShouldBe(["demo-02", made.Text("contactId"), null]);
        // Written down while the card is on the screen.
        var (_, late) = await office.Sofia.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Juan Mora", numbers = new[] { "6199-0043" } });
        (await CampaignOffice.CardAsync(office.Sofia)).Text("contactId").ShouldBe(late.Text("contactId"));
        // Who is deleted while they are on a screen is not called.
        (await office.Sofia.AskAsync(HttpMethod.Delete, $"/api/contacts/{made.Text("contactId")}")).Status
            .ShouldBe(HttpStatusCode.NoContent);
        (await CampaignOffice.WorkAsync(office.Luis)).Text("why").ShouldBe("none");
        (await CampaignOffice.PressAsync(office.Ana, cards[0])).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task An_Outcome_That_Is_Taken_Back_Is_Taken_Out_Of_The_Results()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(Campaign("88880001"));
        var (_, callId) = await CalledAsync(office.Ana);
        var (status, saved) = await office.Ana.SendJsonAsync(
            HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "wrong-number" });
        status.ShouldBe(200);
        await office.UntilAsync(
            id, each => each.GetProperty("outcomes").GetArrayLength() == 1, "the outcome to be counted");

        (await office.Ana.SendJsonAsync(
            HttpMethod.Post, $"/api/calls/{callId}/wrap-up/undo", null, (string)saved!["etag"]!)).Status.ShouldBe(200);

        await office.UntilAsync(id, each => each.GetProperty("outcomes").GetArrayLength() == 0, "it to be taken out");
    }

    [SkippableFact]
    public async Task Who_Supervises_Sees_The_Agreement_And_The_Phones_And_Changes_Neither()
    {
        await using var office = await CampaignOffice.StartAsync(storage, perMinute: null);
        var options = (await office.Sofia.ReadAsync("/api/campaign-options")).ShouldNotBeNull();
        options.GetProperty("coordination").Text("whyNot")!.ShouldContain("administrador");
        var defaults = options.GetProperty("defaults");
        (defaults.GetProperty("attempts").GetInt32(), defaults.GetProperty("gapMinutes").GetInt32()).ShouldBe((3, 60));
        var phones = options.GetProperty("phones").EnumerateArray().ToList();
        phones.Select(phone => (phone.Text("endpointId"), phone.Text("agentName")))
            .ShouldContain(("1001", "Ana Solano Vargas"));

        var until = DateTimeOffset.UtcNow.AddDays(1);
        await office.CoordinateAsync(new { confirmed = true, perMinute = 7, until });

        var agreed = (await office.Sofia.ReadAsync("/api/campaign-options"))!.Value.GetProperty("coordination");
        (agreed.GetProperty("confirmed").GetBoolean(), agreed.GetProperty("perMinute").GetInt32()).ShouldBe((true, 7));
        agreed.GetProperty("until").GetDateTimeOffset().ShouldBe(until, TimeSpan.FromSeconds(1));
        agreed.TryGetProperty("whyNot", out _).ShouldBeFalse();
        // A supervisor of a team sees the phones of that team.
        var sofia = await office.Admin.GetObjectAsync("/api/agents/sofia");
        sofia["team"] = "Otro";
        (await office.Admin.AskAsync(HttpMethod.Put, "/api/agents/sofia", sofia)).Status.ShouldBe(HttpStatusCode.OK);
        (await office.Sofia.ReadAsync("/api/campaign-options"))!.Value.GetProperty("phones").EnumerateArray()
            .Select(phone => phone.Text("agentId")).ShouldAllBe(agentId => agentId == "sofia");

        // And puts no others into a campaign. Those that an administrator put in stay.
        (await office.MakeAsync(Campaign("88880001"))).GetProperty("endpointIds").EnumerateArray()
            .Select(phone => phone.GetString()).ShouldBe(["1003"]);
        object With(params string[] endpointIds) => new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { numbers = new[] { "88880001" } },
            endpointIds,
        };
        var (refused, problem) = await office.Sofia.AskAsync(HttpMethod.Post, "/api/campaigns", With("1003", "1001"));
        refused.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(["endpointIds"]);
        var (_, made) = await office.Admin.AskAsync(HttpMethod.Post, "/api/campaigns", With("1001"));
        var path = $"/api/campaigns/{made.Text("campaignId")}";
        (await office.Sofia.SendJsonAsync(
            HttpMethod.Put, path, new { name = "Diciembre", endpointIds = new[] { "1001", "1003" } })).Status.ShouldBe(200);
        (await office.Sofia.SendJsonAsync(
            HttpMethod.Put, path, new { name = "Diciembre", endpointIds = new[] { "1001", "1002" } })).Status.ShouldBe(400);
        (await office.Sofia.SendJsonAsync(HttpMethod.Put, path, new { name = "Enero" })).Status.ShouldBe(200);
        (await office.ReadAsync(made.Text("campaignId")!)).GetProperty("endpointIds").EnumerateArray()
            .Select(phone => phone.GetString()).ShouldBe(["1001", "1003"]);
    }

    [SkippableTheory]
    [InlineData(30, "waiting")]
    [InlineData(0, "exhausted")]
    public async Task Who_Is_Not_Reached_Is_Called_Again_After_The_Gap_As_Often_As_Was_Said(
        int gapMinutes, string state)
    {
        await using var office = await CampaignOffice.StartAsync(
            storage, operatorSettings: ["--Click:SecondAnswers", "false"]);
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { numbers = new[] { "88880001" } },
            attempts = 2,
            gapMinutes,
        });
        await PressAsync(1);
        if (gapMinutes == 0)
        {
            await PressAsync(2);
        }

        var campaign = await office.UntilAsync(
            id, each => CampaignOffice.Count(each, state) == 1, $"the person to be {state}");
        CampaignOffice.Count(campaign, "done").ShouldBe(0);
        var work = await CampaignOffice.WorkAsync(office.Ana);
        if (gapMinutes > 0)
        {
            work.Text("why").ShouldBe("later");
            (work.GetProperty("nextAt").GetDateTimeOffset() - DateTimeOffset.UtcNow).TotalMinutes
                .ShouldBe(gapMinutes, 2);
        }

        (await office.Desk.TruthAsync()).Count.ShouldBe(gapMinutes == 0 ? 2 : 1);

        async Task PressAsync(int attempt)
        {
            JsonElement card = default;
            await Eventually.TrueAsync(async () =>
                (await CampaignOffice.WorkAsync(office.Ana)).TryGetProperty("card", out card)
                && card.ValueKind == JsonValueKind.Object);
            card.GetProperty("attempt").GetInt32().ShouldBe(attempt);
            var (status, dial) = await CampaignOffice.PressAsync(office.Ana, card);
            status.ShouldBe(HttpStatusCode.Accepted, dial.ToString());
            await ClickDesk.DialAsync(office.Ana, dial.Text("dialId")!, "ended");
        }
    }

    [SkippableFact]
    public async Task Whom_The_Guard_Holds_Is_Passed_Over_Until_The_Time_That_It_Says()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(Campaign("88880001", "88880002"));
        (await office.Admin.AskAsync(
            HttpMethod.Put, "/api/contact-guard", new { perDay = 1, holidays = new { observed = false } })).Status
            .ShouldBe(HttpStatusCode.OK);
        // An agent's own click came first.
        (await ClickDesk.ClickAsync(office.Luis, new { number = "88880001" })).Status.ShouldBe(HttpStatusCode.Accepted);

        (await CampaignOffice.CardAsync(office.Ana)).GetProperty("number").Text("e164").ShouldBe("+50688880002");

        var held = (await office.ContactsAsync(id, "held")).ShouldHaveSingleItem();
        held.Text("refusedBecause")!.ShouldContain("hoy");
        held.GetProperty("nextAt").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow);
    }

    [SkippableFact]
    public async Task A_Person_Of_Two_Campaigns_Is_Called_By_One_And_Held_By_The_Other()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        (await office.Admin.AskAsync(
            HttpMethod.Put, "/api/contact-guard", new { gapMinutes = 60, holidays = new { observed = false } })).Status
            .ShouldBe(HttpStatusCode.OK);
        var first = await office.StartAsync(Campaign("88880001"));
        var second = await office.StartAsync(Campaign("8888-0001", "88880002"));
        var card = await CampaignOffice.CardAsync(office.Ana);
        card.Text("campaignId").ShouldBe(first);
        (await CampaignOffice.PressAsync(office.Ana, card)).Status.ShouldBe(HttpStatusCode.Accepted);

        var other = await CampaignOffice.CardAsync(office.Luis);

        (other.Text("campaignId"), other.GetProperty("number").Text("e164")).ShouldBe((second, "+50688880002"));
        var held = (await office.ContactsAsync(second, "held")).ShouldHaveSingleItem();
        held.GetProperty("number").Text("e164").ShouldBe("+50688880001");
        held.Text("refusedBecause").ShouldNotBeNullOrEmpty();
        (held.GetProperty("nextAt").GetDateTimeOffset() - DateTimeOffset.UtcNow).TotalMinutes.ShouldBe(60, 3);
        (await office.ClicksAsync()).Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Who_Comes_On_The_List_Or_Is_Deleted_While_It_Runs_Is_Not_Called()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { ids = new[] { "demo-02", "demo-03", "demo-08", "nobody" } },
        });
        // The card is on Ana's screen when its number comes on the list.
        var card = await CampaignOffice.CardAsync(office.Ana);
        card.Text("contactId").ShouldBe("demo-02");
        await office.ListAsync("8712-4455");
        (await office.Sofia.AskAsync(HttpMethod.Delete, "/api/contacts/demo-03")).Status
            .ShouldBe(HttpStatusCode.NoContent);

        var (status, problem) = await CampaignOffice.PressAsync(office.Ana, card);

        (status, problem.Text("reason")).ShouldBe((HttpStatusCode.Forbidden, "doNotCall"));
        var work = await CampaignOffice.WorkAsync(office.Ana);
        work.Text("why").ShouldBe("later", work.ToString());
        (await office.ContactsAsync(id)).Select(each => $"{each.Text("contactId")} {each.Text("state")}").ShouldBe(
            ["demo-02 held", "demo-03 refused", "demo-08 refused", "nobody refused"]);
        (await office.Desk.TruthAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Outside_Of_A_Campaigns_Own_Hours_The_Agent_Is_Told_When_They_Begin()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica");
        var day = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, zone).AddDays(2).DayOfWeek;
        var hours = new { days = new[] { (int)day }, from = "08:00", to = "12:00" };
        var contacts = new { numbers = new[] { "88880001" } };
        await office.StartAsync(new { name = "Noviembre", mode = "preview", contacts, hours });

        var work = await CampaignOffice.WorkAsync(office.Ana);

        (work.Text("why"), work.Text("message")).ShouldBe(("later", "A esta hora la campaña no llama."));
        var next = work.GetProperty("nextAt").GetDateTimeOffset();
        (next - DateTimeOffset.UtcNow).TotalDays.ShouldBeInRange(1, 3);
        var local = TimeZoneInfo.ConvertTime(next, zone);
        (local.DayOfWeek, local.TimeOfDay).ShouldBe((day, TimeSpan.FromHours(8)));
    }

    [SkippableFact]
    public async Task A_Budget_Of_None_Calls_Nobody_And_Says_So()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { numbers = new[] { "88880001" } },
            budget = 0,
        });

        var work = await CampaignOffice.WorkAsync(office.Ana);
        work.TryGetProperty("card", out _).ShouldBeFalse();

        var paused = await office.UntilAsync(id, each => each.Text("state") == "paused", "the campaign to pause");
        paused.Text("why").ShouldBe("Se gastó el presupuesto de la campaña.");
        (await office.Desk.TruthAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Campaign_That_Pauses_While_The_Card_Is_Pressed_Calls_Nobody()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(Campaign("88880001"));
        var card = await CampaignOffice.CardAsync(office.Ana);
        (await office.DoAsync(id, "pause")).Text("state").ShouldBe("paused");
        (await CampaignOffice.PressAsync(office.Ana, card)).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await office.DoAsync(id, "start")).Text("state").ShouldBe("running");
        (await CampaignOffice.PressAsync(office.Ana, await CampaignOffice.CardAsync(office.Ana))).Status
            .ShouldBe(HttpStatusCode.Accepted);
        (await office.DoAsync(id, "stop")).Text("state").ShouldBe("stopped");
        (await office.Sofia.AskAsync(HttpMethod.Post, $"/api/campaigns/{id}/start", new { })).Status
            .ShouldBe(HttpStatusCode.Conflict);
    }

    [SkippableFact]
    public async Task A_Skipped_Card_Comes_Again_At_Its_Time_And_An_Agent_Without_A_Phone_Gets_None()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(Campaign("88880001", "88880002"));
        var card = await CampaignOffice.CardAsync(office.Ana);
        (await office.Luis.AskAsync(HttpMethod.Post, "/api/campaign-work/skip", Skipped(card))).Status
            .ShouldBe(HttpStatusCode.NotFound);
        (await office.Ana.AskAsync(HttpMethod.Post, "/api/campaign-work/skip", Skipped(card))).Status
            .ShouldBe(HttpStatusCode.NoContent);

        (await CampaignOffice.CardAsync(office.Ana)).Text("entryId").ShouldNotBe(card.Text("entryId"));
        var skipped = (await office.ContactsAsync(id, "waiting")).ShouldHaveSingleItem();
        (skipped.GetProperty("nextAt").GetDateTimeOffset() - DateTimeOffset.UtcNow).TotalMinutes.ShouldBe(120, 5);
        // Until then by the account's clock.
        var next = await CampaignOffice.CardAsync(office.Ana);
        var until = DateTimeOffset.UtcNow.AddHours(3);
        (await office.Ana.AskAsync(HttpMethod.Post, "/api/campaign-work/skip", new
        {
            campaignId = next.Text("campaignId"),
            entryId = next.Text("entryId"),
            until = $"{until.ToOffset(TimeSpan.FromHours(-6)):yyyy-MM-ddTHH:mm}",
        })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await office.ContactsAsync(id, "waiting"))
            .ShouldContain(each => (each.GetProperty("nextAt").GetDateTimeOffset() - until).Duration() < TimeSpan.FromMinutes(2));
        // The administrator has no phone.
        (await CampaignOffice.WorkAsync(office.Admin)).Text("why").ShouldBe("none");

        static object Skipped(JsonElement card) =>
            new { campaignId = card.Text("campaignId"), entryId = card.Text("entryId") };
    }

    [SkippableFact]
    public async Task Whoever_Came_On_The_List_By_Mistake_Is_Held_And_Not_Taken_Out()
    {
        // Noon of a Monday in Costa Rica.
        var clock = new SetClock(new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.Zero));
        await using var office = await CampaignOffice.StartAsync(storage, new() { Time = clock });
        var id = await office.StartAsync(Campaign("88880001", "88880002"));
        await office.ListAsync("88880001");
        await office.ListAsync("88880002");

        (await CampaignOffice.WorkAsync(office.Ana)).Text("why").ShouldBe("later");
        (await office.ContactsAsync(id)).Select(each => each.Text("state")).ShouldBe(["held", "held"]);
        (await office.Sofia.AskAsync(HttpMethod.Delete, "/api/do-not-call/88880001")).Status
            .ShouldBe(HttpStatusCode.NoContent);
        clock.Now += TimeSpan.FromMinutes(61);

        (await CampaignOffice.CardAsync(office.Ana)).GetProperty("number").Text("e164").ShouldBe("+50688880001");
        (await CampaignOffice.WorkAsync(office.Luis)).Text("why").ShouldBe("none");
        (await office.ContactsAsync(id)).Select(each => each.Text("state")).ShouldBe(["offered", "refused"]);
    }

    [SkippableFact]
    public async Task What_Is_Wrong_Is_Said_Beside_Each_Field()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var (status, problem) = await office.Sofia.AskAsync(HttpMethod.Post, "/api/campaigns", new
        {
            name = "",
            contacts = new { },
            endpointIds = new[] { "9999" },
            hours = new { from = "18:00", to = "08:00", days = Array.Empty<int>() },
            attempts = 0,
            gapMinutes = -1,
            perMinute = 601,
            budget = -1,
        });

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(
            ["name", "mode", "contacts", "endpointIds", "hours.to", "hours.days", "attempts", "gapMinutes", "perMinute", "budget"],
            ignoreOrder: true);
        (await office.Sofia.AskAsync(HttpMethod.Get, "/api/campaigns/nobody")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task What_Changes_While_It_Runs_Is_Told_To_The_Second_Of_Two_And_The_File_Has_Everybody()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(Campaign("88880001", "no es"));
        var etag = (await office.ReadAsync(id)).Text("etag")!;
        object Settings(int attempts) => new { name = "Diciembre", attempts, gapMinutes = 5, perMinute = 3 };

        (await office.Sofia.SendJsonAsync(HttpMethod.Put, $"/api/campaigns/{id}", Settings(5), etag)).Status
            .ShouldBe(200);
        (await office.Admin.SendJsonAsync(HttpMethod.Put, $"/api/campaigns/{id}", Settings(9), etag)).Status
            .ShouldBe(412);
        var changed = await office.ReadAsync(id);
        (changed.Text("name"), changed.GetProperty("attempts").GetInt32(), changed.Text("state"))
            .ShouldBe(("Diciembre", 5, "running"));
        await CampaignOffice.CardAsync(office.Ana);

        var lines = (await office.Sofia.GetStringAsync($"/api/exports/campaigns/{id}.csv"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[1].ShouldContain("+50688880001");
        lines[1].ShouldContain(",Ana Solano Vargas,");
        lines[2].ShouldContain("No es un número");

        // Times are the office's.
        var lastAt = new DateTimeOffset(2026, 3, 3, 1, 30, 0, TimeSpan.Zero);
        await office.Desk.Host.Get<EntryStore>().ChangeAsync(
            id, CampaignEntry.IdOf(0), entry => entry with { LastAt = lastAt }, default);
        (await office.Sofia.GetStringAsync($"/api/exports/campaigns/{id}.csv")).ShouldContain(",2026-03-02 19:30,");
    }

    private static object Campaign(params string[] numbers) =>
        new { name = "Noviembre", mode = "preview", contacts = new { numbers } };

    /// <summary>The agent's card, called until the call is over.</summary>
    private static async Task<(string EntryId, string CallId)> CalledAsync(HttpClient agent)
    {
        var card = await CampaignOffice.CardAsync(agent);
        var (status, dial) = await CampaignOffice.PressAsync(agent, card);
        status.ShouldBe(HttpStatusCode.Accepted, dial.ToString());
        var ended = await ClickDesk.DialAsync(agent, dial.Text("dialId")!, "ended");
        return (card.Text("entryId")!, ended.Text("callId")!);
    }

    private static async Task SaveAsync(HttpClient agent, string callId, string outcome) =>
        (await agent.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome })).Status
            .ShouldBe(200);
}

public sealed class PreviewCampaignTestsOnSqlite() : PreviewCampaignTests(TestStorage.Sqlite);

public sealed class PreviewCampaignTestsOnAzurite() : PreviewCampaignTests(TestStorage.AzuriteInTheLongRun);
