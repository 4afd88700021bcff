using System.Net;
using System.Net.Http.Json;
using CallMyWay.LocalHost;
using CallMyWay.LocalHost.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>The options of a host under test.</summary>
public sealed record TestHostOptions
{
    public bool Demo { get; init; } = true;

    /// <summary>
    /// Whether the demo has all its contacts. By default it has the first seven: on Azurite each contact costs about
    /// fifteen requests at the start.
    /// </summary>
    public bool AllContacts { get; init; }

    /// <summary>The data folder of an earlier host; null for a new one.</summary>
    public string? DataPath { get; init; }

    /// <summary>Further settings, as on the command line.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public TimeProvider? Time { get; init; }

    /// <summary>Classes with functions of the test, in addition to the product's.</summary>
    public IReadOnlyList<Type> Functions { get; init; } = [];

    public Action<IServiceCollection>? Services { get; init; }
}

/// <summary>
/// The whole host: Kestrel on a free port of 127.0.0.1, with its own data folder and without the simulator.
/// </summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly Dictionary<HttpClient, CookieContainer> _clients = [];

    private readonly bool _ownsFolder;

    private TestHost(WebApplication app, string dataPath, bool ownsFolder, LogCapture log) =>
        (App, DataPath, _ownsFolder, Log) = (app, dataPath, ownsFolder, log);

    public WebApplication App { get; }

    public string DataPath { get; }

    /// <summary>Everything that was logged, as text.</summary>
    public LogCapture Log { get; }

    public Uri Address => new(App.Urls.First());

    /// <summary>The address for the operator's notifications.</summary>
    public Uri Webhook => new(Address, "/api/webhooks/callmyway/demo-key-0000000000000000");

    public static async Task<TestHost> StartAsync(TestStorage storage, TestHostOptions? options = null)
    {
        storage.SkipWhereMissing();
        options ??= new TestHostOptions();
        var folder = options.DataPath ?? TestFolder.Create("callmyway-host-");
        var log = new LogCapture();
        var app = LocalHostApp.Build(
            [
                "--urls", "http://127.0.0.1:0",
                "--DataPath", folder,
                "--demo", options.Demo ? "true" : "false",
                "--Demo:Simulator", "false",
                // Each test that wants records pulls them itself, and not when a minute is full.
                "--CallRecords:Enabled", "false",
                // No test changes a host's settings files, and watching them costs each host some milliseconds.
                "--hostBuilder:reloadConfigOnChange", "false",
                .. options.AllContacts ? (string[])[] : ["--Demo:Contacts", "7"],
                .. await storage.SettingsAsync(folder),
                .. options.Settings,
            ],
            builder => Configure(builder, options, log));
        var host = new TestHost(app, folder, options.DataPath is null, log);
        try
        {
            await LocalHostApp.StartAsync(app);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        return host;
    }

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    /// <summary>A client without cookies: nobody.</summary>
    public HttpClient Anonymous() => Client(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <summary>A client with cookies, like a browser, which sends our console's header.</summary>
    public HttpClient Browser()
    {
        var client = Client(new SocketsHttpHandler { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        return client;
    }

    /// <summary>The cookies of such a client, for another kind of client.</summary>
    public CookieContainer CookiesOf(HttpClient client) => _clients[client];

    /// <summary>A browser that is signed in.</summary>
    public async Task<HttpClient> SignInAsync(string agent, string password = "demo")
    {
        var client = Browser();
        using var response = await client.PostAsJsonAsync("/api/session", new { agent, password });
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Keys)
        {
            client.Dispose();
        }

        await App.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(DataPath, recursive: true);
        }
    }

    private static void Configure(WebApplicationBuilder builder, TestHostOptions options, LogCapture log)
    {
        // Added beside the host's own log rules, which are part of what is tested.
        var console = builder.Logging.Services.Where(
            service => service.ImplementationType == typeof(ConsoleLoggerProvider)).ToList();
        console.ForEach(service => builder.Logging.Services.Remove(service));
        builder.Logging.AddProvider(log);
        // Password hashes are slow by design, and the tests start a thousand hosts with four accounts each.
        builder.Services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1);
        if (options.Time is { } time)
        {
            builder.Services.AddSingleton(time);
        }

        if (options.Functions.Count > 0)
        {
            builder.Services.AddSingleton(_ => FunctionCatalog.Of(
                [.. typeof(CallMyWayServices).Assembly.GetTypes(), .. typeof(LocalHostApp).Assembly.GetTypes(), .. options.Functions]));
        }

        options.Services?.Invoke(builder.Services);
    }

    private HttpClient Client(SocketsHttpHandler handler)
    {
        var client = new HttpClient(new DescribedAnswers(handler)) { BaseAddress = Address };
        _clients[client] = handler.CookieContainer;
        return client;
    }
}
