using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Tests.WrapUps;

public abstract class WrapUpTests(TestStorage storage) : IAsyncLifetime
{
    private const string Jose = "demo-01";

    private const string JosesNumber = "88881234";

    private static readonly (string Json, string Field)[] Unsound =
    [
        ("""{"outcome":"gone"}""", "outcome"),
        ("""{}""", "outcome"),
        ("""{"outcome":"paid"}""", "notes"),
        ("""{"outcome":"call-back"}""", "followUp"),
        ("""{"outcome":"promise-to-pay"}""", "promise"),
        ("""{"outcome":"attended","charge":{"amount":10.123,"currency":"CRC","concept":"x"}}""", "charge.amount"),
        ("""{"outcome":"attended","charge":{"amount":0,"currency":"CRC","concept":"x"}}""", "charge.amount"),
        ("""{"outcome":"attended","charge":{"amount":10,"currency":"XYZ","concept":"x"}}""", "charge.currency"),
        ("""{"outcome":"attended","charge":{"amount":10,"currency":"CRC"}}""", "charge.concept"),
        ("""{"outcome":"promise-to-pay","promise":{"amount":10,"currency":"USD","dueAt":"2020-01-01T00:00:00Z"}}""", "promise.dueAt"),
        ("""{"outcome":"call-back","followUp":{"dueAt":"2020-01-01T00:00:00Z"}}""", "followUp.dueAt"),
    ];

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage);
        _ana = await _host.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task A_Sent_Wrap_Up_Is_In_The_Contacts_File_And_Closes_The_Pop_Up()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        await _host.RingAsync(_ana, JosesNumber, action: "callEnd", callId: callId);

        var (status, sent) = await PutAsync(callId, new { outcome = "attended", notes = "Pagará el lunes.", charge = new { amount = 1500.50m, currency = "CRC", concept = "Gestión" } });

        status.ShouldBe(200);
        sent!["etag"].ShouldNotBeNull();
        (await _ana.GetItemsAsync("/api/pop-ups")).ShouldBeEmpty();
        var inFile = (await _ana.GetItemsAsync($"/api/contacts/{Jose}/calls"))
            .Single(call => (string?)call["callId"] == callId);
        ((string?)inFile["outcome"]).ShouldBe("attended");
        ((string?)inFile["agentName"]).ShouldBe("Ana Solano Vargas");
        ((decimal)inFile["wrapUp"]!["charge"]!["amount"]!).ShouldBe(1500.50m);
        (await _ana.GetItemsAsync("/api/calls?outcome=attended")).ShouldHaveSingleItem();
        (await _ana.GetItemsAsync("/api/calls?outcome=other")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Draft_Is_Stored_And_Does_Not_Close_The_Pop_Up()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);

        (await PutAsync(callId, new { notes = "Dice que" }, draft: true)).Status.ShouldBe(200);

        (await _ana.GetItemsAsync("/api/pop-ups")).ShouldHaveSingleItem();
        var call = await _ana.GetObjectAsync($"/api/calls/{callId}");
        ((string?)call["wrapUp"]!["notes"]).ShouldBe("Dice que");
        ((string?)call["wrapUp"]!["agentName"]).ShouldBe("Ana Solano Vargas");
        ((bool)call["wrapUp"]!["draft"]!).ShouldBeTrue();
        call["outcome"].ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_Draft_Never_Replaces_A_Sent_Wrap_Up_And_A_Concurrent_Change_Is_Reported()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        var (_, first) = await PutAsync(callId, new { outcome = "attended" });

        (await PutAsync(callId, new { notes = "tarde" }, draft: true)).Status.ShouldBe(412);

        var etag = (string?)first!["etag"];
        (await PutAsync(callId, new { outcome = "no-answer" }, etag: etag)).Status.ShouldBe(200);
        (await PutAsync(callId, new { outcome = "paid", notes = "x" }, etag: etag)).Status.ShouldBe(412);
        ((string?)(await _ana.GetObjectAsync($"/api/calls/{callId}"))["outcome"]).ShouldBe("no-answer");
    }

    [SkippableFact]
    public async Task A_Colleagues_Sent_Wrap_Up_Is_Replaced_Only_With_Its_Version()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        var charge = new { amount = 1500m, currency = "CRC", concept = "Gestión" };
        var followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(2), note = "Llamar" };
        await PutAsync(callId, new { outcome = "call-back", notes = "de Ana", charge, followUp });
        using var sofia = await _host.SignInAsync("sofia");
        var path = $"/api/calls/{callId}/wrap-up";
        var hers = new { outcome = "attended", notes = "de Sofía" };

        foreach (var address in new[] { path, path + "?draft=true" })
        {
            foreach (var etag in new[] { null, "*" })
            {
                var (status, problem) = await sofia.SendJsonAsync(HttpMethod.Put, address, hers, etag);
                (status, (string?)problem!["title"]).ShouldBe((428, "Otra persona ya lo envió"));
            }
        }

        // Nothing has changed, including what follows from the wrap-up.
        var call = await _ana.GetObjectAsync($"/api/calls/{callId}");
        var wrapUp = call["wrapUp"]!;
        ((string?)call["outcome"], (string?)wrapUp["notes"], (string?)wrapUp["agentId"])
            .ShouldBe(("call-back", "de Ana", "ana"));
        (await _ana.GetItemsAsync("/api/follow-ups")).ShouldHaveSingleItem();

        // She has read it, so she may change it. Then the first agent must read hers before changing it.
        (await SofiaPutsAsync(hers, (string?)wrapUp["etag"])).ShouldBe(200);
        (await SofiaPutsAsync(hers)).ShouldBe(200, "what says the same is answered as the first time");
        (await SofiaPutsAsync(hers with { notes = "otra vez de Sofía" })).ShouldBe(200, "one's own");
        (await PutAsync(callId, new { outcome = "attended", notes = "de Ana" })).Status.ShouldBe(428);
        call = await _ana.GetObjectAsync($"/api/calls/{callId}");
        ((string?)call["wrapUp"]!["notes"]).ShouldBe("otra vez de Sofía");

        async Task<int> SofiaPutsAsync(object what, string? etag = null) =>
            (await sofia.SendJsonAsync(HttpMethod.Put, path, what, etag)).Status;
    }

    [SkippableFact]
    public async Task Colleagues_Who_Send_At_Once_Do_Not_Replace_Each_Others_Wrap_Ups()
    {
        using var sofia = await _host.SignInAsync("sofia");
        for (var round = 0; round < 10; round++)
        {
            var path = $"/api/calls/{await _host.RingAsync(_ana, JosesNumber)}/wrap-up";

            var answers = await Task.WhenAll(new[] { _ana, sofia }.Select((agent, i) =>
                agent.SendJsonAsync(HttpMethod.Put, path, new { outcome = "attended", notes = $"{i}" })));

            // The slower one learns of the other's wrap-up, whether it was stored before its read or after.
            answers.Count(answer => answer.Status == 200).ShouldBe(1);
            answers.Single(answer => answer.Status != 200).Status.ShouldBeOneOf(412, 428);
        }
    }

    [SkippableFact]
    public async Task A_Follow_Up_Is_Due_Until_It_Is_Done()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        var due = DateTimeOffset.UtcNow.AddDays(2);
        await PutAsync(
            callId, new { outcome = "call-back", followUp = new { dueAt = due, note = "Después de las 3" } });

        (await _ana.GetItemsAsync("/api/follow-ups?due=" + Uri.EscapeDataString(DateTimeOffset.UtcNow.AddDays(1).ToString("O")))).ShouldBeEmpty();
        var followUp = (await _ana.GetItemsAsync("/api/follow-ups")).ShouldHaveSingleItem();
        ((string?)followUp["contactName"]).ShouldBe("José Rodríguez Solís");

        using var luis = await _host.SignInAsync("luis");
        (await luis.GetItemsAsync("/api/follow-ups")).ShouldBeEmpty();
        var path = $"/api/follow-ups/{followUp["followUpId"]}/done";
        (await luis.SendJsonAsync(HttpMethod.Post, path, null)).Status.ShouldBe(404);
        (await _ana.SendJsonAsync(HttpMethod.Post, path, null)).Status.ShouldBe(204);
        (await _ana.SendJsonAsync(HttpMethod.Post, path, null)).Status.ShouldBe(204);
        (await _ana.GetItemsAsync("/api/follow-ups")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Wrap_Up_Sent_Again_Moves_Its_Follow_Up()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        await PutAsync(
            callId,
            new { outcome = "call-back", followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(2), note = "uno" } });
        await PutAsync(
            callId,
            new { outcome = "call-back", followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(5), note = "dos" } });

        ((string?)(await _ana.GetItemsAsync("/api/follow-ups")).ShouldHaveSingleItem()["note"]).ShouldBe("dos");

        await PutAsync(callId, new { outcome = "attended" });
        (await _ana.GetItemsAsync("/api/follow-ups")).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("outcome", "attended")]
    [InlineData("notes", "otra cosa")]
    [InlineData("followUp", "la nota")]
    [InlineData("promise", "200")]
    [InlineData("charge", "el concepto")]
    [InlineData("fields", "otro")]
    public async Task A_Correction_Of_A_Single_Field_Is_Stored(string field, string value)
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        var due = DateTimeOffset.UtcNow.AddDays(2);
        object WrapUp(string? changed) => new
        {
            outcome = changed == "outcome" ? value : "call-back",
            notes = changed == "notes" ? value : "una cosa",
            followUp = new { dueAt = due, note = changed == "followUp" ? value : "nota" },
            promise = new { amount = changed == "promise" ? 200 : 100, currency = "CRC", dueAt = due },
            charge = new { amount = 10, currency = "CRC", concept = changed == "charge" ? value : "concepto" },
            fields = new { campo = changed == "fields" ? value : "uno" },
        };
        (await PutAsync(callId, WrapUp(null))).Status.ShouldBe(200);

        (await PutAsync(callId, WrapUp(field))).Status.ShouldBe(200);

        (await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"]![field]!.ToJsonString().ShouldContain(value);
    }

    [SkippableFact]
    public async Task A_Follow_Up_By_A_Date_Is_Due_By_The_End_Of_That_Day()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica");
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, zone).DateTime);

        var (status, saved) = await PutAsync(
            callId, new { outcome = "call-back", followUp = new { dueAt = $"{today:O}", note = "hoy" } });

        status.ShouldBe(200);
        DateTimeOffset.Parse((string)saved!["followUp"]!["dueAt"]!, CultureInfo.InvariantCulture).ShouldBe(
            new DateTimeOffset(today, new TimeOnly(23, 59), TimeSpan.FromHours(-6)));
        foreach (var wrong in new[] { $"{today.AddDays(-2):O}", "mañana" })
        {
            (status, var problem) = await PutAsync(
                callId, new { outcome = "call-back", followUp = new { dueAt = wrong, note = "hoy" } });
            status.ShouldBe(400);
            problem!["errors"]!["followUp.dueAt"]!.AsArray().Count.ShouldBe(1);
        }
    }

    [SkippableFact]
    public async Task A_Draft_Does_Not_Replace_What_Was_Sent_And_Says_So()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        (await PutAsync(callId, new { outcome = "attended", notes = "una" })).Status.ShouldBe(200);

        var (status, problem) = await PutAsync(callId, new { outcome = "attended", notes = "otra" }, draft: true);

        status.ShouldBe(412);
        ((string?)problem!["title"]).ShouldBe("El resultado ya se envió");
        ((string?)(await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"]!["notes"]).ShouldBe("una");
    }

    [SkippableFact]
    public async Task A_Wrap_Up_Sent_With_If_None_Match_Replaces_Nothing()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        async Task<HttpStatusCode> PutFirstAsync(string notes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/calls/{callId}/wrap-up?draft=true")
            {
                Content = JsonContent.Create(new { notes })
            };
            request.Headers.Add("X-Requested-With", "tests");
            request.Headers.Add("If-None-Match", "*");
            using var answer = await _ana.SendAsync(request);
            return answer.StatusCode;
        }

        (await PutFirstAsync("una")).ShouldBe(HttpStatusCode.OK);
        (await PutFirstAsync("otra")).ShouldBe(HttpStatusCode.PreconditionFailed);

        ((string?)(await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"]!["notes"]).ShouldBe("una");
    }

    [SkippableFact]
    public async Task A_Repeated_Request_Finishes_What_A_Saved_Wrap_Up_Left_Undone()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        await _host.RingAsync(_ana, JosesNumber, action: "callEnd", callId: callId);
        var key = new CallKey(callId, DemoHost.Account);
        // The state after a failure of the storage or the machine.
        await _host.Get<WrapUpStore>().SaveAsync(
            key,
            owner: null,
            new WrapUp { AgentId = "ana", Outcome = "attended", Notes = "Pagará", UpdatedAt = DateTimeOffset.UtcNow },
            replaced: null,
            default);
        (await _ana.GetItemsAsync("/api/calls?outcome=attended")).ShouldBeEmpty();

        var (status, stored) = await PutAsync(
            callId, new { outcome = "attended", notes = "Pagará" }, etag: "\"of-before\"");

        status.ShouldBe(200);
        (await _ana.GetItemsAsync("/api/calls?outcome=attended")).ShouldHaveSingleItem();
        (await _ana.GetItemsAsync("/api/pop-ups")).ShouldBeEmpty();
        stored!["etag"].ShouldNotBeNull().GetValue<string>()
            .ShouldBe((await _host.Get<WrapUpStore>().GetAsync(key, owner: null, default))!.ETag);
        (await PutAsync(callId, new { outcome = "attended", notes = "No pagará" }, etag: "\"of-before\""))
            .Status.ShouldBe(412);
        using var sofia = await _host.SignInAsync("sofia");
        (await sofia.SendJsonAsync(
            HttpMethod.Put,
            $"/api/calls/{callId}/wrap-up",
            new { outcome = "attended", notes = "Pagará" },
            etag: "\"of-before\"")).Status.ShouldBe(412);
    }

    [SkippableFact]
    public async Task A_Time_Without_Offset_Is_In_The_Accounts_Zone()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        var day = DateTime.UtcNow.AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var (status, sent) = await PutAsync(callId, new
        {
            outcome = "promise-to-pay",
            followUp = new { dueAt = $"{day}T08:30:00" },
            promise = new { amount = 10, currency = "CRC", dueAt = day },
        });

        status.ShouldBe(200);
        sent!["followUp"]!["dueAt"]!.GetValue<string>().ShouldBe($"{day}T14:30:00Z");
        sent["promise"]!["dueAt"]!.GetValue<string>().ShouldBe($"{day}T06:00:00Z");
        // Due on that day, as a list of a day's work asks for it.
        (await _ana.GetItemsAsync($"/api/follow-ups?due={day}")).ShouldHaveSingleItem();
        (await _ana.GetItemsAsync($"/api/follow-ups?due={day}T08:00")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_New_Contact_That_Is_Sent_Twice_Is_Created_Once()
    {
        var callId = await _host.RingAsync(_ana, "70000124");
        var contact = new
        {
            name = "Nueva Clienta Repetida",
            numbers = new[] { "7000-0124" },
            document = "1-0999-0888"
        };

        var ids = new List<string?>();
        foreach (var data in new[] { contact, contact, contact with { document = "1-0999-0889" } })
        {
            var (status, call) = await _ana.SendJsonAsync(
                HttpMethod.Put, $"/api/calls/{callId}/contact", new { contact = data });
            status.ShouldBe(200);
            ids.Add((string?)call!["contactId"]);
        }

        ids[1].ShouldBe(ids[0]);
        // Corrected data before anything else has happened means another contact. No contact is overwritten.
        ids[2].ShouldNotBe(ids[0]);
        (await _ana.GetItemsAsync("/api/contacts?query=repetida")).Count.ShouldBe(2);
    }

    [SkippableFact]
    public async Task Invalid_Fields_Are_Reported_By_Name()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        foreach (var (json, field) in Unsound)
        {
            var (status, problem) = await PutAsync(callId, JsonNode.Parse(json)!);

            status.ShouldBe(400, json);
            ((JsonObject)problem!["errors"]!).Single().Key.ShouldBe(field, json);
        }

        (await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"].ShouldBeNull();
    }

    [SkippableFact]
    public async Task Another_Agents_Call_Can_Not_Be_Wrapped_Up()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber);
        using var luis = await _host.SignInAsync("luis");

        (await luis.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "attended" }))
            .Status.ShouldBe(404);
    }

    [SkippableFact]
    public async Task An_Administrator_Can_Replace_The_Outcomes()
    {
        using var admin = await _host.SignInAsync("admin");
        var before = await _ana.GetObjectAsync("/api/outcomes");
        ((JsonArray)before["items"]!).Count.ShouldBeGreaterThan(3);

        var (status, stored) = await admin.SendJsonAsync(
            HttpMethod.Put,
            "/api/outcomes",
            new { items = new[] { new { code = "done", es = "Listo", en = "Done", requires = new { note = true } } } });

        status.ShouldBe(200);
        (await admin.SendJsonAsync(
            HttpMethod.Put,
            "/api/outcomes",
            new { items = new[] { new { code = "x", es = "X", en = "X" } } },
            etag: "old")).Status.ShouldBe(412);
        (await admin.SendJsonAsync(
            HttpMethod.Put,
            "/api/outcomes",
            new { items = new[] { new { code = "No!", es = "X", en = "" } } })).Status.ShouldBe(400);
        (await admin.SendJsonAsync(
            HttpMethod.Put,
            "/api/outcomes",
            new { items = new[] { new { code = "done", es = "Listo", en = "Done", active = false } } }))
            .Body!["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["items"], "none could be chosen");
        ((string?)(await _ana.GetObjectAsync("/api/outcomes"))["etag"]).ShouldBe((string?)stored!["etag"]);
        var callId = await _host.RingAsync(_ana, JosesNumber);
        (await PutAsync(callId, new { outcome = "attended" })).Status.ShouldBe(400);
        (await PutAsync(callId, new { outcome = "done", notes = "sí" })).Status.ShouldBe(200);
    }

    [SkippableFact]
    public async Task A_Wrap_Up_Keeps_Its_Outcome_After_It_Was_Archived_Or_Removed()
    {
        using var admin = await _host.SignInAsync("admin");
        var callId = await _host.RingAsync(_ana, JosesNumber);
        var sent = new { outcome = "paid", notes = "Pago la cuota" };
        (await PutAsync(callId, sent)).Status.ShouldBe(200);

        await ReplaceAsync(
            new { code = "paid", es = "Pagado", en = "Paid", requires = new { note = true }, active = false },
            new { code = "done", es = "Listo", en = "Done" });

        (await PutAsync(callId, sent)).Status.ShouldBe(200, "the request is repeated");
        (await PutAsync(callId, new { outcome = "paid", notes = "Pagó la cuota" })).Status.ShouldBe(200);
        (await PutAsync(callId, new { outcome = "paid" })).Body!["errors"]!.AsObject().Select(error => error.Key)
            .ShouldBe(["notes"]);
        var other = await _host.RingAsync(_ana, JosesNumber);
        (await PutAsync(other, sent)).Status.ShouldBe(400);
        (await PutAsync(other, new { outcome = "paid" }, draft: true)).Status.ShouldBe(400);

        await ReplaceAsync(new { code = "done", es = "Listo", en = "Done" });
        (await PutAsync(callId, new { outcome = "paid", notes = "Pagó la cuota." })).Status.ShouldBe(200);
        (await PutAsync(callId, new { outcome = "done" })).Status.ShouldBe(200);
        (await PutAsync(callId, sent)).Status.ShouldBe(400, "it has another outcome now");

        async Task ReplaceAsync(params object[] items) =>
            (await admin.SendJsonAsync(HttpMethod.Put, "/api/outcomes", new { items })).Status.ShouldBe(200);
    }

    [SkippableFact]
    public async Task An_Outcome_Says_What_Follows_From_It()
    {
        using var admin = await _host.SignInAsync("admin");
        (await _ana.GetItemsAsync("/api/outcomes"))
            .Where(outcome => (string?)outcome["means"] != "nothing")
            .Select(outcome => ((string?)outcome["code"], (string?)outcome["means"]))
            .ShouldBe(
                [
                    ("promise-to-pay", "promise"), ("no-answer", "notReached"), ("wrong-number", "wrongNumber"),
                    ("do-not-call", "doNotCall"),
                ],
                "as they were understood before");

        // An earlier release did not know that meaning, and stored another beside the code.
        (await _host.Get<OutcomeStore>().PutAsync(
            new OutcomeList(
                [new(OutcomeStore.NoAnswer, "No contestó", "No answer", new(), Means: OutcomeMeaning.Nothing)], null),
            CancellationToken.None)).ShouldNotBeNull();
        ((string?)(await _ana.GetItemsAsync("/api/outcomes")).ShouldHaveSingleItem()["means"]).ShouldBe("notReached");

        object[] items =
        [
            new { code = "not-them", es = "No es la persona", en = "Somebody else", means = "wrongNumber" },
            new { code = "stop", es = "No llamar más", en = "Do not call", means = "doNotCall" },
            new { code = "wrong-number", es = "Otro", en = "Other", means = "nothing" },
        ];
        (await admin.SendJsonAsync(HttpMethod.Put, "/api/outcomes", new { items })).Status.ShouldBe(200);

        (await _ana.GetItemsAsync("/api/outcomes")).Select(outcome => (string?)outcome["means"])
            .ShouldBe(["wrongNumber", "doNotCall", "nothing"]);
        var (status, problem) = await admin.SendJsonAsync(
            HttpMethod.Put, "/api/outcomes", new { items = new[] { new { code = "x", es = "X", en = "X", means = "2" } } });
        (status, problem!["errors"]!["items[0].means"] is not null).ShouldBe((400, true));

        // What was learned of a number is unlearned by the office's own wrong number, and no more by the code.
        const string number = "60607099";
        var (_, contact) = await _ana.SendJsonAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Rosa Mora", numbers = new[] { "2290-0001", number } });
        var first = await _host.RingAsync(_ana, number);
        (await _ana.SendJsonAsync(
            HttpMethod.Put, $"/api/calls/{first}/contact", new { contactId = (string?)contact!["contactId"] }))
            .Status.ShouldBe(200);
        foreach (var (outcome, before) in new[] { ("wrong-number", "chosenBefore"), ("not-them", "chosenBefore"), ("stop", "otherNumber") })
        {
            var callId = await _host.RingAsync(_ana, number);
            var candidate = (await _ana.GetObjectAsync($"/api/calls/{callId}"))["candidates"]![0]!;
            ((string?)candidate["reason"]).ShouldBe(before, outcome);
            (await PutAsync(callId, new { outcome })).Status.ShouldBe(200);
        }
    }

    [SkippableFact]
    public async Task A_Call_Without_An_Answer_Was_Missed_And_One_Without_An_End_Is_Live()
    {
        var live = await _host.RingAsync(_ana, JosesNumber);
        var missed = await _host.RingAsync(_ana, JosesNumber, action: "callEnd");

        (await _ana.GetItemsAsync("/api/live-calls")).Select(call => (string?)call["callId"]).ShouldBe([live]);
        (await _ana.GetItemsAsync("/api/missed-calls")).Select(call => (string?)call["callId"]).ShouldBe([missed]);
        using var luis = await _host.SignInAsync("luis");
        (await luis.GetItemsAsync("/api/live-calls")).ShouldBeEmpty();
        using var sofia = await _host.SignInAsync("sofia");
        (await sofia.GetItemsAsync("/api/missed-calls")).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task The_Agent_Says_Who_The_Call_Is_With()
    {
        var callId = await _host.RingAsync(_ana, "70000123");

        var (created, call) = await _ana.SendJsonAsync(
            HttpMethod.Put,
            $"/api/calls/{callId}/contact",
            new { contact = new { name = "Nuevo Cliente", numbers = new[] { "7000-0123" } } });
        created.ShouldBe(200);
        ((string?)call!["contactName"]).ShouldBe("Nuevo Cliente");
        ((string?)(await _ana.GetItemsAsync("/api/pop-ups")).Single(
            popUp => (string?)popUp["callId"] == callId)["contactId"]).ShouldBe((string?)call["contactId"]);

        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/contact", new { contactId = Jose }))
            .Status.ShouldBe(200);
        (await _ana.GetItemsAsync($"/api/contacts/{Jose}/calls")).Select(item => (string?)item["callId"])
            .ShouldContain(callId);
        (await _ana.GetItemsAsync($"/api/contacts/{call["contactId"]}/calls")).ShouldBeEmpty();

        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/contact", new { contactId = "gone" }))
            .Status.ShouldBe(400);
        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/contact", new { })).Status.ShouldBe(400);
        var (_, ignored) = await _ana.SendJsonAsync(HttpMethod.Post, $"/api/calls/{callId}/ignore", null);
        ((bool)ignored!["ignored"]!).ShouldBeTrue();
        ignored["contactId"].ShouldBeNull();
    }

    private Task<(int Status, JsonObject? Body)> PutAsync(
        string callId, object body, bool draft = false, string? etag = null) =>
        _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up{(draft ? "?draft=true" : "")}", body, etag);
}

public sealed class WrapUpTestsOnSqlite() : WrapUpTests(TestStorage.Sqlite);

public sealed class WrapUpTestsOnAzurite() : WrapUpTests(TestStorage.AzuriteInTheLongRun);
