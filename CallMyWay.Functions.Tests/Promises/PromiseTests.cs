using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Promises;

/// <summary>Promises to pay: they come with a wrap-up, come back on their day, and somebody says what became of them.</summary>
public abstract class PromiseTests(TestStorage storage) : IAsyncLifetime
{
    private const string Jose = "demo-01";

    private SetClock _clock = null!;

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        // Noon in Costa Rica, so that an hour more or less stays within the day.
        _clock = new SetClock(new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddHours(18), TimeSpan.Zero));
        _host = await TestHost.StartAsync(storage, new() { Time = _clock });
        _ana = await _host.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task A_Sent_Wrap_Up_Makes_A_Promise_And_A_Draft_Or_Another_Outcome_None()
    {
        var callId = await _host.RingAsync(_ana, "88881234");
        var due = _clock.GetUtcNow().AddDays(3);
        await SendAsync(callId, Promise(25_000.50m, due), draft: true);
        (await _ana.GetItemsAsync("/api/promises")).ShouldBeEmpty("it is a draft");

        await SendAsync(callId, Promise(25_000.50m, due));

        foreach (var list in new[] { "/api/promises", $"/api/promises?contact={Jose}" })
        {
            var promise = (await _ana.GetItemsAsync(list)).ShouldHaveSingleItem();
            ((decimal)promise["amount"]!, (string?)promise["currency"], (DateTimeOffset)promise["dueAt"]!)
                .ShouldBe((25_000.50m, "CRC", due));
            ((string?)promise["state"], (string?)promise["contactName"], (string?)promise["callId"])
                .ShouldBe(("open", "José Rodríguez Solís", callId));
        }

        await SendAsync(callId, Promise(30_000m, due));
        ((decimal)(await OnlyAsync())["amount"]!).ShouldBe(30_000m);
        await SendAsync(callId, new { outcome = "attended" });
        (await _ana.GetItemsAsync("/api/promises")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task It_Is_Due_On_Its_Day_And_Broken_From_The_Day_After()
    {
        var callId = await _host.RingAsync(_ana, "88881234");
        var due = _clock.GetUtcNow().AddDays(2);
        await SendAsync(callId, Promise(100, due));
        (await _ana.GetItemsAsync($"/api/promises?due={due.AddDays(-1):yyyy-MM-dd}")).ShouldBeEmpty();
        (await _ana.GetItemsAsync($"/api/promises?due={due:yyyy-MM-dd}")).Count.ShouldBe(1);

        // The last minute of its day, and the first of the next, by the clocks of Costa Rica.
        _clock.Now = new DateTimeOffset(due.UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddHours(6).AddMinutes(-1);
        _ana = await _host.SignInAsync("ana");
        ((string?)(await OnlyAsync())["state"]).ShouldBe("open");
        _clock.Now += TimeSpan.FromMinutes(1);
        ((string?)(await OnlyAsync())["state"]).ShouldBe("broken");
    }

    [SkippableFact]
    public async Task What_Was_Paid_Stays_If_The_Date_Or_The_Amount_Is_Corrected()
    {
        var (callId, id) = await PromiseAsync();
        await DecideAsync(_ana, id, new { state = "kept" });

        await SendAsync(callId, Promise(100, _clock.GetUtcNow().AddDays(5)));
        (await _ana.GetItemsAsync("/api/promises")).ShouldBeEmpty("all of it is paid");
        ((decimal?)(await DecideAsync(_ana, id, new { state = "kept" })).Body!["paidAmount"]).ShouldBe(100);

        await SendAsync(callId, Promise(150, _clock.GetUtcNow().AddDays(5)));
        var open = await OnlyAsync();
        ((string?)open["state"], (decimal?)open["amount"], (decimal?)open["paidAmount"]).ShouldBe(("open", 150, 100));
    }

    [SkippableFact]
    public async Task What_Was_Paid_Does_Not_Become_Another_Currency()
    {
        var (callId, id) = await PromiseAsync();
        await DecideAsync(_ana, id, new { state = "kept" });

        await SendAsync(callId, Promise(100, _clock.GetUtcNow().AddDays(2), currency: "USD"));
        (await _ana.GetItemsAsync("/api/promises")).ShouldBeEmpty("only the currency was mistyped");

        await SendAsync(callId, Promise(50, _clock.GetUtcNow().AddDays(2), currency: "CRC"));
        var open = await OnlyAsync();
        ((string?)open["state"], (decimal?)open["amount"], (string?)open["currency"]).ShouldBe(("open", 50, "CRC"));
        (open["paidAmount"], open["paidAt"], open["decidedBy"]).ShouldBe((null, null, null));
    }

    [SkippableTheory]
    [InlineData("kept", null, 100)]
    [InlineData("kept", 120, 120)]
    [InlineData("partly", 40, 40)]
    [InlineData("broken", null, null)]
    public async Task What_Became_Of_It_Is_Stored_And_It_Leaves_The_Lists(string state, int? amount, int? paid)
    {
        var (callId, id) = await PromiseAsync();

        var (status, body) = await DecideAsync(_ana, id, new { state, amount });

        status.ShouldBe(200, body?.ToString());
        ((string?)body!["state"], (int?)(decimal?)body["paidAmount"], (string?)body["decidedBy"])
            .ShouldBe((state, paid, "ana"));
        (body["paidAt"] is null).ShouldBe(paid is null);
        (await _ana.GetItemsAsync("/api/promises")).ShouldBeEmpty();
        (await _ana.GetItemsAsync($"/api/promises?contact={Jose}")).ShouldBeEmpty();

        // A repetition is answered as the first time, and a correction of the notes changes nothing.
        var again = await DecideAsync(_ana, id, new { state, amount }, etag: "old");
        (again.Status, again.Body!.ToJsonString()).ShouldBe((200, body.ToJsonString()));
        await SendAsync(callId, Promise(100, _clock.GetUtcNow().AddDays(2), notes: "corregido"));
        (await _ana.GetItemsAsync("/api/promises")).ShouldBeEmpty("what was decided stays decided");

        // It can be taken back.
        (await DecideAsync(_ana, id, new { state = "open" })).Status.ShouldBe(200);
        ((string?)(await OnlyAsync())["promiseId"]).ShouldBe(id);
    }

    [SkippableFact]
    public async Task Each_Wrong_Input_Is_Told_At_Its_Field_And_Changes_Nothing()
    {
        var (_, id) = await PromiseAsync();
        foreach (var (body, field) in new (object, string)[]
        {
            (new { }, "state"),
            (new { state = "partly" }, "amount"),
            (new { state = "partly", amount = 100 }, "amount"),
            (new { state = "partly", amount = 0 }, "amount"),
            (new { state = "partly", amount = 1.005m }, "amount"),
            (new { state = "kept", amount = 99.99m }, "amount"),
            (new { state = "kept", amount = -1 }, "amount"),
            (new { state = "broken", amount = 1 }, "amount"),
            (new { state = "open", paidAt = _clock.GetUtcNow() }, "paidAt"),
            (new { state = "kept", paidAt = _clock.GetUtcNow().AddDays(2) }, "paidAt"),
        })
        {
            var (status, problem) = await DecideAsync(_ana, id, body);
            (status, ((JsonObject)problem!["errors"]!).Single().Key).ShouldBe((400, field), $"{body}");
        }

        ((string?)(await OnlyAsync())["state"]).ShouldBe("open");
    }

    [SkippableFact]
    public async Task Its_Agent_And_The_Supervisor_Decide_And_An_Old_Version_Is_Refused()
    {
        var (_, id) = await PromiseAsync();
        using var luis = await _host.SignInAsync("luis");
        using var sofia = await _host.SignInAsync("sofia");

        (await DecideAsync(luis, id, new { state = "kept" })).Status.ShouldBe(404);
        (await DecideAsync(_ana, "nothing", new { state = "kept" })).Status.ShouldBe(404);
        var etag = (string?)(await OnlyAsync())["etag"];
        (await DecideAsync(sofia, id, new { state = "kept" }, etag)).Status.ShouldBe(200);
        (await DecideAsync(_ana, id, new { state = "broken" }, etag)).Status.ShouldBe(412);
    }

    [SkippableFact]
    public async Task Who_Has_An_Old_Version_Is_Told_Who_Decided_What_And_May_Say_Otherwise_Then()
    {
        var (callId, id) = await PromiseAsync();
        using var sofia = await _host.SignInAsync("sofia");
        var etag = (string?)(await OnlyAsync())["etag"];
        await DecideAsync(sofia, id, new { state = "partly", amount = 40 }, etag);
        var said = (await _ana.GetObjectAsync($"/api/calls/{callId}"))["history"]!.AsArray()
            .Single(entry => (string?)entry!["kind"] == "promise")!;
        ((string?)said["agentName"], (string?)said["state"], (decimal?)said["amount"], (string?)said["currency"])
            .ShouldBe(("Sofía Chaves Ureña", "partly", 40, "CRC"));

        var (status, told) = await DecideAsync(_ana, id, new { state = "broken" }, etag);

        status.ShouldBe(412);
        ((string?)told!["detail"]).ShouldBe(
            "Sofía Chaves Ureña ya indicó qué pasó con esta promesa: pagó una parte. "
            + "Si no es así, indíquelo de nuevo.");
        var now = told["promise"]!;
        ((string?)now["state"], (decimal?)now["paidAmount"], (string?)now["decidedBy"])
            .ShouldBe(("partly", 40, "sofia"));
        (await DecideAsync(_ana, id, new { state = "broken" }, (string?)now["etag"])).Status.ShouldBe(200);

        await DecideAsync(_ana, id, new { state = "open" });
        etag = (string?)(await OnlyAsync())["etag"];
        var due = _clock.GetUtcNow().AddDays(3);
        await SendAsync(callId, Promise(120.5m, due));
        (status, told) = await DecideAsync(_ana, id, new { state = "kept" }, etag);
        (status, (decimal?)told!["promise"]!["amount"]).ShouldBe((412, 120.5m));
        ((string?)told["detail"]).ShouldStartWith(
            $"La promesa cambió desde que usted la abrió: es de 120.5 CRC para el {due:dd/MM/yyyy}.");
    }

    private async Task<(string CallId, string PromiseId)> PromiseAsync()
    {
        var callId = await _host.RingAsync(_ana, "88881234");
        await SendAsync(callId, Promise(100, _clock.GetUtcNow().AddDays(2)));
        return (callId, (string)(await OnlyAsync())["promiseId"]!);
    }

    private async Task<JsonNode> OnlyAsync() => (await _ana.GetItemsAsync("/api/promises")).ShouldHaveSingleItem();

    private static object Promise(
        decimal amount, DateTimeOffset dueAt, string? notes = null, string currency = "CRC") =>
        new { outcome = "promise-to-pay", notes, promise = new { amount, currency, dueAt } };

    private async Task SendAsync(string callId, object wrapUp, bool draft = false)
    {
        var (status, body) = await _ana.SendJsonAsync(
            HttpMethod.Put, $"/api/calls/{callId}/wrap-up{(draft ? "?draft=true" : "")}", wrapUp);
        status.ShouldBe(200, body?.ToString());
    }

    private static Task<(int Status, JsonObject? Body)> DecideAsync(
        HttpClient agent, string promiseId, object input, string? etag = null) =>
        agent.SendJsonAsync(HttpMethod.Put, $"/api/promises/{Uri.EscapeDataString(promiseId)}", input, etag);
}

public sealed class PromiseTestsOnSqlite() : PromiseTests(TestStorage.Sqlite);

public sealed class PromiseTestsOnAzurite() : PromiseTests(TestStorage.AzuriteInTheLongRun);
