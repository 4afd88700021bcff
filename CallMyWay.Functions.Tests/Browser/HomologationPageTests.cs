using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>An administrator goes through a case of the homologation, and prints the report.</summary>
[Collection(DeskTestGroup.Name)]
public sealed class HomologationPageTests(BrowserFixture browsers)
{
    [SkippableFact]
    public async Task A_Case_Is_Decided_By_Hand_Nothing_Is_Dialled_Unconfirmed_And_The_Report_Has_Both()
    {
        browsers.SkipIfMissing();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        await using var browser = await browsers.OpenAsync(address: host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/administration");
        await page.GetByRole(AriaRole.Link, new() { Name = "Homologación" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Comenzar una homologación" }).ClickAsync();

        var address = page.Locator("cmw-homologation-case", new() { HasText = "Dirección de salida" });
        await address.GetByLabel("Dirección IP habilitada").FillAsync("203.0.113.10");
        await address.GetByLabel("Nota (opcional)").FillAsync("La confirmó el operador.");
        await address.GetByRole(AriaRole.Button, new() { Name = "Pasó" }).ClickAsync();
        await Expect(address).ToContainTextAsync("Nota: La confirmó el operador.");
        await Expect(page.Locator("cmw-homologation-run-page")).ToContainTextAsync("1 de 31");

        var click = page.Locator("cmw-homologation-case", new() { HasText = "primero el agente" }).First;
        await click.GetByLabel("Número al que se llama").FillAsync("88887777");
        await click.GetByRole(AriaRole.Button, new() { Name = "Llamar" }).ClickAsync();
        await Expect(click).ToContainTextAsync("Confirme que se llamará a esos teléfonos.");
        await Axe.ShouldBeFineAsync(page, "the homologation");
        await DocPictures.TakeAsync(page, "homologacion");
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);

        // An answer becomes a setting by a press, and is given back by another one.
        await page.SetViewportSizeAsync(1280, 800);
        var format = page.Locator("cmw-homologation-case", new() { HasText = "Forma del número que se marca" });
        await format.GetByLabel("Forma con la que timbró").SelectOptionAsync("e164");
        await format.GetByRole(AriaRole.Button, new() { Name = "Pasó" }).ClickAsync();
        var pace = page.Locator("cmw-homologation-case", new() { HasText = "A qué se aplican los 4 segundos" });
        await pace.GetByLabel("Los 4 segundos valen por").SelectOptionAsync("address");
        await pace.GetByRole(AriaRole.Button, new() { Name = "Pasó" }).ClickAsync();
        var settings = page.Locator("cmw-homologation-settings");
        await Expect(settings).ToContainTextAsync("CallMyWay__PaceBy=address");
        await Expect(settings).ToContainTextAsync("Ahora: national · Según la respuesta: e164");
        await settings.EvaluateAsync("part => part.scrollIntoView({ block: 'center' })");
        await DocPictures.TakeAsync(page, "ajustes-homologacion");
        await settings.GetByRole(AriaRole.Button, new() { Name = "Tomar" }).ClickAsync();
        await Expect(settings).ToContainTextAsync("Ajuste tomado.");
        host.Get<Accounts>().Home.DialFormat.ShouldBe("e164");
        await Axe.ShouldBeFineAsync(page, "the settings of the homologation");
        await settings.GetByRole(AriaRole.Button, new() { Name = "Devolver" }).ClickAsync();
        await Expect(settings).ToContainTextAsync("El ajuste vuelve a su valor inicial.");
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);

        await page.GetByRole(AriaRole.Link, new() { Name = "Informe para firmar" }).ClickAsync();
        var report = page.Locator("cmw-homologation-report-page");
        await Expect(report).ToContainTextAsync("31 pruebas: 3 pasaron, 0 fallaron");
        await Expect(report).ToContainTextAsync("203.0.113.10");
        await Expect(report).ToContainTextAsync("Puntos abiertos para el operador");
        await Axe.ShouldBeFineAsync(page, "the report");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(report.GetByRole(AriaRole.Button, new() { Name = "Imprimir o guardar como PDF" })).ToBeHiddenAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });

        // Another run, beside the first one.
        await page.SetViewportSizeAsync(1280, 800);
        await page.GotoAsync("/homologation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Comenzar una homologación" }).ClickAsync();
        await Expect(page.Locator("cmw-homologation-run-page")).ToContainTextAsync("0 de 31");
        await page.GotoAsync("/homologation");
        await page.GetByRole(AriaRole.Link, new() { Name = "con la anterior de la cuenta" }).ClickAsync();
        var comparison = page.Locator("cmw-homologation-comparison-page");
        await Expect(comparison.GetByRole(AriaRole.Row, new() { Name = "Dirección de salida" }))
            .ToContainTextAsync("Sin decidir en una");
        await Axe.ShouldBeFineAsync(page, "two runs");
        await DocPictures.TakeAsync(page, "comparar-homologaciones");
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(390);
    }
}
