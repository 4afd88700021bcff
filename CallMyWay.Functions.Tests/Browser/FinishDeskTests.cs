using System.Globalization;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>How an agent finishes a call: in how many keys and clicks, and what becomes of what was typed.</summary>
[Collection(DeskTestGroup.Name)]
public sealed class FinishDeskTests(BrowserFixture browsers) : IAsyncLifetime
{
    /// <summary>A screen of 1366 × 768, less the bars of the browser and of the system.</summary>
    private static readonly ViewportSize Laptop = new() { Width = 1366, Height = 625 };

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    private int _keys;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(TestStorage.Sqlite);
        _ana = await _host.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task The_Commonest_Way_Takes_Three_Keys_And_A_Promise_At_Most_Eight()
    {
        await using var anas = await OpenAsync();
        var ana = await anas.DeskAsync("ana");
        var first = await TalkedAsync(ana);

        await PressAsync(ana, "c", "1", "Control+Enter");

        await Expect(Card(ana)).ToHaveCountAsync(0);
        (await OutcomeAsync(first)).ShouldBe("attended");
        _keys.ShouldBe(3);
        await Expect(Notice(ana).GetByRole(AriaRole.Status)).ToContainTextAsync("José Rodríguez Solís");

        _keys = 0;
        var second = await TalkedAsync(ana);
        await PressAsync(ana, "c", "2", "Tab", "Tab");
        await Expect(Card(ana).Locator("[id='promise.amount']")).ToBeFocusedAsync();
        await ana.Keyboard.TypeAsync("25000");
        // Over the currency and the days that are chosen by one key.
        await PressAsync(ana, "Tab", "Tab", "Tab");
        await Expect(Card(ana).Locator("[id='promise.dueAt']")).ToBeFocusedAsync();
        // In the order of the browser's own language, which these tests don't set.
        await Card(ana).Locator("[id='promise.dueAt']").FillAsync(
            DateTime.UtcNow.AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await PressAsync(ana, "Control+Enter");

        await Expect(Card(ana)).ToHaveCountAsync(0);
        (await OutcomeAsync(second)).ShouldBe("promise-to-pay");
        _keys.ShouldBeLessThanOrEqualTo(8);

        // The whole balance, and the next pay day: a key each.
        _keys = 0;
        var third = await TalkedAsync(ana);
        await Expect(Card(ana).Locator("cmw-contact-file dl")).ToContainTextAsync("Saldo");
        await PressAsync(ana, "c", "2", "Tab", "Tab", "t", "Tab", "Tab", "q");
        var day = await Card(ana).Locator("[id='promise.dueAt']").InputValueAsync();
        await Expect(Card(ana).GetByRole(AriaRole.Button, new() { Name = "Quincena" })).ToBeFocusedAsync();
        await PressAsync(ana, "Control+Enter");

        await Expect(Card(ana)).ToHaveCountAsync(0);
        _keys.ShouldBe(9);
        var call = await _ana.GetObjectAsync($"/api/calls/{third}");
        var promise = call["wrapUp"]!["promise"]!;
        ((decimal)promise["amount"]!).ShouldBe(decimal.Parse(
            (string)call["contact"]!["fields"]!["balance"]!, CultureInfo.InvariantCulture));
        DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            .ShouldSatisfyAllConditions(
                due => due.ShouldBeGreaterThan(DateOnly.FromDateTime(DateTime.UtcNow.AddHours(-6))),
                due => (due.Day == 15 || due.AddDays(1).Day == 1).ShouldBeTrue(day));
        ((DateTimeOffset)promise["dueAt"]!).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            .ShouldBe(day);
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Two_Clicks_Finish_A_Call_Without_A_Scroll_And_A_Double_Click_Closes_One_Card()
    {
        await using var anas = await OpenAsync();
        var ana = await anas.DeskAsync("ana");
        await TalkedAsync(ana);
        var newer = await TalkedAsync(ana);
        var card = Card(ana);
        await Expect(card.GetByLabel("Notas")).ToBeVisibleAsync();
        var outcome = card.Locator("label.chip", new() { HasText = "Atendido" });
        var save = card.GetByRole(AriaRole.Button, new() { Name = "Guardar y cerrar" });
        foreach (var target in new[] { outcome, save })
        {
            var box = (await target.BoundingBoxAsync()).ShouldNotBeNull();
            (box.Y >= 0 && box.Y + box.Height <= Laptop.Height).ShouldBeTrue($"{box.Y} … {box.Y + box.Height}");
        }

        var at = (await outcome.BoundingBoxAsync())!;
        await ana.Mouse.ClickAsync(at.X + (at.Width / 2), at.Y + (at.Height / 2));
        (await ana.EvaluateAsync<int>("() => scrollY")).ShouldBe(0);
        at = (await save.BoundingBoxAsync())!;
        await ana.Mouse.ClickAsync(at.X + (at.Width / 2), at.Y + (at.Height / 2));

        await Eventually.TrueAsync(async () => (await OpenCallsAsync()).Count == 1);
        (await OutcomeAsync(newer)).ShouldBe("attended");

        // The next card moves under the pointer. A click right after the last card has gone would be taken for the
        // second half of a double click.
        await TalkedAsync(ana);
        await ana.WaitForTimeoutAsync(600);
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true }).DblClickAsync();
        await Eventually.TrueAsync(async () => (await OpenCallsAsync()).Count < 2);
        (await OpenCallsAsync()).Count.ShouldBe(1);
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Closing_With_Something_Typed_Asks_And_Nothing_Is_Lost()
    {
        await using var anas = await OpenAsync();
        await Axe.AddToAsync(anas.Context);
        var ana = await anas.DeskAsync("ana");
        var callId = await _host.RingAsync(_ana, "88881234", connected: true);
        await Card(ana).GetByLabel("Notas").FillAsync("Paga el viernes");
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true }).PressAsync("Enter");
        var question = Card(ana).GetByRole(AriaRole.Alertdialog);
        await Expect(question).ToContainTextAsync("¿Guardar o descartar?");
        await Axe.ShouldBeFineAsync(ana, "the question");

        // The call ends while it is asked.
        await _host.RingAsync(_ana, "88881234", action: "callEnd", callId: callId, connected: true);
        await Expect(Card(ana)).ToContainTextAsync("Terminada");
        await Expect(question).ToBeVisibleAsync();

        await ana.Keyboard.PressAsync("Escape");
        await Expect(Card(ana).GetByLabel("Notas")).ToHaveValueAsync("Paga el viernes");
        await Expect(Card(ana).GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true })).ToBeFocusedAsync();
        await ana.Keyboard.PressAsync("Enter");
        await ana.Keyboard.PressAsync("g");
        await Expect(Card(ana)).ToContainTextAsync("Elija un resultado.");
        await ana.Keyboard.PressAsync("7");
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true }).PressAsync("Enter");
        await Expect(question).ToBeVisibleAsync();
        await ana.Keyboard.PressAsync("g");
        await Expect(Card(ana)).ToHaveCountAsync(0);
        var saved = (await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"]!;
        ((string?)saved["outcome"], (string?)saved["notes"], (bool)saved["draft"]!)
            .ShouldBe(("refused", "Paga el viernes", false));

        var other = await TalkedAsync(ana);
        await Card(ana).GetByLabel("Notas").FillAsync("Se equivocó");
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true }).PressAsync("Enter");
        await Expect(question).ToBeVisibleAsync();
        await ana.Keyboard.PressAsync("d");
        await Expect(Card(ana)).ToHaveCountAsync(0);
        await Eventually.TrueAsync(
            async () => (await _ana.GetObjectAsync($"/api/calls/{other}"))["wrapUp"]?["notes"] is null);
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Save_Is_Confirmed_And_Taken_Back_By_A_Key_In_All_Tabs()
    {
        await using var anas = await OpenAsync();
        await Axe.AddToAsync(anas.Context);
        var ana = await anas.DeskAsync("ana");
        var other = await anas.ListeningTabAsync();
        var callId = await TalkedAsync(ana);
        await PressAsync(ana, "c", "1", "Control+Enter");
        await Expect(Notice(ana)).ToContainTextAsync("Atendido");
        await Expect(Card(other)).ToHaveCountAsync(0);
        await Axe.ShouldBeFineAsync(ana, "a notice of a save");

        await ana.Keyboard.PressAsync("z");

        await Expect(Card(ana)).ToContainTextAsync("Borrador guardado");
        await Expect(Card(other)).ToHaveCountAsync(1);
        await other.ReloadAsync();
        foreach (var tab in new[] { ana, other })
        {
            await Expect(Card(tab).GetByRole(AriaRole.Radio, new() { Name = "Atendido" })).ToBeCheckedAsync();
        }

        (await OutcomeAsync(callId)).ShouldBeNull();
        await Expect(Notice(ana).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        // A supervisor changes what was saved: then it is said what stands.
        await PressAsync(ana, "c", "Control+Enter");
        await Expect(Card(ana)).ToHaveCountAsync(0);
        var etag = (string?)(await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"]!["etag"];
        using var sofia = await _host.SignInAsync("sofia");
        (await sofia.SendJsonAsync(
            HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "no-answer" }, etag)).Status.ShouldBe(200);
        await Notice(ana).GetByRole(AriaRole.Button, new() { Name = "Deshacer" }).ClickAsync();
        await Expect(Notice(ana)).ToContainTextAsync("Quedó lo de");
        await Expect(Notice(ana)).ToContainTextAsync("No contestó");
        (await OutcomeAsync(callId)).ShouldBe("no-answer");
    }

    [SkippableFact]
    public async Task Of_Two_Tabs_None_Shows_As_Stored_What_Lost_Against_The_Other()
    {
        await using var anas = await OpenAsync();
        var ana = await anas.DeskAsync("ana");
        var other = await anas.ListeningTabAsync();
        await TalkedAsync(ana);
        await Expect(Card(other).GetByLabel("Notas")).ToBeVisibleAsync();

        // What one stores, the other shows.
        await Card(ana).GetByLabel("Notas").FillAsync("Paga el viernes");
        await Expect(Card(other).GetByLabel("Notas")).ToHaveValueAsync("Paga el viernes");

        // Both write at once: the later one chooses.
        await Task.WhenAll(
            Card(ana).GetByLabel("Notas").FillAsync("Paga el lunes"),
            Card(other).GetByLabel("Notas").FillAsync("Paga el martes"));
        await Eventually.TrueAsync(async () =>
            await Conflict(ana).CountAsync() + await Conflict(other).CountAsync() == 1);
        var (chooses, waits) = await Conflict(ana).CountAsync() == 1 ? (ana, other) : (other, ana);
        var kept = chooses == ana ? "Paga el lunes" : "Paga el martes";
        await Expect(Card(waits)).ToContainTextAsync("Borrador guardado");
        await Card(chooses).GetByRole(AriaRole.Button, new() { Name = "Conservar mi versión" }).ClickAsync();

        foreach (var tab in new[] { ana, other })
        {
            await Expect(Card(tab).GetByLabel("Notas")).ToHaveValueAsync(kept);
            await Expect(Card(tab)).ToContainTextAsync("Borrador guardado");
        }
    }

    [SkippableFact]
    public async Task A_Call_That_Is_Saved_While_It_Goes_On_Is_Marked_And_Goes_By_Itself_At_Its_End()
    {
        await using var anas = await OpenAsync();
        var ana = await anas.DeskAsync("ana");
        var callId = await _host.RingAsync(_ana, "88881234", connected: true);
        await Expect(Card(ana).GetByLabel("Notas")).ToBeVisibleAsync();

        await PressAsync(ana, "c", "1", "Control+Enter");

        await Expect(Card(ana)).ToContainTextAsync("Guardado. Se cierra al terminar la llamada.");
        (await OutcomeAsync(callId)).ShouldBe("attended");
        await _host.RingAsync(_ana, "88881234", action: "callEnd", callId: callId, connected: true);
        await Expect(Card(ana)).ToHaveCountAsync(0);
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task An_Administrator_Asks_For_Outcomes_And_The_Desk_Says_So()
    {
        await using var admins = await OpenAsync();
        await Axe.AddToAsync(admins.Context);
        var admin = await admins.DeskAsync("admin");
        await admin.GetByRole(AriaRole.Link, new() { Name = "Administración" }).ClickAsync();
        await admin.GetByRole(AriaRole.Link, new() { Name = "Ajustes" }).ClickAsync();
        await admin.GetByRole(AriaRole.Link, new() { Name = "Cierre de llamadas" }).ClickAsync();
        var rule = admin.GetByRole(AriaRole.Switch, new() { Name = "Pedir un resultado para cerrar una llamada" });
        await Expect(rule).Not.ToBeCheckedAsync();
        await rule.CheckAsync();
        await Expect(admin.Locator("cmw-desk-rules [role=status]")).ToHaveTextAsync("Guardado");
        await Axe.ShouldBeFineAsync(admin, "the settings");
        await admin.ReloadAsync();
        await Expect(rule).ToBeCheckedAsync();

        await using var anas = await OpenAsync();
        var ana = await anas.DeskAsync("ana");
        await TalkedAsync(ana);
        // Without an outcome there is no way to close but the one that asks for it.
        await Expect(Card(ana).GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true })).ToHaveCountAsync(0);
        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Guardar y cerrar" }).ClickAsync();
        await Expect(Card(ana)).ToContainTextAsync("Elija un resultado.");
        await PressAsync(ana, "1", "Control+Enter");
        await Expect(Card(ana)).ToHaveCountAsync(0);
        anas.Complaints.ShouldBeEmpty();
        admins.Complaints.ShouldBeEmpty();
    }

    private Task<TestBrowser> OpenAsync() =>
        browsers.OpenAsync(new() { ViewportSize = Laptop }, _host.Address);

    /// <summary>A call that has just ended, whose card is ready to be written on.</summary>
    private async Task<string> TalkedAsync(IPage page)
    {
        var callId = await _host.RingAsync(_ana, "88881234", connected: true);
        await _host.RingAsync(_ana, "88881234", action: "callEnd", callId: callId, connected: true);
        await Expect(Card(page)).ToHaveCountAsync(1);
        await Expect(Card(page).Locator("header .state", new() { HasText = "Terminada" })).ToHaveCountAsync(1);
        await Expect(Card(page).GetByRole(AriaRole.Radio, new() { Name = "Atendido" })).ToHaveCountAsync(1);
        return callId;
    }

    private async Task PressAsync(IPage page, params string[] keys)
    {
        foreach (var key in keys)
        {
            _keys++;
            await page.Keyboard.PressAsync(key);
        }
    }

    private async Task<string?> OutcomeAsync(string callId) =>
        (string?)(await _ana.GetObjectAsync($"/api/calls/{callId}"))["outcome"];

    private async Task<IReadOnlyList<string?>> OpenCallsAsync() =>
        [.. (await _ana.GetItemsAsync("/api/pop-ups")).Select(popUp => (string?)popUp["callId"])];

    private static ILocator Card(IPage page) => page.Locator("cmw-pop-up-card");

    private static ILocator Conflict(IPage page) => page.Locator("cmw-wrap-up-conflict");

    private static ILocator Notice(IPage page) => page.Locator("cmw-save-notice");
}
