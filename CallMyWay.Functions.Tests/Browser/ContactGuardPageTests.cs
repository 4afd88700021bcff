using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// An administrator decides when people may be called. With <c>CALLMYWAY_DOC_PICTURES=1</c> it also makes the picture of
/// the guide.
/// </summary>
[Collection(DeskTestGroup.Name)]
public sealed class ContactGuardPageTests(BrowserFixture browsers)
{
    [SkippableFact]
    public async Task Hours_Holidays_And_Limits_Are_Decided_And_Another_Administrator_Is_Not_Written_Over()
    {
        browsers.SkipIfMissing();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        using var admin = await host.SignInAsync("admin");
        await using var browser = await browsers.OpenAsync(address: host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/administration");
        await page.GetByRole(AriaRole.Link, new() { Name = "Horarios y límites de contacto" }).ClickAsync();
        var guard = page.Locator("cmw-contact-guard-page");
        await Expect(guard.GetByRole(AriaRole.Region, new() { Name = "Lo que rige ahora" }))
            .ToContainTextAsync("Se llama a cualquier hora.");

        // By the keyboard.
        await guard.GetByLabel("A cualquier hora").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(guard.GetByLabel("Desde las")).ToHaveValueAsync("08:00");
        await guard.GetByRole(AriaRole.Button, new() { Name = "Agregar un horario" }).PressAsync("Enter");
        var saturday = guard.Locator("fieldset.box").Nth(1);
        await Expect(saturday.GetByLabel("Desde las")).ToBeFocusedAsync();
        await saturday.GetByLabel("Hasta las").FillAsync("07:00");
        var sunday = saturday.GetByLabel("domingo", new() { Exact = true });
        await sunday.PressAsync("Space");
        await sunday.PressAsync("Space");
        await Expect(saturday.GetByLabel("sábado", new() { Exact = true })).ToBeCheckedAsync();
        await guard.GetByLabel("No llamar en los feriados de Costa Rica").CheckAsync();
        await guard.GetByLabel("Se trabaja: Navidad").First.PressAsync("Space");
        await guard.GetByRole(AriaRole.Button, new() { Name = "Agregar un día" }).ClickAsync();
        await guard.GetByLabel("Fecha", new() { Exact = true }).FillAsync($"{DateTime.UtcNow.Year + 1}-12-24");
        await guard.GetByLabel("Motivo", new() { Exact = true }).FillAsync("Cierre de fin de año");
        await guard.GetByLabel("Llamadas por día").FillAsync("3");
        await guard.GetByLabel("Llamadas en 7 días").FillAsync("7");
        await guard.GetByLabel("Minutos entre dos llamadas").FillAsync("60");
        await page.Keyboard.PressAsync("Enter");
        await Expect(saturday).ToContainTextAsync("Escriba una hora después de la primera");
        await Axe.ShouldBeFineAsync(page, "a fault beside its field");
        await saturday.GetByLabel("Hasta las").FillAsync("12:00");
        await page.Keyboard.PressAsync("Enter");
        await Expect(guard.GetByRole(AriaRole.Region, new() { Name = "Lo que rige ahora" })).ToContainTextAsync(
            "Se llama de lunes a viernes de 8:00 a. m. a 6:00 p. m. y el sábado de 8:00 a. m. a 12:00 p. m., en la hora "
                + "de la persona.");
        var stored = (await admin.ReadAsync("/api/contact-guard"))!.Value;
        (stored.GetProperty("hours").GetArrayLength(), stored.GetProperty("perDay").GetInt32()).ShouldBe((2, 3));
        stored.GetProperty("holidays").GetProperty("worked").GetArrayLength().ShouldBe(1);
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        await DocPictures.TakeAsync(page, "contact-guard");
        await Axe.ShouldBeFineAsync(page, "the guard");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe.ShouldBeFineAsync(page, "the guard in the dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
        await page.SetViewportSizeAsync(1280, 800);

        // Another administrator is faster.
        await guard.GetByLabel("Llamadas por día").FillAsync("2");
        (await admin.AskAsync(
            HttpMethod.Put, "/api/contact-guard", new { holidays = new { observed = false }, perDay = 5 })).Status
            .ShouldBe(System.Net.HttpStatusCode.OK);
        await page.Keyboard.PressAsync("Enter");
        await Expect(guard.GetByRole(AriaRole.Alert)).ToContainTextAsync("Cambió «Cuántas llamadas».");
        await guard.GetByRole(AriaRole.Button, new() { Name = "Conservar mi versión" }).ClickAsync();
        await Expect(guard.GetByRole(AriaRole.Region, new() { Name = "Lo que rige ahora" }))
            .ToContainTextAsync("como máximo 2 por día y 7 en 7 días");
        (await admin.ReadAsync("/api/contact-guard"))!.Value.GetProperty("hours").GetArrayLength().ShouldBe(2);
    }
}
