using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// A call that comes of a click. The dial is a fact of it, and says which leg a call id of the operator's is.
/// </summary>
public static class DialledCall
{
    /// <summary>
    /// The call after the notification of one of its legs, or the same instance where it tells nothing new.
    /// </summary>
    /// <param name="call">The call as it is known, null where this is the first of it.</param>
    /// <param name="match">Whom the dialled number belongs to; needed for the first notification of the call.</param>
    /// <param name="intent">The dial; needed for the first notification of each leg.</param>
    /// <param name="number">The number that was dialled; needed where <paramref name="match"/> is.</param>
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
        var dial = intent is null ? null : FactOf(intent);
        return CallProgress.Apply(
            call, callEvent, receivedAt, account, parties with { Number = number ?? parties.Number }, match, dial);
    }

    /// <summary>The dial as a fact of its call.</summary>
    public static DialFact FactOf(DialIntent intent) => new(
        intent.DialId,
        intent.EndpointId,
        [.. intent.Legs.Select(leg => new CallLeg(leg.CallId, leg.IsContact))])
    {
        IsInternal = intent.Colleague is not null,
        At = intent.RequestedAt,
        Campaign = intent.Campaign,
    };
}
