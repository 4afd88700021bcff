using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>Who is called first. The agent is the usual one.</summary>
public enum DialOrder
{
    AgentFirst,
    ContactFirst,
}

/// <summary>How far a click has come. The first four are the click's, the others the call's.</summary>
public enum DialState
{
    /// <summary>It is being sent to the operator.</summary>
    Placing,

    /// <summary>The operator took the request. Of the call nothing is known yet.</summary>
    Placed,

    /// <summary>There is no call: the operator said no, or could not be reached.</summary>
    Refused,

    /// <summary>It was sent and no clear answer came; the events of the call settle it.</summary>
    Unknown,
    Ringing,
    Answered,
    Ended,
}

/// <summary>A click, as it was placed: whose, from which phone, to whom, and what the operator answered.</summary>
public sealed record Dial
{
    public required string DialId { get; init; }

    public required string AgentId { get; init; }

    public required string EndpointId { get; init; }

    /// <summary>The account that is charged.</summary>
    public required string Account { get; init; }

    public required NumberView Number { get; init; }

    /// <summary>The contact that was clicked, where it was one.</summary>
    public string? ContactId { get; init; }

    public required DialOrder Order { get; init; }

    public required DialState State { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>
    /// A mark of what was asked for, by which a repetition is told from another click with the same key.
    /// </summary>
    public required string Mark { get; init; }

    /// <summary>
    /// Which request stored it. Only that one sends it, also where the answer to its write was lost. Null in rows of
    /// earlier releases.
    /// </summary>
    public string? Attempt { get; init; }

    /// <summary>When it was about to be sent. Stored before the first byte: without it nothing was sent.</summary>
    public DateTimeOffset? SendingAt { get; init; }

    /// <summary>The operator's status and text; null where there was no answer.</summary>
    public int? AnswerStatus { get; init; }

    public string? Answer { get; init; }

    /// <summary>Why there is no call, or none for sure.</summary>
    public DialProblem? Problem { get; init; }

    /// <summary>The call that came of it, once its events were heard.</summary>
    public string? CallId { get; init; }
}

/// <summary>Why a click brought no call, or none for sure.</summary>
public enum DialProblem
{
    /// <summary>The operator said no.</summary>
    OperatorRefused,

    /// <summary>The operator says that the phone is in a call, or being called.</summary>
    PhoneBusy,

    /// <summary>
    /// The operator refuses this server: its address is not enabled, or the account's password is wrong.
    /// </summary>
    NotAuthorized,

    /// <summary>The operator could not be reached.</summary>
    NotReached,

    /// <summary>The operator gave no clear answer.</summary>
    NoAnswer,

    /// <summary>This system broke off before it asked the operator.</summary>
    NotSent,
}

/// <summary>
/// What the events of a call are compared with: each dial of the last minutes, kept in one row per agent together with
/// what guards against a second call. A dial is an intent until a call is found for it, or its time is over.
/// </summary>
public sealed record DialIntent
{
    public required string DialId { get; init; }

    public required string EndpointId { get; init; }

    public required string Account { get; init; }

    /// <summary>In E.164.</summary>
    public required string Number { get; init; }

    public string? ContactId { get; init; }

    public required DialOrder Order { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>
    /// True where the agent may dial again although no call was heard of: the operator seems to have said no.
    /// </summary>
    public bool IsReleased { get; init; }

    /// <summary>
    /// The legs that the operator reported of it, the first of which names the call: one, or the agent's and the
    /// contact's.
    /// </summary>
    public IReadOnlyList<DialLeg> Legs { get; init; } = [];
}

/// <summary>A call id of the operator's that belongs to a dial.</summary>
/// <param name="IsContact">
/// True for the leg that calls the contact; where the operator reports one id only, it is this one.
/// </param>
/// <param name="DetectedAt">When the operator detected it, or we heard of it.</param>
public sealed record DialLeg(string CallId, bool IsContact, DateTimeOffset DetectedAt);

/// <summary>
/// The one row of an agent's dialling: recent dials, the last phone chosen, and how many were placed.
/// </summary>
public sealed record AgentDials
{
    public IReadOnlyList<DialIntent> Recent { get; init; } = [];

    /// <summary>The phone of the last dial, which is the next one's where none is chosen.</summary>
    public string? LastEndpointId { get; init; }

    public DialCount Count { get; init; } = DialCount.None;
}
