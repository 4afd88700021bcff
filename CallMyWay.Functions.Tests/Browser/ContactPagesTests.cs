using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// A supervisor finds a contact, makes one of two, and takes it back. With <c>CALLMYWAY_DOC_PICTURES=1</c> it also
/// makes the pictures of the guides.
/// </summary>
[Collection(BrowserTestGroup.Name)]
public sealed class ContactPagesTests(BrowserFixture browsers) : IAsyncLifetime
{
    private const string Jose = "demo-01";

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(TestStorage.Sqlite, new() { AllContacts = true });
        _ana = await _host.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task Two_Contacts_Become_One_And_Two_Again_On_Pages_That_Are_Accessible()
    {
        await CallAsync("88881234", "Confirmar el depósito");
        await _ana.SendJsonAsync(HttpMethod.Post, "/api/contacts", new
        {
            contactId = "twin",
            name = "Jose Rodriguez Solis",
            numbers = new[] { "2222-7788" },
            email = "jose@example.com",
        });
        await CallAsync("22227788", "Enviar el estado de cuenta");
        await using var browser = await browsers.OpenAsync(address: _host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("sofia");
        var page = await browser.TabAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Contactos" }).ClickAsync();
        var list = page.Locator("cmw-contacts-page");
        await Expect(list.GetByRole(AriaRole.Link, new() { Name = "José Rodríguez Solís" })).ToBeVisibleAsync();
        await DocPictures.TakeAsync(page, "contactos");
        await Axe.ShouldBeFineAsync(page, "the contacts");
        await list.GetByRole(AriaRole.Searchbox).FillAsync("rodriguez sol");
        await Expect(list.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        page.Url.ShouldEndWith("/contacts?query=rodriguez+sol");
        await list.GetByRole(AriaRole.Link, new() { Name = "José Rodríguez Solís" }).ClickAsync();

        var contact = page.Locator("cmw-contact-page");
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await Expect(contact.Locator("cmw-contact-open")).ToContainTextAsync("Confirmar el depósito");
        await Expect(contact.Locator("cmw-contact-calls").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Expect(contact.Locator("cmw-contact-charges")).ToContainTextAsync("Gestión de cobro");
        await DocPictures.TakeAsync(page, "contacto");
        await Axe.ShouldBeFineAsync(page, "a contact");

        await contact.GetByRole(AriaRole.Button, new() { Name = "Comparar y unir" }).ClickAsync();
        var comparison = contact.Locator("cmw-merge-compare");
        await Expect(comparison.Locator("h2")).ToBeFocusedAsync();
        await Expect(comparison).ToContainTextAsync("2222-7788");
        await DocPictures.TakeAsync(page, "unir-contactos");
        await Axe.ShouldBeFineAsync(page, "two contacts beside each other");
        await comparison.GetByRole(AriaRole.Button, new() { Name = "Unir contactos" }).ClickAsync();

        await Expect(contact).ToContainTextAsync("«Jose Rodriguez Solis» ahora es parte de este contacto.");
        await Expect(contact.Locator("cmw-contact-calls").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(contact.Locator("cmw-contact-open")).ToContainTextAsync("Enviar el estado de cuenta");
        // Without the transition from one colour to the other.
        await page.EmulateMediaAsync(
            new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(390, 844);
        await Axe.ShouldBeFineAsync(page, "a merged contact on a dark phone");
        (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();

        // Who still has the address of the other one comes to the one that was kept.
        await page.GotoAsync("/contacts/twin");
        await Expect(page).ToHaveURLAsync(new Uri(_host.Address, $"contacts/{Jose}").ToString());
        var undo = contact.GetByRole(AriaRole.Button, new() { Name = "Deshacer la unión con Jose Rodriguez Solis" });
        await undo.ClickAsync();
        await Expect(contact).ToContainTextAsync("«Jose Rodriguez Solis» es otra vez un contacto aparte.");
        await Expect(contact.Locator("cmw-contact-calls").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
    }

    private async Task CallAsync(string number, string note)
    {
        var callId = await _host.RingAsync(_ana, number, connected: true);
        await _host.RingAsync(_ana, number, action: "callEnd", callId: callId, connected: true);
        var (status, answer) = await _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new
        {
            outcome = "promise-to-pay",
            notes = "Quedó en pagar el viernes.",
            promise = new { amount = 5000, currency = "CRC", dueAt = DateTimeOffset.UtcNow.AddDays(1) },
            followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(2), note },
            charge = new { amount = 1500, currency = "CRC", concept = "Gestión de cobro" },
        });
        status.ShouldBe(200, answer?.ToJsonString());
    }
}
