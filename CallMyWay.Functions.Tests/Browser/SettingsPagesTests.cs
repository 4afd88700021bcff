using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>An administrator decides for everybody, one page for each part.</summary>
[Collection(DeskTestGroup.Name)]
public sealed class SettingsPagesTests(BrowserFixture browsers) : IAsyncLifetime
{
    private ClickDesk _desk = null!;

    public async Task InitializeAsync() => _desk = await ClickDesk.StartWithAsync(TestStorage.Sqlite, new());

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [SkippableFact]
    public async Task Every_Part_Has_A_Page_That_Everybody_Can_Use()
    {
        await using var browser = await browsers.OpenAsync(
            new() { ColorScheme = ColorScheme.Dark }, address: _desk.Host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/settings");
        await Expect(page.Locator(".index a")).ToHaveCountAsync(8);
        await Axe.ShouldBeFineAsync(page, "the index");
        var paths = await page.Locator(".index a").EvaluateAllAsync<string[]>("links => links.map(a => a.pathname)");

        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            await Expect(page.Locator(".editor")).ToBeVisibleAsync();
            await Expect(page.Locator(".editor .skeleton")).ToHaveCountAsync(0);
            await Axe.ShouldBeFineAsync(page, path);
        }

        browser.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Two_Administrators_And_What_Is_Not_Saved()
    {
        using var other = await _desk.SignInAsync("admin");
        await StoreAsync(other, ("attended", "Atendida"));
        await using var browser = await browsers.OpenAsync(address: _desk.Host.Address);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/settings/pauses");
        await page.GetByRole(AriaRole.Link, new() { Name = "Resultados", Exact = true }).ClickAsync();
        await page.GetByLabel("Nombre en español").First.FillAsync("Conversado");

        // A link, and the way back, ask first.
        var asked = new List<string>();
        var leaves = false;
        page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Message);
            await (leaves ? dialog.AcceptAsync() : dialog.DismissAsync());
        };
        await page.GetByRole(AriaRole.Link, new() { Name = "Motivos de pausa" }).ClickAsync();
        await page.GoBackAsync();
        await Eventually.TrueAsync(() => Task.FromResult(asked.Count == 2));
        asked.Distinct().ShouldBe(["Hay cambios sin guardar. ¿Salir y perderlos?"]);
        await Expect(page).ToHaveURLAsync(new Uri(_desk.Host.Address, "/settings/outcomes").ToString());
        await Expect(page.GetByLabel("Nombre en español").First).ToHaveValueAsync("Conversado");

        // Another administrator stores a list of their own meanwhile.
        await StoreAsync(other, ("attended", "Atendido"), ("visit", "Visita"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        var alert = page.GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync("Agregó «Visita».");
        await Expect(alert).ToContainTextAsync("Cambió «Atendida», que ahora es «Atendido».");
        await page.GetByRole(AriaRole.Button, new() { Name = "Usar la otra" }).ClickAsync();
        await Expect(page.GetByLabel("Nombre en español").First).ToHaveValueAsync("Atendido");
        await DocPictures.TakeAsync(page, "resultados", fromTop: true);

        leaves = true;
        await page.GetByLabel("Nombre en español").First.FillAsync("Otro");
        await page.GetByRole(AriaRole.Link, new() { Name = "Conexión con el operador" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Probar la cuenta 8000001" }).ClickAsync();
        await Expect(page.GetByText("El operador respondió: la cuenta funciona")).ToBeVisibleAsync();
        await DocPictures.TakeAsync(page, "conexion-operador");
        asked.Count.ShouldBe(3);
    }

    [SkippableFact]
    public async Task The_Dial_Rules_Are_Tried_Before_They_Are_Saved()
    {
        await using var browser = await browsers.OpenAsync(address: _desk.Host.Address);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/settings/dial-rules");
        await page.GetByLabel("Números no permitidos: empiezan con").FillAsync("+5068");
        await page.GetByLabel("Número, como lo escribiría un agente").FillAsync("8888 1234");
        await page.GetByRole(AriaRole.Button, new() { Name = "Probar" }).ClickAsync();
        await Expect(page.GetByText("No se llamaría al 8888-1234.")).ToBeVisibleAsync();
        await page.GetByLabel("Números no permitidos: empiezan con").FillAsync("+506900");
        await page.GetByLabel("Número, como lo escribiría un agente").PressAsync("Enter");
        await Expect(page.GetByText("Sí: se llamaría al 8888-1234.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Al operador se le pide: 88881234")).ToBeVisibleAsync();
        await DocPictures.TakeAsync(page, "reglas-de-marcado");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        await Expect(page.GetByText("Guardado")).ToBeVisibleAsync();
        browser.Complaints.ShouldBeEmpty();
    }

    private static async Task StoreAsync(HttpClient admin, params (string Code, string Name)[] outcomes) =>
        (await admin.SendJsonAsync(HttpMethod.Put, "/api/outcomes", new
        {
            items = outcomes.Select(outcome => new { code = outcome.Code, es = outcome.Name, en = outcome.Name }),
        })).Status.ShouldBe(200);
}
