namespace CallMyWay.Functions.Agents;

/// <summary>Rows that belong to an agent. Each registered one is called after an agent was deleted.</summary>
public interface IAgentRemains
{
    /// <summary>Removes the rows of the deleted agent.</summary>
    Task ForgetAsync(string agentId, CancellationToken cancellationToken);
}
