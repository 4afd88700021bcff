using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// An administrator keeps the phones and the people. With <c>CALLMYWAY_DOC_PICTURES=1</c> it also makes the pictures of
/// docs/guia-administrador.md.
/// </summary>
[Collection(BrowserTestGroup.Name)]
public sealed class PhonesAndPeoplePageTests(BrowserFixture browsers) : IAsyncLifetime
{
    private TestHost _host = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(TestStorage.Sqlite);
        _admin = await _host.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task A_Phone_That_Rang_Gets_Its_Agent_And_Phones_Are_Changed_By_The_Keyboard()
    {
        await _host.RingAsync(_admin, "88881234", endpointId: "1055");
        await _host.RingAsync(_admin, "88881234", endpointId: "1055", action: "callEnd");
        await PutAsync("/api/mappings/1100", new
        {
            agentId = "ana",
            label = "Recepción",
            shifts = new[] { new { agentId = "luis", days = new[] { 1, 2, 3, 4, 5 }, from = "14:00", to = "22:00" } },
        });
        await using var browser = await browsers.OpenAsync(address: _host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/administration");
        await page.Locator("cmw-administration-page").GetByRole(AriaRole.Link, new() { Name = "Teléfonos" }).ClickAsync();
        await Expect(page.Locator("h1")).ToBeFocusedAsync();

        // Whose it is, by one press.
        var waiting = page.Locator("cmw-unmapped-phones");
        await Expect(waiting).ToContainTextAsync("1055");
        await DocPictures.TakeAsync(page, "phones");
        await Axe.ShouldBeFineAsync(page, "the phones");
        await waiting.GetByRole(AriaRole.Combobox).SelectOptionAsync(new SelectOptionValue { Label = "Luis Mora Jiménez" });
        await waiting.GetByRole(AriaRole.Button, new() { Name = "Asignar el teléfono 1055" }).PressAsync("Enter");
        await Expect(page.Locator("cmw-phones-page")).ToContainTextAsync("El teléfono 1055 es de Luis Mora Jiménez.");
        await Expect(page.Locator("cmw-phones-page")).ToContainTextAsync("Se le dio 1 llamada anterior.");

        // In its place, by the keyboard alone, while another administrator changes the same.
        var edit = page.GetByRole(AriaRole.Button, new() { Name = "Cambiar el teléfono Recepción (1100)" });
        await edit.PressAsync("Enter");
        var label = page.GetByLabel("Etiqueta", new() { Exact = true });
        await label.FillAsync("Mostrador");
        await PutAsync("/api/mappings/1100", new { agentId = "luis", label = "Recepción" });
        await label.PressAsync("Enter");
        var form = page.Locator("cmw-phone-form");
        await Expect(form).ToContainTextAsync("Agente: Ana Solano Vargas → Luis Mora Jiménez");
        await Expect(label).ToHaveValueAsync("Mostrador");
        await Axe.ShouldBeFineAsync(page, "a phone that two change");
        await form.GetByRole(AriaRole.Button, new() { Name = "Conservar mi versión" }).PressAsync("Enter");
        var kept = page.GetByRole(AriaRole.Button, new() { Name = "Cambiar el teléfono Mostrador (1100)" });
        await Expect(kept).ToBeFocusedAsync();
        await kept.PressAsync("Enter");
        await Expect(page.GetByLabel("Agente", new() { Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(kept).ToBeFocusedAsync();
        (await _admin.ReadAsync("/api/mappings/1100")).ShouldNotBeNull().Text("agentId").ShouldBe("ana");

        // A table is looked at before it is imported.
        await page.Locator("cmw-phones-file input").SetInputFilesAsync(new FilePayload
        {
            Name = "telefonos.csv",
            MimeType = "text/csv",
            Buffer = "código;agente\n1100;luis\n1200;nadie\n"u8.ToArray(),
        });
        var preview = page.GetByRole(AriaRole.Region, new() { Name = "Lo que cambiaría" });
        await Expect(preview).ToContainTextAsync("agente: ana → luis");
        await Expect(preview).ToContainTextAsync("No hay un agente con ese código.");
        await preview.GetByRole(AriaRole.Button, new() { Name = "Importar 1 teléfono" }).ClickAsync();
        await Expect(page.Locator("cmw-phones-file")).ToContainTextAsync("Se importó.");
        (await _admin.ReadAsync("/api/mappings/1100")).ShouldNotBeNull().Text("agentId").ShouldBe("luis");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe.ShouldBeFineAsync(page, "the phones in the dark");
    }

    [SkippableFact]
    public async Task Somebody_Is_Added_Invited_And_Gets_What_Another_Had()
    {
        await using var browser = await browsers.OpenAsync(address: _host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/people");
        var people = page.Locator("cmw-people-page");
        await Expect(people).ToContainTextAsync("Sofía Chaves Ureña");
        await people.GetByRole(AriaRole.Button, new() { Name = "Agregar a alguien" }).PressAsync("Enter");
        await page.GetByLabel("Nombre", new() { Exact = true }).FillAsync("Marta Soto");
        await Expect(page.GetByLabel("Código", new() { Exact = true })).ToHaveValueAsync("marta.soto");
        await Axe.ShouldBeFineAsync(page, "a new person");
        await page.GetByLabel("Nombre", new() { Exact = true }).PressAsync("Enter");
        await Expect(people).ToContainTextAsync("Sin contraseña");

        await people.GetByRole(AriaRole.Button, new() { Name = "Invitar con un enlace" }).ClickAsync();
        var link = page.GetByLabel("Envíe este enlace a Marta Soto");
        await Expect(link).ToBeFocusedAsync();
        var url = await link.InputValueAsync();
        await Expect(people).ToContainTextAsync("Invitado hasta");
        await Axe.ShouldBeFineAsync(page, "an invitation");
        await link.PressAsync("Control+c");
        await Expect(people.GetByRole(AriaRole.Button, new() { Name = "Copiado" })).ToBeVisibleAsync();

        // The invited person, at another machine.
        await using var other = await browsers.OpenAsync(address: _host.Address);
        await Axe.AddToAsync(other.Context);
        var marta = await other.TabAsync();
        await marta.GotoAsync(url);
        await Expect(marta.Locator("h1")).ToHaveTextAsync("Hola, Marta Soto");
        await Axe.ShouldBeFineAsync(marta, "the page of an invitation");
        await marta.GetByLabel("Contraseña", new() { Exact = true }).FillAsync("mi clave nueva");
        await marta.GetByLabel("Repita la contraseña").FillAsync("mi clave nueva");
        await marta.GetByRole(AriaRole.Button, new() { Name = "Entrar" }).ClickAsync();
        await Expect(marta.Locator("cmw-desk-page")).ToBeVisibleAsync();
        new Uri(marta.Url).AbsolutePath.ShouldBe("/");

        // What Ana has goes to her, and Ana is removed.
        await people.GetByRole(AriaRole.Button, new() { Name = "Más: cuenta y pendientes de Ana Solano Vargas" }).ClickAsync();
        var panel = page.Locator("cmw-person-panel");
        await Expect(panel).ToContainTextAsync("teléfonos");
        await DocPictures.TakeAsync(page, "people", fromTop: true);
        await panel.GetByLabel("Pasar todo a").SelectOptionAsync(new SelectOptionValue { Label = "Marta Soto" });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Pasar", Exact = true }).ClickAsync();
        await Expect(panel).ToContainTextAsync("Se pasaron: 2 teléfonos");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Quitar de la lista" }).PressAsync("Enter");
        await Axe.ShouldBeFineAsync(page, "a removal");
        await Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Quitar a Ana Solano Vargas" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(people).ToContainTextAsync("Se quitó a Ana Solano Vargas.");
        (await _admin.AskAsync(HttpMethod.Get, "/api/agents/ana")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _admin.ItemsAsync("/api/mappings")).Count(item => item.Text("agentId") == "marta.soto").ShouldBe(2);

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(1280, 800);
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(people).ToContainTextAsync("The people of the office");
        await Axe.ShouldBeFineAsync(page, "the people in the dark, in English");
    }

    private async Task PutAsync(string path, object body) =>
        ((int)(await _admin.AskAsync(HttpMethod.Put, path, body)).Status).ShouldBeInRange(200, 201);
}
