using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>Agents at their desks, each in a browser of their own, with an operator that calls.</summary>
[Collection(DeskTestGroup.Name)]
public sealed class DeskTests(BrowserFixture browsers) : IAsyncLifetime
{
    private ClickDesk _desk = null!;

    public async Task InitializeAsync() => _desk = await ClickDesk.StartAsync(TestStorage.Sqlite);

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [SkippableFact]
    public async Task A_Contact_Is_Found_And_Called_By_Keyboard_And_The_Card_Knows_Who_It_Is()
    {
        await _desk.SetAsync("shape", new { clickLegs = "two", agentLegType = "in" });
        await _desk.SetAsync("click", new { firstAnswers = true, secondAnswers = true, firstRingSeconds = 1, secondRingSeconds = 1, talkSeconds = 2 });
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        await using var luiss = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");
        var luis = await luiss.DeskAsync("luis");

        await ana.Keyboard.PressAsync("/");
        await ana.Keyboard.InsertTextAsync("rafael bren");
        await Expect(ana.Locator("cmw-dial-box [role=option]")).ToHaveCountAsync(1);
        await ana.Keyboard.PressAsync("Enter");
        await ana.GetByRole(
            AriaRole.Button,
            new() { Name = "Llamar a Rafael Brenes (Ferretería El Tornillo) al 2222-3344" }).PressAsync("Enter");

        // Three contacts share the number. The call is with the one that was clicked.
        await Expect(Card(ana).GetByRole(AriaRole.Heading, new() { Name = "Rafael Brenes (Ferretería El Tornillo)" }))
            .ToBeVisibleAsync();
        await Expect(Card(ana)).ToContainTextAsync("Es a quien usted llamó");
        await Expect(Card(ana)).ToContainTextAsync("Terminada");
        await Expect(Card(ana)).ToHaveCountAsync(1);
        await Expect(ana.Locator("cmw-calls-list li")).ToHaveCountAsync(1);
        await Expect(ana.Locator("cmw-dial-status .shown")).ToHaveCountAsync(0);
        await Expect(Card(luis)).ToHaveCountAsync(0);
        (await _desk.TruthAsync()).ShouldHaveSingleItem();
        anas.Complaints.ShouldBeEmpty();
        luiss.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Double_Click_Calls_Once_And_A_Busy_Agent_Is_Asked()
    {
        await _desk.SetAsync("click", new { firstAnswers = true, secondAnswers = true, firstRingSeconds = 600, secondRingSeconds = 1, talkSeconds = 1 });
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");
        var box = ana.Locator("cmw-dial-box");

        await box.GetByRole(AriaRole.Button, new() { Name = "Teclado" }).ClickAsync();
        foreach (var digit in "61990042")
        {
            await box.GetByRole(AriaRole.Button, new() { Name = digit.ToString(), Exact = true }).ClickAsync();
        }

        await box.GetByRole(AriaRole.Button, new() { Name = "Llamar", Exact = true }).DblClickAsync();

        await Expect(Card(ana)).ToContainTextAsync("6199-0042");
        await Expect(Card(ana)).ToContainTextAsync("No está en sus contactos");
        (await _desk.TruthAsync()).ShouldHaveSingleItem();

        await box.GetByRole(AriaRole.Combobox).First.FillAsync("8888 1234");
        await ana.Keyboard.PressAsync("Enter");
        await Expect(ana.Locator("cmw-dial-status")).ToContainTextAsync("Termine primero la llamada en curso");
        await ana.GetByRole(AriaRole.Button, new() { Name = "Llamar de todos modos" }).ClickAsync();
        await Expect(ana.Locator("cmw-dial-status"))
            .ToContainTextAsync("El operador dice que su teléfono está en una llamada");
        (await _desk.TruthAsync()).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task A_Call_That_A_Colleague_Takes_Goes_Away()
    {
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        await using var luiss = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");
        var luis = await luiss.DeskAsync("luis");

        await _desk.PostAsync("calls", new { from = "88881234", type = "in", endpoints = new[] { "1001", "1002" }, answeredBy = "1002", ringSeconds = 8, talkSeconds = 60, answered = true });
        await Expect(Card(ana)).ToContainTextAsync("José Rodríguez Solís");
        await Expect(Card(luis)).ToContainTextAsync("José Rodríguez Solís");

        await Expect(Card(ana)).ToHaveCountAsync(0);
        // The simulator tells that a phone has stopped. Who has answered it does not tell, and nobody is named.
        await Expect(ana.Locator("cmw-pop-up-list .taken")).ToHaveTextAsync("");
        await Expect(Card(luis)).ToHaveCountAsync(1);
    }

    [SkippableFact]
    public async Task A_Missed_Call_Is_Called_Back_From_The_List_And_Its_Unknown_Caller_Becomes_A_Contact()
    {
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");
        await _desk.PostAsync(
            "calls?wait=true",
            new { from = "61990042", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 0, answered = false });
        await Expect(Lines(ana)).ToContainTextAsync("Perdida");
        await Lines(ana).ClickAsync();
        await Expect(Card(ana)).ToContainTextAsync("Perdida");

        await Card(ana).GetByRole(AriaRole.Button, new() { Name = "Crear contacto" }).ClickAsync();
        await ana.GetByLabel("Nombre").FillAsync("Nueva Clienta");
        await ana.GetByRole(AriaRole.Button, new() { Name = "Crear y elegir" }).ClickAsync();
        await Expect(Card(ana).GetByRole(AriaRole.Heading, new() { Name = "Nueva Clienta" })).ToBeVisibleAsync();

        await ana.GetByRole(AriaRole.Button, new() { Name = "Devolver la llamada a Nueva Clienta" }).ClickAsync();

        // The call that goes on is a card, and the one that was missed is a line again.
        await Expect(Card(ana).Filter(new() { HasText = "Saliente" })).ToContainTextAsync("Nueva Clienta");
        await Expect(Card(ana).Filter(new() { HasText = "Saliente" })).ToContainTextAsync("Es a quien usted llamó");
        await Expect(Card(ana)).ToHaveCountAsync(1);
        await Expect(Lines(ana)).ToContainTextAsync("Nueva Clienta");
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Missed_Calls_Are_Taken_Off_The_List_From_The_Card_And_By_Keyboard_From_The_Row()
    {
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");
        foreach (var from in new[] { "61990051", "61990052" })
        {
            await _desk.PostAsync(
                "calls?wait=true",
                new { from, to = "1001", type = "in", ringSeconds = 0, talkSeconds = 0, answered = false });
        }

        await Expect(Lines(ana)).ToHaveCountAsync(2);
        await ana.GetByRole(AriaRole.Button, new() { Name = "Solo perdidas" }).ClickAsync();
        var rows = ana.Locator("cmw-calls-list li");
        await Expect(rows).ToHaveCountAsync(2);

        await Lines(ana).Filter(new() { HasText = "6199-0051" }).ClickAsync();
        await Card(ana).Filter(new() { HasText = "6199-0051" })
            .GetByRole(AriaRole.Button, new() { Name = "Quitar de la lista" }).ClickAsync();
        await Expect(Card(ana)).ToHaveCountAsync(0);
        await Expect(Lines(ana)).ToHaveCountAsync(1);
        await Expect(rows).ToHaveCountAsync(1);

        await ana.GetByRole(AriaRole.Button, new() { Name = "Quitar de la lista: 6199-0052" }).PressAsync("Enter");
        await Expect(Lines(ana)).ToHaveCountAsync(0);
        await Expect(ana.Locator("cmw-calls-list")).ToContainTextAsync("No hay llamadas perdidas.");
        using var api = await _desk.SignInAsync("ana");
        (await api.ItemsAsync("/api/missed-calls")).ShouldBeEmpty();
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Wrap_Up_Is_Kept_While_It_Is_Typed_And_Another_s_Change_Is_Shown_And_Not_Overwritten()
    {
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        var first = await anas.DeskAsync("ana");
        await _desk.PostAsync("calls?wait=true", new { from = "88881234", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 0, answered = true, callId = "wrapped" });
        await Card(first).GetByLabel("Notas").FillAsync("Paga el viernes");
        using var api = await _desk.SignInAsync("ana");
        await Eventually.TrueAsync(async () => (await api.ReadAsync("/api/calls/wrapped"))!.Value.TryGetProperty("wrapUp", out var draft) && draft.Text("notes") == "Paga el viernes");

        // On another machine: what a tab stores, others of the same browser show at once.
        await using var others = await browsers.OpenAsync(address: _desk.Host.Address);
        var second = await others.DeskAsync("ana");
        await Expect(Card(second).GetByLabel("Notas")).ToHaveValueAsync("Paga el viernes");
        await Card(second).GetByLabel("Notas").FillAsync("Paga el lunes");
        await Eventually.TrueAsync(async () => (await api.ReadAsync("/api/calls/wrapped"))!.Value.GetProperty("wrapUp").Text("notes") == "Paga el lunes");
        await Card(first).GetByLabel("Notas").FillAsync("Paga el martes");

        // Neither text is lost: the agent sees both and chooses.
        await Expect(Card(first)).ToContainTextAsync("Paga el lunes");
        await Expect(Card(first).GetByLabel("Notas")).ToHaveValueAsync("Paga el martes");
        (await api.ReadAsync("/api/calls/wrapped"))!.Value.GetProperty("wrapUp").Text("notes")
            .ShouldBe("Paga el lunes");
    }

    [SkippableFact]
    public async Task A_Colleague_Is_Found_By_Name_And_Called()
    {
        await _desk.SetAsync("click", new { firstAnswers = true, secondAnswers = true, firstRingSeconds = 1, secondRingSeconds = 1, talkSeconds = 600 });
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        await using var luiss = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");
        var luis = await luiss.DeskAsync("luis");

        await ana.Keyboard.PressAsync("/");
        await ana.Keyboard.InsertTextAsync("luis mor");
        await Expect(ana.Locator("cmw-dial-box [role=option]")).ToContainTextAsync("Llamar a Luis Mora Jiménez");
        await Expect(ana.Locator("cmw-dial-box [role=option]")).ToContainTextAsync("Colega · Escritorio · 1002");
        await ana.Keyboard.PressAsync("ArrowDown");
        await ana.Keyboard.PressAsync("Enter");

        await Expect(Card(ana)).ToContainTextAsync("Luis Mora Jiménez");
        await Expect(Card(ana)).ToContainTextAsync("Interna");
        await Expect(Card(luis)).ToContainTextAsync("Ana Solano Vargas");
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Call_By_Another_Phone_Is_Noted_And_Then_Written_About_As_Any_Call()
    {
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");

        await ana.Keyboard.PressAsync("/");
        await ana.Keyboard.InsertTextAsync("rafael bren");
        await Expect(ana.Locator("cmw-dial-box [role=option]")).ToHaveCountAsync(1);
        await ana.Keyboard.PressAsync("Enter");
        await ana.GetByRole(AriaRole.Button, new() { Name = "Anotar una llamada" }).PressAsync("Enter");
        await ana.GetByLabel("Me llamaron").CheckAsync();
        await ana.GetByLabel("Minutos (opcional)").FillAsync("diez");
        await ana.GetByRole(AriaRole.Button, new() { Name = "Anotar", Exact = true }).ClickAsync();
        await Expect(ana.Locator("cmw-note-call")).ToContainTextAsync("Escriba de 0 a 1440 minutos.");
        await ana.GetByLabel("Minutos (opcional)").FillAsync("10");
        await ana.Keyboard.PressAsync("Enter");

        await Expect(Card(ana)).ToContainTextAsync("Rafael Brenes (Ferretería El Tornillo)");
        await Expect(Card(ana)).ToContainTextAsync("Anotada a mano");
        await Expect(Card(ana).Locator("article")).ToBeFocusedAsync();
        await Expect(ana.Locator("cmw-note-call")).ToHaveCountAsync(0);
        await Expect(ana.Locator("cmw-calls-list li")).ToContainTextAsync("Anotada a mano");
        await Card(ana).GetByRole(AriaRole.Radio, new() { Name = "Atendido" }).CheckAsync();
        await Card(ana).GetByLabel("Notas").FillAsync("Por el celular");
        await Card(ana).GetByLabel("Notas").PressAsync("Control+Enter");

        await Expect(Card(ana)).ToHaveCountAsync(0);
        using var api = await _desk.SignInAsync("ana");
        var call = (await api.ItemsAsync("/api/calls")).ShouldHaveSingleItem();
        (call.Text("outcome"), call.Text("direction"), call.GetProperty("noted").GetBoolean())
            .ShouldBe(("attended", "in", true));
        (await _desk.TruthAsync()).ShouldBeEmpty("the operator is not asked");
        // A browser reports each refusal.
        anas.Complaints.ShouldHaveSingleItem().ShouldContain("400");
    }

    [SkippableFact]
    public async Task The_First_Paint_Does_Not_Wait_For_The_Api()
    {
        await using var browser = await browsers.OpenAsync(address: _desk.Host.Address);
        var page = await browser.Context.NewPageAsync();
        var answer = new TaskCompletionSource();
        await page.RouteAsync("**/api/**", async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });

        // The browser reports the paint one frame after the element appears. The API is held back until then.
        await Expect(page.Locator("cmw-header .brand")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length === 1");
        answer.SetResult();
        await Expect(page.Locator("#agent")).ToBeVisibleAsync();
    }

    private static ILocator Card(IPage page) => page.Locator("cmw-pop-up-card");

    private static ILocator Lines(IPage page) => page.Locator("cmw-pop-up-list .line .open");
}
