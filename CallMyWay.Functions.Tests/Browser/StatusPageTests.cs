using System.Text;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// An administrator sees what is wrong, and puts it right. With <c>CALLMYWAY_DOC_PICTURES=1</c> it also makes the
/// picture of the guide.
/// </summary>
[Collection(BrowserTestGroup.Name)]
public sealed class StatusPageTests(BrowserFixture browsers) : IAsyncLifetime
{
    private TestHost _host = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        // Of two accounts nobody knows whose a notification is that names neither.
        _host = await TestHost.StartAsync(TestStorage.Sqlite, new()
        {
            Settings =
            [
                "--CallMyWay:Accounts:0:Username", DemoHost.Account, "--CallMyWay:Accounts:1:Username", "8000002",
                "--Queues:RetryDelay", "00:00:00",
            ],
        });
        _admin = await _host.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task What_Is_Wrong_Comes_First_And_Messages_Are_Retried_By_Keyboard()
    {
        await NotifyAsync("""{"action":"callStart","data":{"callid":"again-1","account_id":"foreign","endpoint_id":"5005","ani":"88881234","dnis":"5005","type":"in"}}""");
        await _host.Get<IQueue>().SendAsync(StorageNames.CallEvents, "no notification", null, default);
        await Eventually.TrueAsync(async () => (await _admin.ItemsAsync("/api/poison")).Count == 1
            && (await _admin.ItemsAsync("/api/refused-events")).Count == 1);
        (await _admin.SendJsonAsync(
            HttpMethod.Put, "/api/mappings/5005", new { agentId = "ana", account = DemoHost.Account })).Status.ShouldBe(201);
        await using var admins = await browsers.OpenAsync(address: _host.Address);
        await Axe.AddToAsync(admins.Context);
        await admins.SignInAsync("admin");
        var page = await admins.TabAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Administración" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Estado del sistema", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToBeFocusedAsync();

        var summary = page.GetByRole(AriaRole.Region, new() { Name = "Resumen" });
        await Expect(summary).ToContainTextAsync("Algo no funciona");
        await Expect(summary.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("se apartaron");
        var refused = page.GetByRole(AriaRole.Region, new() { Name = "Avisos rechazados" });
        await Expect(refused).ToContainTextAsync("No se sabe de qué cuenta es");
        await DocPictures.TakeAsync(page, "estado");
        await Axe.ShouldBeFineAsync(page, "the status");

        await refused.GetByRole(AriaRole.Button, new() { Name = "Reintentar" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(refused).ToContainTextAsync("Se envió otra vez.");
        await Eventually.TrueAsync(async () => await _admin.ReadAsync("/api/calls/again-1") is not null);

        await page.SetViewportSizeAsync(390, 800);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var held = page.GetByRole(AriaRole.Region, new() { Name = "Mensajes apartados" });
        await held.GetByRole(AriaRole.Button, new() { Name = "Borrar" }).PressAsync("Enter");
        await Expect(held.GetByRole(AriaRole.Button, new() { Name = "Sí, borrar" })).ToBeFocusedAsync();
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
        await Axe.ShouldBeFineAsync(page, "the status, narrow and dark");
        await page.Keyboard.PressAsync("Enter");
        await Expect(held.GetByRole(AriaRole.Status)).ToBeFocusedAsync();
        await Expect(held.GetByRole(AriaRole.Status)).ToHaveTextAsync("Se borró.");
        await Expect(held).ToContainTextAsync("No queda ninguno.");
        await Expect(summary).Not.ToContainTextAsync("Algo no funciona");
        (await _admin.ItemsAsync("/api/poison")).ShouldBeEmpty();
        admins.Complaints.ShouldBeEmpty();
    }

    private async Task NotifyAsync(string body)
    {
        using var nobody = _host.Anonymous();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        (await nobody.PostAsync(_host.Webhook, content)).IsSuccessStatusCode.ShouldBeTrue();
    }
}
