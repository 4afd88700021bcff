using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.PopUps;

/// <summary>
/// Marks the missed calls of a caller whom somebody has reached: by calling back, or as the caller called again. They
/// leave the lists of what was missed, and show who reached the caller.
/// </summary>
public sealed class ReturnedCalls(
    CallIndex index,
    CallStore calls,
    CallWriter writer,
    PopUpScreens screens,
    PhoneNumberParser numbers,
    TimeProvider clock)
{
    /// <summary>As long as missed calls wait in the work list.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(7);

    /// <summary>More missed calls of one caller are marked by the next call.</summary>
    private const int Most = 50;

    /// <summary>More calls of one caller since the missed one are not looked at.</summary>
    private const int MostLater = 20;

    /// <summary>In so short a time after a missed call nobody has rung, talked and ended.</summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(20);

    /// <summary>
    /// To be called after the call is saved, and once more where the same message comes again. It costs a query for each
    /// call that was talked, when it ends, and for each that was missed and is heard of late.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="before">As it was; null for a new one, and where it is not known what was done.</param>
    public async Task MarkAsync(Call call, Call? before)
    {
        if (call.Number.E164 is not { } number)
        {
            return;
        }

        if (IsTalked(call) && !(before is not null && IsTalked(before)))
        {
            var since = call.ConnectedAt!.Value - LookBack;
            foreach (var missed in await index.FindMissedAsync(number, since, Most, CancellationToken.None))
            {
                await MarkAsync(missed.Key, call);
            }
        }
        else if (IsMissed(call) && !(before is not null && IsMissed(before))
            && clock.GetUtcNow() - (call.EndedAt ?? call.StartedAt) > Prompt)
        {
            // The caller may have been reached before it was known that this call was missed.
            var later = await index.FindAsync(
                numbers.Parse(number).MatchKey, call.StartedAt.AddTicks(1), MostLater, CancellationToken.None);
            var talks = later.Where(each => each.Number.E164 == number && IsTalked(each));
            if (talks.MinBy(each => each.ConnectedAt) is { } first)
            {
                await MarkAsync(call.Key, first);
            }
        }
    }

    private async Task MarkAsync(CallKey missed, Call talked)
    {
        var at = talked.ConnectedAt!.Value;
        var returned = new ReturnedCall(
            talked.CallId, talked.Account, at, talked.Holder()?.AgentId, talked.DurationSeconds);
        if (await writer.ChangeAsync(
            async token => await calls.GetAsync(missed, token) is { IsMissed: true } found
                // The operator tells whole seconds.
                && found.StartedAt <= at && found.Returned is null ? found : null,
            found => found.Facts.With(returned),
            CancellationToken.None) is { } saved)
        {
            await screens.ShowAgainAsync(saved, CancellationToken.None);
        }
    }

    private static bool IsMissed(Call call) =>
        call is { State: CallState.Ended, IsMissed: true, IsHistory: false, Returned: null };

    private static bool IsTalked(Call call) =>
        call is { State: CallState.Ended, ConnectedAt: not null } && call.Direction != CallDirection.Internal;
}
