using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// An administrator looks up who changed what. With <c>CALLMYWAY_DOC_PICTURES=1</c> it also makes the picture of the
/// guide.
/// </summary>
[Collection(BrowserTestGroup.Name)]
public sealed class AuditPageTests(BrowserFixture browsers) : IAsyncLifetime
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
    public async Task A_Change_Is_Found_By_The_Filter_And_Told_In_Words_And_Exported()
    {
        await PutAsync("/api/mappings/1009", new { agentId = "ana", label = "Recepción" });
        await PutAsync("/api/mappings/1009", new { agentId = "luis", label = "Recepción" });
        await PutAsync("/api/agents/laura", new { name = "Laura Vega", roles = new[] { "agent" }, team = "cobros" });
        await PutAsync("/api/retention", new { callDays = 730, callAction = "anonymize" });
        await using var admins = await browsers.OpenAsync(address: _host.Address);
        await Axe.AddToAsync(admins.Context);
        await admins.SignInAsync("admin");
        var page = await admins.TabAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Administración" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Auditoría" }).ClickAsync();
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        var entries = page.Locator("cmw-audit-entry");
        await Expect(entries).ToHaveCountAsync(4);
        await Expect(entries.First).ToContainTextAsync("Cambió cuánto se conservan los datos");

        await page.GetByLabel("Qué", new() { Exact = true }).SelectOptionAsync("mapping");
        await Expect(entries).ToHaveCountAsync(2);
        await Expect(entries.First).ToContainTextAsync("Cambió un teléfono");
        await Expect(entries.First.Locator("del")).ToContainTextAsync("Ana Solano Vargas");
        await Expect(entries.First.Locator("ins")).ToContainTextAsync("Luis Mora Jiménez");
        new Uri(page.Url).Query.ShouldBe("?what=mapping");
        await Axe.ShouldBeFineAsync(page, "the audit");

        // By the keyboard: all data of an entry.
        await entries.First.GetByText("Datos completos").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(entries.First.Locator("pre")).ToContainTextAsync("\"agentId\": \"luis\"");

        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Exportar CSV" }).ClickAsync());
        (await File.ReadAllTextAsync((await download.PathAsync())!)).ShouldContain("mapping.changed;1009");

        await page.GoBackAsync();
        await Expect(entries).ToHaveCountAsync(5);
        await Expect(entries.First).ToContainTextAsync("Exportó la auditoría");
        await DocPictures.TakeAsync(page, "auditoria");

        await page.SetViewportSizeAsync(390, 800);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.GotoAsync("/audit?id=nobody");
        await Expect(page.GetByText("Ninguna anotación cumple estos filtros.")).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
        await Axe.ShouldBeFineAsync(page, "an empty audit, narrow and dark");
        admins.Complaints.ShouldBeEmpty();
    }

    private async Task PutAsync(string path, object body)
    {
        var (status, answer) = await _admin.AskAsync(HttpMethod.Put, path, body);
        ((int)status).ShouldBeInRange(200, 299, $"{path}: {answer}");
    }
}
