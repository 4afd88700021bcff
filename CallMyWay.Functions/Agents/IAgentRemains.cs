namespace CallMyWay.Functions.Agents;

/// <summary>Rows that an agent leaves behind. Every one that is registered is told when an agent was deleted.</summary>
public interface IAgentRemains
{
    /// <summary>Removes the agent's rows: there is no such agent any more.</summary>
    Task ForgetAsync(string agentId, CancellationToken cancellationToken);
}
