using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>What an agent writes of a call and finds again, at the desk.</summary>
[Collection(DeskTestGroup.Name)]
public sealed class WrapUpDeskTests(BrowserFixture browsers, ITestOutputHelper output) : IAsyncLifetime
{
    private ClickDesk _desk = null!;

    public async Task InitializeAsync() => _desk = await ClickDesk.StartAsync(TestStorage.Sqlite);

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [SkippableFact]
    public async Task A_Wrap_Up_Is_Written_And_Sent_By_Keyboard_And_A_Colleague_Finds_It_In_The_File()
    {
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        await using var luiss = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");
        var luis = await luiss.DeskAsync("luis");
        await RingAsync("88881234", "keys", "1001");
        await Expect(Card(ana).GetByRole(AriaRole.Radio, new() { Name = "Llamar después" })).ToBeVisibleAsync();

        await ana.Keyboard.PressAsync("c");
        await ana.Keyboard.PressAsync("4");
        await Expect(Card(ana).GetByRole(AriaRole.Radio, new() { Name = "Llamar después" })).ToBeCheckedAsync();
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Mañana" }).PressAsync("Enter");
        await Card(ana).GetByLabel("Qué hay que hacer").FillAsync("Ver si llegó el pago 4");
        await Card(ana).GetByLabel("Notas").FillAsync("Pide 2 días");
        await ana.Keyboard.PressAsync("Control+Enter");

        await Expect(Card(ana)).ToHaveCountAsync(0);
        await Expect(ana.Locator("cmw-calls-list li")).ToContainTextAsync("Llamar después");
        await ana.Keyboard.PressAsync("s");
        await Expect(ana.Locator("cmw-follow-ups-list li")).ToContainTextAsync("Ver si llegó el pago 4");

        // His card of her contact, and the file that a search finds, have what she noted and that it is hers.
        await RingAsync("88881234", "colleague", "1002");
        await Expect(Card(luis)).ToContainTextAsync("Ver si llegó el pago 4");
        await Expect(Card(luis)).ToContainTextAsync("Ana Solano Vargas");
        await Expect(Card(luis)).ToContainTextAsync("Pide 2 días");
        await luis.Keyboard.PressAsync("/");
        await luis.Keyboard.InsertTextAsync("1-0400-0100");
        await Expect(luis.Locator("cmw-dial-box [role=option]")).ToHaveCountAsync(1);
        await luis.Keyboard.PressAsync("Enter");
        await Expect(luis.Locator("cmw-contact-panel")).ToContainTextAsync("Ver si llegó el pago 4");
        await Expect(luis.Locator("cmw-contact-panel")).ToContainTextAsync("Pide 2 días");

        // A follow-up is called from where it stands.
        await ana.GetByRole(AriaRole.Button, new() { Name = "Llamar a José Rodríguez Solís" }).ClickAsync();
        await Expect(Card(ana)).ToContainTextAsync("Es a quien usted llamó");
        anas.Complaints.ShouldBeEmpty();
        luiss.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task What_Is_Wrong_Is_Said_Beside_Its_Field_In_The_Language_Of_The_Page()
    {
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        await anas.Context.AddInitScriptAsync("localStorage.setItem('cmw.language', 'en')");
        var ana = await anas.DeskAsync("ana");
        await RingAsync("88881234", "fields", "1001");
        await Card(ana).GetByRole(AriaRole.Radio, new() { Name = "Call back" }).CheckAsync();
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "+ Charge" }).ClickAsync();
        await Card(ana).Locator("[id='followUp.dueAt']").FillAsync("2020-01-01T09:00");
        await Card(ana).Locator("[id='charge.amount']").FillAsync("10.1234");
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Save and close" }).ClickAsync();

        await Expect(Card(ana).Locator("[id='followUp.dueAt-error']")).ToHaveTextAsync("Choose a time in the future.");
        await Expect(Card(ana).Locator("[id='charge.amount-error']"))
            .ToHaveTextAsync("Enter an amount above zero, two decimals at most.");
        await Expect(Card(ana).Locator("[id='charge.concept-error']")).ToHaveTextAsync("Enter what the charge is for.");

        // An outcome that an administrator takes away while it is being written: the API's sentence, in the page's
        // language too.
        await Card(ana).Locator("[id='followUp.dueAt']").FillAsync(DateTimeOffset.UtcNow.AddDays(2).ToString(
            "yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Remove Charge" }).ClickAsync();
        await Expect(Card(ana)).ToContainTextAsync("Draft saved");
        using var admin = await _desk.SignInAsync("admin");
        await admin.AskAsync(
            HttpMethod.Put,
            "/api/outcomes",
            new { items = new[] { new { code = "other", es = "Otro", en = "Other" } } });
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Save and close" }).ClickAsync();
        await Expect(Card(ana)).ToContainTextAsync("Choose an outcome of the list.");
    }

    [SkippableFact]
    public async Task An_Internal_Call_Names_The_Colleague_And_A_Supervisor_Sees_Who_Is_In_A_Call()
    {
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        await using var sofias = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");
        var sofia = await sofias.DeskAsync("sofia");
        await sofia.GetByRole(AriaRole.Button, new() { Name = "En curso" }).ClickAsync();
        await Expect(sofia.Locator("cmw-calls-list")).ToContainTextAsync("Nadie está en una llamada.");

        await _desk.PostAsync("calls", new { from = "1002", to = "1001", type = "internal", ringSeconds = 0, talkSeconds = 600, answered = true, callId = "internal" });

        await Expect(Card(ana).GetByRole(AriaRole.Heading, new() { Name = "Luis Mora Jiménez" })).ToBeVisibleAsync();
        await Expect(Card(ana)).ToContainTextAsync("4000-1002");
        await Expect(sofia.Locator("cmw-calls-list li")).ToHaveCountAsync(1);
        await _desk.PostAsync("hangup/internal", new { });
        await Expect(sofia.Locator("cmw-calls-list li")).ToHaveCountAsync(0);
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Supervisor_s_Console_Shows_Her_Team_s_New_Call_And_Asks_For_No_List()
    {
        await using var sofias = await browsers.OpenAsync(address: _desk.Host.Address);
        var sofia = await sofias.DeskAsync("sofia");
        var rows = sofia.Locator("cmw-calls-list li");
        await Expect(sofia.Locator("cmw-calls-list")).ToContainTextAsync("Hoy todavía no hay llamadas.");
        await sofia.GetByRole(AriaRole.Button, new() { Name = "En curso" }).ClickAsync();
        await Expect(sofia.Locator("cmw-calls-list")).ToContainTextAsync("Nadie está en una llamada.");
        var asked = new ConcurrentQueue<string>();
        sofia.Request += (_, request) => asked.Enqueue(request.Url);

        var clock = Stopwatch.StartNew();
        await _desk.PostAsync(
            "calls", new { from = "88881234", to = "1001", type = "in", ringSeconds = 600, callId = "told" });
        await Expect(rows).ToContainTextAsync("José Rodríguez Solís");
        output.WriteLine($"On the supervisor's list {clock.ElapsedMilliseconds} ms after the notification was posted.");
        await Expect(rows).ToContainTextAsync("Ana Solano Vargas");
        asked.Where(url => url.Contains("calls", StringComparison.Ordinal)).ShouldBeEmpty();
        sofias.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task All_The_Code_Of_A_Desk_With_A_Call_Is_Below_A_Hundred_Kilobytes()
    {
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        await RingAsync("88881234", "size", "1001");
        await anas.SignInAsync("ana");
        var ana = await anas.Context.NewPageAsync();
        await ana.GotoAsync("/");
        await Expect(Card(ana).GetByLabel("Notas")).ToBeVisibleAsync();
        await Expect(ana.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();

        var scripts = await ana.EvaluateAsync<JsonElement>("() => performance.getEntriesByType('resource').filter(r => r.name.endsWith('.js')).map(r => [r.name, r.encodedBodySize, r.decodedBodySize])");

        var sizes = scripts.EnumerateArray()
            .Select(script => (Name: script[0].GetString()!, Sent: script[1].GetInt32(), Whole: script[2].GetInt32()))
            .ToList();
        sizes.Count.ShouldBeGreaterThan(4);
        // A file of a line gains nothing by it.
        sizes.Where(script => script.Whole > 1000)
            .ShouldAllBe(script => script.Sent > 0 && script.Sent < script.Whole, "compressed");
        sizes.Sum(script => script.Sent).ShouldBeLessThan(100_000, string.Join('\n', sizes));
    }

    private async Task RingAsync(string from, string callId, string endpoint) =>
        await _desk.PostAsync(
            "calls?wait=true",
            new { from, to = endpoint, type = "in", ringSeconds = 0, talkSeconds = 0, answered = true, callId });

    private static ILocator Card(IPage page) => page.Locator("cmw-pop-up-card");
}
