using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Mappings;

/// <summary>
/// Which agent a phone of the operator belongs to: the table that the operator's document asks for, kept by an
/// administrator.
/// </summary>
public sealed record Mapping
{
    /// <summary>The operator's id of the phone, as its notifications bring it in <c>endpoint_id</c>.</summary>
    public required string EndpointId { get; init; }

    /// <summary>The account (username) that is charged for what the phone dials.</summary>
    public required string Account { get; init; }

    /// <summary>Whose phone it is; of a shared one, whenever it is in none of the <see cref="Shifts"/>.</summary>
    public required string AgentId { get; init; }

    /// <summary>
    /// When a shared phone is whose instead; null where it is of one agent. No two of them are at the same time.
    /// </summary>
    public IReadOnlyList<Shift>? Shifts { get; init; }

    /// <summary>All whose phone it is at some time, each once.</summary>
    [JsonIgnore]
    public IEnumerable<string> AgentIds => (Shifts ?? []).Select(shift => shift.AgentId).Prepend(AgentId).Distinct();

    /// <summary>
    /// The CallMyWay username or number that goes out as <c>first_num</c> and comes in as ani, dnis, ani_user or
    /// dnis_user.
    /// </summary>
    public required string Phone { get; init; }

    /// <summary>What the agent reads when choosing among several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Label { get; init; }

    /// <summary>The caller id that the contact sees, as the operator assigned it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? CallerId { get; init; }

    /// <summary>True where the contact sees no caller id.</summary>
    public bool Private { get; init; }

    /// <summary>True for the phone that is used if the agent chooses none.</summary>
    public bool Primary { get; init; }

    /// <summary>
    /// The endpoints of other mappings with the same <see cref="Phone"/>: a call that names only that rings at all of
    /// them. Null for none, and where nobody looked. It is not stored in the record.
    /// </summary>
    public IReadOnlyList<string>? SharesPhoneWith { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>The same phone, as the one agent's whose it is at this time of its account's clock.</summary>
    public Mapping At(DateTime local) => Shifts?.FirstOrDefault(shift => shift.Includes(local)) is { } shift
        ? this with { AgentId = shift.AgentId, Shifts = null }
        : this;
}

/// <summary>A phone that was seen in a call, but has no mapping.</summary>
public sealed record UnmappedEndpoint(string EndpointId, string Account, string? Phone, DateTimeOffset LastSeen);
