using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// A call that comes of a click, made of the legs that the operator reports of it: pure, as <see cref="CallProgress"/>
/// is, which moves each leg by itself. The call is what happens to the contact's leg, and over when either is.
/// </summary>
public static class DialledCall
{
    /// <summary>
    /// The call after the notification of one of its legs, or the same instance where it tells nothing new.
    /// </summary>
    /// <param name="call">The call as it is known, null where this is the first of it.</param>
    /// <param name="intent">The dial; needed for the first notification of each leg.</param>
    public static Call Apply(
        Call? call,
        CallEvent callEvent,
        DateTimeOffset receivedAt,
        Account account,
        CallParties parties,
        ContactMatch? match,
        DialIntent? intent,
        NumberView? number)
    {
        var known = call?.Legs?.FirstOrDefault(leg => leg.Call.CallId == callEvent.CallId);
        var leg = CallProgress.Apply(known?.Call, callEvent, receivedAt, account, parties, match: null);
        if (call is not null && ReferenceEquals(leg, known?.Call))
        {
            return call;
        }

        var isContact = known?.IsContact ?? intent?.Legs.FirstOrDefault(l => l.CallId == callEvent.CallId)?.IsContact
            ?? true;
        IReadOnlyList<CallLeg> legs =
            [.. (call?.Legs ?? []).Where(other => other != known), new CallLeg(leg, isContact)];
        var next = call ?? leg with
        {
            CallId = intent!.Legs[0].CallId,
            DialId = intent.DialId,
            // The agent's leg may be heard of when it has connected already, which is not yet the call.
            State = CallState.Ringing,
            EndpointId = intent.EndpointId,
            Number = number!,
            Match = match!.Kind,
            Candidates = match.Candidates,
            ContactId = match.ContactId,
        };
        return Combine(next, [.. legs.OrderBy(l => l.Call.CallId, StringComparer.Ordinal)]);
    }

    private static Call Combine(Call call, IReadOnlyList<CallLeg> legs)
    {
        var contact = legs.FirstOrDefault(leg => leg.IsContact)?.Call;
        var own = legs.FirstOrDefault(leg => !leg.IsContact)?.Call;
        var isOver = legs.Any(leg => leg.Call.State == CallState.Ended);
        var state = isOver ? CallState.Ended : contact?.ConnectedAt is null ? CallState.Ringing : CallState.Connected;
        var costs = legs.Select(leg => leg.Call.Cost).OfType<decimal>().ToList();
        var direction = contact?.Direction == CallDirection.Internal ? CallDirection.Internal : CallDirection.Out;
        IEnumerable<CallAgent> agents = [.. call.Agents, .. legs.SelectMany(leg => leg.Call.Agents).Where(
            heard => call.AgentOf(heard.AgentId) is null).DistinctBy(heard => heard.AgentId)];
        return call with
        {
            Direction = direction,
            State = state > call.State ? state : call.State,
            Ani = contact?.Ani ?? own!.Dnis,
            Dnis = contact?.Dnis ?? call.Number.E164 ?? call.Dnis,
            StartedAt = legs.Min(leg => leg.Call.StartedAt),
            // That the agent has answered is not yet the call.
            ConnectedAt = contact?.ConnectedAt,
            EndedAt = isOver ? contact?.EndedAt ?? own?.EndedAt : null,
            IsEndTold = contact is null ? own!.IsEndTold : contact.IsEndTold,
            DurationSeconds = isOver ? contact?.DurationSeconds ?? (contact?.ConnectedAt is null ? 0 : null) : null,
            // Each leg is a call at the operator, with a price of its own.
            Cost = costs.Count == 0 ? null : costs.Sum(),
            // The agent's leg may look as if the agent were called by the contact, or by nobody.
            Agents = [.. direction == CallDirection.Internal ? agents : agents.Select(
                agent => agent with { Number = null, Colleague = null })],
            Timeline = [.. legs.SelectMany(leg => leg.Call.Timeline).OrderBy(entry => entry.At).ThenBy(
                entry => entry.Mark, StringComparer.Ordinal).TakeLast(CallProgress.MaxTimeline)],
            Legs = legs,
        };
    }
}
