namespace CallMyWay.Functions.PopUps;

/// <summary>
/// The realtime channel to the agents' screens. It is a hint: what it carries can be read again from <c>GET /api/pop-ups</c>,
/// and a screen that missed a message reads there when it reconnects.
/// </summary>
public interface IScreens
{
    /// <summary>Sends to all of the agent's connected screens; none is no error.</summary>
    Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken);

    /// <summary>Where the agent's SignalR client connects, and the token that lets it in, for a short time.</summary>
    ValueTask<ScreenConnection> NegotiateAsync(string agentId, CancellationToken cancellationToken);
}

/// <summary>What a SignalR client's negotiation is answered with, so that it goes on to <paramref name="Url"/>.</summary>
public sealed record ScreenConnection(string Url, string AccessToken);

/// <summary>The messages that screens get; on the wire in camelCase (<c>popUp</c>, <c>popUpChanged</c>, <c>popUpClosed</c>).</summary>
public enum ScreenMessage
{
    PopUp,
    PopUpChanged,
    PopUpClosed,
}
