using System.Net;
using System.Text;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.History;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Text;
using Microsoft.Extensions.DependencyInjection;
using Builder = CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

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
    [InlineData("separator=tab", HttpStatusCode.BadRequest)]
    public async Task Bad_Input_Is_Told_Before_The_File_Begins(string query, HttpStatusCode status) =>
        (await _sofia.AskAsync(HttpMethod.Get, $"/api/exports/calls.csv?{query}")).Status.ShouldBe(status);
}

public sealed class CallExportTestsOnSqlite() : CallExportTests(TestStorage.Sqlite);

public sealed class CallExportTestsOnAzurite() : CallExportTests(TestStorage.Azurite);

/// <summary>Whose call it was, in a file that one of its agents exports.</summary>
public sealed class ExportedAgentTests
{
    private const string Luis = "agent of ep-2";

    private static readonly CallFact AnaAnswers = Builder.Start(5, connect: 5);

    [Theory]
    [InlineData("sofia", null)]
    [InlineData(Luis, null)]
    [InlineData(Luis, "ana")]
    public async Task Who_Took_The_Call_Is_Its_Agent_Also_Where_The_Exporter_s_Phone_Rang(
        string exporter, string? asked) =>
        (await ExportAsync(exporter, asked, Builder.Start(0, endpoint: "ep-2"), AnaAnswers,
            Builder.End(65, connect: 5, disconnect: 65))).ShouldBe(("ana", "60"));

    [Theory]
    [InlineData("sofia", null, "ana", "95")]
    [InlineData(Luis, null, "ana", "95")]
    [InlineData("ana", null, "ana", "95")]
    [InlineData("ana", Luis, Luis, "30")]
    [InlineData(Luis, "ana", "ana", "70")]
    public async Task A_Call_That_Was_Handed_Over_Has_The_Whole_Time_But_For_Who_Is_Asked_For(
        string exporter, string? asked, string agent, string seconds) =>
        (await ExportAsync(
            exporter,
            asked,
            AnaAnswers,
            Builder.Start(70, connect: 70, endpoint: "ep-2", detect: 60),
            Builder.End(75, connect: 5, disconnect: 75),
            Builder.End(100, connect: 70, disconnect: 100, endpoint: "ep-2", detect: 60))).ShouldBe((agent, seconds));

    private static async Task<(string Agent, string Seconds)> ExportAsync(
        string exporter, string? asked, params CallFact[] heard)
    {
        await using var features = await Features.StartAsync();
        var cells = await ExportedRow.CellsAsync(features, Builder.Of(heard), exporter, asked);
        return (cells[5], cells[9]);
    }
}

/// <summary>What the row of a call says of it.</summary>
public sealed class ExportedCallTests
{
    private const int Agent = 5, Team = 6, State = 7, Ringing = 8, Talking = 9, Outcome = 10, Next = 11, Due = 12;

    [Fact]
    public async Task A_Call_That_Nobody_Took_Is_Missed_And_One_That_Nobody_Answered_Is_Not()
    {
        await using var features = await Features.StartAsync();
        var missed = await ExportedRow.CellsAsync(
            features, Builder.Of(Builder.Start(0), Builder.End(30, disconnect: 30)));
        var unanswered = await ExportedRow.CellsAsync(features, Builder.Of(
            Builder.Start(0, type: CallDirection.Out), Builder.End(30, disconnect: 30, type: CallDirection.Out)));
        var ended = await ExportedRow.CellsAsync(features, Builder.Of(
            Builder.Start(0), Builder.End(60, connect: 12, disconnect: 60)));
        var recorded = await ExportedRow.CellsAsync(
            features, Builder.Of(Builder.Record(90, connect: null, duration: 0, cost: null)));

        (missed[State], missed[Ringing]).ShouldBe(("Perdida", "30"));
        (unanswered[State], unanswered[Ringing]).ShouldBe(("Sin respuesta", "30"));
        (ended[State], ended[Ringing]).ShouldBe(("Terminada", "12"));
        recorded[Ringing].ShouldBe("", "a record does not tell when it stopped to ring");
    }

    [Fact]
    public async Task Of_A_Call_That_Was_Noted_By_Hand_Nobody_Knows_How_Long_It_Rang()
    {
        await using var features = await Features.StartAsync();
        var facts = Builder.Of() with
        {
            Noted = new NotedFact
            {
                AgentId = "ana",
                Team = "north",
                At = Builder.Began,
                Mark = "noted",
                Direction = CallDirection.Out,
                StartedAt = Builder.Began,
                DurationSeconds = 180,
                Number = Builder.Number,
                Match = new ContactMatch(MatchKind.None, [], null),
            },
        };

        var cells = await ExportedRow.CellsAsync(features, facts);

        (cells[Ringing], cells[Talking], cells[Team]).ShouldBe(("", "180", "north"));
    }

    [Theory]
    [InlineData(NextActionKind.FollowUp, null, "Seguimiento")]
    [InlineData(NextActionKind.FollowUp, "llamar", "Seguimiento: llamar")]
    // In each country's spreadsheet, as the amounts of its other cells.
    [InlineData(NextActionKind.Promise, null, "Promesa de pago: 1234.5 CRC")]
    public async Task What_Is_To_Be_Done_Is_In_Words(NextActionKind kind, string? note, string words)
    {
        await using var features = await Features.StartAsync();
        var action = new NextAction("id", kind, Builder.Began.AddDays(1), "ana")
        {
            Note = note,
            Amount = kind == NextActionKind.Promise ? 1234.5m : null,
            Currency = kind == NextActionKind.Promise ? "CRC" : null,
        };

        var cells = await ExportedRow.CellsAsync(features, Builder.Of(Builder.Start(0)).With("id", kind, action));

        // A promise is of a day, and a follow-up of a time.
        (cells[Next], cells[Due]).ShouldBe(
            (words, kind == NextActionKind.Promise ? "2026-03-03" : "2026-03-03 09:15"));
    }

    [Fact]
    public async Task An_Outcome_That_Is_Known_No_More_Stands_By_Its_Code()
    {
        await using var features = await Features.StartAsync();
        var facts = Builder.Of(Builder.Start(0)).With(
            new AgentDecision(DecisionKind.OutcomeRecorded, Builder.Began, "ana", Outcome: "long-gone"));

        (await ExportedRow.CellsAsync(features, facts))[Outcome].ShouldBe("long-gone");
    }

    [Fact]
    public async Task An_Agent_Who_Was_Deleted_Has_Their_Name()
    {
        await using var features = await Features.StartAsync();
        var agents = features.Get<AgentStore>();
        var eva = new Functions.Agents.Agent
        {
            AgentId = "eva",
            Name = "Eva Mora",
            SignInName = "eva",
            Roles = [Role.Agent],
        };
        eva = (await agents.PutAsync(eva, default)).Agent.ShouldNotBeNull();
        (await agents.DeleteAsync(eva, null, default)).ShouldBeTrue();
        features.Clock.Now += TimeSpan.FromMinutes(5);
        var heard = Builder.Start(0) with { Agents = [new CallAgent("eva", "ep-1")] };

        (await ExportedRow.CellsAsync(features, Builder.Of(heard)))[Agent].ShouldBe("Eva Mora");
    }
}

/// <summary>The row of one call.</summary>
internal static class ExportedRow
{
    public static async Task<string[]> CellsAsync(
        Features features, CallFacts facts, string exporter = "sofia", string? asked = null)
    {
        var call = CallDerivation.Derive(facts);
        var filter = new CallFilter
        {
            Visible = VisibleCalls.All(exporter),
            AgentId = asked,
            From = Builder.Began.AddDays(-1),
            To = Builder.Began.AddDays(1),
            Now = Builder.Began.AddHours(1),
        };
        using var file = new MemoryStream();
        var page = new CallPage([call], null);
        await features.Get<CallExport>().WriteAsync(filter, page, "es", CsvForm.Comma, file, default);
        return Encoding.UTF8.GetString(file.ToArray()).Split("\r\n")[1].Split(',');
    }
}

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
