using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.WrapUps;

/// <summary>An office adds fields to the wrap-up, and each outcome asks for its own.</summary>
public abstract class WrapUpFieldTests(TestStorage storage) : IAsyncLifetime
{
    private static readonly object[] Defined =
    [
        new { key = "reason", es = "Motivo", en = "Reason", kind = "choice", required = true, choices = new[] { "Precio", "Servicio" }, outcomes = new[] { "attended" } },
        new { key = "invoice", es = "Factura", en = "Invoice", kind = "number" },
        new { key = "visit", es = "Visita", en = "Visit", kind = "date", outcomes = new[] { "attended", "no-answer" } },
        new { key = "who", es = "Quién", en = "Who", kind = "text", required = false, outcomes = Array.Empty<string>() },
    ];

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage);
        _ana = await _host.SignInAsync("ana");
        _admin = await _host.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task Everybody_Reads_Them_And_An_Administrator_Writes_Them()
    {
        (await _ana.SendJsonAsync(HttpMethod.Put, "/api/wrap-up-fields", new { items = Defined })).Status.ShouldBe(403);

        var stored = await DefineAsync(Defined);

        var read = await _ana.GetObjectAsync("/api/wrap-up-fields");
        read.ToJsonString().ShouldBe(stored.ToJsonString());
        var (first, second) = (read["items"]![0]!, read["items"]![1]!);
        ((string?)first["key"], (string?)first["kind"], (bool)first["required"]!).ShouldBe(("reason", "choice", true));
        first["choices"]!.AsArray().Select(choice => (string?)choice).ShouldBe(["Precio", "Servicio"]);
        ((bool)second["required"]!, second["choices"]!.AsArray().Count, second["outcomes"]!.AsArray().Count)
            .ShouldBe((false, 0, 0));

        (await PutAsync(new { items = Array.Empty<object>() }, "old")).Status.ShouldBe(412);
        (await PutAsync(new { items = Array.Empty<object>() }, (string?)read["etag"])).Status.ShouldBe(200);
        (await _ana.GetItemsAsync("/api/wrap-up-fields")).ShouldBeEmpty();
        (await _ana.GetItemsAsync("/api/outcomes")).Count.ShouldBe(9, "they are stored beside each other");
    }

    [SkippableTheory]
    [InlineData("""{}""", "items")]
    [InlineData("""{"items":[{"es":"a","en":"a","kind":"text"}]}""", "items[0].key")]
    [InlineData("""{"items":[{"key":"á","es":"a","en":"a","kind":"text"}]}""", "items[0].key")]
    [InlineData("""{"items":[{"key":"a","es":"a","en":"a","kind":"text"},{"key":"a","es":"a","en":"a","kind":"text"}]}""", "items[1].key")]
    [InlineData("""{"items":[{"key":"a","es":" ","en":"a","kind":"text"}]}""", "items[0].es")]
    [InlineData("""{"items":[{"key":"a","es":"a","kind":"text"}]}""", "items[0].en")]
    [InlineData("""{"items":[{"key":"a","es":"a","en":"a"}]}""", "items[0].kind")]
    [InlineData("""{"items":[{"key":"a","es":"a","en":"a","kind":"1"}]}""", "items[0].kind")]
    [InlineData("""{"items":[{"key":"a","es":"a","en":"a","kind":"file"}]}""", "items[0].kind")]
    [InlineData("""{"items":[{"key":"a","es":"a","en":"a","kind":"choice"}]}""", "items[0].choices")]
    [InlineData("""{"items":[{"key":"a","es":"a","en":"a","kind":"choice","choices":["x"," x "]}]}""", "items[0].choices")]
    [InlineData("""{"items":[{"key":"a","es":"a","en":"a","kind":"choice","choices":["x",null]}]}""", "items[0].choices")]
    [InlineData("""{"items":[{"key":"a","es":"a","en":"a","kind":"text","choices":["x"]}]}""", "items[0].choices")]
    [InlineData("""{"items":[{"key":"a","es":"a","en":"a","kind":"text","outcomes":["gone"]}]}""", "items[0].outcomes")]
    public async Task What_Can_Be_No_Field_Is_Refused_At_Its_Place(string body, string field)
    {
        var (status, problem) = await PutAsync(JsonNode.Parse(body)!);

        status.ShouldBe(400);
        problem!["errors"]!.AsObject().Select(error => error.Key).ShouldBe([field]);
    }

    [SkippableFact]
    public async Task There_Are_At_Most_Thirty_And_A_Field_Keeps_The_Code_Of_An_Outcome_That_Was_Removed()
    {
        object Field(int i) => new { key = $"f{i}", es = "a", en = "a", kind = "text", outcomes = new[] { "other" } };
        (await PutAsync(new { items = new object?[] { null } })).Status.ShouldBe(400);
        (await PutAsync(new { items = Enumerable.Range(0, 31).Select(Field) })).Status.ShouldBe(400);
        await DefineAsync([.. Enumerable.Range(0, 30).Select(Field)]);
        (await _admin.SendJsonAsync(HttpMethod.Put, "/api/outcomes", new
        {
            items = new[] { new { code = "attended", es = "Atendido", en = "Handled" } },
        })).Status.ShouldBe(200);

        (await DefineAsync([Field(1)]))["items"]!.AsArray().Count.ShouldBe(1);
        (await PutAsync(new { items = new[] { new { key = "a", es = "a", en = "a", kind = "text", outcomes = new[] { "paid" } } } }))
            .Status.ShouldBe(400);
    }

    [SkippableFact]
    public async Task A_Wrap_Up_Is_Sent_With_What_Its_Outcome_Asks_For()
    {
        await DefineAsync(Defined);
        var callId = await _host.RingAsync(_ana, "88881234");

        await ShouldLackAsync(callId, new { outcome = "attended" }, "fields.reason", "Este resultado necesita «Motivo».");
        foreach (var (field, value, words) in new[]
        {
            ("reason", "Otro", "Elija una opción de la lista."),
            ("invoice", "1.500,00", "Escriba un número, con punto decimal y sin separar los miles."),
            ("visit", "30/11/2026", "Escriba una fecha, como 2026-11-30."),
            ("visit", "2026-02-30", "Escriba una fecha, como 2026-11-30."),
        })
        {
            var fields = new Dictionary<string, string> { ["reason"] = "Precio" };
            fields[field] = value;
            await ShouldLackAsync(callId, new { outcome = "attended", fields }, $"fields.{field}", words);
        }

        // The other outcome does not ask for the reason, and a key that no field has is stored as before.
        (await SaveAsync(callId, new { outcome = "no-answer", fields = new { invoice = "-15.50", crm = "7" } }))
            .Status.ShouldBe(200);
        var (status, sent) = await SaveAsync(callId, new
        {
            outcome = "attended",
            fields = new { reason = " Servicio ", visit = "2026-11-30", who = "Ana", crm = "7" },
        });
        status.ShouldBe(200);
        ((string?)sent!["fields"]!["reason"], (string?)sent["fields"]!["crm"]).ShouldBe(("Servicio", "7"));
    }

    [SkippableFact]
    public async Task A_Draft_Is_Not_Checked_And_A_Value_Stays_When_Its_Field_Changes_Or_Goes()
    {
        await DefineAsync(Defined);
        var callId = await _host.RingAsync(_ana, "88881234");
        (await SaveAsync(callId, new { outcome = "attended", fields = new { invoice = "mil" } }, "?draft=true"))
            .Status.ShouldBe(200);
        (await SaveAsync(callId, new { outcome = "attended", fields = new { reason = "Precio", invoice = "1" } }))
            .Status.ShouldBe(200);

        await DefineAsync(
            new { key = "reason", es = "Motivo", en = "Reason", kind = "choice", required = true, choices = new[] { "Otro" } });

        // What was chosen then may stay; what is chosen now is one of today's choices.
        (await SaveAsync(callId, new { outcome = "attended", notes = "x", fields = new { reason = "Precio", invoice = "1" } }))
            .Status.ShouldBe(200);
        await ShouldLackAsync(
            callId, new { outcome = "attended", fields = new { reason = "Servicio" } }, "fields.reason", "Elija una opción de la lista.");
        await DefineAsync();
        var call = await _ana.GetObjectAsync($"/api/calls/{callId}");
        ((string?)call["wrapUp"]!["fields"]!["reason"], (string?)call["wrapUp"]!["fields"]!["invoice"])
            .ShouldBe(("Precio", "1"));
    }

    [SkippableFact]
    public async Task An_Undone_Save_Brings_The_Fields_Before_Back()
    {
        await DefineAsync(Defined);
        var callId = await _host.RingAsync(_ana, "88881234");
        await SaveAsync(callId, new { outcome = "attended", fields = new { reason = "Precio" } });
        var (_, second) = await SaveAsync(callId, new { outcome = "attended", fields = new { reason = "Servicio" } });

        var (status, undone) = await _ana.SendJsonAsync(
            HttpMethod.Post, $"/api/calls/{callId}/wrap-up/undo", null, (string?)second!["etag"]);

        status.ShouldBe(200);
        ((string?)undone!["wrapUp"]!["fields"]!["reason"]).ShouldBe("Precio");
    }

    private async Task<JsonObject> DefineAsync(params object[] fields)
    {
        var (status, stored) = await PutAsync(new { items = fields });
        status.ShouldBe(200, stored?.ToJsonString());
        return stored!;
    }

    private Task<(int Status, JsonObject? Body)> PutAsync(object body, string? etag = null) =>
        _admin.SendJsonAsync(HttpMethod.Put, "/api/wrap-up-fields", body, etag);

    private Task<(int Status, JsonObject? Body)> SaveAsync(string callId, object wrapUp, string query = "") =>
        _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up{query}", wrapUp);

    private async Task ShouldLackAsync(string callId, object wrapUp, string field, string words)
    {
        var (status, problem) = await SaveAsync(callId, wrapUp);
        status.ShouldBe(400);
        problem!["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe(field);
        ((string?)problem["errors"]![field]![0]).ShouldBe(words);
    }
}

public sealed class WrapUpFieldTestsOnSqlite() : WrapUpFieldTests(TestStorage.Sqlite);

public sealed class WrapUpFieldTestsOnAzurite() : WrapUpFieldTests(TestStorage.AzuriteInTheLongRun);
