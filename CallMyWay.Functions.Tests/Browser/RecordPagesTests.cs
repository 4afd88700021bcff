using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Tests.CallRecords;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>An administrator goes from a month to a day to a call and its record.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class RecordPagesTests(BrowserFixture browsers) : IAsyncLifetime
{
    private static readonly DateTimeOffset At = DateTimeOffset.UtcNow.AddMinutes(-11);

    private RecordDesk _desk = null!;

    public async Task InitializeAsync() => _desk = await RecordDesk.StartAsync(TestStorage.Sqlite);

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_Month_Leads_To_A_Day_To_A_Call_By_Keyboard(ColorScheme scheme)
    {
        TestLength.SkipUnless(scheme == ColorScheme.Light);
        await _desk.CallAsync(new
        {
            from = "88881234",
            to = "1001",
            type = "in",
            ringSeconds = 2,
            talkSeconds = 65,
            at = At,
            notify = false,
        });
        await using var admins = await browsers.OpenAsync(
            new() { ColorScheme = scheme }, address: _desk.Host.Address);
        await Axe.AddToAsync(admins.Context);
        await admins.SignInAsync("admin");
        var page = await admins.TabAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Administración" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Conciliación", Exact = true }).ClickAsync();
        await Expect(Title(page, "Conciliación de")).ToBeFocusedAsync();

        var account = _desk.Host.Get<Accounts>().Home;
        var local = TimeZoneInfo.ConvertTime(At, account.TimeZone);
        var month = $"/reconciliation/{account.Username}/{local:yyyy-MM}";
        // Just after midnight the call was yesterday.
        await _desk.Host.Get<DayStore>().PutNextAsync(account.Username, DateOnly.FromDateTime(local.Date), default);
        await page.GotoAsync(month);
        var day = page.Locator($"[data-day='{local:yyyy-MM-dd}']");
        await Expect(day).ToContainTextAsync("Pendiente");
        await Axe.ShouldBeFineAsync(page, "month");
        await day.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Title(page, "Conciliación:")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Conciliar" }).PressAsync("Enter");
        await Expect(page.Locator("cmw-day-page")).ToContainTextAsync("Algo faltaba o no coincidía, y ya se corrigió.");
        await Axe.ShouldBeFineAsync(page, "day");

        await page.Locator(".call a").PressAsync("Enter");
        await Expect(Title(page, "Llamada:")).ToBeVisibleAsync();
        await Expect(page.Locator("cmw-call-page .rows")).ToContainTextAsync("1 min 5 s");
        await Axe.ShouldBeFineAsync(page, "call");

        await page.GoBackAsync();
        await page.GoBackAsync();
        await Expect(day).ToContainTextAsync("Corregido");
        new Uri(page.Url).AbsolutePath.ShouldBe(month);
        admins.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Days_Are_Read_Again_And_Then_In_The_Statement(ColorScheme scheme)
    {
        TestLength.SkipUnless(scheme == ColorScheme.Dark);
        await _desk.CallAsync(new
        {
            from = "1001",
            to = "88881234",
            type = "out",
            ringSeconds = 2,
            talkSeconds = 65,
            at = At,
        });
        await using var admins = await browsers.OpenAsync(
            new() { ColorScheme = scheme }, address: _desk.Host.Address);
        await Axe.AddToAsync(admins.Context);
        await admins.SignInAsync("admin");
        var page = await admins.TabAsync();
        await page.GotoAsync("/call-records");
        var account = _desk.Host.Get<Accounts>().Home;
        var local = TimeZoneInfo.ConvertTime(At, account.TimeZone);
        await page.GetByLabel("Desde").FillAsync($"{local:yyyy-MM-dd}");
        await page.GetByLabel("Hasta, ese día incluido").FillAsync($"{local:yyyy-MM-dd}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leer estos días" }).ClickAsync();
        await Expect(page.Locator("cmw-backfills .rows")).ToContainTextAsync("Terminada");
        await Axe.ShouldBeFineAsync(page, "call records");

        await page.GotoAsync($"/statements/{account.Username}/{local:yyyy-MM}");
        await Expect(page.Locator("cmw-statement-page tbody tr")).ToHaveCountAsync(1);
        await page.GetByLabel("Total de la factura").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        await Expect(page.Locator("cmw-statement-page .difference")).ToContainTextAsync("La factura cobra");
        await Axe.ShouldBeFineAsync(page, "statement");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Total de la factura")).ToHaveValueAsync("1,00");
        var file = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Descargar CSV" }).ClickAsync());
        file.SuggestedFilename.ShouldBe($"{account.Username}-{local:yyyy-MM}.csv");
        admins.Complaints.ShouldBeEmpty();
    }

    private static ILocator Title(IPage page, string words) =>
        page.GetByRole(AriaRole.Heading, new() { Name = words, Level = 1 });
}
