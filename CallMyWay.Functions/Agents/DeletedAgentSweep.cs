using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Agents;

/// <summary>What is remembered of deleted agents, once the last of their rows elsewhere are gone.</summary>
public sealed class DeletedAgentSweep : ISweep
{
    /// <summary>How long rows that are found by the ids of agents are kept at most: dials stay the longest.</summary>
    public static readonly TimeSpan LongestKept = TimeSpan.FromDays(90);

    /// <summary>A month of nights after those.</summary>
    public static readonly TimeSpan KeptFor = LongestKept + TimeSpan.FromDays(30);

    public string Table => StorageNames.Agents;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            new SweepRange(
                new RowRange(AgentStore.DeletedPartition),
                row => row.Time(AgentStore.DeletedAtColumn) < now - KeptFor),
        ]);
}
