using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// The erasures, the newest first: partition <c>erasure</c>. The partition <c>contact</c> names the one that is under way
/// for a contact: it is inserted before the erasure, so that of two requests one begins it, and deleted when it is done.
/// </summary>
public sealed class ErasureStore(ITables tables)
{
    internal const string Partition = "erasure";

    private const string ContactPartition = "contact";

    private const string IdColumn = "erasureId";

    private static readonly StoredJson<Erasure> Stored = new(PersonalDataJson.Default);

    private readonly ITable _table = tables[StorageNames.Erasures];

    /// <summary>The erasure; null where there is none.</summary>
    public async ValueTask<Erasure?> GetAsync(string erasureId, CancellationToken cancellationToken) =>
        KeyOf(erasureId) is { } key && await _table.GetAsync(Partition, key, cancellationToken) is { } row
            ? Read(row)
            : null;

    /// <summary>The id of the erasure that is under way for the contact; null for none.</summary>
    public async ValueTask<string?> FindOpenAsync(string contactId, CancellationToken cancellationToken) =>
        Keys.IsValid(contactId)
            ? (await _table.GetAsync(ContactPartition, contactId, cancellationToken))?.Text(IdColumn)
            : null;

    /// <summary>Begins an erasure. The id of the one that another request has begun, or this one's.</summary>
    public async Task<string> BeginAsync(Erasure erasure, string contactId, CancellationToken cancellationToken)
    {
        var name = new Row(ContactPartition, contactId).Set(IdColumn, erasure.ErasureId);
        if (await _table.InsertAsync(name, cancellationToken) is null
            && await FindOpenAsync(contactId, cancellationToken) is { } openId)
        {
            if (await GetAsync(openId, cancellationToken) is not null)
            {
                return openId;
            }

            // A process ended between the two rows.
            erasure = erasure with { ErasureId = openId };
        }

        await _table.InsertAsync(ToRow(erasure), CancellationToken.None);
        return erasure.ErasureId;
    }

    /// <summary>Stores it over the version that was read; null where it has changed.</summary>
    public async Task<Erasure?> ReplaceAsync(Erasure erasure, CancellationToken cancellationToken) =>
        await _table.ReplaceAsync(ToRow(erasure), cancellationToken) is { } etag ? erasure with { ETag = etag } : null;

    /// <summary>Nothing names the contacts any more.</summary>
    public Task CloseAsync(IEnumerable<string> contactIds, CancellationToken cancellationToken) =>
        _table.DeleteManyAsync(contactIds.Select(id => new Row(ContactPartition, id)), cancellationToken);

    /// <summary>A page of them, the newest first.</summary>
    public async Task<Page<Erasure>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await _table.ReadAsync(
            new RowRange(Partition) { From = page.After?.From, Take = page.Take + 1 }, cancellationToken);
        return new Page<Erasure>(
            [.. rows.Take(page.Take).Select(Read)],
            rows.Count > page.Take ? new PageToken(Partition, rows[page.Take - 1].Key).ToString() : null);
    }

    private static Erasure Read(Row row) => Stored.FromRow(row) with
    {
        ETag = row.ETag,
        Person = Person.Stored.IsIn(row) ? Person.Stored.FromRow(row) : null,
    };

    private static Row ToRow(Erasure erasure)
    {
        var row = Stored.ToRow(Partition, KeyOf(erasure.ErasureId)!, erasure, erasure.ETag);
        return erasure.Person is { } person ? Person.Stored.Put(row, person) : row;
    }

    // The first 48 bits of the id are the time: milliseconds since 1970.
    private static string? KeyOf(string erasureId) =>
        Guid.TryParseExact(erasureId, "N", out var id) && id.Version == 7
        && long.Parse(erasureId.AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var milliseconds
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? Keys.Join(Keys.NewestFirst(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)), id.ToString("N"))
            : null;
}
