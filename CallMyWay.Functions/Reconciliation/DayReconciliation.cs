using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Reconciliation;

/// <summary>How a day stands.</summary>
public enum DayState
{
    /// <summary>It is not worked out yet, or is being worked out anew.</summary>
    Pending,

    /// <summary>Each call has its notifications and its record, and both say the same.</summary>
    Green,

    /// <summary>Something was missing or differed, and all of it was put right: the record stands.</summary>
    Healed,

    /// <summary>
    /// A call has no record, a record could not be read, or the operator could not be asked: somebody has to look.
    /// </summary>
    Open,
}

/// <summary>What is odd about a call.</summary>
public enum MismatchKind
{
    /// <summary>Notifications told of it, and no record did; or its end was told by its record alone.</summary>
    WebhookOnly,

    /// <summary>A record told of it, and no notification did.</summary>
    RecordOnly,

    /// <summary>Both told of it, and not the same.</summary>
    Differing,
}

/// <summary>What put it right.</summary>
public enum HealedBy
{
    /// <summary>The call's record, as it was pulled.</summary>
    Record,

    /// <summary>A record that was missing, and came when the day was asked for again.</summary>
    Pull,
}

/// <summary>A call of a day that is not simply matched.</summary>
/// <param name="CallId">Its id.</param>
/// <param name="Kind">What is odd about it.</param>
/// <param name="At">When it began.</param>
public sealed record Mismatch(string CallId, MismatchKind Kind, DateTimeOffset At)
{
    public const string Duration = "duration";

    public const string Cost = "cost";

    public const string Parties = "parties";

    public const string End = "end";

    /// <summary>
    /// What differs: <c>duration</c>, <c>cost</c>, <c>parties</c>; <c>end</c> where no notification told the end. Null
    /// where nothing does.
    /// </summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>What put it right; null where nothing did, or nothing had to.</summary>
    public HealedBy? HealedBy { get; init; }

    /// <summary>How long they talked, as notifications told it.</summary>
    public int? WebhookSeconds { get; init; }

    /// <summary>The same, as the record tells it.</summary>
    public int? RecordSeconds { get; init; }

    /// <summary>In the account's currency, as notifications told it.</summary>
    public decimal? WebhookCost { get; init; }

    public decimal? RecordCost { get; init; }
}

/// <summary>
/// A day of an account, with what notifications and records told of its calls. <see cref="Matched"/>,
/// <see cref="WebhookOnly"/>, <see cref="RecordOnly"/> and <see cref="Differing"/> are all calls of the day, each once,
/// as they stand now.
/// </summary>
/// <param name="Account">The account's username.</param>
/// <param name="Date">The day in the account's zone.</param>
public sealed record DayReconciliation(string Account, DateOnly Date)
{
    /// <summary>A day that is pending for longer than this after it was asked for could not be worked out.</summary>
    public static readonly TimeSpan LongestPending = TimeSpan.FromHours(6);

    private static readonly Phrase Failed = new(
        "No se pudo conciliar el día. La bitácora del sistema dice por qué.",
        "The day could not be reconciled. The log says why.");

    /// <summary>How many odd calls are kept one by one.</summary>
    public const int MaxMismatches = 500;

    public DayState State { get; init; }

    public int Matched { get; init; }

    /// <summary>Calls that have no record.</summary>
    public int WebhookOnly { get; init; }

    /// <summary>Calls that have nothing but their record, which filled them in.</summary>
    public int RecordOnly { get; init; }

    /// <summary>Calls of which notifications and record say something else; the record stands.</summary>
    public int Differing { get; init; }

    /// <summary>Calls that were put right.</summary>
    public int Healed { get; init; }

    /// <summary>Records of the day that could not be read.</summary>
    public int Aside { get; init; }

    /// <summary>Why the operator could not be asked; null where it could.</summary>
    public Phrase? Error { get; init; }

    /// <summary>When it was worked out; null where it never was.</summary>
    public DateTimeOffset? WorkedOutAt { get; init; }

    /// <summary>When somebody, or the schedule, last had it worked out.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The job that was last begun for it; null in rows of earlier releases.</summary>
    public string? JobId { get; init; }

    /// <summary>The odd calls, those that are not put right first; at most <see cref="MaxMismatches"/>.</summary>
    public IReadOnlyList<Mismatch> Mismatches { get; init; } = [];

    /// <summary>How many more there are.</summary>
    public int MoreMismatches { get; init; }

    /// <summary>
    /// False for a day that nobody asked for and that the schedule does not work out either: the day is before the
    /// first one of the account's schedule, on which its records were first pulled.
    /// </summary>
    /// <param name="next">The day that the schedule has next; null where it never ran.</param>
    public bool IsExpected(DateOnly? next) => State != DayState.Pending || AskedAt is not null || Date >= next;

    /// <summary>
    /// The day as it counts then: one whose job failed is open. One that was worked out by a clock that was ahead is
    /// pending, as it may not have been over.
    /// </summary>
    public DayReconciliation At(DateTimeOffset now) =>
        State == DayState.Pending && now - AskedAt > LongestPending
            ? this with { State = DayState.Open, Error = Failed }
            : WorkedOutAt > now
                ? this with { State = DayState.Pending }
                : this;
}
