using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// Finds the dial that a call comes of. The document leaves open whether a click gives one call id or two (the agent's
/// leg may look like a call that comes in), so a dial takes one leg of each kind, by the agent's phone, the number and
/// the time; what doesn't fit is another call.
/// </summary>
public sealed class DialIntents(DialStore dials, PhoneNumberParser numbers)
{
    /// <summary>How far the operator's clock may be behind ours.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long after the click a leg of it can begin: the contact's begins when the agent has answered.
    /// </summary>
    private static readonly TimeSpan LegTime = TimeSpan.FromMinutes(3);

    /// <summary>The dial that this new call id belongs to, with its legs; null where it is a call by itself.</summary>
    public async ValueTask<DialIntent?> ClaimAsync(
        CallEvent callEvent,
        IReadOnlyList<CallAgent> agents,
        Account account,
        DateTimeOffset receivedAt,
        CancellationToken cancellationToken)
    {
        var detectedAt = callEvent.DetectTime is { } local ? account.ToInstant(local) : receivedAt;
        foreach (var agent in agents)
        {
            while (true)
            {
                var (before, etag) = await dials.GetRecentAsync(agent.AgentId, cancellationToken);
                if (before.Recent.FirstOrDefault(intent => intent.Account == account.Username && intent.Legs.Any(leg => leg.CallId == callEvent.CallId)) is { } known)
                {
                    await NoteAsync(agent.AgentId, known, cancellationToken);
                    return known;
                }

                var fitting = before.Recent
                    .Select(intent => (Intent: intent, Leg: LegOf(intent, callEvent, agent, account, detectedAt)))
                    .Where(found => found.Leg is not null)
                    // Of several dials of one number it is the last before the call.
                    .OrderBy(found => found.Intent.RequestedAt > detectedAt + TimeSpan.FromSeconds(2))
                    .ThenByDescending(found => found.Intent.RequestedAt)
                    .FirstOrDefault();
                if (fitting.Leg is null)
                {
                    break;
                }

                var claimed = fitting.Intent with { Legs = [.. fitting.Intent.Legs, fitting.Leg] };
                var after = before with
                {
                    Recent = [.. before.Recent.Select(intent => intent == fitting.Intent ? claimed : intent)]
                };
                if (await dials.SaveAsync(agent.AgentId, after, etag, cancellationToken))
                {
                    await NoteAsync(agent.AgentId, claimed, cancellationToken);
                    return claimed;
                }
            }
        }

        return null;
    }

    /// <summary>The leg that this call would be of the dial; null where it is none.</summary>
    private DialLeg? LegOf(
        DialIntent intent, CallEvent callEvent, CallAgent agent, Account account, DateTimeOffset detectedAt)
    {
        if (intent.Account != account.Username || intent.EndpointId != agent.EndpointId
            || detectedAt < intent.RequestedAt - ClockTolerance || detectedAt > intent.RequestedAt + LegTime)
        {
            return null;
        }

        var number = numbers.Parse(intent.Number);
        var isContact = IsSameNumber(callEvent.Dnis, number);
        if (!isContact && !IsSameNumber(callEvent.Ani, number))
        {
            return null;
        }

        var leg = new DialLeg(callEvent.CallId, isContact, detectedAt);
        return intent.Legs.Any(other => other.IsContact == isContact || !IsInOrder(intent.Order, other, leg))
            ? null
            : leg;
    }

    private bool IsSameNumber(string text, PhoneNumber number) =>
        numbers.Compare(numbers.ParseCaller(text), number) >= NumberMatch.National;

    // The first to be called is detected first: the contact who calls back while being called is another call.
    private static bool IsInOrder(DialOrder order, DialLeg a, DialLeg b)
    {
        var (contact, agent) = a.IsContact ? (a, b) : (b, a);
        return order == DialOrder.AgentFirst
            ? agent.DetectedAt <= contact.DetectedAt
            : contact.DetectedAt <= agent.DetectedAt;
    }

    // Written again each time, so that a crash in between is made up for by the next try.
    private async Task NoteAsync(string agentId, DialIntent intent, CancellationToken cancellationToken)
    {
        var callId = intent.Legs[0].CallId;
        await dials.ChangeAsync(
            agentId,
            intent.DialId,
            dial => dial.CallId == callId ? dial : dial with { CallId = callId },
            cancellationToken);
    }
}
