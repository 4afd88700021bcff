using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.PopUps;

/// <summary>
/// Marks the missed calls of a caller whom somebody has reached: by calling back, or as the caller called again. They
/// leave the lists of what was missed, and show who reached the caller.
/// </summary>
public sealed class ReturnedCalls(CallIndex index, CallStore calls, CallWriter writer, PopUpScreens screens)
{
    /// <summary>As long as missed calls wait in the work list.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(7);

    /// <summary>More missed calls of one caller are marked by the next call.</summary>
    private const int Most = 50;

    /// <summary>
    /// To be called after the call is saved, and once more where the same message comes again. It costs a query for each
    /// call that was talked, when it ends.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="before">As it was; null for a new one, and where it is not known what was done.</param>
    public async Task MarkAsync(Call call, Call? before)
    {
        if (!IsTalked(call) || (before is not null && IsTalked(before)) || call.Number.E164 is not { } number)
        {
            return;
        }

        var at = call.ConnectedAt!.Value;
        var returned = new ReturnedCall(
            call.CallId, call.Account, at, call.Holder()?.AgentId, call.DurationSeconds);
        foreach (var missed in await index.FindMissedAsync(number, at - LookBack, Most, CancellationToken.None))
        {
            if (await writer.ChangeAsync(
                async token => await calls.GetAsync(missed.Key, token) is { IsMissed: true } found
                    // The operator tells whole seconds.
                    && found.StartedAt <= at && found.Returned is null ? found : null,
                found => found.Facts.With(returned),
                CancellationToken.None) is { } saved)
            {
                await screens.ShowAgainAsync(saved, CancellationToken.None);
            }
        }
    }

    private static bool IsTalked(Call call) =>
        call is { State: CallState.Ended, ConnectedAt: not null } && call.Direction != CallDirection.Internal;
}
