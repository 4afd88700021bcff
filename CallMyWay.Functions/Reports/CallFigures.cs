namespace CallMyWay.Functions.Reports;

/// <summary>What one call counts for, and where.</summary>
/// <param name="Day">The day on which it was detected, in its account's zone.</param>
/// <param name="Hour">The hour of that day, 0 to 23.</param>
/// <param name="Outcome">The code of its outcome; null for none.</param>
/// <param name="ContactId">Whom it was with; null where nobody knows.</param>
/// <param name="Whole">The call, once.</param>
/// <param name="Teams">Each team that had a part in it, null for agents without a team.</param>
/// <param name="Agents">Each agent who had a part in it.</param>
public sealed record CallFigures(
    DateOnly Day,
    int Hour,
    string? Outcome,
    string? ContactId,
    Figures Whole,
    IReadOnlyList<TeamShare> Teams,
    IReadOnlyList<AgentShare> Agents);

/// <summary>A team's part in a call.</summary>
public sealed record TeamShare(string? Team, Figures Figures);

/// <summary>An agent's part in a call, in the team that the agent was in when it came.</summary>
public sealed record AgentShare(string AgentId, string? Team, Figures Figures);
