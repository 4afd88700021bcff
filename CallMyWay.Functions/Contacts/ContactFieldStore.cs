using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// The contacts' own fields: one row, as they are read and written together. Until an administrator writes them, there
/// are those of the setting <c>Contacts:Fields</c>.
/// </summary>
public sealed class ContactFieldStore(
    ITables tables, IOptions<ContactFieldsOptions> options, TimeProvider clock)
{
    /// <summary>What is read often is at most so old.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    private const string Partition = "rules";

    private const string Key = "contact-fields";

    private static readonly StoredJson<ContactFieldList> Stored = new(ContactsJson.Default);

    private readonly ITable _table = tables[StorageNames.Outcomes];

    private volatile Reading? _last;

    public async ValueTask<ContactFieldList> GetAsync(CancellationToken cancellationToken)
    {
        // Before the row is read: what changes meanwhile is read again.
        var at = clock.GetTimestamp();
        var fields = await _table.GetAsync(Partition, Key, cancellationToken) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag }
            : new ContactFieldList([.. options.Value.Fields.Select(field => field.ToDefinition())], null);
        _last = new Reading(at, fields);
        return fields;
    }

    /// <summary>
    /// The fields for what is asked often: from a reading that is at most <see cref="Recheck"/> old. What this process
    /// changes shows at once.
    /// </summary>
    public ValueTask<ContactFieldList> GetRecentAsync(CancellationToken cancellationToken) =>
        _last is { } last && clock.GetElapsedTime(last.At) < Recheck ? new(last.Fields) : GetAsync(cancellationToken);

    /// <summary>
    /// Stores the list over the given version (<see cref="TableExtensions.PutAsync"/>). Null if the list has changed.
    /// </summary>
    public async Task<ContactFieldList?> PutAsync(ContactFieldList fields, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, Key, fields with { ETag = null }, fields.ETag);
        var etag = await _table.PutAsync(row, cancellationToken);
        _last = null;
        return etag is null ? null : fields with { ETag = etag };
    }

    private sealed record Reading(long At, ContactFieldList Fields);
}
