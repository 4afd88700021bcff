using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Agents;

/// <summary>
/// A person who works with the calls. Mappings, pop-ups and the realtime user id use <see cref="AgentId"/>; the sign-in
/// uses <see cref="SignInName"/>.
/// </summary>
public sealed record Agent
{
    /// <summary>Our own id: 1 to 64 small letters, digits, <c>.</c>, <c>_</c> or <c>-</c>.</summary>
    public required string AgentId { get; init; }

    public required string Name { get; init; }

    /// <summary>
    /// The name to sign in with: on LocalHost what the agent types, on Azure the user principal name. If none was set,
    /// it is the agent's id.
    /// </summary>
    public required string SignInName { get; init; }

    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>A supervisor with a team sees the team's calls; a supervisor without a team sees all calls.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Team { get; init; }

    /// <summary><c>es</c> or <c>en</c>.</summary>
    public string Language { get; init; } = Text.Language.Spanish;

    /// <summary>
    /// Marks one creation of the agent. If an agent is deleted and another is created with the same id, the second has
    /// another value. The store sets it. It is null for agents that an older release created.
    /// </summary>
    [JsonIgnore]
    public string? Creation { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>True for a supervisor or an administrator, who sees calls of others.</summary>
    public bool IsOverseer() => Roles.Any(role => role >= Role.Supervisor);
}
