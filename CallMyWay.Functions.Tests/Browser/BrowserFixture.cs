using System.Collections.Concurrent;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Playwright;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// One Chromium and one host for the browser tests of a group. Each test has its own context, which is an empty profile.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>
    /// In the order in which they are taken. The first is Chromium without windows and menus, which Debian has as a
    /// package of its own: these tests take half of the processor time with it.
    /// </summary>
    private static readonly string[] Programs =
        ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome.exe"];

    private IPlaywright? _playwright;

    private IBrowser? _browser;

    public DemoHost Demo { get; } = new();

    /// <summary>Why no browser test can run here; null if they can.</summary>
    private string? Missing { get; set; }

    public async Task InitializeAsync()
    {
        // The browser, the hosts and other tests share the machine, so expected things may take a while.
        Assertions.SetDefaultExpectTimeout(60_000);
        await Demo.InitializeAsync();
        var chromium = Chromium();
        var console = ConsoleSite.FolderOf(Demo.Host.Get<IConfiguration>());
        Missing = chromium is null ? "No Chromium is on the PATH (Debian's package is chromium)."
            : !File.Exists(Path.Combine(console, "index.html")) ? "The console is not built: it needs Node.js, see README.md."
            : null;
        if (Missing is null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = chromium,
                Headless = true,
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
                    // A page that a test makes up has no address, and would be kept from this machine's.
                    "--disable-features=LocalNetworkAccessChecks",
                ],
            });
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await Demo.DisposeAsync();
    }

    public void SkipIfMissing() => Skip.If(Missing is not null, Missing);

    /// <summary>A new browser, with no open calls for the demo's agents.</summary>
    public async Task<TestBrowser> OpenAsync(BrowserNewContextOptions? options = null, Uri? address = null)
    {
        SkipIfMissing();
        options ??= new();
        options.BaseURL = (address ?? Demo.Host.Address).ToString();
        options.Locale ??= "es-CR";
        options.ViewportSize ??= new() { Width = 1280, Height = 800 };
        // Nothing moves, so that nothing has to be waited for.
        options.ReducedMotion ??= ReducedMotion.Reduce;
        return new TestBrowser(await _browser!.NewContextAsync(options));
    }

    /// <summary>Closes what earlier tests left open.</summary>
    public async Task ClearDeskAsync()
    {
        foreach (var agent in new[] { Demo.Ana, Demo.Luis })
        {
            foreach (var popUp in await agent.ItemsAsync("/api/pop-ups"))
            {
                await agent.AskAsync(
                    HttpMethod.Post, $"/api/pop-ups/{Uri.EscapeDataString(popUp.Text("callId")!)}/acknowledge");
            }
        }
    }

    private static string? Chromium() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Append("/usr/bin")
        .SelectMany(folder => Programs.Select(name => Path.Combine(folder, name)))
        .Where(File.Exists)
        .MinBy(path => Array.IndexOf(Programs, Path.GetFileName(path)));
}

/// <summary>These browser tests run one after another: they share the browser and the demo's agents.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTestGroup : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}

/// <summary>
/// Browser tests that have hosts of their own. They take about as long as those of <see cref="BrowserTestGroup"/>, and
/// run beside them.
/// </summary>
[CollectionDefinition(Name)]
public sealed class DeskTestGroup : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser, desks";
}

/// <summary>A user's browser: tabs that share their cookies, and the errors that they reported.</summary>
public sealed class TestBrowser(IBrowserContext context) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();

    public IBrowserContext Context => context;

    /// <summary>
    /// Errors of scripts, of the console and of the content security policy, and failed answers. The 401 that means
    /// "not signed in" is left out, and so is a change of the machine's network, which ends requests.
    /// </summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Signs in with the page's requests, but without the page.</summary>
    public async Task SignInAsync(string agent)
    {
        var response = await context.APIRequest.PostAsync(
            "/api/session", new() { DataObject = new { agent, password = "demo" } });
        response.Status.ShouldBe(204);
    }

    public async Task<IPage> TabAsync(string path = "/")
    {
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning"
                && !message.Text.Contains("status of 401", StringComparison.Ordinal)
                && !message.Text.Contains("ERR_NETWORK_CHANGED", StringComparison.Ordinal))
            {
                _complaints.Enqueue(message.Text);
            }
        };
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>A tab that is connected and receives calls.</summary>
    public async Task<IPage> DeskAsync(string agent)
    {
        await SignInAsync(agent);
        return await ListeningTabAsync();
    }

    public async Task<IPage> ListeningTabAsync()
    {
        var page = await TabAsync();
        await Assertions.Expect(page.Locator("cmw-connection-status .connected")).ToBeVisibleAsync();
        return page;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
