namespace CallMyWay.Simulator;

public enum StartAt { Ringing, Answer, Both }

public enum RingGroup { PerEndpoint, Once }

public enum ClickLegs { One, Two }

public enum Values { Strings, Numbers }

public enum NoTime { Epoch, Zero, Empty }

public enum NumberFormat { AsGiven, National, International, E164, ZeroZero }

public enum DurationUnit { Seconds, Milliseconds }

public enum RecordShape { Array, Wrapped }

public enum RecordCallId { Same, Prefixed }

public enum Refusals { Status, Ok }

public enum PaceBy { Account, Address, Path }

/// <summary>
/// What the operator's document leaves open, one switch each: section <c>Shape</c> of the settings, and <c>PUT
/// /simulator/shape</c>. The defaults are the plainest reading of the document; an application must work with every
/// value.
/// </summary>
public sealed record Shape
{
    /// <summary>
    /// When callStart comes: as the phone rings ("each time that a call is detected"), at the answer, or both.
    /// </summary>
    public StartAt StartAt { get; init; } = StartAt.Ringing;

    /// <summary>
    /// In a ring group: one start and end for each endpoint that rings, all with the same callid, or one for the call.
    /// </summary>
    public RingGroup RingGroup { get; init; } = RingGroup.PerEndpoint;

    /// <summary>
    /// Whether an agent-first click is one call id, or one for the agent's leg and one for the contact's.
    /// </summary>
    public ClickLegs ClickLegs { get; init; } = ClickLegs.One;

    /// <summary>What the agent's leg looks like where a click has two: <c>internal</c> or <c>in</c>.</summary>
    public CallType AgentLegType { get; init; } = CallType.Internal;

    /// <summary>JSON in double quotes, or in single quotes as the document shows it.</summary>
    public bool SingleQuotes { get; init; }

    /// <summary>Values as strings, as the document shows them, or duration and cost as numbers.</summary>
    public Values Values { get; init; } = Values.Strings;

    public string ContentType { get; init; } = "application/json";

    /// <summary>What a private caller id looks like: any text, also an empty one.</summary>
    public string PrivateCallerId { get; init; } = "anonymous";

    /// <summary>
    /// How a notification writes a time that is not there yet; records always write 1970-01-01 00:00:00, as the
    /// document says.
    /// </summary>
    public NoTime NoTime { get; init; } = NoTime.Epoch;

    /// <summary>
    /// How outside numbers are written in ani and dnis: as they were given, 8 digits, 506…, +506… or 00506….
    /// </summary>
    public NumberFormat NumberFormat { get; init; } = NumberFormat.AsGiven;

    public DurationUnit DurationUnit { get; init; } = DurationUnit.Seconds;

    public bool CostIncludesAccessFee { get; init; }

    /// <summary>
    /// How often a notification that was not acked is sent again: not at all, for the document promises no such thing.
    /// </summary>
    public int Resends { get; init; }

    /// <summary>The wait before the first resend; it doubles with each.</summary>
    public double ResendSeconds { get; init; } = 2;

    /// <summary>Call records as an array, or in <c>{"cdrs": […]}</c>.</summary>
    public RecordShape RecordShape { get; init; } = RecordShape.Array;

    /// <summary>Whether a record's callid is the notification's, or that with <c>cdr-</c> before it.</summary>
    public RecordCallId RecordCallId { get; init; } = RecordCallId.Same;

    /// <summary>Refusals by a 4xx status, or by 200 and a text that says so.</summary>
    public Refusals Refusals { get; init; } = Refusals.Status;

    /// <summary>What the 4 seconds between queries are counted by.</summary>
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
/// How the people of a click-to-dial behave: section <c>Click</c> of the settings, and <c>PUT /simulator/click</c>.
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
