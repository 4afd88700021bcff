using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// The pipeline's checks after a deployment, run against servers that are right and servers that are not.
/// </summary>
public sealed class SmokeTests
{
    private const string SignIn = "https://login.microsoftonline.com/tenant-1/oauth2/v2.0/authorize";

    [SkippableFact]
    public async Task An_App_Behind_The_Platforms_Authentication_Passes()
    {
        var (code, output) = await RunAsync(request => request.Path == "/.auth/login/aad" ? Redirect(SignIn) : null);

        code.ShouldBe(0, output);
    }

    [SkippableTheory]
    [InlineData("no platform")]
    [InlineData("another sign-in")]
    [InlineData("believes the header")]
    [InlineData("believes the token")]
    [InlineData("open")]
    [InlineData("ill")]
    public async Task An_App_That_Differs_In_One_Thing_Fails(string fault)
    {
        var (code, output) = await RunAsync(request => (fault, request.Path.Value) switch
        {
            ("no platform", "/.auth/login/aad") => Results.NotFound(),
            ("another sign-in", "/.auth/login/aad") => Redirect("https://login.microsoftonline.com.example.com/"),
            (_, "/.auth/login/aad") => Redirect(SignIn),
            ("believes the header", "/api/me") when request.Headers.ContainsKey("X-MS-CLIENT-PRINCIPAL") =>
                Results.Ok(),
            ("believes the token", "/api/me") when request.Headers.ContainsKey("Authorization") => Results.Ok(),
            ("open", "/api/me") => Results.Ok(),
            ("ill", "/api/health") => Results.StatusCode(503),
            _ => null,
        });

        code.ShouldBe(1);
        output.ShouldContain("::error::");
    }

    private static IResult Redirect(string to) => Results.Redirect(to);

    private static async Task<(int Code, string Output)> RunAsync(Func<HttpRequest, IResult?> differs)
    {
        using var run = new ScriptRun();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(context => (differs(context.Request) ?? (context.Request.Path.Value is "/api/health" or "/" ? Results.Ok() : Results.Unauthorized())).ExecuteAsync(context));
        await app.StartAsync();
        return await run.RunAsync($".github/scripts/smoke.sh {app.Urls.Single()} {app.Urls.Single()}");
    }
}
