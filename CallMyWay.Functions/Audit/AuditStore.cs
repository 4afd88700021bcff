using System.Text.Json.Nodes;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Audit;

/// <summary>Which entries a list has; what is null is not asked for.</summary>
/// <param name="From">From then on.</param>
/// <param name="To">Before then.</param>
/// <param name="Who">Of this agent alone.</param>
/// <param name="What">
/// The thing and the verb, or the thing alone, of which one and several are the same: <c>mapping.changed</c>,
/// <c>mapping</c>.
/// </param>
/// <param name="Id">Of this one alone.</param>
public sealed record AuditFilter(DateTimeOffset? From, DateTimeOffset? To, string? Who, string? What, string? Id);

/// <summary>A page of entries, the newest first.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">The token of the next page; null at the end.</param>
/// <param name="LookedUntil">
/// Where the page is not full and more may follow: how far back was looked. Null for any other page.
/// </param>
public sealed record AuditPage(
    IReadOnlyList<AuditEntry> Items,
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? Next,
    DateTimeOffset? LookedUntil);

/// <summary>
/// The entries: one partition, the newest first. Beside the entry stands what lists filter by, so that a list reads no
/// entry that it does not show. An entry is never replaced, but for one case: where the data of a person are erased, what
/// stood before and after goes (<see cref="EraseAsync"/>). Who did what and when stays.
/// </summary>
public sealed class AuditStore(ITables tables)
{
    internal const string Partition = "entry";

    private const string WhoColumn = "who";

    private const string WhatColumn = "what";

    private const string ThingColumn = "thing";

    private const string IdColumn = "id";

    private const string BeforeColumn = "before";

    private const string AfterColumn = "after";

    private static readonly StoredJson<AuditEntry> Stored = new(AuditJson.Default);

    private readonly ITable _table = tables[StorageNames.Audit];

    /// <summary>How many rows one query looks through for what few of them hold: about 30 ms.</summary>
    internal int MostLooked { get; set; } = 25_000;

    /// <summary>Stores a new entry: one operation. Its row, to take it back.</summary>
    internal async Task<Row> AddAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var before = AuditedText.Of(entry.Before, Row.MaxTextLength);
        var after = AuditedText.Of(entry.After, Row.MaxTextLength);
        IReadOnlyList<string> cut = [.. before.Cut.Union(after.Cut, StringComparer.Ordinal)];
        var row = Stored.ToRow(
                Partition,
                Keys.Join(Keys.NewestFirst(entry.At), entry.EntryId),
                entry with { Before = null, After = null, Cut = cut.Count == 0 ? null : cut })
            .Set(WhoColumn, entry.Who)
            .Set(WhatColumn, entry.What)
            .Set(ThingColumn, ThingOf(entry.What))
            .Set(IdColumn, entry.Id)
            .Set(BeforeColumn, before.Json)
            .Set(AfterColumn, after.Json);
        await _table.InsertAsync(row, cancellationToken);
        return row;
    }

    /// <summary>Takes an entry back of which the change was refused.</summary>
    internal async Task TakeBackAsync(Row entry, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(entry.Partition, entry.Key, null, cancellationToken);

    /// <summary>The id of the thing that an entry is about.</summary>
    internal static string? IdOf(Row entry) => entry.Text(IdColumn);

    /// <summary>True for what was asked of an export.</summary>
    internal static bool IsExport(Row entry) => entry.Text(ThingColumn) == "export";

    /// <summary>
    /// Takes out of an entry what was before and after: who, when, what and of which id stays. False where there was
    /// nothing to take out, or the entry has changed.
    /// </summary>
    /// <param name="entry">The entry's row, as it was read.</param>
    /// <param name="at">When.</param>
    /// <param name="id">What stands in place of its id; null leaves it.</param>
    /// <param name="cancellationToken">The caller's.</param>
    internal async Task<bool> EraseAsync(
        Row entry, DateTimeOffset at, string? id, CancellationToken cancellationToken)
    {
        var known = Stored.FromRow(entry);
        if (known.ErasedAt is not null || entry.ETag is null)
        {
            return false;
        }

        var row = Stored.ToRow(
                entry.Partition,
                entry.Key,
                known with { Id = id ?? known.Id, Cut = null, ErasedAt = at },
                entry.ETag)
            .Set(WhoColumn, entry.Text(WhoColumn))
            .Set(WhatColumn, entry.Text(WhatColumn))
            .Set(ThingColumn, entry.Text(ThingColumn))
            .Set(IdColumn, id ?? entry.Text(IdColumn));
        return await _table.ReplaceAsync(row, cancellationToken) is not null;
    }

    /// <summary>The entry of a row.</summary>
    internal static AuditEntry Read(Row row) => Read([row])[0];

    /// <summary>
    /// A page of the entries that the filter wants, the newest first: one query, which with <c>who</c>, <c>what</c> or
    /// <c>id</c> looks through at most <see cref="MostLooked"/> rows.
    /// </summary>
    public async Task<AuditPage> ListAsync(
        AuditFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var newest = filter.To is { } to ? Keys.NewestFirst(to.AddTicks(-1)) : null;
        // A page's position behind the filter's end is no position of this list.
        var after = page.After is { Partition: Partition } token
            && string.CompareOrdinal(token.From, newest) > 0 ? token.From : null;
        IReadOnlyList<ColumnValue> where = [.. ColumnsOf(filter)];
        var range = new RowRange(Partition)
        {
            From = after ?? newest,
            Before = filter.From is { } from ? Keys.AfterPrefix(Keys.NewestFirst(from)) : null,
            Where = where,
            Look = where.Count == 0 ? null : MostLooked,
            // One more tells whether there is a next page.
            Take = page.Take + 1,
        };
        var rows = new List<Row>();
        while (true)
        {
            var read = await _table.QueryAsync(range with { Take = page.Take + 1 - rows.Count }, cancellationToken);
            rows.AddRange(read.Rows);
            if (rows.Count > page.Take)
            {
                return new AuditPage(Read(rows.Take(page.Take)), TokenOf(Keys.After(rows[page.Take - 1].Key)), null);
            }

            if (read.GoesOnAt is { } end)
            {
                return new AuditPage(Read(rows), TokenOf(end), Keys.TimeOf(end));
            }

            if (read.Next is null)
            {
                return new AuditPage(Read(rows), null, null);
            }

            range = range with { Next = read.Next };
        }
    }

    /// <summary>What was before or after, as text.</summary>
    internal static string? TextOf(JsonNode? value) => AuditedText.Of(value, int.MaxValue).Json;

    private static IEnumerable<ColumnValue> ColumnsOf(AuditFilter filter)
    {
        if (filter.Who is { } who)
        {
            yield return new ColumnValue(who, WhoColumn);
        }

        if (filter.What is { } what)
        {
            yield return what.Contains('.', StringComparison.Ordinal)
                ? new ColumnValue(what, WhatColumn)
                : new ColumnValue(ThingOf(what), ThingColumn);
        }

        if (filter.Id is { } id)
        {
            yield return new ColumnValue(id, IdColumn);
        }
    }

    // One of a thing and several of it are the same thing: mapping.changed, mappings.imported.
    private static string ThingOf(string what) => what.Split('.')[0].TrimEnd('s');

    private static string TokenOf(string from) => PageToken.Of(Partition, from).ToString();

    private static List<AuditEntry> Read(IEnumerable<Row> rows) =>
    [
        .. rows.Select(row => Stored.FromRow(row) with
        {
            Before = Parse(row.Text(BeforeColumn)),
            After = Parse(row.Text(AfterColumn)),
        }),
    ];

    private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);
}
