using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>The console as built for Azure: on its own origin, with the office's accounts.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class WorkAccountTests(
    BrowserFixture browsers, WorkAccountDesk desk) : IClassFixture<WorkAccountDesk>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        desk.Directory.Asked.Clear();
        foreach (var popUp in desk.AnasApi is { } api ? await api.ItemsAsync("/api/pop-ups") : [])
        {
            await desk.AnasApi.AskAsync(
                HttpMethod.Post, $"/api/pop-ups/{Uri.EscapeDataString(popUp.Text("callId")!)}/acknowledge");
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task The_Account_Signs_In_On_Its_Own_Page_And_Calls_Come_Until_It_Signs_Out()
    {
        await using var browser = await OpenAsync();
        var page = await browser.TabAsync();
        await Expect(SignIn(page)).ToBeFocusedAsync();
        (await FetchedLibraryAsync(page)).ShouldBeFalse();

        await page.Keyboard.PressAsync("Enter");
        await page.GetByText(WorkAccountDesk.Ana).ClickAsync();
        await Expect(Connected(page)).ToBeVisibleAsync();
        (await FetchedLibraryAsync(page)).ShouldBeTrue();
        await desk.CallAsync("work-1");
        await Expect(Card(page)).ToContainTextAsync("José Rodríguez Solís");

        await page.ReloadAsync();
        await Expect(Connected(page)).ToBeVisibleAsync();
        await Expect(Card(page)).ToContainTextAsync("José Rodríguez Solís");
        desk.Directory.Asked.ShouldBe(["authorize", "authorization_code"]);
        page.Url.ShouldBe(desk.Console.ToString());

        await page.GetByRole(AriaRole.Button, new() { Name = "Cerrar la sesión de Ana" }).ClickAsync();
        await page.GetByText("Go on").ClickAsync();
        await Expect(SignIn(page)).ToBeVisibleAsync();
        desk.Directory.Asked.ShouldBe(["authorize", "authorization_code", "logout"]);
        (await KeptAsync(page)).ShouldBe(0);
        browser.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task The_Sign_In_Leads_Back_To_The_Address_That_It_Was_Begun_At()
    {
        await using var browser = await OpenAsync();
        var page = await browser.TabAsync();
        await page.GotoAsync("/no/such/page?a=b");
        await SignIn(page).ClickAsync();
        await page.GetByText(WorkAccountDesk.Ana).ClickAsync();

        await Expect(Connected(page)).ToBeVisibleAsync();
        await Expect(page.Locator("cmw-no-such-page")).ToBeVisibleAsync();
        page.Url.ShouldBe(new Uri(desk.Console, "/no/such/page?a=b").ToString());
        browser.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Token_That_Is_Refused_Is_Renewed_Unseen()
    {
        await using var browser = await OpenAsync();
        var page = await SignedInAsync(browser);
        await desk.CallAsync("work-2");
        await Expect(Card(page)).ToHaveCountAsync(1);
        desk.Directory.RevokeAccess();

        await Card(page).GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true }).ClickAsync();

        await Eventually.TrueAsync(async () => (await desk.AnasApi.ItemsAsync("/api/pop-ups")).Count == 0);
        await Expect(page.Locator("cmw-session-ended")).ToHaveCountAsync(0);
        desk.Directory.Asked.ShouldContain("refresh_token");
        desk.Directory.Asked.Count(what => what == "authorize").ShouldBe(1);
        browser.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Signing_In_Again_Loses_Nothing_Of_What_Was_Typed()
    {
        await using var browser = await OpenAsync();
        var page = await SignedInAsync(browser);
        await desk.CallAsync("work-3");
        await Card(page).GetByLabel("Notas").FillAsync("Paga el viernes");
        await Eventually.TrueAsync(async () => await NotesAsync("work-3") == "Paga el viernes");
        desk.Directory.RevokeAll();

        await Card(page).GetByLabel("Notas").FillAsync("Paga el viernes o el lunes");
        await Expect(page.Locator("cmw-session-ended dialog")).ToContainTextAsync("está guardado");
        await Expect(SignIn(page)).ToBeFocusedAsync();
        (await NotesAsync("work-3")).ShouldBe("Paga el viernes");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText(WorkAccountDesk.Ana).ClickAsync();

        desk.Directory.LastSignIn["login_hint"].ShouldBe(WorkAccountDesk.Ana);
        await Expect(Card(page).GetByLabel("Notas")).ToHaveValueAsync("Paga el viernes o el lunes");
        await Eventually.TrueAsync(async () => await NotesAsync("work-3") == "Paga el viernes o el lunes");
        await Expect(page.Locator("cmw-session-ended")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Somebody_Who_Is_No_Agent_Is_Told_Whom_To_Ask_And_Can_Take_Another_Account()
    {
        await using var browser = await OpenAsync();
        var page = await browser.TabAsync();
        await SignIn(page).ClickAsync();
        await page.GetByText(WorkAccountDesk.Eva).ClickAsync();

        await Expect(page.Locator("cmw-stranger-page")).ToContainTextAsync(WorkAccountDesk.Eva);
        await Expect(page.Locator("cmw-stranger-page")).ToContainTextAsync("Pida a quien administra CallMyWay");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrar con otra cuenta" }).ClickAsync();
        await page.GetByText(WorkAccountDesk.Ana).ClickAsync();

        desk.Directory.LastSignIn["prompt"].ShouldBe("select_account");
        await Expect(Connected(page)).ToBeVisibleAsync();
        (await KeptAsync(page)).ShouldBe(3, "Of the account before something is still there.");
        browser.Complaints.ShouldAllBe(complaint => complaint.Contains("status of 403", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_Sign_In_That_Was_Given_Up_Says_So_And_Can_Be_Tried_Again()
    {
        await using var browser = await OpenAsync();
        var page = await browser.TabAsync();
        await SignIn(page).ClickAsync();
        await Expect(page.GetByText("Cancel")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await SignIn(page).ClickAsync();
        await page.GetByText("Cancel").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert))
            .ToHaveTextAsync("No se terminó de iniciar sesión. Intente de nuevo.");
        await SignIn(page).ClickAsync();
        await page.GetByText(WorkAccountDesk.Ana).ClickAsync();
        await Expect(Connected(page)).ToBeVisibleAsync();
        browser.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("es", ColorScheme.Light)]
    [InlineData("en", ColorScheme.Dark)]
    public async Task The_Sign_In_Pages_Have_No_Serious_Accessibility_Fault(string language, ColorScheme scheme)
    {
        await using var browser = await OpenAsync(
            new() { ColorScheme = scheme, Locale = language });
        await Axe.AddToAsync(browser.Context);
        var page = await browser.TabAsync();
        await Expect(page.Locator("cmw-work-sign-in button")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "sign-in");
        await page.Locator("cmw-work-sign-in button").ClickAsync();
        await page.GetByText(WorkAccountDesk.Eva).ClickAsync();
        await Expect(page.Locator("cmw-stranger-page h1")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "no agent");
    }

    [SkippableFact]
    public async Task The_Site_Sends_The_Headers_That_LocalHost_Sends()
    {
        await using var browser = await OpenAsync();
        using var client = new HttpClient();
        using var ours = await client.GetAsync(browsers.Demo.Host.Address);
        using var azures = await client.GetAsync(desk.Console);

        foreach (var name in new[] { "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy", "Cache-Control" })
        {
            azures.Headers.GetValues(name).ShouldBe(ours.Headers.GetValues(name), name);
        }

        Policy(azures).ShouldBe(Policy(ours));
    }

    /// <summary>All of the policy but connect-src, which differs between hosts.</summary>
    private static IEnumerable<string> Policy(HttpResponseMessage response) =>
        response.Headers.GetValues("Content-Security-Policy").Single().Split("; ")
            .Where(part => !part.StartsWith("connect-src", StringComparison.Ordinal));

    private async Task<TestBrowser> OpenAsync(BrowserNewContextOptions? options = null)
    {
        browsers.SkipIfMissing();
        var browser = await browsers.OpenAsync(options, desk.Console);
        await desk.Directory.ServeAsync(browser.Context);
        return browser;
    }

    private static async Task<IPage> SignedInAsync(TestBrowser browser)
    {
        var page = await browser.TabAsync();
        await SignIn(page).ClickAsync();
        await page.GetByText(WorkAccountDesk.Ana).ClickAsync();
        await Expect(Connected(page)).ToBeVisibleAsync();
        return page;
    }

    private async Task<string?> NotesAsync(string callId) =>
        (await desk.AnasApi.ReadAsync($"/api/calls/{callId}"))!.Value.TryGetProperty("wrapUp", out var wrapUp)
            ? wrapUp.Text("notes")
            : null;

    private static Task<bool> FetchedLibraryAsync(IPage page) =>
        page.EvaluateAsync<bool>(
            "() => performance.getEntriesByType('resource').some(entry => entry.name.includes('/msal-'))");

    /// <summary>
    /// How many tokens the tab has stored. An account has three: id token, access token and refresh token.
    /// </summary>
    private static Task<int> KeptAsync(IPage page) =>
        page.EvaluateAsync<int>(
            "() => Object.keys(sessionStorage).filter(key => /\\|(id|access|refresh)token\\|/.test(key)).length");

    private static ILocator SignIn(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Entrar con la cuenta de la oficina" });

    private static ILocator Connected(IPage page) => page.Locator("cmw-connection-status .connected");

    private static ILocator Card(IPage page) => page.Locator("cmw-pop-up-card");
}
