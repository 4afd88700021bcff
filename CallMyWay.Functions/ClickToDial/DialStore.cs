using CallMyWay.Functions.Numbers;
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

    /// <summary>Stores a dial that is missing. If another request was faster, returns the stored one.</summary>
    public async Task<Dial> RestoreAsync(Dial dial, CancellationToken cancellationToken) =>
        await _table.InsertAsync(ToRow(dial, null), cancellationToken) is null
            ? await GetAsync(dial.AgentId, dial.DialId, cancellationToken) ?? dial
            : dial;

    /// <summary>
    /// Changes a dial and returns it; null if there is none. If <paramref name="change"/> returns the same instance,
    /// nothing is written.
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

    /// <summary>The agent's row and its version; an empty one if there is none.</summary>
    public async ValueTask<(AgentDials Dials, string? ETag)> GetRecentAsync(
        string agentId, CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition(agentId), RecentKey, cancellationToken) is { } row
            ? (OfAgents.FromRow(row), row.ETag)
            : (new AgentDials(), null);

    /// <summary>False if another request was faster.</summary>
    public async Task<bool> SaveAsync(
        string agentId, AgentDials dials, string? etag, CancellationToken cancellationToken)
    {
        var row = ToRow(agentId, dials, etag);
        return (etag is null ? await _table.InsertAsync(row, cancellationToken) : await _table.ReplaceAsync(row, cancellationToken)) is not null;
    }

    /// <summary>
    /// Stores a new dial together with the agent's row. If another request was faster or the dial exists, stores
    /// nothing and returns false.
    /// </summary>
    public async Task<bool> BeginAsync(Dial dial, AgentDials dials, string? etag)
    {
        var recent = ToRow(dial.AgentId, dials, etag);
        return await _table.BatchAsync(
            [etag is null ? RowChange.Insert(recent) : RowChange.Replace(recent), RowChange.Insert(ToRow(dial, null))],
            CancellationToken.None);
    }

    /// <summary>Changes the agent's row, if it has the dial's intent; otherwise returns false.</summary>
    /// <param name="dial">The dial.</param>
    /// <param name="change">Makes the new row from the row and the intent.</param>
    /// <param name="isDeleted">True to delete the dial in the same batch, as if it had never existed.</param>
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

    /// <summary>
    /// Takes out of a row whom the wanted dials called. The agent, the phone, the time and the state stay; of the dials
    /// that notifications are compared with nothing does. False where nothing changed.
    /// </summary>
    /// <param name="row">A row of the table, as it was read.</param>
    /// <param name="wanted">By the contact that was clicked, and the number.</param>
    /// <param name="cancellationToken">The caller's.</param>
    internal async Task<bool> EraseAsync(
        Row row, Func<string?, string?, bool> wanted, CancellationToken cancellationToken)
    {
        if (row.Key == RecentKey)
        {
            var dials = OfAgents.FromRow(row);
            var left = dials.Recent.Where(intent => !wanted(intent.ContactId, intent.Number)).ToList();
            return left.Count < dials.Recent.Count && await _table.ReplaceAsync(
                OfAgents.ToRow(row.Partition, row.Key, dials with { Recent = left }, row.ETag),
                cancellationToken) is not null;
        }

        if (Keys.Beginning(row.Key) != "dial~" || Stored.FromRow(row) is not { Colleague: null } dial
            || !wanted(dial.ContactId ?? dial.CountedContactId, dial.Number.E164 ?? dial.Number.Display))
        {
            return false;
        }

        var nameless = dial with
        {
            Number = new NumberView(null, "", PhoneNumberKind.Private),
            ContactId = null,
            CountedContactId = null,
            Campaign = null,
            StoppedBecause = null,
            Answer = null,
            // A hash of what was asked for, the number too. A repeated click with its key is another click then.
            Mark = "",
        };
        return await _table.ReplaceAsync(
            Stored.ToRow(row.Partition, row.Key, nameless, row.ETag), cancellationToken) is not null;
    }

    private static Row ToRow(Dial dial, string? etag) =>
        Stored.ToRow(Partition(dial.AgentId), DialKey(dial.DialId), dial, etag);

    private static Row ToRow(string agentId, AgentDials dials, string? etag) =>
        OfAgents.ToRow(Partition(agentId), RecentKey, dials, etag);

    private static string Partition(string agentId) => Keys.Join("agent", Keys.Encode(agentId));

    private static string DialKey(string dialId) => Keys.Join("dial", Keys.Encode(dialId));
}
