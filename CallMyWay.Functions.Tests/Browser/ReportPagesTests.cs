using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>A supervisor looks at the reports of the team.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class ReportPagesTests(BrowserFixture browsers)
{
    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_Days_Of_A_Week_Have_A_Chart_And_A_Table_And_A_File(ColorScheme scheme)
    {
        TestLength.SkipUnless(scheme == ColorScheme.Dark);
        browsers.SkipIfMissing();
        var callId = $"report-page-{scheme}";
        await browsers.Demo.EndAsync(callId, ("connect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow.AddMinutes(-3))), ("detect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow.AddMinutes(-3))), ("duration", "60"));
        await browsers.Demo.CallAsync(callId, call => call.Text("state") == "ended");
        await using var supervisors = await browsers.OpenAsync(new() { ColorScheme = scheme });
        await Axe.AddToAsync(supervisors.Context);
        await supervisors.SignInAsync("sofia");
        var page = await supervisors.TabAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Reportes" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Reportes", Level = 1 })).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "7 días" }).PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/reports\?range=week$"));
        var chart = page.GetByRole(AriaRole.Img, new() { Name = "Llamadas por día" });
        await Expect(chart.Locator("g")).ToHaveCountAsync(7);
        await Expect(chart.Locator("rect.answered").Last).ToBeVisibleAsync();
        await Expect(page.Locator("cmw-report-page tbody tr").Last).ToContainTextAsync("%");
        await Axe.ShouldBeFineAsync(page, "report by day");

        await page.GetByRole(AriaRole.Link, new() { Name = "Por agente" }).ClickAsync();
        await Expect(page.Locator("cmw-report-page tbody")).ToContainTextAsync("Ana Solano Vargas");
        await Axe.ShouldBeFineAsync(page, "report by agent");
        var file = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Descargar CSV" }).ClickAsync());
        file.SuggestedFilename.ShouldStartWith("agent-");

        await page.GoBackAsync();
        await Expect(chart).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Imprimir" })).ToBeHiddenAsync();
        await Expect(chart).ToBeVisibleAsync();
        supervisors.Complaints.ShouldBeEmpty();
    }
}
