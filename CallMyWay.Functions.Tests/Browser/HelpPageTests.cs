using System.Text.RegularExpressions;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// Somebody reads how to use the page on which they are. With <c>CALLMYWAY_DOC_PICTURES=1</c> it also makes the first
/// picture of docs/guia-agente.md.
/// </summary>
[Collection(DeskTestGroup.Name)]
public sealed class HelpPageTests(BrowserFixture browsers) : IAsyncLifetime
{
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(TestStorage.Sqlite);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task The_Help_Explains_The_Page_From_Which_Somebody_Comes()
    {
        using var admin = await _host.SignInAsync("admin");
        await using var browser = await browsers.OpenAsync(address: _host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("ana");
        var page = await browser.TabAsync();
        await _host.RingAsync(admin, "88881234", connected: true);
        await Expect(page.Locator("cmw-pop-up-card")).ToContainTextAsync("José Rodríguez Solís");
        await DocPictures.TakeAsync(page, "escritorio");

        await page.GetByRole(AriaRole.Link, new() { Name = "Historial" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Historial de llamadas");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ayuda" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "El historial" })).ToBeFocusedAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/help/agente#el-historial$"));
        await Axe.ShouldBeFineAsync(page, "the guide of agents");
        var picture = page.GetByRole(AriaRole.Img).First;
        await picture.ScrollIntoViewIfNeededAsync();
        await Expect(picture).ToHaveJSPropertyAsync("complete", true);
        (await picture.EvaluateAsync<int>("image => image.naturalWidth")).ShouldBeGreaterThan(0);

        // By the table of contents, to another guide, and back to where the help was asked for.
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Contenido" })
            .GetByRole(AriaRole.Link, new() { Name = "El teclado" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "El teclado" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Para quien supervisa" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Las pausas" })).ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.GoBackAsync();
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/history$"));

        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync("/help/supervision");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Las pausas" })).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
    }
}
