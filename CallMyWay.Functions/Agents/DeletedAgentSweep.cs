using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Agents;

/// <summary>
/// Deletes the ids of deleted agents, once the agents' rows in other tables are gone; and who came in without being an
/// agent, once that is long ago.
/// </summary>
public sealed class DeletedAgentSweep : ISweep
{
    /// <summary>The longest time for which rows that are found by agents' ids are kept: that of dials.</summary>
    public static readonly TimeSpan LongestKept = TimeSpan.FromDays(90);

    /// <summary>Another month of nights, in which the sweep can find those rows.</summary>
    public static readonly TimeSpan KeptFor = LongestKept + TimeSpan.FromDays(30);

    public string Table => StorageNames.Agents;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            new SweepRange(
                new RowRange(AgentStore.DeletedPartition),
                row => row.Time(AgentStore.DeletedAtColumn) < now - KeptFor),
            new SweepRange(
                new RowRange(SignInNotes.VisitorPartition),
                row => row.Time(SignInNotes.AtColumn) < now - SignInNotes.VisitorsKept),
        ]);
}
