using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ExternalContacts;

/// <summary>Contacts that another application keeps and sends.</summary>
public abstract class ExternalContactTests(DemoHost host) : IAsyncLifetime
{
    private string _key = "";

    public async Task InitializeAsync()
    {
        if (host.Storage.WhyNot() is null)
        {
            var (_, key) = await host.Admin.AskAsync(
                HttpMethod.Post, "/api/api-keys", new { name = "CRM", scopes = new[] { "contacts" } });
            _key = key.Text("key")!;
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task A_Contact_That_Is_Sent_Is_Found_And_Sent_Again_Is_The_Same()
    {
        var sent = new
        {
            name = "Marta Ulate Rojas",
            numbers = new[] { "8720-0001" },
            document = "2-0720-0001",
            link = "https://crm.example.com/contacts/77",
        };
        var (status, first) = await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/77", sent);
        (status, first.Text("outcome")).ShouldBe((HttpStatusCode.OK, "created"));
        (await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/77", sent)).Body.Text("outcome").ShouldBe("unchanged");

        var found = (await host.Admin.ItemsAsync("/api/contacts?phone=87200001")).ShouldHaveSingleItem();
        found.Text("contactId").ShouldBe(first.Text("contactId"));
        var external = found.GetProperty("external");
        (external.Text("source"), external.Text("id"), external.Text("link"))
            .ShouldBe(("crm", "77", "https://crm.example.com/contacts/77"));

        (await SendAsync(HttpMethod.Put, "/api/external-contacts/CRM/77", sent with { name = "Marta Ulate" }))
            .Body.Text("outcome").ShouldBe("changed", "an application's name has no capitals");
        // An agent's change keeps where the contact lives.
        (await host.Ana.AskAsync(
            HttpMethod.Put,
            $"/api/contacts/{found.Text("contactId")}",
            new { name = "Marta Ulate Rojas", numbers = new[] { "8720-0001", "8720-0002" } })).Status.ShouldBe(HttpStatusCode.OK);
        (await host.Admin.ItemsAsync("/api/contacts?phone=87200002")).ShouldHaveSingleItem()
            .GetProperty("external").Text("id").ShouldBe("77");

        (await SendAsync(HttpMethod.Delete, "/api/external-contacts/crm/77")).Body.Text("outcome").ShouldBe("deleted");
        (await SendAsync(HttpMethod.Delete, "/api/external-contacts/crm/77")).Body.Text("outcome").ShouldBe("unchanged");
        (await host.Admin.ItemsAsync("/api/contacts?phone=87200001")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task What_Changes_Nothing_Is_Not_Written_Down()
    {
        var sent = new { name = "Igual Ulate", numbers = new[] { "8720-0078" } };
        var (_, first) = await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/78", sent);
        var (_, again) = await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/78", sent);
        again.Text("outcome").ShouldBe("unchanged");

        (await host.Admin.ItemsAsync($"/api/audit?what=contacts.pushed&id={first.Text("contactId")}"))
            .ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task A_Contact_Whose_Id_Has_A_Slash_Is_The_One_Of_The_Batch()
    {
        const string Path = "/api/external-contacts/crm/2026%2F77";
        var numbers = new[] { "8731-0001" };
        var (_, batch) = await SendAsync(
            HttpMethod.Post,
            "/api/external-contacts",
            new { contacts = new[] { new { source = "crm", id = "2026/77", name = "Rosa Mena", numbers } } });
        batch.GetProperty("items")[0].Text("outcome").ShouldBe("created");

        (await SendAsync(HttpMethod.Put, Path, new { name = "Rosa Mena", numbers })).Body.Text("outcome")
            .ShouldBe("unchanged");
        (await SendAsync(HttpMethod.Delete, Path)).Body.Text("outcome").ShouldBe("deleted");

        (await host.Admin.ItemsAsync("/api/contacts?phone=87310001")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Value_That_Its_Field_Cannot_Hold_Is_Refused()
    {
        var wrong = new
        {
            name = "Saldo Solís",
            numbers = new[] { "8729-0001" },
            fields = new { balance = "1.500,50" },
        };
        var (status, problem) = await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/f1", wrong);
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(["fields.balance"]);

        var (_, body) = await SendAsync(HttpMethod.Post, "/api/external-contacts", new
        {
            contacts = new object[]
            {
                new { source = "crm", id = "f1", wrong.name, wrong.numbers, wrong.fields },
                new { source = "crm", id = "f2", wrong.name, wrong.numbers, fields = new { balance = "1500.50" } },
            },
        });
        var items = body.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => item.Text("outcome")).ShouldBe(["refused", "created"]);
        items[0].GetProperty("errors").TryGetProperty("fields.balance", out _).ShouldBeTrue();
    }

    [SkippableFact]
    public async Task Of_A_Batch_One_Wrong_Contact_Holds_No_Other_Back()
    {
        var (status, body) = await SendAsync(HttpMethod.Post, "/api/external-contacts", new
        {
            contacts = new object?[]
            {
                new { source = "crm", id = "b1", name = "Uno Solís", numbers = new[] { "8721-0001" } },
                new { source = "crm", id = "b2", name = "", numbers = Array.Empty<string>() },
                new { source = "crm", id = "b3", name = "Tres Solís", link = "javascript:alert(1)" },
                null,
                new { source = "crm", id = "b4", name = "Cuatro Solís", numbers = new[] { "8721-0004" } },
                new { source = "crm", id = "b4", name = "Cuatro Solís Vega", numbers = new[] { "8721-0004" } },
                new { source = "crm", id = "b1", deleted = true },
            },
        });

        status.ShouldBe(HttpStatusCode.OK);
        var items = body.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => item.Text("outcome")).ShouldBe(
            ["created", "refused", "refused", "refused", "created", "changed", "deleted"]);
        items[1].GetProperty("errors").TryGetProperty("name", out _).ShouldBeTrue();
        items[2].GetProperty("errors").TryGetProperty("link", out _).ShouldBeTrue();
        (await host.Admin.ItemsAsync("/api/contacts?phone=87210001")).ShouldBeEmpty();
        (await host.Admin.ItemsAsync("/api/contacts?phone=87210004")).ShouldHaveSingleItem()
            .Text("name").ShouldBe("Cuatro Solís Vega");
        (await host.Admin.ItemsAsync("/api/audit?what=contacts.pushed")).ShouldContain(
            entry => entry.Text("id") == "external-contacts" && entry.Text("who")!.StartsWith("api-key.", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Of_A_Batch_A_Value_Of_The_Wrong_Kind_Holds_No_Other_Back()
    {
        var (status, body) = await SendAsync(HttpMethod.Post, "/api/external-contacts", new
        {
            contacts = new object?[]
            {
                new { source = "crm", id = "w1", name = "Ada Solís", numbers = new[] { "8723-0001" } },
                new { source = "crm", id = "w2", name = "Eva Solís", numbers = new object[] { 87230002 } },
                new { source = "crm", id = 3, name = "Ivo Solís" },
                new { source = "crm", id = "w4", deleted = "yes" },
                "w5",
                new { source = "crm", id = "w6", name = "Uma Solís", numbers = new[] { "8723-0006" } },
            },
        });

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        var items = body.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => item.Text("outcome")).ShouldBe(
            ["created", "refused", "refused", "refused", "refused", "created"]);
        items.Select(item => item.Text("id")).ShouldBe(["w1", "w2", null, "w4", null, "w6"]);
        items[1].GetProperty("errors").GetProperty("numbers[0]")[0].GetString().ShouldBe("Escriba un texto.");
        items[2].GetProperty("errors").TryGetProperty("id", out _).ShouldBeTrue();
        items[3].GetProperty("errors").GetProperty("deleted")[0].GetString().ShouldBe("Escriba true o false.");
        items[4].GetProperty("errors").TryGetProperty("source", out _).ShouldBeTrue();
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task A_Batch_Has_1_To_500_Contacts(int count)
    {
        var contacts = Enumerable.Range(0, count).Select(i => new { source = "crm", id = $"many-{i}", name = $"N {i}" });

        (await SendAsync(HttpMethod.Post, "/api/external-contacts", new { contacts })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [SkippableFact]
    public async Task What_The_Address_Says_Is_Not_Said_Otherwise_In_The_Body()
    {
        const string Path = "/api/external-contacts/crm/body1";
        foreach (var (body, wrong) in new (object, string)[]
        {
            (new { source = "otro", name = "Zulay Mata", numbers = new[] { "8735-0001" } }, "source"),
            (new { id = "body2", name = "Zulay Mata", numbers = new[] { "8735-0001" } }, "id"),
            (new { source = "crm", id = "body1", deleted = true, name = "Zulay Mata" }, "deleted"),
        })
        {
            var (status, problem) = await SendAsync(HttpMethod.Put, Path, body);
            (status, string.Join(',', problem.Errors())).ShouldBe((HttpStatusCode.BadRequest, wrong));
        }

        (await host.Admin.ItemsAsync("/api/contacts?phone=87350001")).ShouldBeEmpty();
        (await SendAsync(
            HttpMethod.Put, Path, new { source = "CRM", id = "body1", deleted = false, name = "Zulay Mata" }))
            .Body.Text("outcome").ShouldBe("created");
    }

    [SkippableFact]
    public async Task A_Contact_That_Was_Merged_Is_Not_Written_Over()
    {
        var (_, mine) = await host.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Olga Vargas Mora", numbers = new[] { "8722-0001" } });
        var (_, sent) = await SendAsync(
            HttpMethod.Put, "/api/external-contacts/crm/m1", new { name = "OLGA VARGAS", numbers = new[] { "8722-0002" } });
        (await host.Sofia.AskAsync(
            HttpMethod.Post, "/api/contact-merges", new { keep = mine.Text("contactId"), merge = sent.Text("contactId") }))
            .Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted);

        var (_, again) = await SendAsync(
            HttpMethod.Put,
            "/api/external-contacts/crm/m1",
            new { name = "OLGA VARGAS", numbers = new[] { "8722-0002", "8722-0003" }, document = "1-0722-0001" });

        again.Text("contactId").ShouldBe(mine.Text("contactId"));
        var kept = (await host.Admin.ItemsAsync("/api/contacts?phone=87220003")).ShouldHaveSingleItem();
        (kept.Text("name"), kept.Text("document")).ShouldBe(("Olga Vargas Mora", "1-0722-0001"));
        (await SendAsync(HttpMethod.Delete, "/api/external-contacts/crm/m1")).Status.ShouldBe(HttpStatusCode.OK);
        (await host.Admin.ItemsAsync("/api/contacts?phone=87220001")).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task What_Was_Merged_Into_A_Contact_Of_The_Application_Stays_When_It_Is_Sent_Again()
    {
        var sent = new { name = "Irma Solano", numbers = new[] { "8725-0001" } };
        var (_, kept) = await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/k1", sent);
        var (_, mine) = await host.Ana.AskAsync(HttpMethod.Post, "/api/contacts", new
        {
            name = "Irma",
            numbers = new[] { "8725-0002" },
            document = "1-0725-0001",
            email = "irma@example.com",
            fields = new { sector = "norte" },
        });
        await MergeAsync(kept, mine);

        (await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/k1", sent))
            .Body.Text("outcome").ShouldBe("unchanged");
        (await SendAsync(
            HttpMethod.Put,
            "/api/external-contacts/crm/k1",
            new { name = "Irma Solano Vega", numbers = new[] { "8725-0003" }, email = "vega@example.com" }))
            .Body.Text("outcome").ShouldBe("changed");

        var now = (await host.Admin.ItemsAsync("/api/contacts?phone=87250002")).ShouldHaveSingleItem();
        now.Text("contactId").ShouldBe(kept.Text("contactId"));
        (now.Text("name"), now.Text("document"), now.Text("email"), now.GetProperty("fields").Text("sector"))
            .ShouldBe(("Irma Solano Vega", "1-0725-0001", "vega@example.com", "norte"));
        now.GetProperty("numbers").EnumerateArray().Select(number => number.GetString())
            .ShouldBe(["8725-0003", "8725-0002"]);
        now.GetProperty("external").Text("id").ShouldBe("k1");
    }

    [SkippableFact]
    public async Task Two_Contacts_Of_The_Application_That_Are_One_Do_Not_Change_At_Each_Push()
    {
        var (one, two) = (
            new { name = "Celia Mora", numbers = new[] { "8726-0001" } },
            new { name = "C. Mora", numbers = new[] { "8726-0002" } });
        var (_, kept) = await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/p1", one);
        var (_, other) = await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/p2", two);
        await MergeAsync(kept, other);
        (await SendAsync(
            HttpMethod.Put, "/api/external-contacts/crm/p2", two with { numbers = ["8726-0002", "8726-0003"] }))
            .Body.Text("outcome").ShouldBe("changed");

        for (var i = 0; i < 2; i++)
        {
            (await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/p1", one))
                .Body.Text("outcome").ShouldBe("unchanged");
            (await SendAsync(
                HttpMethod.Put, "/api/external-contacts/crm/p2", two with { numbers = ["8726-0002", "8726-0003"] }))
                .Body.Text("outcome").ShouldBe("unchanged");
        }

        (await host.Admin.ItemsAsync("/api/contacts?phone=87260003")).ShouldHaveSingleItem()
            .Text("name").ShouldBe("Celia Mora");
    }

    [SkippableFact]
    public async Task A_Duplicate_That_The_Application_Deletes_Leaves_The_Kept_Contact_Its_Own_Link()
    {
        var one = new { name = "Dora Brenes", numbers = new[] { "8727-0001" } };
        var (_, kept) = await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/d1", one);
        var two = new { name = "D. Brenes", numbers = new[] { "8727-0002" } };
        var (_, other) = await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/d2", two);
        await MergeAsync(kept, other);

        (await SendAsync(HttpMethod.Delete, "/api/external-contacts/crm/d2"))
            .Body.Text("outcome").ShouldBe("deleted");
        (await host.Admin.ItemsAsync("/api/contacts?phone=87270002")).ShouldHaveSingleItem()
            .GetProperty("external").Text("id").ShouldBe("d1");
        (await SendAsync(HttpMethod.Delete, "/api/external-contacts/CRM/d1"))
            .Body.Text("outcome").ShouldBe("deleted");
        (await host.Admin.ItemsAsync("/api/contacts?phone=87270002")).ShouldHaveSingleItem()
            .TryGetProperty("external", out _).ShouldBeFalse();
        (await SendAsync(HttpMethod.Delete, "/api/external-contacts/crm/d1"))
            .Body.Text("outcome").ShouldBe("unchanged");
        (await host.Admin.ItemsAsync("/api/audit?what=contacts.pushed"))
            .Count(entry => entry.Text("id") == kept.Text("contactId")).ShouldBe(2, "the creation and the deletion");
    }

    [SkippableFact]
    public async Task What_The_Application_Has_Deleted_Does_Not_Come_Back_By_An_Undo()
    {
        const string Path = "/api/external-contacts/crm/u1";
        var (_, mine) = await host.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Elsa Monge", numbers = new[] { "8732-0001" } });
        var gone = new { name = "E. Monge", numbers = new[] { "8732-0002" } };
        var (_, sent) = await SendAsync(HttpMethod.Put, Path, gone);
        var mergeId = await MergeAsync(mine, sent);

        (await SendAsync(HttpMethod.Delete, Path)).Body.Text("outcome").ShouldBe("deleted");
        (await SendAsync(HttpMethod.Delete, Path)).Body.Text("outcome").ShouldBe("unchanged");

        (await host.Sofia.ItemsAsync($"/api/contact-merges?contact={mine.Text("contactId")}")).ShouldBeEmpty();
        (await UndoAsync(mergeId)).Status.ShouldBe(HttpStatusCode.NotFound);
        var kept = (await host.Admin.ItemsAsync("/api/contacts?phone=87320002")).ShouldHaveSingleItem();
        (kept.Text("contactId"), kept.TryGetProperty("external", out _)).ShouldBe((mine.Text("contactId"), false));

        (await SendAsync(HttpMethod.Put, Path, gone)).Body.Text("outcome").ShouldBe("changed");
        (await UndoAsync(mergeId)).Status.ShouldBe(HttpStatusCode.OK, "the application has it again");
    }

    [SkippableFact]
    public async Task What_Was_Sent_Of_A_Merged_Contact_Goes_With_It_When_The_Merge_Is_Undone()
    {
        const string Path = "/api/external-contacts/crm/u2";
        var (_, mine) = await host.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Gina Arce", numbers = new[] { "8733-0001" } });
        var (_, sent) = await SendAsync(HttpMethod.Put, Path, new { name = "G. Arce", numbers = new[] { "8733-0002" } });
        var mergeId = await MergeAsync(mine, sent);
        var later = new { name = "G. Arce", numbers = new[] { "8733-0003" }, email = "arce@example.com" };
        (await SendAsync(HttpMethod.Put, Path, later)).Body.Text("outcome").ShouldBe("changed");
        (await SendAsync(HttpMethod.Put, Path, later)).Body.Text("outcome").ShouldBe("unchanged");

        var (status, undone) = await UndoAsync(mergeId);

        (status, undone.GetProperty("notTakenBack").GetArrayLength()).ShouldBe((HttpStatusCode.OK, 0));
        var own = (await host.Admin.ItemsAsync("/api/contacts?phone=87330001")).ShouldHaveSingleItem();
        (NumbersOf(own), own.Text("email")).ShouldBe(("8733-0001", null));
        var theirs = (await host.Admin.ItemsAsync("/api/contacts?phone=87330003")).ShouldHaveSingleItem();
        (theirs.Text("contactId"), NumbersOf(theirs), theirs.Text("email"))
            .ShouldBe((sent.Text("contactId"), "8733-0002,8733-0003", "arce@example.com"));

        static string NumbersOf(JsonElement contact) =>
            string.Join(',', contact.GetProperty("numbers").EnumerateArray().Select(number => number.GetString()));
    }

    [SkippableFact]
    public async Task A_Contact_That_Is_Sent_While_A_Call_Rings_Reaches_Its_Card()
    {
        await using var screen = await host.ScreenAsync(host.Ana);
        var callId = await host.Host.RingAsync(host.Ana, "8741-0001");
        await ShowsAsync("none");

        await SendAsync(HttpMethod.Put, "/api/external-contacts/crm/r1", new { name = "Rosa Quirós", numbers = new[] { "8741-0001" } });

        await ShowsAsync("one");

        await SendAsync(HttpMethod.Delete, "/api/external-contacts/crm/r1");
        // And one that is deleted leaves it.
        await ShowsAsync("none");
        var (_, made) = await host.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Rosa Quirós", numbers = new[] { "8741-0001" } });
        await ShowsAsync("one");
        (await host.Sofia.AskAsync(HttpMethod.Delete, $"/api/contacts/{made.Text("contactId")}")).Status
            .ShouldBe(HttpStatusCode.NoContent);
        await ShowsAsync("none");
        await host.Host.RingAsync(host.Ana, "8741-0001", action: "callEnd", callId: callId);

        // A card may be told twice.
        async Task ShowsAsync(string match)
        {
            while ((await screen.NextOfAsync(callId)).PopUp.Text("match") != match)
            {
            }
        }
    }

    private async Task<string> MergeAsync(JsonElement keep, JsonElement merge)
    {
        var (status, merged) = await host.Sofia.AskAsync(
            HttpMethod.Post,
            "/api/contact-merges",
            new { keep = keep.Text("contactId"), merge = merge.Text("contactId") });
        status.ShouldBe(HttpStatusCode.Created, merged.ToString());
        return merged.Text("mergeId")!;
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> UndoAsync(string mergeId) =>
        host.Sofia.AskAsync(HttpMethod.Post, $"/api/contact-merges/{Uri.EscapeDataString(mergeId)}/undo");

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add(HeaderCredentials.KeyHeader, _key);
        using var answer = await host.Nobody.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}

public sealed class ExternalContactTestsOnSqlite(DemoHost host) : ExternalContactTests(host), IClassFixture<DemoHost>;

public sealed class ExternalContactTestsOnAzurite(DemoHostOnAzuriteInTheLongRun host)
    : ExternalContactTests(host), IClassFixture<DemoHostOnAzuriteInTheLongRun>;

/// <summary>What is sent while others write the same contact.</summary>
public sealed class ExternalContactRaceTests
{
    [Fact]
    public async Task A_Contact_That_Others_Change_Again_And_Again_Is_Refused_With_Why()
    {
        var gate = new StorageGate();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { Services = gate.Before });
        using var admin = await host.SignInAsync("admin");
        var (_, made) = await admin.AskAsync(
            HttpMethod.Post, "/api/api-keys", new { name = "CRM", scopes = new[] { "contacts" } });
        using var crm = host.Anonymous();
        crm.DefaultRequestHeaders.Add(HeaderCredentials.KeyHeader, made.Text("key"));
        var first = (await PushAsync("Berta")).Text("contactId").ShouldNotBeNull();
        var contacts = host.Get<ContactStore>();
        var (isOther, races) = (false, 0);
        gate.Before("replace contacts ", async () =>
        {
            if (isOther)
            {
                return;
            }

            (isOther, races) = (true, races + 1);
            var stored = (await contacts.GetAsync(first, default)).ShouldNotBeNull();
            (await contacts.ReplaceAsync(stored with { Email = $"{races}@example.com" }, stored, default)).ShouldNotBeNull();
            isOther = false;
        });

        var refused = await PushAsync("Berta Chaves");

        (refused.Text("outcome"), races).ShouldBe(("refused", 5));
        refused.Errors().ShouldBe(["id"]);
        refused.GetProperty("errors").GetProperty("id")[0].GetString()!.ShouldContain("Envíelo de nuevo");

        async Task<JsonElement> PushAsync(string name) => (await crm.AskAsync(
            HttpMethod.Post,
            "/api/external-contacts",
            new { contacts = new[] { new { source = "crm", id = "race", name, numbers = new[] { "8724-0001" } } } }))
            .Body.GetProperty("items")[0];
    }
}
