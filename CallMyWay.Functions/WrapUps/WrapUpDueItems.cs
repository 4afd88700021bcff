using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Promises;

namespace CallMyWay.Functions.WrapUps;

/// <summary>Keeps a call's follow-up and promise in line with its wrap-up.</summary>
/// <remarks>
/// What a wrap-up asks for is written before it is stored, and what it no longer asks for goes only after: wherever a
/// process ends, nothing is lost that was done or paid. What a correction changes is put right by whoever repeats it.
/// </remarks>
public sealed class WrapUpDueItems(
    FollowUpStore followUps, PromiseStore promises, ContactStore contacts, WrapUpStore wrapUps)
{
    /// <summary>
    /// Writes the follow-up and the promise that the wrap-up asks for. To be called before it is stored. What it does
    /// not ask for, as a draft asks for nothing, is left to <see cref="DropAsync"/>.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="owner">The agent whose own wrap-up it is; null for the shared one.</param>
    /// <param name="wrapUp">The wrap-up that is about to stand, or stands; null where the call will have none.</param>
    /// <param name="stands">
    /// The one that stands now. What it does not ask for may be about to go, and so is written also where it is the
    /// same: who is about to remove it sees that it was asked for again.
    /// </param>
    /// <param name="replaced">
    /// Where another wrap-up is undone: what stood before it. It comes back as it was, where it is what the wrap-up asks
    /// for.
    /// </param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<WrittenDueItems> WriteAsync(
        Call call,
        string? owner,
        WrapUp? wrapUp,
        WrapUp? stands,
        Replaced? replaced,
        CancellationToken cancellationToken)
    {
        var sent = wrapUp is { Draft: false } ? wrapUp : null;
        var id = DueItemId.Of(call.Key, owner);
        var followUp = await WriteAsync(
            followUps,
            replaced?.FollowUp,
            id,
            call,
            sent?.FollowUp is { DueAt: { } dueAt } note
                ? (contact, _) => new FollowUp(id, call, call.FinisherOf(sent.WhoseId), contact, dueAt, note.Note)
                : null,
            AsksToFollowUp(stands),
            (item, before) => item.DueAt == before.DueAt && item.Note == before.Note,
            cancellationToken);
        var promise = await WriteAsync(
            promises,
            replaced?.Promise,
            id,
            call,
            sent?.Promise is { Amount: { } amount, Currency: { } currency, DueAt: { } promisedFor }
                ? (contact, before) => new PromiseToPay(
                    id, call, call.FinisherOf(sent.WhoseId), contact, promisedFor, amount, currency).PaidAs(before)
                : null,
            HasPromise(stands),
            (item, before) => item.DueAt == before.DueAt && item.Amount == before.Amount
                && item.Currency == before.Currency,
            cancellationToken);
        return new WrittenDueItems(id, followUp, promise);
    }

    /// <summary>
    /// Writes what the wrap-up that stands asks for, as it was before. To be called where another request was faster,
    /// and the wrap-up for which they were written is not stored.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="owner">The agent whose own wrap-up it is; null for the shared one.</param>
    /// <param name="written">What was written for it.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task PutBackAsync(
        Call call, string? owner, WrittenDueItems written, CancellationToken cancellationToken)
    {
        var stands = await wrapUps.GetAsync(call.Key, owner, cancellationToken);
        var were = new Replaced(null, written.FollowUp.Before, written.Promise.Before);
        var items = await WriteAsync(call, owner, stands, stands, were, cancellationToken);
        await DropAsync(call, owner, items, cancellationToken);
    }

    /// <summary>
    /// Removes what the wrap-up that stands does not ask for. To be called once a wrap-up is stored or undone.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="owner">The agent whose own wrap-up it is; null for the shared one.</param>
    /// <param name="items">What was written for the wrap-up.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task DropAsync(
        Call call, string? owner, WrittenDueItems items, CancellationToken cancellationToken)
    {
        await DropAsync(followUps, items.FollowUp, AsksToFollowUp);
        await DropAsync(promises, items.Promise, HasPromise);

        async Task DropAsync<T>(DueItemStore<T> store, (T? Before, T? Now) item, Func<WrapUp?, bool> asks)
            where T : DueItem
        {
            var left = item.Now is null ? item.Before : null;
            // Another request may have stored a wrap-up that asks for it.
            while (left is not null
                && !asks(await wrapUps.GetAsync(call.Key, owner, cancellationToken))
                && !await store.RemoveAsync(left, cancellationToken))
            {
                left = await store.GetAsync(left.Id, cancellationToken);
            }
        }
    }

    /// <summary>Those that there are now.</summary>
    public async Task<WrittenDueItems> ReadAsync(Call call, string? owner, CancellationToken cancellationToken)
    {
        var id = DueItemId.Of(call.Key, owner);
        var followUp = await followUps.GetAsync(id, cancellationToken);
        var promise = await promises.GetAsync(id, cancellationToken);
        return new WrittenDueItems(id, (followUp, followUp), (promise, promise));
    }

    /// <summary>Ties them to the contact that the call is with now.</summary>
    public async Task TieAsync(Call call, CancellationToken cancellationToken) =>
        await TieAsync(call, await ContactOfAsync(call, cancellationToken), cancellationToken);

    /// <summary>The same, where it is known who that is.</summary>
    public async Task TieAsync(Call call, Contact? contact, CancellationToken cancellationToken)
    {
        var owners = OwnersOf(call);
        await followUps.TieAsync(call.Key, owners, contact, cancellationToken);
        await promises.TieAsync(call.Key, owners, contact, cancellationToken);
    }

    // An agent who does not count as one who talked any more keeps the own wrap-up, and so what it asked for.
    private static IReadOnlyList<string?> OwnersOf(Call call)
    {
        if (call.Agents.Count < 2)
        {
            return [null];
        }

        var talkers = call.TalkerIds();
        var owners = talkers.Count > 1 ? talkers : [];
        return [null, .. owners.Union(call.Facts.NextActions?.Select(next => next.AgentId) ?? [], StringComparer.Ordinal)];
    }

    private static bool AsksToFollowUp(WrapUp? wrapUp) =>
        wrapUp is { Draft: false, FollowUp.DueAt: not null };

    private static bool HasPromise(WrapUp? wrapUp) =>
        wrapUp is { Draft: false, Promise: { Amount: not null, Currency: not null, DueAt: not null } };

    // By the call's own id, also where that contact was merged into another one: like the call itself, they are that
    // contact's again where the merge is undone.
    private async ValueTask<Contact?> ContactOfAsync(Call call, CancellationToken cancellationToken) =>
        call.ContactId is { } contactId ? await contacts.ReadAsync(contactId, cancellationToken) : null;

    /// <param name="create">The item, from the contact and from the item before; null where none is asked for.</param>
    /// <param name="isAsked">True where the wrap-up that stands now asks for one.</param>
    private async Task<(T? Before, T? Now)> WriteAsync<T>(
        DueItemStore<T> store,
        T? known,
        string id,
        Call call,
        Func<Contact?, T?, T>? create,
        bool isAsked,
        Func<T, T, bool> isSame,
        CancellationToken cancellationToken)
        where T : DueItem
    {
        var before = await store.GetAsync(id, cancellationToken);
        if (create is null)
        {
            return (before, null);
        }

        // Where only something else was corrected, what was done stays done.
        var now = before;
        if (before is null || !isAsked || !isSame(create(null, null), before))
        {
            var contact = await ContactOfAsync(call, cancellationToken);
            await store.PutAsync(
                id,
                found => now = create(contact, found) is var asked && known is not null && isSame(asked, known)
                    ? (T)known.With(contact)
                    : asked,
                cancellationToken);
        }

        return (before, now);
    }
}

/// <summary>What a wrap-up has left to be done.</summary>
/// <param name="Id">The id of both.</param>
/// <param name="FollowUp">The follow-up as it was before, and as it is now.</param>
/// <param name="Promise">The same of the promise.</param>
public sealed record WrittenDueItems(
    string Id, (FollowUp? Before, FollowUp? Now) FollowUp, (PromiseToPay? Before, PromiseToPay? Now) Promise)
{
    /// <summary>The facts of the call with what is to be done now.</summary>
    public CallFacts In(CallFacts facts) => facts
        .With(Id, NextActionKind.FollowUp, FollowUp.Now?.ToNextAction())
        .With(Id, NextActionKind.Promise, Promise.Now?.ToNextAction());
}
