using System.Globalization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// Deletes old dials and totals. They are kept as long as somebody may ask about a click, or compare it with the
/// operator's records. If a click is repeated with its key after that, it dials again.
/// </summary>
public sealed class DialSweep(AgentStore agents) : ISweep
{
    public static readonly TimeSpan KeptFor = DeletedAgentSweep.LongestKept;

    public string Table => StorageNames.Dials;

    public async Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - KeptFor;
        var ids = await agents.AllIdsAsync(cancellationToken);
        return
        [
            .. ids.Select(agent => RangeForAgent(agent.AgentId, agent.DeletedAt < oldest, oldest))
                .OrderBy(range => range.Rows.Partition, StringComparer.Ordinal),
            // Earlier releases had a row for each day. The key of the current row sorts after all days.
            new SweepRange(new RowRange("total") { Before = DayOf(oldest) }, _ => true),
        ];
    }

    private static string DayOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    // If the agent was deleted long enough ago, all rows go, including the row of recent dials.
    private static SweepRange RangeForAgent(string agentId, bool isLongGone, DateTimeOffset oldest)
    {
        var partition = Keys.Join("agent", Keys.Encode(agentId));
        return isLongGone
            ? new SweepRange(new RowRange(partition), _ => true)
            : new SweepRange(
                RowRange.Prefix(partition, Keys.Join("dial", "")),
                row => DialStore.Stored.FromRow(row).RequestedAt < oldest);
    }
}
