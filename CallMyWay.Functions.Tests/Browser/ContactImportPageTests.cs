using System.Text;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>An administrator imports a file on its page, looks at what was refused, and takes it back.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class ContactImportPageTests(BrowserFixture browsers)
{
    private const string File = """
        Nombre;Cédula;Teléfono;Correo;Zona
        Marielos Quirós Solano;1-0456-0789;8701-1001;marielos@example.com;Norte
        Ferretería La Unión;3-101-445566;2701-1002 / 8701-1002;;Sur
        José Rodríguez Solís;1-0400-0100;8888-1234;;Norte
        Sin teléfono claro;2-0333-0444;5,06889E+10;;Sur
        Rosa Mena Ulate;7-0111-0222;8701-1005;rosa@example.com;Norte
        """;

    [SkippableFact]
    public async Task A_File_Is_Looked_At_Mapped_Imported_And_Undone()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        await using var browser = await browsers.OpenAsync(address: host.Address);
        await Axe.AddToAsync(browser.Context);
        await browser.SignInAsync("admin");
        var page = await browser.TabAsync();
        await page.GotoAsync("/contact-imports");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Importar contactos");
        await Axe.ShouldBeFineAsync(page, "the page of imports");

        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "clientes.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes(File),
        });

        var table = page.Locator("cmw-preview-table");
        await Expect(table.Locator("tbody tr")).ToHaveCountAsync(5);
        await Expect(table.Locator("tbody tr").Nth(2)).ToContainTextAsync("Ya está");
        await Expect(table.Locator("tbody tr").Nth(3)).ToContainTextAsync("perdió cifras");
        await Expect(page.Locator("cmw-new-import")).ToContainTextAsync("5 filas · UTF-8 · separado por «;»");
        var zone = page.GetByLabel("Campo de la columna Zona");
        await Expect(zone).ToHaveValueAsync("");
        await zone.SelectOptionAsync("field.Zona");
        await Expect(zone).ToHaveValueAsync("field.Zona");
        // The table is pale until the answer to the changed mapping is there.
        await Expect(page.Locator("cmw-new-import .pale")).ToHaveCountAsync(0);
        await DocPictures.TakeAsync(page, "contact-imports");
        await Axe.ShouldBeFineAsync(page, "the preview");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe.ShouldBeFineAsync(page, "the preview in the dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(390, 800);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);

        await page.GetByRole(AriaRole.Button, new() { Name = "Importar 5 filas" }).ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("clientes.csv");
        var result = page.Locator("cmw-import-page");
        await Expect(result).ToContainTextAsync("Terminada");
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Descargar filas rechazadas" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("filas-rechazadas.csv");
        (await System.IO.File.ReadAllTextAsync(await download.PathAsync())).ShouldContain("5;Teléfono: La hoja de cálculo");
        await page.SetViewportSizeAsync(1280, 800);
        await DocPictures.TakeAsync(page, "contact-import");
        await Axe.ShouldBeFineAsync(page, "the result");

        await page.GetByRole(AriaRole.Button, new() { Name = "Deshacer la importación" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sí, deshacer" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(result).ToContainTextAsync("Se deshicieron 3 contactos.");
        await Expect(result).ToContainTextAsync("Deshecha");
        await page.GetByRole(AriaRole.Link, new() { Name = "Todas las importaciones" }).ClickAsync();
        var earlier = page.Locator("cmw-imports-page .rows > li");
        await Expect(earlier).ToHaveCountAsync(1);
        await Expect(earlier).ToContainTextAsync("5 filas · 3 contactos nuevos · 1 ya estaba · 1 fila rechazada");

        // A table that was copied from a spreadsheet.
        await page.Locator("#table").FillAsync("Rosa Mena\t8701-2001\nLeo Mena\t8701-2002");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ver la tabla" }).ClickAsync();
        await Expect(page.GetByLabel("La primera fila tiene los títulos")).Not.ToBeCheckedAsync();
        await page.GetByLabel("Campo de la columna Columna 1").SelectOptionAsync("name");
        await page.GetByLabel("Campo de la columna Columna 2").SelectOptionAsync("phone");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Importar 2 filas" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Tabla pegada");
        await Expect(result).ToContainTextAsync("Terminada");
    }
}
