using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// A real server in place of the operator. It answers every click as the test says, and places no calls.
/// </summary>
internal sealed class ScriptedOperator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly ConcurrentQueue<(string First, string Second)> _asked = new();

    private ScriptedOperator(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public (int Status, string Text) Answer { get; set; } = (StatusCodes.Status200OK, "OK");

    /// <summary>The phone for which it refuses each click; null for none.</summary>
    public string? Refused { get; set; }

    /// <summary>The numbers it was asked to call, in order.</summary>
    public IReadOnlyList<(string First, string Second)> Asked => [.. _asked];

    public static async Task<ScriptedOperator> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var scripted = new ScriptedOperator(builder.Build());
        scripted._app.MapGet("/Welcome/ClickToDialExtenal", (string first_num, string second_num) =>
        {
            scripted._asked.Enqueue((first_num, second_num));
            var (status, text) = first_num == scripted.Refused
                ? (StatusCodes.Status403Forbidden, "ERROR: first_num no pertenece a la cuenta")
                : scripted.Answer;
            return Results.Text(text, "text/html", Encoding.UTF8, status);
        });
        await scripted._app.StartAsync();
        return scripted;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
