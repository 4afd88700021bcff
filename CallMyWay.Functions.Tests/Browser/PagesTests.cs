using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>Each page of the console has an address.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class PagesTests(BrowserFixture browsers) : IAsyncLifetime
{
    private const string NoPage = "/no/such.page";

    private const string NoPageTitle = "Esta página no existe · CallMyWay";

    public Task InitializeAsync() => browsers.ClearDeskAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task An_Address_Leads_To_Its_Page_After_The_Sign_In_And_Back_And_Forward_Work()
    {
        await using var anas = await browsers.OpenAsync();
        var page = await anas.TabAsync();
        await page.GotoAsync(NoPage);
        await page.Locator("#agent").FillAsync("ana");
        await page.Locator("#password").FillAsync("demo");
        await page.Locator("cmw-sign-in-form button.primary").ClickAsync();

        await Expect(Heading(page, "Esta página no existe")).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync(NoPageTitle);
        await page.GetByRole(AriaRole.Link, new() { Name = "Ir al escritorio" }).ClickAsync();
        await Expect(page.Locator("cmw-calls-list")).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync("CallMyWay");
        await Expect(Heading(page, "Escritorio de llamadas")).ToBeFocusedAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe("/");

        await page.GoBackAsync();
        await Expect(Heading(page, "Esta página no existe")).ToBeFocusedAsync();
        await Expect(page).ToHaveTitleAsync(NoPageTitle);
        await page.GoForwardAsync();
        await Expect(Heading(page, "Escritorio de llamadas")).ToBeFocusedAsync();
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Call_That_Comes_While_Another_Page_Is_Open_Is_On_The_Desk()
    {
        await using var anas = await browsers.OpenAsync();
        var page = await anas.DeskAsync("ana");
        await page.GotoAsync(NoPage);
        await Expect(page.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();

        await browsers.Demo.StartAsync("browser-pages");

        await Expect(page).ToHaveTitleAsync("(1) " + NoPageTitle);
        await page.GetByRole(AriaRole.Link, new() { Name = "Ir al escritorio" }).ClickAsync();
        await Expect(page.Locator("cmw-pop-up-card")).ToContainTextAsync("José Rodríguez Solís");
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_Page_For_Unknown_Addresses_Has_No_Serious_Accessibility_Fault(ColorScheme scheme)
    {
        await using var anas = await browsers.OpenAsync(new() { ColorScheme = scheme });
        await Axe.AddToAsync(anas.Context);
        await anas.SignInAsync("ana");
        var page = await anas.TabAsync();
        await page.GotoAsync(NoPage);
        await Expect(Heading(page, "Esta página no existe")).ToBeVisibleAsync();
        await Axe.ShouldBeFineAsync(page, "no page");
    }

    private static ILocator Heading(IPage page, string name) =>
        page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 });
}
