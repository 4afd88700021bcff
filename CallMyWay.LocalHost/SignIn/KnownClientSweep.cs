using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Addresses that an agent has not signed in from for long. A sign-in removes those of an earlier password; this removes
/// the rest, also of agents who never sign in again or are deleted.
/// </summary>
internal sealed class KnownClientSweep(AgentStore agents) : ISweep
{
    public string Table => LocalAccounts.Table;

    public async Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = await agents.AllIdsAsync(cancellationToken);
        return
        [
            .. ids.Select(agent => KnownClients.PartitionOf(agent.AgentId)).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal).Select(partition => new SweepRange(
                    new RowRange(partition), row => row.Time(KnownClients.SignedInAt) < now - KnownClients.Forgotten)),
        ];
    }
}
