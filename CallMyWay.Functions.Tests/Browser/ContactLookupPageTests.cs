using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// An administrator has a CRM asked who calls. With <c>CALLMYWAY_DOC_PICTURES=1</c> it makes the picture of the guide.
/// </summary>
[Collection(DeskTestGroup.Name)]
public sealed class ContactLookupPageTests(BrowserFixture browsers)
{
    [SkippableFact]
    public async Task A_Crm_Is_Entered_Tested_And_Seen_To_Fail()
    {
        browsers.SkipIfMissing();
        await using var crm = await EventReceiver.StartAsync();
        crm.Answer = (_, context) => context.Response.WriteAsJsonAsync(new
        {
            contacts = new[]
            {
                new
                {
                    id = "77",
                    name = "Irene Mata Solís",
                    numbers = new[] { "8735-0001", "2222-0001" },
                    link = "https://crm.example.com/77",
                },
            },
        });
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { Settings = ["--ContactLookup:AllowPrivateAddresses", "true"] });
        await using var browser = await browsers.OpenAsync(address: host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/administration");
        await page.GetByRole(AriaRole.Link, new() { Name = "Consulta al CRM en cada llamada" }).ClickAsync();

        var address = page.GetByLabel("Dirección de su CRM");
        await address.FillAsync("crm");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("cmw-lookup-form .field-error").First)
            .ToContainTextAsync("Escriba la dirección completa");
        await Expect(address).ToBeFocusedAsync();
        await Axe.ShouldBeFineAsync(page, "the form of the look-up");
        await address.FillAsync(crm.Url);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Secreto", new() { Exact = true })).ToHaveValueAsync(
            new System.Text.RegularExpressions.Regex("^whsec_"));
        await Axe.ShouldBeFineAsync(page, "the secret of the look-up");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ya lo copié" }).ClickAsync();

        await page.GetByLabel("Teléfono por el que se pregunta").FillAsync("8735-0001");
        await page.Keyboard.PressAsync("Enter");
        var answer = page.Locator("cmw-lookup-test").GetByRole(AriaRole.Status);
        await Expect(answer).ToContainTextAsync("Irene Mata Solís");
        await Expect(answer).ToContainTextAsync("El CRM contestó en");
        await Axe.ShouldBeFineAsync(page, "what the CRM answered");
        await page.EvaluateAsync("() => scrollTo(0, document.body.scrollHeight)");
        await DocPictures.TakeAsync(page, "contact-lookup");

        // A call whose answer is of no use: the page says so, and so does the status.
        crm.Answer = (_, context) => context.Response.WriteAsync("<html>sign in</html>");
        using var ana = await host.SignInAsync("ana");
        await host.RingAsync(ana, "87359999");
        await Eventually.TrueAsync(() => Task.FromResult(crm.Received.Count == 2));
        await Eventually.TrueAsync(async () =>
        {
            await page.ReloadAsync();
            return await page.GetByText("no es el JSON esperado").CountAsync() == 1;
        });
        await Expect(page.Locator(".badge")).ToHaveTextAsync("El CRM no contesta bien");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe.ShouldBeFineAsync(page, "a failing look-up in the dark");
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
        await page.GotoAsync("/status");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Consulta al CRM" }))
            .ToContainTextAsync("no es el JSON esperado");
        await Axe.ShouldBeFineAsync(page, "the status of the look-up");
    }
}
