using CallMyWay.Functions.Api;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Settings;

namespace CallMyWay.LocalHost.Web;

/// <summary>
/// The command <c>openapi</c>: writes what <c>/api/openapi.json</c> answers, without a host. For generators of clients,
/// and for the checks.
/// </summary>
internal static class OpenApiCommand
{
    public const string Name = "openapi";

    internal const string Usage =
        "openapi    writes what /api/openapi.json answers, without a host; it has no arguments";

    /// <summary>Returns the process's exit code: 0 if it is written, else 1.</summary>
    public static Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error) =>
        Commands.RunAsync(error, async () =>
        {
            _ = CommandArguments.Read(Name, arguments, takesValue: _ => false, flag: null, Usage);
            await output.WriteLineAsync(new OpenApiDocument(typeof(OpenApiCommand).Assembly).Text);
        });
}
