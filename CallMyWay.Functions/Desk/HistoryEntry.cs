using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Reconciliation;

namespace CallMyWay.Functions.Desk;

/// <summary>Something of a call's history. Which fields there are depends on the kind.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">When we heard of it, or when it was done.</param>
public sealed record HistoryEntry(HistoryKind Kind, DateTimeOffset At)
{
    /// <summary>Of a notification: <c>callStart</c>, <c>callEnd</c>, or <c>live</c> from the list of live calls.</summary>
    public string? Event { get; init; }

    /// <summary>The operator's call id; of a dialled call that of one leg.</summary>
    public string? CallId { get; init; }

    public string? AccountId { get; init; }

    public string? EndpointId { get; init; }

    public string? Ani { get; init; }

    public string? Dnis { get; init; }

    public CallDirection? Type { get; init; }

    public DateTimeOffset? DetectedAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? DisconnectedAt { get; init; }

    /// <summary>In seconds, as it was told.</summary>
    public int? Duration { get; init; }

    /// <summary>In the account's currency, as it was told.</summary>
    public decimal? Cost { get; init; }

    /// <summary>True where the operator's times can't be: the call has ours.</summary>
    public bool? IsOurTime { get; init; }

    /// <summary>True for a notification of which an earlier release kept no more than that it came.</summary>
    public bool? IsSummed { get; init; }

    /// <summary>Whose phone it came to, or who did it.</summary>
    public string? AgentId { get; init; }

    public string? AgentName { get; init; }

    /// <summary>Of a routed call: why it came to this agent, in the caller's language.</summary>
    public string? Why { get; init; }

    /// <summary>The other party's number, by which contacts were looked for.</summary>
    public NumberView? Number { get; init; }

    public MatchKind? Match { get; init; }

    /// <summary>Who it may have been, the likeliest first, each with the reason of then.</summary>
    public IReadOnlyList<Candidate>? Candidates { get; init; }

    /// <summary>The reason of the likeliest.</summary>
    public MatchReason? Reason { get; init; }

    /// <summary>From our receipt of the notification until the card was painted.</summary>
    public int? Milliseconds { get; init; }

    public string? ContactId { get; init; }

    public string? ContactName { get; init; }

    /// <summary>True where a supervisor took it off everybody's lists.</summary>
    public bool? ForAll { get; init; }

    /// <summary>The code of an outcome.</summary>
    public string? Outcome { get; init; }

    public string? Notes { get; init; }

    /// <summary>Of a wrap-up; the first is 1.</summary>
    public int? Version { get; init; }

    /// <summary>True for a version that was taken back.</summary>
    public bool? Undone { get; init; }

    /// <summary>Of a promise: what became of it.</summary>
    public PromiseState? State { get; init; }

    /// <summary>Of a promise: what was paid, in <see cref="Currency"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>By ISO 4217.</summary>
    public string? Currency { get; init; }

    public string? DialId { get; init; }

    public string? RecordId { get; init; }

    /// <summary>True for a record that corrects an earlier one.</summary>
    public bool? Corrected { get; init; }

    /// <summary>The day that was reconciled, in the account's zone.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>What was odd about the call; <c>matched</c> where nothing was.</summary>
    public string? Mismatch { get; init; }

    /// <summary>What differed between notifications and record.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    public HealedBy? HealedBy { get; init; }
}

/// <summary>What an entry of a call's history is.</summary>
public enum HistoryKind
{
    /// <summary>The operator told something. What it told before, word for word, is not kept again.</summary>
    Notification,

    /// <summary>The call came to an agent; to nobody where <see cref="HistoryEntry.AgentId"/> is null.</summary>
    Routed,

    /// <summary>The contacts were asked for the number.</summary>
    Matched,

    /// <summary>The card was on an agent's screen.</summary>
    Shown,

    /// <summary>An agent was done with the pop-up.</summary>
    Acknowledged,

    /// <summary>An agent chose whom the call is with.</summary>
    ContactChosen,

    /// <summary>An agent decided that it concerns no contact.</summary>
    Ignored,

    /// <summary>It was taken off the lists of what goes on and of what was missed.</summary>
    Dismissed,

    /// <summary>The call got the outcome that stands, or none again.</summary>
    Outcome,

    /// <summary>A version of a wrap-up was sent.</summary>
    WrapUp,

    /// <summary>Somebody said what became of the promise; what was said before is not kept.</summary>
    Promise,

    /// <summary>The agent clicked to call.</summary>
    Dialled,

    /// <summary>An agent noted a call by another phone.</summary>
    Noted,

    /// <summary>Somebody reached the caller, in the call of <see cref="HistoryEntry.CallId"/>.</summary>
    Returned,

    /// <summary>The operator's record came.</summary>
    Record,

    /// <summary>The day of the call was proven complete.</summary>
    Reconciled,
}
