namespace CallMyWay.Simulator;

public enum StartAt { Ringing, Answer, Both }

public enum RingGroup { PerEndpoint, Once, Hunt }

public enum ClickLegs { One, Two }

public enum Values { Strings, Numbers }

public enum NoTime { Epoch, Zero, Empty }

public enum NumberFormat { AsGiven, National, International, E164, ZeroZero }

public enum DurationUnit { Seconds, Milliseconds, Clock }

public enum TransferId { Same, New }

public enum TransferStart { Outside, InternalFirst }

public enum EndId { Same, Other }

public enum PhoneForm { Number, Id, Sip }

public enum NoText { Empty, None }

public enum RecordShape { Array, Wrapped }

public enum RecordEncoding { Utf8, Latin1, Escaped }

public enum RecordCallId { Same, Prefixed }

public enum RecordOrder { OldestFirst, NewestFirst }

public enum RecordTime { Detect, End }

public enum Refusals { Status, Ok }

public enum PaceBy { Account, Address, Path }

/// <summary>
/// One switch for each thing that the operator's document leaves open: the section <c>Shape</c> of the settings, and
/// <c>PUT /simulator/shape</c>. The defaults are the plainest reading of the document. An application must work with
/// every value.
/// </summary>
public sealed record Shape
{
    /// <summary>
    /// When callStart is sent: when the phone rings ("each time that a call is detected"), when it is answered, or
    /// both.
    /// </summary>
    public StartAt StartAt { get; init; } = StartAt.Ringing;

    /// <summary>
    /// In a ring group: a start and an end for each ringing endpoint, all with the same callid, or one for the call. In a
    /// hunt the phones ring one after another, each for the call's ringing time, under the same callid.
    /// </summary>
    public RingGroup RingGroup { get; init; } = RingGroup.PerEndpoint;

    /// <summary>Whether a call that is transferred keeps its callid, or has another for the second phone.</summary>
    public TransferId TransferId { get; init; } = TransferId.Same;

    /// <summary>
    /// Whether the second phone of a transfer is told of the caller at once, or first of an internal call of the first
    /// phone.
    /// </summary>
    public TransferStart TransferStart { get; init; } = TransferStart.Outside;

    /// <summary>True where the callid of a call that is over can be given to another.</summary>
    public bool ReusesCallIds { get; init; }

    /// <summary>Whether a callEnd has the callid of its callStart, or another: <c>end-</c> and the callid.</summary>
    public EndId EndId { get; init; } = EndId.Same;

    /// <summary>
    /// How a phone of the account is written in ani and dnis: by its number, its id, or as an address.
    /// </summary>
    public PhoneForm PhoneForm { get; init; } = PhoneForm.Number;

    /// <summary>
    /// How a text that is missing is written: empty, or as null, which the single-quoted form calls None.
    /// </summary>
    public NoText NoText { get; init; } = NoText.Empty;

    /// <summary>How far the operator's clock is ahead in notifications; less than zero where it is behind.</summary>
    public int ClockMinutes { get; init; }

    /// <summary>
    /// Whether an agent-first click has one call id, or one for the agent's leg and one for the contact's.
    /// </summary>
    public ClickLegs ClickLegs { get; init; } = ClickLegs.One;

    /// <summary>The type of the agent's leg if a click has two: <c>internal</c> or <c>in</c>.</summary>
    public CallType AgentLegType { get; init; } = CallType.Internal;

    /// <summary>True for JSON with single quotes, as the document shows it.</summary>
    public bool SingleQuotes { get; init; }

    /// <summary>Values as strings, as the document shows them, or duration and cost as numbers.</summary>
    public Values Values { get; init; } = Values.Strings;

    public string ContentType { get; init; } = "application/json";

    /// <summary>The text of a private caller id. It may be empty.</summary>
    public string PrivateCallerId { get; init; } = "anonymous";

    /// <summary>
    /// How a notification writes a time that has not come yet. Records always write 1970-01-01 00:00:00, as the
    /// document says.
    /// </summary>
    public NoTime NoTime { get; init; } = NoTime.Epoch;

    /// <summary>How outside numbers are written in ani and dnis: as given, 8 digits, 506…, +506… or 00506….</summary>
    public NumberFormat NumberFormat { get; init; } = NumberFormat.AsGiven;

    public DurationUnit DurationUnit { get; init; } = DurationUnit.Seconds;

    public bool CostIncludesAccessFee { get; init; }

    /// <summary>
    /// How often a notification without an ack is sent again: by default never, as the document promises nothing of the
    /// kind.
    /// </summary>
    public int Resends { get; init; }

    /// <summary>The wait before the first resend. It doubles with each further one.</summary>
    public double ResendSeconds { get; init; } = 2;

    /// <summary>Call records as an array, or in <c>{"cdrs": […]}</c>.</summary>
    public RecordShape RecordShape { get; init; } = RecordShape.Array;

    /// <summary>The encoding of the records' answers; escaped is ASCII alone, in which ó is \u00f3.</summary>
    public RecordEncoding RecordEncoding { get; init; } = RecordEncoding.Utf8;

    /// <summary>True where calls under way are among the records: with the duration 0, and at no cost yet.</summary>
    public bool RecordsHaveLive { get; init; }

    /// <summary>Whether a record's callid is that of the notifications, or has <c>cdr-</c> before it.</summary>
    public RecordCallId RecordCallId { get; init; } = RecordCallId.Same;

    /// <summary>The most records that one answer has, whatever <c>cant</c> says; 0 for no limit.</summary>
    public int MaxRecords { get; init; }

    /// <summary>True where each answer begins with the first record, whatever <c>ini</c> says.</summary>
    public bool IgnoresSkip { get; init; }

    /// <summary>Whether the oldest records come first, or the newest, so that pages shift while calls end.</summary>
    public RecordOrder RecordOrder { get; init; } = RecordOrder.OldestFirst;

    /// <summary>The time that a range and the order go by.</summary>
    public RecordTime RecordTime { get; init; } = RecordTime.Detect;

    /// <summary>Whether a range includes its end.</summary>
    public bool RecordEndIncluded { get; init; } = true;

    /// <summary>How long after a call's end its record appears.</summary>
    public int RecordDelaySeconds { get; init; }

    /// <summary>
    /// Values of records as strings, as the document shows them, or duration, cost, access_fee and rate as numbers.
    /// </summary>
    public Values RecordValues { get; init; } = Values.Strings;

    /// <summary>True where amounts in records that are strings have a decimal comma.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Whether refusals have a 4xx status, or 200 and a text.</summary>
    public Refusals Refusals { get; init; } = Refusals.Status;

    /// <summary>By what the 4 seconds between queries are counted.</summary>
    public PaceBy PaceBy { get; init; } = PaceBy.Account;

    internal IEnumerable<(string Setting, string Message)> Failures()
    {
        if (Resends is < 0 or > 20)
        {
            yield return ("Shape:Resends", "must be between 0 and 20.");
        }

        if (ResendSeconds is not (>= 0 and <= 3600))
        {
            yield return ("Shape:ResendSeconds", "must be between 0 and 3600.");
        }

        if (ClockMinutes is < -1_000_000 or > 1_000_000)
        {
            yield return ("Shape:ClockMinutes", "must be between -1000000 and 1000000.");
        }

        if (MaxRecords < 0)
        {
            yield return ("Shape:MaxRecords", "must not be negative.");
        }

        if (RecordDelaySeconds is < 0 or > 1_000_000)
        {
            yield return ("Shape:RecordDelaySeconds", "must be between 0 and 1000000.");
        }

        if (AgentLegType == CallType.Out)
        {
            yield return ("Shape:AgentLegType", "must be internal or in.");
        }

        if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(ContentType, out _))
        {
            yield return ("Shape:ContentType", "must be a media type, such as application/json.");
        }
    }
}

/// <summary>
/// How the people in a click-to-dial call behave: the section <c>Click</c> of the settings, and <c>PUT
/// /simulator/click</c>.
/// </summary>
public sealed record ClickBehaviour
{
    public bool FirstAnswers { get; init; } = true;

    public bool SecondAnswers { get; init; } = true;

    public int FirstRingSeconds { get; init; } = 2;

    public int SecondRingSeconds { get; init; } = 5;

    public int TalkSeconds { get; init; } = 30;

    internal IEnumerable<(string Setting, string Message)> Failures()
    {
        if (new[] { FirstRingSeconds, SecondRingSeconds, TalkSeconds }.Any(
            seconds => seconds is < 0 or > CallRequest.LongestSeconds))
        {
            yield return ("Click", $"has seconds that are not between 0 and {CallRequest.LongestSeconds}.");
        }
    }
}
