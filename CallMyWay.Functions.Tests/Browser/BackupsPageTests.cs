using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>An administrator makes a backup.</summary>
[Collection(DeskTestGroup.Name)]
public sealed class BackupsPageTests(BrowserFixture browsers)
{
    [SkippableFact]
    public async Task A_Backup_Is_Made_By_A_Press_And_Is_In_The_List()
    {
        browsers.SkipIfMissing();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        await using var browser = await browsers.OpenAsync(address: host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/administration");
        await page.GetByRole(AriaRole.Link, new() { Name = "Respaldos" }).ClickAsync();
        await Expect(page.Locator("cmw-backups-page")).ToContainTextAsync("Todavía no hay ninguno");

        await page.GetByRole(AriaRole.Button, new() { Name = "Hacer un respaldo ahora" }).ClickAsync();

        await Expect(page.Locator("cmw-backups-page").GetByRole(AriaRole.Status)).ToContainTextAsync("El respaldo está listo.");
        await Expect(page.Locator("cmw-backups-page tbody tr")).ToHaveCountAsync(1);
        await Axe.ShouldBeFineAsync(page, "the backups");
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
    }
}
