using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// The dials. Partition <c>agent~…</c> holds each dial under <c>dial~id</c>. Its row <c>recent</c> guards against a
/// second call: a dial and its intent in that row are stored together.
/// </summary>
public sealed class DialStore(ITables tables)
{
    private const string RecentKey = "recent";

    internal static readonly StoredJson<Dial> Stored = new(ClickToDialJson.Default);

    private static readonly StoredJson<AgentDials> OfAgents = new(ClickToDialJson.Default);

    private readonly ITable _table = tables[StorageNames.Dials];

    public async ValueTask<Dial?> GetAsync(string agentId, string dialId, CancellationToken cancellationToken) =>
        Stored.FromRow(await _table.GetAsync(Partition(agentId), DialKey(dialId), cancellationToken));

    /// <summary>Stores a dial that is missing; the one that is there, where another request was faster.</summary>
    public async Task<Dial> RestoreAsync(Dial dial, CancellationToken cancellationToken) =>
        await _table.InsertAsync(ToRow(dial, null), cancellationToken) is null
            ? await GetAsync(dial.AgentId, dial.DialId, cancellationToken) ?? dial
            : dial;

    /// <summary>
    /// The dial after the change, which may give back the same instance to change nothing; null where there is no dial.
    /// </summary>
    public async Task<Dial?> ChangeAsync(
        string agentId, string dialId, Func<Dial, Dial> change, CancellationToken cancellationToken)
    {
        while (await _table.GetAsync(Partition(agentId), DialKey(dialId), cancellationToken) is { } row)
        {
            var before = Stored.FromRow(row);
            var after = change(before);
            if (ReferenceEquals(after, before)
                || await _table.ReplaceAsync(ToRow(after, row.ETag), cancellationToken) is not null)
            {
                return after;
            }
        }

        return null;
    }

    /// <summary>The agent's row and its version; an empty one where there is none.</summary>
    public async ValueTask<(AgentDials Dials, string? ETag)> GetRecentAsync(
        string agentId, CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition(agentId), RecentKey, cancellationToken) is { } row
            ? (OfAgents.FromRow(row), row.ETag)
            : (new AgentDials(), null);

    /// <summary>False where another was faster.</summary>
    public async Task<bool> SaveAsync(
        string agentId, AgentDials dials, string? etag, CancellationToken cancellationToken)
    {
        var row = ToRow(agentId, dials, etag);
        return (etag is null ? await _table.InsertAsync(row, cancellationToken) : await _table.ReplaceAsync(row, cancellationToken)) is not null;
    }

    /// <summary>
    /// Stores a new dial together with the agent's row. False, and nothing stored, where another was faster or the dial
    /// is there already.
    /// </summary>
    public async Task<bool> BeginAsync(Dial dial, AgentDials dials, string? etag)
    {
        var recent = ToRow(dial.AgentId, dials, etag);
        return await _table.BatchAsync(
            [etag is null ? RowChange.Insert(recent) : RowChange.Replace(recent), RowChange.Insert(ToRow(dial, null))],
            CancellationToken.None);
    }

    /// <summary>Changes the agent's row where the dial's intent is in it; false where it is not.</summary>
    /// <param name="dial">The dial.</param>
    /// <param name="change">From the row and the intent to the row after it.</param>
    /// <param name="isDeleted">True where the dial goes at the same time, as if it had never been.</param>
    public async Task<bool> ChangeAgentAsync(
        Dial dial, Func<AgentDials, DialIntent, AgentDials> change, bool isDeleted = false)
    {
        while (true)
        {
            var (before, etag) = await GetRecentAsync(dial.AgentId, CancellationToken.None);
            if (before.Recent.FirstOrDefault(each => each.DialId == dial.DialId) is not { } intent)
            {
                return false;
            }

            var recent = ToRow(dial.AgentId, change(before, intent), etag);
            var row = RowChange.Delete(new Row(Partition(dial.AgentId), DialKey(dial.DialId)));
            if (isDeleted
                ? await _table.BatchAsync([RowChange.Replace(recent), row], CancellationToken.None)
                : await _table.ReplaceAsync(recent, CancellationToken.None) is not null)
            {
                return true;
            }
        }
    }

    private static Row ToRow(Dial dial, string? etag) =>
        Stored.ToRow(Partition(dial.AgentId), DialKey(dial.DialId), dial, etag);

    private static Row ToRow(string agentId, AgentDials dials, string? etag) =>
        OfAgents.ToRow(Partition(agentId), RecentKey, dials, etag);

    private static string Partition(string agentId) => Keys.Join("agent", Keys.Encode(agentId));

    private static string DialKey(string dialId) => Keys.Join("dial", Keys.Encode(dialId));
}
