using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace CallMyWay.LocalHost.Screens;

/// <summary>Where the agents' screens are connected. They only listen: what they do goes through the API.</summary>
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
