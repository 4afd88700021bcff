using System.Net.Http.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// A host as Azure's platform presents it to a browser: on another origin, with tokens of the office's directory.
/// Behind that is the whole host; the agent's session there replaces what the deployed app makes of the platform's
/// header.
/// </summary>
public sealed class WorkAccountDesk : IAsyncLifetime
{
    public const string Ana = "ana@office.example";

    /// <summary>In the directory, but no agent.</summary>
    public const string Eva = "eva@office.example";

    private StaticWebApp? _site;

    private string _cookie = "";

    public TestHost Host { get; private set; } = null!;

    public HttpClient AnasApi { get; private set; } = null!;

    public Uri Console => _site!.Address;

    internal OfficeDirectory Directory { get; } = new(Ana, Eva);

    public async Task InitializeAsync()
    {
        if (StaticWebApp.Builder is null)
        {
            // LocalHost has no console either, and the browser fixture skips each test.
            return;
        }

        _site = await StaticWebApp.StartAsync();
        Host = await TestHost.StartAsync(TestStorage.Sqlite, new()
        {
            Services = services => services.AddCors().AddSingleton<IStartupFilter>(new Front(this)),
        });
        AnasApi = await Host.SignInAsync("ana");
        _cookie = Host.CookiesOf(AnasApi).GetCookieHeader(Host.Address);
        await _site.BuildAsync(Host.Address);
    }

    public async Task DisposeAsync()
    {
        if (_site is not null)
        {
            await Host.DisposeAsync();
            await _site.DisposeAsync();
        }
    }

    /// <summary>The operator notifies of a call to Ana.</summary>
    public async Task CallAsync(string callId)
    {
        using var operatorsSide = Host.Anonymous();
        using var response = await operatorsSide.PostAsJsonAsync(
            Host.Webhook, DemoHost.Notification("callStart", callId));
        response.EnsureSuccessStatusCode();
    }

    private async Task AskAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        // LocalHost checks the origin only of requests with a cookie, and the browser sends none here.
        request.Headers.Remove("Cookie").ShouldBeFalse("The console sent a cookie to another origin.");
        request.Headers.Remove("Origin");
        request.Headers.Remove("Sec-Fetch-Site");
        var authorization = request.Headers.Authorization.ToString();
        if (request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            && authorization.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            var person = Directory.PersonOf(authorization["Bearer ".Length..]);
            if (person != Ana && request.Path != "/api/host")
            {
                context.Response.StatusCode = person is null
                    ? StatusCodes.Status401Unauthorized
                    : StatusCodes.Status403Forbidden;
                return;
            }

            request.Headers.Remove("Authorization");
            request.Headers.Cookie = _cookie;
        }

        await next(context);
    }

    private sealed class Front(WorkAccountDesk desk) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            // Like the platform's CORS: listed origins, no credentials.
            app.UseWhen(context => context.Request.Headers.Origin.Count > 0, browser => browser
                .UseCors(cors => cors.WithOrigins(
                    desk.Console.GetLeftPart(UriPartial.Authority)).AllowAnyHeader().AllowAnyMethod())
                .Use(desk.AskAsync));
            next(app);
        };
    }
}
