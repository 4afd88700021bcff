using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Benchmarks;

/// <summary>
/// The least that a push can cost: the body of a POST is sent at once to the user of its endpoint. Nothing is stored or
/// looked up.
/// </summary>
internal static class HubFloor
{
    public static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSignalR();
        builder.Services.AddSingleton<IUserIdProvider, UserOfAddress>();
        var app = builder.Build();
        app.MapHub<BareHub>("/hub");
        app.MapPost(Servers.WebhookPath, async (HttpRequest request, IHubContext<BareHub> hub) =>
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            var data = body.RootElement.GetProperty("data");
            var agent = "agent-" + data.GetProperty("endpoint_id").GetString()![3..];
            await hub.Clients.User(agent).SendAsync(
                "popUp", new { callId = data.GetProperty("callid").GetString(), agentId = agent, call = data });
            return new { ack = "ok" };
        });
        return app;
    }

    private sealed class BareHub : Hub;

    private sealed class UserOfAddress : IUserIdProvider
    {
        public string? GetUserId(HubConnectionContext connection) => connection.GetHttpContext()?.Request.Query["user"];
    }
}
