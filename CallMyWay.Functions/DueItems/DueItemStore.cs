using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.DueItems;

/// <summary>
/// The items of one kind, at most one for each wrap-up: the partition is <c>call</c>, the key is the call. Partitions
/// <c>agent~…</c> and <c>contact~…</c> list the open ones by due time. A row there is only a hint: the item that it
/// leads to is checked.
/// </summary>
public abstract class DueItemStore<T>
    where T : DueItem
{
    private const string CallPartition = "call";

    private readonly string _idColumn;

    private readonly string _name;

    private readonly ITable _table;

    private readonly IndexedTable<T> _items;

    /// <param name="tables">The storage.</param>
    /// <param name="name">The table.</param>
    /// <param name="kind">As what they stand in their calls.</param>
    /// <param name="idColumn">The column of an index row that names the item.</param>
    /// <param name="json">How the items are serialized.</param>
    protected DueItemStore(
        ITables tables, string name, NextActionKind kind, string idColumn, JsonSerializerContext json)
    {
        (_table, _name, Kind, _idColumn) = (tables[name], name, kind, idColumn);
        var stored = new StoredJson<T>(json);
        _items = new IndexedTable<T>(tables, new IndexedRecord<T>
        {
            Table = name,
            IndexTables = [name],
            Write = item => stored.ToRow(
                CallPartition, item.Id, (T)((DueItem)item with { ETag = null }), item.ETag),
            Read = row => row.Partition == CallPartition
                ? (T)((DueItem)stored.FromRow(row) with { ETag = row.ETag })
                : null,
            ETagOf = item => item.ETag,
            IndexOf = Index,
            LeadsTo = (_, row) => Keys.Beginning(row.Partition) is "agent~" or "contact~" && row.Text(idColumn) is { } id
                ? KeyOf(id)
                : null,
        });
    }

    /// <summary>As what the items stand in their calls.</summary>
    public NextActionKind Kind { get; }

    /// <summary>The index, for the repair.</summary>
    public IIndexedTable Indexed => _items;

    /// <summary>The item of a row; null for a row that is none.</summary>
    internal T? Read(Row row) => _items.Read(row);

    /// <summary>A page of all rows, for an upgrade.</summary>
    internal ValueTask<IReadOnlyList<Row>> ScanAsync(RowKey? after, int take, CancellationToken cancellationToken) =>
        _table.ScanAsync(after, take, cancellationToken);

    public async ValueTask<T?> GetAsync(string id, CancellationToken cancellationToken) =>
        Keys.IsValid(id) ? await _items.GetAsync(KeyOf(id), cancellationToken) : null;

    /// <summary>Stores the call's item in place of the one before.</summary>
    /// <param name="id">The item's.</param>
    /// <param name="next">From the item before, null for none, to the next one. Another writer can make it run again.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public Task PutAsync(string id, Func<T?, T> next, CancellationToken cancellationToken) =>
        _items.WriteAsync(KeyOf(id), found => next(found), cancellationToken);

    /// <summary>Stores the item over the version that was read. False if it changed meanwhile.</summary>
    public async Task<bool> ReplaceAsync(T before, T item, CancellationToken cancellationToken)
    {
        var write = await _items.WriteAsync(
            KeyOf(item.Id), found => found?.ETag == before.ETag ? item : null, cancellationToken, before);
        return write.Outcome == WriteOutcome.Stored;
    }

    /// <summary>Ties the call's items to the contact that the call is with now.</summary>
    /// <param name="call">The call.</param>
    /// <param name="owners">Whose items there can be: null for those of the shared wrap-up, an agent for own ones.</param>
    /// <param name="contact">Whom the call is with; null for nobody.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task TieAsync(
        CallKey call, IReadOnlyList<string?> owners, Contact? contact, CancellationToken cancellationToken)
    {
        foreach (var owner in owners)
        {
            await _items.WriteAsync(
                KeyOf(DueItemId.Of(call, owner)),
                found => found is null || found.ContactId == contact?.ContactId
                    ? found
                    : (T)found.With(contact),
                cancellationToken);
        }
    }

    /// <summary>
    /// Removes an item that its wrap-up no longer asks for. False where it has changed since it was read: then somebody
    /// may ask for it again.
    /// </summary>
    public async Task<bool> RemoveAsync(T item, CancellationToken cancellationToken)
    {
        var isSame = true;
        await _items.DeleteAsync(
            KeyOf(item.Id), found => isSame = found.ETag == item.ETag, cancellationToken);
        return isSame;
    }

    /// <summary>Removes an item, whatever became of it since it was read.</summary>
    public Task DeleteAsync(T item, CancellationToken cancellationToken) =>
        _items.DeleteAsync(KeyOf(item.Id), _ => true, cancellationToken);

    /// <summary>
    /// The open items of an agent or a contact that are due before <paramref name="dueBefore"/>, the earliest first; of
    /// the first page those that are due at <paramref name="dueFrom"/> or later.
    /// </summary>
    public async Task<Page<T>> ListAsync(
        DueItemList list,
        DateTimeOffset? dueBefore,
        PageRequest page,
        CancellationToken cancellationToken,
        DateTimeOffset? dueFrom = null)
    {
        var range = new RowRange(list.Partitions[0])
        {
            From = page.After?.From ?? (dueFrom is null ? null : TimeKey(dueFrom.Value)),
            Before = dueBefore is null ? null : TimeKey(dueBefore.Value),
            // One more row shows whether there is a next page.
            Take = page.Take + 1,
        };
        var read = list.Partitions is [_]
            ? await _table.ReadAsync(range, cancellationToken)
            : await ReadAsync(range, list.Partitions, cancellationToken);
        var rows = read.Take(page.Take).ToList();
        var open = await _items.FollowAsync(_name, rows, cancellationToken);
        return new Page<T>(
            [.. open.Select(found => found.Record)],
            read.Count <= page.Take ? null : new PageToken(rows[^1].Partition, rows[^1].Key).ToString());
    }

    // The first rows of all partitions, in the order of their keys.
    private async Task<IReadOnlyList<Row>> ReadAsync(
        RowRange range, IReadOnlyList<string> partitions, CancellationToken cancellationToken)
    {
        var read = await AtOnce.DoAsync(
            partitions,
            partition => _table.ReadAsync(range with { Partition = partition }, cancellationToken).AsTask());
        return [.. read.SelectMany(rows => rows).OrderBy(row => row.Key, StringComparer.Ordinal).Take(range.Take)];
    }

    // What is done stays with its call, but is in no list.
    private IEnumerable<IndexRow> Index(T item)
    {
        var key = Keys.Join(TimeKey(item.DueAt), item.Id);
        var agent = DueItemList.OfAgent(item.AgentId).Partitions;
        var contact = item.ContactId is { } contactId ? DueItemList.OfContact([contactId]).Partitions : [];
        return item.DoneAt is not null ? [] : agent.Concat(contact).Select(partition =>
            new IndexRow(_name, new Row(partition, key).Set(_idColumn, item.Id)));
    }

    private static RowKey KeyOf(string id) => new(CallPartition, id);

    private static string TimeKey(DateTimeOffset time) => time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}

/// <summary>A list of open items: an agent's, or those of a contact, whoever noted them.</summary>
public sealed class DueItemList
{
    private DueItemList(params IReadOnlyList<string> partitions) => Partitions = partitions;

    internal IReadOnlyList<string> Partitions { get; }

    public static DueItemList OfAgent(string agentId) => new(Keys.Join("agent", Keys.Encode(agentId)));

    /// <param name="contactIds">The contact's id, and those of contacts that were merged into it.</param>
    public static DueItemList OfContact(IReadOnlyList<string> contactIds) =>
        new([.. contactIds.Select(id => Keys.Join("contact", Keys.Encode(id)))]);

    public override string ToString() => string.Join(", ", Partitions);
}

/// <summary>The id of a wrap-up's item.</summary>
public static class DueItemId
{
    /// <param name="call">The call.</param>
    /// <param name="owner">The agent whose own wrap-up asks for it; null for the wrap-up that all share.</param>
    public static string Of(CallKey call, string? owner) => owner is null
        ? Keys.Join(Keys.Encode(call.CallId), Keys.Encode(call.Account))
        : Keys.Join(Keys.Encode(call.CallId), Keys.Encode(call.Account), Short(owner));

    // A key that also holds a time and a call must stay within the longest.
    private static string Short(string agentId) => Keys.Encode(agentId) is { Length: <= 32 } plain
        ? plain
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(agentId)).AsSpan(0, 16));
}
