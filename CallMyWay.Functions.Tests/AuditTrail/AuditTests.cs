using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.AuditTrail;

/// <summary>Who changed what, from request to list, on a whole host.</summary>
public abstract class AuditTests(DemoHost host)
{
    [SkippableFact]
    public async Task A_Mapping_Is_Written_Down_With_What_It_Was_And_What_It_Is()
    {
        var path = "/api/mappings/audit-1";
        var created = await PutAsync(path, new { agentId = "ana", label = "Escritorio" });
        await PutAsync(path, new { agentId = "luis", label = "Escritorio" }, created.Text("etag"));
        await AskAsync(host.Admin, HttpMethod.Delete, path);

        var entries = await EntriesAsync("?id=audit-1");

        entries.Select(entry => entry.Text("what")).ShouldBe(["mapping.deleted", "mapping.changed", "mapping.changed"]);
        var change = entries[1];
        (change.Text("who"), change.Text("whoName"), change.Text("id"))
            .ShouldBe(("admin", await NameOfAdminAsync(), "audit-1"));
        change.Text("address").ShouldBe("127.0.0.1");
        change.GetProperty("at").GetDateTimeOffset()
            .ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        change.GetProperty("before").Text("agentId").ShouldBe("ana");
        change.GetProperty("after").Text("agentId").ShouldBe("luis");
        change.GetProperty("after").Text("label").ShouldBe("Escritorio");
        change.GetProperty("after").TryGetProperty("etag", out _).ShouldBeFalse();
        (entries[2].TryGetProperty("before", out _), entries[0].TryGetProperty("after", out _)).ShouldBe((false, false));
        entries[0].GetProperty("before").Text("agentId").ShouldBe("luis");
    }

    [SkippableFact]
    public async Task A_Refused_Change_Leaves_No_Entry()
    {
        await PutAsync("/api/mappings/audit-2", new { agentId = "ana" });
        (await host.Admin.AskAsync(HttpMethod.Put, "/api/mappings/audit-2", new { agentId = "luis" }, "\"other\"")).Status
            .ShouldBe(HttpStatusCode.PreconditionFailed);
        (await host.Admin.AskAsync(HttpMethod.Delete, "/api/mappings/audit-2", ifMatch: "\"other\"")).Status
            .ShouldBe(HttpStatusCode.PreconditionFailed);
        (await host.Admin.AskAsync(HttpMethod.Put, "/api/mappings/audit-2", new { agentId = "nobody" })).Status
            .ShouldBe(HttpStatusCode.BadRequest);
        (await host.Luis.AskAsync(HttpMethod.Put, "/api/mappings/audit-2", new { agentId = "luis" })).Status
            .ShouldBe(HttpStatusCode.Forbidden);
        (await host.Admin.AskAsync(HttpMethod.Post, "/api/poison/call-events/none/replay")).Status
            .ShouldBe(HttpStatusCode.NotFound);

        (await EntriesAsync("?id=audit-2")).ShouldHaveSingleItem().GetProperty("after").Text("agentId").ShouldBe("ana");
        (await EntriesAsync("?what=poison")).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("outcomes", "items")]
    [InlineData("pause-reasons", "items")]
    [InlineData("dial-rules", "perAgentDay")]
    [InlineData("desk-rules", "outcomeRequired")]
    [InlineData("retention", "eventDays")]
    public async Task A_Setting_Is_Written_Down_As_It_Was_And_As_It_Is(string setting, string field)
    {
        var before = (await host.Admin.ReadAsync($"/api/{setting}")).ShouldNotBeNull();
        var put = JsonNode.Parse(before.GetRawText())!.AsObject();
        put[field] = put[field] switch
        {
            JsonArray items => new JsonArray([.. items.Take(2).Select(item => item!.DeepClone())]),
            { } value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => !value.GetValue<bool>(),
            _ => 90,
        };
        await PutAsync($"/api/{setting}", put);
        var after = (await host.Admin.ReadAsync($"/api/{setting}")).ShouldNotBeNull();

        var entry = (await EntriesAsync($"?what={setting}.changed"))[0];

        entry.Text("id").ShouldBe(setting);
        after.GetProperty(field).GetRawText().ShouldNotBe(before.GetProperty(field).GetRawText());
        entry.GetProperty("after").GetProperty(field).GetRawText().ShouldBe(after.GetProperty(field).GetRawText());
        (entry.GetProperty("before").TryGetProperty(field, out var was) ? was.GetRawText() : "null")
            .ShouldBe(before.GetProperty(field).GetRawText());
    }

    [SkippableFact]
    public async Task Contacts_And_Agents_Are_Written_Down_Whoever_Changes_Them()
    {
        string[] numbers = ["8877-6655"];
        var contact = await AskAsync(host.Ana, HttpMethod.Post, "/api/contacts", new { name = "Auditada", numbers });
        var path = $"/api/contacts/{contact.Text("contactId")}";
        await AskAsync(host.Luis, HttpMethod.Put, path, new { name = "Auditada Mora", numbers });
        // The same again changes nothing.
        await AskAsync(host.Luis, HttpMethod.Put, path, new { name = "Auditada Mora", numbers });
        await AskAsync(host.Sofia, HttpMethod.Delete, path);
        await PutAsync("/api/agents/nueva", new { name = "Nueva", roles = new[] { "agent" } });
        await AskAsync(host.Admin, HttpMethod.Delete, "/api/agents/nueva");

        (await EntriesAsync($"?id={contact.Text("contactId")}")).Select(entry => (entry.Text("who"), entry.Text("what")))
            .ShouldBe([("sofia", "contact.deleted"), ("luis", "contact.changed"), ("ana", "contact.created")]);
        (await EntriesAsync("?id=nueva")).Select(entry => entry.Text("what"))
            .ShouldBe(["agent.deleted", "agent.changed"]);
        (await EntriesAsync("?what=contact&who=luis")).ShouldHaveSingleItem()
            .GetProperty("before").Text("name").ShouldBe("Auditada");
    }

    [SkippableFact]
    public async Task No_Entry_Holds_A_Password()
    {
        const string Password = "s3creto-muy-largo-9981";
        await PutAsync("/api/agents/clave", new { name = "Clave", roles = new[] { "agent" } });
        await PutAsync("/api/agents/clave/password", new { password = Password });
        using var clave = await host.Host.SignInAsync("clave", Password);
        await AskAsync(
            clave, HttpMethod.Post, "/api/session/password", new { current = Password, password = Password + "-2" });

        (await EntriesAsync("?what=agent.password-set&id=clave")).Select(entry => entry.Text("who"))
            .ShouldBe(["clave", "admin"]);
        var rows = await host.Host.Get<ITables>()[StorageNames.Audit].ScanAsync(null, 1000, default);
        rows.ShouldNotBeEmpty();
        rows.SelectMany(row => row.Columns.Values).OfType<string>()
            .ShouldAllBe(text => !text.Contains(Password, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("calls.csv?from=2026-01-01&to=2026-01-31&direction=in", "export.calls")]
    [InlineData("reports.csv?from=2026-01-01&to=2026-01-31&by=agent", "export.reports")]
    [InlineData("statements.csv?month=2026-01", "export.statements")]
    [InlineData("audit.csv?from=2026-01-01", "export.audit")]
    public async Task An_Export_Is_Written_Down_With_What_Was_Asked_For(string export, string what)
    {
        using var answer = await host.Admin.GetAsync($"/api/exports/{export}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        var entry = (await EntriesAsync($"?what={what}"))[0];

        entry.Text("id").ShouldBe(answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var asked = export.Split('?')[1].Split('&').Select(part => part.Split('='));
        foreach (var pair in asked)
        {
            entry.GetProperty("after").Text(pair[0]).ShouldBe(pair[1]);
        }

        // What is wrong is no export.
        using var wrong = await host.Admin.GetAsync(
            $"/api/exports/{export.Split('?')[0]}?from=x&month=x");
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await EntriesAsync($"?what={what}"))[0].Text("entryId").ShouldBe(entry.Text("entryId"));
    }

    [SkippableFact]
    public async Task The_Export_Has_A_Row_For_Each_Entry_That_A_Spreadsheet_Reads()
    {
        await PutAsync("/api/mappings/audit-csv", new { agentId = "ana", label = "=1+1, \"uno\"" });

        using var answer = await host.Admin.GetAsync("/api/exports/audit.csv?id=audit-csv");

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldMatch(@"^auditoria-\d{4}-\d{2}-\d{2}\.csv$");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        bytes.Take(3).ShouldBe(Encoding.UTF8.GetPreamble());
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        lines.Length.ShouldBe(3);
        lines[0].ShouldBe("fecha,hora,usuario,nombre,cambio,código,antes,después,campos recortados,dirección");
        lines[1].ShouldMatch(@"^\d{4}-\d{2}-\d{2},\d{2}:\d{2}:\d{2},admin,[^,]+,mapping\.changed,audit-csv,,""\{.*\}"",,127\.0\.0\.1$");
        lines[1].Replace("\"\"", "\"", StringComparison.Ordinal)
            .ShouldContain("\"label\":\"=1+1, \\\"uno\\\"\"");
    }

    [SkippableTheory]
    [InlineData("from=2026-02-01&to=2026-01-01", "from")]
    [InlineData("from=ayer", "from")]
    [InlineData("take=0", "take")]
    [InlineData("next=x", "next")]
    public async Task A_Wrong_Question_Is_Told_By_Field(string query, string field)
    {
        var (status, problem) = await host.Admin.AskAsync(HttpMethod.Get, $"/api/audit?{query}");

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe([field]);
    }

    [SkippableFact]
    public async Task A_Crash_After_The_Entry_Leaves_The_Entry()
    {
        var meter = new StorageMeter();
        await using var other = await TestHost.StartAsync(host.Storage, new() { Services = meter.Before });
        using var admin = await other.SignInAsync("admin");
        await AskAsync(admin, HttpMethod.Put, "/api/mappings/crash", new { agentId = "ana" });

        // What the new mapping set going has stored its last row.
        await Eventually.TrueAsync(async () => (await admin.ItemsAsync("/api/mapping-ties"))
            .All(tie => tie.Text("state") == "done"));

        meter.CrashAfter(1);
        (await admin.SendJsonAsync(HttpMethod.Put, "/api/mappings/crash", new { agentId = "luis" })).Status
            .ShouldBe((int)HttpStatusCode.InternalServerError);
        meter.Recover();

        var entries = await admin.ItemsAsync("/api/audit?id=crash");
        entries.Count.ShouldBe(2);
        entries[0].GetProperty("after").Text("agentId").ShouldBe("luis");
        (await admin.ItemsAsync("/api/mappings")).Single(mapping => mapping.Text("endpointId") == "crash").Text("agentId")
            .ShouldBe("ana");
    }

    [SkippableFact]
    public async Task The_First_Administrator_Is_Written_Down_And_After_Two_Years_Entries_Go()
    {
        // Its timers don't follow: two years of theirs would take the processor half a minute.
        var clock = new SetClock(DateTimeOffset.UtcNow);
        await using var office = await TestHost.StartAsync(host.Storage, new() { Demo = false, Time = clock });
        using var admin = office.Browser();
        var token = office.Get<CallMyWay.LocalHost.SignIn.Setup>().Token;
        await AskAsync(
            admin,
            HttpMethod.Post,
            "/api/setup",
            new { token, agentId = "jefa", name = "Jefa", password = "una-clave-larga-1" });

        var entry = (await admin.ItemsAsync("/api/audit")).ShouldHaveSingleItem();
        (entry.Text("who"), entry.Text("what"), entry.Text("id")).ShouldBe(("jefa", "office.set-up", "jefa"));

        foreach (var (days, left) in new[] { (729, 1), (732, 0) })
        {
            clock.Now = entry.GetProperty("at").GetDateTimeOffset().AddDays(days);
            (await office.Get<Sweeper>().RunAsync(TimeSpan.FromMinutes(1), default)).ShouldBeTrue();
            (await office.Get<ITables>()[StorageNames.Audit].ScanAsync(null, 10, default)).Count.ShouldBe(left);
        }
    }

    private async Task<string?> NameOfAdminAsync() => (await host.Admin.ReadAsync("/api/me"))!.Value.Text("name");

    private Task<IReadOnlyList<JsonElement>> EntriesAsync(string query) => host.Admin.ItemsAsync($"/api/audit{query}");

    private Task<JsonElement> PutAsync(string path, object body, string? etag = null) =>
        AskAsync(host.Admin, HttpMethod.Put, path, body, etag);

    private static async Task<JsonElement> AskAsync(
        HttpClient client, HttpMethod method, string path, object? body = null, string? etag = null)
    {
        var (status, answer) = await client.AskAsync(method, path, body, etag is null ? null : $"\"{etag}\"");
        ((int)status).ShouldBeInRange(200, 299, $"{method} {path}: {answer}");
        return answer;
    }
}

public sealed class AuditTestsOnSqlite(DemoHost host) : AuditTests(host), IClassFixture<DemoHost>;

public sealed class AuditTestsOnAzurite(DemoHostOnAzuriteInTheLongRun host)
    : AuditTests(host), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
