using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.FollowUps;

/// <summary>
/// The follow-ups, at most one for each wrap-up: the partition is <c>call</c>, the key is the call. Partitions
/// <c>agent~…</c> and <c>contact~…</c> list the open ones by due time. A row there is only a hint: the follow-up that
/// it leads to is checked.
/// </summary>
public sealed class FollowUpStore(ITables tables)
{
    private const string CallPartition = "call";

    private const string IdColumn = "followUpId";

    private static readonly StoredJson<FollowUp> Stored = new(FollowUpsJson.Default);

    private readonly ITable _table = tables[StorageNames.FollowUps];

    private readonly IndexedTable<FollowUp> _followUps = new(tables, new IndexedRecord<FollowUp>
    {
        Table = StorageNames.FollowUps,
        IndexTables = [StorageNames.FollowUps],
        Write = followUp => Stored.ToRow(
            CallPartition, followUp.FollowUpId, followUp with { ETag = null }, followUp.ETag),
        Read = row => row.Partition == CallPartition ? Stored.FromRow(row) with { ETag = row.ETag } : null,
        ETagOf = followUp => followUp.ETag,
        IndexOf = Index,
        LeadsTo = (_, row) =>
            Keys.Beginning(row.Partition) is "agent~" or "contact~" && row.Text(IdColumn) is { } id ? KeyOf(id) : null,
    });

    /// <summary>The index, for the repair.</summary>
    public IIndexedTable Indexed => _followUps;

    /// <param name="owner">The agent whose own wrap-up asks for it; null for the wrap-up that all share.</param>
    public static string IdOf(CallKey call, string? owner = null) => owner is null
        ? Keys.Join(Keys.Encode(call.CallId), Keys.Encode(call.Account))
        : Keys.Join(Keys.Encode(call.CallId), Keys.Encode(call.Account), Short(owner));

    public async ValueTask<FollowUp?> GetAsync(string followUpId, CancellationToken cancellationToken) =>
        Keys.IsValid(followUpId) ? await _followUps.GetAsync(KeyOf(followUpId), cancellationToken) : null;

    /// <summary>Stores the call's follow-up, and replaces the one before.</summary>
    public Task PutAsync(FollowUp followUp, CancellationToken cancellationToken) =>
        _followUps.WriteAsync(KeyOf(followUp.FollowUpId), _ => followUp, cancellationToken);

    /// <summary>
    /// Marks the follow-up as done. It stays with its call, but is no longer open. False if it changed meanwhile.
    /// </summary>
    public async Task<bool> CloseAsync(FollowUp followUp, DateTimeOffset doneAt, CancellationToken cancellationToken)
    {
        var write = await _followUps.WriteAsync(
            KeyOf(followUp.FollowUpId),
            found => found?.ETag == followUp.ETag ? followUp with { DoneAt = doneAt } : null,
            cancellationToken,
            followUp);
        return write.Outcome == WriteOutcome.Stored;
    }

    /// <summary>Ties the call's follow-ups to the contact that the call is with now.</summary>
    /// <param name="talkers">
    /// The agents who talked in the call: where there are several, each may have their own.
    /// </param>
    public async Task TieAsync(
        CallKey call, IReadOnlyList<string> talkers, Contact? contact, CancellationToken cancellationToken)
    {
        foreach (var owner in talkers.Count > 1 ? talkers.Prepend<string?>(null) : [null])
        {
            await _followUps.WriteAsync(
                KeyOf(IdOf(call, owner)),
                found => found is null || found.ContactId == contact?.ContactId
                    ? found
                    : found with { ContactId = contact?.ContactId, ContactName = contact?.Title },
                cancellationToken);
        }
    }

    /// <summary>Removes a follow-up that its wrap-up no longer asks for.</summary>
    public Task DeleteAsync(FollowUp followUp, CancellationToken cancellationToken) =>
        _followUps.DeleteAsync(KeyOf(followUp.FollowUpId), _ => true, cancellationToken);

    /// <summary>
    /// The open follow-ups of an agent or a contact that are due before <paramref name="dueBefore"/>, the earliest
    /// first.
    /// </summary>
    public async Task<Page<FollowUp>> ListAsync(
        string partition, DateTimeOffset? dueBefore, PageRequest page, CancellationToken cancellationToken)
    {
        var range = new RowRange(partition)
        {
            From = page.After?.From,
            Before = dueBefore is null ? null : TimeKey(dueBefore.Value),
            // One more row shows whether there is a next page.
            Take = page.Take + 1,
        };
        var read = await _table.ReadAsync(range, cancellationToken);
        var rows = read.Take(page.Take).ToList();
        var open = await _followUps.FollowAsync(StorageNames.FollowUps, rows, cancellationToken);
        return new Page<FollowUp>(
            [.. open.Select(found => found.Record)],
            read.Count <= page.Take ? null : new PageToken(rows[^1].Partition, rows[^1].Key).ToString());
    }

    public static string AgentPartition(string agentId) => Keys.Join("agent", Keys.Encode(agentId));

    public static string ContactPartition(string contactId) => Keys.Join("contact", Keys.Encode(contactId));

    // A follow-up that is done stays with its call, but is in no list.
    private static IEnumerable<IndexRow> Index(FollowUp followUp)
    {
        var key = Keys.Join(TimeKey(followUp.DueAt), followUp.FollowUpId);
        string[] agent = [AgentPartition(followUp.AgentId)];
        string[] contact = followUp.ContactId is { } contactId ? [ContactPartition(contactId)] : [];
        return followUp.DoneAt is not null ? [] : agent.Concat(contact).Select(partition =>
            new IndexRow(StorageNames.FollowUps, new Row(partition, key).Set(IdColumn, followUp.FollowUpId)));
    }

    // A key that also holds a time and a call must stay within the longest.
    private static string Short(string agentId) => Keys.Encode(agentId) is { Length: <= 32 } plain
        ? plain
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(agentId)).AsSpan(0, 16));

    private static RowKey KeyOf(string followUpId) => new(CallPartition, followUpId);

    private static string TimeKey(DateTimeOffset time) => time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}
