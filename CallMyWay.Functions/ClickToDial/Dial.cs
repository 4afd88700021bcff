using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>Who is called first: by default the agent.</summary>
public enum DialOrder
{
    AgentFirst,
    ContactFirst,
}

/// <summary>The state of a click. The first four states are the dial's, the others are the call's.</summary>
public enum DialState
{
    /// <summary>The request is being sent to the operator.</summary>
    Placing,

    /// <summary>The operator accepted the request. Nothing is known about the call yet.</summary>
    Placed,

    /// <summary>There is no call: the operator refused, or could not be reached.</summary>
    Refused,

    /// <summary>The request was sent, and no clear answer came. The call's events will tell.</summary>
    Unknown,
    Ringing,
    Answered,
    Ended,
}

/// <summary>A click that was placed: the agent, the phone, the number, and the operator's answer.</summary>
public sealed record Dial
{
    public required string DialId { get; init; }

    public required string AgentId { get; init; }

    public required string EndpointId { get; init; }

    /// <summary>The account that is charged.</summary>
    public required string Account { get; init; }

    public required NumberView Number { get; init; }

    /// <summary>The contact that was clicked, if any.</summary>
    public string? ContactId { get; init; }

    /// <summary>The colleague's phone, where a colleague is called.</summary>
    public ColleaguePhone? Colleague { get; init; }

    public required DialOrder Order { get; init; }

    public required DialState State { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>A hash of what was asked for. It tells a repeated click from another click with the same key.</summary>
    public required string Mark { get; init; }

    /// <summary>
    /// The request that stored the dial. Only that request sends it, even if the response to its write was lost. Null
    /// in rows of earlier releases.
    /// </summary>
    public string? Attempt { get; init; }

    /// <summary>
    /// When it was about to be sent. It is stored before the first byte: without it, nothing was sent.
    /// </summary>
    public DateTimeOffset? SendingAt { get; init; }

    /// <summary>The operator's status; null if there was no answer.</summary>
    public int? AnswerStatus { get; init; }

    public string? Answer { get; init; }

    /// <summary>Why there is no call, or no certain one.</summary>
    public DialProblem? Problem { get; init; }

    /// <summary>The id of the dial's call, once its events have arrived.</summary>
    public string? CallId { get; init; }

    /// <summary>Where it is a campaign's dial: which attempt of which card.</summary>
    public CampaignDial? Campaign { get; init; }

    /// <summary>The contact for whom the contact guard counts the dial, beside the number.</summary>
    public string? CountedContactId { get; init; }

    /// <summary>Why the contact guard or the campaign stopped it in the last instant.</summary>
    public Phrase? StoppedBecause { get; init; }
}

/// <summary>A dial's place in a campaign.</summary>
/// <param name="EntryId">The person's entry in the campaign's list.</param>
/// <param name="Attempt">Which attempt it is, from 1.</param>
public sealed record CampaignDial(string CampaignId, string EntryId, int Attempt);

/// <summary>A phone of the office that is called: the endpoint, and the number or username of its mapping.</summary>
public sealed record ColleaguePhone(string EndpointId, string Phone);

/// <summary>Why a click led to no call, or to no certain one.</summary>
public enum DialProblem
{
    /// <summary>The operator refused the request.</summary>
    OperatorRefused,

    /// <summary>The operator says that the phone is in a call, or is ringing.</summary>
    PhoneBusy,

    /// <summary>
    /// The operator refuses this server: its address is not enabled, or the account's password is wrong.
    /// </summary>
    NotAuthorized,

    /// <summary>The operator could not be reached.</summary>
    NotReached,

    /// <summary>The operator gave no clear answer.</summary>
    NoAnswer,

    /// <summary>This system did not send the request: it stopped, or its storage was too slow.</summary>
    NotSent,

    /// <summary>The person may not be called now: in the last instant the contact guard said no.</summary>
    ContactGuard,

    /// <summary>In the last instant the campaign said no: it was paused or stopped, or has spent its budget.</summary>
    Campaign,
}

/// <summary>
/// What a call's events are compared with, to find the dial that they belong to. An agent's dials of the last minutes
/// are stored in one row, which also guards against a second call.
/// </summary>
public sealed record DialIntent
{
    public required string DialId { get; init; }

    public required string EndpointId { get; init; }

    public required string Account { get; init; }

    /// <summary>The number in E.164; of a colleague's phone without a number what the mapping names it.</summary>
    public required string Number { get; init; }

    public string? ContactId { get; init; }

    /// <summary>The colleague's phone, where a colleague is called.</summary>
    public ColleaguePhone? Colleague { get; init; }

    public required DialOrder Order { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The campaign's person who is called; null for a click of the agent's own.</summary>
    public CampaignPerson? Campaign { get; init; }

    /// <summary>
    /// True if the agent may dial again although no call has begun: the operator seems to have refused.
    /// </summary>
    public bool IsReleased { get; init; }

    /// <summary>
    /// The legs that the operator reported: one, or the agent's and the contact's. The first one gives the call its id.
    /// </summary>
    public IReadOnlyList<DialLeg> Legs { get; init; } = [];
}

/// <summary>A call id of the operator that belongs to a dial.</summary>
/// <param name="IsContact">
/// True for the leg to the contact. If the operator reports only one id, it is this one.
/// </param>
/// <param name="DetectedAt">When the operator detected the leg, or when we received its first event.</param>
public sealed record DialLeg(string CallId, bool IsContact, DateTimeOffset DetectedAt);

/// <summary>The one row with an agent's dialling: recent dials, the last phone, and the number of dials.</summary>
public sealed record AgentDials
{
    public IReadOnlyList<DialIntent> Recent { get; init; } = [];

    /// <summary>The phone of the last dial. It is the next dial's if the agent chooses none.</summary>
    public string? LastEndpointId { get; init; }

    public DialCount Count { get; init; } = DialCount.None;
}
