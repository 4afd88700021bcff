using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// An administrator has another application told of calls. With <c>CALLMYWAY_DOC_PICTURES=1</c> it makes the picture of
/// the guide.
/// </summary>
[Collection(DeskTestGroup.Name)]
public sealed class EventsPageTests(BrowserFixture browsers)
{
    [SkippableFact]
    public async Task An_Endpoint_Is_Added_Tested_And_Seen_With_What_It_Answered()
    {
        browsers.SkipIfMissing();
        await using var receiver = await EventReceiver.StartAsync();
        receiver.Answer = (received, context) =>
            EventReceiver.Status(context, received.Type == "call.missed" ? 500 : 200, "anotado");
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { Settings = ["--Events:AllowPrivateAddresses", "true"] });
        await using var browser = await browsers.OpenAsync(address: host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/administration");
        await page.GetByRole(AriaRole.Link, new() { Name = "Eventos hacia su sistema" }).ClickAsync();

        // By the keyboard: the first field has the focus.
        await page.GetByRole(AriaRole.Button, new() { Name = "Agregar un receptor" }).ClickAsync();
        var address = page.GetByLabel("Dirección de su sistema");
        await Expect(address).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("crm");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("cmw-event-endpoint-form .field-error").First)
            .ToContainTextAsync("Escriba la dirección completa");
        await Expect(address).ToBeFocusedAsync();
        await Axe.ShouldBeFineAsync(page, "the form of an endpoint");
        await address.FillAsync(receiver.Url);
        await page.GetByLabel("Nombre (opcional)").FillAsync("CRM de cobros");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Secreto", new() { Exact = true })).ToHaveValueAsync(
            new System.Text.RegularExpressions.Regex("^whsec_"));
        await Axe.ShouldBeFineAsync(page, "the secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ya lo copié" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Probar" }).ClickAsync();
        await Expect(page.Locator("cmw-event-endpoint").GetByRole(AriaRole.Status))
            .ToContainTextAsync("Su sistema recibió la prueba (200");

        using var ana = await host.SignInAsync("ana");
        var callId = await host.RingAsync(ana, "88881234");
        await host.RingAsync(ana, "88881234", action: "callEnd", callId: callId);
        // A delivery is stored after its receiver has answered, and the page reads the list once.
        using var admin = await host.SignInAsync("admin");
        var endpointId = (await admin.ItemsAsync("/api/event-endpoints")).Single().Text("endpointId");
        var deliveries = $"/api/event-endpoints/{endpointId}/deliveries";
        await Eventually.TrueAsync(async () => (await admin.ItemsAsync(deliveries)).Count == 4);
        await page.GetByRole(AriaRole.Link, new() { Name = "Ver envíos" }).ClickAsync();
        var rows = page.Locator("cmw-delivery");
        await Expect(rows).ToHaveCountAsync(4);
        var missed = rows.Filter(new() { HasText = "Quedó perdida" });
        await Expect(missed).ToContainTextAsync("El sistema contestó 500.");
        await missed.Locator("summary").ClickAsync();
        await Expect(missed).ToContainTextAsync(callId);
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        await DocPictures.TakeAsync(page, "eventos");
        await Axe.ShouldBeFineAsync(page, "the deliveries");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe.ShouldBeFineAsync(page, "the deliveries in the dark");
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);

        receiver.Answer = (_, context) => EventReceiver.Status(context, 200);
        await missed.GetByRole(AriaRole.Button, new() { Name = "Enviar otra vez" }).ClickAsync();
        await Eventually.TrueAsync(async () => (await admin.ItemsAsync($"{deliveries}?state=delivered")).Count == 4);
        await page.GetByLabel("Estado").SelectOptionAsync("delivered");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("state=delivered"));
        await Expect(rows).ToHaveCountAsync(4);
        await page.GotoAsync("/events");
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
        await Axe.ShouldBeFineAsync(page, "the endpoints on a phone");
    }
}
