using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// A supervisor looks at the floor while agents work. With <c>CALLMYWAY_DOC_PICTURES=1</c> it also makes the pictures of
/// docs/guia-supervision.md.
/// </summary>
[Collection(BrowserTestGroup.Name)]
public sealed class SupervisionPageTests(BrowserFixture browsers) : IAsyncLifetime
{
    private const string Jose = "88881234";

    private const string Stranger = "61990042";

    private TestHost _host = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(TestStorage.Sqlite);
        _admin = await _host.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task What_Agents_Do_Shows_Without_A_Reload_And_Both_Pages_Are_Accessible()
    {
        using var ana = await _host.SignInAsync("ana");
        await ana.ReadAsync("/api/pop-ups");
        await using var luisBrowser = await browsers.OpenAsync(address: _host.Address);
        await Axe.AddToAsync(luisBrowser.Context);
        await luisBrowser.SignInAsync("luis");
        var luis = await luisBrowser.TabAsync();
        await using var sofiaBrowser = await browsers.OpenAsync(address: _host.Address);
        await Axe.AddToAsync(sofiaBrowser.Context);
        await sofiaBrowser.SignInAsync("sofia");
        var sofia = await sofiaBrowser.TabAsync();
        await sofia.GetByRole(AriaRole.Link, new() { Name = "Supervisión" }).ClickAsync();
        var agents = sofia.Locator("cmw-agents-board");
        var calls = sofia.Locator("cmw-calls-board");
        await Expect(agents.GetByRole(AriaRole.List, new() { Name = "Libres" })).ToContainTextAsync("Luis Mora Jiménez");
        var reload = await sofia.EvaluateAsync<string>("() => (window.mark = 'same page')");

        // Luis pauses by the keyboard.
        await luis.Locator("body").PressAsync("p");
        await Expect(luis.GetByRole(AriaRole.Menuitemradio, new() { Name = "Disponible" })).ToBeFocusedAsync();
        await DocPictures.TakeAsync(luis, "pausa");
        await Axe.ShouldBeFineAsync(luis, "the menu of the own state");
        await luis.Keyboard.PressAsync("ArrowDown");
        await Expect(luis.GetByRole(AriaRole.Menuitemradio, new() { Name = "Almuerzo" })).ToBeFocusedAsync();
        await luis.Keyboard.PressAsync("Enter");
        await Expect(agents.GetByRole(AriaRole.List, new() { Name = "En pausa" })).ToContainTextAsync("Almuerzo");

        // A caller is missed, and reached; another one is missed, and a third one waits while Ana talks.
        var returned = await _host.RingAsync(_admin, "88887777");
        await _host.RingAsync(_admin, "88887777", action: "callEnd", callId: returned);
        // The operator's times are whole seconds, and who calls back does so after the call.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        var back = await _host.RingAsync(_admin, "88887777", connected: true);
        await _host.RingAsync(_admin, "88887777", action: "callEnd", callId: back, connected: true);
        var missed = await _host.RingAsync(_admin, Stranger, endpointId: "1002");
        await _host.RingAsync(_admin, Stranger, endpointId: "1002", action: "callEnd", callId: missed);
        await _host.RingAsync(_admin, "61990077", endpointId: "cola");
        await _host.RingAsync(_admin, Jose, connected: true);

        await Expect(agents.GetByRole(AriaRole.List, new() { Name = "En llamada" }))
            .ToContainTextAsync("José Rodríguez Solís");
        await Expect(calls.GetByRole(AriaRole.List, new() { Name = "En cola" })).ToContainTextAsync("Espera sin agente");
        var lost = calls.GetByRole(AriaRole.List, new() { Name = "Perdidas de hoy" });
        await Expect(lost).ToContainTextAsync("Devuelta por Ana Solano Vargas");
        await Expect(lost.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "6199-0042" }))
            .ToContainTextAsync("Sin devolver");
        await Expect(sofia.GetByRole(AriaRole.Button, new() { Name = "Llamar a 6199-0042" })).ToBeVisibleAsync();
        (await sofia.EvaluateAsync<string>("() => window.mark")).ShouldBe(reload);

        await DocPictures.TakeAsync(sofia, "supervision");
        await Axe.ShouldBeFineAsync(sofia, "the floor");
        await sofia.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe.ShouldBeFineAsync(sofia, "the floor in the dark");

        await sofia.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        // By a link of the floor to the call, and back.
        await lost.GetByRole(AriaRole.Link, new() { Name = "6199-0042" }).ClickAsync();
        await Expect(sofia.Locator("h1")).ToBeFocusedAsync();
        await DocPictures.TakeAsync(sofia, "llamada");
        await sofia.GoBackAsync();
        await Expect(lost).ToBeVisibleAsync();
        await sofia.GetByRole(AriaRole.Link, new() { Name = "Historial" }).ClickAsync();
        await Expect(sofia.Locator("cmw-history-page")).ToContainTextAsync("José Rodríguez Solís");
        await DocPictures.TakeAsync(sofia, "historial");
        await sofia.GetByRole(AriaRole.Link, new() { Name = "Reportes" }).ClickAsync();
        await Expect(sofia.Locator("cmw-report-page table")).ToBeVisibleAsync();
        await DocPictures.TakeAsync(sofia, "reportes");
    }

    [SkippableFact]
    public async Task A_Supervisor_Whose_Team_Changes_Sees_The_New_One_Only()
    {
        await PutAsync("luis", "agent", "ventas");
        await using var browser = await browsers.OpenAsync(address: _host.Address);
        await browser.SignInAsync("sofia");
        var page = await browser.TabAsync();
        await page.GotoAsync("/supervision");
        var agents = page.Locator("cmw-agents-board");
        await Expect(agents).ToContainTextAsync("Ana Solano Vargas");

        await PutAsync("sofia", "supervisor", "ventas");

        await Expect(agents).ToContainTextAsync("luis");
        await Expect(agents).Not.ToContainTextAsync("Ana Solano Vargas");
    }

    private async Task PutAsync(string agentId, string role, string team)
    {
        var (status, answer) = await _admin.AskAsync(
            HttpMethod.Put, $"/api/agents/{agentId}", new { name = agentId, roles = new[] { role }, team });
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
    }
}
