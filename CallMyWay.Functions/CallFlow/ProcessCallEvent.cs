using System.Diagnostics;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Applies a notification to its call, and shows the call on its agents' screens. Every step can be repeated: the queue
/// delivers at least once, several notifications of a call are processed at once, and a crash can happen between any
/// two writes.
/// </summary>
public sealed class ProcessCallEvent(
    CallStore calls,
    CallWriter writer,
    CallUses uses,
    CallRouter router,
    ContactMatcher matcher,
    MappingStore mappings,
    PopUpStore popUps,
    PresenceStore presence,
    PopUpScreens screens,
    CallsFirst callsFirst,
    ReturnedCalls returned,
    TeamScreens teams,
    ToldScreens told,
    AnswerNews answers,
    PhonesInUse phones,
    RecordLikeness likeness,
    OperatorClock operatorClock,
    DialIntents dials,
    ContactStore contacts,
    PhoneNumberParser numbers,
    CallAccounts accounts,
    RefusedEventStore refused,
    LatestNotifications latest,
    TimeProvider clock)
{
    /// <summary>
    /// How often the steps are repeated if another notification changed the call first. After that, the queue tries
    /// again later.
    /// </summary>
    private const int MaxAttempts = 10;

    /// <summary>
    /// How old a start may be for which no notification of the answer is expected. If it waited longer in the queue, that
    /// notification may be waiting behind it.
    /// </summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(30);

    /// <summary>A notification that waited so long may tell of a talk that was not its agent's last.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    /// <summary>
    /// No record comes sooner after the beginning of its call. A notification that comes later than this can come after
    /// the record, and is looked for by likeness where no call has its id.
    /// </summary>
    private static readonly TimeSpan BeforeRecord = TimeSpan.FromSeconds(10);

    [Function(nameof(ProcessCallEvent))]
    public async Task Run([QueueTrigger(StorageNames.CallEvents)] string message, CancellationToken cancellationToken)
    {
        if (message == IQueueAdmin.ProbeBody)
        {
            return;
        }

        var queued = QueuedCallEvent.Read(message);
        using var span = Instrumentation.StartFunction(
            nameof(ProcessCallEvent), ActivityKind.Consumer, queued.TraceParent);
        Instrumentation.ProcessingStarted(clock.GetUtcNow() - queued.ReceivedAt);
        using var way = callsFirst.Begin();
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
        callEvent = (callEvent with { IsLive = queued.IsLive == true }).Marked();
        var mark = callEvent.Mark();
        latest.Note(queued, mark);
        if (await accounts.FindAsync(callEvent, cancellationToken) is not { } account)
        {
            await KeepAsync(queued, callEvent, cancellationToken);
            return;
        }

        var write = writer.Begin();
        try
        {
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                if (await TryAsync(write, callEvent, mark, queued.ReceivedAt, account, cancellationToken))
                {
                    return;
                }
            }

            throw new InvalidOperationException($"The call changed under each of {MaxAttempts} attempts.");
        }
        catch
        {
            await write.PutRightAsync();
            throw;
        }
    }

    // The notification was acked, but its account is not known. It is stored for the administrator, and its phone is
    // listed as unmapped.
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

    /// <summary>False if the call was changed meanwhile.</summary>
    private async Task<bool> TryAsync(
        CallWrite write,
        CallEvent callEvent,
        string mark,
        DateTimeOffset receivedAt,
        Account account,
        CancellationToken cancellationToken)
    {
        var (key, before, useRow) = await uses.FindAsync(callEvent, receivedAt, account, cancellationToken);
        if (before is null && receivedAt - account.FirstInstantOf(callEvent.DetectTime, receivedAt) > BeforeRecord
            && await likeness.FindOfRecordAsync(account, callEvent, receivedAt, cancellationToken) is { } recorded)
        {
            if (!await calls.WriteLegAsync(key, recorded.CallId, cancellationToken))
            {
                return false;
            }

            before = recorded;
        }

        // A call of one leg has one id, also where its record came before and has another.
        callEvent = callEvent with { CallId = before is { Legs: null } ? before.CallId : key.CallId };
        if (callEvent.IsLive && before is not null && !before.IsHeardAt(receivedAt))
        {
            // Its start has come meanwhile, and says more.
            return !write.HasBegun || await write.SaveAgainAsync(before, cancellationToken) is not null;
        }

        if (callEvent is { Action: CallAction.Start, ConnectTime: not null, IsLive: false })
        {
            answers.Note(account);
        }

        var parties = (await router.RouteAsync(before, callEvent, account, receivedAt, cancellationToken)) with
        {
            IsAnswerUntold = callEvent.Action == CallAction.Start && !answers.Has(account)
                && clock.GetUtcNow() - receivedAt < Prompt,
        };
        // Also for a leg that the call does not have yet: a first try may have claimed the leg and crashed before it
        // stored the call.
        var dial = before is null || IsNewLeg(before, key)
            ? await dials.ClaimAsync(
                callEvent,
                [.. before?.Agents ?? [], .. parties.Agents],
                account,
                receivedAt,
                operatorClock.BeganAt(account, callEvent, receivedAt),
                cancellationToken)
            : null;
        if (before is null && dial is not null && dial.Legs[0].CallId is var first && first != key.CallId)
        {
            if (!await calls.WriteLegAsync(key, first, cancellationToken))
            {
                return false;
            }

            before = await calls.GetAsync(key, cancellationToken);
        }

        var call = dial is not null || before?.Legs is not null
            ? await ApplyAsync(before, callEvent, receivedAt, account, parties, dial, cancellationToken)
            : CallProgress.Apply(before, callEvent, receivedAt, account, parties, NeedsMatch(before, parties) ? await MatchAsync(parties, cancellationToken) : null);
        if (before is not null && ReferenceEquals(call, before))
        {
            // A repeated notification changes nothing on the screens. But if the same message is delivered again, its
            // first try may have crashed between the write and the sending.
            var isAgain = before.IsHeardAt(receivedAt);
            var isTold = isAgain && told.Has(key, receivedAt, mark);
            if (write.HasBegun || (isAgain && !isTold))
            {
                if (await write.SaveAgainAsync(before, cancellationToken) is not { } again)
                {
                    return false;
                }

                before = again;
                await popUps.CloseOthersAsync(before, write.Beside, cancellationToken);
            }

            if (isTold)
            {
                // The pop-ups were sent. The lists are told beside the notification, and may not have been.
                teams.Tell(before, null);
            }
            else if (isAgain)
            {
                await screens.ShowAllAgainAsync(before, cancellationToken);
                await SettleAsync(before, null, receivedAt, cancellationToken);
                await returned.MarkAsync(before, null);
            }

            return true;
        }

        // Of a ring group, each phone is noted. Of one phone, the first notification is enough.
        if (parties.UnmappedEndpoint is { } unmapped
            && before?.Timeline.Any(entry => entry.EndpointId == callEvent.EndpointId) != true)
        {
            await mappings.NoteUnmappedAsync(unmapped, cancellationToken);
        }

        if (!await SaveAndShowAsync(write, call, before, useRow, receivedAt, cancellationToken))
        {
            return false;
        }

        told.Note(key, receivedAt, mark);
        if (before is null && callEvent is { Action: CallAction.Start, IsLive: false, DetectTime: { } detectTime })
        {
            operatorClock.Note(account, account.ToInstant(detectTime, receivedAt), receivedAt);
        }

        return true;
    }

    /// <summary>False if the call was changed meanwhile.</summary>
    private async Task<bool> SaveAndShowAsync(
        CallWrite write,
        Call call,
        Call? before,
        IndexRow? useRow,
        DateTimeOffset receivedAt,
        CancellationToken cancellationToken)
    {
        var closing = await popUps.FindClosingAsync(call, before, cancellationToken);
        var talks = clock.GetUtcNow() - receivedAt < Late
            ? PresenceStore.RowsOf(call, before, receivedAt)
            : await presence.ListLateRowsAsync(call, before, receivedAt, cancellationToken);
        var beside = popUps.RowsOf(call, before).Concat(talks);
        if (await write.SaveAsync(
            call, before, useRow is null ? beside : beside.Append(useRow), cancellationToken) is not { } saved)
        {
            return false;
        }

        // Lists pass over the rows that go, so that the screens don't wait for it.
        var ending = write.EndAsync();
        try
        {
            if (await screens.ShowAsync(saved, before, cancellationToken) > 0)
            {
                Instrumentation.SentToScreens(clock.GetUtcNow() - receivedAt);
            }

            await popUps.CloseAsync(closing, cancellationToken);
            await popUps.CloseOthersAsync(saved, write.Beside, cancellationToken);
        }
        finally
        {
            await ending;
        }

        await SettleAsync(saved, before, receivedAt, cancellationToken);
        await returned.MarkAsync(saved, before);
        return true;
    }

    // A phone that talks in this call has left those before it, whose end was lost or told under another id. An
    // internal call settles nothing: it is how a call is handed over.
    private async Task SettleAsync(
        Call call, Call? before, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        phones.Note(call);
        if (call.Direction == CallDirection.Internal)
        {
            return;
        }

        var had = before?.Phones.Where(phone => phone.ConnectedAt is not null).Select(phone => phone.EndpointId) ?? [];
        var now = call.Phones.Where(phone => phone.ConnectedAt is not null).Select(phone => phone.EndpointId);
        foreach (var endpointId in now.Except(had).ToList())
        {
            foreach (var key in phones.Earlier(call, endpointId))
            {
                var settled = new SettledPhone(endpointId, receivedAt, call.ConnectedAtOf(endpointId) ?? receivedAt);
                await SettleAsync(key, settled, cancellationToken);
            }
        }

        // The later call may have been heard of before this one.
        foreach (var phone in call.Phones.Where(phone => !phone.IsOver))
        {
            if (phones.Later(call, phone) is { } later)
            {
                var settled = new SettledPhone(phone.EndpointId, receivedAt, later.ConnectedAt);
                if (!ReferenceEquals(call.Facts.With(settled), call.Facts))
                {
                    await SettleAsync(call.Key, settled, cancellationToken);
                }
            }
        }
    }

    private async Task SettleAsync(CallKey key, SettledPhone phone, CancellationToken cancellationToken)
    {
        Call? before = null;
        var settled = await writer.ChangeAsync(
            async token => before = await calls.GetAsync(key, token),
            found => found.Facts.With(phone),
            cancellationToken);
        if (settled is not null && before is not null)
        {
            phones.Note(settled);
            await screens.ShowAsync(settled, before, cancellationToken);
            await returned.MarkAsync(settled, before);
        }
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

        // A clicked contact is known beforehand. A typed number is looked up like any other.
        var number = dial.Colleague is { } colleague
            ? numbers.ParsePhone(colleague.Phone)
            : numbers.Parse(dial.Number);
        var clicked = dial.ContactId is null ? null : await contacts.GetAsync(dial.ContactId, cancellationToken);
        var match = dial.Colleague is not null
            ? new ContactMatch(MatchKind.None, [], null)
            : clicked is null
            ? await matcher.MatchAsync(number, cancellationToken)
            : new ContactMatch(
                MatchKind.Dialled,
                [new Candidate(clicked.ContactId, clicked.Title, MatchReason.Dialled)],
                clicked.ContactId);
        return DialledCall.Apply(null, callEvent, receivedAt, account, parties, match, dial, numbers.View(number));
    }

    private static bool IsNewLeg(Call call, CallKey key) =>
        call.Legs?.All(leg => leg.CallId != key.CallId) == true;

    // A call whose first notification hid the number may get the number later, and one that seemed internal an outside
    // one.
    private static bool NeedsMatch(Call? call, CallParties parties) =>
        call is null
        || (call.ContactId is null && parties.Direction != CallDirection.Internal
            && (call.Direction == CallDirection.Internal
                || (call.Number.Kind != PhoneNumberKind.Number && parties.Other.Kind == PhoneNumberKind.Number)));

    private async ValueTask<ContactMatch> MatchAsync(CallParties parties, CancellationToken cancellationToken) =>
        parties.Direction == CallDirection.Internal
            ? new ContactMatch(MatchKind.None, [], null)
            : await matcher.MatchAsync(parties.Other, cancellationToken);
}
