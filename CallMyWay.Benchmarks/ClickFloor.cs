using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Benchmarks;

/// <summary>
/// The least that a click can cost: a POST that asks the operator on a connection of its own, and answers. Nothing is
/// checked or stored.
/// </summary>
internal static class ClickFloor
{
    public static WebApplication Build(string operatorAddress)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var client = new HttpClient { BaseAddress = new Uri(operatorAddress) };
        app.MapPost("/api/calls", async (Click click) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/Welcome/ClickToDialExtenal?username={Servers.Account}&password={Servers.Password}&first_num={click.EndpointId}&second_num={click.Number}");
            request.Headers.ConnectionClose = true;
            using var response = await client.SendAsync(request);
            return await response.Content.ReadAsStringAsync();
        });
        return app;
    }

    private sealed record Click(string EndpointId, string Number);
}
