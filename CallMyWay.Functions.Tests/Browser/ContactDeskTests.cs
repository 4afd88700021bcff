using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>How an agent corrects a contact, and learns who exists already.</summary>
[Collection(DeskTestGroup.Name)]
public sealed class ContactDeskTests(BrowserFixture browsers) : IAsyncLifetime
{
    private TestHost _host = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(TestStorage.Sqlite);
        _ana = await _host.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task A_Contact_Is_Corrected_On_The_Card_By_Keyboard_And_A_Colleagues_Change_Is_Not_Lost()
    {
        await using var anas = await browsers.OpenAsync(address: _host.Address);
        var ana = await anas.DeskAsync("ana");
        await _host.RingAsync(_ana, "88881234");
        await Expect(Card(ana).GetByRole(AriaRole.Button, new() { Name = "Editar contacto" })).ToBeVisibleAsync();
        var contact = (await _ana.GetItemsAsync("/api/contacts?phone=88881234"))[0].AsObject();

        await Card(ana).Locator("article").FocusAsync();
        await ana.Keyboard.PressAsync("e");
        await Expect(Field(ana, "name")).ToBeFocusedAsync();
        await Field(ana, "name").FillAsync("José Rodríguez Mora");
        // What is typed outlives the page.
        await ana.ReloadAsync();
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Seguir editando" }).ClickAsync();
        await Expect(Field(ana, "name")).ToHaveValueAsync("José Rodríguez Mora");
        await ChangeAsync(contact, "email", "jose@example.com");
        await ana.Keyboard.PressAsync("Enter");

        await Expect(Card(ana).GetByRole(AriaRole.Heading, new() { Name = "José Rodríguez Mora" })).ToBeVisibleAsync();
        await Expect(Card(ana)).ToContainTextAsync("jose@example.com");
        await Expect(Card(ana).GetByRole(AriaRole.Button, new() { Name = "Editar contacto" })).ToBeFocusedAsync();

        await ana.Keyboard.PressAsync("e");
        await Field(ana, "name").FillAsync("José R.");
        contact = await _ana.GetObjectAsync($"/api/contacts/{contact["contactId"]}");
        await ChangeAsync(contact, "name", "Joseph");
        await ana.Keyboard.PressAsync("Control+Enter");
        await Expect(Card(ana).Locator(".clash")).ToContainTextAsync("Quedó: Joseph");
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Conservar mi versión" }).ClickAsync();

        await Expect(Card(ana).GetByRole(AriaRole.Heading, new() { Name = "José R." })).ToBeVisibleAsync();
        contact = await _ana.GetObjectAsync($"/api/contacts/{contact["contactId"]}");
        ((string?)contact["name"], (string?)contact["email"]).ShouldBe(("José R.", "jose@example.com"));
        anas.Complaints.Where(each => !each.Contains("412", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Who_Exists_Already_Is_Taken_Instead_And_Gets_The_Callers_Number_By_One_Press()
    {
        await using var anas = await browsers.OpenAsync(address: _host.Address);
        var ana = await anas.DeskAsync("ana");
        await _host.RingAsync(_ana, "61990042");

        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Crear contacto" }).ClickAsync();
        await Field(ana, "name").FillAsync("jose rodriguez");
        var use = Card(ana).GetByRole(AriaRole.Button, new() { Name = "Usar este contacto: José Rodríguez Solís" });
        await Expect(Card(ana).Locator(".existing")).ToContainTextAsync("nombre parecido");
        await use.ClickAsync();

        await Expect(Card(ana).GetByRole(AriaRole.Heading, new() { Name = "José Rodríguez Solís" })).ToBeVisibleAsync();
        var add = Card(ana).GetByRole(AriaRole.Button, new() { Name = "Agregar" }).Filter(new() { HasText = "José" });
        await add.ClickAsync();
        await Expect(add).ToHaveCountAsync(0);
        await Expect(Card(ana)).ToContainTextAsync("Se agregó");
        ((string?)(await _ana.GetItemsAsync("/api/contacts?phone=61990042")).ShouldHaveSingleItem()["name"])
            .ShouldBe("José Rodríguez Solís");
        anas.Complaints.ShouldBeEmpty();
    }

    private static ILocator Card(IPage page) => page.Locator("cmw-pop-up-card");

    private static ILocator Field(IPage page, string id) => page.Locator($"cmw-contact-form #{id}");

    private async Task ChangeAsync(JsonObject contact, string field, string value)
    {
        var input = new JsonObject();
        foreach (var kept in new[] { "name", "numbers", "document", "email", "fields" })
        {
            if (contact[kept] is { } its)
            {
                input[kept] = its.DeepClone();
            }
        }

        input[field] = value;
        var (status, _) = await _ana.SendJsonAsync(
            HttpMethod.Put, $"/api/contacts/{contact["contactId"]}", input, (string?)contact["etag"]);
        status.ShouldBe(200);
    }
}
