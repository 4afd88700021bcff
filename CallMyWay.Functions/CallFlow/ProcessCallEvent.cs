using System.Diagnostics;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Moves a call forward by a notification, and brings it to its agents' screens. Every step can be repeated: the queue
/// delivers at least once, several notifications of a call are processed at once, and a crash can come between any two
/// writes.
/// </summary>
public sealed class ProcessCallEvent(
    CallStore calls,
    CallIndex index,
    CallRouter router,
    ContactMatcher matcher,
    MappingStore mappings,
    PopUpStore popUps,
    PopUpScreens screens,
    DialIntents dials,
    ContactStore contacts,
    PhoneNumberParser numbers,
    CallAccounts accounts,
    RefusedEventStore refused,
    TimeProvider clock)
{
    /// <summary>
    /// How often the steps are begun anew when another notification of the call was faster; then the queue tries again
    /// later.
    /// </summary>
    private const int MaxAttempts = 10;

    [Function(nameof(ProcessCallEvent))]
    public async Task Run([QueueTrigger(StorageNames.CallEvents)] string message, CancellationToken cancellationToken)
    {
        var queued = QueuedCallEvent.Read(message);
        using var span = Instrumentation.StartFunction(
            nameof(ProcessCallEvent), ActivityKind.Consumer, queued.TraceParent);
        Instrumentation.ProcessingStarted(clock.GetUtcNow() - queued.ReceivedAt);
        try
        {
            await ProcessAsync(queued, cancellationToken);
        }
        catch (Exception error)
        {
            span.Failed(error);
            throw;
        }
    }

    private async Task ProcessAsync(QueuedCallEvent queued, CancellationToken cancellationToken)
    {
        var callEvent = CallEventReader.Read(new KeptBody(queued.Body, queued.BodyBase64).ToBytes()).Event
            ?? throw new InvalidDataException("A notification that was acked can't be read any more.");
        if (await accounts.FindAsync(callEvent, cancellationToken) is not { } account)
        {
            await KeepAsync(queued, callEvent, cancellationToken);
            return;
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await TryAsync(callEvent, queued.ReceivedAt, account, cancellationToken))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The call changed under each of {MaxAttempts} attempts.");
    }

    // It was acked, and nothing tells its account. The administrator sees it, and its phone among those without a
    // mapping.
    private async Task KeepAsync(QueuedCallEvent queued, CallEvent callEvent, CancellationToken cancellationToken)
    {
        await refused.KeepAsync(
            queued,
            "Its account id is in no account's list, and its phone has no mapping: its account is not known.",
            cancellationToken);
        if (callEvent.EndpointId is { } endpointId)
        {
            var phone = callEvent.Type == CallDirection.Out ? callEvent.Ani : callEvent.Dnis;
            var seen = phone.Length > 0 ? phone : null;
            await mappings.NoteUnmappedAsync(
                new UnmappedEndpoint(endpointId, callEvent.AccountId, seen, queued.ReceivedAt), cancellationToken);
        }
    }

    /// <summary>False where the call changed meanwhile.</summary>
    private async Task<bool> TryAsync(
        CallEvent callEvent, DateTimeOffset receivedAt, Account account, CancellationToken cancellationToken)
    {
        var key = new CallKey(callEvent.CallId, account.Username);
        var before = await calls.GetAsync(key, cancellationToken);
        var parties = await router.RouteAsync(before, callEvent, account, receivedAt, cancellationToken);
        // Also for a leg that the call does not have yet: a first try may have claimed it and got no further.
        var dial = before is null || IsNewLeg(before, key)
            ? await dials.ClaimAsync(
                callEvent, [.. before?.Agents ?? [], .. parties.Agents], account, receivedAt, cancellationToken)
            : null;
        if (before is null && dial is not null && dial.Legs[0].CallId is var first && first != key.CallId)
        {
            await calls.WriteLegAsync(key, first, cancellationToken);
            before = await calls.GetAsync(key, cancellationToken);
        }

        var call = dial is not null || before?.Legs is not null
            ? await ApplyAsync(before, callEvent, receivedAt, account, parties, dial, cancellationToken)
            : CallProgress.Apply(before, callEvent, receivedAt, account, parties, NeedsMatch(before, parties) ? await MatchAsync(parties, cancellationToken) : null);
        if (before is not null && ReferenceEquals(call, before))
        {
            // A repetition tells the screens nothing new. The same message, delivered again, may: its first try may
            // have ended between the write and the sending.
            if (before.IsHeardAt(receivedAt))
            {
                await screens.ShowAgainAsync(before, cancellationToken);
            }

            return true;
        }

        // Of a ring group each phone; of one phone's notifications the first says all.
        if (parties.UnmappedEndpoint is { } unmapped
            && before?.Timeline.Any(entry => entry.EndpointId == callEvent.EndpointId) != true)
        {
            await mappings.NoteUnmappedAsync(unmapped, cancellationToken);
        }

        // What leads to the call comes before it: a row that leads nowhere is passed over, a call that nothing leads to
        // would be lost.
        await Task.WhenAll(
            index.WriteAsync(call, before, cancellationToken),
            popUps.OpenAsync(call, before, cancellationToken));
        if (await calls.SaveAsync(call, cancellationToken) is not { } saved)
        {
            return false;
        }

        if (await screens.ShowAsync(saved, before, cancellationToken) > 0)
        {
            Instrumentation.SentToScreens(clock.GetUtcNow() - receivedAt);
        }

        await popUps.CloseTakenAsync(saved, before, cancellationToken);

        return true;
    }

    private async ValueTask<Call> ApplyAsync(
        Call? before,
        CallEvent callEvent,
        DateTimeOffset receivedAt,
        Account account,
        CallParties parties,
        DialIntent? dial,
        CancellationToken cancellationToken)
    {
        if (before is not null || dial is null)
        {
            return DialledCall.Apply(before, callEvent, receivedAt, account, parties, null, dial, null);
        }

        // Who was clicked is known beforehand; a number that was typed is looked up as any.
        var number = numbers.Parse(dial.Number);
        var clicked = dial.ContactId is null ? null : await contacts.GetAsync(dial.ContactId, cancellationToken);
        var match = clicked is null
            ? await matcher.MatchAsync(number, cancellationToken)
            : new ContactMatch(
                MatchKind.Dialled,
                [new Candidate(clicked.ContactId, clicked.Name, MatchReason.Dialled)],
                clicked.ContactId);
        return DialledCall.Apply(null, callEvent, receivedAt, account, parties, match, dial, numbers.View(number));
    }

    private static bool IsNewLeg(Call call, CallKey key) =>
        call.Legs?.All(leg => leg.Call.CallId != key.CallId) == true;

    // A call whose first notification hid the number may tell it later.
    private static bool NeedsMatch(Call? call, CallParties parties) =>
        call is null || (call.ContactId is null && call.Number.Kind != PhoneNumberKind.Number && parties.Other.Kind == PhoneNumberKind.Number);

    private async ValueTask<ContactMatch> MatchAsync(CallParties parties, CancellationToken cancellationToken) =>
        parties.Direction == CallDirection.Internal
            ? new ContactMatch(MatchKind.None, [], null)
            : await matcher.MatchAsync(parties.Other, cancellationToken);
}
