using Microsoft.AspNetCore.SignalR;
using Microsoft.Azure.Functions.Worker.SignalRService;
using Microsoft.Azure.SignalR.Management;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// The hub in Azure SignalR Service, which holds the screens' connections; our servers hold none. Screens only listen.
/// </summary>
[SignalRConnection(SignalRSettings.Section)]
internal sealed class CallHub(IServiceProvider services) : ServerlessHub(services)
{
    public Task SendAsync(string userId, string message, object content, CancellationToken cancellationToken) =>
        Clients.User(userId).SendAsync(message, content, cancellationToken);

    /// <param name="userId">As whom the screen connects.</param>
    /// <param name="lifetime">How long the token opens a connection, and how long that lasts.</param>
    public Task<BinaryData> NegotiateAsync(string userId, TimeSpan lifetime) =>
        NegotiateAsync(new NegotiationOptions
        {
            UserId = userId,
            TokenLifetime = lifetime,
            // A WebSocket connection shows the token once. Without this, who was let in once would hear calls for ever.
            CloseOnAuthenticationExpiration = true,
        });
}
