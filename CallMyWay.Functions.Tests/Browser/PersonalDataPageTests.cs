using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// An administrator downloads a person's data, and erases them. With <c>CALLMYWAY_DOC_PICTURES=1</c> it also makes the
/// pictures.
/// </summary>
[Collection(DeskTestGroup.Name)]
public sealed class PersonalDataPageTests(BrowserFixture browsers)
{
    [SkippableFact]
    public async Task A_Person_Is_Downloaded_And_Erased_And_The_Protocol_Says_So()
    {
        browsers.SkipIfMissing();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        using var ana = await host.SignInAsync("ana");
        var callId = await host.RingAsync(ana, "88881234", connected: true);
        await host.RingAsync(ana, "88881234", action: "callEnd", callId: callId, connected: true);
        var contactId = (await ana.ReadAsync($"/api/calls/{callId}")).ShouldNotBeNull().Text("contactId")!;
        await using var browser = await browsers.OpenAsync(address: host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync($"/contacts/{contactId}");
        var part = page.Locator("cmw-personal-data");

        var download = await page.RunAndWaitForDownloadAsync(
            () => part.GetByRole(AriaRole.Button, new() { Name = "Descargar todos sus datos" }).ClickAsync());
        download.SuggestedFilename.ShouldStartWith("datos-personales-");
        using (var file = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync())))
        {
            file.RootElement.GetProperty("calls").GetArrayLength().ShouldBe(1);
        }

        // By the keyboard.
        await part.GetByRole(AriaRole.Button, new() { Name = "Borrar todos sus datos" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(part.Locator(".sure")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("José Rodríguez Solís");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(part).ToContainTextAsync("No escriba aquí el nombre");
        await Axe.ShouldBeFineAsync(page, "the erasure's question");
        await DocPictures.TakeAsync(page, "borrar-datos");
        await part.GetByLabel("Referencia de la solicitud").FillAsync("Oficio 2026-014");
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
        await page.SetViewportSizeAsync(1280, 800);
        await part.GetByRole(AriaRole.Button, new() { Name = "Sí, borrar todo" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Ver el protocolo" }).ClickAsync();
        var protocols = page.Locator("cmw-erasures-page");
        await Expect(protocols).ToContainTextAsync("Borrado de datos: Oficio 2026-014");
        await Expect(protocols.GetByText("Terminado")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Expect(protocols).ToContainTextAsync("Llamadas que ya no dicen con quién fueron");
        await Axe.ShouldBeFineAsync(page, "the protocols");
        await DocPictures.TakeAsync(page, "datos-personales");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(protocols.GetByText("Firma")).ToBeVisibleAsync();
        await Expect(protocols.GetByRole(AriaRole.Button, new() { Name = "Imprimir el protocolo" })).ToBeHiddenAsync();
    }
}
