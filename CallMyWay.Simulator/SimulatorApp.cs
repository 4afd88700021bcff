using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CallMyWay.Simulator;

/// <summary>
/// The simulator of the operator CallMyWay as an ASP.NET Core app, for its own process or for a test.
/// </summary>
public static class SimulatorApp
{
    public const string DefaultUrl = "http://127.0.0.1:7072";

    /// <summary>Builds the app. Settings come from the environment and from <paramref name="args"/>.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

        // An appsettings.json that happens to be here belongs to another app.
        foreach (var file in builder.Configuration.Sources.OfType<JsonConfigurationSource>().ToArray())
        {
            builder.Configuration.Sources.Remove(file);
        }

        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Standard output is reserved for the line that tells a parent process the address.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));

        builder.Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        builder.Services.AddProblemDetails();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<SimulatorOptions>().Bind(builder.Configuration).ValidateOnStart();
        builder.Services.AddSingleton<IPostConfigureOptions<SimulatorOptions>, DemoAccount>();
        builder.Services.AddSingleton<IValidateOptions<SimulatorOptions>, SimulatorOptionsValidator>();
        builder.Services.AddSingleton<Lines>();
        builder.Services.AddSingleton<EnabledAddresses>();
        builder.Services.AddSingleton<Tariff>();
        builder.Services.AddSingleton<QueryPace>();
        builder.Services.AddSingleton<RecordRequests>();
        builder.Services.AddSingleton<CallBook>();
        builder.Services.AddSingleton<Behaviour>();
        builder.Services.AddSingleton<CallPlayer>();
        builder.Services.AddSingleton<Notifier>();
        builder.Services.AddSingleton<ClickRequests>();
        builder.Services.AddSingleton<ClickToDial>();
        builder.Services.AddSingleton<CallRecords>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CallPlayer>());
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapOperator();
        app.MapControl();
        app.MapIndexPage();
        return app;
    }

    /// <summary>
    /// Builds and starts the app, on a free port unless the arguments name one, and returns its address.
    /// </summary>
    public static async Task<(WebApplication App, Uri Address)> CreateAsync(
        string[] args, Action<WebApplicationBuilder>? configure = null, CancellationToken cancellationToken = default)
    {
        var app = Build(["--urls", "http://127.0.0.1:0", .. args], configure);
        await app.StartAsync(cancellationToken);
        return (app, new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
    }
}

internal static class Json
{
    public static JsonSerializerOptions Options { get; } = Configure(
        new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        // Otherwise a misspelt field would silently keep its default.
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        return options;
    }
}
