using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.PopUps;

/// <summary>
/// Marks the missed calls of a caller whom somebody has reached: by calling back, or as the caller called again. They
/// leave the lists of what was missed, and show who reached the caller. Where a record tells later that nobody did,
/// they wait again.
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
    /// call that was talked, when it ends and where its talk is corrected, and for each that was missed and is heard of
    /// late.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="before">As it was; null for a new one, and where it is not known what was done.</param>
    public async Task MarkAsync(Call call, Call? before)
    {
        if (call.Number.E164 is not { } number)
        {
            return;
        }

        var wasTalked = before is not null && IsTalked(before);
        if (wasTalked && call.State == CallState.Ended && !(IsTalked(call) && ReturnBy(call) == ReturnBy(before!)))
        {
            var since = before!.ConnectedAt!.Value - LookBack;
            foreach (var missed in await index.FindMissedAsync(number, since, Most, false, CancellationToken.None))
            {
                await MarkAgainAsync(missed, call, number);
            }
        }

        if (IsTalked(call) && !wasTalked)
        {
            var since = call.ConnectedAt!.Value - LookBack;
            foreach (var missed in await index.FindMissedAsync(number, since, Most, true, CancellationToken.None))
            {
                await MarkAsync(missed.Key, call);
            }
        }
        else if (IsMissed(call) && !(before is not null && IsMissed(before))
            && clock.GetUtcNow() - (call.EndedAt ?? call.StartedAt) > Prompt
            && await FindTalkAsync(call, number) is { } first)
        {
            // The caller may have been reached before it was known that this call was missed.
            await MarkAsync(call.Key, first);
        }
    }

    /// <summary>The first call since the missed one in which somebody talked with its caller.</summary>
    private async Task<Call?> FindTalkAsync(Call missed, string number)
    {
        var later = await index.FindAsync(
            numbers.Parse(number).MatchKey, missed.StartedAt.AddTicks(1), MostLater, CancellationToken.None);
        return later.Where(each => each.Number.E164 == number && IsTalked(each)).MinBy(each => each.ConnectedAt);
    }

    private async Task MarkAsync(CallKey missed, Call talked)
    {
        var returned = ReturnBy(talked);
        if (await writer.ChangeAsync(
            async token => await calls.GetAsync(missed, token) is { IsMissed: true } found
                // The operator tells whole seconds.
                && found.StartedAt <= returned.At && found.Returned is null ? found : null,
            found => found.Facts.With(returned),
            CancellationToken.None) is { } saved)
        {
            await screens.ShowAgainAsync(saved, CancellationToken.None);
        }
    }

    /// <summary>Of a call by which the missed one was returned, another talk is told now, or none.</summary>
    private async Task MarkAgainAsync(Call missed, Call corrected, string number)
    {
        if (!IsReturnedBy(missed, corrected))
        {
            return;
        }

        var talked = IsTalked(corrected) && missed.StartedAt <= corrected.ConnectedAt
            ? corrected
            : await FindTalkAsync(missed, number);
        var returned = talked is null ? null : ReturnBy(talked);
        if (await writer.ChangeAsync(
            async token => await calls.GetAsync(missed.Key, token) is { } found && IsReturnedBy(found, corrected)
                && found.Returned != returned ? found : null,
            found => found.Facts with { Returned = returned },
            CancellationToken.None) is { } saved)
        {
            await screens.ShowAgainAsync(saved, CancellationToken.None);
        }
    }

    private static ReturnedCall ReturnBy(Call talked) => new(
        talked.CallId, talked.Account, talked.ConnectedAt!.Value, talked.Holder()?.AgentId, talked.DurationSeconds);

    private static bool IsReturnedBy(Call missed, Call talked) =>
        missed.Returned is { } known && new CallKey(known.CallId, known.Account) == talked.Key;

    private static bool IsMissed(Call call) =>
        call is { State: CallState.Ended, IsMissed: true, IsHistory: false, Returned: null };

    private static bool IsTalked(Call call) =>
        call is { State: CallState.Ended, ConnectedAt: not null } && call.Direction != CallDirection.Internal;
}
