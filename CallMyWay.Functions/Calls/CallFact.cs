using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// What the operator said of a call once, in a notification or in a record, and what the mappings and the contacts said
/// at that moment. A fact is never changed by what comes later; what follows from all facts is a <see cref="Call"/>.
/// </summary>
public abstract record CallFact
{
    /// <summary>How far the operator's clock may be from ours before we rather believe ours.</summary>
    internal static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(7);

    /// <summary>When it reached us.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A hash of what was said, by which a repetition is known.</summary>
    public required string Mark { get; init; }

    /// <summary>The operator's call id: of a dialled call that of one leg, of any other call its own.</summary>
    public required string CallId { get; init; }

    /// <summary>The caller, as received.</summary>
    public string Ani { get; init; } = "";

    /// <summary>The called number, as received.</summary>
    public string Dnis { get; init; } = "";

    public DateTimeOffset? DetectedAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>In seconds, as it was told.</summary>
    public int? Duration { get; init; }

    /// <summary>In the account's currency.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The way the call goes, where it is not what the operator said: the mappings tell it then.</summary>
    public CallDirection? Direction { get; init; }

    /// <summary>The agents that the mappings named; null where they named none whom the call did not have.</summary>
    public IReadOnlyList<CallAgent>? Agents { get; init; }

    /// <summary>The other party's number; null where <see cref="Match"/> is.</summary>
    public NumberView? Number { get; init; }

    /// <summary>Whom the contacts have under that number; null where they were not asked.</summary>
    public ContactMatch? Match { get; init; }

    /// <summary>
    /// A time that the operator told; null where it can't be, as it is far in the future. Records are also read long
    /// after their calls.
    /// </summary>
    internal virtual DateTimeOffset? Believed(DateTimeOffset? time) => time <= At + ClockTolerance ? time : null;
}

/// <summary>A notification, as it was read.</summary>
public sealed record NotificationFact : CallFact
{
    public required CallAction Action { get; init; }

    /// <summary>The operator's <c>account_id</c>, where it is not the account's username.</summary>
    public string? AccountId { get; init; }

    /// <summary>The phone that it is about.</summary>
    public string? EndpointId { get; init; }

    public DateTimeOffset? DisconnectedAt { get; init; }

    /// <summary>The direction that the operator told.</summary>
    public CallDirection? Type { get; init; }

    /// <summary>True for a start of an account whose calls were never notified when they connected.</summary>
    public bool? IsAnswerUntold { get; init; }

    /// <summary>
    /// What is added to the operator's times where none of them can be: with it the last of them is when the call's
    /// first such notification reached us. Compared with each other the operator's times are right. Set where the
    /// notification is added to a call.
    /// </summary>
    public TimeSpan? Shift { get; init; }

    /// <summary>
    /// The later instants of times in an hour that came twice; null where each time is one instant. The times
    /// themselves are the earlier instants then, and <see cref="RepeatedHour"/> says which are meant.
    /// </summary>
    public LaterTimes? Later { get; init; }

    /// <summary>
    /// True where the operator's list of calls that go on told it: see <see cref="CallEvent.IsLive"/>.
    /// </summary>
    public bool? IsLive { get; init; }

    /// <summary>True where it told that this phone had connected.</summary>
    internal bool IsConnected => ConnectedAt is not null;

    /// <summary>
    /// True where it told a time for the call's beginning that is too far from when we heard of it: ours stands then.
    /// </summary>
    internal bool HasWrongTime =>
        Shift is not null || ((DetectedAt ?? ConnectedAt) is { } told && Believed(told) is null);

    /// <summary>
    /// What would have to be added to the operator's times; null where one of them can be, or none was told.
    /// </summary>
    internal TimeSpan? ShiftToOurs => Told.Max() is { } last && Told.All(time => Believed(time) is null)
        ? At - last
        : null;

    internal bool TellsTime => Told.Any(time => time is not null);

    private DateTimeOffset?[] Told => [DetectedAt, ConnectedAt, DisconnectedAt];

    internal string What => Action == CallAction.Start ? TimelineEntry.Start : TimelineEntry.End;

    /// <summary>About how long it is as text.</summary>
    internal int Weight =>
        250 + CallId.Length + Ani.Length + Dnis.Length + (AccountId?.Length ?? 0) + (EndpointId?.Length ?? 0)
        + (150 * (Agents?.Count ?? 0)) + (Later is null ? 0 : 200);

    /// <summary>A call is notified while it goes on: a time that lies far back is as wrong as one far ahead.</summary>
    internal override DateTimeOffset? Believed(DateTimeOffset? time) =>
        Shift is { } shift ? time + shift
        : time >= At - ClockTolerance ? base.Believed(time)
        : null;

    /// <summary>The notification, without what the mappings and the contacts say.</summary>
    public static NotificationFact Of(CallEvent callEvent, DateTimeOffset receivedAt, Account account)
    {
        var (detectedAt, laterDetectedAt) = account.InstantsOf(callEvent.DetectTime, receivedAt);
        var (connectedAt, laterConnectedAt) = account.InstantsOf(callEvent.ConnectTime, receivedAt);
        var (disconnectedAt, laterDisconnectedAt) = account.InstantsOf(callEvent.DisconnectTime, receivedAt);
        var later = new LaterTimes(laterDetectedAt, laterConnectedAt, laterDisconnectedAt);
        return new NotificationFact
        {
            At = receivedAt,
            Mark = callEvent.Mark(),
            CallId = callEvent.CallId,
            Action = callEvent.Action,
            AccountId = callEvent.AccountId == account.Username ? null : callEvent.AccountId,
            EndpointId = callEvent.EndpointId,
            Ani = callEvent.Ani,
            Dnis = callEvent.Dnis,
            DetectedAt = detectedAt,
            ConnectedAt = connectedAt,
            DisconnectedAt = disconnectedAt,
            Later = later == new LaterTimes(null, null, null) ? null : later,
            Duration = callEvent.Duration,
            Type = callEvent.Type,
            Cost = callEvent.Cost,
            IsLive = callEvent.IsLive ? true : null,
        };
    }

    /// <summary>
    /// The order of notifications: by their receipt. Those of one instant stand in an order that does not depend on
    /// which of them was processed first.
    /// </summary>
    internal static int Compare(NotificationFact a, NotificationFact b)
    {
        var order = a.At.CompareTo(b.At);
        order = order != 0 ? order : a.Action.CompareTo(b.Action);
        order = order != 0 ? order : string.CompareOrdinal(a.EndpointId, b.EndpointId);
        order = order != 0 ? order : string.CompareOrdinal(a.Mark, b.Mark);
        return order != 0 ? order : string.CompareOrdinal(a.CallId, b.CallId);
    }
}

/// <summary>
/// The operator's record of a call that is over. What it says of times, length and cost stands over what notifications
/// said, and of several records of a part of a call the latest stands.
/// </summary>
public sealed record RecordFact : CallFact
{
    /// <summary>The record's own id, where it is not <see cref="CallFact.CallId"/>.</summary>
    public string? RecordId { get; init; }

    /// <summary>
    /// True where the record was joined with its call by phone, number and start, as no call had its id.
    /// </summary>
    public bool? IsByLikeness { get; init; }

    public string? AniUser { get; init; }

    public string? DnisUser { get; init; }

    /// <summary>In the account's currency, as <see cref="Rate"/> is.</summary>
    public decimal? AccessFee { get; init; }

    /// <summary>By the minute.</summary>
    public decimal? Rate { get; init; }

    public string? RoutePattern { get; init; }

    public string? RouteName { get; init; }

    /// <summary>The fields that the document does not name, as text; null where there are none.</summary>
    public IReadOnlyDictionary<string, string>? Other { get; init; }

    /// <summary>The record, without what the mappings and the contacts say.</summary>
    /// <param name="record">The record.</param>
    /// <param name="callId">The operator's call id that it is of.</param>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="account">The account.</param>
    /// <param name="beganAt">
    /// When its call is known to have begun: it tells which of two hours is meant, where an hour came twice.
    /// </param>
    public static RecordFact Of(
        CallRecord record, string callId, DateTimeOffset receivedAt, Account account, DateTimeOffset? beganAt)
    {
        var detectedAt = InstantOf(record.DetectTime, beganAt);
        return new RecordFact
        {
            At = receivedAt,
            Mark = record.Mark(),
            CallId = callId,
            RecordId = record.RecordId == callId ? null : record.RecordId,
            Ani = record.Ani,
            Dnis = record.Dnis,
            DetectedAt = detectedAt,
            // Nobody connects before the call is there, and nobody waits for an hour.
            ConnectedAt = InstantOf(record.ConnectTime, detectedAt ?? beganAt),
            Duration = record.Duration,
            Cost = record.Cost,
            AniUser = record.AniUser,
            DnisUser = record.DnisUser,
            AccessFee = record.AccessFee,
            Rate = record.Rate,
            RoutePattern = record.RoutePattern,
            RouteName = record.RouteName,
            Other = record.Other,
        };

        DateTimeOffset? InstantOf(DateTime? local, DateTimeOffset? near)
        {
            var (earlier, later) = account.InstantsOf(local, receivedAt);
            return earlier is null || later is null || near is null ? later ?? earlier
                : (earlier.Value - near.Value).Duration() <= (later.Value - near.Value).Duration() ? earlier : later;
        }
    }

    /// <summary>
    /// What names the phone's part in a call that the record is of: of two records of one part the later corrects the
    /// other. A call that rings at several phones, or is handed over, can have a record for each under one id. A number
    /// that is written in another form is the same.
    /// </summary>
    internal string Part => $"{CallId}\n{PhonesOf(this)}";

    /// <summary>What names the part in the call that the record is of, among the records of its id.</summary>
    internal static string PhonesOf(CallRecord record) =>
        PhonesOf(record.Ani, record.Dnis, record.AniUser, record.DnisUser);

    /// <inheritdoc cref="PhonesOf(CallRecord)"/>
    internal static string PhonesOf(RecordFact record) =>
        PhonesOf(record.Ani, record.Dnis, record.AniUser, record.DnisUser);

    private static string PhonesOf(string ani, string dnis, string? aniUser, string? dnisUser) =>
        string.Join('\n', Plain(ani), Plain(dnis), Plain(aniUser), Plain(dnisUser));

    private static string Plain(string? phone)
    {
        // As many digits as a number of the country has at least: what stands before them is a prefix.
        const int national = 8;
        var digits = string.Concat((phone ?? "").Where(char.IsAsciiDigit));
        return digits.Length >= national ? digits[^national..] : (phone ?? "").Trim().ToLowerInvariant();
    }

    /// <summary>
    /// With what the mappings and the contacts said of another record of the call, where nothing is said of this one.
    /// </summary>
    internal RecordFact WithPartiesOf(RecordFact other) => this with
    {
        Direction = Direction ?? other.Direction,
        Agents = Agents ?? other.Agents,
        Number = Number ?? other.Number,
        Match = Match ?? other.Match,
    };

    /// <summary>What the records of a call's parts say together.</summary>
    internal static RecordFact Together(IReadOnlyList<RecordFact> parts)
    {
        if (parts is [var only])
        {
            return only;
        }

        var talked = parts.Where(part => part.ConnectedAt is not null).OrderBy(part => part.ConnectedAt).ToList();
        return (talked.FirstOrDefault() ?? parts[^1]) with
        {
            DetectedAt = parts.Min(part => part.DetectedAt),
            Duration = talked.Count == 0 ? parts.Max(part => part.Duration) : talked.Sum(part => part.Duration),
            Cost = parts.All(part => part.Cost is null) ? null : parts.Sum(part => part.Cost),
        };
    }

    internal static int Compare(RecordFact a, RecordFact b)
    {
        var order = a.At.CompareTo(b.At);
        order = order != 0 ? order : string.CompareOrdinal(a.CallId, b.CallId);
        return order != 0 ? order : string.CompareOrdinal(a.Mark, b.Mark);
    }
}

/// <summary>The click that a call comes of.</summary>
/// <param name="EndpointId">The phone that the agent dialled from.</param>
/// <param name="Legs">The operator's call ids of it, as far as they are known.</param>
public sealed record DialFact(string DialId, string EndpointId, IReadOnlyList<CallLeg> Legs)
{
    /// <summary>True where a colleague was called.</summary>
    public bool IsInternal { get; init; }

    /// <summary>When the agent clicked; null where an earlier release did not keep it.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The campaign's person who was called; null for a click of the agent's own.</summary>
    public CampaignPerson? Campaign { get; init; }
}

/// <summary>A person of a campaign's list.</summary>
/// <param name="EntryId">The place in the list.</param>
public sealed record CampaignPerson(string CampaignId, string EntryId);

/// <summary>
/// A call that an agent noted by hand: it went over a phone that is not the operator's, who tells nothing of it.
/// </summary>
public sealed record NotedFact
{
    public required string AgentId { get; init; }

    /// <summary>The team that the agent was in then.</summary>
    public string? Team { get; init; }

    /// <summary>When it was noted.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A hash of what was noted, by which a repetition is known.</summary>
    public required string Mark { get; init; }

    public required CallDirection Direction { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long they talked; null where the agent did not say.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>The other party's number, as it was typed; empty where the agent gave none.</summary>
    public string Phone { get; init; } = "";

    public required NumberView Number { get; init; }

    /// <summary>The contact that the agent named, or whom the contacts have for the number.</summary>
    public required ContactMatch Match { get; init; }
}

/// <summary>
/// Whom the contacts have for the call's number since one of them was saved while the call was open.
/// </summary>
/// <param name="At">When they were asked.</param>
/// <param name="Number">The number that they were asked for: the call may get another one later.</param>
/// <param name="Match">What they answered.</param>
public sealed record LaterMatch(DateTimeOffset At, NumberView Number, ContactMatch Match)
{
    /// <summary>True where it is about this number.</summary>
    internal bool IsOf(NumberView number) => Number.E164 == number.E164 && Number.Display == number.Display;
}

/// <summary>What an agent decided about a call.</summary>
/// <param name="AgentId">Who decided; null where an earlier release did not keep it.</param>
/// <param name="Contact">Whom the call is with, where that was decided.</param>
/// <param name="Outcome">The outcome's code, where one was recorded.</param>
/// <param name="Until">
/// Until when the agent's phones had rung and talked, by the operator's times: what begins later is not decided by it.
/// Of being done with a pop-up and of dismissing alone; null where no time was told. Set where the decision is added.
/// </param>
public sealed record AgentDecision(
    DecisionKind Kind,
    DateTimeOffset At,
    string? AgentId,
    Candidate? Contact = null,
    string? Outcome = null,
    DateTimeOffset? Until = null);

/// <summary>What a decision is about.</summary>
public enum DecisionKind
{
    /// <summary>The call is with this contact.</summary>
    ContactChosen,

    /// <summary>The call concerns no contact.</summary>
    Ignored,

    /// <summary>What came of the call.</summary>
    OutcomeRecorded,

    /// <summary>The agent is done with the pop-up, until the call rings at their phone once more.</summary>
    Acknowledged,

    /// <summary>The same, as soon as the call is over for the agent: its outcome is recorded.</summary>
    AcknowledgedAtEnd,

    /// <summary>
    /// The agent wants the call in none of their own lists of what is to be done, until it rings at their phone once
    /// more.
    /// </summary>
    Dismissed,

    /// <summary>A supervisor wants it in nobody's.</summary>
    DismissedForAll,
}

/// <summary>
/// That a phone of the call has stopped, because it was heard to talk in a later call: the end of this one was never
/// told, or told under another id.
/// </summary>
/// <param name="At">When we heard of the later call.</param>
/// <param name="Until">When the phone connected there, as the operator told.</param>
public sealed record SettledPhone(string EndpointId, DateTimeOffset At, DateTimeOffset Until);

/// <summary>
/// The call in which somebody reached the caller of a call that was missed: by calling back, or as the caller called
/// again.
/// </summary>
/// <param name="CallId">Its id, in <paramref name="Account"/>.</param>
/// <param name="At">When they began to talk.</param>
/// <param name="AgentId">Who talked; null where no agent has the phone.</param>
/// <param name="DurationSeconds">For how long; null where that is not known.</param>
public sealed record ReturnedCall(
    string CallId, string Account, DateTimeOffset At, string? AgentId, int? DurationSeconds);
