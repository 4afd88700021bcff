using System.IO.Compression;
using System.Net;
using CallMyWay.Functions;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Sweeping;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Demo;
using CallMyWay.LocalHost.Functions;
using CallMyWay.LocalHost.Screens;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Start;
using CallMyWay.LocalHost.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost;

/// <summary>All of CallMyWay in one process: the functions on Kestrel, an embedded database, a SignalR hub, timers, the console.</summary>
public static class LocalHostApp
{
    // The server refuses larger bodies unread. Functions have lower limits of their own.
    private const long LargestBody = 32 * 1024 * 1024;

    // Found once for a process, because all types of the assemblies are looked through: the tests start many hosts in one.
    private static readonly Lazy<FunctionCatalog> Catalog =
        new(() => FunctionCatalog.Of(typeof(CallMyWayServices).Assembly, typeof(LocalHostApp).Assembly));

    /// <summary>
    /// Runs the host until it is stopped. Returns the process's exit code: 1 with one message if it can't start.
    /// </summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var listen = ListenAddresses.None;
        try
        {
            await using var app = Build(args);
            listen = ListenAddresses.Of(app.Configuration);
            if (!await StartAsync(app))
            {
                return 0;
            }

            await Announcement.WriteAsync(app, Console.Out);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (StartException.Explain(exception, listen) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return 1;
        }
    }

    /// <summary>Starts the host. If it can't start, it has stopped its background services when this throws.</summary>
    /// <returns>False where it was told to stop before it had started. Then it has stopped.</returns>
    internal static async Task<bool> StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (Exception exception)
        {
            // The stop below counts as being told, too.
            var isTold = exception is OperationCanceledException && app.Lifetime.ApplicationStopping.IsCancellationRequested;
            // The storage is closed next, and who still reads it then would log a failure beside the reason.
            // The framework's host can't be stopped where nothing had begun. The reason is thrown then too.
            await app.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (isTold)
            {
                return false;
            }

            throw;
        }
    }

    /// <summary>
    /// Builds the host without starting it. <paramref name="configure"/> runs last and can replace anything.
    /// </summary>
    /// <exception cref="StartException">The settings don't let it start.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var strange = KnownSettings.Check(args);
        // The settings file is beside the program, wherever it is started from. The data folder is relative to the
        // current folder.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(LocalHostApp).Assembly.GetName().Name,
        });
        var settings = HostSettings.Of(builder.Configuration);
        AddDefaults(builder.Configuration, settings);

        var isStarted = false;
        builder.Logging.AddLogRules(() => isStarted);
        builder.AddLogFiles();
        // Each does nothing unless the host was started by it. Under systemd the log has the journal's priorities.
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService(service => service.ServiceName = "CallMyWay");
        AddServer(builder);
        var data = DataFolder.Open(settings.DataPath, settings.IsDemo);
        builder.Services.AddSingleton(settings).AddSingleton(data);
        builder.AddStorage(settings, data);
        builder.AddTelemetry();
        builder.Services.AddCallMyWay(builder.Configuration, typeof(LocalHostApp).Assembly);
        AddFunctions(builder);
        AddBackups(builder.Services);
        AddSignIn(builder, data);
        AddScreens(builder.Services);
        AddDemo(builder, settings);
        configure?.Invoke(builder);

        var app = builder.Build();
        KnownSettings.Tell(builder.Configuration, strange, app.Logger);
        data.Keys.Check(app.Services.GetRequiredService<IKeyManager>());
        app.Lifetime.ApplicationStarted.Register(() => isStarted = true);
        Map(app);
        return app;
    }

    private static void AddDefaults(ConfigurationManager configuration, HostSettings settings)
    {
        // Endpoints with certificates of their own name their addresses themselves.
        var hasEndpoints = configuration.GetSection(ListenAddresses.Endpoints).GetChildren().Any();
        if (!hasEndpoints && string.IsNullOrWhiteSpace(configuration[WebHostDefaults.ServerUrlsKey]))
        {
            configuration[WebHostDefaults.ServerUrlsKey] = HostSettings.DefaultUrls;
        }

        if (settings.IsDemo)
        {
            configuration.AddInMemoryCollection([.. DemoDefaults.For(configuration, DemoSimulator.FreeAddress())]);
        }
    }

    private static void AddServer(WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = TimeSpan.FromSeconds(15);
            // One after the other, whoever is last would get what the others have left of that time, and until its turn
            // it would go on taking work. The storage is closed after all of them.
            host.ServicesStopConcurrently = true;
        });
        builder.Services.AddSingleton(TimeProvider.System);
        // ASP.NET Core's own check of AllowedHosts would come first. It refuses notifications and this machine's names.
        builder.Services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = ["*"]);
        builder.Services.AddSingleton<KnownHosts>();
        builder.Services.AddHostedService<DiskWatch>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.Configure<ForwardedHeadersOptions>(proxies =>
        {
            // Forwarded headers are trusted only from this machine and from the addresses of the setting.
            proxies.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var address in TrustedProxies(builder.Configuration))
            {
                proxies.KnownProxies.Add(address);
            }
        });
        // Browsers keep the console's files, so that a better compression costs once for each.
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true)
            .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal)
            .Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
    }

    private static IEnumerable<IPAddress> TrustedProxies(ConfigurationManager configuration)
    {
        foreach (var address in configuration.GetSection("TrustedProxies").Get<string[]>() ?? [])
        {
            yield return IPAddress.TryParse(address, out var proxy)
                ? proxy
                : throw new StartException($"The setting TrustedProxies has '{address}', which is no address.");
        }
    }

    private static void AddFunctions(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => Catalog.Value);
        services.AddOptions<QueueOptions>().BindConfiguration(QueueOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<QueueOptions>, AnnotatedOptions<QueueOptions>>();
        services.AddHostedService<Preparation>();
        services.AddHostedService<QueuePumps>();
        services.AddHostedService<TimerRunner>();
        services.AddHostedService<CampaignStart>();
    }

    private static void AddBackups(IServiceCollection services)
    {
        services.AddOptions<BackupOptions>().BindConfiguration(BackupOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BackupOptions>, AnnotatedOptions<BackupOptions>>();
        services.AddSingleton<BackupMaker>().AddHostedService(provider => provider.GetRequiredService<BackupMaker>());
        services.AddSingleton<IScheduled, BackupSchedule>();
        services.AddSingleton<AfterRestore>();
    }

    private static void AddSignIn(WebApplicationBuilder builder, DataFolder data)
    {
        var services = builder.Services;
        services.AddDataProtection().SetApplicationName("CallMyWay.LocalHost");
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = data.Keys);
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignInOptions>, AnnotatedOptions<SignInOptions>>();
        services.AddSingleton<LocalAccounts>().AddSingleton<Sessions>().AddSingleton<Setup>().AddSingleton<Invites>();
        services.AddSingleton<IAgentAccounts, LocalAgentAccounts>();
        services.AddSingleton<DeviceCookie>().AddSingleton<KnownClients>();
        services.AddSingleton<SignInQueue>().AddSingleton<SignInGuard>().AddSingleton<PasswordSignIn>();
        services.AddSingleton<IHostDescription, LocalHostDescription>();
        services.AddSingleton<ISweep, SignInFailureSweep>().AddSingleton<ISweep, KnownClientSweep>()
            .AddSingleton<ISweep, InviteSweep>();
        services.AddSingleton<SessionWatch>().AddHostedService(provider => provider.GetRequiredService<SessionWatch>());
        services.AddAuthentication()
            .AddCookie(Session.Scheme, cookie =>
            {
                cookie.Cookie.Name = Session.CookieName;
                cookie.CookieManager = new SessionCookies();
                // As the prefix asks for.
                cookie.Cookie.Path = "/";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.ExpireTimeSpan = Sessions.Longest;
                cookie.SlidingExpiration = true;
                cookie.Events.OnValidatePrincipal = Session.ValidateAsync;
            })
            .AddScheme<AuthenticationSchemeOptions, ScreenTokenHandler>(ScreenTokenHandler.SchemeName, null);
        services.AddAuthorization();
    }

    private static void AddScreens(IServiceCollection services)
    {
        services.AddSignalR().AddJsonProtocol(json => ApiJson.Configure(json.PayloadSerializerOptions));
        services.AddSingleton<HubLifetimeManager<ScreenHub>, ScreenSender>();
        services.AddSingleton<ScreenTokens>().AddSingleton<IScreens, LocalScreens>();
        services.AddSingleton<ScreenConnections>()
            .AddSingleton<IHostStatus, LocalHostStatus>()
            .AddSingleton<ISessionScreens>(provider => provider.GetRequiredService<ScreenConnections>())
            .AddSingleton<IAgentScreens, LocalAgentScreens>();
    }

    private static void AddDemo(WebApplicationBuilder builder, HostSettings settings)
    {
        if (!settings.IsDemo)
        {
            return;
        }

        builder.Services.AddSingleton<DemoData>();
        builder.Services.AddSingleton<DemoSimulator>().AddHostedService(provider => provider.GetRequiredService<DemoSimulator>());
    }

    private static void Map(WebApplication app)
    {
        var hosts = app.Services.GetRequiredService<KnownHosts>();
        app.UseForwardedHeaders();
        app.UseMiddleware<ApiAnswers>();
        app.Use((context, next) =>
            // Notifications may use any host name that leads here: the webhook is protected by its key.
            hosts.Knows(context.Request.Host) || SitePaths.IsWebhook(context.Request.Path)
                ? next(context)
                : KnownHosts.Refusal(context.Request).ExecuteAsync(context));
        // SignalR's own negotiation across origins too.
        app.UseMiddleware<CrossOrigin>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseConsoleSite();
        app.MapHttpFunctions();
        app.MapHub<ScreenHub>(ScreenHub.Path);
    }
}
