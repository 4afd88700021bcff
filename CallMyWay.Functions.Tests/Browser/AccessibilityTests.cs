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

    // The two tests together have each language and each scheme in the plain run; the other pairs are in the long one.
    [SkippableTheory]
    [InlineData("es", ColorScheme.Light, true)]
    [InlineData("es", ColorScheme.Dark, false)]
    [InlineData("en", ColorScheme.Light, false)]
    [InlineData("en", ColorScheme.Dark, false)]
    public async Task No_Page_Has_A_Serious_Fault(string language, ColorScheme scheme, bool isPlain)
    {
        TestLength.SkipUnless(isPlain);
        await using var browser = await browsers.OpenAsync(
            new() { ColorScheme = scheme, Locale = language });
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
        foreach (var number in await page.Locator("cmw-contact-form input[id^=number-]").AllAsync())
        {
            await number.FillAsync("");
        }

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

    [SkippableTheory]
    [InlineData("es", ColorScheme.Light, false)]
    [InlineData("es", ColorScheme.Dark, false)]
    [InlineData("en", ColorScheme.Light, false)]
    [InlineData("en", ColorScheme.Dark, true)]
    public async Task No_State_Of_The_Work_On_A_Call_Has_A_Serious_Fault(
        string language, ColorScheme scheme, bool isPlain)
    {
        TestLength.SkipUnless(isPlain);
        browsers.SkipIfMissing();
        var (host, ana) = (browsers.Demo.Host, browsers.Demo.Ana);
        await host.RingAsync(ana, "22113300", action: "callEnd");
        await TalkedAsync("22113301", new
        {
            outcome = "promise-to-pay",
            promise = new { amount = 125000, currency = "CRC", dueAt = DateTimeOffset.UtcNow.AddMinutes(1) },
        });
        await TalkedAsync("22113302", new
        {
            outcome = "call-back",
            followUp = new { dueAt = DateTimeOffset.UtcNow.AddMinutes(1), note = "Enviar el estado de cuenta" },
        });
        await TalkedAsync("22113303", null);
        await browsers.ClearDeskAsync();

        await using var browser = await browsers.OpenAsync(
            new() { ColorScheme = scheme, Locale = language });
        await Axe.AddToAsync(browser.Context);
        await browser.Context.AddInitScriptAsync($"localStorage.setItem('cmw.language', '{language}')");
        var page = await browser.DeskAsync("ana");
        await page.Keyboard.PressAsync("h");
        foreach (var kind in new[] { "promise", "followUp", "missed", "undocumented" })
        {
            await Expect(page.Locator($"cmw-work-list li.{kind}").First).ToBeVisibleAsync();
        }

        await page.Locator("cmw-work-list li.promise .way[aria-expanded]").First.ClickAsync();
        await Expect(page.Locator("cmw-work-list #amount")).ToBeFocusedAsync();
        await Axe.ShouldBeFineAsync(page, "a list of today with all kinds");

        // A wrap-up with days that are chosen by a press, and what is wrong in it.
        await host.RingAsync(ana, "88881234", connected: true);
        var card = page.Locator("cmw-pop-up-card");
        await Expect(card.Locator("cmw-contact-file dl")).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Radio).Nth(1).CheckAsync();
        await Expect(card.Locator(".soon")).ToHaveCountAsync(1);
        await card.Locator(".save").ClickAsync();
        await Expect(card.Locator("[aria-invalid=true]").First).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "a promise that is not filled in");
        await card.Locator(".done").ClickAsync();
        await Expect(card.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "the question whether to save");
        await page.Keyboard.PressAsync("d");
        await Expect(card).ToHaveCountAsync(0);

        var saved = await host.RingAsync(ana, "88881234", connected: true);
        await host.RingAsync(ana, "88881234", action: "callEnd", callId: saved, connected: true);
        // By keys: a click right after a card has gone would be taken for the second half of a double click.
        await Expect(card.GetByRole(AriaRole.Radio).First).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("c");
        await page.Keyboard.PressAsync("1");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("cmw-save-notice .notice")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "the notice of a save");
        browser.Complaints.ShouldBeEmpty();

        async Task TalkedAsync(string number, object? wrapUp)
        {
            var callId = await host.RingAsync(ana, number, connected: true);
            await host.RingAsync(ana, number, action: "callEnd", callId: callId, connected: true);
            if (wrapUp is not null)
            {
                (await ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", wrapUp)).Status.ShouldBe(200);
            }
        }
    }
}
