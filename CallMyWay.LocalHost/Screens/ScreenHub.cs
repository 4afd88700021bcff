using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace CallMyWay.LocalHost.Screens;

/// <summary>The hub that agents' screens connect to. They only listen; they change things through the API.</summary>
[Authorize(AuthenticationSchemes = ScreenTokenHandler.SchemeName)]
internal sealed class ScreenHub(ScreenConnections connections) : Hub
{
    public const string Path = "/hubs/pop-ups";

    public override Task OnConnectedAsync()
    {
        connections.Add(Context);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context);
        return Task.CompletedTask;
    }
}
