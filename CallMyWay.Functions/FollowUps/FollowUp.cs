using System.Text.Json.Serialization;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.FollowUps;

/// <summary>Something to do after a call, by the agent who noted it.</summary>
public sealed record FollowUp
{
    public required string FollowUpId { get; init; }

    public required string AgentId { get; init; }

    /// <summary>Only in a contact's list, where it may be a colleague's; not stored in the record.</summary>
    public string? AgentName { get; init; }

    public required string CallId { get; init; }

    public required string Account { get; init; }

    public string? ContactId { get; init; }

    public string? ContactName { get; init; }

    public required NumberView Number { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>The row's version; not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }
}
