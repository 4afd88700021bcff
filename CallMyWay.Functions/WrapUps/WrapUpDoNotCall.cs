using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DoNotCall;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Outcomes;

namespace CallMyWay.Functions.WrapUps;

/// <summary>
/// Puts the number of a call on the list of those not to be called, where its outcome says so, and takes it off again
/// where the outcome is corrected. Nothing is read or written for any other outcome.
/// </summary>
/// <remarks>
/// The number is on the list before the wrap-up is stored, and goes only after: wherever a process ends, nobody is called
/// who asked not to be. What somebody has taken off by hand does not come back with a repeated request.
/// </remarks>
public sealed class WrapUpDoNotCall(DoNotCallStore list, WrapUpStore wrapUps, PhoneNumberParser numbers)
{
    /// <summary>To be called before a wrap-up is stored, or comes back.</summary>
    /// <param name="call">The call.</param>
    /// <param name="owner">The agent whose own wrap-up it is; null for the shared one.</param>
    /// <param name="next">The wrap-up that is about to stand; null for none.</param>
    /// <param name="before">The one that stands now; null for none.</param>
    /// <param name="outcomes">What outcomes mean.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>True where it asks for the list, and the one before did not.</returns>
    public async Task<bool> AskAsync(
        Call call,
        string? owner,
        WrapUp? next,
        WrapUp? before,
        OutcomeList outcomes,
        CancellationToken cancellationToken)
    {
        if (next is null || !Asks(next, outcomes) || Asks(before, outcomes))
        {
            return false;
        }

        if (NumberOf(call) is { } e164)
        {
            await list.AddAsync(e164, WishOf(call, owner, next, outcomes), cancellationToken);
        }

        return true;
    }

    /// <summary>To be called once a wrap-up is stored that <see cref="AskAsync"/> has asked for.</summary>
    public async Task KeepAsync(
        Call call, string? owner, WrapUp stands, OutcomeList outcomes, CancellationToken cancellationToken)
    {
        // A request that took the one before back may have come in between.
        if (NumberOf(call) is { } e164
            && (await list.FindAsync(e164, cancellationToken))?.Wishes.Any(wish => wish.Id == IdOf(call, owner)) != true)
        {
            await list.AddAsync(e164, WishOf(call, owner, stands, outcomes), cancellationToken);
        }
    }

    /// <summary>
    /// To be called where an earlier version may have asked for the list, or one that was not stored: takes that back,
    /// unless what stands now asks for it.
    /// </summary>
    public async Task WithdrawAsync(
        Call call, string? owner, OutcomeList outcomes, CancellationToken cancellationToken)
    {
        if (NumberOf(call) is { } e164)
        {
            await list.WithdrawAsync(
                e164,
                IdOf(call, owner),
                async () => Asks(await wrapUps.GetAsync(call.Key, owner, cancellationToken), outcomes),
                cancellationToken);
        }
    }

    /// <summary>
    /// True for a wrap-up that was sent and whose outcome asked for the list then, or, where that was not noted, asks
    /// for it now.
    /// </summary>
    public static bool Asks(WrapUp? wrapUp, OutcomeList outcomes) =>
        wrapUp is { Draft: false } && Asks(wrapUp.Outcome, wrapUp.DoNotCall, outcomes);

    /// <summary>The same, by what is noted of it.</summary>
    public static bool Asks(string? outcome, bool? noted, OutcomeList outcomes) =>
        noted ?? outcomes.IsDoNotCall(outcome);

    /// <summary>
    /// What is noted of a wrap-up that is about to be sent. A correction that keeps the outcome keeps what it asked
    /// for.
    /// </summary>
    public static bool? NoteOf(WrapUp next, WrapUp? before, OutcomeList outcomes) =>
        outcomes.IsDoNotCall(next.Outcome) || (next.Outcome == before?.Outcome && Asks(before, outcomes)) ? true : null;

    /// <summary>True where a version that was sent before asked for the list, and this one does not.</summary>
    public static bool AskedBefore(WrapUp wrapUp, OutcomeList outcomes) =>
        !Asks(wrapUp, outcomes) && wrapUp.Sent?.Any(
            version => Asks(version.Outcome, version.DoNotCall, outcomes)) == true;

    private static string IdOf(Call call, string? owner) => DueItemId.Of(call.Key, owner);

    private static DoNotCallWish WishOf(Call call, string? owner, WrapUp wrapUp, OutcomeList outcomes)
    {
        // The list of outcomes may have changed a moment ago.
        var outcome = outcomes.Items.FirstOrDefault(each => each.Code == wrapUp.Outcome);
        return new DoNotCallWish
        {
            Id = IdOf(call, owner),
            Reason = outcome?.Es ?? wrapUp.Outcome,
            ReasonEn = outcome?.En,
            AddedAt = wrapUp.UpdatedAt,
            AddedBy = wrapUp.AgentId,
            Source = DoNotCallSource.Outcome,
            CallId = call.CallId,
            Account = call.Account,
            ContactId = call.ContactId,
        };
    }

    /// <summary>The whole number of the other party; null where nobody outside could be called by it.</summary>
    private string? NumberOf(Call call) => call.Direction == CallDirection.Internal
        ? null
        : call.Number.E164
            ?? numbers.AsWhole(numbers.ParseCaller(call.Direction == CallDirection.In ? call.Ani : call.Dnis)).E164;
}
