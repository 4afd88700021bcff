using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Presence;

/// <summary>Whether an agent has paused, and since when it is so. A pause stops no call.</summary>
/// <param name="Paused">False once the agent has come back.</param>
/// <param name="Reason">The code of a <see cref="PauseReason"/>; null where none was given.</param>
/// <param name="Since">When it began; of an agent who is back, when it ended.</param>
public sealed record Pause(string AgentId, bool Paused, string? Reason, DateTimeOffset Since)
{
    /// <summary>A pause of yesterday that nobody ended is over.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>True where the agent pauses at this time.</summary>
    public bool IsOnAt(DateTimeOffset now) => Paused && now - Since < Longest;
}

/// <summary>What an agent asks for: a pause, or its end.</summary>
public sealed record PresenceInput([property: Needed] bool? Paused, string? Reason);

/// <summary>An agent's own state, as they have set it.</summary>
/// <param name="Reason">The code of the pause's reason; null without a pause, and where none was given.</param>
/// <param name="Since">When the pause began; null without one.</param>
/// <param name="ChangedAt">
/// When the agent said it, the pause or its end; null where they have said nothing yet. Of two answers the later one
/// holds.
/// </param>
public sealed record PresenceView(bool Paused, string? Reason, DateTimeOffset? Since, DateTimeOffset? ChangedAt)
{
    public static PresenceView Of(Pause? pause, DateTimeOffset now) => pause?.IsOnAt(now) == true
        ? new(true, pause.Reason, pause.Since, pause.Since)
        : new(false, null, null, pause?.Since);
}

/// <summary>A reason for a pause, as an administrator defines it.</summary>
/// <param name="Code">Small letters, digits and dashes.</param>
/// <param name="Active">False if agents can no longer choose it.</param>
public sealed record PauseReason(string Code, string Es, string En, bool Active = true)
{
    /// <summary>True for its code, and for its name in either language.</summary>
    public bool IsCalled(string text) => new[] { Code, Es, En }.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>All reasons in the order in which agents see them, with the list's version.</summary>
public sealed record PauseReasonList(
    IReadOnlyList<PauseReason> Items, [property: JsonPropertyName("etag")] string? ETag);
