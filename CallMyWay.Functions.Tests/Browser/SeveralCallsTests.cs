using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>Many open calls at one desk.</summary>
[Collection(DeskTestGroup.Name)]
public sealed class SeveralCallsTests(BrowserFixture browsers, ITestOutputHelper output) : IAsyncLifetime
{
    private ClickDesk _desk = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        _desk = await ClickDesk.StartAsync(TestStorage.Sqlite);
        _ana = await _desk.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [SkippableFact]
    public async Task Twelve_Missed_Calls_Are_Lines_And_Are_Put_Away_One_By_One_In_Thirteen_Keys()
    {
        browsers.SkipIfMissing();
        await MissAsync(12);
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");
        await Expect(Lines(ana)).ToHaveCountAsync(12);
        await Expect(Cards(ana)).ToHaveCountAsync(0);
        await Expect(Lines(ana).First).ToContainTextAsync("Perdida");
        await Expect(Lines(ana).First).ToContainTextAsync("Falta devolverla");

        await ana.Keyboard.PressAsync("c");
        for (var left = 11; left >= 0; left--)
        {
            await ana.Keyboard.PressAsync("Delete");
            await Expect(Lines(ana)).ToHaveCountAsync(left);
        }

        await Expect(ana.Locator("cmw-pop-up-list")).ToContainTextAsync("Sin llamadas en este momento");
        await Eventually.TrueAsync(async () => (await _ana.ItemsAsync("/api/missed-calls")).Count == 0);
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task All_Missed_Calls_Are_Put_Away_By_Three_Keys_And_One_Request()
    {
        browsers.SkipIfMissing();
        await MissAsync(12);
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");
        await Expect(Lines(ana)).ToHaveCountAsync(12);
        var sent = new ConcurrentQueue<string>();
        ana.Request += (_, request) => sent.Enqueue($"{request.Method} {new Uri(request.Url).AbsolutePath}");

        await ana.Keyboard.PressAsync("c");
        await ana.Keyboard.PressAsync("Shift+Delete");
        await Expect(ana.Locator("cmw-pop-up-list .question"))
            .ToContainTextAsync("¿Quitar de sus listas las llamadas perdidas (12)?");
        await ana.Keyboard.PressAsync("Enter");

        await Expect(Lines(ana)).ToHaveCountAsync(0);
        await Expect(ana.Locator("cmw-pop-up-list")).ToContainTextAsync("Sin llamadas en este momento");
        await Eventually.TrueAsync(async () => (await _ana.ItemsAsync("/api/missed-calls")).Count == 0);
        sent.Where(request => request.StartsWith("POST", StringComparison.Ordinal))
            .ShouldBe(["POST /api/dismissed-calls"]);
        await ana.ReloadAsync();
        await Expect(ana.Locator("cmw-pop-up-list")).ToContainTextAsync("Sin llamadas en este momento");
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task What_Gets_The_Focus_Is_Never_Below_The_Bar_Of_The_Page()
    {
        browsers.SkipIfMissing();
        await MissAsync(12);
        (string, object?)[] talked =
            [("ani", "88881234"), ("connect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow.AddSeconds(-1)))];
        await NotifyAsync("callStart", "talked", talked);
        await NotifyAsync("callEnd", "talked", talked);
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        var ana = await anas.DeskAsync("ana");
        await ana.SetViewportSizeAsync(390, 844);
        await Expect(Cards(ana).Locator("textarea")).ToHaveCountAsync(1);
        await ana.EvaluateAsync("scrollTo(0, 300)");

        await ana.Keyboard.PressAsync("c");

        var name = Cards(ana).GetByRole(AriaRole.Heading, new() { Level = 3 });
        await Eventually.TrueAsync(() => IsInSightAsync(name));
        var outcome = Cards(ana).GetByRole(AriaRole.Radio).First;
        await Expect(outcome).ToBeFocusedAsync();
        await ana.Keyboard.PressAsync("1");
        await Expect(outcome).ToBeCheckedAsync();
        await ana.EvaluateAsync("scrollTo(0, 120)");
        await ana.Keyboard.PressAsync("Control+Enter");

        await Expect(Cards(ana)).ToHaveCountAsync(0);
        var line = ana.Locator("cmw-pop-up-list .line .open:focus");
        await Expect(line).ToHaveCountAsync(1, new() { Timeout = 5000 });
        (await IsInSightAsync(line)).ShouldBeTrue();

        async Task<bool> IsInSightAsync(ILocator there) =>
            (await there.BoundingBoxAsync())!.Y >= (await ana.Locator("cmw-header").BoundingBoxAsync())!.Height;
    }

    [SkippableFact]
    public async Task A_Hundred_Open_Calls_Cost_At_Most_Ten_Requests_And_3000_Nodes_At_A_Reload_And_Nothing_Moves()
    {
        browsers.SkipIfMissing();
        await MissAsync(60);
        for (var number = 0; number < 39; number++)
        {
            (string, object?)[] talked = [("ani", $"6100{number:0000}"), ("connect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow.AddSeconds(-1)))];
            await NotifyAsync("callStart", $"talked-{number}", talked);
            await NotifyAsync("callEnd", $"talked-{number}", talked);
        }

        await NotifyAsync("callStart", "live", ("ani", "88881234"));
        await Eventually.TrueAsync(async () => (await _ana.ItemsAsync("/api/pop-ups?take=500"))
            .Count(call => call.Text("state") == (call.Text("callId") == "live" ? "ringing" : "ended")) == 100);
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        await anas.Context.AddInitScriptAsync(
            "window.shifts = []; new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => [e.value, e.startTime, ...e.sources.map((s) => s.node?.localName ?? '')].join(' ')))).observe({ type: 'layout-shift', buffered: true });");
        var ana = await anas.DeskAsync("ana");
        await Expect(ana.Locator("cmw-pop-up-card textarea")).ToHaveCountAsync(1);
        // What the first page still asks for is not the reload's.
        await ana.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var asked = new ConcurrentQueue<string>();
        ana.Request += (_, request) =>
        {
            if (new Uri(request.Url).PathAndQuery is var path && path.StartsWith("/api/", StringComparison.Ordinal))
            {
                asked.Enqueue($"{request.Method} {path}");
            }
        };

        await ana.ReloadAsync();

        await Expect(ana.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        await Expect(ana.Locator("cmw-pop-up-card textarea")).ToHaveCountAsync(1);
        await ana.WaitForLoadStateAsync(LoadState.NetworkIdle);
        output.WriteLine(string.Join('\n', asked));
        var nodes = await ana.EvaluateAsync<int>(
            "() => { const count = (root) => [...root.querySelectorAll('*')].reduce((all, e) => all + 1 + (e.shadowRoot ? count(e.shadowRoot) : 0), 0); return count(document); }");
        var shifts = await ana.EvaluateAsync<JsonElement>("() => window.shifts");
        output.WriteLine($"{asked.Count} requests, {nodes} nodes, shifts: {shifts}");
        asked.Count.ShouldBeLessThanOrEqualTo(10, string.Join('\n', asked));
        nodes.ShouldBeLessThan(3000);
        shifts.EnumerateArray()
            .Sum(shift => double.Parse(shift.GetString()!.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBeLessThan(0.01, shifts.ToString());
        await Expect(Cards(ana)).ToHaveCountAsync(1);
        await Expect(Cards(ana)).ToContainTextAsync("José Rodríguez Solís");
        anas.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Supervisor_s_Reload_Asks_At_Most_Ten_Times()
    {
        browsers.SkipIfMissing();
        await MissAsync(3);
        await using var sofias = await browsers.OpenAsync(address: _desk.Host.Address);
        var sofia = await sofias.DeskAsync("sofia");
        await Expect(sofia.Locator("cmw-calls-list li")).ToHaveCountAsync(3);
        var asked = new ConcurrentQueue<string>();
        sofia.Request += (_, request) =>
        {
            if (new Uri(request.Url).AbsolutePath is var path
                && (path.StartsWith("/api/", StringComparison.Ordinal)
                    || path.StartsWith("/hubs/", StringComparison.Ordinal)))
            {
                asked.Enqueue($"{request.Method} {path}");
            }
        };

        await sofia.ReloadAsync();

        await Expect(sofia.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        await Expect(sofia.Locator("cmw-calls-list li")).ToHaveCountAsync(3);
        await sofia.WaitForLoadStateAsync(LoadState.NetworkIdle);
        asked.Count.ShouldBeInRange(5, 10, string.Join('\n', asked));
    }

    /// <summary>
    /// The desk's own store is told of calls as the channel tells it: a card is drawn for each, its call is read, and
    /// it goes again. What the garbage collector leaves must not grow by a card for each call.
    /// </summary>
    [SkippableFact]
    public async Task Five_Hundred_Calls_That_Came_And_Went_Leave_The_Memory_Flat()
    {
        browsers.SkipIfMissing();
        var round = TestLength.Of(50, 250);
        await using var anas = await browsers.OpenAsync(address: _desk.Host.Address);
        await anas.Context.RouteAsync("**/api/calls/memory-*", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = JsonSerializer.Serialize(new
            {
                callId = new Uri(route.Request.Url).Segments[^1],
                account = "8000001",
                direction = "in",
                number = new { display = "2211-0099", kind = "number", e164 = "+50622110099" },
                startedAt = DateTimeOffset.UtcNow,
                state = "connected",
                match = "none",
                candidates = Array.Empty<object>(),
            }),
        }));
        var ana = await anas.DeskAsync("ana");
        var session = await anas.Context.NewCDPSessionAsync(ana);

        // The code, and what is made once, are there after the first calls.
        await ComeAndGoAsync(0, 20);
        await LeftAsync();
        await ComeAndGoAsync(1000, round);
        var before = await LeftAsync();
        await ComeAndGoAsync(2000, round);
        var after = await LeftAsync();

        output.WriteLine($"after {round} calls {before}, after {round} more {after}");
        after.Nodes.ShouldBeLessThan(before.Nodes + (2 * round), "nodes that no page shows any more");
        after.Listeners.ShouldBeLessThan(before.Listeners + round);
        // Of each call a few words stay, such as whether it was closed, and its draft. A card has hundreds of nodes.
        (after.Bytes - before.Bytes).ShouldBeLessThan(round * 20_000d);

        async Task ComeAndGoAsync(int from, int count) => await ana.EvaluateAsync(
            """
            async ([from, count]) => {
              const { desk, shadowRoot } = document.querySelector('cmw-console');
              const list = shadowRoot.querySelector('cmw-desk-page').shadowRoot.querySelector('cmw-pop-up-list').shadowRoot;
              const inside = (element, tag) => element?.shadowRoot?.querySelector(tag);
              const until = async (wanted) => {
                while (!wanted()) await new Promise((done) => setTimeout(done));
              };
              for (let call = from; call < from + count; call++) {
                const now = new Date().toISOString();
                const popUp = {
                  callId: `memory-${call}`, account: '8000001', direction: 'in', agentId: 'ana', state: 'connected',
                  number: { display: '2211-0099', kind: 'number', e164: '+50622110099' }, match: 'none',
                  candidates: [], startedAt: now, connectedAt: now, revision: 1,
                };
                desk.popUps.show(popUp, true);
                const card = () => list.querySelector('cmw-pop-up-card');
                await until(() => inside(inside(inside(card(), 'cmw-call-work'), 'cmw-wrap-up-form'), 'textarea'));
                desk.popUps.close({ ...popUp, state: 'ended', revision: 2 });
                await until(() => !card());
              }
            }
            """,
            new[] { from, count });

        async Task<(double Bytes, int Nodes, int Listeners)> LeftAsync()
        {
            await session.SendAsync("HeapProfiler.enable");
            for (var turn = 0; turn < 3; turn++)
            {
                await session.SendAsync("HeapProfiler.collectGarbage");
            }

            var heap = (await session.SendAsync("Runtime.getHeapUsage"))!.Value;
            var counted = (await session.SendAsync("Memory.getDOMCounters"))!.Value;
            return (
                heap.GetProperty("usedSize").GetDouble(),
                counted.GetProperty("nodes").GetInt32(),
                counted.GetProperty("jsEventListeners").GetInt32());
        }
    }

    private async Task MissAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await NotifyAsync("callStart", $"missed-{number}", ("ani", $"6000{number:0000}"));
            await NotifyAsync("callEnd", $"missed-{number}", ("ani", $"6000{number:0000}"));
        }

        await Eventually.TrueAsync(
            async () => (await _ana.ItemsAsync("/api/missed-calls?take=500")).Count == count);
    }

    private async Task NotifyAsync(string action, string callId, params (string Field, object? Value)[] data)
    {
        using var nobody = _desk.Host.Anonymous();
        using var response = await nobody.PostAsJsonAsync(
            _desk.Host.Webhook, DemoHost.Notification(action, callId, data));
        response.EnsureSuccessStatusCode();
    }

    private static ILocator Lines(IPage page) => page.Locator("cmw-pop-up-list .line .open");

    private static ILocator Cards(IPage page) => page.Locator("cmw-pop-up-card");
}
