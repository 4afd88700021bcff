using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.HandOver;

/// <summary>
/// An agent in a call can't be deleted: its end would be nobody's. Nor can one who has work left, unless an administrator
/// leaves that to the supervisors.
/// </summary>
internal sealed class OpenWork(Belongings belongings) : IAgentHold
{
    public async ValueTask<AgentHold?> FindHoldAsync(string agentId, CancellationToken cancellationToken)
    {
        if ((await belongings.ListLiveAsync(agentId, cancellationToken)).Count > 0)
        {
            return new AgentHold(new Phrase(
                "El agente está en una llamada. Espere a que termine, y quítelo entonces.",
                "The agent is in a call. Wait for its end, and remove them then."));
        }

        var (followUps, promises) = await belongings.CountItemsAsync(agentId, cancellationToken);
        return followUps + promises == 0 ? null : new AgentHold(
            new Phrase(
                $"El agente tiene pendientes: {followUps} seguimientos y {promises} promesas. Páselos a otra persona, o déjelos a sus supervisores.",
                $"The agent has open work: {followUps} follow-ups and {promises} promises. Hand it over to somebody, or leave it to the supervisors."),
            CanBeLeft: true);
    }
}
