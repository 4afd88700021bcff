using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Calls;

/// <summary>Which calls a list shows. <see cref="CallIndex"/> finds them.</summary>
public sealed record CallFilter
{
    /// <summary>
    /// The end of a list that has all calls that came until then: an operator's clock that is ahead of ours puts them
    /// under a later time.
    /// </summary>
    public static DateTimeOffset EndOf(DateTimeOffset now) => now.AddDays(1) + CallFact.ClockTolerance;

    /// <summary>The calls that whoever asks may see.</summary>
    public required VisibleCalls Visible { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public string? AgentId { get; init; }

    /// <summary>Only calls of an agent who was in this team then.</summary>
    public string? TeamId { get; init; }

    public string? ContactId { get; init; }

    /// <summary>Contacts that were merged into that one: their calls are wanted as well.</summary>
    public IReadOnlyList<string> MergedIds { get; init; } = [];

    public CallDirection? Direction { get; init; }

    /// <summary>As the call is shown at <see cref="Now"/>.</summary>
    public CallState? State { get; init; }

    /// <summary>When the list is asked for.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The caller's or the called number, in whatever form the call has it.</summary>
    public PhoneNumber? Number { get; init; }

    public string? Outcome { get; init; }

    /// <summary>Only calls that have no contact, and of which no agent has said that they concern none.</summary>
    public bool IsWithoutContact { get; init; }

    /// <summary>True for calls that have a contact alone, false for those that have none.</summary>
    public bool? IsTied { get; init; }

    /// <summary>Only calls of which a follow-up is open.</summary>
    public bool IsFollowUpOpen { get; init; }

    /// <summary>Only calls that are over and in which somebody talked.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>Only calls that go on.</summary>
    public bool IsLive { get; init; }

    /// <summary>
    /// Only calls that came in and that nobody took, and whose callers nobody has reached since.
    /// </summary>
    public bool IsMissed { get; init; }

    /// <summary>
    /// Only calls that came in and that nobody took, whether the caller was reached since or not, also those that were
    /// dismissed.
    /// </summary>
    public bool WasMissed { get; init; }

    /// <summary>
    /// Only calls that <see cref="AgentId"/> talked in, that are over, and of which nobody has sent an outcome. An
    /// internal call and one that was ignored need none.
    /// </summary>
    public bool IsUndocumented { get; init; }

    /// <summary>True where who asks sees their own calls alone.</summary>
    public bool IsOwn => !Visible.IsAll && Visible.Team is null;

    /// <summary>True for a call that the list asks for. The keys of its index rows have seen to the time.</summary>
    public bool Wants(Call call, PhoneNumberParser numbers) =>
        Visible.Includes(call)
        && (AgentId is null || IsOfAgent(call, AgentId))
        && (TeamId is null || call.Agents.Any(agent => agent.Team == TeamId))
        && (ContactId is null || IsOfContact(call.ContactId))
        && (Direction is null || call.Direction == Direction)
        && (State is null || call.StateAt(Now) == State)
        && (Outcome is null || call.Outcome == Outcome)
        && (IsTied is null || (call.ContactId is not null) == IsTied)
        && (!IsFollowUpOpen || call.HasOpenFollowUp)
        && (!IsAnswered || (call.ConnectedAt is not null && call.StateAt(Now) == CallState.Ended))
        && (!WasMissed || call.IsMissed)
        && (!IsWithoutContact || call is { ContactId: null, Ignored: false })
        && (!IsLive || (call.State != CallState.Ended && !(IsOwn && call.GoesOnWithout(Visible.AgentId))))
        && (!IsMissed || call is { IsMissed: true, Returned: null })
        && (!IsUndocumented || IsToBeDocumented(call))
        && (!(IsLive || IsMissed) || !call.IsDismissedFor(Visible.AgentId))
        && IsWith(call.Ani, call.Dnis, numbers);

    /// <summary>True for the contact that is asked for, and for one that was merged into it.</summary>
    public bool IsOfContact(string? contactId) => contactId is not null
        && (contactId == ContactId || MergedIds.Contains(contactId, StringComparer.Ordinal));

    /// <summary>True where no number is asked for, or one of these is it.</summary>
    public bool IsWith(string ani, string dnis, PhoneNumberParser numbers) =>
        Number is null || IsNumber(ani, numbers) || IsNumber(dnis, numbers);

    // Of another agent a supervisor sees what that agent did in the supervisor's team.
    private bool IsOfAgent(Call call, string agentId) =>
        call.AgentOf(agentId) is { } agent
        && (Visible.Team is null || agentId == Visible.AgentId || agent.Team == Visible.Team)
        && (TeamId is null || agent.Team == TeamId);

    private bool IsToBeDocumented(Call call) =>
        call.StateAt(Now) == CallState.Ended && call.LacksOutcomeOf(AgentId!);

    private bool IsNumber(string phone, PhoneNumberParser numbers) =>
        numbers.Compare(numbers.ParseCaller(phone), Number!) >= NumberMatch.National;
}
