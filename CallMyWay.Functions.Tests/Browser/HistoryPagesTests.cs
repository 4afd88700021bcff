using System.Net.Http.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>The calls that were: their list by a filter, page by page, each call's own page, and the file of them.</summary>
[Collection(DeskTestGroup.Name)]
public sealed class HistoryPagesTests(BrowserFixture browsers) : IAsyncLifetime
{
    private TestHost _host = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(TestStorage.Sqlite);
        _ana = await _host.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableTheory]
    [InlineData("es", ColorScheme.Light, "Historial", "Sentido", "Llamada:")]
    [InlineData("en", ColorScheme.Dark, "History", "Direction", "Call:")]
    public async Task A_Filter_Stands_In_The_Address_And_A_Row_Leads_To_Its_Call(
        string language, ColorScheme scheme, string history, string direction, string call)
    {
        browsers.SkipIfMissing();
        TestLength.SkipUnless(language == "es");
        await TalkedAsync("88881234", new
        {
            outcome = "promise-to-pay",
            notes = "Paga por SINPE.",
            promise = new { amount = 125000, currency = "CRC", dueAt = DateTimeOffset.UtcNow.AddDays(1) },
        });
        await TalkedAsync("22113300", null);
        await _host.RingAsync(_ana, "61990042", action: "callEnd");
        await using var sofias = await browsers.OpenAsync(
            new() { ColorScheme = scheme, Locale = language },
            _host.Address);
        await Axe.AddToAsync(sofias.Context);
        await sofias.Context.AddInitScriptAsync($"localStorage.setItem('cmw.language', '{language}')");
        await sofias.SignInAsync("sofia");
        var page = await sofias.TabAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = history, Exact = true }).ClickAsync();
        await Expect(page.Locator("cmw-history-page h1")).ToBeFocusedAsync();
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await Axe.ShouldBeFineAsync(page, "the history");

        await page.SetViewportSizeAsync(1280, 800);
        await page.GetByLabel(direction, new() { Exact = true }).SelectOptionAsync("out");
        await Expect(Rows(page)).ToHaveCountAsync(0);
        await Expect(page.Locator("cmw-history-page .empty")).ToBeVisibleAsync();
        page.Url.ShouldEndWith("/history?direction=out");
        await Axe.ShouldBeFineAsync(page, "an empty history");
        await page.GoBackAsync();
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await page.GoForwardAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("cmw-history-page .empty")).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(1280, 800);
        await page.GetByLabel(direction, new() { Exact = true }).SelectOptionAsync("in");
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await page.Locator("cmw-history-filter #outcome").SelectOptionAsync("promise-to-pay");
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Expect(Rows(page).First).ToContainTextAsync("125");
        var address = page.Url;

        await Rows(page).First.Locator(".who a").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = call, Level = 1 })).ToBeFocusedAsync();
        await Expect(page.Locator("cmw-call-page .beside")).ToContainTextAsync("Paga por SINPE.");
        await Expect(page.Locator("cmw-timeline li")).Not.ToHaveCountAsync(0);
        await page.Locator("cmw-timeline summary").First.ClickAsync();
        await Axe.ShouldBeFineAsync(page, "a call");
        await page.GoBackAsync();
        await Expect(Rows(page)).ToHaveCountAsync(1);
        page.Url.ShouldBe(address);
        await Expect(Rows(page).First.Locator(".who a")).ToBeFocusedAsync();
        sofias.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Pages_Stay_As_They_Were_Read_While_Calls_Come()
    {
        browsers.SkipIfMissing();
        await EndManyAsync(60);
        await using var anas = await browsers.OpenAsync(address: _host.Address);
        var page = await anas.DeskAsync("ana");
        await page.GotoAsync("/history");
        await Expect(page.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        await Expect(Rows(page)).ToHaveCountAsync(50);
        (await page.EvaluateAsync<int>(CountNodes)).ShouldBeLessThan(3_000);
        await Expect(page.Locator("cmw-history-filter #agent")).ToHaveCountAsync(0);
        await Expect(page.Locator("cmw-history-export")).ToHaveCountAsync(0);
        var first = await Rows(page).First.Locator("a").GetAttributeAsync("href");

        // The link above a call leads back to its row, as Back does.
        var row = Rows(page).Nth(44).Locator("a").First;
        await row.ClickAsync();
        await page.Locator("cmw-call-page .way a").ClickAsync();
        await Expect(row).ToBeFocusedAsync();
        await Expect(row).ToBeInViewportAsync();

        var called = await _host.RingAsync(_ana, "61990077", action: "callEnd");
        var news = page.GetByRole(AriaRole.Button, new() { Name = "Hay llamadas nuevas: mostrarlas" });
        await Expect(news).ToBeVisibleAsync();
        (await Rows(page).First.Locator("a").GetAttributeAsync("href")).ShouldBe(first);

        await page.GetByRole(AriaRole.Link, new() { Name = "Más antiguas" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(10);
        await Expect(page.Locator("cmw-history-page h2")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Más recientes" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(50);
        await page.GetByRole(AriaRole.Link, new() { Name = "Las más nuevas" }).ClickAsync();
        await Expect(Rows(page).First.Locator("a")).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex(called));
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Supervisor_Stores_The_Calls_Of_A_Filter_As_A_File()
    {
        browsers.SkipIfMissing();
        await EndManyAsync(3);
        await using var sofias = await browsers.OpenAsync(address: _host.Address);
        await sofias.SignInAsync("sofia");
        var page = await sofias.TabAsync();
        await page.GotoAsync("/history?state=missed");
        await Expect(Rows(page)).ToHaveCountAsync(3);
        var file = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Exportar CSV" }).ClickAsync());
        file.SuggestedFilename.ShouldStartWith("llamadas-");
        await Expect(page.Locator("cmw-history-export")).ToContainTextAsync("Se exportaron 3 llamadas");
        var lines = await File.ReadAllLinesAsync(await file.PathAsync());
        lines.Length.ShouldBe(4);
        sofias.Complaints.ShouldBeEmpty();
    }

    /// <summary>All elements of the page, those in shadow roots too.</summary>
    private const string CountNodes = """
        () => {
          const count = root => [...root.querySelectorAll('*')]
            .reduce((sum, one) => sum + 1 + (one.shadowRoot ? count(one.shadowRoot) : 0), 0);
          return count(document);
        }
        """;

    private static ILocator Rows(IPage page) => page.Locator("cmw-history-page ol li");

    private async Task TalkedAsync(string number, object? wrapUp)
    {
        var callId = await _host.RingAsync(_ana, number, connected: true);
        await _host.RingAsync(_ana, number, action: "callEnd", callId: callId, connected: true);
        if (wrapUp is not null)
        {
            (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", wrapUp)).Status.ShouldBe(200);
        }
    }

    private async Task EndManyAsync(int count)
    {
        using var nobody = _host.Anonymous();
        for (var i = 0; i < count; i++)
        {
            using var response = await nobody.PostAsJsonAsync(
                _host.Webhook, DemoHost.Notification("callEnd", $"many-{i}", ("ani", $"6199{i:0000}")));
            response.EnsureSuccessStatusCode();
        }

        await Eventually.TrueAsync(async () => (await _ana.GetItemsAsync("/api/calls?take=500")).Count == count);
    }
}
