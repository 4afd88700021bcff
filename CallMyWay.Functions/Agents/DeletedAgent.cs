namespace CallMyWay.Functions.Agents;

/// <summary>Who was deleted, for as long as that is known: 120 days.</summary>
/// <param name="AgentId">The id. Another agent may have it since.</param>
/// <param name="Name">The name; null where an earlier release deleted the agent.</param>
/// <param name="Team">The team that the agent was in; null for none.</param>
/// <param name="DeletedAt">When it was.</param>
public sealed record DeletedAgent(string AgentId, string? Name, string? Team, DateTimeOffset? DeletedAt);
