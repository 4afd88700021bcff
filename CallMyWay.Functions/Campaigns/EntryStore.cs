using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// The entries of campaigns, a partition for each campaign. An entry stands under its place; beside it one row by its
/// state and the time from which on it is due, one by the time at which it is looked at, and one by a hash of its
/// number: another one for each who is not called as the number is another's of the list already. The counts stand
/// there too, so one batch changes all of it: nothing is counted by reading rows.
/// </summary>
public sealed class EntryStore(ITables tables)
{
    /// <summary>How many entries are added at once: each has up to three rows.</summary>
    public const int MostAdded = 30;

    /// <summary>Over how many rows the counts are spread, so that agents at work don't wait for each other.</summary>
    private const int CountRows = 8;

    private const string ByPlace = "e~";

    private const string ByState = "s~";

    private const string ByLook = "w~";

    private const string ByNumber = "n~";

    private const string ByRepeated = "r~";

    private const string CountsPrefix = "k~";

    private const string BuiltKey = "k~built";

    private const string SourcePrefix = "source~";

    private const string PlaceColumn = "place";

    private static readonly StoredJson<CampaignEntry> Stored = new(CampaignsJson.Default);

    private static readonly StoredJson<EntryCounts> Counts = new(CampaignsJson.Default, "counts");

    private static readonly StoredJson<BuiltList> BuiltLists = new(CampaignsJson.Default);

    private static readonly StoredJson<ListedSources> Sources = new(CampaignsJson.Default);

    private readonly ITable _table = tables[StorageNames.Campaigns];

    public async ValueTask<CampaignEntry?> GetAsync(
        string campaignId, string entryId, CancellationToken cancellationToken) =>
        IsId(entryId)
            ? Read(await _table.GetAsync(PartitionOf(campaignId), ByPlace + entryId, cancellationToken))
            : null;

    /// <summary>
    /// Changes an entry with its index rows and the counts, in one operation, and returns it. Null where there is none,
    /// or where <paramref name="change"/> answers null: then nothing is written.
    /// </summary>
    public async Task<CampaignEntry?> ChangeAsync(
        string campaignId,
        string entryId,
        Func<CampaignEntry, CampaignEntry?> change,
        CancellationToken cancellationToken)
    {
        while (await GetAsync(campaignId, entryId, cancellationToken) is { } before)
        {
            var after = change(before);
            if (after is null)
            {
                return null;
            }

            if (ReferenceEquals(after, before) || await ReplaceAsync(before, after, cancellationToken))
            {
                return after;
            }
        }

        return null;
    }

    /// <summary>A page of a campaign's entries in their order; those of one state by when they are due.</summary>
    public async Task<Page<CampaignEntry>> ListAsync(
        string campaignId, EntryState? state, PageRequest page, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(campaignId);
        var all = RowRange.Prefix(partition, state is { } wanted ? StatePrefix(wanted) : ByPlace);
        // A page's position outside of the range is no position of this list.
        var from = page.After is { } token && token.Partition == partition
            && string.CompareOrdinal(token.From, all.From) > 0 && string.CompareOrdinal(token.From, all.Before) < 0
            ? token.From
            : all.From;
        // One more tells whether there is a next page.
        var rows = await _table.ReadAsync(all with { From = from, Take = page.Take + 1 }, cancellationToken);
        var next = rows.Count > page.Take ? new PageToken(partition, rows[page.Take - 1].Key).ToString() : null;
        rows = [.. rows.Take(page.Take)];
        if (state is null)
        {
            return new Page<CampaignEntry>([.. rows.Select(row => Read(row)!)], next);
        }

        var entries = await ReadManyAsync(partition, rows, cancellationToken);
        return new Page<CampaignEntry>([.. entries.Where(entry => entry.State == state)], next);
    }

    /// <summary>The first entries of a state that are due by then, as their index rows name them.</summary>
    public async Task<IReadOnlyList<string>> ListDueAsync(
        string campaignId, EntryState state, DateTimeOffset by, int take, CancellationToken cancellationToken)
    {
        var prefix = StatePrefix(state);
        var rows = await _table.ReadAsync(
            new RowRange(PartitionOf(campaignId)) { From = prefix, Before = prefix + Ticks(by), Take = take },
            cancellationToken);
        return [.. rows.Select(row => row.Key[^7..])];
    }

    /// <summary>When the first entry of a state is due; null where there is none.</summary>
    public async Task<DateTimeOffset?> FindFirstDueAsync(
        string campaignId, EntryState state, CancellationToken cancellationToken)
    {
        var rows = await _table.ReadAsync(
            RowRange.Prefix(PartitionOf(campaignId), StatePrefix(state)) with { Take = 1 }, cancellationToken);
        return rows is [var first]
            ? TimeOf(first.Key.Split(Keys.Separator)[2])
            : null;
    }

    /// <summary>The entries that are to be looked at by then.</summary>
    public async Task<IReadOnlyList<CampaignEntry>> ListToLookAtAsync(
        string campaignId, DateTimeOffset by, int take, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(campaignId);
        var rows = await _table.ReadAsync(
            new RowRange(partition) { From = ByLook, Before = ByLook + Ticks(by), Take = take }, cancellationToken);
        return await ReadManyAsync(partition, rows, cancellationToken);
    }

    /// <summary>When the next entry is to be looked at; null where none is.</summary>
    public async Task<DateTimeOffset?> FindNextLookAsync(string campaignId, CancellationToken cancellationToken) =>
        await _table.ReadAsync(
            RowRange.Prefix(PartitionOf(campaignId), ByLook) with { Take = 1 }, cancellationToken) is [var first]
            ? TimeOf(first.Key.Split(Keys.Separator)[1])
            : null;

    /// <summary>The counts of a campaign, in one query.</summary>
    public async Task<EntryCounts> CountAsync(string campaignId, CancellationToken cancellationToken)
    {
        var sum = new EntryCounts();
        await foreach (var row in _table.ReadAllAsync(
            RowRange.Prefix(PartitionOf(campaignId), CountsPrefix), cancellationToken))
        {
            sum = sum.Plus(Counts.FromRow(row));
        }

        return sum;
    }

    /// <summary>Stores a part of the list that an entry is made of for each, as it came.</summary>
    internal async Task PutSourcesAsync(
        string campaignId, int part, ListedSources sources, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(
            Sources.ToRow(PartitionOf(campaignId), SourceKey(part), sources), cancellationToken);

    internal async ValueTask<ListedSources?> GetSourcesAsync(
        string campaignId, int part, CancellationToken cancellationToken) =>
        Sources.FromRow(await _table.GetAsync(PartitionOf(campaignId), SourceKey(part), cancellationToken));

    /// <summary>Deletes the list as it came: all of it has become entries.</summary>
    internal async Task DeleteSourcesAsync(string campaignId, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        await foreach (var row in _table.ReadAllAsync(
            RowRange.Prefix(PartitionOf(campaignId), SourcePrefix), cancellationToken))
        {
            rows.Add(row);
        }

        await _table.DeleteManyAsync(rows, cancellationToken);
    }

    /// <summary>How far the list is built; a new one where it was not begun.</summary>
    internal async ValueTask<(BuiltList List, EntryCounts Counts, string? ETag)> GetBuiltAsync(
        string campaignId, CancellationToken cancellationToken) =>
        await _table.GetAsync(PartitionOf(campaignId), BuiltKey, cancellationToken) is { } row
            ? (BuiltLists.FromRow(row), Counts.FromRow(row), row.ETag)
            : (new BuiltList(), new EntryCounts(), null);

    /// <summary>Which of the numbers are in the campaign already.</summary>
    internal async Task<IReadOnlySet<string>> FindKnownAsync(
        string campaignId, IReadOnlyList<string> numbers, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(campaignId);
        var rows = await _table.GetManyAsync(
            [.. numbers.Select(number => (partition, NumberKey(number)))], cancellationToken);
        return numbers.Zip(rows).Where(each => each.Second is not null).Select(each => each.First)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The entries that are called at these numbers, at a read for each number and entry.</summary>
    internal async Task<IReadOnlyList<CampaignEntry>> FindByNumbersAsync(
        string campaignId, IEnumerable<string> numbers, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(campaignId);
        var places = await _table.GetManyAsync(
            [.. numbers.Select(number => (partition, NumberKey(number)))], cancellationToken);
        var rows = await _table.GetManyAsync(
            [.. places.Select(row => row?.Text(PlaceColumn)).OfType<string>().Select(id => (partition, ByPlace + id))],
            cancellationToken);
        return [.. rows.Select(Read).OfType<CampaignEntry>()];
    }

    /// <summary>
    /// Adds entries, with how far the list is built by them, in one operation. False where somebody else has gone on
    /// building meanwhile, or one of the numbers is there already.
    /// </summary>
    internal async Task<bool> AddAsync(
        string campaignId,
        IReadOnlyList<CampaignEntry> entries,
        (BuiltList List, EntryCounts Counts, string? ETag) before,
        BuiltList after,
        CancellationToken cancellationToken)
    {
        var partition = PartitionOf(campaignId);
        var counts = entries.Aggregate(before.Counts, (sum, entry) => sum.Plus(EntryCounts.Difference(null, entry)));
        var built = Counts.Put(BuiltLists.ToRow(partition, BuiltKey, after, before.ETag), counts);
        List<RowChange> changes = [before.ETag is null ? RowChange.Insert(built) : RowChange.Replace(built)];
        foreach (var entry in entries)
        {
            changes.Add(RowChange.Insert(ToRow(entry)));
            changes.AddRange(IndexOf(entry).Select(key => RowChange.Insert(new Row(partition, key))));
            if (entry is { State: not EntryState.Refused, Number.E164: { } number })
            {
                changes.Add(RowChange.Insert(
                    new Row(partition, NumberKey(number)).Set(PlaceColumn, entry.EntryId)));
            }
            else if (entry is { Reason: RefusalReason.Repeated, Number.E164: { } repeated })
            {
                changes.Add(RowChange.Insert(new Row(partition, RepeatedKey(repeated, entry.EntryId))));
            }
        }

        return await _table.BatchAsync(changes, cancellationToken);
    }

    /// <summary>
    /// Has the next one of the list with this number called, as the one who had it first is not. Nothing happens where
    /// the number was passed on already.
    /// </summary>
    internal async Task PassOnAsync(CampaignEntry leaving, string e164, CancellationToken cancellationToken)
    {
        var campaignId = leaving.CampaignId;
        var partition = PartitionOf(campaignId);
        var all = RowRange.Prefix(partition, RepeatedKey(e164, ""));
        while (await _table.ReadAsync(all with { Take = 1 }, cancellationToken) is [var next])
        {
            var place = await _table.GetAsync(partition, NumberKey(e164), cancellationToken);
            if (place?.Text(PlaceColumn) is { } first && first != leaving.EntryId)
            {
                return;
            }

            var entryId = next.Key[^7..];
            var waits = await ChangeAsync(
                campaignId,
                entryId,
                found => found.Reason == RefusalReason.Repeated
                    ? found.PutBack(EntryState.Waiting, null, null) with { Reason = null }
                    : null,
                cancellationToken);
            await _table.UpsertAsync(
                new Row(partition, NumberKey(e164)).Set(PlaceColumn, entryId), cancellationToken);
            await _table.DeleteAsync(partition, next.Key, null, cancellationToken);
            // One that is refused for another reason meanwhile is passed over.
            if (waits is not null
                || await GetAsync(campaignId, entryId, cancellationToken) is { State: not EntryState.Refused })
            {
                return;
            }

            leaving = leaving with { EntryId = entryId };
        }
    }

    /// <summary>Takes who it is out of an entry. False where it has changed meanwhile.</summary>
    internal async Task<bool> EraseAsync(CampaignEntry before, CampaignEntry after, CancellationToken cancellationToken)
    {
        if (!await ReplaceAsync(before, after, cancellationToken))
        {
            return false;
        }

        if (before.Number.E164 is { } number)
        {
            var partition = PartitionOf(before.CampaignId);
            await _table.DeleteAsync(partition, NumberKey(number), null, cancellationToken);
            await _table.DeleteAsync(partition, RepeatedKey(number, before.EntryId), null, cancellationToken);
        }

        return true;
    }

    /// <summary>The entry of a row; null for any other row.</summary>
    internal static CampaignEntry? EntryOf(Row row) =>
        row.Key.StartsWith(ByPlace, StringComparison.Ordinal) ? Read(row) : null;

    internal static string PartitionOf(string campaignId) => Keys.Join("all", Keys.Encode(campaignId));

    private async Task<bool> ReplaceAsync(
        CampaignEntry before, CampaignEntry after, CancellationToken cancellationToken)
    {
        after = after with { CountsEachCall = true };
        var partition = PartitionOf(before.CampaignId);
        var (gone, here) = (IndexOf(before).ToList(), IndexOf(after).ToList());
        List<RowChange> changes =
        [
            RowChange.Replace(ToRow(after with { ETag = before.ETag })),
            .. gone.Except(here).Select(key => RowChange.Delete(new Row(partition, key))),
            .. here.Except(gone).Select(key => RowChange.Upsert(new Row(partition, key))),
        ];
        var change = EntryCounts.Difference(before, after);
        if (!change.IsNothing)
        {
            var key = CountsPrefix + (before.Place % CountRows).ToString(CultureInfo.InvariantCulture);
            var row = await _table.GetAsync(partition, key, cancellationToken);
            var counts = (row is null ? new EntryCounts() : Counts.FromRow(row)).Plus(change);
            var counted = Counts.ToRow(partition, key, counts, row?.ETag);
            changes.Add(row is null ? RowChange.Insert(counted) : RowChange.Replace(counted));
        }

        return await _table.BatchAsync(changes, cancellationToken);
    }

    private async Task<IReadOnlyList<CampaignEntry>> ReadManyAsync(
        string partition, IReadOnlyList<Row> index, CancellationToken cancellationToken)
    {
        var rows = await _table.GetManyAsync(
            [.. index.Select(row => (partition, ByPlace + row.Key[^7..]))], cancellationToken);
        return [.. rows.Select(Read).OfType<CampaignEntry>()];
    }

    private static IEnumerable<string> IndexOf(CampaignEntry entry)
    {
        var due = entry.State is EntryState.Waiting or EntryState.Held ? entry.NextAt : null;
        yield return $"{StatePrefix(entry.State)}{Ticks(due ?? DateTimeOffset.MinValue)}~{entry.EntryId}";
        if (entry.LookAt is { } look)
        {
            yield return $"{ByLook}{Ticks(look)}~{entry.EntryId}";
        }
    }

    private static CampaignEntry? Read(Row? row) => row is null ? null : Stored.FromRow(row) with { ETag = row.ETag };

    private static Row ToRow(CampaignEntry entry) =>
        Stored.ToRow(PartitionOf(entry.CampaignId), ByPlace + entry.EntryId, entry, entry.ETag);

    private static string StatePrefix(EntryState state) =>
        ByState + state.ToString().ToLowerInvariant() + Keys.Separator;

    // No key names a number: what is erased of a person is the entry alone.
    private static string NumberKey(string e164) => ByNumber + Hash(e164);

    private static string RepeatedKey(string e164, string entryId) => $"{ByRepeated}{Hash(e164)}~{entryId}";

    private static string Hash(string e164) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(e164)))[..32];

    private static string SourceKey(int part) => SourcePrefix + part.ToString("D6", CultureInfo.InvariantCulture);

    private static string Ticks(DateTimeOffset time) => time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    private static DateTimeOffset TimeOf(string ticks) =>
        new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);

    private static bool IsId(string entryId) => entryId.Length == 7 && entryId.All(char.IsAsciiDigit);
}
