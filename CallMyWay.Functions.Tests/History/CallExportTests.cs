using System.Net;
using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.History;

/// <summary>The export of calls by its address.</summary>
public abstract class CallExportTests(TestStorage storage) : IAsyncLifetime
{
    private TestHost _host = null!;

    private HttpClient _sofia = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage, new());
        _sofia = await _host.SignInAsync("sofia");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task The_Calls_Of_The_Filter_Are_Rows_That_A_Spreadsheet_Reads()
    {
        using var ana = await _host.SignInAsync("ana");
        var callId = await _host.RingAsync(ana, "88881234", connected: true);
        await _host.RingAsync(ana, "88881234", action: "callEnd", callId: callId, connected: true);
        var due = DateTimeOffset.UtcNow.AddDays(2);
        (await ana.SendJsonAsync(
            HttpMethod.Put,
            $"/api/calls/{callId}/wrap-up",
            new { outcome = "call-back", followUp = new { dueAt = due, note = "=1+1; \"llamar\"" } })).Status.ShouldBe(200);
        var other = await _host.RingAsync(ana, "22110099");
        var formula = new { contact = new { name = "=2+3", numbers = new[] { "2211-0099" } } };
        (await ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{other}/contact", formula)).Status.ShouldBe(200);

        using var answer = await _sofia.GetAsync("/api/exports/calls.csv?number=8888-1234");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        var name = answer.Content.Headers.ContentDisposition!.FileName!.Trim('"');
        name.ShouldMatch(@"^llamadas-\d{4}-\d{2}-\d{2}-\d{4}-\d{2}-\d{2}\.csv$");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        bytes.Take(3).ShouldBe(Encoding.UTF8.GetPreamble());
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        lines[0].ShouldStartWith("fecha,hora,sentido,número,contacto,agente,equipo,estado,");
        lines.Length.ShouldBe(3, "the header, one call, and the end of its line");
        lines[2].ShouldBeEmpty();
        var call = (await _host.Get<CallStore>().FindAsync(callId, default)).ShouldHaveSingleItem();
        var local = TimeZoneInfo.ConvertTime(call.StartedAt, TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));
        lines[1].ShouldStartWith(
            $"{local:yyyy-MM-dd},{local:HH:mm:ss},Entrante,8888-1234,José Rodríguez Solís,Ana Solano Vargas,cobros,Terminada,");
        lines[1].ShouldContain(",Llamar después,\"Seguimiento: =1+1; \"\"llamar\"\"\",");
        lines[1].ShouldEndWith($",CRC,aviso,{callId},{DemoHost.Account}");
        (await _sofia.GetStringAsync("/api/exports/calls.csv?number=22110099")).ShouldContain(",2211-0099,'=2+3,");
        using var english = new HttpRequestMessage(HttpMethod.Get, "/api/exports/calls.csv?state=missed");
        english.Headers.Add("Accept-Language", "en");
        using var none = await _sofia.SendAsync(english);
        var header = (await none.Content.ReadAsStringAsync()).Trim('\uFEFF', '\r', '\n');
        header.ShouldStartWith("date,time,direction,number,contact,agent,team,state,seconds ringing,");
        header.ShouldNotContain("\n", customMessage: "nothing was missed");
    }

    [SkippableTheory]
    [InlineData("from=2026-03-02&to=2026-03-01", HttpStatusCode.BadRequest)]
    [InlineData("agent=nobody-here", HttpStatusCode.Forbidden)]
    [InlineData("team=ventas", HttpStatusCode.Forbidden)]
    [InlineData("contact=nobody-here", HttpStatusCode.BadRequest)]
    [InlineData("state=lost", HttpStatusCode.BadRequest)]
    public async Task Bad_Input_Is_Told_Before_The_File_Begins(string query, HttpStatusCode status) =>
        (await _sofia.AskAsync(HttpMethod.Get, $"/api/exports/calls.csv?{query}")).Status.ShouldBe(status);
}

public sealed class CallExportTestsOnSqlite() : CallExportTests(TestStorage.Sqlite);

public sealed class CallExportTestsOnAzurite() : CallExportTests(TestStorage.Azurite);

/// <summary>A host that ends a request which takes long.</summary>
public sealed class ExportDaysTests
{
    [Fact]
    public async Task A_Month_At_A_Time_Is_Exported_And_The_Console_Knows_It()
    {
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { Services = services => services.AddSingleton<IHostDescription, Hurried>() });
        using var sofia = await host.SignInAsync("sofia");

        (await sofia.GetObjectAsync("/api/host"))["exportDays"]!.GetValue<int>().ShouldBe(31);
        (await sofia.AskAsync(HttpMethod.Get, "/api/exports/calls.csv?from=2026-01-01&to=2026-03-01")).ShouldSatisfyAllConditions(
            answer => answer.Status.ShouldBe(HttpStatusCode.BadRequest),
            answer => answer.Body.GetProperty("errors").GetProperty("from")[0].GetString()!.ShouldContain("mes por mes"));
        foreach (var query in new[] { "", "?from=2026-01-01&to=2026-01-31" })
        {
            using var month = await sofia.GetAsync($"/api/exports/calls.csv{query}");
            month.StatusCode.ShouldBe(HttpStatusCode.OK, query);
        }
    }

    private sealed class Hurried : IHostDescription
    {
        public HostView Describe() => new(Demo: true, SignIn: "password", SetUp: false) { ExportDays = 31 };
    }
}
