using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace CallMyWay.Benchmarks;

/// <summary>
/// The agents' connected screens: real SignalR clients, which report each pop-up on arrival, and whose it was.
/// </summary>
internal sealed class Screens : IAsyncDisposable
{
    private readonly List<HubConnection> _connections = [];
    private long _count;

    /// <summary>Called with the screen's agent and the call's id.</summary>
    public Action<int, string>? Arrived { get; set; }

    public long Count => Interlocked.Read(ref _count);

    /// <summary>The address and the token of each agent's connection.</summary>
    public static async Task<Screens> ConnectAsync(IEnumerable<(Uri Address, string? Token)> agents)
    {
        var screens = new Screens();
        foreach (var (agent, (address, token)) in agents.Index())
        {
            var connection = new HubConnectionBuilder()
                .WithUrl(address, options => options.AccessTokenProvider = () => Task.FromResult(token)).Build();
            connection.On<JsonElement>("popUp", popUp => screens.OnPopUp(agent, popUp));
            connection.On<JsonElement>("popUpChanged", _ => Interlocked.Increment(ref screens._count));
            await connection.StartAsync();
            screens._connections.Add(connection);
        }

        return screens;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private void OnPopUp(int agent, JsonElement popUp)
    {
        Interlocked.Increment(ref _count);
        Arrived?.Invoke(agent, popUp.GetProperty("callId").GetString()!);
    }
}
