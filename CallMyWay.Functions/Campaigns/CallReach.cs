using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Outcomes;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// Whether a campaign's call reached its person: it was answered, and its outcome does not say that nobody was reached.
/// Where the operator has not told how the call ended, the agent's outcome tells: that notification may be lost.
/// </summary>
public sealed class CallReach(OutcomeStore outcomes)
{
    /// <summary>Tells it of these calls. The outcomes are read only where one of them was answered and has one.</summary>
    public async ValueTask<Func<Call, bool>> ReadAsync(
        IReadOnlyCollection<Call> calls, CancellationToken cancellationToken)
    {
        var list = calls.Any(call => call.Outcome is not null && (call.ConnectedAt is not null || !call.IsEndTold))
            ? await outcomes.GetAsync(cancellationToken)
            : null;
        return call => (call.ConnectedAt is not null || (!call.IsEndTold && call.Outcome is not null))
            && list?.IsNotReached(call.Outcome) != true;
    }
}
