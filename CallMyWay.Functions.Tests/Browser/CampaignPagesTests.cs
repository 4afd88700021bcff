using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// A campaign from the agreement with the operator to its outcomes, as three people see it. With
/// <c>CALLMYWAY_DOC_PICTURES=1</c> it also makes the pictures of docs/guia-campanas.md.
/// </summary>
[Collection(DeskTestGroup.Name)]
public sealed class CampaignPagesTests(BrowserFixture browsers) : IAsyncLifetime
{
    private ClickDesk _desk = null!;

    public async Task InitializeAsync() =>
        _desk = await ClickDesk.StartWithAsync(TestStorage.Sqlite, new() { AllContacts = true });

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [SkippableFact]
    public async Task A_Campaign_Is_Coordinated_Built_Started_And_Worked_By_Keyboard_Until_Its_Outcomes_Show()
    {
        await using var sofias = await browsers.OpenAsync(address: _desk.Host.Address);
        await Axe.AddToAsync(sofias.Context);
        await sofias.SignInAsync("sofia");
        var sofia = await sofias.TabAsync("/campaigns");
        await Expect(sofia.Locator("cmw-campaigns-page")).ToContainTextAsync("Todavía no hay campañas.");
        await sofia.GetByRole(AriaRole.Link, new() { Name = "Nueva campaña" }).ClickAsync();
        await BuildAsync(sofia);

        // It opens on its page. It does not start before an administrator has confirmed the coordination.
        var campaign = sofia.Locator("cmw-campaign-page");
        await Expect(sofia.Locator("h1")).ToHaveTextAsync("Cobro de noviembre");
        await Expect(sofia.Locator("h1")).ToBeFocusedAsync();
        await campaign.GetByRole(AriaRole.Button, new() { Name = "Iniciar Cobro de noviembre" }).ClickAsync();
        await Expect(campaign.GetByRole(AriaRole.Alert)).ToContainTextAsync("coordinaron con el operador");
        await CoordinateAsync();
        await campaign.GetByRole(AriaRole.Button, new() { Name = "Intentar de nuevo" }).ClickAsync();
        await Expect(campaign).ToContainTextAsync("En marcha");

        using var luis = await _desk.SignInAsync("luis");
        foreach (var outcome in new[] { "attended", "wrong-number", "attended" })
        {
            await WorkAsync(luis, outcome);
        }

        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        await Axe.AddToAsync(anas.Context);
        var ana = await anas.DeskAsync("ana");
        await ana.GetByRole(AriaRole.Link, new() { Name = "Campañas" }).ClickAsync();
        var work = ana.Locator("cmw-campaign-work-page");
        // The card of a call has its contact's name too.
        var name = work.Locator("section[aria-labelledby='next'] h3");
        await Expect(work).ToContainTextAsync("Intento 1 de 3");
        await Expect(work.Locator("cmw-contact-file dl").First).ToBeVisibleAsync();
        var first = await name.InnerTextAsync();
        await DocPictures.TakeAsync(ana, "campaign-work");
        await Axe.ShouldBeFineAsync(ana, "the next contact");
        await ana.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe.ShouldBeFineAsync(ana, "the next contact in the dark");

        // Within 600 ms of a card's arrival an Enter calls nobody: the key may still be held down from before.
        await ana.WaitForTimeoutAsync(700);
        // Enter calls once, however often it is pressed; the outcome is written as on the desk, and then comes the next.
        await ana.Locator("h1").FocusAsync();
        await ana.Keyboard.PressAsync("Enter");
        await ana.Keyboard.PressAsync("Enter");
        var call = ana.Locator("cmw-pop-up-card");
        await Expect(call).ToContainTextAsync(first);
        await Expect(work).ToContainTextAsync("aquí viene el siguiente contacto");
        await Expect(call.GetByRole(AriaRole.Radio).First).ToBeVisibleAsync();
        await ana.Keyboard.PressAsync("c");
        await ana.Keyboard.PressAsync("1");
        await ana.Keyboard.PressAsync("Control+Enter");
        await Expect(name).ToBeVisibleAsync();
        var second = await name.InnerTextAsync();
        second.ShouldNotBe(first);
        (await _desk.TruthAsync()).Count.ShouldBe(4);

        // Who is left for later is not offered again today before the others.
        await work.GetByRole(AriaRole.Button, new() { Name = "Más tarde hoy" }).ClickAsync();
        await Expect(name).Not.ToHaveTextAsync(second);

        var attended = campaign.Locator("dl.counted > div").Filter(new() { HasText = "Atendido" });
        await Expect(attended).ToContainTextAsync("3");
        await Expect(campaign.Locator("dl.counted")).ToContainTextAsync("Número equivocado");
        await DocPictures.TakeAsync(sofia, "campaign");
        await Axe.ShouldBeFineAsync(sofia, "a campaign");
        await campaign.GetByLabel("Mostrar").SelectOptionAsync("done");
        var row = campaign.Locator("cmw-campaign-entries li").Filter(new() { HasText = first });
        await Expect(row).ToContainTextAsync("Ana Solano Vargas");
        sofia.Url.ShouldEndWith("?state=done");

        await sofia.GetByRole(AriaRole.Link, new() { Name = "Todas las campañas" }).ClickAsync();
        var list = sofia.Locator("cmw-campaigns-page");
        await Expect(list.GetByRole(AriaRole.Img, new() { Name = "Avance de Cobro de noviembre" })).ToBeVisibleAsync();
        await DocPictures.TakeAsync(sofia, "campaigns");
        await Axe.ShouldBeFineAsync(sofia, "the campaigns");
        await list.GetByRole(AriaRole.Button, new() { Name = "Detener Cobro de noviembre" }).ClickAsync();
        await list.GetByRole(AriaRole.Button, new() { Name = "Sí, detener" }).ClickAsync();
        await Expect(list).ToContainTextAsync("Detenida");
        anas.Complaints.ShouldBeEmpty();
        // The start that was refused.
        sofias.Complaints.ShouldHaveSingleItem().ShouldContain("409");
    }

    [SkippableFact]
    public async Task A_Progressive_Campaign_Calls_For_Who_Is_Free_Until_The_Limit_Of_The_Hour_Which_Both_Read()
    {
        using var admin = await _desk.SignInAsync("admin");
        (await admin.AskAsync(
            HttpMethod.Put, "/api/campaign-coordination", new { confirmed = true, perMinute = 60 })).Status
            .ShouldBe(HttpStatusCode.OK);
        (await admin.AskAsync(HttpMethod.Put, "/api/dial-rules", new
        {
            allowedPrefixes = new[] { "+506" },
            deniedPrefixes = Array.Empty<string>(),
            perAgentHour = 2,
        })).Status.ShouldBe(HttpStatusCode.OK);
        // A call that ends while the one before it is still being saved is shown as a line, and has no card.
        await _desk.SetAsync("click", new { firstRingSeconds = 1, secondRingSeconds = 0, talkSeconds = 0 });
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        await Axe.AddToAsync(anas.Context);
        var ana = await anas.DeskAsync("ana");
        using var sofia = await _desk.SignInAsync("sofia");
        var (_, made) = await sofia.AskAsync(HttpMethod.Post, "/api/campaigns", new
        {
            name = "Recordatorio de citas",
            mode = "progressive",
            contacts = new { numbers = Enumerable.Range(0, 8).Select(i => $"8765100{i}").ToArray() },
            endpointIds = new[] { "1001" },
        });
        await using var sofias = await browsers.OpenAsync(address: _desk.Host.Address);
        await Axe.AddToAsync(sofias.Context);
        await sofias.SignInAsync("sofia");
        var page = await sofias.TabAsync($"/campaigns/{made.Text("campaignId")}");
        var campaign = page.Locator("cmw-campaign-page");
        await campaign.GetByRole(AriaRole.Button, new() { Name = "Iniciar Recordatorio de citas" }).ClickAsync();

        // Nobody presses anything: the call comes, and after its outcome the next one.
        var call = ana.Locator("cmw-pop-up-card");
        foreach (var number in new[] { "8765-1000", "8765-1001" })
        {
            await Expect(call.First).ToContainTextAsync(number);
            await Expect(call.First.GetByRole(AriaRole.Radio).First).ToBeVisibleAsync();
            await ana.Keyboard.PressAsync("c");
            await ana.Keyboard.PressAsync("1");
            await ana.Keyboard.PressAsync("Control+Enter");
        }

        // The two of the hour were made.
        await Expect(ana.Locator("cmw-desk-page .rest")).ToContainTextAsync("Las llamadas de campaña siguen:");
        await Axe.ShouldBeFineAsync(ana, "the desk of an agent whose limit is reached");
        var resting = campaign.Locator(".resting");
        await Expect(resting).ToContainTextAsync("Ana Solano Vargas: Se llegó al máximo de llamadas por agente de esta hora.");
        await Expect(campaign.Locator("dl.counted > div").First).ToContainTextAsync("2");
        await Axe.ShouldBeFineAsync(page, "a campaign with an agent whose limit is reached");

        await campaign.GetByRole(AriaRole.Button, new() { Name = "Pausar Recordatorio de citas" }).ClickAsync();
        await Expect(campaign).ToContainTextAsync("En pausa");
        await Expect(resting).ToHaveCountAsync(0);
        (await _desk.TruthAsync()).Count.ShouldBe(2);
        anas.Complaints.ShouldBeEmpty();
        sofias.Complaints.ShouldBeEmpty();
    }

    /// <summary>
    /// By pasted numbers, of which the review says that some can not be called; and then by all contacts.
    /// </summary>
    private static async Task BuildAsync(IPage page)
    {
        var form = page.Locator("cmw-new-campaign-page");
        await form.GetByLabel("Nombre de la campaña").FillAsync("Cobro de noviembre");
        await form.GetByLabel("Presupuesto").FillAsync("10000");
        await form.GetByLabel("Una lista de números").CheckAsync();
        await form.GetByLabel("Números, uno por línea").FillAsync(
            "Nombre;Celular\nJosé;88881234\nOtra vez;8888-1234\nNadie;12\nDesconocida;61990042");
        await Expect(form).ToContainTextAsync("4 números");
        await form.GetByRole(AriaRole.Button, new() { Name = "Revisar la lista" }).ClickAsync();
        await Expect(form).ToContainTextAsync("Se llamará a 2 contactos.");
        await Expect(form).ToContainTextAsync("Está repetido en la lista: 1");
        await Expect(form).ToContainTextAsync("No es un número de teléfono: 1");
        await Axe.ShouldBeFineAsync(page, "a new campaign");
        await page.SetViewportSizeAsync(1280, 800);
        await form.GetByLabel("Todos los contactos").CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Revisar la lista" }).ClickAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Crear la campaña con" }).ClickAsync();
    }

    /// <summary>A colleague calls the next contact, and writes down what came of it.</summary>
    private static async Task WorkAsync(HttpClient agent, string outcome)
    {
        var card = (await agent.GetObjectAsync("/api/campaign-work"))["card"]!;
        var click = new
        {
            campaignId = (string)card["campaignId"]!,
            number = (string)card["number"]!["e164"]!,
            contactId = (string)card["contactId"]!,
        };
        var (_, placed) = await ClickDesk.ClickAsync(agent, click);
        var dial = await ClickDesk.DialAsync(agent, placed.Text("dialId")!, "ended");
        var (status, answer) = await agent.AskAsync(
            HttpMethod.Put, $"/api/calls/{dial.Text("callId")}/wrap-up", new { outcome });
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
    }

    private async Task CoordinateAsync()
    {
        await using var admins = await browsers.OpenAsync(address: _desk.Host.Address);
        await Axe.AddToAsync(admins.Context);
        await admins.SignInAsync("admin");
        var admin = await admins.TabAsync("/campaigns");
        var line = admin.Locator("cmw-campaigns-page .notice");
        await Expect(line).ToContainTextAsync("ninguna campaña llama");
        await line.GetByRole(AriaRole.Link, new() { Name = "Coordinación con el operador" }).ClickAsync();
        var form = admin.Locator("cmw-coordination-page");
        await form.GetByLabel("Las campañas están coordinadas con el operador").CheckAsync();
        await form.GetByLabel("Llamadas por minuto acordadas").FillAsync("20");
        await Axe.ShouldBeFineAsync(admin, "the coordination");
        await form.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        await Expect(form).ToContainTextAsync("Confirmada");
        admins.Complaints.ShouldBeEmpty();
    }
}
