using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// How a notification moves a call forward: pure, so that a notification can come twice, late, or before its
/// predecessor, and the call ends up the same.
/// </summary>
public static class CallProgress
{
    /// <summary>
    /// How many notifications of one call are kept in its timeline; a ring group sends a few per endpoint.
    /// </summary>
    public const int MaxTimeline = 60;

    /// <summary>How far ahead of our clock the operator's may be before we rather believe ours.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    /// <summary>The call after the notification, or the same instance where it tells nothing new.</summary>
    /// <param name="call">The call as it is known, null where this is the first of it.</param>
    /// <param name="parties">Who the notification is about: direction, number, agents.</param>
    /// <param name="match">Who the number belongs to, where it was looked up.</param>
    public static Call Apply(
        Call? call,
        CallEvent callEvent,
        DateTimeOffset receivedAt,
        Account account,
        CallParties parties,
        ContactMatch? match)
    {
        var mark = MarkOf(callEvent);
        if (call?.Timeline.Any(entry => entry.Mark == mark) == true
            && parties.Agents.All(agent => call.AgentOf(agent.AgentId)?.IsOn(agent.EndpointId) == true))
        {
            return call;
        }

        var detectedAt = Instant(callEvent.DetectTime, account, receivedAt);
        var connectedAt = Earliest(call?.ConnectedAt, Instant(callEvent.ConnectTime, account, receivedAt));
        var isEnd = callEvent.Action == CallAction.End;
        // Each phone of a group may end on its own: the call ends with the last of them.
        var toldEnd = Larger(
            call is { IsEndTold: true } ? call.EndedAt : null,
            isEnd ? Instant(callEvent.DisconnectTime, account, receivedAt) : null);
        var endedAt = toldEnd ?? Earliest(call?.EndedAt, isEnd ? receivedAt : null);
        var startedAt = Earliest(call?.StartedAt, detectedAt ?? connectedAt ?? receivedAt)!.Value;
        var timeline = WithEntry(call?.Timeline ?? [], new TimelineEntry(
            receivedAt, WordFor(callEvent.Action), callEvent.EndpointId, mark, callEvent.ConnectTime is not null));
        var state = StateOf(callEvent, connectedAt, timeline);

        var next = (call ?? New(callEvent, account, parties, startedAt)) with
        {
            StartedAt = startedAt,
            ConnectedAt = connectedAt,
            EndedAt = endedAt,
            IsEndTold = toldEnd is not null,
            State = call is null || state > call.State ? state : call.State,
            DurationSeconds = endedAt is null
                ? null
                : DurationOf(connectedAt, toldEnd, Larger(call?.DurationSeconds, isEnd ? callEvent.Duration : null)),
            Cost = Larger(call?.Cost, isEnd ? callEvent.Cost : null),
            Agents = WithAgents(call?.Agents ?? [], parties.Agents),
            Timeline = timeline,
            Sources = call is null || call.Sources.Contains(CallSource.Webhook)
                ? call?.Sources ?? [CallSource.Webhook]
                : [.. call.Sources, CallSource.Webhook],
        };

        return match is null
            ? next
            : next with
            {
                Number = parties.Number,
                Ani = callEvent.Ani,
                Dnis = callEvent.Dnis,
                Match = match.Kind,
                Candidates = match.Candidates,
                ContactId = next.ContactId ?? (next.Ignored ? null : match.ContactId),
            };
    }

    private static Call New(CallEvent callEvent, Account account, CallParties parties, DateTimeOffset startedAt) => new()
    {
        CallId = callEvent.CallId,
        Account = account.Username,
        Direction = parties.Direction,
        State = CallState.Ringing,
        Number = parties.Number,
        Ani = callEvent.Ani,
        Dnis = callEvent.Dnis,
        EndpointId = parties.EndpointId,
        StartedAt = startedAt,
        IndexedAt = startedAt,
        Currency = account.Currency,
        Match = MatchKind.None,
        Candidates = [],
        Agents = [],
        Sources = [],
        Timeline = [],
    };

    private static CallState StateOf(CallEvent callEvent, DateTimeOffset? connectedAt, IReadOnlyList<TimelineEntry> timeline) => callEvent.Action switch
    {
        CallAction.End when callEvent.ConnectTime is not null || callEvent.Duration > 0 || !IsOpenElsewhere(callEvent, timeline) => CallState.Ended,
        _ when connectedAt is not null => CallState.Connected,
        _ => CallState.Ringing,
    };

    // Where one phone of a group answers, the call ends for the others, and goes on there.
    private static bool IsOpenElsewhere(CallEvent callEvent, IReadOnlyList<TimelineEntry> timeline)
    {
        var over = timeline.Where(entry => entry.What == WordFor(CallAction.End)).Select(entry => entry.EndpointId)
            .ToHashSet();
        return callEvent.EndpointId is not null
            && timeline.Any(entry => entry.EndpointId is not null && !over.Contains(entry.EndpointId));
    }

    // The document leaves the unit of the notification's duration open; the two times, where both are there, leave no
    // doubt. They are the call's: the end of a phone that did not answer says nothing of how long was spoken on
    // another.
    private static int? DurationOf(DateTimeOffset? connectedAt, DateTimeOffset? toldEnd, int? told)
    {
        if (connectedAt is null)
        {
            return told ?? 0;
        }

        // Zero is also what a phone says that did not answer: of a call that connected it tells nothing.
        return toldEnd >= connectedAt ? (int)(
            toldEnd.Value - connectedAt.Value).TotalSeconds : told is > 0 ? told : null;
    }

    private static List<CallAgent> WithAgents(IReadOnlyList<CallAgent> known, IReadOnlyList<CallAgent> heard) =>
        [.. known.Concat(heard).GroupBy(agent => agent.AgentId).Select(same => same.Skip(1).SelectMany(agent => agent.Endpoints).Aggregate(same.First(), (agent, endpoint) => agent.With(endpoint)))];

    private static List<TimelineEntry> WithEntry(IReadOnlyList<TimelineEntry> timeline, TimelineEntry entry) =>
        timeline.Any(
            known => known.Mark == entry.Mark) ? [.. timeline] : [.. timeline.TakeLast(MaxTimeline - 1), entry];

    private static DateTimeOffset? Instant(DateTime? local, Account account, DateTimeOffset receivedAt) =>
        local is { } time && account.ToInstant(time) is var instant && instant <= receivedAt + ClockTolerance
            ? instant
            : null;

    private static DateTimeOffset? Earliest(DateTimeOffset? known, DateTimeOffset? heard) => (known, heard) switch
    {
        (null, _) => heard,
        (_, null) => known,
        _ => heard < known ? heard : known,
    };

    private static T? Larger<T>(T? known, T? heard)
        where T : struct, IComparable<T> =>
        known is not { } a ? heard : heard is { } b && b.CompareTo(a) > 0 ? b : a;

    private static string WordFor(CallAction action) =>
        action == CallAction.Start ? TimelineEntry.Start : TimelineEntry.End;

    // Of what the operator said, not of how: a notification that is sent again is the same in JSON and in the
    // document's form.
    private static string MarkOf(CallEvent callEvent)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{callEvent.Action}|{callEvent.EndpointId}|{callEvent.Ani}|{callEvent.Dnis}|{callEvent.DetectTime:s}|{callEvent.ConnectTime:s}|{callEvent.DisconnectTime:s}|{callEvent.Duration}|{callEvent.Type}|{callEvent.Cost}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
