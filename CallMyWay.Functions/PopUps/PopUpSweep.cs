using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.PopUps;

/// <summary>Pop-ups that nobody closed in their time, those of deleted agents too.</summary>
public sealed class PopUpSweep(AgentStore agents) : ISweep
{
    public string Table => StorageNames.PopUps;

    public async Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Newest first: the later time is the smaller key.
        var from = Keys.NewestFirst(now - PopUpStore.OpenFor);
        var ids = await agents.AllIdsAsync(cancellationToken);
        return
        [
            .. ids.Select(agent => PopUpStore.Partition(agent.AgentId)).Order(StringComparer.Ordinal)
                .Select(partition => new SweepRange(new RowRange(partition) { From = from }, _ => true)),
        ];
    }
}
