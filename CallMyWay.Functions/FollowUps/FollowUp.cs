using System.Text.Json.Serialization;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.FollowUps;

/// <summary>A task after a call, noted by an agent.</summary>
public sealed record FollowUp
{
    public required string FollowUpId { get; init; }

    public required string AgentId { get; init; }

    /// <summary>
    /// Set only in a contact's list, where other agents' follow-ups appear too. It is not stored in the record.
    /// </summary>
    public string? AgentName { get; init; }

    public required string CallId { get; init; }

    public required string Account { get; init; }

    public string? ContactId { get; init; }

    public string? ContactName { get; init; }

    public required NumberView Number { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }
}
