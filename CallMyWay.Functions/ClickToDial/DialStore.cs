using System.Globalization;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// The dials. Partition <c>agent~…</c> holds each dial under <c>dial~id</c> and, under <c>recent</c>, the one row that guards against a
/// second call; partition <c>total</c> counts the dials of all, a row for each day.
/// </summary>
public sealed class DialStore(ITables tables)
{
    private const string RecentKey = "recent";

    private const string TotalPartition = "total";

    private readonly ITable _table = tables[StorageNames.Dials];

    public async ValueTask<Dial?> GetAsync(string agentId, string dialId, CancellationToken cancellationToken) =>
        StoredJson.FromRow<Dial>(await _table.GetAsync(Partition(agentId), DialKey(dialId), cancellationToken));

    /// <summary>Stores a new dial; false, and nothing stored, where it is there already.</summary>
    public async Task<bool> InsertAsync(Dial dial, CancellationToken cancellationToken) =>
        await _table.InsertAsync(ToRow(dial, null), cancellationToken) is not null;

    /// <summary>The dial after the change; null where there is none.</summary>
    public async Task<Dial?> ChangeAsync(string agentId, string dialId, Func<Dial, Dial> change, CancellationToken cancellationToken)
    {
        while (await _table.GetAsync(Partition(agentId), DialKey(dialId), cancellationToken) is { } row)
        {
            var dial = change(StoredJson.FromRow<Dial>(row));
            if (await _table.ReplaceAsync(ToRow(dial, row.ETag), cancellationToken) is not null)
            {
                return dial;
            }
        }

        return null;
    }

    /// <summary>The agent's row and its version; an empty one where there is none.</summary>
    public async ValueTask<(AgentDials Dials, string? ETag)> OfAgentAsync(string agentId, CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition(agentId), RecentKey, cancellationToken) is { } row
            ? (StoredJson.FromRow<AgentDials>(row), row.ETag)
            : (new AgentDials(), null);

    /// <summary>False where another was faster.</summary>
    public async Task<bool> SaveAsync(string agentId, AgentDials dials, string? etag, CancellationToken cancellationToken)
    {
        var row = StoredJson.ToRow(Partition(agentId), RecentKey, dials, etag);
        return (etag is null ? await _table.InsertAsync(row, cancellationToken) : await _table.ReplaceAsync(row, cancellationToken)) is not null;
    }

    /// <summary>Counts one more dial of all, or one less; false, and nothing counted, where <paramref name="fits"/> says no to the count before it.</summary>
    public async Task<bool> CountAsync(DateTime local, int change, Func<DialCount, bool> fits, CancellationToken cancellationToken)
    {
        var key = local.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        while (true)
        {
            var row = await _table.GetAsync(TotalPartition, key, cancellationToken);
            var count = StoredJson.FromRow<DialCount>(row) ?? DialCount.None;
            if (!fits(count))
            {
                return false;
            }

            var next = StoredJson.ToRow(TotalPartition, key, count.Add(local, change), row?.ETag);
            if ((row is null ? await _table.InsertAsync(next, cancellationToken) : await _table.ReplaceAsync(next, cancellationToken)) is not null)
            {
                return true;
            }
        }
    }

    private static Row ToRow(Dial dial, string? etag) => StoredJson.ToRow(Partition(dial.AgentId), DialKey(dial.DialId), dial, etag);

    private static string Partition(string agentId) => Keys.Join("agent", Keys.Encode(agentId));

    private static string DialKey(string dialId) => Keys.Join("dial", Keys.Encode(dialId));
}
