using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>Calls by another phone, noted by hand, through the whole host.</summary>
public abstract class NotedCallTests(TestStorage storage)
{
    /// <summary>The demo's José Rodríguez.</summary>
    private const string Jose = "demo-01";

    [SkippableFact]
    public async Task A_Noted_Call_Is_In_The_Contacts_History_And_The_Agents_Day_And_No_Live_Or_Missed_One()
    {
        await using var host = await TestHost.StartAsync(storage);
        using var ana = await host.SignInAsync("ana");
        using var luis = await host.SignInAsync("luis");
        using var sofia = await host.SignInAsync("sofia");
        await using var screen = await TestScreen.OpenAsync(host, ana);
        await using var other = await TestScreen.OpenAsync(host, sofia);

        var (status, noted) = await NoteAsync(ana, new { direction = "in", contactId = Jose, number = "6000-1111" });

        status.ShouldBe(HttpStatusCode.Created);
        var callId = noted.Text("callId").ShouldNotBeNull();
        callId.ShouldStartWith("noted-");
        foreach (var call in new[]
        {
            noted,
            (await ana.ReadAsync($"/api/calls/{callId}")).ShouldNotBeNull(),
            (await ana.ItemsAsync("/api/calls")).ShouldHaveSingleItem(),
            (await ana.ItemsAsync("/api/calls?number=60001111")).ShouldHaveSingleItem(),
            (await ana.ItemsAsync($"/api/contacts/{Jose}/calls")).ShouldHaveSingleItem(),
            (await sofia.ItemsAsync("/api/calls?agent=ana")).ShouldHaveSingleItem(),
            (await sofia.ItemsAsync("/api/calls")).ShouldHaveSingleItem(),
        })
        {
            (call.Text("callId"), call.Text("direction"), call.Text("state"), call.Text("agentId"), call.Text("contactId"), call.Text("contactName"), call.GetProperty("number").Text("e164"))
                .ShouldBe((callId, "in", "ended", "ana", Jose, "José Rodríguez Solís", "+50660001111"));
            call.GetProperty("noted").GetBoolean().ShouldBeTrue();
            call.GetProperty("sources").EnumerateArray().Select(source => source.GetString()).ShouldBe(["agent"]);
            foreach (var unknown in new[] { "cost", "connectedAt", "durationSeconds", "endpointId" })
            {
                call.TryGetProperty(unknown, out _).ShouldBeFalse(unknown);
            }
        }

        foreach (var (agent, path) in new[] { (ana, "missed-calls"), (ana, "live-calls"), (ana, "pop-ups"), (sofia, "missed-calls"), (sofia, "live-calls"), (luis, "calls") })
        {
            (await agent.ItemsAsync($"/api/{path}")).ShouldBeEmpty(path);
        }

        // The lists are told, and no screen gets a pop-up.
        foreach (var told in new[] { screen, other })
        {
            var listed = await told.NextListedAsync();
            (listed.Text("callId"), listed.Text("agentName"), listed.GetProperty("noted").GetBoolean())
                .ShouldBe((callId, "Ana Solano Vargas", true));
        }

        // The next pop-up is of the next call.
        await host.RingAsync(ana, "61990042", callId: "next");
        (await screen.NextAsync()).PopUp.Text("callId").ShouldBe("next");
    }

    [SkippableFact]
    public async Task A_Noted_Call_Has_Its_Time_Its_Length_And_The_Usual_Wrap_Up()
    {
        await using var host = await TestHost.StartAsync(storage);
        using var ana = await host.SignInAsync("ana");
        var at = DateTimeOffset.UtcNow.AddDays(-3);

        var (_, noted) = await NoteAsync(
            ana, new { direction = "out", number = "8888-1234", minutes = 7, at = at.ToString("O", CultureInfo.InvariantCulture) });

        (noted.Text("contactId"), noted.Text("match"), noted.GetProperty("durationSeconds").GetInt32())
            .ShouldBe((Jose, "one", 420));
        var callId = noted.Text("callId");
        noted.GetProperty("startedAt").GetDateTimeOffset().ShouldBe(at, TimeSpan.FromSeconds(1));
        (noted.GetProperty("endedAt").GetDateTimeOffset() - at).ShouldBe(TimeSpan.FromMinutes(7), TimeSpan.FromSeconds(1));
        (await ana.ItemsAsync($"/api/calls?from={Uri.EscapeDataString(at.AddMinutes(-1).ToString("O"))}&to={Uri.EscapeDataString(at.AddMinutes(1).ToString("O"))}"))
            .ShouldHaveSingleItem().Text("callId").ShouldBe(callId);
        (await ana.AskAsync(
            HttpMethod.Put,
            $"/api/calls/{callId}/wrap-up",
            new { outcome = "call-back", notes = "Por WhatsApp", followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(1), note = "Llamar" } }))
            .Status.ShouldBe(HttpStatusCode.OK);
        var listed = (await ana.ItemsAsync($"/api/contacts/{Jose}/calls")).ShouldHaveSingleItem();
        (listed.Text("outcome"), listed.GetProperty("wrapUp").Text("notes"), listed.GetProperty("noted").GetBoolean())
            .ShouldBe(("call-back", "Por WhatsApp", true));
        (await ana.ItemsAsync("/api/follow-ups")).ShouldHaveSingleItem().Text("contactId").ShouldBe(Jose);
        (await ana.ItemsAsync("/api/pop-ups")).ShouldBeEmpty();
        // Another contact is chosen as for any call.
        (await ana.AskAsync(HttpMethod.Put, $"/api/calls/{callId}/contact", new { contactId = "demo-02" })).Status
            .ShouldBe(HttpStatusCode.OK);
        (await ana.ItemsAsync($"/api/contacts/{Jose}/calls")).ShouldBeEmpty();
        (await ana.ItemsAsync("/api/contacts/demo-02/calls")).ShouldHaveSingleItem().Text("outcome").ShouldBe("call-back");
        (await ana.ItemsAsync("/api/pop-ups")).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("in")]
    [InlineData("out")]
    public async Task A_Call_That_Was_Noted_Without_Its_Time_Has_Just_Ended_And_Waits_For_Its_Outcome(string direction)
    {
        await using var host = await TestHost.StartAsync(storage);
        using var ana = await host.SignInAsync("ana");

        var (_, noted) = await NoteAsync(ana, new { direction, contactId = Jose, minutes = 30 });

        noted.GetProperty("endedAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        noted.GetProperty("startedAt").GetDateTimeOffset()
            .ShouldBe(DateTimeOffset.UtcNow.AddMinutes(-30), TimeSpan.FromMinutes(1));
        (await ana.ItemsAsync("/api/work-list")).Select(item => (item.Text("kind"), item.Text("callId")))
            .ShouldBe([("undocumented", noted.Text("callId"))]);
    }

    [SkippableFact]
    public async Task A_Request_That_Is_Repeated_Notes_One_Call()
    {
        await using var host = await TestHost.StartAsync(storage);
        using var ana = await host.SignInAsync("ana");
        using var luis = await host.SignInAsync("luis");
        var call = new { direction = "out", contactId = Jose };

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => NoteAsync(ana, call, "the same")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
        answers.Select(answer => answer.Body.Text("callId")).Distinct().ShouldHaveSingleItem();
        (await ana.ItemsAsync("/api/calls")).ShouldHaveSingleItem();
        (await NoteAsync(ana, call, "the same")).Status.ShouldBe(HttpStatusCode.Created);
        (await NoteAsync(ana, new { direction = "in", contactId = Jose }, "the same")).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        // Another agent's key is another's.
        (await NoteAsync(luis, call, "the same")).Status.ShouldBe(HttpStatusCode.Created);
        (await ana.ItemsAsync("/api/calls")).ShouldHaveSingleItem();
        (await ana.ItemsAsync($"/api/contacts/{Jose}/calls")).Count.ShouldBe(2);
    }

    [SkippableFact]
    public async Task What_Can_Not_Be_A_Call_Is_Refused_At_Its_Field()
    {
        await using var host = await TestHost.StartAsync(storage);
        using var ana = await host.SignInAsync("ana");
        foreach (var (input, field) in new (object, string)[]
        {
            (new { contactId = Jose }, "direction"),
            (new { direction = "internal", contactId = Jose }, "direction"),
            (new { direction = "in" }, "number"),
            (new { direction = "in", number = "ana" }, "number"),
            (new { direction = "in", number = "8888-1234 / 8888-4321" }, "number"),
            (new { direction = "in", contactId = "nobody" }, "contactId"),
            (new { direction = "in", contactId = Jose, minutes = -1 }, "minutes"),
            (new { direction = "in", contactId = Jose, minutes = 1441 }, "minutes"),
            (new { direction = "in", contactId = Jose, at = DateTimeOffset.UtcNow.AddHours(1) }, "at"),
            (new { direction = "in", contactId = Jose, minutes = 30, at = DateTimeOffset.UtcNow }, "minutes"),
            (new { direction = "in", contactId = Jose, at = DateTimeOffset.UtcNow.AddDays(-400) }, "at"),
        })
        {
            var (status, problem) = await NoteAsync(ana, input);
            status.ShouldBe(HttpStatusCode.BadRequest, input.ToString());
            problem.Errors().ShouldBe([field], input.ToString());
        }

        (await ana.AskAsync(HttpMethod.Post, "/api/noted-calls", new { direction = "in", contactId = Jose })).Body
            .Errors().ShouldBe(["Idempotency-Key"]);
        (await ana.ItemsAsync("/api/calls")).ShouldBeEmpty();
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> NoteAsync(
        HttpClient agent, object call, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/noted-calls")
        {
            Content = JsonContent.Create(call)
        };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString("N"));
        using var response = await agent.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}

public sealed class NotedCallTestsOnSqlite() : NotedCallTests(TestStorage.Sqlite);

public sealed class NotedCallTestsOnAzurite() : NotedCallTests(TestStorage.AzuriteInTheLongRun);

/// <summary>What is stored of a noted call.</summary>
public sealed class NotedCallRowTests
{
    [Fact]
    public async Task What_Was_Noted_Is_A_Fact_From_Which_The_Same_Call_Follows()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        var at = features.Clock.Now;
        var call = CallDerivation.Derive(NotedCall.Begin(NotedCall.KeyOf("1", account), account, new NotedFact
        {
            AgentId = "ana",
            At = at,
            Mark = "mark",
            Direction = CallDirection.In,
            StartedAt = at.AddHours(-1),
            Number = new NumberView("+50688881234", "8888-1234", PhoneNumberKind.Number),
            Match = new ContactMatch(MatchKind.None, [], null),
        }));
        call.IsMissed.ShouldBeFalse();
        await features.Get<CallStore>().SaveAsync(call, CancellationToken.None);

        var read = (await features.CallAsync(call.CallId)).ShouldNotBeNull();

        read.Facts.Noted.ShouldNotBeNull().Mark.ShouldBe("mark");
        (read.IsNoted, read.State, read.IsMissed).ShouldBe((true, CallState.Ended, false));
        var row = CallStore.ToRow(read with { ETag = null });
        CallStore.ToRow(CallDerivation.Derive(read.Facts) with { Revision = read.Revision }).Text("json")
            .ShouldBe(row.Text("json"));
        var decided = read.With(read.Facts.With(new AgentDecision(DecisionKind.Ignored, at, "ana")));
        (decided.Ignored, decided.IsNoted).ShouldBe((true, true));
    }
}
