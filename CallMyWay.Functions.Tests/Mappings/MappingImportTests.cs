using System.Net;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Tests.Mappings;

/// <summary>The table of phones: its export, and its import with a look before.</summary>
public abstract class MappingImportTests(DemoHost demo)
{
    [SkippableFact]
    public async Task A_Preview_Tells_What_Each_Row_Does_And_The_Import_Does_That_Alone()
    {
        await PutAsync("imp-1", new { agentId = "ana", phone = "4000-7001", label = "Bodega" });
        await PutAsync("imp-2", new { agentId = "luis", phone = "4000-7002" });
        const string Table = """
            código;agente;etiqueta
            imp-1;luis;Caja
            imp-2;luis;
            imp-3;Ana Solano Vargas;
            imp-4;nadie;
            imp-1;ana;
            imp-5;ana;Caja;una;más
            IMP-2;ana;
            """;

        var preview = await ImportAsync(Table, "?preview=true");
        Actions(preview).ShouldBe(["changed", "unchanged", "added", "refused", "refused", "refused", "refused"]);
        var changed = preview.GetProperty("rows")[0];
        changed.GetProperty("changes").EnumerateArray()
            .Select(change => $"{change.Text("field")}: {change.Text("before")} → {change.Text("after")}")
            .ShouldBe(["agente: ana → luis", "etiqueta: Bodega → Caja"]);
        preview.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("errors"))
            .Where(errors => errors.GetArrayLength() > 0).Select(errors => errors[0].GetString()).ShouldBe([
                "No hay un agente con ese código.",
                "Ya está en la línea 2.",
                "Tiene 2 columnas de más.",
                "Ya está en la línea 3.",
            ]);
        (await demo.Admin.ItemsAsync("/api/mappings")).ShouldNotContain(item => item.Text("endpointId") == "imp-3");

        var done = await ImportAsync(Table, etag: preview.Text("etag"));
        (done.GetProperty("added").GetInt32(), done.GetProperty("changed").GetInt32(), done.GetProperty("unchanged").GetInt32(), done.GetProperty("refused").GetInt32())
            .ShouldBe((1, 1, 1, 4));
        var stored = (await demo.Admin.ItemsAsync("/api/mappings")).ToDictionary(item => item.Text("endpointId")!);
        stored["imp-1"].Text("agentId").ShouldBe("luis");
        stored["imp-1"].Text("phone").ShouldBe("4000-7001", "the table has no column of it");
        stored["imp-3"].Text("agentId").ShouldBe("ana");
        stored.Keys.ShouldNotContain("imp-4");

        // It is repeated, and changes nothing.
        Actions(await ImportAsync(Table)).ShouldBe(["unchanged", "unchanged", "unchanged", "refused", "refused", "refused", "refused"]);
        // What was looked at is no longer so.
        (await SendAsync(Table, "", preview.Text("etag"))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        await Eventually.TrueAsync(async () => (await demo.Admin.ItemsAsync("/api/mapping-ties"))
            .Any(tie => tie.Text("endpointId") is null && tie.Text("state") == "done"));
    }

    [SkippableFact]
    public async Task Of_Several_Main_Phones_In_A_Table_The_Last_Stays_And_The_Audit_Counts_The_Rows_Alone()
    {
        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/agents/elsa", new { name = "Elsa", roles = new[] { "agent" } }))
            .Status.ShouldBe(HttpStatusCode.Created);
        await PutAsync("imp-main", new { agentId = "elsa", primary = true });
        await ImportAsync("""
            código;agente;principal
            imp-main-1;elsa;sí
            imp-main-2;elsa;sí
            """);

        (await demo.Admin.ItemsAsync("/api/mappings"))
            .Where(phone => phone.Text("agentId") == "elsa" && phone.GetProperty("primary").GetBoolean())
            .ShouldHaveSingleItem().Text("endpointId").ShouldBe("imp-main-2");
        // What became of them was not known when it was written.
        (await demo.Admin.ItemsAsync("/api/audit?what=mappings.imported"))[0].GetProperty("after").GetRawText()
            .ShouldBe("""{"rows":2}""");
    }

    [SkippableFact]
    public async Task What_Is_Exported_Can_Be_Imported_And_Changes_Nothing()
    {
        await PutAsync("exp-1", new
        {
            agentId = "ana",
            phone = "+506 4000-7101",
            label = "=1+1; \"Caja\";-2",
            @private = true,
            primary = true,
            shifts = new[] { new { agentId = "luis", days = new[] { 1, 2, 3 }, from = "18:00", to = "02:00" } },
        });
        foreach (var language in new[] { "es", "en" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/exports/mappings.csv");
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
            using var answer = await demo.Admin.SendAsync(request);
            answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
            var table = await answer.Content.ReadAsByteArrayAsync();
            Encoding.UTF8.GetString(table).ShouldContain(language == "es" ? "luis lun-mié 18:00-02:00" : "luis mon-wed 18:00-02:00");

            var again = await ImportAsync(table, "?preview=true");
            Actions(again).ShouldAllBe(action => action == "unchanged");
            Actions(again).Count.ShouldBe((await demo.Admin.ItemsAsync("/api/mappings")).Count);
        }
    }

    [SkippableTheory]
    [InlineData("windows-1252", ";")]
    [InlineData("utf-16", "\t")]
    [InlineData("utf-8", ",")]
    public async Task A_Table_Of_Any_Spreadsheet_Is_Read(string encoding, string separator)
    {
        var writes = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        var table = string.Join('\n', "Endpoint ID|Agent|Label", "ñandú|ana|Recepción").Replace("|", separator, StringComparison.Ordinal);
        var rows = (await ImportAsync([.. writes.GetPreamble(), .. writes.GetBytes(table)], "?preview=true")).GetProperty("rows");
        rows.GetArrayLength().ShouldBe(1);
        rows[0].Text("endpointId").ShouldBe("ñandú");
        rows[0].Text("action").ShouldBe("added");
    }

    [SkippableTheory]
    [InlineData("", "vacío")]
    [InlineData("a,b\n1,2", "«código» y «agente»")]
    [InlineData("PK\u0003\u0004", "guárdelo como CSV")]
    public async Task What_Is_No_Table_Of_Phones_Is_Refused_In_Plain_Words(string body, string said)
    {
        var (status, problem) = await SendAsync(body, "?preview=true", null);
        status.ShouldBe(HttpStatusCode.BadRequest);
        JsonSerializer.Serialize(problem, Readable).ShouldContain(said);
    }

    [SkippableFact]
    public async Task A_Table_Of_Too_Many_Rows_Or_Bytes_Is_Refused()
    {
        var rows = "código,agente\n" + string.Concat(Enumerable.Range(0, 2_001).Select(row => $"{row},ana\n"));
        (await SendAsync(rows, "", null)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(new string('x', 1024 * 1024 + 1), "", null)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [SkippableFact]
    public async Task Wrong_Words_In_A_Cell_Are_Told_By_Their_Column()
    {
        var rows = (await ImportAsync("código,agente,privado,turnos\nw-1,ana,quizás,luis lunes", "?preview=true")).GetProperty("rows");
        rows[0].GetProperty("errors").EnumerateArray().Select(error => error.GetString()![..8])
            .ShouldBe(["privado:", "turnos: "]);
    }

    [SkippableFact]
    public async Task A_Row_Of_An_Account_That_The_Settings_Do_Not_Have_Is_Refused()
    {
        await demo.Host.Get<MappingStore>().PutAsync(
            new Mapping { EndpointId = "acc-1", Account = "8000077", AgentId = "ana", Phone = "acc-1" }, default);

        var view = await ImportAsync(
            $"código,agente,cuenta\nacc-1,luis,8000077\nacc-2,ana,800001\nacc-3,ana,{DemoHost.Account}", "?preview=true");

        Actions(view).ShouldBe(["changed", "refused", "added"]);
        view.GetProperty("rows")[1].GetProperty("errors")[0].GetString()!
            .ShouldContain($"Use una de estas: {DemoHost.Account}");
    }

    [SkippableFact]
    public async Task Quotes_That_Never_Close_Are_Told_With_Their_Row()
    {
        var (status, problem) = await SendAsync("código,agente\nquo-1,ana\n\"quo-2,ana\nquo-3,luis\n", "", null);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("errors").GetProperty("file")[0].GetString().ShouldBe(
            "En la fila 3 se abren comillas que no se cierran. Corríjala y súbalo otra vez.");
        (await demo.Admin.ItemsAsync("/api/mappings")).ShouldNotContain(item => item.Text("endpointId") == "quo-1");
    }

    [SkippableFact]
    public async Task What_Another_Changes_During_An_Import_Stays()
    {
        await PutAsync("imp-race", new { agentId = "ana", label = "Bodega" });
        var import = demo.Host.Get<MappingImport>();
        var cells = new Dictionary<MappingColumn, string>
        {
            [MappingColumn.EndpointId] = "imp-race",
            [MappingColumn.AgentId] = "luis",
        };
        var plan = await import.PlanAsync([new MappingRow(2, cells, 0)], "es", default);
        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/imp-race", new { agentId = "ana", label = "Caja" }))
            .Status.ShouldBe(HttpStatusCode.OK);

        var done = await import.StoreAsync(plan, new DefaultHttpContext().Request, default);

        (done.Refused, done.Changed).ShouldBe((1, 0));
        var stored = (await demo.Admin.ReadAsync("/api/mappings/imp-race")).ShouldNotBeNull();
        (stored.Text("agentId"), stored.Text("label")).ShouldBe(("ana", "Caja"));
    }

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static List<string?> Actions(JsonElement view) =>
        [.. view.GetProperty("rows").EnumerateArray().Select(row => row.Text("action"))];

    private async Task PutAsync(string endpointId, object mapping) =>
        (await demo.Admin.AskAsync(HttpMethod.Put, $"/api/mappings/{endpointId}", mapping)).Status
            .ShouldBe(HttpStatusCode.Created);

    private Task<JsonElement> ImportAsync(string table, string query = "", string? etag = null) =>
        ImportAsync(Encoding.UTF8.GetBytes(table), query, etag);

    private async Task<JsonElement> ImportAsync(byte[] table, string query = "", string? etag = null)
    {
        var (status, body) = await SendAsync(table, query, etag);
        status.ShouldBe(HttpStatusCode.OK);
        return body;
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string table, string query, string? etag) =>
        SendAsync(Encoding.UTF8.GetBytes(table), query, etag);

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(byte[] table, string query, string? etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/mapping-imports{query}")
        {
            Content = new ByteArrayContent(table),
        };
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{etag}\"");
        }

        using var response = await demo.Admin.SendAsync(request);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }
}

public sealed class MappingImportTestsOnSqlite(DemoHost demo) : MappingImportTests(demo), IClassFixture<DemoHost>;

public sealed class MappingImportTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : MappingImportTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
