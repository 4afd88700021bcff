namespace CallMyWay.Functions.Agents;

/// <summary>A reason not to delete an agent. Each registered one is asked before a deletion.</summary>
public interface IAgentHold
{
    /// <summary>Why the agent can't be deleted now; null if nothing prevents it.</summary>
    ValueTask<AgentHold?> FindHoldAsync(string agentId, CancellationToken cancellationToken);
}
