using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Homologation;

/// <summary>A request for records that was made, and its answer. Times of the range are the account's local ones.</summary>
/// <param name="At">When the answer was there.</param>
/// <param name="Text">The beginning of the answer, without the password.</param>
/// <param name="IsUtf8">False where its bytes are not UTF-8.</param>
/// <param name="Count">How many records there were.</param>
public sealed record Asked(
    DateTimeOffset At,
    DateTime From,
    DateTime To,
    int Skip,
    int Take,
    RecordsResult Result,
    int Status,
    string Text,
    bool IsUtf8,
    int Count)
{
    /// <summary>The most records of an answer that are kept as evidence.</summary>
    public const int MostKept = 200;

    /// <summary>True where its bytes are the same in all encodings; null where an earlier release asked.</summary>
    public bool? IsAscii { get; init; }

    /// <summary>The first of them, in the operator's order.</summary>
    public IReadOnlyList<CallRecord> Records { get; init; } = [];

    public static Asked Of(RecordsQuery query, RecordsAnswer answer, DateTimeOffset at) => new(
        at,
        query.From ?? default,
        query.To ?? default,
        query.Skip,
        query.Take,
        answer.Result,
        answer.Status,
        answer.Beginning?.Value ?? answer.Text,
        answer.IsUtf8,
        answer.Reading?.Count ?? 0)
    {
        IsAscii = answer.IsAscii,
        Records = [.. (answer.Reading?.Records ?? []).Take(MostKept)],
    };
}

/// <summary>A notification that came while a case was watched, as it was read.</summary>
public sealed record Notice(DateTimeOffset At, CallAction Action, string CallId)
{
    /// <summary>The operator's <c>account_id</c>, where it is not the account's username.</summary>
    public string? AccountId { get; init; }

    public string? EndpointId { get; init; }

    public string Ani { get; init; } = "";

    public string Dnis { get; init; } = "";

    public DateTimeOffset? DetectedAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? DisconnectedAt { get; init; }

    public int? Duration { get; init; }

    public decimal? Cost { get; init; }

    public CallDirection? Type { get; init; }

    /// <summary>Whom the contacts had under the number.</summary>
    public MatchKind Match { get; init; }

    /// <summary>The click that the call is of.</summary>
    public string? DialId { get; init; }

    /// <summary>True where it is of the click's leg to the contact.</summary>
    public bool IsContact { get; init; }

    /// <summary>By what it is known in the facts of its call.</summary>
    public string Mark { get; init; } = "";

    /// <summary>As it came, without the password; null where that is not known any more.</summary>
    public string? Raw { get; init; }

    /// <summary>The notifications of a call that came since then.</summary>
    public static IEnumerable<Notice> Of(Call call, DateTimeOffset since) =>
        from fact in call.Facts.Notifications
        where fact.At >= since && fact.IsLive is not true
        select new Notice(fact.At, fact.Action, fact.CallId)
        {
            AccountId = fact.AccountId,
            EndpointId = fact.EndpointId,
            Ani = fact.Ani,
            Dnis = fact.Dnis,
            DetectedAt = fact.DetectedAt,
            ConnectedAt = fact.ConnectedAt,
            DisconnectedAt = fact.DisconnectedAt,
            Duration = fact.Duration,
            Cost = fact.Cost,
            Type = fact.Type,
            Match = call.Match,
            DialId = call.DialId,
            IsContact = call.Facts.Dial?.Legs.Any(leg => leg.IsContact && leg.CallId == fact.CallId) == true,
            Mark = fact.Mark,
        };
}

/// <summary>A record, and when it was first among the records.</summary>
public sealed record SeenRecord(DateTimeOffset FirstAt, CallRecord Record)
{
    /// <summary>When it was begun to ask for all records, that time; null where an earlier release asked.</summary>
    public DateTimeOffset? RoundAt { get; init; }
}

/// <summary>What came while a case was watched.</summary>
/// <param name="Account">The account's username.</param>
/// <param name="TimeZone">The zone in which its times are read.</param>
/// <param name="Now">When the evidence was taken.</param>
/// <param name="Notices">In the order in which they came.</param>
public sealed record WatchEvidence(
    string Account, string TimeZone, DateTimeOffset Now, IReadOnlyList<Notice> Notices)
{
    /// <summary>The ids of the account's calls that are known beside those of the notifications.</summary>
    public IReadOnlyList<string> OtherCallIds { get; init; } = [];

    /// <summary>Those of the calls that were notified.</summary>
    public IReadOnlyList<SeenRecord> Records { get; init; } = [];

    /// <summary>When the records were asked for.</summary>
    public IReadOnlyList<DateTimeOffset> AskedAt { get; init; } = [];

    /// <summary>The click that the case made; null where it made none.</summary>
    public string? DialId { get; init; }

    /// <summary>The phone that the click was made from.</summary>
    public string? EndpointId { get; init; }
}

/// <summary>What the job of a case does, and what it has seen.</summary>
public sealed record HomologationWork(string RunId, string Case, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>So many records of the time around a watched call are looked through.</summary>
    private const int MostOfRound = 2000;

    private static readonly StoredJson<HomologationWork> Stored = new(HomologationJson.Default);

    /// <summary>The requests of a case of <see cref="CaseKind.Request"/>.</summary>
    public IReadOnlyList<Asked> Asked { get; init; } = [];

    /// <summary>The requests of two accounts at once.</summary>
    public IReadOnlyList<PaceRound> Rounds { get; init; } = [];

    public IReadOnlyList<SeenRecord> Records { get; init; } = [];

    /// <summary>When it was begun to ask for all records of the time, each time.</summary>
    public IReadOnlyList<DateTimeOffset> AskedAt { get; init; } = [];

    /// <summary>The records that are passed over by the next request; none where it is the first of a round.</summary>
    public int Skip { get; init; }

    /// <summary>When the first request of the round was answered; null before it.</summary>
    public DateTimeOffset? RoundAt { get; init; }

    /// <summary>What tells the first record of the round from all others; null before it.</summary>
    public string? Head { get; init; }

    /// <summary>The most records that one answer had; null before the first.</summary>
    public int? Largest { get; init; }

    public string? DialId { get; init; }

    public string? EndpointId { get; init; }

    /// <summary>With an answer to the request for the records of the time.</summary>
    /// <param name="page">What was answered.</param>
    /// <param name="take">How many records were asked for.</param>
    /// <param name="seen">Those of the calls that are watched.</param>
    /// <param name="now">When it was answered.</param>
    public HomologationWork With(RecordsReading page, int take, IEnumerable<CallRecord> seen, DateTimeOffset now)
    {
        var since = RoundAt ?? now;
        var read = Skip + page.Count;
        var head = page.Identities.FirstOrDefault();
        var largest = Math.Max(Largest ?? 0, page.Count);
        // The operator may give fewer than are asked for, so only what is fewer than it ever gave ends the list. One
        // that ignores where a page begins would never answer the last one.
        var isLast = page.Count == 0 || page.Count < Math.Min(take, largest) || read >= MostOfRound
            || (RoundAt is not null && head == Head);
        List<SeenRecord> found = [.. seen.Select(record => new SeenRecord(now, record) { RoundAt = since })];
        return this with
        {
            AskedAt = isLast ? [.. AskedAt.TakeLast(Homologation.Asked.MostKept), since] : AskedAt,
            Skip = isLast ? 0 : read,
            RoundAt = isLast ? null : since,
            Head = isLast ? null : Head ?? head,
            Largest = largest,
            // The last that it says of a call: while that goes on, its duration is 0.
            Records =
            [
                .. found.Select(record => Records.FirstOrDefault(known => AreSame(known, record)) is { } known
                    ? known with { Record = record.Record }
                    : record),
                .. Records.Where(known => !found.Exists(record => AreSame(known, record))),
            ],
        };

        static bool AreSame(SeenRecord one, SeenRecord other) =>
            one.Record.RecordId == other.Record.RecordId && one.Record.DetectTime == other.Record.DetectTime;
    }

    /// <summary>Of work that is over, without what the operator answered: the case has what is kept of it.</summary>
    public HomologationWork Over() => this with { Asked = [], Records = [], AskedAt = [], Head = null };

    public static HomologationWork Read(string json) => Stored.Deserialize(json);

    public string ToJson() => Stored.Serialize(this);
}
