using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Telemetry;
using CallMyWay.Functions.WrapUps;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.CallFlow;

/// <summary>What became of the records that were taken.</summary>
/// <param name="Added">Calls that were known by no notification and no record.</param>
/// <param name="Joined">Calls that notifications told of, and that have a record now.</param>
/// <param name="Corrected">Calls whose record says something else than before.</param>
/// <param name="Known">Records that said nothing new.</param>
/// <param name="Ended">Calls that went on, and that their record has closed.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TakenRecords(int Added, int Joined, int Corrected, int Known, int Ended)
{
    public int Changed => Added + Joined + Corrected;

    public static TakenRecords operator +(TakenRecords a, TakenRecords b) => new(
        a.Added + b.Added, a.Joined + b.Joined, a.Corrected + b.Corrected, a.Known + b.Known, a.Ended + b.Ended);
}

/// <summary>
/// Applies the operator's records to their calls. A record finds its call by its id, also where that is the id of one
/// leg, or has a prefix; else by phone, number and start (<see cref="RecordLikeness"/>). Every step can be repeated, as
/// the same records come again with each pull.
/// </summary>
public sealed partial class RecordIntake(
    ITables tables,
    CallStore calls,
    CallWriter writer,
    CallUses uses,
    RecordRouter router,
    RecordLikeness likeness,
    ContactMatcher matcher,
    MappingStore mappings,
    AgentDirectory agents,
    ContactStore contacts,
    DialIntents dials,
    WrapUpStore wrapUps,
    CallIndex index,
    RecordStore records,
    ChangedDays changedDays,
    ChangedHours changedHours,
    PopUpStore popUps,
    PresenceStore presence,
    PopUpScreens screens,
    TeamScreens teams,
    ReturnedCalls returned,
    PhonesInUse phones,
    PhoneNumberParser numbers,
    IQueue queue,
    RetentionStore retention,
    TimeProvider clock,
    ILogger<RecordIntake> logger)
{
    /// <summary>How many records are worked on at once while notifications storm in: their acks come first.</summary>
    private const int AtOnceInStorm = 1;

    /// <summary>After so many calls it is asked again whether there is a storm.</summary>
    private const int Portion = 64;

    /// <summary>How often the steps are repeated if another writer changed the call first.</summary>
    private const int MaxAttempts = 10;

    /// <summary>
    /// A call of which we know by its record alone, and later than this, is in lists and opens no pop-up: the agent has
    /// gone on.
    /// </summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromMinutes(15);

    /// <summary>How long after a click its legs are looked for.</summary>
    private static readonly TimeSpan DialTime = TimeSpan.FromHours(24);

    /// <summary>Takes records of an account, in any order.</summary>
    /// <param name="account">The account.</param>
    /// <param name="read">The records. Of one phone's part in a call the last counts.</param>
    /// <param name="receivedAt">When they were received.</param>
    /// <param name="failed">Is told of a record that could not be applied, which is in nobody's way.</param>
    /// <param name="waiting">Is told of a record whose call may go on: it is to be taken when it is read again.</param>
    /// <param name="cancellationToken">Ends it between two records.</param>
    public async Task<TakenRecords> TakeAsync(
        Account account,
        IReadOnlyList<CallRecord> read,
        DateTimeOffset receivedAt,
        Action<CallRecord> failed,
        Action<CallRecord> waiting,
        CancellationToken cancellationToken)
    {
        if (read.Count == 0)
        {
            return default;
        }

        read = await WithoutForgottenAsync(account, read, receivedAt, cancellationToken);
        var batch = await BeginAsync(account, receivedAt, failed, cancellationToken);
        var groups = RecordGroups.Of(read);
        var found = await FindAsync(batch, groups, cancellationToken);
        (groups, found) = WithoutWaiting(account, groups, found, receivedAt, waiting);
        // Before the records: a process can end anywhere, and a day that is marked in vain is only worked out again.
        await changedDays.MarkAsync(
            account,
            groups.SelectMany(same => same).SelectMany(record => DaysOf(account, record, receivedAt)),
            receivedAt,
            cancellationToken);
        // Those of one id are taken one after the other: what the first has written, the next finds.
        var ids = groups.Zip(found).GroupBy(each => each.First[0].RecordId, StringComparer.Ordinal)
            .Select(uses => uses.ToList()).ToList();
        var results = new TakenRecords[ids.Count];
        for (var first = 0; first < ids.Count; first += Portion)
        {
            await Beside.ForAsync(
                first,
                Math.Min(first + Portion, ids.Count),
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = queue.IsInStorm ? AtOnceInStorm : tables.RecordsAtOnce,
                    CancellationToken = cancellationToken,
                },
                async i => results[i] = await TakeAsync(batch, ids[i]));
        }

        var taken = results.Aggregate(default(TakenRecords), (sum, next) => sum + next);
        Instrumentation.TookRecords(taken.Changed);
        return taken;
    }

    /// <summary>
    /// Without the records of calls that the office does not keep any more: a backfill would bring them back. The rules
    /// are asked for only where a record is old.
    /// </summary>
    private async ValueTask<IReadOnlyList<CallRecord>> WithoutForgottenAsync(
        Account account,
        IReadOnlyList<CallRecord> read,
        DateTimeOffset receivedAt,
        CancellationToken cancellationToken)
    {
        var old = receivedAt.AddDays(-RetentionRules.LeastDays);
        if (read.All(record => TimeOf(record) >= old)
            || (await retention.GetRecentAsync(cancellationToken)).CallsGoBefore(receivedAt) is not { } before)
        {
            return read;
        }

        return [.. read.Where(record => TimeOf(record) >= before)];

        DateTimeOffset TimeOf(CallRecord record) =>
            account.InstantsOf(record.DetectTime ?? record.ConnectTime, receivedAt).Earlier ?? receivedAt;
    }

    /// <summary>
    /// Joins a call of which notifications alone told with one that a record alone told of: the notifications came
    /// after the record, under another id. False where an agent has dealt with the second, or one of them has changed.
    /// </summary>
    /// <param name="account">Their account.</param>
    /// <param name="told">The call of the notifications, which stays.</param>
    /// <param name="recorded">The call of the record, whose id leads to the other then.</param>
    /// <param name="cancellationToken">Heeded until something is written.</param>
    public async Task<bool> JoinAsync(
        Account account, Call told, Call recorded, CancellationToken cancellationToken)
    {
        if (recorded.Facts.Decisions.Count > 0 || recorded.DialId is not null
            || (await wrapUps.ListAsync(recorded, cancellationToken)).Count > 0)
        {
            return false;
        }

        await changedHours.MarkAsync(recorded, cancellationToken);
        await changedDays.MarkAsync(
            account,
            recorded.Facts.Records.Select(fact => RecordStore.DayOf(account, fact)),
            clock.GetUtcNow(),
            cancellationToken);
        if (!await calls.ReplaceByLegAsync(recorded, told.CallId, CancellationToken.None))
        {
            return false;
        }

        // From here on the record belongs to the other call. Where the process ends, it is taken again with the day.
        var write = writer.Begin();
        try
        {
            while (await calls.GetAsync(told.Key, CancellationToken.None) is { } before)
            {
                List<RecordFact> facts = [.. recorded.Facts.Records.Select(fact => fact with
                {
                    CallId = before.CallId,
                    RecordId = fact.RecordId ?? fact.CallId,
                    IsByLikeness = true,
                    Direction = null,
                    Agents = before.Agents.Count == 0 ? fact.Agents : null,
                    Number = null,
                    Match = null,
                })];
                var joined = facts.Aggregate(before.Facts, (known, fact) => known.With(fact));
                if (before.Agents.Count == 0)
                {
                    joined = (recorded.Facts.Tied ?? []).Aggregate(joined, (known, tied) => known.With(tied));
                }

                var call = before.With(joined);
                if (ReferenceEquals(call, before)
                    || await SaveAsync(write, account, call, before, facts, null) is not null)
                {
                    foreach (var (known, fact) in recorded.Facts.Records.Zip(facts))
                    {
                        await records.RemoveAsync(recorded.Key, known, fact, CancellationToken.None);
                    }

                    await index.RemoveAsync(recorded, CancellationToken.None);
                    return true;
                }
            }

            return false;
        }
        catch
        {
            await write.PutRightAsync();
            throw;
        }
    }

    /// <summary>
    /// Those of the records of whose call nothing is known, each call once, and whose they are by the mappings.
    /// </summary>
    public async Task<IReadOnlyList<(CallRecord Record, CallParties Parties)>> FindUnknownAsync(
        Account account, IReadOnlyList<CallRecord> read, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (read.Count == 0)
        {
            return [];
        }

        var batch = await BeginAsync(account, receivedAt, _ => { }, cancellationToken);
        var groups = RecordGroups.Of(read);
        var found = await FindAsync(batch, groups, cancellationToken);
        var unknown = WithoutCall(groups, found);
        if (unknown.Count == 0)
        {
            return [];
        }

        var mapped = await Beside.Shared(batch.Phones.Value);
        return [.. unknown.Select(record => (record, router.Route(record, account, mapped, batch.Agents, receivedAt)))];
    }

    private static List<CallRecord> WithoutCall(List<List<CallRecord>> groups, IReadOnlyList<Found> found) =>
        [.. groups.Zip(found).Where(each => each.Second.Call is null).Select(each => each.First[^1])];

    /// <summary>
    /// Without the records of calls that go on, or may do so: a record closes its call. Those of one call wait
    /// together, as a phone that has stopped ringing says nothing of the one that talks.
    /// </summary>
    private static (List<List<CallRecord>> Groups, IReadOnlyList<Found> Found) WithoutWaiting(
        Account account,
        List<List<CallRecord>> groups,
        IReadOnlyList<Found> found,
        DateTimeOffset now,
        Action<CallRecord> waiting)
    {
        if (!account.RecordsHaveLive)
        {
            return (groups, found);
        }

        var each = groups.Zip(found).ToList();
        var goOn = each
            .Where(one => one.First.Exists(record => RecordUnderWay.Waits(record, one.Second.Call, account, now)))
            .Select(one => CallOf(one.First, one.Second))
            .ToHashSet();
        var isForLater = each.ToLookup(one => goOn.Contains(CallOf(one.First, one.Second)));
        foreach (var record in isForLater[true].SelectMany(one => one.First))
        {
            waiting(record);
        }

        return ([.. isForLater[false].Select(one => one.First)], [.. isForLater[false].Select(one => one.Second)]);

        static object CallOf(List<CallRecord> same, Found its) => its.Call is { } call ? call.Key : same;
    }

    // Of a time that comes twice, both can be meant, and they can be of two days.
    private static IEnumerable<DateOnly> DaysOf(Account account, CallRecord record, DateTimeOffset receivedAt)
    {
        var (earlier, later) = account.InstantsOf(record.BeganAt, receivedAt);
        return new[] { earlier, later }.OfType<DateTimeOffset>().Select(account.TimeZone.DayOf);
    }

    private async Task<Batch> BeginAsync(
        Account account, DateTimeOffset receivedAt, Action<CallRecord> failed, CancellationToken cancellationToken) =>
        new(
            account,
            receivedAt,
            new Lazy<Task<MappedPhones>>(() => mappings.ReadPhonesAsync(CancellationToken.None)),
            await agents.ReadAsync(cancellationToken),
            new ConcurrentDictionary<string, Task<ContactMatch>>(StringComparer.Ordinal),
            failed);

    /// <summary>The calls of the records, by id or by likeness, as they stand before anything is written.</summary>
    private async Task<IReadOnlyList<Found>> FindAsync(
        Batch batch, List<List<CallRecord>> groups, CancellationToken cancellationToken)
    {
        var found = await AtOnce.DoAsync(groups, same => FindByIdAsync(batch, same[^1], cancellationToken).AsTask());
        var alone = WithoutCall(groups, found);
        if (alone.Count == 0)
        {
            return found;
        }

        var like = await likeness.FindAsync(
            batch.Account, alone, batch.ReceivedAt, await Beside.Shared(batch.Phones.Value), cancellationToken);
        return
        [
            .. found.Zip(groups, (each, same) => each.Call is null && like.GetValueOrDefault(same[^1]) is { } call
                ? each with { Call = call, IsByLikeness = true }
                : each),
        ];
    }

    private async ValueTask<Found> FindByIdAsync(Batch batch, CallRecord record, CancellationToken cancellationToken)
    {
        var its = EventOf(batch.Account, record);
        var found = await UseOfAsync(its);
        // Before the prefix of the records' ids was in the settings, a record that was alone gave its call its own id.
        if (found.Call is null && its.CallId != record.RecordId
            && await UseOfAsync(its with { CallId = record.RecordId }) is { Call: not null } former)
        {
            found = former;
        }

        return new Found(found.Key, found.Call, found.Uses, false);

        ValueTask<FoundUse> UseOfAsync(CallEvent told) =>
            uses.FindAsync(told, record.Mark(), batch.ReceivedAt, batch.Account, cancellationToken);
    }

    /// <summary>
    /// Records that a power cut takes are read again: how far they were read is noted behind them. In a storm each one
    /// waits for a sync, which leaves the machine to those who send.
    /// </summary>
    private Task<TakenRecords> TakeAsync(Batch batch, List<(List<CallRecord> Same, Found Found)> uses) =>
        queue.IsInStorm
            ? TakeAllAsync(batch, uses)
            : RepeatableWrites.DoAsync(() => TakeAllAsync(batch, uses));

    private async Task<TakenRecords> TakeAllAsync(Batch batch, List<(List<CallRecord> Same, Found Found)> uses)
    {
        var taken = default(TakenRecords);
        foreach (var (same, asFound) in uses)
        {
            var found = uses.Count > 1 ? await FindAgainAsync(batch, same[^1], asFound) : asFound;
            var standing = RecordGroups.StandingOf(same);
            taken += new TakenRecords(0, 0, 0, same.Count - standing.Count, 0);
            foreach (var record in standing)
            {
                taken += await TakeOneAsync(batch, record, found);
                // What the first has written, the next finds.
                found = standing.Count > 1 ? await FindByIdAsync(batch, record, CancellationToken.None) : found;
            }
        }

        return taken;
    }

    /// <summary>Where a record's call is, after those of an earlier call with its id were taken.</summary>
    private async Task<Found> FindAgainAsync(Batch batch, CallRecord record, Found before)
    {
        var found = await FindByIdAsync(batch, record, CancellationToken.None);
        return found.Call is null && before.IsByLikeness
            ? found with { Call = before.Call, IsByLikeness = true }
            : found;
    }

    // Not cancelled in the middle: a few writes belong together, and they are done in a moment.
    private async Task<TakenRecords> TakeOneAsync(Batch batch, CallRecord record, Found found)
    {
        var write = writer.Begin();
        try
        {
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                if (await TryAsync(write, batch, record, found) is { } taken)
                {
                    return taken;
                }

                found = await FindByIdAsync(batch, record, CancellationToken.None);
            }

            throw new InvalidOperationException($"The call changed under each of {MaxAttempts} attempts.");
        }
        catch (Exception exception)
        {
            await write.PutRightAsync();
            if (exception is StorageException or ScreensException)
            {
                throw;
            }

            // A mistake of ours in one call must not keep all the other records away.
            Log.Failed(logger, exception);
            batch.Failed(record);
            return default;
        }
    }

    /// <summary>Null if the call was changed meanwhile.</summary>
    private async Task<TakenRecords?> TryAsync(CallWrite write, Batch batch, CallRecord record, Found found)
    {
        var (account, before) = (batch.Account, found.Call);
        var isAnotherPhone = before is not null && IsAnotherPhone(before, record);
        var parties = before is null || before.Agents.Count == 0 || isAnotherPhone
            ? router.Route(record, account, await Beside.Shared(batch.Phones.Value), batch.Agents, batch.ReceivedAt)
            : null;
        if (isAnotherPhone && before!.Agents.Count > 0)
        {
            // Which way the call goes its first record told. A leg between two phones of ours is how it was handed
            // over: who called there, and is named first, did not talk.
            var isHandOver = parties!.Direction == CallDirection.Internal && before.Direction != CallDirection.Internal;
            parties = parties with
            {
                Direction = before.Direction,
                Agents = isHandOver && parties.Agents.Count > 1 ? [.. parties.Agents.Skip(1)] : parties.Agents,
            };
        }

        var dial = before is null ? await ClaimAsync(batch, record, found.Key, parties!) : null;
        if (dial is not null && dial.Legs[0].CallId is var first && first != found.Key.CallId)
        {
            if (!await calls.WriteLegAsync(found.Key, first, CancellationToken.None))
            {
                return null;
            }

            before = await calls.GetAsync(found.Key, CancellationToken.None);
        }

        var fact = FactOf(batch, record, found, before);
        if (found.IsByLikeness)
        {
            // So that the record, and a correction of it, is found by its id from now on.
            if (!await calls.WriteLegAsync(found.Key, before!.CallId, CancellationToken.None))
            {
                return null;
            }
        }

        var call = CallProgress.Apply(
            before,
            fact,
            account,
            parties is null || dial is null ? parties : parties with { Number = numbers.View(NumberOf(dial)) },
            before is null ? await MatchAsync(batch, parties!, dial) : null,
            dial is null ? null : DialledCall.FactOf(dial));
        if (before is not null && ReferenceEquals(call, before))
        {
            if (write.HasBegun && await write.SaveAgainAsync(before, CancellationToken.None) is null)
            {
                return null;
            }

            await RemoveCorrectedAsync(account, before, fact);
            return new TakenRecords(0, 0, 0, 1, 0);
        }

        if (before is null && parties!.UnmappedEndpoint is { } unmapped && !call.IsHistory)
        {
            await mappings.NoteUnmappedAsync(unmapped, CancellationToken.None);
        }

        return await SaveAsync(write, account, call, before, [fact], found.Uses);
    }

    /// <summary>
    /// True where records alone told of the call, and this one is of another of its phones: it names whose it was. Of a
    /// call without persons the phones are not known any more.
    /// </summary>
    private static bool IsAnotherPhone(Call call, CallRecord record) =>
        call is { Sources: [CallSource.Record], Legs: null, AnonymizedAt: null }
        && call.Facts.Records.All(known => RecordFact.PhonesOf(known) != RecordFact.PhonesOf(record));

    /// <summary>
    /// A process that ended after it had saved a correction may have left the row of the record before, under another
    /// time: it would be counted as well.
    /// </summary>
    private async Task RemoveCorrectedAsync(Account account, Call call, RecordFact fact)
    {
        List<RecordFact> versions = [.. call.Facts.Records.Where(known => known.Part == fact.Part)];
        foreach (var former in versions.SkipLast(1))
        {
            if (!await records.IsLeftAsync(call.Key, former, versions[^1], CancellationToken.None))
            {
                continue;
            }

            await changedDays.MarkAsync(
                account, [RecordStore.DayOf(account, former)], clock.GetUtcNow(), CancellationToken.None);
            await records.RemoveAsync(call.Key, former, versions[^1], CancellationToken.None);
        }
    }

    /// <param name="write">The change.</param>
    /// <param name="account">The call's account.</param>
    /// <param name="call">What is saved.</param>
    /// <param name="before">What it is saved over; null where there was no call.</param>
    /// <param name="facts">The records that the call has and the one before had not, in their order.</param>
    /// <param name="useRow">What else is written before the call.</param>
    private async Task<TakenRecords?> SaveAsync(
        CallWrite write,
        Account account,
        Call call,
        Call? before,
        IReadOnlyList<RecordFact> facts,
        IndexRow? useRow)
    {
        var fact = facts[^1];
        // Who was not told of the call while it went on is told where that is of use.
        var isKnown = before is not null && (before.Sources is not [CallSource.Record]
            || call.Agents.All(agent => before.AgentOf(agent.AgentId) is not null));
        var isShown = isKnown || clock.GetUtcNow() - (call.EndedAt ?? call.StartedAt) < Prompt;
        var closing = await popUps.FindClosingAsync(call, before, CancellationToken.None);
        var former = before?.Facts.Records.LastOrDefault(known => known.Part == fact.Part);
        if (former is not null)
        {
            // A correction can move it to another day.
            await changedDays.MarkAsync(
                account, [RecordStore.DayOf(account, former)], clock.GetUtcNow(), CancellationToken.None);
        }

        List<IndexRow> beside =
        [
            .. isShown ? popUps.RowsOf(call, before) : [],
            .. isShown
                ? await presence.ListLateRowsAsync(call, before, EndOf(call), CancellationToken.None)
                : [],
            .. useRow is null ? Array.Empty<IndexRow>() : [useRow],
            .. facts.Prepend(former).OfType<RecordFact>().GroupBy(each => each.Part, StringComparer.Ordinal)
                .Select(same => RecordStore.RowOf(
                    call.Key, same.Last(), RecordStore.FormerOf(account, same.Last(), call.Facts.Records))),
        ];
        if (await write.SaveAsync(call, before, beside, CancellationToken.None) is not { } saved)
        {
            return null;
        }

        await write.EndAsync();
        if (former is not null)
        {
            await records.RemoveAsync(call.Key, former, fact, CancellationToken.None);
        }

        phones.Note(saved);
        if (isShown)
        {
            await screens.ShowAsync(saved, before, CancellationToken.None);
        }
        else if (!saved.IsHistory)
        {
            teams.Tell(saved, before);
        }

        await popUps.CloseAsync(closing, CancellationToken.None);
        await popUps.CloseOthersAsync(saved, write.Beside, CancellationToken.None);
        await returned.MarkAsync(saved, before);

        return new TakenRecords(
            before is null ? 1 : 0,
            before is not null && former is null ? 1 : 0,
            former is not null ? 1 : 0,
            0,
            before is not null && before.State != CallState.Ended && saved.State == CallState.Ended ? 1 : 0);
    }

    // By our clock, of which the operator's may be ahead.
    private DateTimeOffset EndOf(Call call)
    {
        var now = clock.GetUtcNow();
        return call.EndedAt < now ? call.EndedAt.Value : now;
    }

    private static RecordFact FactOf(Batch batch, CallRecord record, Found found, Call? before)
    {
        var fact = RecordFact.Of(record, found.Key.CallId, batch.ReceivedAt, batch.Account, before?.StartedAt);
        if (before is null || before.CallId == fact.CallId)
        {
            return fact;
        }

        // A record that was joined before says the same again, or corrects itself.
        var known = before.Facts.Records.LastOrDefault(each => (each.RecordId ?? each.CallId) == record.RecordId);
        var callId = known?.CallId
            ?? (before.Legs?.Any(leg => leg.CallId == fact.CallId) == true ? fact.CallId : LegOf(before, fact));
        return fact with
        {
            CallId = callId,
            RecordId = record.RecordId == callId ? null : record.RecordId,
            IsByLikeness = known?.IsByLikeness ?? (found.IsByLikeness ? true : null),
        };
    }

    // Of a dialled call the contact's leg, or the agent's where that one has its record.
    private static string LegOf(Call call, RecordFact fact) => call.Legs is not { } legs
        ? call.CallId
        : legs.Where(leg => call.Facts.Records.All(record => record.CallId != leg.CallId))
            .OrderBy(leg => leg.IsContact ? 0 : 1)
            .Select(leg => leg.CallId).FirstOrDefault() ?? fact.CallId;

    private async ValueTask<DialIntent?> ClaimAsync(Batch batch, CallRecord record, CallKey key, CallParties parties)
    {
        var began = batch.Account.ToInstant(record.BeganAt, batch.ReceivedAt);
        return batch.ReceivedAt - began > DialTime
            ? null
            : await dials.ClaimAsync(
                EventOf(batch.Account, record) with { CallId = key.CallId },
                parties.Agents,
                batch.Account,
                batch.ReceivedAt,
                // A record comes long after the call began.
                beganAt: null,
                CancellationToken.None);
    }

    private PhoneNumber NumberOf(DialIntent dial) => dial.Colleague is { } colleague
        ? numbers.ParsePhone(colleague.Phone)
        : numbers.Parse(dial.Number);

    private async Task<ContactMatch> MatchAsync(Batch batch, CallParties parties, DialIntent? dial)
    {
        if (dial is { ContactId: { } contactId }
            && await contacts.GetAsync(contactId, CancellationToken.None) is { } clicked)
        {
            return new ContactMatch(
                MatchKind.Dialled,
                [new Candidate(clicked.ContactId, clicked.Title, MatchReason.Dialled)],
                clicked.ContactId);
        }

        if (parties.Direction == CallDirection.Internal || dial is { Colleague: not null })
        {
            return new ContactMatch(MatchKind.None, [], null);
        }

        var number = dial is null ? parties.Other : NumberOf(dial);
        return await Beside.Shared(batch.Matches.GetOrAdd(
            $"{number.Kind} {number.E164} {number.Received}",
            _ => matcher.MatchAsync(number, CancellationToken.None).AsTask()));
    }

    /// <summary>The record as the notification of an end that says the same.</summary>
    private static CallEvent EventOf(Account account, CallRecord record) => new()
    {
        Action = CallAction.End,
        CallId = account.CallIdOf(record.RecordId),
        AccountId = account.Username,
        Ani = record.Ani,
        Dnis = record.Dnis,
        DetectTime = record.DetectTime,
        ConnectTime = record.ConnectTime,
        DisconnectTime = record.ConnectTime?.AddSeconds(record.Duration ?? 0),
        Duration = record.Duration,
        Cost = record.Cost,
    };

    /// <summary>What all records that were received together share.</summary>
    private sealed record Batch(
        Account Account,
        DateTimeOffset ReceivedAt,
        Lazy<Task<MappedPhones>> Phones,
        AgentRoster Agents,
        ConcurrentDictionary<string, Task<ContactMatch>> Matches,
        Action<CallRecord> Failed);

    /// <summary>The call of a record, and where it is or is to be stored.</summary>
    private sealed record Found(CallKey Key, Call? Call, IndexRow? Uses, bool IsByLikeness);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A call record could not be applied to its call, and is set aside.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
