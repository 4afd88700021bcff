using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace CallMyWay.LocalHost.Web;

/// <summary>Serves the console: its files, and <c>index.html</c> for the addresses of its pages.</summary>
internal static class ConsoleSite
{
    private const string Missing = """
        The console is not here: this host was built without it.
        To get it, install Node.js 20.19 or later and build again: dotnet build CallMyWay.LocalHost
        The API works without it, under /api.

        """;

    // Without a charset, a browser may read text in an encoding of its own language.
    private static readonly FileExtensionContentTypeProvider Types =
        new() { Mappings = { [".txt"] = "text/plain; charset=utf-8" } };

    /// <summary>The folder with the built console; the setting <c>ConsolePath</c> names another.</summary>
    public static string FolderOf(IConfiguration settings) =>
        Path.GetFullPath(settings["ConsolePath"] ?? Path.Combine(AppContext.BaseDirectory, "wwwroot"));

    public static void UseConsoleSite(this WebApplication app)
    {
        var folder = FolderOf(app.Configuration);
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            app.UseWhen(IsForConsole, branch => branch.Run(context =>
            {
                SetSecurityHeaders(context, []);
                context.Response.StatusCode = context.Request.Path == "/"
                    ? StatusCodes.Status200OK
                    : StatusCodes.Status404NotFound;
                context.Response.ContentType = "text/plain; charset=utf-8";
                return context.Response.WriteAsync(Missing);
            }));
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.UseWhen(IsForConsole, branch =>
        {
            branch.UseResponseCompression();
            branch.Use(async (context, next) =>
            {
                if (SitePaths.IsEmbedPage(context.Request.Path))
                {
                    SetSecurityHeaders(context, await EmbedPages.OriginsAsync(context));
                }
                else
                {
                    SetSecurityHeaders(context, []);
                    if (SitePaths.IsPage(context.Request.Path))
                    {
                        context.Request.Path = "/index.html";
                    }
                }

                await next(context);
            });
            branch.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = files,
                ContentTypeProvider = Types,
                OnPrepareResponse = file => SetFileHeaders(file.Context),
            });
            branch.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });
    }

    private static bool IsForConsole(HttpContext context) =>
        context.GetEndpoint() is null
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && !SitePaths.IsApi(context.Request.Path)
        && !SitePaths.IsHub(context.Request.Path);

    private static void SetFileHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        // Vite names files under assets/ by a hash of their content.
        headers.CacheControl = SitePaths.IsAsset(context.Request.Path)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        if (SitePaths.IsScript(context.Request.Path))
        {
            // Pages of any origin may load the embedded phone. The files hold nothing of the office.
            headers.AccessControlAllowOrigin = "*";
        }
    }

    /// <param name="context">The request.</param>
    /// <param name="around">The origins whose pages may show this one in a frame, and may be asked by it.</param>
    private static void SetSecurityHeaders(HttpContext context, IReadOnlyList<string> around)
    {
        var headers = context.Response.Headers;
        var host = context.Request.Host;
        var others = string.Concat(around.Select(origin => $" {origin}"));
        var ancestors = around.Count > 0 ? others : " 'none'";
        // 'self' includes ws: only in newer browsers, so it is listed.
        headers.ContentSecurityPolicy =
            $"default-src 'self'; img-src 'self' data:; connect-src 'self' ws://{host} wss://{host}{others}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors{ancestors}";
        headers.XContentTypeOptions = "nosniff";
        if (around.Count == 0)
        {
            // It can't name origins.
            headers[HeaderNames.XFrameOptions] = "DENY";
        }

        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }
}
