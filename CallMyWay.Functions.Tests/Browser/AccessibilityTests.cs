using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>axe-core finds no serious fault: in both languages, light and dark, on a desktop and on a phone.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class AccessibilityTests(BrowserFixture browsers) : IAsyncLifetime
{
    public Task InitializeAsync() => browsers.ClearDeskAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    // Each language and each scheme in the plain run; the other pairs in the long one.
    [SkippableTheory]
    [InlineData("es", ColorScheme.Light, true)]
    [InlineData("es", ColorScheme.Dark, false)]
    [InlineData("en", ColorScheme.Light, false)]
    [InlineData("en", ColorScheme.Dark, true)]
    public async Task No_Page_Has_A_Serious_Fault(string language, ColorScheme scheme, bool isPlain)
    {
        Skip.IfNot(isPlain || TestLength.IsWhole, "The plain run tests another pair of language and scheme.");
        await using var browser = await browsers.OpenAsync(
            new() { ColorScheme = scheme, Locale = language, ReducedMotion = ReducedMotion.Reduce });
        await Axe.AddToAsync(browser.Context);
        await browser.Context.AddInitScriptAsync($"localStorage.setItem('cmw.language', '{language}')");

        var page = await browser.TabAsync();
        await Expect(page.Locator("#agent")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "sign-in");

        await browser.SignInAsync("ana");
        await page.ReloadAsync();
        await Expect(page.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "an empty desk");

        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("cmw-shortcuts dialog")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "the shortcuts");
        await page.Keyboard.PressAsync("Escape");
        // On a phone they are in the header's menu.
        await page.Locator("cmw-header .toggle").ClickAsync();
        await Axe.ShouldBeFineAsync(page, "the header's menu");
        await page.Locator("cmw-alerts-menu button").ClickAsync();
        await Expect(page.Locator("cmw-alerts-menu fieldset")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "the alerts");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("cmw-alerts-menu fieldset")).ToBeHiddenAsync();
        await page.Locator("cmw-dial-box > .box > button").ClickAsync();
        await page.Locator("cmw-dial-box [role=combobox]").FillAsync("8888 1234");
        await Expect(page.Locator("cmw-dial-box [role=option]")).ToHaveCountAsync(2);
        await Axe.ShouldBeFineAsync(page, "the dial pad");
        await page.Locator("cmw-dial-box [role=option]").Nth(1).ClickAsync();
        await Expect(page.Locator("cmw-contact-panel cmw-contact-file dl")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "a contact that was found");
        await page.Locator("cmw-contact-panel h3").FocusAsync();
        await page.Keyboard.PressAsync("e");
        await page.Locator("cmw-contact-form #name").FillAsync("Emily Carter");
        await Expect(page.Locator("cmw-contact-form .existing li")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "a contact that is changed, with somebody who exists already");
        await page.Locator("cmw-contact-form #number-0").FillAsync("");
        await page.Locator("cmw-contact-form #name").FillAsync("");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("cmw-contact-form [aria-invalid=true]")).ToBeFocusedAsync();
        await Axe.ShouldBeFineAsync(page, "a contact that can't be saved");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("cmw-contact-form")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");

        var run = $"{language}-{scheme}";
        await browsers.Demo.StartAsync($"axe-{run}-1");
        await browsers.Demo.StartAsync($"axe-{run}-2", ("ani", "22223344"));
        await browsers.Demo.StartAsync($"axe-{run}-3", ("ani", "anonymous"));
        await browsers.Demo.EndAsync($"axe-{run}-4", ("ani", "61990042"));
        await browsers.Demo.EndAsync($"axe-{run}-5", ("ani", "61990043"));
        var lines = page.Locator("cmw-pop-up-list .line .open");
        await Expect(lines).ToHaveCountAsync(4);
        await Expect(page.Locator("cmw-pop-up-card textarea")).ToHaveCountAsync(1);
        await Axe.ShouldBeFineAsync(page, "a full desk");

        // A card in the place of its line, and the question before all missed calls are put away.
        await lines.Filter(new() { HasText = "6199-0042" }).ClickAsync();
        await Expect(page.Locator("cmw-pop-up-card textarea")).ToHaveCountAsync(2);
        await page.Locator("cmw-pop-up-list .below .all").ClickAsync();
        await Expect(page.Locator("cmw-pop-up-list .question")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "a line that was opened, and a question");
        await page.Locator("cmw-pop-up-list .question button:not(.primary)").ClickAsync();
        await page.SetViewportSizeAsync(1280, 500);
        await page.Locator("cmw-pop-up-list").EvaluateAsync("list => list.scrollTo(0, 10_000)");
        await Expect(page.Locator("cmw-pop-up-list .strip button")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "a call that goes on out of sight");
        browser.Complaints.ShouldBeEmpty();
    }
}
