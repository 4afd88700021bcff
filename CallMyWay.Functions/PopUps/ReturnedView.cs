using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.PopUps;

/// <summary>Who reached the caller of a missed call later, and for how long they talked.</summary>
/// <param name="CallId">The later call.</param>
/// <param name="At">When they began to talk.</param>
/// <param name="AgentId">Null where no agent has the phone.</param>
/// <param name="DurationSeconds">Null where it is not known.</param>
public sealed record ReturnedView(
    string CallId, DateTimeOffset At, string? AgentId, string? AgentName, int? DurationSeconds)
{
    /// <summary>With the id in place of the name; null for a call that was not returned.</summary>
    public static ReturnedView? Of(Call call) => call.Returned is { } returned
        ? new ReturnedView(
            returned.CallId, returned.At, returned.AgentId, returned.AgentId, returned.DurationSeconds)
        : null;

    public ReturnedView With(AgentRoster roster) => this with { AgentName = roster.NameOf(AgentId) ?? AgentId };
}
