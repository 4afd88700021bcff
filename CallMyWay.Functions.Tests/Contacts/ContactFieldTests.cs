using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Contacts;

/// <summary>An administrator defines what the office keeps of its contacts.</summary>
public abstract class ContactFieldTests(TestStorage storage) : IAsyncLifetime
{
    private const string Path = "/api/contact-fields";

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
    public async Task Until_They_Are_Written_They_Are_Those_Of_The_Setting()
    {
        var list = await _ana.GetObjectAsync(Path);

        Keys(list).ShouldBe(["balance", "dueDate"]);
        var balance = list["fields"]![0]!;
        ((string?)balance["label"]!["es"], (string?)balance["label"]!["en"], (string?)balance["kind"])
            .ShouldBe(("Saldo", "Balance", "amount"));
        list["etag"].ShouldBeNull();
    }

    [SkippableFact]
    public async Task What_Is_Required_Is_Demanded_Of_Whoever_Writes_A_Contact()
    {
        object[] fields = [Field("case", "Expediente", "File", "text", required: true)];
        var contact = new { name = "Sin expediente", numbers = new[] { "7600-0001" } };
        var (_, before) = await _ana.SendJsonAsync(HttpMethod.Post, "/api/contacts", contact);
        (await _admin.SendJsonAsync(HttpMethod.Put, Path, new { fields })).Status.ShouldBe(200);
        var callId = await _host.RingAsync(_ana, "76000009");

        foreach (var (method, path, body) in new (HttpMethod, string, object)[]
        {
            (HttpMethod.Post, "/api/contacts", contact),
            (HttpMethod.Put, $"/api/contacts/{before!["contactId"]}", contact),
            (HttpMethod.Put, $"/api/calls/{callId}/contact", new { contact }),
        })
        {
            var (status, refused) = await _ana.SendJsonAsync(method, path, body);
            status.ShouldBe(400, path);
            ((string?)refused!["errors"]!["fields.case"]![0]).ShouldBe("Falta: Expediente.", path);
        }

        (await _ana.SendJsonAsync(
            HttpMethod.Put,
            $"/api/contacts/{before!["contactId"]}",
            new { contact.name, contact.numbers, fields = new { @case = "E-1", other = "stays" } })).Status.ShouldBe(200);
    }

    [SkippableFact]
    public async Task A_Value_Of_Another_Form_Is_Refused_Beside_Its_Field()
    {
        var legacy = new { saldo = "mil", vence = "mañana", etapa = "Otra", total = "1.500,50" };
        var (_, before) = await _ana.SendJsonAsync(HttpMethod.Post, "/api/contacts", Contact("7600-0101", legacy));
        (await _admin.SendJsonAsync(HttpMethod.Put, Path, new
        {
            fields = new[]
            {
                Field("saldo", "Saldo", "Balance", "amount"),
                Field("vence", "Vence", "Due", "date"),
                Field("etapa", "Etapa", "Stage", "choice", choices: ["Cobro", "Legal"]),
                Field("total", "Total", "Total", "number"),
            },
        })).Status.ShouldBe(200);
        var callId = await _host.RingAsync(_ana, "76000109");

        var wrong = new { saldo = "mil", vence = "2026-02-30", etapa = "cobro", total = "1500.", otro = "cualquiera" };
        var path = $"/api/contacts/{before!["contactId"]}";
        foreach (var (method, at, body) in new (HttpMethod, string, object)[]
        {
            (HttpMethod.Post, "/api/contacts", Contact("7600-0102", wrong)),
            (HttpMethod.Put, $"/api/calls/{callId}/contact", new { contact = Contact("7600-0109", wrong) }),
        })
        {
            var (status, refused) = await _ana.SendJsonAsync(method, at, body);
            status.ShouldBe(400, at);
            refused!["errors"]!.AsObject().Select(error => error.Key)
                .ShouldBe(["fields.saldo", "fields.vence", "fields.etapa", "fields.total"]);
            ((string?)refused["errors"]!["fields.vence"]![0])
                .ShouldBe("«Vence» es una fecha: escríbala como 2026-11-30.");
        }

        // What the contact had before the fields were defined stays, until it is changed.
        (await _ana.SendJsonAsync(HttpMethod.Put, path, Contact("7600-0103", legacy))).Status.ShouldBe(200);
        var (again, problem) = await _ana.SendJsonAsync(
            HttpMethod.Put, path, Contact("7600-0103", legacy with { saldo = "dos mil" }));
        again.ShouldBe(400);
        problem!["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["fields.saldo"]);
        var right = new { saldo = "-1500.50", vence = "2026-02-28", etapa = "Cobro", total = "3" };
        (await _ana.SendJsonAsync(HttpMethod.Put, path, Contact("7600-0103", right))).Status.ShouldBe(200);

        static object Contact(string number, object fields) =>
            new { name = "Lucía Mata", numbers = new[] { number }, fields };
    }

    [SkippableFact]
    public async Task Everybody_Reads_Them_And_An_Administrator_Writes_Them()
    {
        object[] fields =
        [
            Field("case", "Expediente", "File", "text", required: true),
            Field("stage", "Etapa", "Stage", "choice", choices: ["Cobro", "Legal"]),
            new { key = "saldo", label = new { es = "Saldo", en = "Balance" }, kind = "amount", currency = "USD" },
        ];
        (await _ana.SendJsonAsync(HttpMethod.Put, Path, new { fields })).Status.ShouldBe(403);

        var (status, stored) = await _admin.SendJsonAsync(HttpMethod.Put, Path, new { fields });

        status.ShouldBe(200, stored?.ToJsonString());
        var read = await _ana.GetObjectAsync(Path);
        Keys(read).ShouldBe(["case", "stage", "saldo"]);
        ((string?)read["etag"]).ShouldBe((string?)stored!["etag"]);
        ((bool)read["fields"]![0]!["required"]!).ShouldBeTrue();
        ((JsonArray)read["fields"]![1]!["choices"]!).Select(one => (string)one!).ShouldBe(["Cobro", "Legal"]);
        (await _admin.SendJsonAsync(HttpMethod.Put, Path, new { fields = fields[..1] }, "old")).Status.ShouldBe(412);
        var (again, answer) = await _admin.SendJsonAsync(HttpMethod.Put, Path, new { fields }, "old");
        (again, (string?)answer!["etag"]).ShouldBe((200, (string?)stored["etag"]), "what is stored already is answered so");

        // What a call's screen shows of a contact follows at once, in the agent's language.
        var shown = (JsonArray)(await _ana.GetObjectAsync("/api/me"))["contactFields"]!;
        shown.Select(one => ((string?)one!["label"], (string?)one["type"], (string?)one["currency"])).ShouldBe(
            [("Expediente", "text", null), ("Etapa", "choice", null), ("Saldo", "money", "USD")]);
    }

    [SkippableTheory]
    [InlineData("name", "text", "fields[0].key")]
    [InlineData("a,b", "text", "fields[0].key")]
    [InlineData("", "text", "fields[0].key")]
    [InlineData("a", "3", "fields[0].kind")]
    [InlineData("a", "choice", "fields[0].choices")]
    public async Task What_Is_Wrong_Is_Said_Beside_Its_Field(string key, string kind, string wrong)
    {
        var (status, problem) = await _admin.SendJsonAsync(
            HttpMethod.Put, Path, new { fields = new[] { Field(key, "Dato", "Datum", kind) } });

        status.ShouldBe(400);
        problem!["errors"]!.AsObject().Select(error => error.Key).ShouldBe([wrong]);
    }

    [SkippableFact]
    public async Task Two_Fields_Of_One_Key_And_One_Without_A_Name_Are_Refused()
    {
        var (status, problem) = await _admin.SendJsonAsync(HttpMethod.Put, Path, new
        {
            fields = new object[] { Field("case", "Caso", "Case", "text"), Field("Case", "Caso", " ", "text") },
        });

        status.ShouldBe(400);
        problem!["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["fields[1].key", "fields[1].label.en"]);
        (await _admin.SendJsonAsync(HttpMethod.Put, Path, new { })).Status.ShouldBe(400);
    }

    [SkippableFact]
    public async Task The_Candidates_Of_A_Call_Show_The_Balance_That_The_Administrator_Named()
    {
        await _admin.SendJsonAsync(HttpMethod.Put, Path, new
        {
            fields = new[] { Field("debe", "Debe", "Owes", "amount") },
        });
        foreach (var owes in new[] { "1000", "2000" })
        {
            (await _ana.SendJsonAsync(HttpMethod.Post, "/api/contacts", new
            {
                name = "Rosa Mora",
                numbers = new[] { "60601234" },
                fields = new { debe = owes },
            })).Status.ShouldBe(201);
        }

        var callId = await _host.RingAsync(_ana, "60601234");

        var candidates = (JsonArray)(await _ana.GetObjectAsync($"/api/calls/{callId}"))["candidates"]!;
        candidates.Select(one => (string?)one!["balance"]).ShouldBe(["1000", "2000"], ignoreOrder: true);
    }

    private static object Field(
        string key, string es, string en, string kind, bool required = false, IReadOnlyList<string>? choices = null) =>
        new { key, label = new { es, en }, kind, required, choices };

    private static IReadOnlyList<string?> Keys(JsonObject list) =>
        [.. ((JsonArray)list["fields"]!).Select(field => (string?)field!["key"])];
}

public sealed class ContactFieldTestsOnSqlite() : ContactFieldTests(TestStorage.Sqlite);

public sealed class ContactFieldTestsOnAzurite() : ContactFieldTests(TestStorage.AzuriteInTheLongRun);
