namespace CallMyWay.Functions.PopUps;

/// <summary>
/// The realtime channel to the agents' screens. It is a hint: what it carries can be read again from <c>GET
/// /api/pop-ups</c>, and a screen that missed a message reads there when it reconnects.
/// </summary>
public interface IScreens
{
    /// <summary>
    /// Sends to all of the agent's connected screens; none is no error. A screen that was connected with an embed token
    /// of a supervisor or administrator gets nothing that is for the console alone
    /// (<see cref="ScreenMessages.IsForTheConsoleAlone"/>), and need not get it with another agent's token.
    /// </summary>
    /// <exception cref="ScreensException">The channel did not take it, after the adapter's own retries.</exception>
    Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken);

    /// <summary>
    /// Sends what is no pop-up in the same way: what changed in lists of calls (<see cref="CallsChanged"/>), or on the
    /// wallboard.
    /// </summary>
    /// <exception cref="ScreensException">The channel did not take it, after the adapter's own retries.</exception>
    Task SendAsync(string agentId, ScreenMessage message, object content, CancellationToken cancellationToken);

    /// <summary>Where the agent's SignalR client connects, and the token that lets it in, for a short time.</summary>
    /// <param name="agentId">Of the agent, who asks.</param>
    /// <param name="endsAt">
    /// When the embed token ends by which the agent came in, and the connection with it; null for any other way in.
    /// </param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ScreensException">The channel does not answer.</exception>
    ValueTask<ScreenConnection> NegotiateAsync(
        string agentId, DateTimeOffset? endsAt, CancellationToken cancellationToken);
}

/// <summary>The realtime channel is down, over its quota, or refuses us; in words for whoever runs the app.</summary>
public sealed class ScreensException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>
/// What a SignalR client's negotiation is answered with, so that it goes on to <paramref name="Url"/>.
/// </summary>
public sealed record ScreenConnection(string Url, string AccessToken);

/// <summary>
/// How long the token of a negotiation, and the connection that it opens, last where the channel is a service of its
/// own.
/// </summary>
public static class ScreenTokenLifetime
{
    /// <summary>
    /// How long a screen hears calls after it was last let in: its connection ends with the token. The console changes
    /// it for a new one in time (<c>lasting-channel.ts</c>), for which the agent must be signed in.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>No longer than the way in by which it was asked for.</summary>
    public static TimeSpan Of(DateTimeOffset? endsAt, DateTimeOffset now) =>
        endsAt - now is { } rest && rest < Longest ? (rest > TimeSpan.Zero ? rest : TimeSpan.Zero) : Longest;
}

/// <summary>
/// The messages that screens get; on the wire in camelCase (<c>popUp</c>, <c>popUpChanged</c>, <c>popUpClosed</c>,
/// <c>callsChanged</c>, <c>wallboard</c>, <c>campaignRest</c>, <c>presence</c>).
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

    /// <summary>The agent has paused, or is back.</summary>
    Presence,
}

/// <summary>What of the messages is whose.</summary>
public static class ScreenMessages
{
    /// <summary>
    /// True for what only the console shows: lists and the wallboard. An overseer's have calls of others, which are no
    /// business of a page of another application, whose token acts as an agent alone.
    /// </summary>
    public static bool IsForTheConsoleAlone(this ScreenMessage message) =>
        message is ScreenMessage.CallsChanged or ScreenMessage.Wallboard;
}
