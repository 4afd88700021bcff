using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.SignIn;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// From an empty installation to the first real call on a screen, with the simulator as the operator: by what the
/// console shows alone.
/// </summary>
[Collection(DeskTestGroup.Name)]
public sealed class FirstStepsWalkTests(BrowserFixture browsers) : IAsyncLifetime
{
    private const string Password = "una clave larga y rara";

    private const string Mobile = "88887777";

    private ClickDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _desk = await ClickDesk.StartWithAsync(
            TestStorage.Sqlite,
            new()
            {
                Demo = false,
                Settings =
                [
                    "--CallMyWay:Accounts:0:Username", "8000001",
                    "--CallMyWay:Accounts:0:Password", "demo",
                    "--Webhook:Keys:0", "an-office-key-000000000000",
                ],
            });
        // The operator knows nothing of this office yet.
        await _desk.SetAsync("webhook", new { webhook = "http://127.0.0.1:9/" });
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [SkippableFact]
    public async Task A_New_Administrator_Comes_From_The_Link_To_The_First_Call()
    {
        await using var browser = await browsers.OpenAsync(address: _desk.Host.Address);
        await Axe.AddToAsync(browser.Context);
        var page = await browser.TabAsync();
        await SetUpAsync(page);

        // The account and its password, by one real request.
        await Expect(Step(page, "account")).ToContainTextAsync("Pendiente");
        await Axe.ShouldBeFineAsync(page, "the first steps");
        await page.SetViewportSizeAsync(1280, 800);
        await Button(page, "Probar la cuenta 8000001").ClickAsync();
        await Expect(Step(page, "account")).ToContainTextAsync("El operador respondió: la cuenta funciona");
        await Expect(Step(page, "account")).ToContainTextAsync("Listo");

        // The address is given to the operator, and a phone rings that is nobody's.
        await Expect(Step(page, "webhook")).ToContainTextAsync("Último aviso: ninguno todavía");
        await Button(page, "Copiar la dirección de la clave 1").ClickAsync();
        var address = await page.GetByLabel("Dirección para el operador: es un secreto").InputValueAsync();
        await _desk.SetAsync("webhook", new { webhook = address });
        await CallAsync("walk-1");
        await Expect(Step(page, "webhook")).ToContainTextAsync("Listo");

        // A colleague; the phone that just rang is the administrator's own.
        await page.GetByLabel("Nombre de la persona").FillAsync("Ana Solís");
        await page.GetByLabel("Usuario, en minúsculas").FillAsync("ana");
        await Button(page, "Agregar agente").ClickAsync();
        await Expect(Step(page, "people")).ToContainTextAsync("Listo");
        // Where she is offered too, the buttons stay in their places.
        await Expect(Button(page, "El teléfono 1001 es de Ana Solís")).ToBeVisibleAsync();
        await Button(page, "El teléfono 1001 es de Eva Mora").ClickAsync();
        await Expect(Step(page, "phones")).ToContainTextAsync("1001 es de Eva Mora");

        await page.GetByLabel("Nombre del contacto").FillAsync("Rosa Mora Jiménez");
        await page.GetByLabel("Su teléfono", new() { Exact = true }).FillAsync(Mobile);
        await Button(page, "Agregar contacto").ClickAsync();
        await Expect(Step(page, "contacts")).ToContainTextAsync("Listo");
        await Expect(Step(page, "call")).ToContainTextAsync("Pendiente", new() { Timeout = 60_000 });
        await Axe.ShouldBeFineAsync(page, "the first steps, nearly done");
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        await DocPictures.TakeAsync(page, "primeros-pasos");
        await page.SetViewportSizeAsync(1280, 800);

        await CallAsync("walk-2");
        await Expect(page.GetByText("Todo está listo")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Ir al escritorio" }).First.ClickAsync();
        await Expect(page.Locator("cmw-pop-up-card")
            .GetByRole(AriaRole.Heading, new() { Name = "Rosa Mora Jiménez" })).ToBeVisibleAsync();

        // Who comes back has their desk, and finds the list under the administration.
        await page.GotoAsync("/");
        await Expect(page.Locator("cmw-desk-page")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Administración" }).ClickAsync();
        await Axe.ShouldBeFineAsync(page, "the administration");
        await DocPictures.TakeAsync(page, "administracion");
        await page.GetByRole(AriaRole.Link, new() { Name = "Primeros pasos" }).ClickAsync();
        await Expect(page.Locator("cmw-first-steps-page .good")).ToHaveCountAsync(6);
        browser.Complaints.ShouldBeEmpty();
    }

    private async Task SetUpAsync(IPage page)
    {
        await page.GotoAsync($"/setup#{_desk.Host.Get<Setup>().Token}");
        await page.ReloadAsync();
        await page.GetByLabel("Su nombre").FillAsync("Eva Mora");
        await page.GetByLabel("Usuario").FillAsync("eva");
        await page.GetByLabel("Contraseña", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("Repita la contraseña").FillAsync(Password);
        await Button(page, "Crear administrador").ClickAsync();
        var steps = page.GetByRole(AriaRole.Heading, new() { Name = "Primeros pasos" });
        var signIn = Button(page, "Iniciar sesión");
        await Expect(steps.Or(signIn)).ToBeVisibleAsync();
        if (await signIn.IsVisibleAsync())
        {
            await page.GetByLabel("Usuario").FillAsync("eva");
            await page.GetByLabel("Contraseña").FillAsync(Password);
            await signIn.ClickAsync();
        }

        await Expect(steps).ToBeVisibleAsync();
    }

    // Somebody calls the phone 1001 from their mobile, and it rings.
    private Task CallAsync(string callId) => _desk.PostAsync(
        "calls", new { from = Mobile, to = "1001", type = "in", ringSeconds = 300, talkSeconds = 0, callId });

    private static ILocator Step(IPage page, string step) => page.Locator($"cmw-first-steps-page li#{step}");

    private static ILocator Button(IPage page, string words) =>
        page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true });
}
