using System.Globalization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// Dials and totals of long ago. They are kept for as long as anybody may ask what became of a click, or compares it
/// with the operator's records; a click that is repeated with its key after that calls anew.
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
            // Earlier releases kept a row for each day. The key of the row of now sorts behind all days.
            new SweepRange(new RowRange("total") { Before = DayOf(oldest) }, _ => true),
        ];
    }

    private static string DayOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    // Of an agent who was deleted that long ago nothing is left, neither the row of the last dials.
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
