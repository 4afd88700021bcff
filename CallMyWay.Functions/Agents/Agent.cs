using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Agents;

/// <summary>
/// Somebody who works with the calls. Mappings, pop-ups and the realtime user id use <see cref="AgentId"/>;
/// <see cref="SignInName"/> is how the sign-in knows them.
/// </summary>
public sealed record Agent
{
    /// <summary>Our own id: small letters, digits, <c>.</c>, <c>_</c>, <c>-</c>; at most 64.</summary>
    public required string AgentId { get; init; }

    public required string Name { get; init; }

    /// <summary>
    /// The name that the sign-in gives: on LocalHost what is typed, on Azure the user principal name. The agent's id
    /// where none is set.
    /// </summary>
    public required string SignInName { get; init; }

    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>A supervisor with a team sees its calls; one without sees all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Team { get; init; }

    /// <summary><c>es</c> or <c>en</c>.</summary>
    public string Language { get; init; } = Text.Language.Spanish;

    /// <summary>
    /// Tells apart two agents who have had the same id, one after the other: whoever is created by the id of a deleted
    /// agent gets another value. The store gives it. It is null for agents who were created before there was any.
    /// </summary>
    [JsonIgnore]
    public string? Creation { get; init; }

    /// <summary>The row's version; not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }
}
