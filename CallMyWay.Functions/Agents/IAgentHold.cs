using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Agents;

/// <summary>What keeps an agent from being deleted. Every one that is registered is asked.</summary>
public interface IAgentHold
{
    /// <summary>Why the agent can't be deleted now; null where nothing speaks against it.</summary>
    ValueTask<Phrase?> FindHoldAsync(string agentId, CancellationToken cancellationToken);
}
