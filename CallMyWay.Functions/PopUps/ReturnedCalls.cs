using CallMyWay.Functions.Calls;

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
    TimeProvider clock)
{
    /// <summary>As long as missed calls wait in the work list.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(7);

    /// <summary>More missed calls of one caller are marked by the next call.</summary>
    private const int Most = 50;

    /// <summary>
    /// Of more calls of one caller since the missed one, and which somebody may have taken, the first are looked at.
    /// </summary>
    private const int MostLater = 20;

    /// <summary>In so short a time after a missed call nobody has rung, talked and ended.</summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(20);

    /// <summary>So long before the missed call another one can have begun to ring that was answered after it.</summary>
    private static readonly TimeSpan LongestRinging = TimeSpan.FromMinutes(5);

    /// <summary>
    /// To be called after the call is saved, and once more where the same message comes again. Of several calls in
    /// which somebody talked with the caller the first counts, in whatever order they are heard of. It costs a query
    /// for each call that was talked, when it ends and where its talk is corrected, and for each that was missed and is
    /// heard of late; none where a record alone tells of the call so late that no missed call waits any more.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="before">As it was; null for a new one, and where it is not known what was done.</param>
    public async Task MarkAsync(Call call, Call? before)
    {
        var now = clock.GetUtcNow();
        if (call.Number.E164 is not { } number || (call.IsHistory && now - call.StartedAt > LookBack))
        {
            return;
        }

        var was = before is not null && IsTalked(before) ? ReturnBy(before) : null;
        var talk = IsTalked(call) ? ReturnBy(call) : null;
        if (call.State == CallState.Ended && was != talk)
        {
            var first = was is null || talk?.At < was.At ? talk!.At : was.At;
            foreach (var missed in await index.FindMissedAsync(
                number, first - LookBack, first, Most, CancellationToken.None))
            {
                await MarkAsync(missed, call, number);
            }
        }

        if (talk is null && IsMissed(call) && !(before is not null && IsMissed(before))
            && now - (call.EndedAt ?? call.StartedAt) > Prompt
            && await FindTalkAsync(call, number) is { } found)
        {
            // The caller may have been reached before it was known that this call was missed.
            await MarkAsync(call.Key, found);
        }
    }

    /// <summary>The first call since the missed one in which somebody talked with its caller.</summary>
    private async Task<Call?> FindTalkAsync(Call missed, string number)
    {
        var later = await index.FindTakenAsync(
            number,
            missed.StartedAt - LongestRinging,
            missed.StartedAt + LookBack,
            MostLater,
            CancellationToken.None);
        return later.Where(each => IsTalked(each) && each.ConnectedAt >= missed.StartedAt)
            .MinBy(each => each.ConnectedAt);
    }

    /// <summary>Of a call a talk is told, or another one than before, or none any more.</summary>
    private async Task MarkAsync(Call missed, Call talked, string number)
    {
        // The operator tells whole seconds.
        var isReturn = IsTalked(talked) && missed.StartedAt <= talked.ConnectedAt;
        if (isReturn && !(IsReturnedBy(missed, talked) && talked.ConnectedAt > missed.Returned!.At))
        {
            await MarkAsync(missed.Key, talked);
        }
        else if (IsReturnedBy(missed, talked))
        {
            // Another one may be the first now.
            var first = await FindTalkAsync(missed, number) ?? (isReturn ? talked : null);
            var returned = first is null ? null : ReturnBy(first);
            await ChangeAsync(missed.Key, found => IsReturnedBy(found, talked) && found.Returned != returned, returned);
        }
    }

    private async Task MarkAsync(CallKey missed, Call talked)
    {
        var returned = ReturnBy(talked);
        await ChangeAsync(
            missed,
            found => IsReturnedBy(found, talked)
                ? found.Returned != returned
                : found.IsMissed && !(found.Returned?.At <= returned.At),
            returned);
    }

    private async Task ChangeAsync(CallKey missed, Func<Call, bool> isChanged, ReturnedCall? returned)
    {
        if (await writer.ChangeAsync(
            async token => await calls.GetAsync(missed, token) is { } found && isChanged(found) ? found : null,
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
