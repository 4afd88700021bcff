using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// Finds the dial that a call belongs to. The document leaves open whether a click gives one call id or two: the
/// agent's leg may look like an incoming call. So a dial takes one leg of each kind, matched by the agent's phone, the
/// number and the time. A call that does not fit is a call by itself.
/// </summary>
public sealed class DialIntents(DialStore dials, MappingStore mappings, PhoneNumberParser numbers)
{
    /// <summary>How far the operator's clock may be behind ours.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>The operator tells whole seconds.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long after the click a leg can begin: the contact's leg begins only when the agent has answered.
    /// </summary>
    private static readonly TimeSpan LegTime = TimeSpan.FromMinutes(3);

    /// <summary>The dial that this new call id belongs to, with its legs; null if it is a call by itself.</summary>
    /// <param name="callEvent">What is told of it.</param>
    /// <param name="agents">Whose calls it is.</param>
    /// <param name="account">Its account.</param>
    /// <param name="receivedAt">When it was told.</param>
    /// <param name="beganAt">
    /// When it began by our clock. It counts where no dial fits by the operator's clock, which may be wrong. Null where
    /// only that one tells.
    /// </param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async ValueTask<DialIntent?> ClaimAsync(
        CallEvent callEvent,
        IReadOnlyList<CallAgent> agents,
        Account account,
        DateTimeOffset receivedAt,
        DateTimeOffset? beganAt,
        CancellationToken cancellationToken)
    {
        var detectedAt = callEvent.DetectTime is { } local ? account.ToInstant(local, receivedAt) : receivedAt;
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

                List<DialIntent> its =
                [
                    .. before.Recent.Where(intent =>
                        intent.Account == account.Username && intent.EndpointId == agent.EndpointId),
                ];
                var found = Find(its, callEvent, detectedAt, detectedAt, ClockTolerance)
                    ?? (beganAt is { } ours ? Find(its, callEvent, detectedAt, ours, Rounding) : null);
                if (found is not { } fitting)
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

    /// <summary>The dial that a call which began then is of, and its leg there.</summary>
    private (DialIntent Intent, DialLeg Leg)? Find(
        List<DialIntent> intents,
        CallEvent callEvent,
        DateTimeOffset detectedAt,
        DateTimeOffset beganAt,
        TimeSpan tolerance) =>
        // If several dials have the same number, the last one before the call.
        intents.Where(intent => beganAt >= intent.RequestedAt - tolerance && beganAt <= intent.RequestedAt + LegTime)
            .OrderBy(intent => intent.RequestedAt > beganAt + Rounding)
            .ThenByDescending(intent => intent.RequestedAt)
            .Select(intent => LegOf(intent, callEvent, detectedAt) is { } leg
                ? (intent, leg)
                : ((DialIntent, DialLeg)?)null)
            .FirstOrDefault(found => found is not null);

    /// <summary>The leg that this call would be in the dial; null if it does not fit.</summary>
    private DialLeg? LegOf(DialIntent intent, CallEvent callEvent, DateTimeOffset detectedAt)
    {
        var isContact = IsDialled(intent, callEvent.Dnis);
        if (!isContact && !IsDialled(intent, callEvent.Ani))
        {
            return null;
        }

        var leg = new DialLeg(callEvent.CallId, isContact, detectedAt);
        return intent.Legs.Any(other => other.IsContact == isContact || !IsInOrder(intent.Order, other, leg))
            ? null
            : leg;
    }

    private bool IsDialled(DialIntent intent, string text) => intent.Colleague is { } colleague
        ? mappings.IsPhone(colleague.Phone, colleague.EndpointId, text)
        : numbers.Compare(numbers.ParseCaller(text), numbers.Parse(intent.Number)) >= NumberMatch.National;

    // Who is called first is detected first. If a contact calls back while the dial is being set up, that is another
    // call.
    private static bool IsInOrder(DialOrder order, DialLeg a, DialLeg b)
    {
        var (contact, agent) = a.IsContact ? (a, b) : (b, a);
        return order == DialOrder.AgentFirst
            ? agent.DetectedAt <= contact.DetectedAt
            : contact.DetectedAt <= agent.DetectedAt;
    }

    // Written at each try, so that a retry completes what a crash left undone.
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
