using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// An administrator lets another application in. With <c>CALLMYWAY_DOC_PICTURES=1</c> it makes the picture of the guide.
/// </summary>
[Collection(DeskTestGroup.Name)]
public sealed class ApplicationsPageTests(BrowserFixture browsers)
{
    [SkippableFact]
    public async Task A_Key_Is_Made_Used_And_Deleted_And_A_Page_Is_Listed()
    {
        browsers.SkipIfMissing();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        await using var browser = await browsers.OpenAsync(address: host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/administration");
        await page.GetByRole(AriaRole.Link, new() { Name = "Claves y páginas de otros sistemas" }).ClickAsync();

        // By the keyboard: the first field has the focus.
        await page.GetByRole(AriaRole.Button, new() { Name = "Hacer una clave" }).PressAsync("Enter");
        await Expect(page.GetByLabel("Para qué sistema es")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#scopes-error")).ToContainTextAsync("Elija al menos un permiso.");
        await Axe.ShouldBeFineAsync(page, "the form of a key");
        await page.GetByLabel("Para qué sistema es").FillAsync("CRM de cobros");
        await page.GetByLabel("Leer y cambiar contactos").PressAsync("Space");
        await page.GetByLabel("Para qué sistema es").PressAsync("Enter");
        var shown = page.GetByLabel("Secreto", new() { Exact = true });
        await Expect(shown).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^cmwk_"));
        var key = await shown.InputValueAsync();
        await DocPictures.TakeAsync(page, "aplicaciones");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ya lo copié" }).ClickAsync();
        using var crm = host.Anonymous();
        crm.DefaultRequestHeaders.Add(HeaderCredentials.KeyHeader, key);
        (await crm.GetAsync("/api/contacts")).IsSuccessStatusCode.ShouldBeTrue();

        await page.GetByLabel("Direcciones de las páginas").FillAsync("https://crm.example.com\nhttp://otra.example.com");
        var save = page.Locator("cmw-origins-form").GetByRole(AriaRole.Button, new() { Name = "Guardar" });
        await save.PressAsync("Enter");
        await Expect(page.Locator("#origins-error")).ToContainTextAsync("http://otra.example.com");
        await page.GetByLabel("Direcciones de las páginas").FillAsync("https://crm.example.com");
        await save.PressAsync("Enter");
        await Expect(page.Locator("cmw-origins-form").GetByRole(AriaRole.Status)).ToContainTextAsync("Guardado.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Eliminar CRM de cobros" }).PressAsync("Enter");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(390, 844);
        await Axe.ShouldBeFineAsync(page, "the keys, narrow and dark");
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
        await page.GetByRole(AriaRole.Button, new() { Name = "Eliminar esta clave" }).PressAsync("Enter");
        await Expect(page.GetByText("Todavía no hay ninguna.")).ToBeVisibleAsync();
        (await crm.GetAsync("/api/contacts")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }
}
