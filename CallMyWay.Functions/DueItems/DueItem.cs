using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.DueItems;

/// <summary>What a call left to be done or checked by a time: a follow-up, or a promise to pay.</summary>
public abstract record DueItem
{
    protected DueItem()
    {
    }

    /// <summary>An open item of this call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="agentId">The agent who notes it.</param>
    /// <param name="contact">Whom the call is with; null where that is not known.</param>
    /// <param name="dueAt">When it is due.</param>
    [SetsRequiredMembers]
    protected DueItem(Call call, string agentId, Contact? contact, DateTimeOffset dueAt)
    {
        (AgentId, CallId, Account, DueAt) = (agentId, call.CallId, call.Account, dueAt.ToUniversalTime());
        (ContactId, ContactName) = (contact?.ContactId, contact?.Title);
        Number = call.AgentOf(agentId)?.Number ?? call.Number;
    }

    [JsonIgnore]
    public abstract string Id { get; }

    /// <summary>As what it stands in its call.</summary>
    [JsonIgnore]
    public abstract NextActionKind Kind { get; }

    /// <summary>What its call shows as to be done; null where it is done.</summary>
    public NextAction? ToNextAction() => DoneAt is not null ? null : Describe(new NextAction(Id, Kind, DueAt, AgentId));

    public required string AgentId { get; init; }

    /// <summary>
    /// Set only in a contact's list, where other agents' items appear too. It is not stored in the record.
    /// </summary>
    public string? AgentName { get; init; }

    public required string CallId { get; init; }

    public required string Account { get; init; }

    public string? ContactId { get; init; }

    public string? ContactName { get; init; }

    public required NumberView Number { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When an agent said what became of it; null while it is open.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>With what else is worth knowing.</summary>
    protected abstract NextAction Describe(NextAction action);

    /// <summary>The same, tied to this contact.</summary>
    public DueItem With(Contact? contact) => this with { ContactId = contact?.ContactId, ContactName = contact?.Title };
}
