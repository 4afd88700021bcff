using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Agents;

/// <summary>What is remembered of deleted agents, once the last of their rows elsewhere are gone.</summary>
public sealed class DeletedAgentSweep : ISweep
{
    /// <summary>A month of nights after the dials, which stay the longest.</summary>
    public static readonly TimeSpan KeptFor = DialSweep.KeptFor + TimeSpan.FromDays(30);

    public string Table => StorageNames.Agents;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            new SweepRange(
                new RowRange(AgentStore.DeletedPartition),
                row => row.Time(AgentStore.DeletedAtColumn) < now - KeptFor),
        ]);
}
