using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// The phone in pages of another origin: the CRM of <c>web/demo-crm</c>, a page with a frame, and one that plays HubSpot.
/// With <c>CALLMYWAY_DOC_PICTURES=1</c> it also makes the picture of docs/embedding.md.
/// </summary>
[Collection(DeskTestGroup.Name)]
public sealed class EmbeddedPhoneTests(BrowserFixture browsers, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Jose = "88881234";

    private ClickDesk _desk = null!;

    private HttpClient _admin = null!;

    private DemoCrm _crm = null!;

    private string Host => _desk.Host.Address.GetLeftPart(UriPartial.Authority);

    public async Task InitializeAsync()
    {
        browsers.SkipIfMissing();
        _desk = await ClickDesk.StartAsync(TestStorage.Sqlite);
        _admin = await _desk.SignInAsync("admin");
        _crm = await DemoCrm.StartAsync(_desk.Host, _admin);
    }

    public async Task DisposeAsync()
    {
        if (_crm is not null)
        {
            await _crm.DisposeAsync();
            _admin.Dispose();
            await _desk.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task A_Crm_Shows_Who_Calls_And_Dials_And_Goes_On_With_A_New_Token()
    {
        await ListAsync(_crm.Origin);
        await using var browser = await browsers.OpenAsync(address: _crm.Address);
        await Axe.AddToAsync(browser.Context);
        var tokens = 0;
        await browser.Context.RouteAsync("**/callmyway-token", async route =>
        {
            var answer = await route.FetchAsync();
            var token = (await answer.JsonAsync())!.Value.GetProperty("token").GetString();
            // The first one is said to end soon: it is renewed after ten seconds.
            var ends = DateTimeOffset.UtcNow.AddSeconds(++tokens == 1 ? 65 : 890);
            await route.FulfillAsync(new() { Json = new { token, expiresAt = ends.ToString("O") } });
        });
        var openings = new ConcurrentQueue<string>();
        var page = await OpenAsync(browser);
        page.WebSocket += (_, socket) => openings.Enqueue(socket.Url);
        await page.GotoAsync("/");
        var phone = page.Locator("callmyway-phone");
        await Expect(phone.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        await page.EvaluateAsync("""
            () => {
              const status = document.querySelector('callmyway-phone').shadowRoot
                .querySelector('cmw-embedded-phone').shadowRoot.querySelector('cmw-connection-status').shadowRoot;
              window.states = [];
              new MutationObserver(() => window.states.push(status.querySelector('.status').className))
                .observe(status, { subtree: true, childList: true, attributes: true });
              window.told = [];
              for (const name of ['call-started', 'call-answered', 'call-ended', 'wrap-up-saved', 'error'])
                document.addEventListener(name, event => window.told.push(name));
            }
            """);
        await Axe.ShouldBeFineAsync(page, "the CRM without a call");
        await page.SetViewportSizeAsync(1280, 800);

        // A call opens its record in the CRM, and its card in the phone.
        var callId = await _desk.Host.RingAsync(_admin, Jose);
        await Expect(page.Locator("#record h2")).ToHaveTextAsync("José Rodríguez Solís");
        await Expect(page.Locator("#state")).ToHaveTextAsync("Llamada entrante");
        await _desk.Host.RingAsync(_admin, Jose, callId: callId, connected: true);
        await Expect(page.Locator("#state")).ToHaveTextAsync("En llamada");
        var card = phone.Locator("cmw-pop-up-card");
        await Expect(card).ToContainTextAsync("José Rodríguez Solís");
        await card.GetByRole(AriaRole.Radio, new() { Name = "Atendido" }).ClickAsync();
        await card.GetByLabel("Notas").FillAsync("Llama de nuevo el lunes");
        await DocPictures.TakeAsync(page, "crm");
        await Axe.ShouldBeFineAsync(page, "the CRM with a call");
        await page.SetViewportSizeAsync(1280, 800);
        await _desk.Host.RingAsync(_admin, Jose, action: "callEnd", callId: callId, connected: true);
        await Expect(page.Locator("#state")).ToHaveTextAsync("Terminó");

        // As narrow as it may be, no word is broken.
        await phone.EvaluateAsync("phone => phone.style.inlineSize = '280px'");
        (await card.Locator(".state").BoundingBoxAsync()).ShouldNotBeNull().Height.ShouldBeLessThan(32);
        await phone.EvaluateAsync("phone => phone.style.inlineSize = ''");

        // What is saved goes to the record of whoever the call was with, though another one is open.
        await OpenRecordAsync("María Fernández Quesada");
        await card.GetByRole(AriaRole.Button, new() { Name = "Guardar y cerrar" }).ClickAsync();
        await page.WaitForFunctionAsync("() => window.told.includes('wrap-up-saved')");
        await Expect(page.Locator("#history li")).ToHaveTextAsync(["Pregunta por la entrega de su pedido"]);
        await OpenRecordAsync("José Rodríguez Solís");
        await Expect(page.Locator("#history")).ToContainTextAsync("Llama de nuevo el lunes");

        // The next token came, with a connection of its own, and nothing was lost in between.
        await Eventually.TrueAsync(() => Task.FromResult(tokens > 1 && openings.Count > 1), () => "a second token");
        await page.Locator("#list").GetByRole(AriaRole.Button, new() { Name = "Llamar a 8888-7777" }).ClickAsync();
        await Expect(phone.Locator("cmw-pop-up-card").Filter(new() { HasText = "8888-7777" })).ToBeVisibleAsync();
        await Expect(page.Locator("#record h2")).ToHaveTextAsync("María Fernández Quesada");
        (await page.EvaluateAsync<string[]>("() => window.states")).ShouldBeEmpty();
        // The page may be told of a call after its card is drawn. The second call goes on meanwhile.
        await page.WaitForFunctionAsync("() => window.told.length >= 5");
        (await page.EvaluateAsync<string[]>("() => window.told.slice(0, 5)"))
            .ShouldBe(["call-started", "call-answered", "call-ended", "wrap-up-saved", "call-started"]);
        (await page.EvaluateAsync<string>("() => document.documentElement.lang")).ShouldBe("es");
        browser.Complaints.ShouldBeEmpty();

        Task OpenRecordAsync(string name) => page.Locator("#list")
            .GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
    }

    [SkippableFact]
    public async Task A_Page_That_Is_Not_Listed_Reads_Nothing_And_Says_What_Is_To_Be_Done()
    {
        await ListAsync("https://other.example.com");
        await using var browser = await browsers.OpenAsync(address: _crm.Address);
        var page = await OpenAsync(browser);
        await page.GotoAsync("/");
        var phone = page.Locator("callmyway-phone");

        await Expect(phone.GetByRole(AriaRole.Alert)).ToContainTextAsync(
            $"{Host} no acepta llamadas desde esta página. Un administrador debe agregar {_crm.Origin} a los orígenes permitidos.");
        await Expect(phone.Locator("cmw-pop-up-list")).ToHaveCountAsync(0);

        // Once it is listed, it goes on without a reload.
        await ListAsync(_crm.Origin);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Intentar de nuevo" }).ClickAsync();
        await Expect(phone.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        await Expect(phone.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_Policy_That_Forbids_The_Socket_And_Markup_As_Text_Leaves_The_Other_Ways()
    {
        await ListAsync(_crm.Origin);
        await using var browser = await browsers.OpenAsync(address: _crm.Address);
        var page = await OpenAsync(browser);
        await page.RouteAsync(_crm.Address.ToString(), async route =>
        {
            var answer = await route.FetchAsync();
            var headers = answer.Headers.ToDictionary(header => header.Key, header => header.Value);
            headers["content-security-policy"] = headers["content-security-policy"]
                .Replace($" {Host.Replace("http", "ws", StringComparison.Ordinal)}", "", StringComparison.Ordinal)
                + "; require-trusted-types-for 'script'";
            await route.FulfillAsync(new() { Response = answer, Headers = headers });
        });
        await page.GotoAsync("/");

        await Expect(page.Locator("callmyway-phone cmw-connection-status .connected")).ToBeVisibleAsync();
        await _desk.Host.RingAsync(_admin, Jose);
        await Expect(page.Locator("#state")).ToHaveTextAsync("Llamada entrante");
        browser.Complaints.ShouldContain(text => text.Contains("ws://", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task The_Phone_Works_In_A_Frame_Of_A_Listed_Page_Alone()
    {
        await ListAsync(_crm.Origin);
        await using var browser = await browsers.OpenAsync(address: _crm.Address);
        await browser.Context.RouteAsync("**/framed", route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Body = $$"""
                <!doctype html><html lang="en"><title>Framed</title>
                <script type="module" src="{{Host}}/embed-frame.js"></script>
                <callmyway-frame id="phone"></callmyway-frame>
                <script>
                  const phone = document.getElementById('phone');
                  window.told = [];
                  for (const name of ['ready', 'call-started', 'presence-changed', 'error'])
                    document.addEventListener(name, event => window.told.push([name, event.detail]));
                  phone.tokenSource = async () => (await fetch(
                    '/callmyway-token', { method: 'POST', headers: { 'X-Requested-With': 'crm' } })).json();
                </script>
                """,
        }));
        var page = await OpenAsync(browser);
        await page.GotoAsync("/framed");
        var frame = page.FrameLocator("callmyway-frame iframe");
        await Expect(frame.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        await Expect(frame.Locator("cmw-pop-up-list")).ToContainTextAsync("No calls right now");

        // What the page says of it later is shown by the phone that is there.
        await page.EvaluateAsync("() => { phone.lang = 'es'; phone.setAttribute('theme', 'dark'); }");
        await Expect(frame.Locator("cmw-pop-up-list")).ToContainTextAsync("Sin llamadas en este momento");
        await Expect(frame.Locator("callmyway-phone")).ToHaveAttributeAsync("theme", "dark");
        await page.EvaluateAsync("() => { phone.lang = 'en'; phone.removeAttribute('theme'); }");

        await page.EvaluateAsync("() => document.getElementById('phone').setPresence({ paused: true })");
        await Expect(frame.GetByRole(AriaRole.Button, new() { Name = "On a break" })).ToBeVisibleAsync();
        var dialled = await page.EvaluateAsync<JsonElement>("() => document.getElementById('phone').dial('8888-1234')");
        dialled.Text("dialId").ShouldNotBeNullOrEmpty();
        await Expect(frame.Locator("cmw-pop-up-card")).ToContainTextAsync("José Rodríguez Solís");
        // The page is told once the contact's record in its own system is read, which takes longer than the card.
        await page.WaitForFunctionAsync("() => window.told.some(([name]) => name === 'call-started')");
        (await page.EvaluateAsync<string>("() => document.getElementById('phone').dial('9').catch(error => error.code)"))
            .ShouldBe("dial-refused");
        await page.WaitForFunctionAsync("() => window.told.length >= 4");
        (await page.EvaluateAsync<string[]>("() => window.told.map(([name]) => name)"))
            .ShouldBe(["ready", "presence-changed", "call-started", "error"]);
        browser.Complaints.Where(text => !text.Contains("400", StringComparison.Ordinal)).ShouldBeEmpty();

        // Another page is not even shown it.
        await ListAsync("https://other.example.com");
        using var answer = await _desk.Host.Anonymous().GetAsync("/embed.html");
        answer.Headers.GetValues("Content-Security-Policy").Single()
            .ShouldEndWith("frame-ancestors https://other.example.com");
    }

    [SkippableTheory]
    [InlineData("/embed.html", true)]
    [InlineData("/embed-hubspot.html", true)]
    [InlineData("/EMBED.HTML", true)]
    [InlineData("/", false)]
    [InlineData("/index.html", false)]
    [InlineData("/embed.html/x", false)]
    [InlineData("/embed.js", false)]
    public async Task Only_The_Phone_s_Pages_Can_Be_Framed(string path, bool canBe)
    {
        await ListAsync(_crm.Origin);
        using var answer = await _desk.Host.Anonymous().GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        policy.ShouldEndWith(canBe ? $"frame-ancestors {_crm.Origin}" : "frame-ancestors 'none'");
        answer.Headers.Contains("X-Frame-Options").ShouldBe(!canBe);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(path.EndsWith(".js", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Without_A_List_No_Page_Can_Be_Framed()
    {
        using var answer = await _desk.Host.Anonymous().GetAsync("/embed.html");

        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("frame-ancestors 'none'");
        answer.Headers.GetValues("X-Frame-Options").Single().ShouldBe("DENY");
    }

    [SkippableFact]
    public async Task In_HubSpot_It_Dials_What_Is_Pressed_And_Tells_Of_Calls()
    {
        await ListAsync(_crm.Origin);
        await using var browser = await browsers.OpenAsync(address: _crm.Address);
        await browser.Context.RouteAsync("**/callmyway-token", async route =>
        {
            if (route.Request.Method != "POST")
            {
                await route.FulfillAsync(new() { Status = 204, Headers = Cors() });
                return;
            }

            route.Request.PostData.ShouldNotBeNull().ShouldContain("\"userId\":7");
            var answer = await route.FetchAsync(new() { Headers = [new("X-Requested-With", "crm")] });
            await route.FulfillAsync(new() { Response = answer, Headers = Cors() });
        });
        // What HubSpot's SDK sends when it is the page around: IFrameManager.sendSync and sendMessage.
        await browser.Context.RouteAsync("**/hubspot", route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Body = $$"""
                <!doctype html><html lang="es"><title>HubSpot</title>
                <iframe id="app" title="Calls" width="400" height="650" src="{{Host}}/embed-hubspot.html?tokens={{Uri.EscapeDataString(_crm.Origin + "/callmyway-token")}}"></iframe>
                <script>
                  const app = document.getElementById('app');
                  window.told = [];
                  const say = message => app.contentWindow.postMessage({ messageId: `hs_${Date.now()}`, ...message }, '{{Host}}');
                  addEventListener('message', ({ data, origin }) => origin === '{{Host}}' && window.told.push(data));
                  app.addEventListener('load', () => {
                    const greet = setInterval(() => {
                      if (window.told.some(({ type }) => type === 'SYNC_ACK')) clearInterval(greet);
                      else say({ type: 'SYNC', hostUrl: location.origin, portalId: 1, userId: 7, ownerId: 9 });
                    }, 100);
                  });
                  window.press = number => say({ type: 'DIAL_NUMBER', data: { phone_number: number, objectId: 51 } });
                  window.created = externalCallId => say({ type: 'CREATE_ENGAGEMENT_SUCCEEDED', data: { engagementId: 77, externalCallId } });
                </script>
                """,
        }));
        var page = await OpenAsync(browser);
        await page.GotoAsync("/hubspot");
        var frame = page.FrameLocator("#app");
        await Expect(frame.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        await ToldAsync("SYNC_ACK", "INITIALIZED", "LOGGED_IN", "USER_AVAILABLE");

        await page.EvaluateAsync("() => window.press('+50688881234')");
        await Expect(frame.Locator("cmw-pop-up-card")).ToContainTextAsync("José Rodríguez Solís");
        var started = await ToldAsync("OUTGOING_CALL_STARTED");
        started.GetProperty("toNumber").GetString().ShouldBe("+50688881234");
        started.GetProperty("createEngagement").GetBoolean().ShouldBeTrue();
        await page.EvaluateAsync("id => window.created(id)", started.Text("externalCallId"));
        await ToldAsync("CALL_ENDED");
        var card = frame.Locator("cmw-pop-up-card");
        await card.GetByRole(AriaRole.Radio, new() { Name = "Atendido" }).ClickAsync();
        await card.GetByLabel("Notas").FillAsync("Quedó al día");
        await card.GetByRole(AriaRole.Button, new() { Name = "Guardar y cerrar" }).ClickAsync();
        var completed = await ToldAsync("CALL_COMPLETED");
        completed.GetProperty("engagementId").GetInt32().ShouldBe(77);
        completed.GetProperty("engagementProperties").Text("hs_call_body").ShouldBe("Quedó al día");
        browser.Complaints.ShouldBeEmpty();

        async Task<JsonElement> ToldAsync(params string[] types)
        {
            foreach (var type in types)
            {
                await page.WaitForFunctionAsync("type => window.told.some(message => message.type === type)", type);
            }

            return await page.EvaluateAsync<JsonElement>(
                "type => window.told.find(message => message.type === type).data ?? {}", types[^1]);
        }

        Dictionary<string, string> Cors() => new()
        {
            ["Access-Control-Allow-Origin"] = Host,
            ["Access-Control-Allow-Credentials"] = "true",
            ["Access-Control-Allow-Headers"] = "content-type",
        };
    }

    [SkippableFact]
    public async Task The_Outline_Is_Painted_Before_The_Server_Has_Answered()
    {
        await ListAsync(_crm.Origin);
        await using var browser = await browsers.OpenAsync(address: _crm.Address);
        // The phone's code and the API's answers never come.
        await browser.Context.RouteAsync("**/assets/embed-*", _ => Task.CompletedTask);
        await browser.Context.RouteAsync("**/api/**", _ => Task.CompletedTask);
        await browser.Context.AddInitScriptAsync("""
            window.painted = new Promise(done => {
              const look = () => requestAnimationFrame(() =>
                document.querySelector('callmyway-phone')?.shadowRoot?.querySelector('.shell')
                  ? requestAnimationFrame(() => done(performance.now()))
                  : look());
              look();
            });
            """);
        var page = await browser.Context.NewPageAsync();
        var best = double.MaxValue;
        for (var load = 0; load < 5; load++)
        {
            await page.GotoAsync("/");
            best = Math.Min(best, await page.EvaluateAsync<double>("() => window.painted"));
        }

        // A figure to look at, and no limit: it is the machine's as well.
        output.WriteLine($"The outline is painted after {best:0} ms.");
    }

    private async Task ListAsync(params string[] origins) =>
        (await _admin.AskAsync(HttpMethod.Put, "/api/embed-origins", new { origins })).Status.ShouldBe(HttpStatusCode.OK);

    private static async Task<IPage> OpenAsync(TestBrowser browser)
    {
        // At an address of no consequence: what the page complains of is heard from the beginning.
        await browser.Context.RouteAsync("**/blank", route => route.FulfillAsync(new() { Body = "" }));
        return await browser.TabAsync("/blank");
    }
}
