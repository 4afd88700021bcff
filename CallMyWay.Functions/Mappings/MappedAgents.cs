using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Mappings;

/// <summary>An agent with a phone can't be deleted, as calls to that phone would reach nobody.</summary>
internal sealed class MappedAgents(MappingStore mappings) : IAgentHold
{
    public async ValueTask<AgentHold?> FindHoldAsync(string agentId, CancellationToken cancellationToken) =>
        await mappings.ListForAgentAsync(agentId, cancellationToken) is [var mapping, ..]
            ? new AgentHold(new Phrase(
                $"El agente todavía tiene el teléfono {mapping.EndpointId}. Páselo a otro agente primero.",
                $"The agent still has the phone {mapping.EndpointId}. Hand it over to another agent first."))
            : null;
}
