using System.Globalization;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Homologation;

/// <summary>What follows from the notifications and the records that came while a case was watched. Pure.</summary>
public static class WatchCases
{
    /// <summary>So long after the last end another leg of the same call may still be told of.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    // A server's own zone is often UTC.
    private static readonly string[] ZonesByOffset = [Accounts.DefaultTimeZone, "Etc/UTC"];

    /// <summary>Both times are of the operator's clock: they differ by how it rounds.</summary>
    private static readonly TimeSpan RecordTolerance = TimeSpan.FromSeconds(5);

    private static readonly Phrase NothingCame = new(
        "No llegó ningún aviso. Revise que el operador tenga la dirección de los avisos, y que se llegue a ella desde Internet.",
        "No notification came. Check that the operator has the webhook's address, and that it can be reached from the Internet.");

    private static readonly Phrase NotSeen = new(
        "Los avisos no muestran lo que la prueba busca. Repita los pasos.",
        "The notifications don't show what the case looks for. Repeat the steps.");

    private static readonly Phrase NobodyAnswered = new(
        "Nadie contestó el número que se llamó. Revise que el teléfono esté registrado y tenga PCMA, y que DialFormat sea la"
            + " forma que el operador marca; llame otra vez y conteste.",
        "Nobody answered at the number that was called. Check that the phone is registered and has PCMA, and that"
            + " DialFormat is the form that the operator dials; call again and answer.");

    private static readonly Phrase NobodyTalked = new(
        "Nadie contestó la llamada: sin conversación no hay duración ni costo que comparar. Repita los pasos.",
        "Nobody answered the call: without a conversation there is no duration and no cost to compare. Repeat the steps.");

    private static readonly Phrase NoRecord = new(
        "Todavía no hay un registro de la llamada.", "There is no record of the call yet.");

    /// <summary>The verdict; open while more has to come.</summary>
    public static Verdict Evaluate(string code, WatchEvidence evidence)
    {
        if (evidence.Notices.Count == 0)
        {
            return Verdict.Open(NothingCame);
        }

        var seen = Seen(evidence);
        evidence = evidence with { Notices = WithIdsOfStarts(evidence.Notices) };
        var notices = evidence.Notices;
        switch (code)
        {
            case "record-equals-events":
                return Equality(evidence) with { Seen = seen };
            case "webhook-reachable":
                return Reachable(evidence) with { Seen = seen };
            case "click-agent-first" or "click-contact-first":
                return Click(evidence, withType: code == "click-agent-first") with { Seen = seen };
        }

        var found = code switch
        {
            "start-at" => StartAt(notices),
            "duration-unit" => Unit(notices),
            "ring-group" => RingGroup(notices),
            "hunt-group" => SameCall(notices, "hunt-id", connectedFirst: false),
            "transfer" => SameCall(notices, "transfer-id", connectedFirst: true),
            "not-connected" => notices.FirstOrDefault(notice => notice.Action == CallAction.End
                && notices.All(other => other.CallId != notice.CallId || other.ConnectedAt is null)) is null ? null : [],
            "private-caller" => Caller(notices, MatchKind.Private) is { } hidden
                ? [new("private-caller", hidden.Ani.Length == 0 ? "(empty)" : hidden.Ani)]
                : null,
            "unknown-caller" => Caller(notices, MatchKind.None) is null ? null : [],
            "several-contacts" => Caller(notices, MatchKind.Many) is null ? null : [],
            "records-delay" => Delay(evidence),
            "records-live" => Live(evidence),
            "identifiers" => Identifiers(evidence),
            _ => throw new ArgumentException($"The case {code} watches nothing.", nameof(code)),
        };
        return found is null
            ? Verdict.Open(NotSeen, seen)
            : new Verdict(CaseState.Passed, found, seen);
    }

    /// <summary>
    /// An operator may tell an end under another id than its start. Phone, numbers and detect time tell that they are of
    /// one call: then the end is looked at under the id of the start.
    /// </summary>
    private static IReadOnlyList<Notice> WithIdsOfStarts(IReadOnlyList<Notice> notices)
    {
        var starts = notices.Where(notice => notice.Action == CallAction.Start).ToList();
        return
        [
            .. notices.Select(notice =>
                notice.Action == CallAction.End && !starts.Exists(start => start.CallId == notice.CallId)
                    && notice.DetectedAt is not null
                    && starts.Find(start => start.EndpointId == notice.EndpointId && start.Ani == notice.Ani
                        && start.Dnis == notice.Dnis && start.DetectedAt == notice.DetectedAt) is { } start
                    ? notice with
                    {
                        CallId = start.CallId,
                        DialId = notice.DialId ?? start.DialId,
                        IsContact = notice.IsContact || start.IsContact,
                    }
                    : notice),
        ];
    }

    /// <summary>What was seen, each notification and each record that joined one of them.</summary>
    public static IReadOnlyList<Sighting> Seen(WatchEvidence evidence) =>
    [
        .. evidence.Notices.Select(notice => new Sighting(
            notice.At,
            new(
                $"Aviso {(notice.Action == CallAction.Start ? "callStart" : "callEnd")} de {notice.CallId}",
                $"Notification {(notice.Action == CallAction.Start ? "callStart" : "callEnd")} of {notice.CallId}"),
            notice.Raw ?? Text(notice))),
        .. evidence.Records.Where(record => evidence.Notices.Any(notice => IsOf(record.Record, notice, evidence)))
            .Select(record => new Sighting(
                record.FirstAt,
                new($"Registro {record.Record.RecordId}", $"Record {record.Record.RecordId}"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"ani={record.Record.Ani} dnis={record.Record.Dnis} detect_time={record.Record.DetectTime:s} connect_time={record.Record.ConnectTime:s} duration={record.Record.Duration} cost={record.Record.Cost} access_fee={record.Record.AccessFee} rate={record.Record.Rate}"))),
    ];

    private static string Text(Notice notice) => string.Create(
        CultureInfo.InvariantCulture,
        $"account_id={notice.AccountId} endpoint_id={notice.EndpointId} ani={notice.Ani} dnis={notice.Dnis} type={notice.Type} detect_time={notice.DetectedAt:s} connect_time={notice.ConnectedAt:s} disconnect_time={notice.DisconnectedAt:s} duration={notice.Duration} cost={notice.Cost}");

    private static Verdict Reachable(WatchEvidence evidence)
    {
        // The newest time of a notification is about when it came, unless that was late.
        List<(DateTimeOffset At, TimeSpan Off)> told =
        [
            .. from notice in evidence.Notices
            let newest = notice.DisconnectedAt ?? notice.ConnectedAt ?? notice.DetectedAt
            where newest is not null
            select (notice.At, newest.Value - notice.At),
        ];
        var calls = evidence.Notices.Select(notice => notice.CallId).Distinct(StringComparer.Ordinal).Count();
        if (told.Count == 0)
        {
            return new Verdict(CaseState.Passed, [], []);
        }

        var (at, off) = told.MinBy(each => each.Off.Duration());
        if (off.Duration() < ClockTolerance)
        {
            return new Verdict(CaseState.Passed, [new("time-zone", evidence.TimeZone)], []);
        }

        var apart = string.Create(CultureInfo.InvariantCulture, $"{off.TotalHours:+0.##;-0.##} h");
        if (off < TimeSpan.Zero && calls < 2)
        {
            return Verdict.Open(
                new(
                    $"Llegó un aviso con una hora que se aparta {apart} de la real: puede ser uno que se envió tarde. Haga otra"
                        + " llamada.",
                    $"A notification came in whose time is {apart} off the real one: it may have been sent late. Make another"
                        + " call."),
                []);
        }

        var zone = ZoneOf(off, at, evidence.TimeZone);
        return Verdict.Failed(zone is null
            ? new(
                $"Los avisos llegan, pero sus horas se apartan {apart} de la hora real, leídas en {evidence.TimeZone}. Pregunte"
                    + " al operador en qué zona horaria van, y si su reloj está bien. Escriba la zona en TimeZone de la cuenta"
                    + " y repita la prueba.",
                $"Notifications come in, but their times are {apart} off the real time, read in {evidence.TimeZone}. Ask the"
                    + " operator which time zone they are in, and whether their clock is right. Write the zone as the account's"
                    + " TimeZone and repeat the case.")
            : new(
                $"Los avisos llegan, pero sus horas se apartan {apart} de la hora real, leídas en {evidence.TimeZone}: parecen de"
                    + $" {zone}. Confírmelo con el operador, tome el ajuste y repita la prueba.",
                $"Notifications come in, but their times are {apart} off the real time, read in {evidence.TimeZone}: they look"
                    + $" like those of {zone}. Have the operator confirm it, take the setting and repeat the case.")) with
        {
            Answers = [new("time-zone", $"{apart} ({evidence.TimeZone})", zone)],
        };
    }

    /// <summary>
    /// The zone whose times are so far off; null where the offset alone does not tell it, as most offsets are those of
    /// several zones that change their clocks on other days.
    /// </summary>
    private static string? ZoneOf(TimeSpan off, DateTimeOffset at, string read)
    {
        var offset = TimeZoneInfo.FindSystemTimeZoneById(read).GetUtcOffset(at) + off;
        return ZonesByOffset.FirstOrDefault(zone =>
            (TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(at) - offset).Duration() < ClockTolerance);
    }

    private static IReadOnlyList<CaseAnswer>? StartAt(IReadOnlyList<Notice> notices)
    {
        foreach (var call in ById(notices))
        {
            // Of a call that nobody answered, nothing tells whether an answer would have been notified.
            if (!call.Any(notice => notice is { Action: CallAction.End, ConnectedAt: not null }))
            {
                continue;
            }

            var starts = call.Where(notice => notice.Action == CallAction.Start).ToList();
            var atRinging = starts.Exists(start => start.ConnectedAt is null);
            var atAnswer = starts.Exists(start => start.ConnectedAt is not null);
            if (atRinging || atAnswer)
            {
                return [new("start-at", !atAnswer ? "ringing" : atRinging ? "both" : "answer")];
            }
        }

        return null;
    }

    private static IReadOnlyList<CaseAnswer>? Unit(IReadOnlyList<Notice> notices)
    {
        foreach (var end in notices)
        {
            if (end is not { Action: CallAction.End, ConnectedAt: { } connected, DisconnectedAt: { } over, Duration: { } told }
                || (over - connected).TotalSeconds < 2)
            {
                continue;
            }

            if (IsLengthOf(told, end))
            {
                return [new("duration-unit", "seconds")];
            }

            if (IsLengthOf(told / 1000d, end))
            {
                return [new("duration-unit", "milliseconds")];
            }
        }

        return null;
    }

    private static bool IsLengthOf(double seconds, Notice end) =>
        end is { ConnectedAt: { } connected, DisconnectedAt: { } over }
        && Math.Abs(seconds - (over - connected).TotalSeconds) <= 2;

    private static IReadOnlyList<CaseAnswer>? RingGroup(IReadOnlyList<Notice> notices)
    {
        foreach (var call in ById(notices))
        {
            // The end of a call that began before tells nothing of its starts.
            var starts = call.Where(notice => notice.Action == CallAction.Start).ToList();
            if (starts.Count == 0 || !call.Any(notice => notice.Action == CallAction.End))
            {
                continue;
            }

            if (starts.Select(start => start.EndpointId).Distinct().Count() > 1)
            {
                return [new("start-per", "endpoint")];
            }

            var beside = notices.Any(other => other.CallId != call.Key && other.Action == CallAction.Start
                && starts.Exists(start => start.Ani == other.Ani && start.EndpointId != other.EndpointId));
            return [new("start-per", beside ? "callIdPerEndpoint" : "call")];
        }

        return null;
    }

    /// <summary>Whether a second phone of one call has the call's id.</summary>
    private static IReadOnlyList<CaseAnswer>? SameCall(
        IReadOnlyList<Notice> notices, string question, bool connectedFirst)
    {
        foreach (var first in notices.Where(notice => notice.Action == CallAction.Start))
        {
            // Of an inner call before the transfer, the first phone is the caller.
            var next = notices.Where(notice => notice.Action == CallAction.Start
                && notice.At >= first.At
                && notice.EndpointId != first.EndpointId
                && (notice.CallId == first.CallId || notice.Ani == first.Ani)).ToList();
            if (connectedFirst)
            {
                next = next.FindAll(second => notices.Any(notice => notice.EndpointId == first.EndpointId
                    && notice.ConnectedAt is { } connected
                    && (notice.At <= second.At || connected <= (second.DetectedAt ?? second.At))));
            }

            if (next.Count > 0 && notices.Any(notice => notice.Action == CallAction.End))
            {
                return [new(question, next.Exists(second => second.CallId == first.CallId) ? "same" : "new")];
            }
        }

        return null;
    }

    private static Notice? Caller(IReadOnlyList<Notice> notices, MatchKind kind) =>
        notices.FirstOrDefault(notice => notice.Match == kind && notice.Type != CallDirection.Out);

    private static IReadOnlyList<CaseAnswer>? Delay(WatchEvidence evidence)
    {
        foreach (var (end, seen) in JoinedTalks(evidence))
        {
            // No sooner than when it was asked for last without it, and no later than when it was first there.
            var most = Math.Max(0, Math.Ceiling((seen.FirstAt - end.At).TotalSeconds));
            var before = evidence.AskedAt.Where(at => at < (seen.RoundAt ?? seen.FirstAt) && at > end.At)
                .DefaultIfEmpty(end.At).Max();
            var least = Math.Max(0, Math.Floor((before - end.At).TotalSeconds));
            return [new("records-delay", string.Create(CultureInfo.InvariantCulture, $"{least}-{most} s"))];
        }

        return null;
    }

    private static IReadOnlyList<CaseAnswer>? Live(WatchEvidence evidence)
    {
        foreach (var end in Ends(evidence))
        {
            var began = evidence.Notices.First(notice => notice.CallId == end.CallId).At;
            var records = RecordsOf(end, evidence);
            if (records.Exists(record => record.FirstAt < end.At))
            {
                return [new("records-live", "yes")];
            }

            // Of the records that were begun to be read during the call, the last pages may have come after it.
            if (evidence.AskedAt.Any(at =>
                at > began && at < end.At && !records.Exists(record => record.RoundAt == at)))
            {
                return [new("records-live", "no")];
            }
        }

        return null;
    }

    private static IReadOnlyList<CaseAnswer>? Identifiers(WatchEvidence evidence)
    {
        foreach (var (end, seen) in Joined(evidence))
        {
            var id = seen.Record.RecordId;
            var prefix = id.EndsWith(end.CallId, StringComparison.Ordinal) ? id[..^end.CallId.Length] : null;
            var outer = end.Type == CallDirection.Out ? (end.Dnis, seen.Record.Dnis) : (end.Ani, seen.Record.Ani);
            return
            [
                new("account-id", end.AccountId ?? evidence.Account, end.AccountId),
                prefix switch
                {
                    "" => new("call-id", "same"),
                    null => new("call-id", "other"),
                    _ => new("call-id", $"prefix {prefix}", prefix),
                },
                new("number-format", outer.Item1 == outer.Item2
                    ? FormOf(outer.Item1)
                    : $"{FormOf(outer.Item1)} / {FormOf(outer.Item2)}"),
            ];
        }

        return null;
    }

    /// <summary>The form of a number, as the settings of the dialled ones name it.</summary>
    internal static string FormOf(string number) =>
        number.StartsWith('+') ? "e164"
        : number.StartsWith("00", StringComparison.Ordinal) ? "zeroZero"
        : number.Length == 11 && number.StartsWith("506", StringComparison.Ordinal) ? "international"
        : number.Length == 8 && number.All(char.IsAsciiDigit) ? "national"
        : "other";

    private static Verdict Equality(WatchEvidence evidence)
    {
        // What was asked for before the end may say of the call that it goes on.
        if (JoinedTalks(evidence).FirstOrDefault(joined => evidence.AskedAt.Any(at => at >= joined.End.At)) is not
            { Record: { } seen, End: { } end })
        {
            return Verdict.Open(evidence.Notices.Any(notice => notice is { Action: CallAction.End, ConnectedAt: not null })
                ? NoRecord
                : NobodyTalked);
        }

        // The notification's own times tell its unit: read in the other one, nearly any two lengths are alike.
        double told = end.Duration ?? 0;
        var seconds = !IsLengthOf(told, end) && IsLengthOf(told / 1000, end) ? told / 1000 : told;
        var isEqual = Math.Abs(seconds - (seen.Record.Duration ?? 0)) <= 1
            && (end.Cost ?? 0) == (seen.Record.Cost ?? 0);
        return isEqual
            ? new Verdict(CaseState.Passed, [], [])
            : Verdict.Failed(new(
                "La duración o el costo del registro no son los del aviso. Pregunte al operador cuál vale.",
                "Duration or cost of the record are not the notification's. Ask the operator which counts."));
    }

    private static Verdict Click(WatchEvidence evidence, bool withType)
    {
        // Without a click that is known, nothing is one: the process may have ended before it was noted.
        var legs = evidence.Notices.Where(notice => notice.DialId is { } dial && dial == evidence.DialId).ToList();
        var open = legs.Select(leg => leg.CallId).Except(Ends(evidence).Select(end => end.CallId));
        if (legs.Count == 0 || open.Any() || legs[^1].At + Quiet > evidence.Now)
        {
            return Verdict.Open(NotSeen);
        }

        // Where the agent alone has answered, the operator may tell of that leg alone.
        if (!legs.Exists(leg => leg is { IsContact: true, Action: CallAction.End, ConnectedAt: not null }))
        {
            return Verdict.Open(NobodyAnswered) with { IsOver = true };
        }

        var ids = new CaseAnswer(
            "click-ids", legs.Select(leg => leg.CallId).Distinct(StringComparer.Ordinal).Count() == 1 ? "one" : "two");
        var ofAgent = legs.Find(leg => leg.Action == CallAction.Start && leg.EndpointId == evidence.EndpointId);
        return new Verdict(
            CaseState.Passed,
            withType && ofAgent?.Type is { } type
                ? [ids, new("agent-leg-type", type.ToString().ToLowerInvariant())]
                : [ids],
            []);
    }

    private static IEnumerable<IGrouping<string, Notice>> ById(IReadOnlyList<Notice> notices) =>
        notices.GroupBy(notice => notice.CallId, StringComparer.Ordinal);

    private static IEnumerable<Notice> Ends(WatchEvidence evidence) =>
        evidence.Notices.Where(notice => notice.Action == CallAction.End);

    /// <summary>The ends with their records, first those that the id joins, then the nearest in time.</summary>
    private static IEnumerable<(Notice End, SeenRecord Record)> Joined(WatchEvidence evidence) =>
        from end in Ends(evidence)
        from record in RecordsOf(end, evidence)
        orderby HasIdOf(record.Record, end.CallId) ? 0 : 1, Apart(record.Record, end, evidence.TimeZone)
        select (end, record);

    /// <summary>
    /// The same of the phones that were connected: of a ring group's others, and of a call that nobody answered, neither
    /// a duration nor a cost tells anything.
    /// </summary>
    private static IEnumerable<(Notice End, SeenRecord Record)> JoinedTalks(WatchEvidence evidence) =>
        Joined(evidence).Where(joined => joined.End.ConnectedAt is not null)
            .OrderBy(joined => joined.Record.Record.ConnectTime is null);

    /// <summary>The records of a notification's call: where the id joins some of them, those alone.</summary>
    private static List<SeenRecord> RecordsOf(Notice notice, WatchEvidence evidence)
    {
        List<SeenRecord> all = [.. evidence.Records.Where(record => IsOf(record.Record, notice, evidence))];
        return all.FindAll(record => HasIdOf(record.Record, notice.CallId)) is { Count: > 0 } byId ? byId : all;
    }

    /// <summary>True where they are of one call: by the id, or by the time and both numbers' ends.</summary>
    internal static bool IsOf(CallRecord record, Notice notice, WatchEvidence evidence) =>
        !IsOfAnother(record, notice, evidence)
        && (HasIdOf(record, notice.CallId)
            || (Apart(record, notice, evidence.TimeZone) <= RecordTolerance
                && Tail(record.Ani) == Tail(notice.Ani) && Tail(record.Dnis) == Tail(notice.Dnis)));

    // A tester calls the same phone from the same mobile time and again. Of two ids that join, the longer one is meant.
    private static bool IsOfAnother(CallRecord record, Notice notice, WatchEvidence evidence)
    {
        var shortest = HasIdOf(record, notice.CallId) ? notice.CallId.Length : 0;
        return evidence.Notices.Select(other => other.CallId).Concat(evidence.OtherCallIds)
            .Any(id => id != notice.CallId && id.Length > shortest && HasIdOf(record, id));
    }

    private static bool HasIdOf(CallRecord record, string callId) =>
        record.RecordId.EndsWith(callId, StringComparison.Ordinal);

    private static TimeSpan Apart(CallRecord record, Notice notice, string timeZone) =>
        record.DetectTime is { } detect && notice.DetectedAt is { } told
            ? (detect - TimeZoneInfo.ConvertTime(told, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime).Duration()
            : TimeSpan.MaxValue;

    private static string Tail(string number) => number.Length > 8 ? number[^8..] : number;
}
