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
                $"El agente tiene pendientes: {Listed("y", Of(followUps, "seguimiento"), Of(promises, "promesa"))}. "
                    + "Páselos a otra persona, o déjelos a sus supervisores.",
                $"The agent has open work: {Listed("and", Of(followUps, "follow-up"), Of(promises, "promise"))}. "
                    + "Hand it over to somebody, or leave it to the supervisors."),
            CanBeLeft: true);
    }

    /// <summary>Null for none.</summary>
    private static string? Of(int count, string one) => count == 0 ? null : $"{count} {one}{(count == 1 ? "" : "s")}";

    private static string Listed(string and, string? one, string? other) =>
        one is null || other is null ? $"{one}{other}" : $"{one} {and} {other}";
}
