using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.FollowUps;

/// <summary>Follow-ups, and the lists in which they are.</summary>
public abstract class FollowUpTests(TestStorage storage) : IAsyncLifetime
{
    private const string Jose = "demo-01";

    private const string Maria = "demo-02";

    private SetClock _clock = null!;

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        _clock = new SetClock(DateTimeOffset.UtcNow);
        _host = await TestHost.StartAsync(storage, new() { Time = _clock });
        _ana = await _host.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task A_Contacts_File_Has_All_Agents_Follow_Ups()
    {
        using var luis = await _host.SignInAsync("luis");
        var hers = await _host.RingAsync(_ana, "88881234");
        await SendAsync(
            _ana,
            hers,
            new { outcome = "call-back", followUp = new { dueAt = _clock.GetUtcNow().AddDays(2), note = "de Ana" } });
        var his = await _host.RingAsync(luis, "88881234", "1002");
        await SendAsync(
            luis,
            his,
            new { outcome = "call-back", followUp = new { dueAt = _clock.GetUtcNow().AddDays(1), note = "de Luis" } });

        var file = await _ana.GetItemsAsync($"/api/follow-ups?contact={Jose}");

        file.Select(item => ((string?)item["note"], (string?)item["agentName"]))
            .ShouldBe([("de Luis", "Luis Mora Jiménez"), ("de Ana", "Ana Solano Vargas")]);
        (await _ana.GetItemsAsync($"/api/follow-ups?contact={Maria}")).ShouldBeEmpty();
        (await _ana.GetItemsAsync("/api/follow-ups")).ShouldHaveSingleItem()["note"]!.ToString().ShouldBe("de Ana");
    }

    [SkippableFact]
    public async Task A_Contacts_File_Has_Those_Of_Who_Was_Merged_Into_It_In_The_Order_Of_Their_Times()
    {
        foreach (var (number, days, note) in new[]
        {
            ("88881234", 1, "primero"), ("88881234", 3, "tercero"), ("87124455", 2, "segundo"),
        })
        {
            await SendAsync(
                _ana,
                await _host.RingAsync(_ana, number),
                new { outcome = "call-back", followUp = new { dueAt = _clock.GetUtcNow().AddDays(days), note } });
        }

        using var sofia = await _host.SignInAsync("sofia");
        var (merged, _) = await sofia.SendJsonAsync(
            HttpMethod.Post, "/api/contact-merges", new { keep = Jose, merge = Maria });
        merged.ShouldBeInRange(200, 201);

        foreach (var contactId in new[] { Jose, Maria })
        {
            (await _ana.GetItemsAsync($"/api/follow-ups?contact={contactId}"))
                .Select(item => (string?)item["note"]).ShouldBe(["primero", "segundo", "tercero"]);
        }
    }

    [SkippableFact]
    public async Task If_The_Call_Is_Tied_To_Another_Contact_Its_Follow_Up_Is_Too()
    {
        var callId = await _host.RingAsync(_ana, "61990042");
        await SendAsync(
            _ana,
            callId,
            new { outcome = "call-back", followUp = new { dueAt = _clock.GetUtcNow().AddDays(2), note = "Devolver" } });

        foreach (var (contact, name) in new[] { (Jose, "José Rodríguez Solís"), (Maria, "María Fernanda Quirós") })
        {
            (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/contact", new { contactId = contact }))
                .Status.ShouldBe(200);
            ((string?)(await _ana.GetItemsAsync($"/api/follow-ups?contact={contact}")).ShouldHaveSingleItem()["note"])
                .ShouldBe("Devolver");
            ((string?)(await _ana.GetItemsAsync("/api/follow-ups")).ShouldHaveSingleItem()["contactName"])
                .ShouldBe(name);
        }

        (await _ana.GetItemsAsync($"/api/follow-ups?contact={Jose}")).ShouldBeEmpty();
        (await _ana.SendJsonAsync(HttpMethod.Post, $"/api/calls/{callId}/ignore", null)).Status.ShouldBe(200);
        (await _ana.GetItemsAsync($"/api/follow-ups?contact={Maria}")).ShouldBeEmpty();
        (await _ana.GetItemsAsync("/api/follow-ups")).ShouldHaveSingleItem()["contactName"].ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_Correction_After_The_Due_Date_Leaves_The_Follow_Up_Unchanged()
    {
        var callId = await _host.RingAsync(_ana, "88881234");
        var (due, promised) = (_clock.GetUtcNow().AddHours(1), _clock.GetUtcNow().AddDays(1));
        object WrapUp(string notes, DateTimeOffset dueAt) => new
        {
            outcome = "promise-to-pay",
            notes,
            followUp = new { dueAt, note = "Ver si pagó" },
            promise = new { amount = 100, currency = "CRC", dueAt = promised }
        };
        await SendAsync(_ana, callId, WrapUp("uno", due));
        var followUp = (await _ana.GetItemsAsync("/api/follow-ups")).ShouldHaveSingleItem();
        (await _ana.SendJsonAsync(HttpMethod.Post, $"/api/follow-ups/{followUp["followUpId"]}/done", null))
            .Status.ShouldBe(204);
        _clock.Now += TimeSpan.FromDays(3);
        _ana = await _host.SignInAsync("ana");

        await SendAsync(_ana, callId, WrapUp("dos", due));

        ((string?)(await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"]!["notes"]).ShouldBe("dos");
        (await _ana.GetItemsAsync("/api/follow-ups")).ShouldBeEmpty("what was done stays done");
        var (status, problem) = await PutAsync(_ana, callId, WrapUp("tres", due.AddMinutes(5)));
        (status, ((JsonObject)problem!["errors"]!).Single().Key).ShouldBe((400, "followUp.dueAt"));
    }

    [SkippableFact]
    public async Task A_Correction_Of_Only_The_Note_Or_Only_The_Time_Is_Stored()
    {
        var callId = await _host.RingAsync(_ana, "88881234");
        var due = _clock.GetUtcNow().AddDays(2);
        var later = due.AddHours(1);
        foreach (var (dueAt, note) in new[] { (due, "uno"), (due, "dos"), (later, "dos"), (later, null) })
        {
            await SendAsync(_ana, callId, new { outcome = "call-back", followUp = new { dueAt, note } });

            foreach (var list in new[] { "/api/follow-ups", $"/api/follow-ups?contact={Jose}" })
            {
                var item = (await _ana.GetItemsAsync(list)).ShouldHaveSingleItem();
                ((DateTimeOffset)item["dueAt"]!, (string?)item["note"]).ShouldBe((dueAt, note), list);
            }
        }
    }

    [SkippableFact]
    public async Task A_Follow_Up_Due_At_The_Next_Midnight_Is_Not_Due_On_The_Day()
    {
        // Midnight in Costa Rica is six in the morning in UTC.
        var midnight = new DateTimeOffset(_clock.GetUtcNow().UtcDateTime.Date.AddDays(3).AddHours(6), TimeSpan.Zero);
        foreach (var (note, due) in new[] { ("last minute", midnight.AddMinutes(-1)), ("midnight", midnight) })
        {
            var callId = await _host.RingAsync(_ana, "88881234");
            await SendAsync(_ana, callId, new { outcome = "call-back", followUp = new { dueAt = due, note } });
        }

        (await NotesAsync($"{midnight.AddDays(-1):yyyy-MM-dd}")).ShouldBe(["last minute"]);
        (await NotesAsync($"{midnight:yyyy-MM-dd}")).ShouldBe(["last minute", "midnight"]);
        (await NotesAsync($"{midnight:yyyy-MM-dd}T00:00")).ShouldBe(["last minute", "midnight"], "due by that time");

        async Task<IEnumerable<string?>> NotesAsync(string due) =>
            (await _ana.GetItemsAsync($"/api/follow-ups?due={due}")).Select(item => (string?)item["note"]);
    }

    [SkippableFact]
    public async Task Of_Several_Concurrent_Wrap_Ups_The_Stored_One_Decides_The_Follow_Up()
    {
        for (var round = 0; round < 10; round++)
        {
            var callId = await _host.RingAsync(_ana, "88881234");
            var etag = (string?)(await PutAsync(_ana, callId, new { notes = "borrador" }, draft: true)).Body!["etag"];

            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => PutAsync(
                _ana,
                callId,
                i == 0
                    ? new { outcome = "attended", notes = "sin" }
                    : new
                    {
                        outcome = "call-back",
                        notes = $"{i}",
                        followUp = new { dueAt = _clock.GetUtcNow().AddDays(i), note = $"{i}" }
                    },
                etag: etag)));

            answers.Count(answer => answer.Status == 200).ShouldBe(1);
            var holds = (string?)(await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"]!["notes"];
            (await _ana.GetItemsAsync("/api/follow-ups")).Where(item => (string?)item["callId"] == callId)
                .Select(item => (string?)item["note"]).ShouldBe(holds == "sin" ? [] : [holds]);
        }
    }

    private static async Task SendAsync(HttpClient agent, string callId, object wrapUp)
    {
        var (status, body) = await PutAsync(agent, callId, wrapUp);
        status.ShouldBe(200, body?.ToString());
    }

    private static Task<(int Status, JsonObject? Body)> PutAsync(
        HttpClient agent, string callId, object wrapUp, bool draft = false, string? etag = null) =>
        agent.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up{(draft ? "?draft=true" : "")}", wrapUp, etag);
}

public sealed class FollowUpTestsOnSqlite() : FollowUpTests(TestStorage.Sqlite);

public sealed class FollowUpTestsOnAzurite() : FollowUpTests(TestStorage.AzuriteInTheLongRun);
