using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>axe-core finds nothing serious: in both languages, light and dark, on a desk and on a phone.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class AccessibilityTests(BrowserFixture browsers) : IAsyncLifetime
{
    public Task InitializeAsync() => browsers.ClearDeskAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableTheory]
    [InlineData("es", ColorScheme.Light)]
    [InlineData("es", ColorScheme.Dark)]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("en", ColorScheme.Dark)]
    public async Task No_Page_Has_A_Serious_Fault(string language, ColorScheme scheme)
    {
        await using var browser = await browsers.OpenAsync(new() { ColorScheme = scheme, Locale = language, ReducedMotion = ReducedMotion.Reduce });
        var axe = Axe();
        Skip.If(axe is null, "axe-core is not installed: run npm ci in web/.");
        // As a script of the browser's own it is not under the page's policy.
        await browser.Context.AddInitScriptAsync(axe);
        await browser.Context.AddInitScriptAsync($"localStorage.setItem('cmw.language', '{language}')");

        var page = await browser.TabAsync();
        await Expect(page.Locator("#agent")).ToBeVisibleAsync();
        await ShouldBeFineAsync(page, "sign-in");

        await browser.SignInAsync("ana");
        await page.ReloadAsync();
        await Expect(page.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        await ShouldBeFineAsync(page, "an empty desk");

        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("cmw-shortcuts dialog")).ToBeVisibleAsync();
        await ShouldBeFineAsync(page, "the shortcuts");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("cmw-alerts-menu button").ClickAsync();
        await ShouldBeFineAsync(page, "the alerts");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("cmw-dial-box > .box > button").ClickAsync();
        await page.Locator("cmw-dial-box [role=combobox]").FillAsync("8888 1234");
        await Expect(page.Locator("cmw-dial-box [role=option]")).ToHaveCountAsync(2);
        await ShouldBeFineAsync(page, "the dial pad");
        await page.Locator("cmw-dial-box [role=option]").Nth(1).ClickAsync();
        await Expect(page.Locator("cmw-contact-panel")).ToBeVisibleAsync();
        await ShouldBeFineAsync(page, "a contact that was found");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");

        var run = $"{language}-{scheme}";
        await browsers.Demo.StartAsync($"axe-{run}-1");
        await browsers.Demo.StartAsync($"axe-{run}-2", ("ani", "22223344"));
        await browsers.Demo.StartAsync($"axe-{run}-3", ("ani", "anonymous"));
        await browsers.Demo.EndAsync($"axe-{run}-4", ("ani", "61990042"));
        await Expect(page.Locator("cmw-pop-up-card")).ToHaveCountAsync(4);
        await ShouldBeFineAsync(page, "a full desk");
        browser.Complaints.ShouldBeEmpty();
    }

    private static async Task ShouldBeFineAsync(IPage page, string what)
    {
        foreach (var (width, height) in new[] { (1280, 800), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target.flat()).join(' | ')}`)");
            found.EnumerateArray().Select(fault => fault.GetString()).ShouldBeEmpty($"{what}, {width} wide");
            (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue($"{what}, {width} wide, scrolls sideways");
        }
    }

    // The tests run from a folder under the repository, wherever that is.
    private static string? Axe()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "web", "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(file))
            {
                return File.ReadAllText(file);
            }
        }

        return null;
    }
}
