using System.Text;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// A supervisor keeps the list of numbers that must not be called. With <c>CALLMYWAY_DOC_PICTURES=1</c> it also makes
/// the picture of the guide.
/// </summary>
[Collection(DeskTestGroup.Name)]
public sealed class DoNotCallPageTests(BrowserFixture browsers)
{
    [SkippableFact]
    public async Task Numbers_Are_Added_Searched_And_Taken_Off_And_A_Contact_Says_So()
    {
        browsers.SkipIfMissing();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        using var ana = await host.SignInAsync("ana");
        var callId = await host.RingAsync(ana, "88881234", connected: true);
        await host.RingAsync(ana, "88881234", action: "callEnd", callId: callId, connected: true);
        (await ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "do-not-call" }))
            .Status.ShouldBe(200);
        await using var browser = await browsers.OpenAsync(address: host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("sofia");
        var page = await browser.TabAsync();
        await page.GotoAsync("/contacts");
        await page.GetByRole(AriaRole.Link, new() { Name = "No llamar" }).ClickAsync();
        var list = page.Locator("cmw-do-not-call-page");
        await Expect(list.GetByRole(AriaRole.Listitem)).ToContainTextAsync("por el resultado que puso Ana Solano Vargas");

        // By the keyboard: many numbers, of which one is none.
        await list.GetByRole(AriaRole.Button, new() { Name = "Agregar números" }).PressAsync("Enter");
        await Expect(page.GetByLabel("Números, uno por línea")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("7000-0001\n+1 305 555 0100\n12");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Lo pidieron por carta el 20 de noviembre.");
        await page.Keyboard.PressAsync("Enter");
        await Expect(list).ToContainTextAsync("2 números están en la lista.");
        await Expect(list.GetByRole(AriaRole.Alert)).ToContainTextAsync("12: No es un número completo.");
        await Expect(list.GetByRole(AriaRole.Heading, new() { Name = "7000-0001" })).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "the form of numbers");
        await page.Locator("cmw-do-not-call-form input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "lista.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("Nombre;Teléfono\r\nAna;7000-0002\r\nLuis;7000-0003"),
        });
        await Expect(page.GetByLabel("Números, uno por línea")).ToHaveValueAsync("7000-0002\n7000-0003");
        await page.GetByLabel("Por qué no se debe llamar").FillAsync("Lista del cliente");
        await list.GetByRole(AriaRole.Button, new() { Name = "Agregar a la lista" }).ClickAsync();
        await Expect(list.Locator("ol").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(5);
        await list.GetByRole(AriaRole.Button, new() { Name = "Cerrar" }).ClickAsync();
        await Expect(list.GetByRole(AriaRole.Button, new() { Name = "Agregar números" })).ToBeFocusedAsync();
        await DocPictures.TakeAsync(page, "do-not-call");
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
        await page.SetViewportSizeAsync(1280, 800);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe.ShouldBeFineAsync(page, "the list in the dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        // One is looked for, and taken off.
        await page.GetByRole(AriaRole.Searchbox).FillAsync("70000001");
        await Expect(list.Locator("ol").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        new Uri(page.Url).Query.ShouldBe("?query=70000001");
        await list.GetByRole(AriaRole.Button, new() { Name = "Quitar: 7000-0001" }).PressAsync("Enter");
        await Axe.ShouldBeFineAsync(page, "the question");
        await list.GetByRole(AriaRole.Button, new() { Name = "Quitar de la lista" }).ClickAsync();
        await Expect(list).ToContainTextAsync("7000-0001 ya no está en la lista.");
        await Expect(list).ToContainTextAsync("No hay ningún «70000001» en la lista.");

        // Agents see it where they look at the contact.
        await page.GotoAsync("/contacts/demo-01");
        await Expect(page.Locator("cmw-not-to-call")).ToContainTextAsync("No llamar al 8888-1234");
        await Axe.ShouldBeFineAsync(page, "a contact with a number on the list");

        // So do those whom somebody calls back from a number that is nobody's contact, and one that is.
        await using var anas = await browsers.OpenAsync(address: host.Address);
        await anas.SignInAsync("ana");
        var desk = await anas.ListeningTabAsync();
        foreach (var (number, shown) in new[] { ("70000003", "7000-0003"), ("88881234", "8888-1234") })
        {
            // Who is on the line is not called back; that comes up once the call is over.
            var ringing = await host.RingAsync(ana, number, connected: true);
            await Expect(desk.Locator("cmw-pop-up-card cmw-call-work")).ToHaveCountAsync(1);
            await host.RingAsync(ana, number, action: "callEnd", callId: ringing, connected: true);
            await Expect(desk.Locator("cmw-pop-up-card cmw-not-to-call")).ToContainTextAsync($"No llamar al {shown}");
            (await ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{ringing}/wrap-up", new { outcome = "attended" }))
                .Status.ShouldBe(200);
            await Expect(desk.Locator("cmw-pop-up-card")).ToHaveCountAsync(0);
        }

        anas.Complaints.ShouldBeEmpty();
    }
}
