namespace CallMyWay.Functions.PopUps;

/// <summary>
/// The realtime channel to the agents' screens. It is a hint: what it carries can be read again from <c>GET
/// /api/pop-ups</c>, and a screen that missed a message reads there when it reconnects.
/// </summary>
public interface IScreens
{
    /// <summary>Sends to all of the agent's connected screens; none is no error.</summary>
    /// <exception cref="ScreensException">The channel did not take it, after the adapter's own retries.</exception>
    Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken);

    /// <summary>
    /// Sends what is no pop-up in the same way: what changed in lists of calls (<see cref="CallsChanged"/>), or on the
    /// wallboard.
    /// </summary>
    /// <exception cref="ScreensException">The channel did not take it, after the adapter's own retries.</exception>
    Task SendAsync(string agentId, ScreenMessage message, object content, CancellationToken cancellationToken);

    /// <summary>Where the agent's SignalR client connects, and the token that lets it in, for a short time.</summary>
    /// <exception cref="ScreensException">The channel does not answer.</exception>
    ValueTask<ScreenConnection> NegotiateAsync(string agentId, CancellationToken cancellationToken);
}

/// <summary>The realtime channel is down, over its quota, or refuses us; in words for whoever runs the app.</summary>
public sealed class ScreensException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>
/// What a SignalR client's negotiation is answered with, so that it goes on to <paramref name="Url"/>.
/// </summary>
public sealed record ScreenConnection(string Url, string AccessToken);

/// <summary>
/// The messages that screens get; on the wire in camelCase (<c>popUp</c>, <c>popUpChanged</c>, <c>popUpClosed</c>,
/// <c>callsChanged</c>, <c>wallboard</c>, <c>campaignRest</c>).
/// </summary>
public enum ScreenMessage
{
    PopUp,
    PopUpChanged,
    PopUpClosed,
    CallsChanged,
    Wallboard,

    /// <summary>Campaigns dial nobody for the agent until a time.</summary>
    CampaignRest,
}
