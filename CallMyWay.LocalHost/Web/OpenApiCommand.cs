using CallMyWay.Functions.Api;

namespace CallMyWay.LocalHost.Web;

/// <summary>
/// The command <c>openapi</c>: writes what <c>/api/openapi.json</c> answers, without a host. For generators of clients,
/// and for the checks.
/// </summary>
internal static class OpenApiCommand
{
    public const string Name = "openapi";

    public static async Task<int> RunAsync(TextWriter output)
    {
        await output.WriteLineAsync(new OpenApiDocument(typeof(OpenApiCommand).Assembly).Text);
        return 0;
    }
}
