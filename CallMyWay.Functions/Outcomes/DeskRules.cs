using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Outcomes;

/// <summary>What the office asks of everybody at a desk. An administrator decides.</summary>
public sealed record DeskRules
{
    /// <summary>True where a call in which the agent talked can be closed only once it has an outcome.</summary>
    public bool OutcomeRequired { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }
}
