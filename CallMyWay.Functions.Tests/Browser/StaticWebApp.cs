using System.Diagnostics;
using System.Net.Mime;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// The console as built for Azure, served by its own <c>staticwebapp.config.json</c>, on its own origin.
/// </summary>
internal sealed class StaticWebApp : IAsyncDisposable
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly WebApplication _server;

    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-console-").FullName;

    private JsonElement _config;

    private StaticWebApp(WebApplication server) => _server = server;

    /// <summary>Vite's path; null if the console's packages are not installed.</summary>
    public static string? Builder { get; } = WebFolder.Find("node_modules", "vite", "bin", "vite.js");

    public Uri Address => new(_server.Urls.First());

    public static async Task<StaticWebApp> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var site = new StaticWebApp(builder.Build());
        site._server.Run(site.ServeAsync);
        await site._server.StartAsync();
        return site;
    }

    /// <summary>Builds the console for an API.</summary>
    public async Task BuildAsync(Uri api)
    {
        var start = new ProcessStartInfo("node", [Builder!, "build", "--outDir", _folder, "--emptyOutDir"])
        {
            WorkingDirectory = Path.GetDirectoryName(WebFolder.Find("package.json")),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["VITE_API"] = api.ToString(),
                ["VITE_ENTRA_CLIENT_ID"] = OfficeDirectory.ClientId,
                ["VITE_ENTRA_TENANT_ID"] = OfficeDirectory.TenantId,
                ["VITE_ENTRA_SCOPE"] = "",
            },
        };
        using var build = Process.Start(start).ShouldNotBeNull();
        var output = await Task.WhenAll(build.StandardOutput.ReadToEndAsync(), build.StandardError.ReadToEndAsync());
        await build.WaitForExitAsync();
        build.ExitCode.ShouldBe(0, string.Concat(output));
        _config = JsonSerializer.Deserialize<JsonElement>(
            await File.ReadAllTextAsync(Path.Combine(_folder, "staticwebapp.config.json")));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var file = Path.Combine(_folder, path.TrimStart('/'));
        var isAsset = path.StartsWith("/assets/", StringComparison.Ordinal);
        SetHeaders(context.Response, _config.GetProperty("globalHeaders"));
        if (isAsset)
        {
            SetHeaders(context.Response, _config.GetProperty("routes")[0].GetProperty("headers"));
        }

        if (!File.Exists(file))
        {
            if (IsExcluded(path))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            file = Path.Combine(
                _folder, _config.GetProperty("navigationFallback").GetProperty("rewrite").GetString()!.TrimStart('/'));
        }

        context.Response.ContentType = Types.TryGetContentType(file, out var type)
            ? type
            : MediaTypeNames.Application.Octet;
        await context.Response.SendFileAsync(file);
    }

    /// <summary>
    /// True if this address must not get a page. <c>*</c> matches anything, <c>{a,b}</c> one of these.
    /// </summary>
    private bool IsExcluded(string path) =>
        _config.GetProperty("navigationFallback").GetProperty("exclude").EnumerateArray()
            .Select(pattern => Regex.Escape(pattern.GetString()!).Replace(@"\*", ".*", StringComparison.Ordinal)
                .Replace(@"\{", "(", StringComparison.Ordinal).Replace('}', ')').Replace(',', '|'))
            .Any(pattern => Regex.IsMatch(path, $"^{pattern}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));

    private static void SetHeaders(HttpResponse response, JsonElement headers)
    {
        foreach (var header in headers.EnumerateObject())
        {
            response.Headers[header.Name] = header.Value.GetString();
        }
    }
}
