using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.FollowUps;

/// <summary>
/// The follow-ups, one per call at most: partition <c>call</c>, key the call. Partitions <c>agent~…</c> and <c>contact~…</c> find the open
/// ones by the time when they are due; a row there is a hint, and what it leads to is checked.
/// </summary>
public sealed class FollowUpStore(ITables tables)
{
    private const string CallPartition = "call";

    private const string IdColumn = "followUpId";

    private static readonly StoredJson<FollowUp> Stored = new(FollowUpsJson.Default);

    private readonly ITable _table = tables[StorageNames.FollowUps];

    public static string IdOf(CallKey call) => Keys.Join(Keys.Encode(call.CallId), Keys.Encode(call.Account));

    public async ValueTask<FollowUp?> GetAsync(string followUpId, CancellationToken cancellationToken) =>
        Keys.IsValid(followUpId) ? Read(await _table.GetAsync(CallPartition, followUpId, cancellationToken)) : null;

    /// <summary>Stores the call's follow-up over the one that it had.</summary>
    public async Task PutAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        var before = await GetAsync(followUp.FollowUpId, cancellationToken);
        await _table.UpsertManyAsync(Index(followUp), cancellationToken);
        await _table.UpsertAsync(Stored.ToRow(CallPartition, followUp.FollowUpId, followUp with { ETag = null }), cancellationToken);
        if (before is not null)
        {
            var keep = Index(followUp).Select(row => (row.Partition, row.Key)).ToHashSet();
            await _table.DeleteManyAsync(Index(before).Where(row => !keep.Contains((row.Partition, row.Key))), cancellationToken);
        }
    }

    /// <summary>Marks it as done: it stays with its call, and is open no longer. False where it changed meanwhile.</summary>
    public async Task<bool> CloseAsync(FollowUp followUp, DateTimeOffset doneAt, CancellationToken cancellationToken)
    {
        var done = followUp with { DoneAt = doneAt, ETag = null };
        if (await _table.ReplaceAsync(Stored.ToRow(CallPartition, followUp.FollowUpId, done, followUp.ETag), cancellationToken) is null)
        {
            return false;
        }

        await _table.DeleteManyAsync(Index(followUp), cancellationToken);
        return true;
    }

    /// <summary>Ties the call's follow-up, where it has one, to the contact that the call is with now.</summary>
    public async Task TieAsync(CallKey call, Contact? contact, CancellationToken cancellationToken)
    {
        while (await GetAsync(IdOf(call), cancellationToken) is { } before && before.ContactId != contact?.ContactId)
        {
            var after = before with { ContactId = contact?.ContactId, ContactName = contact?.Name };
            if (before.DoneAt is null)
            {
                await _table.UpsertManyAsync(Index(after), cancellationToken);
            }

            if (await _table.ReplaceAsync(Stored.ToRow(CallPartition, after.FollowUpId, after with { ETag = null }, before.ETag), cancellationToken) is not null)
            {
                await _table.DeleteManyAsync(Index(before).Where(row => row.Partition != AgentPartition(before.AgentId)), cancellationToken);
                return;
            }
        }
    }

    /// <summary>Removes it: its wrap-up no longer asks for it.</summary>
    public async Task DeleteAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        await _table.DeleteAsync(CallPartition, followUp.FollowUpId, null, cancellationToken);
        await _table.DeleteManyAsync(Index(followUp), cancellationToken);
    }

    /// <summary>
    /// The open ones of an agent or a contact that are due before <paramref name="dueBefore"/>, the earliest first.
    /// </summary>
    public async Task<Page<FollowUp>> ListAsync(
        string partition, DateTimeOffset? dueBefore, PageRequest page, CancellationToken cancellationToken)
    {
        var range = new RowRange(partition)
        {
            From = page.After?.From,
            Before = dueBefore is null ? null : TimeKey(dueBefore.Value),
            // One more tells whether there is a next page.
            Take = page.Take + 1,
        };
        var read = await _table.ReadAsync(range, cancellationToken);
        var rows = read.Take(page.Take).ToList();
        var found = await _table.GetManyAsync([.. rows.Select(row => (CallPartition, row.Text(IdColumn)!))], cancellationToken);
        var open = found.Select(Read).Zip(rows, (followUp, row) => (followUp, row))
            .Where(pair => pair.followUp is { DoneAt: null } && Index(pair.followUp).Any(index => index.Partition == partition && index.Key == pair.row.Key))
            .Select(pair => pair.followUp!);
        return new Page<FollowUp>([.. open], read.Count <= page.Take ? null : new PageToken(rows[^1].Partition, rows[^1].Key).ToString());
    }

    public static string AgentPartition(string agentId) => Keys.Join("agent", Keys.Encode(agentId));

    public static string ContactPartition(string contactId) => Keys.Join("contact", Keys.Encode(contactId));

    private static IEnumerable<Row> Index(FollowUp followUp)
    {
        var key = Keys.Join(TimeKey(followUp.DueAt), followUp.FollowUpId);
        yield return new Row(AgentPartition(followUp.AgentId), key).Set(IdColumn, followUp.FollowUpId);
        if (followUp.ContactId is not null)
        {
            yield return new Row(ContactPartition(followUp.ContactId), key).Set(IdColumn, followUp.FollowUpId);
        }
    }

    private static string TimeKey(DateTimeOffset time) => time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    private static FollowUp? Read(Row? row) => row is null ? null : Stored.FromRow(row) with { ETag = row.ETag };
}
