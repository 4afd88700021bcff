using System.Text.RegularExpressions;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>The console as agents see it, in a real browser.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class ConsoleTests(BrowserFixture browsers) : IAsyncLifetime
{
    private DemoHost Demo => browsers.Demo;

    public Task InitializeAsync() => browsers.ClearDeskAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task A_Call_Shows_Its_Contact_To_Its_Agent_Also_After_A_Reload_And_To_Nobody_Else()
    {
        await using var anas = await browsers.OpenAsync();
        await using var luiss = await browsers.OpenAsync();
        var ana = await anas.TabAsync();
        await ana.Locator("#agent").FillAsync("ana");
        await ana.Locator("#password").FillAsync("demo");
        await ana.Locator("cmw-sign-in-form button.primary").ClickAsync();
        await Expect(ana.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        var luis = await luiss.DeskAsync("luis");

        await Demo.StartAsync("browser-1");

        await Expect(Card(ana).GetByRole(AriaRole.Heading, new() { Name = "José Rodríguez Solís" })).ToBeVisibleAsync();
        await Expect(Card(ana)).ToContainTextAsync("8888-1234");
        await Expect(ana).ToHaveTitleAsync("(1) CallMyWay");
        await ana.ReloadAsync();
        await Expect(Card(ana).GetByRole(AriaRole.Heading, new() { Name = "José Rodríguez Solís" })).ToBeVisibleAsync();

        // His own call came after hers, so if hers had been sent to him, it would be here by now.
        await Demo.StartAsync("browser-1-luis", ("endpoint_id", "1002"), ("dnis", "40001002"), ("ani", "87124455"));
        await Expect(Card(luis)).ToHaveCountAsync(1);
        await Expect(Card(luis)).ToContainTextAsync("María Fernanda Quirós");
        anas.Complaints.ShouldBeEmpty();
        luiss.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Done_In_One_Tab_Clears_The_Other()
    {
        await using var anas = await browsers.OpenAsync();
        var first = await anas.DeskAsync("ana");
        var second = await anas.ListeningTabAsync();
        await Demo.StartAsync("browser-2");
        await Expect(Card(second)).ToBeVisibleAsync();

        await Card(first).GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true }).ClickAsync();

        await Expect(Card(first)).ToHaveCountAsync(0);
        await Expect(Card(second)).ToHaveCountAsync(0);
        await Expect(second).ToHaveTitleAsync("CallMyWay");
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Several_Unknown_Private_And_Ended_Calls_Say_What_They_Are()
    {
        await using var anas = await browsers.OpenAsync();
        var ana = await anas.DeskAsync("ana");

        await Demo.StartAsync("browser-several", ("ani", "22223344"));
        await Expect(CardOf(ana, "2222-3344")).ToContainTextAsync("Puede ser una de estas 3 personas");
        await Expect(CardOf(ana, "2222-3344").Locator(".candidates li")).ToHaveCountAsync(3);

        await Demo.StartAsync("browser-unknown", ("ani", "61990042"));
        await Expect(CardOf(ana, "6199-0042")).ToContainTextAsync("No está en sus contactos");

        await Demo.StartAsync("browser-private", ("ani", "anonymous"));
        await Expect(CardOf(ana, "Número privado")).ToContainTextAsync("oculta su número");

        await Demo.StartAsync("browser-ended", ("ani", "87124455"));
        await Expect(CardOf(ana, "María Fernanda Quirós")).ToContainTextAsync("Timbrando");
        await Demo.EndAsync("browser-ended", ("ani", "87124455"));
        await Expect(LineOf(ana, "María Fernanda Quirós")).ToContainTextAsync("Perdida");
        await Expect(LineOf(ana, "Número privado")).ToContainTextAsync("Timbrando");
        await Expect(LineOf(ana, "6199-0042")).ToContainTextAsync("Timbrando");
        await Expect(LineOf(ana, "2222-3344")).ToContainTextAsync("Timbrando");
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Choosing_Among_Several_Names_The_Call()
    {
        await using var anas = await browsers.OpenAsync();
        var ana = await anas.DeskAsync("ana");
        await Demo.StartAsync("browser-choose", ("ani", "22223344"));

        await Card(ana).GetByRole(
            AriaRole.Button,
            new() { NameRegex = new Regex("Carmen Brenes", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();

        await Expect(Card(ana).GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("Carmen Brenes", RegexOptions.None, TimeSpan.FromSeconds(1)) })).ToBeVisibleAsync();
        await Demo.CallAsync(
            "browser-choose", call => call.Text("contactName")?.StartsWith("Carmen", StringComparison.Ordinal) == true);
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Markup_Is_Shown_As_The_Text_That_It_Is()
    {
        const string Markup = "<img src=x onerror=\"window.hit=1\"><b>x</b>";
        await using var anas = await browsers.OpenAsync();
        var ana = await anas.DeskAsync("ana");
        var (_, contact) = await Demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = Markup, numbers = new[] { "7666-0001" } });

        await Demo.StartAsync("browser-markup <b>id</b>", ("ani", Markup));
        await Expect(Card(ana)).ToHaveCountAsync(1);
        await Demo.StartAsync("browser-markup-contact", ("ani", "76660001"));

        await Expect(ana.Locator("cmw-pop-up-list .line .open")).ToHaveCountAsync(1);
        await Expect(ana.GetByText(Markup).First).ToBeVisibleAsync();
        await Expect(Card(ana).GetByRole(AriaRole.Heading, new() { Name = Markup })).ToBeVisibleAsync();
        await Expect(ana.Locator("cmw-pop-up-list img, cmw-calls-list img")).ToHaveCountAsync(0);
        (await ana.EvaluateAsync<bool>("() => 'hit' in window")).ShouldBeFalse();
        anas.Complaints.ShouldBeEmpty();
        await Demo.Sofia.AskAsync(HttpMethod.Delete, $"/api/contacts/{contact.Text("contactId")}");
    }

    [SkippableFact]
    public async Task A_Wrong_Sign_In_Says_What_To_Correct()
    {
        await using var somebodys = await browsers.OpenAsync();
        var page = await somebodys.TabAsync();
        var signIn = page.Locator("cmw-sign-in-form button.primary");

        await signIn.ClickAsync();
        await Expect(page.Locator("#agent-error")).ToHaveTextAsync("Escriba su usuario.");
        await Expect(page.Locator("#agent")).ToBeFocusedAsync();
        await page.Locator("#agent").FillAsync("ana");
        await signIn.ClickAsync();
        await Expect(page.Locator("#password-error")).ToHaveTextAsync("Escriba su contraseña.");
        await page.Locator("#password").FillAsync("wrong");
        await signIn.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("El usuario o la contraseña no coinciden");
        await page.Locator("#password").FillAsync("demo");
        await signIn.ClickAsync();
        await Expect(page.Locator("cmw-desk-page")).ToBeVisibleAsync();
        somebodys.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task The_Keyboard_Alone_Signs_In_And_Puts_A_Call_Away()
    {
        await using var anas = await browsers.OpenAsync();
        var page = await anas.TabAsync();
        await Expect(page.Locator("#agent")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("ana");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("demo");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();

        await Demo.StartAsync("browser-keys");
        var done = Card(page).GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true });
        await Expect(done).ToBeVisibleAsync();
        for (var tab = 0; tab < 30 && !await done.EvaluateAsync<bool>("button => button.getRootNode().activeElement === button"); tab++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Expect(done).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Card(page)).ToHaveCountAsync(0);
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Lost_Connection_Is_Told_And_What_Was_Missed_Is_There_After_It()
    {
        var folder = Directory.CreateTempSubdirectory("callmyway-browser-").FullName;
        try
        {
            // A port that no other process on this machine gets while the host is stopped.
            var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = folder, Settings = ["--urls", $"http://127.0.0.1:{Random.Shared.Next(20_000, 30_000)}"] });
            var address = host.Address;
            await using var anas = await browsers.OpenAsync(address: address);
            var ana = await anas.DeskAsync("ana");

            await host.DisposeAsync();
            await Expect(ana.Locator("cmw-connection-status .reconnecting, cmw-connection-status .offline"))
                .ToBeVisibleAsync();

            await using var again = await TestHost.StartAsync(
                TestStorage.Sqlite, new() { DataPath = folder, Settings = ["--urls", address.ToString()] });
            using var operatorsSide = again.Anonymous();
            using var content = new ByteArrayContent(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                DemoHost.Notification("callStart", "after-the-outage")));
            (await operatorsSide.PostAsync(again.Webhook, content)).EnsureSuccessStatusCode();

            await Expect(Card(ana)).ToContainTextAsync("José Rodríguez Solís");
            await Expect(ana.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ILocator Card(IPage page) => page.Locator("cmw-pop-up-card");

    private static ILocator LineOf(IPage page, string text) =>
        page.Locator("cmw-pop-up-list .line .open").Filter(new() { HasText = text });

    private static ILocator CardOf(IPage page, string text) => Card(page).Filter(new() { HasText = text });
}
